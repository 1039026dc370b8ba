"""An answer as HTML, by pure functions; whatever documents, file names and people write arrives escaped.

There are two walls: each text goes through ``html.escape`` where it is put into the page, and each finished
piece goes through nh3's allow-list, so that a place where the first was forgotten still cannot run anything.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import nh3

from index.types import Document, Dropped
from rag import phrases
from rag.types import Answer, AnswerSentence, Citation, Claim, Disagreement, Evidence
from ui.excerpt import Segment, clipped, excerpt
from ui.strings import Direction, Strings, strings_for

NEAREST = 3
"""Passages shown beside an abstention."""
NEAREST_CHARACTERS = 500
QUESTION_CHARACTERS = 600
TITLE_CHARACTERS = 160
"""Longer questions and titles are cut on the page; the engine sees the whole question."""

_TAGS = frozenset(
    {"a", "article", "bdi", "blockquote", "div", "h1", "h2", "h3", "header", "li", "mark", "ol", "p", "section"}
    | {"span", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td", "time"}
)
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "role", "tabindex", "title"},
    "a": {"href"},
    "th": {"scope"},
    "time": {"datetime"},
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation and what came of it.

    Attributes:
        number: Unique in the conversation, so that ids made from it are.
        question: As typed.
        answer: None while the engine works, and when it refused.
        dropped: Page furniture of each cited document, by document id.
        shown: How many sentences have appeared so far; None for all.
        error: The line of a known error, "" for an unexpected one, None when there is no error.
    """

    number: int
    question: str
    answer: Answer | None = None
    dropped: Mapping[str, tuple[Dropped, ...]] = field(default_factory=dict)
    shown: int | None = None
    error: str | None = None


def direction(text: str, default: Direction) -> Direction:
    """The direction most letters of ``text`` have; at a tie that of the first, without letters ``default``."""
    votes: list[Direction] = []
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            votes.append("rtl")
        elif kind == "L":
            votes.append("ltr")
    if not votes:
        return default
    rtl = votes.count("rtl")
    if 2 * rtl == len(votes):
        return votes[0]
    return "rtl" if 2 * rtl > len(votes) else "ltr"


def conversation(turns: Sequence[Turn], strings: Strings) -> str:
    """The transcript, or a welcome while there is none.

    Args:
        turns: Oldest first.
        strings: The interface's language.

    Returns:
        Safe HTML in which citations link to the ids that ``sources`` gives its cards.
    """
    if not turns:
        body = f'<h1>{escape(strings.welcome)}</h1><p class="lead">{escape(strings.welcome_more)}</p>'
        return _safe(f'<section class="welcome" {_frame(strings)}>{body}</section>')
    body = "".join(_turn(turn, strings) for turn in turns)
    return _safe(
        f'<div class="log" role="log" aria-live="polite" aria-label="{escape(strings.conversation)}" '
        f"{_frame(strings)}>{body}</div>"
    )


def sources(turns: Sequence[Turn], strings: Strings) -> str:
    """The sources of every answer, the last one's marked as current; the page shows the current ones.

    Args:
        turns: Oldest first.
        strings: The interface's language.

    Returns:
        Safe HTML; the cards of turn t have the ids ``src-t-1``, ``src-t-2`` … by citation number.
    """
    answered = [turn for turn in turns if turn.answer is not None]
    if not answered:
        body = f'<h2>{escape(strings.sources)}</h2><p class="hint">{escape(strings.sources_empty)}</p>'
        return _safe(f'<section class="sources current" {_frame(strings)}>{body}</section>')
    return _safe("".join(_sources_of(turn, turn is answered[-1], strings) for turn in answered))


def _safe(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        generic_attribute_prefixes={"aria-"},
        url_schemes=set(),
        link_rel=None,
    )


def _frame(strings: Strings) -> str:
    return f'lang="{strings.code}" dir="{strings.direction}"'


def _written(text: str, strings: Strings, language: str = "und") -> str:
    """``dir`` and, where it is known, ``lang`` of a text somebody wrote."""
    known = "" if language == "und" else f'lang="{escape(language)}" '
    return f'{known}dir="{direction(text, strings.direction)}"'


def _label(text: str) -> str:
    """A title, name or path in its own direction; controls that reorder letters show as what they are."""
    shown = "".join(
        "�" if unicodedata.category(c) == "Cc" or unicodedata.bidirectional(c) in _REORDERING else c for c in text
    )
    return f'<bdi dir="{direction(shown, "ltr")}">{escape(clipped(shown, TITLE_CHARACTERS))}</bdi>'


_REORDERING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def _turn(turn: Turn, strings: Strings) -> str:
    asked = clipped(turn.question.strip(), QUESTION_CHARACTERS)
    question = f'<p class="question" {_written(asked, strings)}>{escape(asked)}</p>' if asked else ""
    return f'<article class="turn" id="turn-{turn.number}" tabindex="-1">{question}{_reply(turn, strings)}</article>'


