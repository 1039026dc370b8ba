"""Texts become unit vectors through one sentence-transformers model that all threads share."""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from index import bundled
from index.config import BUNDLED_MODEL
from index.errors import ModelError
from index.model import dtype, load_model, multiplies_bytes
from index.startup import quiet_start

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

    from index.packed import PackedBert
    from index.quantized import Ranges
    from index.quick import QuickModel

Vectors = NDArray[np.float32]
# Padded tokens in one forward pass: enough to keep two cores busy, little enough that a question asked during a
# build waits under a second.
_BATCH_TOKENS = 4096
_BATCH_TEXTS = 64
_TOKENIZED_AT_ONCE = 1024
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Tokenized(NamedTuple):
    """A text as a model reads it.

    Attributes:
        ids: (tokens,) with prompt and special tokens.
        spans: (tokens, 2) characters of the text; (0, 0) for prompt and special tokens.
    """

    ids: NDArray[np.int32]
    spans: NDArray[np.int32]


class Embedder:
    """An embedding model.

    Tokenizers and models are not safe to share between threads, so each batch runs under a lock: a question asked
    while an index is built waits for one batch only.

    Attributes:
        name: The model's name as people say it.
        fingerprint: 16 hexadecimal digits; equal for equal weights, pooling, vocabulary size, window and prompts.
        precision: How documents are computed, which hangs on the processor, as "int8-01234567-bfloat16-packed1":
            products of bytes and their digest, if any, the type of weights and states, and the version of the packed
            pass, if taken. Vectors of one fingerprint can be compared whatever their precision.
        dimension: Length of a vector.
        max_tokens: Tokens of a document the model reads, without its prompt and special tokens.
        packed: The model's faster form, for a BERT whose states are averaged; None for other models.
    """

    def __init__(self, model: "SentenceTransformer | QuickModel", name: str, weights: str | None = None) -> None:
        """Share a model.

        Args:
            model: The model.
            name: What people call it.
            weights: Digest that stands for its weights where they have just been checked; else they are hashed.
        """
        self._model: Any = model
        self.packed = _packed(model)
        self._ranges = _ranges(weights)
        self.precision = _precision(model, self.packed, self._ranges)
        self._lock = threading.Lock()
        self._query_prompt = _prompt(model, "query")
        self._document_prompt = _prompt(model, "document", "passage")
        self.name = name
        self.dimension = int(model.get_embedding_dimension() or 0)
        digest = weights or _weights_digest(model)
        self.fingerprint = _fingerprint(model, digest, self._query_prompt, self._document_prompt)
        limit = model.max_seq_length or 512
        self.max_tokens = limit - self._token_counts([self._document_prompt])[0]

    @classmethod
    def load(cls, model: str, cache: Path) -> Self:
        """Load the bundled model (unpacked below ``cache / "models"``) or any sentence-transformers name or path.

        Raises:
            ModelError: The model is missing, damaged or not a sentence-transformers model.
        """
        name = bundled.NAME if model == BUNDLED_MODEL else model
        try:
            return cls(load_model(model, cache), name, bundled.PACKED_SHA256 if model == BUNDLED_MODEL else None)
        except ModelError:
            raise
        except Exception as error:
            # The libraries below raise many types here: hub errors, OSError, ValueError, KeyError, SafetensorError.
            reason = " ".join(str(error).split()).partition(". ")[0][:200].rstrip(".")
            raise ModelError(
                f"The embedding model {model!r} cannot be loaded: {reason or type(error).__name__}. "
                "SANAD_MODEL takes 'bundled', the folder of a sentence-transformers model, "
                "or a model name that this machine can fetch."
            ) from error

    @classmethod
    def for_questions(cls, model: str, cache: Path) -> Self:
        """Load a model as ``load`` does, the bundled one without the libraries that only documents need.

        Raises:
            ModelError: The model is missing, damaged or not a sentence-transformers model.
        """
        if model != BUNDLED_MODEL:
            return cls.load(model, cache)
        with quiet_start(), ThreadPoolExecutor(1) as pool:
            folder = pool.submit(bundled.unpacked, cache / "models")
            from index.quick import QuickModel

            return cls(QuickModel(folder.result(), dtype()), bundled.NAME, bundled.PACKED_SHA256)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: (n, dimension) float32, unit length. Texts beyond the model's window are cut."""
        return self._embed([self._query_prompt + text for text in texts], self.packed, None)

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Embed document texts: (n, dimension) float32, unit length, in the order given.

        Args:
            texts: At most ``max_tokens`` tokens each; what is longer is cut.
            progress: Called after each batch with the texts and the tokens it held.
        """
        with self._lock:
            packed = self._packed_for_documents
        return self._embed([self._document_prompt + text for text in texts], packed, progress)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text for this model, without prompt and special tokens."""
        special = self._token_counts([""])[0] if texts else 0
        counts: list[int] = []
        for start in range(0, len(texts), _TOKENIZED_AT_ONCE):
            counts += (count - special for count in self._token_counts(texts[start : start + _TOKENIZED_AT_ONCE]))
        return counts

    @property
    def encoder(self) -> Any:  # noqa: ANN401 - a module of transformers, which has no types here
        """The transformer below the pooling."""
        return self._model[0].auto_model

    def tokenize(self, texts: Sequence[str], side: Literal["query", "document"], most: int = 512) -> list[Tokenized]:
        """Tokens of questions or document texts, cut at ``most`` or at the model's window."""
        prompt = self._query_prompt if side == "query" else self._document_prompt
        limit = min(most, self._model.max_seq_length or 512)
        with self._lock:
            read = self._model.tokenizer(
                [prompt + encodable(text) for text in texts],
                truncation=True,
                max_length=limit,
                return_offsets_mapping=True,
            )
        found = []
        for ids, offsets in zip(read["input_ids"], read["offset_mapping"], strict=True):
            spans = np.maximum(np.array(offsets, np.int32).reshape(-1, 2) - len(prompt), 0)
            found.append(Tokenized(np.array(ids, np.int32), spans))
        return found

    @cached_property
    def _packed_for_documents(self) -> "PackedBert | None":
        """Made with the first documents, as who only asks needs none."""
        return _packed(self._model, self._ranges.largest) if self._ranges else self.packed

    def _tokenized(self, texts: list[str], **options: Any) -> Any:  # noqa: ANN401 - transformers has no types here
        return self._model.tokenizer(texts, truncation=True, max_length=self._model.max_seq_length, **options)

    def _token_counts(self, texts: Sequence[str]) -> list[int]:
        with self._lock:
            tokenized = self._model.tokenizer([encodable(text) for text in texts], verbose=False)["input_ids"]
        return [len(ids) for ids in tokenized]

    def _embed(
        self, texts: list[str], packed: "PackedBert | None", progress: Callable[[int, int], None] | None
    ) -> Vectors:
        import torch

        vectors = np.empty((len(texts), self.dimension), np.float32)
        for rows in _batches(texts):
            with self._lock, torch.inference_mode():
                given = [encodable(texts[row]) for row in rows]
                output, tokens = self._means(packed, given) if packed else self._encoded(given)
            # Models without a Normalize module give other lengths; bf16 gives lengths off by 0.4 %.
            norms = np.linalg.norm(output, axis=1, keepdims=True)
            vectors[rows] = output / np.maximum(norms, np.finfo(np.float32).tiny)
            if progress is not None:
                progress(len(rows), tokens)
        return vectors

    def _means(self, packed: "PackedBert", texts: list[str]) -> tuple[Vectors, int]:
        """Mean states of texts, zeros for a text without tokens, and how many tokens they hold, by the packed model."""
        ids = [np.array(text, np.int32) for text in self._tokenized(texts)["input_ids"]]
        order = sorted((row for row in range(len(ids)) if len(ids[row])), key=lambda row: len(ids[row]))
        vectors = np.zeros((len(ids), self.dimension), np.float32)
        if not order:
            return vectors, 0
        for row, states in zip(order, packed.states([ids[row] for row in order]), strict=True):
            vectors[row] = states.float().mean(0)
        return vectors, sum(map(len, ids))

    def _encoded(self, texts: list[str]) -> tuple[Vectors, int]:
        """Vectors of texts and their tokens, by the model itself."""
        features = self._tokenized(texts, padding=True, return_tensors="pt")
        vectors: Vectors = self._model(dict(features))["sentence_embedding"].float().numpy()
        return vectors, int(features["attention_mask"].sum())


