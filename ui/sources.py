"""The sources of a conversation's answers as HTML, by pure functions."""

from collections.abc import Sequence
from html import escape

from index.types import Document
from rag.types import Citation, Evidence
from ui.excerpt import Segment, clipped, excerpt
from ui.html import TITLE_CHARACTERS, button, day, frame, label, language, page, safe, written
from ui.texts import Strings
from ui.turns import NEAREST, Turn

NEAREST_CHARACTERS = 500


def sources(turns: Sequence[Turn], strings: Strings, before: str = "") -> str:
    """The sources of every answer, the last one's marked as current; the page shows the current ones.

    Args:
        turns: Oldest first.
        strings: The interface's language.
        before: What ``past`` made of the turns before these; with it the last of these has an answer.

    Returns:
        Safe HTML; the cards of turn t have the ids ``src-t-1``, ``src-t-2`` … by citation number.
    """
    answered = [turn for turn in turns if turn.answer is not None]
    if not answered:
        body = f'<h2>{escape(strings.sources)}</h2><p class="hint">{escape(strings.sources_empty)}</p>'
        return safe(f'<section class="sources current" {frame(strings)}>{body}</section>')
    *earlier, last = answered
    return before + past(earlier, strings) + safe(_sources_of(last, True, strings))


def past(turns: Sequence[Turn], strings: Strings) -> str:
    """The sources of the turns before the last answered one, made once while an answer is worded below them."""
    return "".join(safe(_sources_of(turn, False, strings)) for turn in turns if turn.answer is not None)


def _sources_of(turn: Turn, current: bool, strings: Strings) -> str:
    answer = turn.answer
    assert answer is not None  # noqa: S101  the caller chose answered turns
    asked = clipped(turn.question.strip(), TITLE_CHARACTERS)
    back = f'<a href="#turn-{turn.number}"><bdi {written(asked, strings)}>{escape(asked)}</bdi></a>'
    walk = ""
    if answer.abstained:
        kind, heading = " muted", strings.nearest
        cards = "".join(_nearest(evidence, strings) for evidence in answer.evidence[:NEAREST])
    else:
        kind, heading = "", strings.sources
        cards = "".join(_source(turn, citation, strings) for citation in answer.citations)
        if len(answer.citations) > 1:
            steps = button(strings.previous, "previous", key="P") + button(strings.next, "next", key="N")
            walk = f'<div class="walk" role="group" aria-label="{escape(strings.sources)}">{steps}</div>'
    return (
        f'<section class="sources{kind}{" current" if current else ""}" id="sources-{turn.number}" {frame(strings)}>'
        f"<header><h2>{escape(heading)}</h2>{walk}</header>"
        f'<p class="hint">{escape(strings.sources_of)}: {back}</p><ol>{cards}</ol></section>'
    )


def _source(turn: Turn, citation: Citation, strings: Strings) -> str:
    document = citation.document
    segments = excerpt(document, citation.start, citation.end, turn.dropped.get(document.id, ()), citation.marks)
    quote = "".join(_segment(segment, strings) for segment in segments)
    shown = strings.digits(citation.number)
    back = f'href="#turn-{turn.number}" aria-label="{escape(strings.back)} {shown}"'
    number = f'<a class="number" {back}><bdi>{shown}</bdi></a>'
    name = f'id="src-{turn.number}-{citation.number}"'
    return _card(document, citation.start, number, quote, citation.quote, name, strings)


def _nearest(evidence: Evidence, strings: Strings) -> str:
    text = clipped(evidence.text, NEAREST_CHARACTERS)
    return _card(evidence.document, evidence.passage.start, "", escape(text), text, "", strings)


def _card(
    document: Document, start: int, number: str, quote: str, spoken: str, attributes: str, strings: Strings
) -> str:
    """One card; ``number`` and ``quote`` are HTML, ``spoken`` is the text that decides the quote's direction."""
    facts = [
        day(document, strings),
        escape(language(document, strings)),
        f'<span class="path">{label(document.path)}</span>',
        *page(document, start, strings),
    ]
    copies = "".join(f"<li>{label(path)}</li>" for path in document.copies)
    if copies:
        copies = f'<details class="copies"><summary>{escape(strings.state_copies)}</summary><ul>{copies}</ul></details>'
    return (
        f'<li class="card" tabindex="-1" {attributes}><header>{number}<h3>{label(document.title)}</h3></header>'
        f'<p class="facts">{" · ".join(fact for fact in facts if fact)}</p>'
        f"<blockquote {written(spoken, strings, document.language)}>{quote}</blockquote>{copies}</li>"
    )


def _segment(segment: Segment, strings: Strings) -> str:
    if segment.kind == "dropped":
        return f'<span class="dropped" title="{escape(strings.removed)}">{escape(segment.text)}</span>'
    if segment.kind == "cut":
        return ' <span class="cut">…</span> '
    if segment.kind == "quote":
        return f"<mark>{_marked(segment)}</mark>"
    return escape(segment.text)


def _marked(quote: Segment) -> str:
    """The quote with the words that answer set off."""
    html, at = "", 0
    for start, end in quote.marks:
        html += f"{escape(quote.text[at:start])}<strong>{escape(quote.text[start:end])}</strong>"
        at = end
    return html + escape(quote.text[at:])
