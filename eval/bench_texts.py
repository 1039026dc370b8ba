"""What is built and asked where speed is measured: an index's own texts, and more made up of their halves."""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.chunk import passage_text, sentence_text
from index.store import Generation

LEAST_TOKENS = 60_000
"""Passage tokens that a build is timed on; fewer are filled up with recombined sentences."""
_SEED = 20_261_122
_PARAGRAPH, _PARAGRAPHS = 4, 8  # sentences of a made-up paragraph, paragraphs of a made-up document
_QUESTION_WORDS = 8


def passages(generation: Generation) -> list[str]:
    """Texts of a generation's passages."""
    contents = generation.contents
    return [passage_text(contents.document(p.document_id), p) for p in contents.passages]


def sentences(generation: Generation) -> list[str]:
    """Texts of a generation's sentences, each once."""
    contents = generation.contents
    texts = (sentence_text(contents.document(p.document_id), s) for p in contents.passages for s in p.sentences)
    return list(dict.fromkeys(texts))


def fill(pool: Path, generation: Generation, count_tokens: Callable[[Sequence[str]], list[int]]) -> str:
    """Write an index's passages, and made-up ones up to ``LEAST_TOKENS`` tokens, as files; tells how many of each."""
    texts = passages(generation)
    missing = LEAST_TOKENS - sum(count_tokens(texts))
    made_up = list(made_up_documents(sentences(generation), missing, count_tokens))
    for number, text in enumerate([*texts, *made_up]):
        (pool / f"{number:06d}.txt").write_text(text, "utf-8", errors="replace")
    return f"{len(texts)} passages and {len(made_up)} made-up documents"


def recombined(sentences: Sequence[str]) -> Iterator[str]:
    """Endless new sentences: the first half of one and the second half of another, none twice.

    Ends when all pairs are used up. Sentences of fewer than four words are left out.
    """
    split = [text.split() for text in sentences]
    halves = [(words[: len(words) // 2], words[len(words) // 2 :]) for words in split if len(words) >= 4]
    rng = random.Random(_SEED)  # noqa: S311 - not for secrets
    order = list(range(len(halves)))
    rng.shuffle(order)
    seen = set(sentences)
    for shift in range(1, len(order)):
        for at, first in enumerate(order):
            text = " ".join((*halves[first][0], *halves[order[(at + shift) % len(order)]][1]))
            if text not in seen:
                seen.add(text)
                yield text


def made_up_documents(
    sentences: Sequence[str], tokens: int, count_tokens: Callable[[Sequence[str]], list[int]]
) -> Iterator[str]:
    """Texts of recombined sentences in paragraphs, until they hold ``tokens`` tokens or no new sentence is left."""
    fresh = recombined(sentences)
    while tokens > 0:
        taken = [text for text, _ in zip(fresh, range(_PARAGRAPH * _PARAGRAPHS), strict=False)]
        if not taken:
            return
        tokens -= sum(count_tokens(taken))
        yield "\n\n".join(" ".join(taken[i : i + _PARAGRAPH]) for i in range(0, len(taken), _PARAGRAPH))


def questions_about(sentences: Sequence[str], count: int) -> tuple[str, ...]:
    """At most ``count`` different questions: the opening words of sentences."""
    openings = dict.fromkeys(" ".join(text.split()[:_QUESTION_WORDS]) for text in sentences if len(text.split()) > 2)
    chosen = random.Random(_SEED).sample(list(openings), min(count, len(openings)))  # noqa: S311 - not for secrets
    return tuple(chosen)
