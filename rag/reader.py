"""The reader: reads the best passages with the question in view, on the encoder that retrieval has loaded anyway.

Its weights are the encoder's upper layers, trained to read (``python -m eval.train_reader``) and stored as 8-bit
integers; ``reader.json`` beside them is their card: what they were trained on, for which encoder, with which figures.
Besides, it compares each token of the question with each of the passage, in the encoder's own upper states, untrained
(late interaction: Khattab & Zaharia, "ColBERT", 2020).
"""

import hashlib
import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from index.chunk import passage_text, sentence_text
from index.config import Settings
from index.embed import Embedder, Tokenized
from index.errors import ModelError
from index.types import Document, Passage
from rag.types import Evidence

Floats = NDArray[np.float32]

if TYPE_CHECKING:
    from torch import Tensor

    from rag.joint import Read, Upper

CARD_FILE, WEIGHTS_FILE = "reader.json", "reader.safetensors"
PASSAGES = 5
"""Most passages read with a question, and whose sentences are compared."""
# A passage so many deviations behind the first is not read: on the questions that _MET_WEIGHT was chosen on reading all
# five brought no more right first passages and sentences.
_NEAR = 2.5
_QUESTION_TOKENS = 64
HERE_WEIGHT = 0.25
"""Of a passage's logit beside its fused score, chosen on half of the articles that were not trained on."""
# Of how well a passage meets the question's tokens, and the encoder's layers after which tokens are compared: chosen,
# with select's weight of sentences, on 120 held questions each in Arabic (two sets), English and Russian.
_MET_WEIGHT = 20.0
_MET_LAYERS = 10
_LONGEST_SPAN = 30
_REMEMBERED = 256  # passages whose states are kept: at most 512 tokens x 384 x 2 x 2 bytes each, 200 MB in all


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """What the reader makes of one sentence for a question.

    Attributes:
        logit: That the sentence holds the answer; unbounded, higher is likelier.
        start: First character, in the sentence's text, of the words likeliest to answer.
        end: The character after them.
        words_logit: That these words answer.
        met: How well the sentence, in its passage, meets the question's tokens, as of ``met``.
    """

    logit: float
    start: int
    end: int
    words_logit: float
    met: float


