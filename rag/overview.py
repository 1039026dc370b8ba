"""The sentences that say what a document is about.

They are chosen one by one so that every sentence of the document lies near one of them, after the first that can
stand alone, as news says first what matters: facility location, as in Lin and Bilmes, "A Class of Submodular
Functions for Document Summarization" (2011).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index import lexical, names
from index.chunk import sentence_text
from index.types import Document, Passage, Sentence
from rag.leaning import leans
from rag.select import FULL_STOP, MOST_SENTENCES, Candidate
from rag.types import Evidence

Floats = NDArray[np.float32]

# From what share of its topic's words a document is the one that was asked about.
_ENOUGH = 0.6
_NEAREST = 3
_LEAST_WORDS = 5
# Of a longer document so many sentences, evenly spaced, stand for all: the work grows with their square.
_MOST_COMPARED = 2000


def asked_about(
    topic: str, asked_in: str, nearest: Sequence[Evidence], idf: Callable[[str], float]
) -> tuple[Document, float] | None:
    """The document that a question is about as a whole, and which share of the topic it holds; None when none is.

    Args:
        topic: What the document is said to deal with, "" where only one may be meant.
        asked_in: ISO 639-1 code of the question's language.
        nearest: Passages found for the topic, best first.
        idf: Rarity of a term.
    """
    documents = list({found.document.id: found.document for found in nearest}.values())
    if not topic:
        return (documents[0], 1.0) if len(documents) == 1 else None
    held = [share(topic, asked_in, document, idf) for document in documents]
    if len(documents) > _NEAREST and min(held) >= _ENOUGH and asked_in != documents[0].language:
        return None  # names that all documents hold tell none of them apart
    held = held[:_NEAREST]
    best = max(range(len(held)), key=lambda at: round(held[at], 1), default=None)  # of equals the nearest
    return None if best is None or held[best] < _ENOUGH else (documents[best], held[best])


def share(topic: str, asked_in: str, document: Document, idf: Callable[[str], float]) -> float:
    """The share of a topic's words, by rarity, that a document holds, names in any spelling: in [0, 1].

    Where the two are in different languages only names can tell; without any, and without words, it is 0.
    """
    text = f"{document.title}\n{document.text}"
    held = {lexical.stem(word.form) for word in lexical.words(text)}
    terms = frozenset(names.terms(text))
    named = {range(m.start, m.end): not terms.isdisjoint(m.terms) for m in names.find(topic)}
    only_names = asked_in != document.language
    found = total = 0.0
    for word in lexical.words(topic):
        matches = [match for span, match in named.items() if word.start in span]
        if matches or not only_names:
            base = lexical.stem(word.form)
            total += idf(base)
            found += idf(base) * (base in held or any(matches))
    return found / total if total else 0.0


def choose(passages: Sequence[Evidence], vectors: Callable[[Passage], Floats]) -> tuple[Candidate, ...]:
    """Up to three sentences that stand for all of a document, in the order of its text.

    Args:
        passages: All of it.
        vectors: (sentences, dimension) float32, unit length, of a passage.
    """
    rows: dict[Sentence, tuple[Evidence, Floats]] = {}
    for found in sorted(passages, key=lambda one: one.passage.start):
        for sentence, vector in zip(found.passage.sentences, vectors(found.passage), strict=True):
            rows.setdefault(sentence, (found, vector))
    if not rows:
        return ()
    every = list(rows)
    sentences = [every[at] for at in np.linspace(0, len(every) - 1, min(len(every), _MOST_COMPARED)).astype(int)]
    texts = [sentence_text(rows[sentence][0].document, sentence) for sentence in sentences]
    near = np.stack([rows[sentence][1] for sentence in sentences])
    near = near @ near.T
    near = np.maximum(near - near.mean(), 0)  # what lies no nearer than any two sentences is not stood for
    may = [row for row, text in enumerate(texts) if _stands_alone(text)] or list(range(len(texts)))
    chosen: list[int] = []
    gains: dict[int, float] = {}
    covered = np.zeros(len(sentences), np.float32)
    while len(chosen) < min(MOST_SENTENCES, len(may)):
        pool = [row for row in may if row not in chosen] if chosen else may[:1]
        best = max(pool, key=lambda row: float(np.maximum(near[row], covered).sum()))
        gains[best] = float(np.maximum(near[best], covered).sum() - covered.sum())
        covered = np.maximum(near[best], covered)
        chosen.append(best)
    return tuple(
        Candidate(rows[sentences[row]][0], sentences[row], texts[row], 0.0, 0.0, None, gains[row])
        for row in sorted(chosen)
    )


def evidence(passages: Sequence[Evidence], chosen: Sequence[Candidate], limit: int) -> tuple[Evidence, ...]:
    """At most so many of a document's passages, those of the chosen sentences first, ranked anew."""
    cited = {candidate.evidence.passage.id for candidate in chosen}
    ordered = sorted(passages, key=lambda one: one.passage.id not in cited)[:limit]
    return tuple(replace(one, rank=rank) for rank, one in enumerate(ordered, 1))


def _stands_alone(text: str) -> bool:
    """Whether a sentence is whole and can be understood without the one before it."""
    whole = FULL_STOP.search(text) and len(lexical.words(text)) >= _LEAST_WORDS
    return bool(whole) and not leans(text)
