"""What the reader learns from: questions of SQuAD-format files and the passages they are about.

Files that share question ids are versions of one set in several languages (XQuAD, ``parallel``); a question of any
version may be asked of the paragraph in any version.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.chunk import sentences
from index.embed import Tokenized
from index.language import detect
from index.types import Block, Document
from rag.reader import sentence_numbers

Ints = NDArray[np.int32]
_WINDOW_TOKENS = 320
# Of so many articles of a set the last is never trained on, so that the reader can be measured on it.
_HELD_OF = {
    "xquad": 4,
    "arcd": 2,
    "reading": 8,
    "news": 8,
    "parallel": 8,
    "encyclopedia": 8,
    "articles": 8,
    "seeking": 8,
    "wire": 8,
    "handbook": 8,
}


@dataclass(frozen=True, slots=True)
class Window:
    """Whole sentences of a paragraph as the model reads them.

    Attributes:
        paragraph: Number of the paragraph; its versions in other languages have the same.
        version: Number of the file.
        article: Number of the article, whose other paragraphs may answer what this one does not.
        text: Its characters.
        ids: (tokens,) token ids with prompt and special tokens.
        spans: (tokens, 2) characters of each token; (0, 0) for prompt and special tokens.
        sentence_of: (tokens,) number of the sentence a token is in, -1 for none.
    """

    paragraph: int
    version: int
    article: int
    text: str
    ids: Ints
    spans: Ints
    sentence_of: Ints


class Gold(NamedTuple):
    """Where an answer stands: the window, and the first and last of its tokens."""

    window: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question.

    Attributes:
        questions: Its text by version.
        gold: Where its answer stands, by version; empty where it has none.
        answers: Texts of its answers by version.
        paragraph: The paragraph it was written for.
        dataset: Name of its set.
        held: Never to be trained on.
    """

    questions: Mapping[int, str]
    gold: Mapping[int, Gold]
    answers: Mapping[int, tuple[str, ...]]
    paragraph: int
    dataset: str
    held: bool


def paragraphs(file: Path) -> Iterator[tuple[int, Any]]:
    """Each paragraph of a SQuAD file as it stands there, with the number (from 0) of its article."""
    for number, article in enumerate(json.loads(file.read_text("utf-8"))["data"]):
        for paragraph in article["paragraphs"]:
            yield number, paragraph


def unread_questions(files: Sequence[Path], trained_on: Collection[str]) -> frozenset[str]:
    """Ids of the questions of some files that a reader trained on files of these names has not seen."""
    return frozenset(
        str(qa["id"])
        for file in files
        for article, paragraph in paragraphs(file)
        if file.name not in trained_on or is_held(dataset(file), article)
        for qa in paragraph["qas"]
    )


Tokenize = Callable[[str], Tokenized]
"""A passage as the model reads it, cut at its window."""


def dataset(file: Path) -> str:
    """Name of the set a file belongs to: what its name starts with."""
    return file.name.split(".")[0].split("-")[0]


def is_arabic(file: Path) -> bool:
    """Whether a file is the Arabic version of a set in several languages, by its name."""
    return ".ar." in file.name


def is_held(name: str, article: int) -> bool:
    """Whether the article of that number (from 0) of a set is kept from training."""
    of = _HELD_OF.get(name)
    return of is not None and article % of == of - 1


def read(files: Sequence[Path], tokenize: Tokenize) -> tuple[list[Window], list[Asked]]:
    """Read SQuAD 1 or 2 files; a question whose answer is cut off by the model's window has no gold."""
    windows: list[Window] = []
    numbers: dict[tuple[str, ...], int] = {}
    articles: dict[tuple[str, int], int] = {}
    asked: dict[tuple[int, str], Asked] = {}
    for version, file in enumerate(files):
        name = dataset(file)
        for article, paragraph in paragraphs(file):
            number = numbers.setdefault(tuple(qa["id"] for qa in paragraph["qas"]), len(numbers))
            cut = _windows(paragraph["context"], tokenize)
            base = len(windows)
            within = articles.setdefault((name, article), len(articles))
            windows += (Window(number, version, within, *part[1:]) for part in cut)
            for qa in paragraph["qas"]:
                new = Asked({}, {}, {}, number, name, is_held(name, article))
                known = asked.setdefault((number, qa["id"]), new)
                answers = [] if qa.get("is_impossible") else qa.get("answers") or []
                gold = _locate(cut, base, answers[0]["answer_start"], answers[0]["text"]) if answers else None
                asked[number, qa["id"]] = Asked(
                    {**known.questions, version: qa["question"]},
                    {**known.gold, **({version: gold} if gold else {})},
                    {**known.answers, version: tuple(dict.fromkeys(answer["text"] for answer in answers))},
                    *(number, name, known.held),
                )
    return windows, list(asked.values())


class _Cut(NamedTuple):
    """A window before it has a place: where it starts in its paragraph; the rest as in Window."""

    start: int
    text: str
    ids: Ints
    spans: Ints
    sentence_of: Ints


def _windows(context: str, tokenize: Tokenize) -> list[_Cut]:
    """Cut a paragraph into runs of whole sentences that fit the reader's window."""
    document = Document("", "", "", context, detect(context), None, "text")
    split = sentences(document, Block(0, len(context), "prose"))
    sizes = [len(tokenize(context[sentence.start : sentence.end]).ids) for sentence in split]
    cut: list[_Cut] = []
    first = 0
    while first < len(split):
        end, size = first + 1, sizes[first]
        while end < len(split) and size + sizes[end] <= _WINDOW_TOKENS:
            size, end = size + sizes[end], end + 1
        at = split[first].start
        text = context[at : split[end - 1].end]
        ids, spans = tokenize(text)
        starts = [sentence.start - at for sentence in split[first:end]]
        cut.append(_Cut(at, text, ids, spans, sentence_numbers(spans, starts)))
        first = end
    return cut


def _locate(cut: Sequence[_Cut], base: int, start: int, answer: str) -> Gold | None:
    """Where an answer that starts at a character of the paragraph stands; None when no window holds all of it."""
    for number, (at, text, _, spans, _) in enumerate(cut):
        if at <= start and start + len(answer) <= at + len(text):
            inside = (spans[:, 1] > start - at) & (spans[:, 0] < start - at + len(answer))
            covered = np.flatnonzero(inside & (spans[:, 1] > spans[:, 0]))
            if len(covered):
                return Gold(base + number, int(covered[0]), int(covered[-1]))
    return None