# A sentence that no token stands for, as one beyond the model's window: it answers as little as any.
_UNREAD = ReadSentence(-20.0, 0, 0, -20.0, 0.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage for a question.

    Attributes:
        here: Logit that the passage answers it; unbounded, higher is likelier.
        met: How well it meets the question's tokens, as of ``met``.
        sentences: Its sentences.
    """

    here: float
    met: float
    sentences: tuple[ReadSentence, ...]


class Reader:
    """The trained layers over an encoder; safe to share between threads."""

    def __init__(self, embedder: Embedder, upper: "Upper") -> None:
        """Put trained layers over the encoder they were trained on.

        Raises:
            ValueError: The encoder has no packed form.
        """
        from rag.joint import SHARED_LAYERS, Fast

        if embedder.packed is None:
            raise ValueError(f"{embedder.name} is not a BERT that can be read with.")
        self._embedder = embedder
        self._lower, self._shared, self._upper = embedder.packed, SHARED_LAYERS, Fast(upper)
        self._lock = threading.Lock()
        self._remembered = lru_cache(_REMEMBERED)(self._passage)

    @classmethod
    def load(cls, embedder: Embedder, settings: Settings) -> Self | None:
        """The shipped reader; None when it is set off, or was trained for another encoder.

        Raises:
            ModelError: Its files are damaged.
        """
        if settings.reader == "off":
            return None
        about = card()
        if about["encoder"] != embedder.fingerprint or embedder.packed is None:
            return None
        packed = files("rag").joinpath(WEIGHTS_FILE).read_bytes()
        found = hashlib.sha256(packed).hexdigest()
        if found != about["sha256"]:
            raise ModelError(
                f"The reader's weights rag/{WEIGHTS_FILE} are damaged (SHA-256 {found[:12]}…, not "
                f"{about['sha256'][:12]}…). Install Sanad again."
            )
        from rag.joint import unpacked

        return cls(embedder, unpacked(packed, embedder.packed.dtype))

    def read(self, question: str, evidence: Sequence[Evidence]) -> tuple[Reading, ...]:
        """Read passages, one Reading for each, with a question."""
        import torch

        if not evidence:
            return ()
        asked = self._embedder.tokenize([question], "query", _QUESTION_TOKENS)[0]
        passages = [self._remembered(_Text.of(found.document, found.passage)) for found in evidence]
        with self._lock, torch.inference_mode():
            lower = self._lower_states(asked)
            logits = self._upper.read(
                lower,
                [passage.states for passage in passages],
                [passage.sentence_of for passage in passages],
            )
            compared = self._compared(lower, asked.spans)
            alike = [(compared.float() @ passage.compared.float().T).numpy() for passage in passages]
        return tuple(
            Reading(
                read.here,
                met(likeness),
                tuple(_sentence(passage, number, read, likeness) for number in range(len(passage.starts))),
            )
            for passage, read, likeness in zip(passages, logits, alike, strict=True)
        )

    def remember(self, passages: Iterable[tuple[Document, Passage]]) -> None:
        """Work out beforehand what reading a passage takes without a question, for as many as are remembered."""
        for document, passage in islice(passages, _REMEMBERED):
            self._remembered(_Text.of(document, passage))

    def rerank(self, question: str, evidence: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], tuple[Reading, ...]]:
        """The evidence (best first) in the order of what its first passages say, too, and the readings of these."""
        return reranked(evidence, self.read(question, near(evidence)))

    def _passage(self, text: "_Text") -> "_Passage":
        import torch

        tokenized = self._embedder.tokenize([text.text], "document")[0]
        with self._lock, torch.inference_mode():
            # Alone, not in a batch: what is remembered must not hang on what was asked before.
            states = self._lower_states(tokenized)
            compared = self._compared(states, tokenized.spans)
        numbers = sentence_numbers(tokenized.spans, text.starts)
        return _Passage(states, compared, tokenized.spans, numbers, text.starts)

    def _lower_states(self, tokenized: Tokenized) -> "Tensor":
        return self._lower.states([tokenized.ids], self._shared)[0]

    def _compared(self, lower: "Tensor", spans: NDArray[np.int32]) -> "Tensor":
        """What the tokens that stand for characters are compared by: (tokens, size), unit length, zero for others."""
        import torch

        states = self._lower.further(lower, self._shared, _MET_LAYERS).float()
        stands = torch.from_numpy(spans[:, 1] > spans[:, 0])
        return (torch.nn.functional.normalize(states, dim=-1) * stands[:, None]).to(lower.dtype)


def near(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The passages worth reading, of evidence best first: those at most ``_NEAR`` deviations behind the first."""
    return [found for found in evidence[:PASSAGES] if found.score >= evidence[0].score - _NEAR]


def reranked(
    evidence: Sequence[Evidence], readings: Sequence[Reading], here_weight: float = HERE_WEIGHT
) -> tuple[tuple[Evidence, ...], tuple[Reading, ...]]:
    """Evidence in the order of scores and readings together, and the readings in this order.

    What was not read is taken to answer no better than the worst that was, and keeps its order behind.

    Args:
        evidence: Best first.
        readings: Of its first passages.
        here_weight: Of what training taught; 0 leaves the comparison of tokens, for measuring.
    """
    usual = sum(reading.met for reading in readings) / max(1, len(readings))
    gains = [here_weight * reading.here + _MET_WEIGHT * (reading.met - usual) for reading in readings]
    scored = [
        replace(
            found,
            score=found.score + gain,
            channels={**found.channels, "reader": reading.here, "tokens": reading.met},
        )
        for found, reading, gain in zip(evidence, readings, gains, strict=False)
    ]
    order = sorted(range(len(scored)), key=lambda row: -scored[row].score)
    least = min(gains, default=0.0)
    unread = (replace(found, score=found.score + least) for found in evidence[len(readings) :])
    ranked = (*(scored[row] for row in order), *unread)
    return (
        tuple(replace(found, rank=rank) for rank, found in enumerate(ranked, 1)),
        tuple(readings[row] for row in order),
    )


def card() -> dict[str, Any]:
    """What is known of the shipped weights: digest, encoder, training, figures."""
    about: dict[str, Any] = json.loads(files("rag").joinpath(CARD_FILE).read_text("utf-8"))
    return about


@dataclass(frozen=True, slots=True)
class _Text:
    """A passage as it is read, and where its sentences start in it."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, document: Document, passage: Passage) -> Self:
        lengths = [len(sentence_text(document, sentence)) + 1 for sentence in passage.sentences]
        return cls(passage_text(document, passage), (0, *(int(end) for end in np.cumsum(lengths)[:-1])))


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage's lower states and those it is compared by, both (tokens, size), with what its tokens stand for."""

    states: "Tensor"
    compared: "Tensor"
    spans: NDArray[np.int32]
    sentence_of: NDArray[np.int32]
    starts: tuple[int, ...]


def sentence_numbers(spans: NDArray[np.int32], starts: Sequence[int]) -> NDArray[np.int32]:
    """The sentence each token ends in, given the sentences' first characters: (tokens,), -1 for special tokens.

    Where it starts would not do: a token's characters take in the space before it.

    Args:
        spans: (tokens, 2) characters of each token; empty for special tokens.
        starts: First character of each sentence, rising from 0.
    """
    numbers = np.searchsorted(np.asarray(starts), spans[:, 1] - 1, side="right") - 1
    return np.where(spans[:, 1] > spans[:, 0], numbers, -1).astype(np.int32)


def met(likeness: Floats) -> float:
    """How well a text meets a question: mean of the lower half of what its tokens are met by at best, in [-1, 1].

    What a passage near the topic lacks is one or two of the question's words; the rest is met by any.

    Args:
        likeness: (question tokens, text tokens) cosines; rows of zeros are of tokens that stand for no characters.
    """
    best = np.sort(likeness.max(1)[likeness.any(1)])
    return float(best[: max(1, len(best) // 2)].mean()) if len(best) else 0.0


def _sentence(passage: _Passage, number: int, read: "Read", likeness: Floats) -> ReadSentence:
    """What is made of a sentence: its logit, the likeliest answer within it, and how well it meets the question."""
    tokens = np.flatnonzero(passage.sentence_of == number)
    if not len(tokens):
        return _UNREAD
    sums = read.start[tokens][:, None] + read.end[tokens][None, :]
    allowed = np.triu(np.ones_like(sums, dtype=bool)) & ~np.triu(np.ones_like(sums, dtype=bool), _LONGEST_SPAN)
    first, last = np.unravel_index(np.argmax(np.where(allowed, sums, -np.inf)), sums.shape)
    characters = passage.spans[tokens] - passage.starts[number]
    begin, until = max(0, int(characters[first, 0])), int(characters[last, 1])
    return ReadSentence(float(read.sentences[number]), begin, until, float(sums[first, last]), met(likeness[:, tokens]))
