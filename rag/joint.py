"""The reader's network: a question and a passage pass the encoder's lower layers apart and its upper layers together.

Keeping them apart below (Cao et al., "DeFormer", 2020) lets the lower half be shared with retrieval and computed once
a text; the upper half is the reader's own, started from the encoder's. Four linear heads read the joint states.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load, save
from torch import Tensor, nn
from torch.nn import functional

from index import packed as fast

SHARED_LAYERS = 4
_HEADS = 12
_EPS = 1e-12
_HIDDEN = -1e4
_DROPPED = 0.1
_FILLED = 16
_SCALE = ".scale"


class Logits(NamedTuple):
    """What the heads say of passages read with a question; unbounded, higher is likelier.

    Attributes:
        start: (passages, tokens) that the answer starts at a token; -inf on padding.
        end: (passages, tokens) that it ends with a token; -inf on padding.
        here: (passages,) that the passage holds an answer.
        sentences: (passages, sentences) that a sentence does; -inf on padding.
    """

    start: Tensor
    end: Tensor
    here: Tensor
    sentences: Tensor


class _Attention(torch.autograd.Function):
    """Scaled dot-product attention in plain matrix products.

    With heads of 32 numbers PyTorch's own is slower on a CPU: training spent half its time in its backward pass.
    """

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, hidden: Tensor) -> Tensor:  # noqa: ANN401
        """(n, tokens, head size) each, and what is added to the scores: (n, 1, tokens)."""
        with torch.autocast("cpu", enabled=False):
            scores = torch.baddbmm(hidden, query, key.transpose(1, 2), alpha=query.shape[-1] ** -0.5)
            weights = torch.softmax(scores, -1)
            ctx.save_for_backward(query, key, value, weights)
            return torch.bmm(weights, value)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:  # noqa: ANN401
        """Gradients of query, key and value."""
        query, key, value, weights = ctx.saved_tensors
        gradient = gradients[0].contiguous()
        of_weights = torch.bmm(gradient, value.transpose(1, 2))
        of_scores = torch.ops.aten._softmax_backward_data(of_weights, weights, -1, weights.dtype)
        of_scores *= query.shape[-1] ** -0.5
        return (
            torch.bmm(of_scores, key),
            torch.bmm(of_scores.transpose(1, 2), query),
            torch.bmm(weights.transpose(1, 2), gradient),
            None,
        )


class Layer(nn.Module):
    """One layer of BERT (post-norm, GELU) on padded sequences; while training, part of what it adds is dropped."""

    def __init__(self, size: int, inner: int) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.attended = nn.LayerNorm(size, eps=_EPS)
        self.wide, self.narrow = nn.Linear(size, inner), nn.Linear(inner, size)
        self.fed = nn.LayerNorm(size, eps=_EPS)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States (n, tokens, size) to states; mask (n, tokens) is True on tokens and False on padding."""
        n, tokens, size = states.shape
        query, key, value = (
            linear(states).view(n, tokens, _HEADS, size // _HEADS).transpose(1, 2).reshape(n * _HEADS, tokens, -1)
            for linear in (self.query, self.key, self.value)
        )
        hidden = torch.zeros(n, 1, 1, tokens, dtype=query.dtype).masked_fill(~mask[:, None, None, :], _HIDDEN)
        mixed: Tensor = _Attention.apply(  # type: ignore[no-untyped-call]
            query, key, value, hidden.expand(n, _HEADS, 1, tokens).reshape(-1, 1, tokens)
        )
        mixed = mixed.view(n, _HEADS, tokens, -1)
        states = self.attended(states + self.out(mixed.transpose(1, 2).reshape(n, tokens, size)))
        added = functional.dropout(self.narrow(functional.gelu(self.wide(states))), _DROPPED, self.training)
        fed: Tensor = self.fed(states + added)
        return fed

    @classmethod
    def like(cls, bert_layer: Any) -> "Layer":  # noqa: ANN401 - transformers has no types here
        """A layer that holds the very parameters of a layer of transformers' BERT."""
        attention, output = bert_layer.attention, bert_layer.output
        layer = cls.__new__(cls)
        nn.Module.__init__(layer)
        layer.query, layer.key, layer.value = attention.self.query, attention.self.key, attention.self.value
        layer.out, layer.attended = attention.output.dense, attention.output.LayerNorm
        layer.wide, layer.narrow, layer.fed = bert_layer.intermediate.dense, output.dense, output.LayerNorm
        return layer


class Lower(nn.Module):
    """The encoder's embeddings and lower layers; shares its parameters with the encoder."""

    def __init__(self, bert: Any) -> None:  # noqa: ANN401 - transformers has no types here
        super().__init__()
        self.embeddings = bert.embeddings
        self.layers = nn.ModuleList(Layer.like(layer) for layer in bert.encoder.layer[:SHARED_LAYERS])

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Token ids (n, tokens) and their mask to states (n, tokens, size)."""
        states: Tensor = self.embeddings(input_ids=ids)
        for layer in self.layers:
            states = layer(states, mask)
        return states


class Upper(nn.Module):
    """The reader's own layers and heads."""

    def __init__(self, layers: int, size: int, inner: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(size, inner) for _ in range(layers))
        self.side = nn.Parameter(torch.zeros(2, size))  # tells question from passage
        self.span = nn.Linear(size, 2)
        self.sentence = nn.Linear(size, 1)
        self.here = nn.Linear(2 * size, 1)

    @classmethod
    def start(cls, bert: Any) -> "Upper":  # noqa: ANN401 - transformers has no types here
        """Layers copied from the encoder's upper ones, as float32; heads by PyTorch's default initialisation."""
        own = [Layer.like(layer) for layer in bert.encoder.layer[SHARED_LAYERS:]]
        upper = cls(len(own), bert.config.hidden_size, bert.config.intermediate_size)
        for mine, given in zip(upper.layers, own, strict=True):
            mine.load_state_dict({name: value.float() for name, value in given.state_dict().items()})
        return upper

    def onward(self, trained: "Upper") -> None:
        """Take over another one's heads, and its layers for the topmost."""
        below = len(self.layers) - len(trained.layers)
        for mine, other in zip(self.layers[below:], trained.layers, strict=True):
            mine.load_state_dict(other.state_dict())
        heads = {name: value for name, value in trained.state_dict().items() if not name.startswith("layers.")}
        self.load_state_dict(heads, strict=False)

    def forward(
        self, question: Tensor, question_mask: Tensor, passage: Tensor, passage_mask: Tensor, pooling: Tensor
    ) -> Logits:
        """Read each passage with its question.

        Args:
            question: (n, question tokens, size) lower states.
            question_mask: (n, question tokens).
            passage: (n, passage tokens, size) lower states.
            passage_mask: (n, passage tokens).
            pooling: (n, sentences, passage tokens) rows that average a sentence's tokens; zero rows are padding.
        """
        states = torch.cat([question + self.side[0], passage + self.side[1]], 1)
        mask = torch.cat([question_mask, passage_mask], 1)
        for layer in self.layers:
            states = layer(states, mask)
        behind = question.shape[1]
        read = states[:, behind:]
        span = self.span(read).float().masked_fill(~passage_mask[..., None], -torch.inf)
        sentences = self.sentence(torch.bmm(pooling.to(read.dtype), read)).float().squeeze(-1)
        here = self.here(torch.cat([states[:, 0], states[:, behind]], -1)).float().squeeze(-1)
        return Logits(span[..., 0], span[..., 1], here, sentences.masked_fill(pooling.sum(-1) == 0, -torch.inf))


class Read(NamedTuple):
    """What the heads say of one passage read with a question; unbounded, higher is likelier.

    Attributes:
        start: (tokens,) that the answer starts at a token.
        end: (tokens,) that it ends with a token.
        here: That the passage holds an answer.
        sentences: (sentences,) that a sentence does.
    """

    start: NDArray[np.float32]
    end: NDArray[np.float32]
    here: float
    sentences: NDArray[np.float32]


class Fast:
    """The trained layers for reading only: ``Upper`` without padding and gradients."""

    def __init__(self, upper: Upper) -> None:
        """Lay out the weights of layers that are not trained any more."""
        self._heads = upper
        self._layers = [fast.Layer(layer.state_dict(), _HEADS, _EPS) for layer in upper.layers]

    def read(
        self, question: Tensor, passages: Sequence[Tensor], sentence_of: Sequence[NDArray[np.int32]]
    ) -> list[Read]:
        """Read each passage with a question.

        Args:
            question: (question tokens, size) lower states.
            passages: (tokens, size) lower states of each passage.
            sentence_of: For each passage the sentence of each token, -1 for none.
        """
        heads, behind = self._heads, len(question)
        asked = question + heads.side[0]
        joined = [torch.cat([asked, passage + heads.side[1]]) for passage in passages]
        lengths = [len(states) for states in joined]
        states = fast.through(self._layers, torch.cat(joined), lengths)
        found = []
        for states_of, numbers in zip(torch.split(states, lengths), sentence_of, strict=True):
            first, read = states_of[0].float(), states_of[behind:].float()
            span = heads.span(read).numpy()
            means = pooling([numbers], len(numbers))[0] @ read
            here = heads.here(torch.cat([first, read[0]])).item()
            found.append(Read(span[:, 0], span[:, 1], here, heads.sentence(means).numpy()[:, 0]))
        return found


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Sequences of states (tokens, size) as one tensor (n, most tokens, size), with their mask (n, most tokens).

    They are filled up to a multiple of ``_FILLED`` tokens, as oneDNN makes kernels anew for each size it meets.
    """
    lengths = torch.tensor([len(row) for row in rows])
    most = -(-int(lengths.max()) // _FILLED) * _FILLED
    states = rows[0].new_zeros(len(rows), most, rows[0].shape[1])
    for state, row in zip(states, rows, strict=True):
        state[: len(row)] = row
    return states, torch.arange(most)[None, :] < lengths[:, None]


def pooling(sentence_of: Sequence[NDArray[np.int32]], tokens: int) -> Tensor:
    """Rows that average each sentence's tokens: (n, sentences, tokens) float32, zero rows as padding.

    Args:
        sentence_of: For each passage the sentence of each token, -1 for none.
        tokens: Tokens of the longest passage.
    """
    most = max(1, *(int(numbers.max(initial=0)) + 1 for numbers in sentence_of))
    rows = np.zeros((len(sentence_of), most, tokens), np.float32)
    for row, numbers in enumerate(sentence_of):
        at = np.flatnonzero(numbers >= 0)
        rows[row, numbers[at], at] = 1
    return torch.from_numpy(rows / np.maximum(rows.sum(2, keepdims=True), 1))


def packed(upper: Upper) -> bytes:
    """The reader's weights as safetensors: matrices as int8 with one float32 scale a row, the rest as float32."""
    tensors: dict[str, Tensor] = {}
    for name, value in upper.state_dict().items():
        weights = value.float()
        if weights.dim() == 2 and min(weights.shape) > 2:
            scale = weights.abs().amax(1, keepdim=True) / 127
            tensors[name] = (weights / scale).round().to(torch.int8)
            tensors[f"{name}{_SCALE}"] = scale
        else:
            tensors[name] = weights
    data: bytes = save(tensors)
    return data


def unpacked(data: bytes, dtype: torch.dtype) -> Upper:
    """The reader's layers out of ``packed`` bytes for inference in a dtype, its heads in float32."""
    tensors = load(data)
    weights = {
        name: value.float() * tensors[f"{name}{_SCALE}"] if value.dtype == torch.int8 else value
        for name, value in tensors.items()
        if not name.endswith(_SCALE)
    }
    inner, size = weights["layers.0.wide.weight"].shape
    with torch.device("meta"):
        upper = Upper(1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers.")), size, inner)
    # oneDNN, which multiplies other dtypes, would make kernels anew for a product of each size.
    given = {
        name: value.to(dtype) if name.startswith(("layers.", "side")) else value for name, value in weights.items()
    }
    upper.load_state_dict(given, assign=True)
    return upper.eval().requires_grad_(requires_grad=False)
