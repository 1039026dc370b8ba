"""What a language model wrote, read as sentences with the numbers they cite, as soon as each is whole."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sentencex

from rag.prompts import NOTHING

_CITED = r"[\[\u3010]\s*(?:\^|sources?|#)?\s*\d{1,6}(?:\s*[,،;、–-]\s*\d{1,6})*\s*[\]\u3011]"
# The numbers of one sentence, and the full stop where it stands behind them.
_CITATIONS = re.compile(rf"(?:\s*{_CITED})+[ \t]*[.!?؟۔。…]?", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*[^\s\[\u3010]")
_NUMBER = re.compile(r"(\d{1,6})(?:\s*[–-]\s*(\d{1,6}))?")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_FENCE = re.compile(r"\A\s*```\w*\s*|\s*```\s*\Z")
_JSON = re.compile(r"\s*(?:\{|\[\s*(?:\{|\Z))")
_LIST = re.compile(r'"sentences"\s*:\s*\[')
_MARKUP = re.compile(r"\A\s*(?:[-*•>#]+|\d+[.)])\s+|\*\*|__|`")
_MOST_CITED = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as the model wrote it.

    Attributes:
        text: Without citation numbers and Markdown.
        cited: The numbers it cites, each once, in the order written; nothing says that they exist.
    """

    text: str
    cited: tuple[int, ...]


class DraftParser:
    """Reads a reply that arrives in pieces: JSON as ``prompts.ANSWER_SCHEMA`` has it, or lines of text with ``[1]``.

    A sentence of text ends behind its numbers or at the end of its line, so that a full stop in an abbreviation does
    not part a statement from what it cites.
    """

    def __init__(self, language: str) -> None:
        """Start with nothing; ``language`` (ISO 639-1) tells how sentences without numbers are parted."""
        self._language = language
        self._text = ""
        self._read = {"json": 0, "text": 0}
        self._decoder = json.JSONDecoder()

    def feed(self, piece: str) -> Iterator[Draft]:
        """Take a piece; yields the sentences that it completes."""
        self._text += piece
        yield from self._whole(last=False)

    def end(self) -> Iterator[Draft]:
        """Yields what is left when the reply is over."""
        yield from self._whole(last=True)

    def _whole(self, *, last: bool) -> Iterator[Draft]:
        text = _FENCE.sub("", _THOUGHT.sub("", self._text))
        if not text.strip() or ("<think>".startswith(text.strip()) and not last):
            return
        if _JSON.match(text) or _LIST.search(text):
            form, found = "json", _from_json(text, self._decoder)
        else:
            form, found = "text", _from_text(text, self._language, last=last)
        yield from found[self._read[form] :]
        self._read[form] = max(self._read[form], len(found))


def _from_json(text: str, decoder: json.JSONDecoder) -> list[Draft]:
    """The sentences of all whole objects in the list."""
    opening = _LIST.search(text)
    at = opening.end() if opening else 0
    found: list[Draft] = []
    while (at := text.find("{", at)) >= 0:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break  # not whole yet, or never
        if draft := _from_object(value):
            found.append(draft)
    return found


def _from_object(value: dict[str, Any]) -> Draft | None:
    text, sources = value.get("text"), value.get("sources", value.get("citations", []))
    if not isinstance(text, str):
        return None
    listed = " ".join(f"[{s}]" for s in sources if isinstance(s, int | str)) if isinstance(sources, list) else ""
    return _draft(f"{text} {listed}")


def _from_text(text: str, language: str, *, last: bool) -> list[Draft]:
    """The sentences of a text; the one still being written only when it is the last."""
    found: list[Draft] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        open_end = number == len(lines) - 1 and not last
        at = 0
        for match in _CITATIONS.finditer(line):
            if open_end and not _GOES_ON.match(line, match.end()):
                break  # more numbers may follow
            found += _parted(line[at : match.start()], match.group(), language)
            at = match.end()
        if not open_end:
            found += _parted(line[at:], "", language)
    return found


def _parted(body: str, citations: str, language: str) -> list[Draft]:
    """Sentences of which only the last cites anything."""
    pieces = [piece for piece in sentencex.segment(language, body) if re.search(r"\w", piece)]
    if not pieces:
        return []
    drafts = [_draft(piece) for piece in (*pieces[:-1], pieces[-1] + citations)]
    return [draft for draft in drafts if draft is not None]


def _draft(written: str) -> Draft | None:
    """A sentence from what was written for it; None when it says nothing."""
    cited: dict[int, None] = {}
    for group in re.finditer(_CITED, written, re.IGNORECASE):
        for first, end in _NUMBER.findall(group.group()):
            numbers = range(int(first), int(end) + 1) if end else [int(first)]
            cited.update(dict.fromkeys(list(numbers[:_MOST_CITED])))
    text = " ".join(_MARKUP.sub("", re.sub(rf"\s*{_CITED}", "", written, flags=re.IGNORECASE)).split())
    if not re.search(r"\w", text) or text.strip(" .\"'") == NOTHING:
        return None
    return Draft(text, tuple(cited)[:_MOST_CITED])
