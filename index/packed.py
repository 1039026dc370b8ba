"""BERT's forward pass over texts laid end to end, on a CPU.

Nothing is padded, and matrices are laid out for the processor once instead of at every product, with their GELU fused
into it: on two cores with bfloat16 units a question takes half the time that transformers' own pass takes, and a batch
of passages four fifths (docs/indexing.md). For BERT with GELU only; other models go their library's way.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from index.quantized import QuantizedLinear

VERSION = 1
"""Raise it when states come out of this pass otherwise, so that an index takes no vectors over that it made before."""
_EMBEDDINGS = ("word", "position", "token_type")
_BERT_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "attended": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "fed": "output.LayerNorm",
}

_AT_ONCE = 512
"""Tokens that go through what follows attention together: as many as keep their widest states in a core's cache."""
MAPS = {"inputs": False, "out": False, "wide": True, "narrow": False}
"""The linear maps of a layer, query, key and value as one, and whether a GELU follows."""


class Run(NamedTuple):
    """Texts of one length that follow each other."""

    texts: int
    tokens: int


def filled(tokens: int) -> int:
    """A length rounded up to one of few sizes: multiples of 16, above 512 sixteen to each doubling."""
    step = 1 << max(4, tokens.bit_length() - 5)
    return -(-tokens // step) * step


def runs(lengths: Sequence[int]) -> list[Run]:
    """Runs of equal lengths, in order."""
    return [Run(len(list(group)), tokens) for tokens, group in groupby(lengths)]


class Linear:
    """A linear map whose matrix is laid out for oneDNN once; a GELU may follow it."""

    def __init__(self, weight: Tensor, bias: Tensor, *, gelu: bool = False) -> None:
        self._laid_out = _can_lay_out(weight.dtype)
        # What torch.compile uses in its frozen graphs; there is no public name for it.
        self._weight = torch.ops.mkldnn._reorder_linear_weight(weight) if self._laid_out else weight
        self._bias, self._gelu = bias, gelu

    def __call__(self, states: Tensor) -> Tensor:
        """States (tokens, in) to (tokens, out)."""
        if self._laid_out:
            follows = "gelu" if self._gelu else "none"
            mapped: Tensor = torch.ops.mkldnn._linear_pointwise(states, self._weight, self._bias, follows, [], "none")
            return mapped
        mapped = functional.linear(states, self._weight, self._bias)
        return functional.gelu(mapped) if self._gelu else mapped


def _can_lay_out(kind: torch.dtype) -> bool:
    """Whether oneDNN takes weights of a type on this processor; bfloat16 it takes with AVX-512 only."""
    available = bool(torch.backends.mkldnn.is_available())  # type: ignore[no-untyped-call]
    return available and (kind != torch.bfloat16 or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported()))


class Norm:
    """A layer norm."""

    def __init__(self, weight: Tensor, bias: Tensor, eps: float) -> None:
        self._weight, self._bias, self._eps = weight, bias, eps

    def __call__(self, states: Tensor) -> Tensor:
        """States (tokens, size) to states of mean 0 and deviation 1, scaled and shifted."""
        return functional.layer_norm(states, self._weight.shape, self._weight, self._bias, self._eps)


