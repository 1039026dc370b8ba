"""Documents cleaned and cut into passages; what did not change is taken from the previous generation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index import chunk, clean, markup
from index.config import IndexSettings
from index.contents import Contents
from index.embed import Embedder, Vectors
from index.types import Cleaned, Document, Dropped, Passage, Section, Sentence


@dataclass(frozen=True, slots=True)
class Split:
    """What becomes of one document.

    Attributes:
        document: The document.
        dropped: What cleaning removed.
        passages: Its passages in text order.
        spans: (passages, 2) int64: the first sentence row and the row after the last of each passage, counted from
            the document's first sentence.
        sentences: Its distinct sentences in order, one for each row.
        vectors: Of the passages and of the sentences, each (n, dimension) float32, unit length; None where they are
            not known yet.
        row: Row of its first passage in the generation it was taken from; None where it is new.
    """

    document: Document
    dropped: tuple[Dropped, ...]
    passages: tuple[Passage, ...]
    spans: NDArray[np.int64]
    sentences: tuple[Sentence, ...]
    vectors: tuple[Vectors, Vectors] | None = None
    row: int | None = None

    def texts(self) -> Iterator[str]:
        """Texts of the passages, then of the sentences, as the model reads them."""
        for passage in self.passages:
            yield chunk.passage_text(self.document, passage)
        for sentence in self.sentences:
            yield chunk.sentence_text(self.document, sentence)


def explain(document: Document, settings: IndexSettings) -> Cleaned:
    """What indexing keeps of a document and what it drops."""
    blocks, beside = markup.read(document)
    if settings.furniture == "keep":
        return Cleaned((Section("", (blocks,)),), ())
    return clean.clean(document, blocks, beside)


def split(document: Document, settings: IndexSettings, embedder: Embedder) -> Split:
    """Clean a document and cut it into passages."""
    cleaned = explain(document, settings)
    passages = chunk.passages(document, cleaned, settings, embedder.max_tokens, embedder.count_tokens)
    row_of: dict[Sentence, int] = {}
    for passage in passages:
        for sentence in passage.sentences:
            row_of.setdefault(sentence, len(row_of))
    firsts = [row_of[passage.sentences[0]] for passage in passages]
    spans = [(first, first + len(passage.sentences)) for first, passage in zip(firsts, passages, strict=True)]
    return Split(document, cleaned.dropped, passages, np.array(spans, np.int64).reshape(-1, 2), tuple(row_of))


def previous_splits(contents: Contents) -> dict[str, Split]:
    """What became of the documents of a generation, by their ids."""
    found = {}
    for row, (document, dropped) in enumerate(zip(contents.documents, contents.dropped, strict=True)):
        start, end = map(int, contents.firsts[row : row + 2])
        spans = contents.spans[start:end]
        base, last = (int(spans[0, 0]), int(spans[:, 1].max())) if len(spans) else (0, 0)
        passages = tuple(contents.passages[start:end])
        sentences = tuple(dict.fromkeys(sentence for passage in passages for sentence in passage.sentences))
        vectors = contents.passage_vectors[start:end], contents.sentence_vectors[base:last]
        found[document.id] = Split(document, dropped, passages, spans - base, sentences, vectors, start)
    return found


def split_all(
    documents: Sequence[Document],
    previous: Mapping[str, Split],
    settings: IndexSettings,
    embedder: Embedder,
    progress: Callable[[int, int], None],
) -> list[Split]:
    """Split documents, those that did not change as they were before.

    Args:
        documents: The documents.
        previous: From ``previous_splits`` of a generation made with the same settings, model and code, else empty.
        settings: Passage size and overlap.
        embedder: Counts tokens.
        progress: Told the documents done and of how many.
    """
    found = []
    for number, document in enumerate(documents, start=1):
        known = previous.get(document.id)
        # Where a file lies and what it is called has no part in its passages.
        same = (
            known
            and replace(known.document, path=document.path, title=document.title, copies=document.copies) == document
        )
        found.append(replace(known, document=document) if known and same else split(document, settings, embedder))
        progress(number, len(documents))
    return found


def joined(splits: Sequence[Split], vectors: tuple[Vectors, Vectors]) -> Contents:
    """Splits and the vectors of all their passages and sentences, as the contents of a generation."""
    bases = np.cumsum([0, *(len(one.sentences) for one in splits)])
    return Contents.of(
        tuple(one.document for one in splits),
        tuple(one.dropped for one in splits),
        tuple(passage for one in splits for passage in one.passages),
        np.concatenate([one.spans + base for one, base in zip(splits, bases, strict=False)]),
        *vectors,
    )
