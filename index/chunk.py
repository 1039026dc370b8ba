"""Kept blocks become sentences with exact offsets, and sentences become passages."""

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import sentencex
import tiktoken

from index.config import IndexSettings
from index.markup import plain
from index.types import Block, Cleaned, Document, Passage, Sentence

TOKENIZER = "o200k_base"
CountTokens = Callable[[Sequence[str]], list[int]]
# tiktoken takes quadratic time on a long run without white space, so longer sentences are cut before it counts.
_LONGEST_SENTENCE = 1500


class _Sized(NamedTuple):
    """A sentence with its sizes in o200k_base and in the model's tokens."""

    sentence: Sentence
    tokens: int
    model_tokens: int
    is_heading: bool


def passages(
    document: Document,
    cleaned: Cleaned,
    settings: IndexSettings,
    model_tokens: int,
    count_model_tokens: CountTokens,
) -> tuple[Passage, ...]:
    """Group a cleaned document's sentences into passages.

    A passage never reaches across removed furniture, holds at most ``settings.passage_tokens`` o200k_base tokens and
    at most ``model_tokens`` tokens of the embedding model, and repeats ``settings.overlap_sentences`` sentences of
    the passage before it where they fit.

    Args:
        document: The document.
        cleaned: What cleaning kept of it.
        settings: Passage size and overlap.
        model_tokens: Most tokens the embedding model reads.
        count_model_tokens: Tokens of each of some texts for that model.
    """
    found: list[Passage] = []
    for section in cleaned.sections:
        heading = section.title
        for run in section.runs:
            sized = _sized_sentences(document, run, settings.passage_tokens, model_tokens, count_model_tokens)
            for group, group_heading in _groups(document, sized, heading, settings, model_tokens):
                found.append(Passage(f"{document.id}-{len(found)}", document.id, group_heading, group))
            headings = [block for block in run if block.kind == "heading"]
            if headings:
                heading = plain(document.text[headings[-1].start : headings[-1].end], document.format)
    return tuple(found)


def passage_text(document: Document, passage: Passage) -> str:
    """The passage as a reader sees it and the model reads it: its sentences without markup, one space between."""
    return " ".join(sentence_text(document, sentence) for sentence in passage.sentences)


def sentence_text(document: Document, sentence: Sentence) -> str:
    """The sentence without markup, white space collapsed."""
    return plain(document.text[sentence.start : sentence.end], document.format)


def sentences(text: str, block: Block, language: str) -> tuple[Sentence, ...]:
    """Split a block into sentences, trimmed of white space, in order; a heading is one sentence.

    Sentence boundaries are those of sentencex (rule based, 244 languages), except that initials and dotted
    abbreviations of one letter stay with what follows them.
    """
    if block.kind == "heading":
        return (Sentence(block.start, block.end),)
    body = text[block.start : block.end]
    pieces = sentencex.segment(language if language != "und" else "en", body)
    if "".join(pieces) != body:
        pieces = [body]
    found: list[Sentence] = []
    start = end = 0
    for piece in pieces:
        end += len(piece)
        if end < len(body) and _is_initial(body[start:end]):
            continue
        found.extend(_trimmed(body, start, end, block.start))
        start = end
    return tuple(found)


@lru_cache(maxsize=1)
def tokenizer() -> tiktoken.Encoding:
    """The o200k_base tokenizer, from the vocabulary that llama-index-core ships: tiktoken itself would download it."""
    spec = find_spec("llama_index.core")
    if spec and spec.submodule_search_locations:
        shipped = Path(next(iter(spec.submodule_search_locations))) / "_static" / "tiktoken_cache"
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(shipped))
    return tiktoken.get_encoding(TOKENIZER)


def _is_initial(piece: str) -> bool:
    """Whether a piece ends in a single letter and a dot, as in "أ. ف. ب." or "J. Smith"."""
    words = piece.split()
    return bool(words) and len(words[-1]) == 2 and words[-1][0].isalpha() and words[-1][1] == "."


