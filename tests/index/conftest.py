"""A quick embedding model that keeps account of what it embeds."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest

from index.embed import Vectors
from index.types import Document


@dataclass
class CountingEmbedder:
    """Unit vectors that depend on nothing but the text and the model."""

    name: str = "counting"
    fingerprint: str = "0123456789abcdef"
    precision: str = "float32"
    dimension: int = 8
    max_tokens: int = 500
    embedded: list[str] = field(default_factory=list)

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        self.embedded += texts
        if progress:
            progress(len(texts), sum(self.count_tokens(texts)))
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            digest = hashlib.sha256((self.fingerprint + text).encode("utf-8", "surrogatepass")).digest()
            vectors[row] = np.frombuffer(digest[:8], np.int8) + 0.5
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def _article(number: int, text: str = "", path: str = "") -> Document:
    """A made-up article; equal arguments give the same document."""
    body = text or (
        f"افتتح المجلس البلدي السوق رقم {number} في الميناء القديم صباح الأحد. "
        f"وحضر {number + 3} من التجار حفل الافتتاح، وقالوا إنهم راضون عن المكان.\n"
        f"ويضم السوق {number + 40} محلا للخضار والسمك والحرف، ويعمل من الفجر حتى المغيب."
    )
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Document(digest, path or f"{number:03}.txt", f"سوق {number}", body, "ar", date(2031, 5, 1), "text")


@pytest.fixture
def counting() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def article() -> Callable[..., Document]:
    """Makes up an article: its number, its text, its path."""
    return _article