class Layer:
    """One layer of BERT (post-norm, GELU) for inference."""

    def __init__(
        self, weights: Mapping[str, Tensor], heads: int, eps: float, largest: Mapping[str, Tensor] | None = None
    ) -> None:
        """Lay out the weights of a layer.

        Args:
            weights: ``.weight`` and ``.bias`` of ``query``, ``key``, ``value`` and ``out``, the norm ``attended``
                behind them, ``wide`` and ``narrow`` of the feed-forward part, and the norm ``fed`` behind these.
            heads: Attention heads.
            eps: Of the norms.
            largest: Magnitudes of what ``inputs`` (query, key and value), ``out``, ``wide`` and ``narrow`` are given,
                to multiply in bytes; None for the weights' own type.
        """
        parts = {name: (weights[f"{name}.weight"], weights[f"{name}.bias"]) for name in _BERT_NAMES}
        inputs = [parts[name] for name in ("query", "key", "value")]
        parts["inputs"] = (torch.cat([weight for weight, _ in inputs]), torch.cat([bias for _, bias in inputs]))
        self._inputs, self._out, self._wide, self._narrow = (
            QuantizedLinear(*parts[name], largest[name], gelu=gelu) if largest else Linear(*parts[name], gelu=gelu)
            for name, gelu in MAPS.items()
        )
        self._attended, self._fed = Norm(*parts["attended"], eps), Norm(*parts["fed"], eps)
        self._heads = heads

    def __call__(self, states: Tensor, lengths: Sequence[Run]) -> Tensor:
        """States (tokens, size) of texts laid end to end, to states; rows behind the last text are padding."""
        mixed = self._mixed(self._inputs(states), lengths)
        parts = zip(torch.split(states, _AT_ONCE), torch.split(mixed, _AT_ONCE), strict=True)
        return torch.cat([self._fed_forward(self._attended(part + self._out(there))) for part, there in parts])

    def _fed_forward(self, states: Tensor) -> Tensor:
        return self._fed(states + self._narrow(self._wide(states)))

    def _mixed(self, inputs: Tensor, lengths: Sequence[Run]) -> Tensor:
        """Attention within each text: (tokens, 3 x size) queries, keys and values to (tokens, size)."""
        size = inputs.shape[1] // 3
        mixed: list[Tensor] = []
        at = 0
        for texts, tokens in lengths:
            part = inputs[at : at + texts * tokens].view(texts, tokens, 3, self._heads, size // self._heads)
            query, key, value = part.permute(2, 0, 3, 1, 4).unbind(0)
            attended = functional.scaled_dot_product_attention(query, key, value)
            mixed.append(attended.transpose(1, 2).reshape(texts * tokens, size))
            at += texts * tokens
        mixed.append(inputs.new_zeros(len(inputs) - at, size))
        return torch.cat(mixed)


def through(layers: Iterable[Layer], states: Tensor, lengths: Sequence[int]) -> Tensor:
    """States (tokens, size) of texts of some lengths laid end to end, after layers.

    Rows that belong to no text fill them up: oneDNN makes kernels for each size that it meets for the first time, which
    takes longer than to read a question and its passages.
    """
    tokens, same = len(states), runs(lengths)
    states = functional.pad(states, (0, 0, 0, filled(tokens) - tokens))
    for layer in layers:
        states = layer(states, same)
    return states[:tokens]


class PackedBert:
    """BERT's embeddings and layers.

    Attributes:
        dtype: Of weights and states.
        size: Numbers of a state.
    """

    def __init__(
        self, weights: Mapping[str, Tensor], heads: int, eps: float, largest: Mapping[str, Tensor] | None = None
    ) -> None:
        """Lay out weights.

        Args:
            weights: By the names that ``transformers.BertModel`` gives them; embeddings are shared, not copied.
            heads: Attention heads.
            eps: Of the norms.
            largest: Magnitudes of states (``index.quantized.Ranges``), to multiply in bytes.
        """
        words, places, kinds = (weights[f"embeddings.{name}_embeddings.weight"] for name in _EMBEDDINGS)
        self._words, self._places = words, places + kinds[0]
        self._norm = Norm(weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"], eps)
        self.dtype, self.size = words.dtype, words.shape[1]
        self._layers: list[Layer] = []
        while f"encoder.layer.{len(self._layers)}.output.dense.bias" in weights:
            prefix = f"encoder.layer.{len(self._layers)}"
            own = {
                f"{name}.{part}": weights[f"{prefix}.{theirs}.{part}"]
                for name, theirs in _BERT_NAMES.items()
                for part in ("weight", "bias")
            }
            reached = {name: largest[f"{len(self._layers)}.{name}"] for name in MAPS} if largest else None
            self._layers.append(Layer(own, heads, eps, reached))

    @classmethod
    def of(
        cls,
        model: Any,  # noqa: ANN401 - transformers has no types here
        largest: Mapping[str, Tensor] | None = None,
    ) -> Self | None:
        """The packed form of a transformer; None for another kind than BERT with GELU."""
        if type(model).__name__ != "BertModel" or model.config.hidden_act != "gelu":
            return None
        return cls(model.state_dict(), model.config.num_attention_heads, model.config.layer_norm_eps, largest)

    def states(self, ids: Sequence[NDArray[np.int32]], layers: int | None = None) -> tuple[Tensor, ...]:
        """Token ids of texts to their states (tokens, size) after so many layers, or all.

        Texts of one length that follow each other are attended to in one product.
        """
        lengths = [len(text) for text in ids]
        places = torch.cat([self._places[:length] for length in lengths])
        found = self._norm(functional.embedding(torch.from_numpy(np.concatenate(ids)), self._words) + places)
        return torch.split(through(self._layers[:layers], found, lengths), lengths)

    def further(self, states: Tensor, done: int, layers: int) -> Tensor:
        """States (tokens, size) of one text after ``done`` layers to those after ``layers``."""
        return through(self._layers[done:layers], states, [len(states)])