def _trimmed(body: str, start: int, end: int, base: int) -> Iterator[Sentence]:
    piece = body[start:end]
    left = len(piece) - len(piece.lstrip())
    if stripped := piece.strip():
        yield Sentence(base + start + left, base + start + left + len(stripped))


def _sized_sentences(
    document: Document, run: Sequence[Block], most: int, model_most: int, count_model_tokens: CountTokens
) -> list[_Sized]:
    """Sentences of a run with their o200k_base tokens, model tokens and whether they are headings."""
    split = [
        (part, block.kind == "heading")
        for block in run
        for sentence in sentences(document.text, block, document.language)
        for part in _cut(document.text, sentence, _LONGEST_SENTENCE)
    ]
    sized: list[_Sized] = []
    while split:
        texts = [sentence_text(document, sentence) for sentence, _ in split]
        # Joining sentences by a space costs at most one token more.
        tokens = [len(ids) + 1 for ids in tokenizer().encode_ordinary_batch(texts, num_threads=1)]
        model_tokens = [count + 1 for count in count_model_tokens(texts)]
        too_long: list[tuple[Sentence, bool]] = []
        for (sentence, is_heading), size, model_size in zip(split, tokens, model_tokens, strict=True):
            length = sentence.end - sentence.start
            if (size > most or model_size > model_most) and length > 1:
                too_long += [(part, is_heading) for part in _cut(document.text, sentence, (length + 1) // 2)]
            else:
                sized.append(_Sized(sentence, size, model_size, is_heading))
        split = too_long
    return sorted(sized, key=lambda item: item.sentence.start)


def _cut(text: str, sentence: Sentence, longest: int) -> Iterator[Sentence]:
    """Cut a sentence into parts of at most ``longest`` characters, at clause marks or spaces where there are any."""
    start = sentence.start
    while sentence.end - start > longest:
        window = text[start : start + longest]
        at = max((window.rfind(mark) + 1 for mark in ("؛", ";", "\n")), default=0)
        if at < longest // 2:
            at = max(window.rfind(mark) + 1 for mark in ("،", ",", " "))
        if at < longest // 4:
            at = longest
            while at > 1 and unicodedata.combining(text[start + at]):
                at -= 1
        yield from _trimmed(text, start, start + at, 0)
        start += at
    yield from _trimmed(text, start, sentence.end, 0)


def _groups(
    document: Document,
    sized: Sequence[_Sized],
    heading: str,
    settings: IndexSettings,
    model_most: int,
) -> Iterator[tuple[tuple[Sentence, ...], str]]:
    """Fill passages greedily: (sentences, the heading above them)."""
    first = 0
    while first < len(sized):
        size = model_size = 0
        end = first
        while end < len(sized):
            _, tokens, model_tokens, is_heading = sized[end]
            full = size + tokens > settings.passage_tokens or model_size + model_tokens > model_most
            # A subheading opens a passage once the one before it is half full.
            if end > first and (full or (is_heading and size > settings.passage_tokens // 2)):
                break
            size, model_size, end = size + tokens, model_size + model_tokens, end + 1
        # A heading belongs to what follows it, not to the end of the passage before.
        while end < len(sized) and end - 1 > first and sized[end - 1].is_heading:
            end -= 1
        yield tuple(item.sentence for item in sized[first:end]), heading
        if end == len(sized):
            return
        for sentence, _, _, is_heading in sized[first:end]:
            if is_heading:
                heading = sentence_text(document, sentence)
        first = _overlapped(sized, first, end, settings, model_most)


def _overlapped(sized: Sequence[_Sized], first: int, end: int, settings: IndexSettings, model_most: int) -> int:
    """Where the next passage begins: back by the overlap as long as one new sentence still fits."""
    _, size, model_size, is_heading = sized[end]
    start = end
    while not is_heading and end - start < settings.overlap_sentences and start - 1 > first:
        _, tokens, model_tokens, before_is_heading = sized[start - 1]
        size, model_size = size + tokens, model_size + model_tokens
        if before_is_heading or size > settings.passage_tokens or model_size > model_most:
            break
        start -= 1
    return start