def _reply(turn: Turn, strings: Strings) -> str:
    if turn.error is not None:
        text = turn.error or strings.error_unexpected
        line = f"<p {_written(text, strings)}>{escape(text)}</p>"
        return f'<div class="notice error"><strong>{escape(strings.error)}</strong>{line}</div>'
    answer = turn.answer
    if answer is None:
        return f'<p class="searching">{escape(strings.searching)}</p>'
    if answer.abstained:
        own = strings_for(answer.language) if answer.language != "und" else strings
        hint = f'<p class="hint">{escape(own.nearest_hint)}</p>' if answer.evidence else ""
        line = f'<p class="sentence" {_written(answer.answer, own)}>{escape(answer.answer)}</p>'
        return f'<div class="notice abstained" {_frame(own)}>{line}{hint}</div>'
    body = "".join(_sentence(turn.number, s, strings) for s in answer.sentences[: turn.shown])
    if turn.shown is None:
        body += "".join(_disagreement(turn.number, d, strings) for d in answer.disagreements)
        certainty = strings.certainty(answer.confidence)
        body += f'<p class="facts">{escape(strings.confidence)}: <strong>{escape(certainty)}</strong></p>'
    return f'<div class="answer">{body}</div>'


def _sentence(turn: int, sentence: AnswerSentence, strings: Strings) -> str:
    language = sentence.citations[0].document.language if sentence.support == "verbatim" else "und"
    links = "".join(_link(turn, citation, strings) for citation in sentence.citations)
    badge = strings.support.get(sentence.support, "")
    if badge:
        badge = f' <span class="badge {sentence.support}" {_frame(strings)}>{escape(badge)}</span>'
    if sentence.sources > 1:
        counted = phrases.sources(strings.code, sentence.sources, sentence.independent)
        badge += f' <span class="badge sources" {_frame(strings)}>{escape(counted)}</span>'
    written = _written(sentence.text, strings, language)
    return f'<p class="sentence" {written}>{escape(sentence.text)}{links}{badge}</p>'


def _link(turn: int, citation: Citation, strings: Strings) -> str:
    label = f"{escape(strings.source)} {citation.number}"
    return (
        f' <a class="cite" href="#src-{turn}-{citation.number}" aria-label="{label}"><bdi>[{citation.number}]</bdi></a>'
    )


def _disagreement(turn: int, disagreement: Disagreement, strings: Strings) -> str:
    heads = "".join(f'<th scope="col">{escape(t)}</th>' for t in (strings.value, strings.source, strings.date))
    rows = "".join(
        f"<tr><td>{_label(claim.value)}{_superseded(claim, strings)}</td>"
        f"<td>{_label(claim.citation.document.title)}{_link(turn, claim.citation, strings)}</td>"
        f"<td>{_day(claim.citation.document, strings)}</td></tr>"
        for claim in disagreement.claims
    )
    caption = f"<caption>{escape(strings.disagreement)}: {_label(disagreement.topic)}</caption>"
    table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="disagreement">{table}</div>'


def _superseded(claim: Claim, strings: Strings) -> str:
    text = escape(strings.superseded)
    return f' <span class="badge superseded" {_frame(strings)}>{text}</span>' if claim.superseded else ""


def _day(document: Document, strings: Strings) -> str:
    if document.published is None:
        return escape(strings.undated)
    return f'<time datetime="{document.published.isoformat()}">{escape(strings.day(document.published))}</time>'


def _sources_of(turn: Turn, current: bool, strings: Strings) -> str:
    answer = turn.answer
    assert answer is not None  # noqa: S101  the caller chose answered turns
    asked = clipped(turn.question.strip(), TITLE_CHARACTERS)
    back = f'<a href="#turn-{turn.number}"><bdi {_written(asked, strings)}>{escape(asked)}</bdi></a>'
    if answer.abstained:
        kind, heading = " muted", strings.nearest
        cards = "".join(_nearest(evidence, strings) for evidence in answer.evidence[:NEAREST])
    else:
        kind, heading = "", strings.sources
        cards = "".join(_source(turn, citation, strings) for citation in answer.citations)
    return (
        f'<section class="sources{kind}{" current" if current else ""}" id="sources-{turn.number}" {_frame(strings)}>'
        f'<h2>{escape(heading)}</h2><p class="hint">{escape(strings.sources_of)}: {back}</p><ol>{cards}</ol></section>'
    )


def _source(turn: Turn, citation: Citation, strings: Strings) -> str:
    document = citation.document
    segments = excerpt(document, citation.start, citation.end, turn.dropped.get(document.id, ()))
    quote = "".join(_segment(segment, strings) for segment in segments)
    number = f'<span class="number"><bdi>{citation.number}</bdi></span>'
    return _card(document, number, quote, citation.quote, f'id="src-{turn.number}-{citation.number}"', strings)


def _nearest(evidence: Evidence, strings: Strings) -> str:
    text = clipped(evidence.text, NEAREST_CHARACTERS)
    return _card(evidence.document, "", escape(text), text, "", strings)


def _card(document: Document, number: str, quote: str, spoken: str, attributes: str, strings: Strings) -> str:
    """One card; ``number`` and ``quote`` are HTML, ``spoken`` is the text that decides the quote's direction."""
    language = strings.languages.get(document.language, "" if document.language == "und" else document.language)
    facts = [_day(document, strings), escape(language), f'<span class="path">{_label(document.path)}</span>']
    return (
        f'<li class="card" tabindex="-1" {attributes}><header>{number}<h3>{_label(document.title)}</h3></header>'
        f'<p class="facts">{" · ".join(fact for fact in facts if fact)}</p>'
        f"<blockquote {_written(spoken, strings, document.language)}>{quote}</blockquote></li>"
    )


def _segment(segment: Segment, strings: Strings) -> str:
    if segment.kind == "gap":
        return f' <span class="gap" title="{escape(strings.removed)}">…</span> '
    if segment.kind == "cut":
        return ' <span class="gap">…</span> '
    if segment.kind == "quote":
        return f"<mark>{escape(segment.text)}</mark>"
    return escape(segment.text)