def encodable(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which no tokenizer takes; its length is kept."""
    return _SURROGATE.sub("\ufffd", text)


def _packed(
    model: "SentenceTransformer | QuickModel", largest: "Mapping[str, Tensor] | None" = None
) -> "PackedBert | None":
    """The packed form of a model, in bytes where magnitudes of its states are given."""
    from index.packed import PackedBert
    from index.quick import QuickModel

    if isinstance(model, QuickModel):
        return model.laid_out(largest) if largest else model.packed
    read = dict(_modules(model))
    averaged = read.get("Pooling") == "mean" and read.keys() <= {"Transformer", "Pooling", "Normalize"}
    return PackedBert.of(model[0].auto_model, largest) if averaged else None


def _ranges(weights: str | None) -> "Ranges | None":
    """How far the states of the bundled model reach, where the processor makes bytes worth it."""
    if weights != bundled.PACKED_SHA256 or not multiplies_bytes():
        return None
    from index.quantized import Ranges

    return Ranges.shipped()


def _precision(model: "SentenceTransformer | QuickModel", packed: "PackedBert | None", ranges: "Ranges | None") -> str:
    from index.packed import VERSION
    from index.quick import QuickModel

    kind = model.packed.dtype if isinstance(model, QuickModel) else next(model.parameters()).dtype
    in_bytes = [f"int8-{ranges.digest}"] if ranges else []
    own_pass = [f"packed{VERSION}"] if packed else []
    return "-".join([*in_bytes, str(kind).removeprefix("torch."), *own_pass])


def _modules(model: "SentenceTransformer | QuickModel") -> list[tuple[str, str | None]]:
    """Name and way of pooling of each module."""
    from index.quick import QuickModel

    if isinstance(model, QuickModel):
        return model.modules
    return [(type(module).__name__, getattr(module, "pooling_mode", None)) for module in model]


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Rows grouped by length, longest first (memory peaks at once), so that little is padded."""
    rows = sorted(range(len(texts)), key=lambda row: len(texts[row]), reverse=True)
    start = 0
    while start < len(rows):
        # A token is rarely shorter than two characters in any script; only the batch's size hangs on it.
        longest = max(1, min(len(texts[rows[start]]) // 2, 512))
        size = max(1, min(_BATCH_TEXTS, _BATCH_TOKENS // longest))
        yield rows[start : start + size]
        start += size


def _prompt(model: "SentenceTransformer | QuickModel", *names: str) -> str:
    """The model's own prompt under the first of the names it has, "" when it has none."""
    prompts: dict[str, str] = model.prompts or {}
    return next((prompts[name] for name in names if prompts.get(name)), "")


def _fingerprint(model: "SentenceTransformer | QuickModel", weights: str, *prompts: str) -> str:
    parts = (prompts, len(model.tokenizer), model.max_seq_length, _modules(model), weights)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _weights_digest(model: "SentenceTransformer") -> str:
    import torch

    digest = hashlib.sha256()
    for name, tensor in model.state_dict().items():
        # As bfloat16 bits the digest is the same whichever dtype this processor prefers.
        bits = tensor.contiguous().bfloat16().flatten().view(torch.int16)
        digest.update(f"{name}{tuple(tensor.shape)}".encode())
        digest.update(bits.numpy())
    return digest.hexdigest()
