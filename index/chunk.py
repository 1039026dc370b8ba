"""Kept blocks become sentences with exact offsets, and sentences become passages."""

import os
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import sentencex
import tiktoken

from index.config import IndexSettings
from index.embed import encodable
from index.markup import plain
from index.tags import tokens
from index.types import Block, Cleaned, Document, Format, Passage, Sentence

TOKENIZER = "o200k_base"
CountTokens = Callable[[Sequence[str]], list[int]]
# tiktoken takes quadratic time on a long run without white space, so longer sentences are cut before it counts.
_LONGEST_SENTENCE = 1500
_WINDOW = 6000
# An image of Markdown, or what follows a link's words.
_ADDRESS = re.compile(r"(?:!\[[^\[\]]*)?\]\((?:[^()]++|\([^()]*+\))*+\)")
# A piece that ends in a single letter and a dot, as in "أ. ف. ب." or "J. Smith".
_INITIAL = re.compile(r"(?<!\S)[^\W\d_]\.\s*\Z")


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
    the passage before it where they fit. A heading cut off from its text by furniture becomes the heading of the next
    passage and no passage of its own: so short a text lies near to every question.

    Args:
        document: The document.
        cleaned: What cleaning kept of it.
        settings: Passage size and overlap.
        model_tokens: Most tokens the embedding model reads.
        count_model_tokens: Tokens of each of some texts for that model.
    """
    found: list[Passage] = []
    prose = any(not _is_lone_heading(run) for section in cleaned.sections for run in section.runs)
    for section in cleaned.sections:
        heading = section.title
        for run in section.runs:
            if not (prose and _is_lone_heading(run)):
                sized = _sized_sentences(document, run, settings.passage_tokens, model_tokens, count_model_tokens)
                for group, group_heading in _groups(document, sized, heading, settings, model_tokens):
                    found.append(Passage(f"{document.id}-{len(found)}", document.id, group_heading, group))
            headings = [block for block in run if block.kind == "heading"]
            if headings:
                heading = plain(document.text[headings[-1].start : headings[-1].end], document.format)
    return tuple(found)


def _is_lone_heading(run: Sequence[Block]) -> bool:
    return len(run) == 1 and run[0].kind == "heading"


def passage_text(document: Document, passage: Passage) -> str:
    """The passage as a reader sees it and the model reads it: its sentences without markup, one space between."""
    return " ".join(sentence_text(document, sentence) for sentence in passage.sentences)


def sentence_text(document: Document, sentence: Sentence) -> str:
    """The sentence without markup, white space collapsed."""
    return plain(document.text[sentence.start : sentence.end], document.format)


def sentences(document: Document, block: Block) -> tuple[Sentence, ...]:
    """Split a block into sentences, trimmed of white space, in order; a heading is one sentence.

    Sentence boundaries are those of sentencex (rule based, 244 languages), except that initials and dotted
    abbreviations of one letter stay with what follows them, and that none falls inside a tag, image or link.
    """
    if block.kind == "heading":
        return (Sentence(block.start, block.end),)
    body = encodable(document.text[block.start : block.end])
    marks = _marks(body, document.format)
    found: list[Sentence] = []
    start = end = 0
    for piece in _segments(body, document.language if document.language != "und" else "en"):
        end += len(piece)
        if end < len(body) and (_INITIAL.search(piece) or _inside(marks, end)):
            continue
        if marks and end < len(body) and not plain(body[start:end], document.format):
            continue  # an image or a tag alone is not a sentence
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


def _segments(body: str, language: str) -> Iterator[str]:
    """The pieces sentencex sees in a text, window by window: its time grows with the square of what it is given."""
    start = 0
    while start < len(body):
        window = body[start : start + _WINDOW]
        pieces = [piece for piece in sentencex.segment(language, window) if piece]
        if "".join(pieces) != window:
            pieces = [window]
        if start + _WINDOW < len(body) and len(pieces) > 1:
            pieces.pop()  # it may go on beyond the window
        yield from pieces
        start += sum(map(len, pieces))


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
        for sentence in sentences(document, block)
        for part in _cut(document, sentence, _LONGEST_SENTENCE)
    ]
    sized: list[_Sized] = []
    while split:
        texts = [sentence_text(document, sentence) for sentence, _ in split]
        # Joining sentences by a space costs at most one token more.
        tokens = [len(ids) + 1 for ids in tokenizer().encode_ordinary_batch(texts, num_threads=1)]
        model_tokens = [count + 1 for count in count_model_tokens(texts)]
        too_long: list[tuple[Sentence, bool]] = []
        for (sentence, is_heading), size, model_size in zip(split, tokens, model_tokens, strict=True):
            parts = _halves(document, sentence) if size > most or model_size > model_most else [sentence]
            if len(parts) > 1:
                too_long += [(part, is_heading) for part in parts]
            else:
                sized.append(_Sized(sentence, size, model_size, is_heading))
        split = too_long
    return sorted(sized, key=lambda item: item.sentence.start)


def _halves(document: Document, sentence: Sentence) -> list[Sentence]:
    """Cut a sentence into about two parts, or into one when nothing in it can be cut."""
    longest = sentence.end - sentence.start
    parts = [sentence]
    while len(parts) == 1 and longest > 1:
        longest = (longest + 1) // 2
        parts = list(_cut(document, sentence, longest))
    return parts


def _cut(document: Document, sentence: Sentence, longest: int) -> Iterator[Sentence]:
    """Cut a sentence into parts of at most ``longest`` characters, at clause marks or spaces where there are any.

    A part is longer where a tag or a link's address is, unless the sentence is nothing else.
    """
    text, start = document.text, sentence.start
    marks = _marks(text[start : sentence.end], document.format) if sentence.end - start > longest else []
    counted = start  # a part that opens with an address has its length counted from behind it
    while sentence.end - counted > longest:
        at = counted + _cut_at(text[counted : counted + longest + 1])
        mark = _inside(marks, at - sentence.start)
        if mark and mark != (0, sentence.end - sentence.start):
            first, end = sentence.start + mark[0], sentence.start + mark[1]
            if first <= start:
                counted = end
                continue
            at = end if end < sentence.end else first
        yield from _trimmed(text, start, at, 0)
        start = counted = at
    yield from _trimmed(text, start, sentence.end, 0)


def _cut_at(window: str) -> int:
    """Where to cut before the last character of a window of at least two: a number from 1."""
    longest = len(window) - 1
    at = max(window.rfind(mark, 0, longest) + 1 for mark in ("؛", ";", "\n"))
    if at < longest // 2:
        at = max(window.rfind(mark, 0, longest) + 1 for mark in ("،", ",", " "))
    if at < max(1, longest // 4):
        at = longest
        # No further back than half: a run of nothing but accents must not take forever.
        while at > (longest + 1) // 2 and unicodedata.combining(window[at]):
            at -= 1
    return at


def _marks(text: str, format: Format) -> list[tuple[int, int]]:  # noqa: A002 - the field of Document is called so
    """Spans of a slice that a reader does not see as such, in order: tags, images, addresses of links."""
    if format == "text":
        return []
    spans = list(pairwise((0, *(at for t in tokens(text) if t.kind == "text" for at in (t.start, t.end)), len(text))))
    marks = [span for span in spans[::2] if span[0] < span[1]]
    return sorted({*marks, *(match.span() for match in _ADDRESS.finditer(text))}) if format == "markdown" else marks


def _inside(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The span that a position is strictly inside of."""
    before = bisect_left(spans, (at, 0)) - 1
    return spans[before] if before >= 0 and at < spans[before][1] else None


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
