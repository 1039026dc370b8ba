"""A conversation as HTML, by pure functions."""

from collections.abc import Sequence
from html import escape

from rag import phrases
from rag.types import AnswerSentence, Citation, Claim, Disagreement
from ui import export, why
from ui.excerpt import clipped
from ui.html import button, day, direction, frame, label, safe, written
from ui.strings import strings_for
from ui.texts import Strings
from ui.turns import Turn

QUESTION_CHARACTERS = 600
"""Longer questions are cut on the page; the engine sees the whole question."""


def conversation(turns: Sequence[Turn], strings: Strings, suggestions: Sequence[str] = (), name: str = "") -> str:
    """The transcript, or a welcome while there is none.

    Args:
        turns: Oldest first.
        strings: The interface's language.
        suggestions: Questions to begin with.
        name: The conversation's id, which the page's address keeps.

    Returns:
        Safe HTML in which citations link to the ids that ``sources`` gives its cards.
    """
    if not turns:
        body = f'<h1>{escape(strings.welcome)}</h1><p class="lead">{escape(strings.welcome_more)}</p>'
        offered = "".join(
            f'<li dir="{direction(question, strings.direction)}">'
            f"{button(question, 'suggest', kind='example', text=question)}</li>"
            for question in suggestions
        )
        if offered:
            body += f'<p class="offer">{escape(strings.examples)}</p><ul class="examples">{offered}</ul>'
        return safe(f'<div class="welcome" data-conversation="" {frame(strings)}>{body}</div>')
    body = "".join(_turn(turn, turn is turns[-1], strings) for turn in turns)
    return safe(
        f'<div class="log" role="log" aria-live="polite" aria-label="{escape(strings.conversation)}" '
        f'data-conversation="{escape(name)}" {frame(strings)}>{body}</div>'
    )


def _turn(turn: Turn, last: bool, strings: Strings) -> str:
    asked = clipped(turn.question.strip(), QUESTION_CHARACTERS)
    question = f'<p class="question" {written(asked, strings)}>{escape(asked)}</p>' if asked else ""
    return (
        f'<article class="turn" id="turn-{turn.number}" tabindex="-1">'
        f"{question}{_reply(turn, strings)}{_tools(turn, last, strings)}</article>"
    )


def _tools(turn: Turn, last: bool, strings: Strings) -> str:
    """What can be done with a turn once it is whole."""
    if turn.pending or turn.shown is not None:
        return ""
    tools = []
    if turn.answer is not None:
        tools.append(button(strings.copy, "copy", text=export.plain(turn, strings)))
    if last:
        tools += [button(strings.retry, "retry"), button(strings.edit, "edit")]
    return f'<div class="tools" {frame(strings)}>{"".join(tools)}</div>' if tools else ""


def _reply(turn: Turn, strings: Strings) -> str:
    if turn.error is not None:
        text = turn.error or strings.error_unexpected
        line = f"<p {written(text, strings)}>{escape(text)}</p>"
        return f'<div class="notice error"><strong>{escape(strings.error)}</strong>{line}</div>'
    if turn.stopped:
        return f'<div class="notice"><p class="hint">{escape(strings.stopped)}</p></div>'
    answer = turn.answer
    if answer is None:
        return f'<p class="searching">{escape(strings.searching)}</p>'
    if answer.abstained:
        own = strings_for(answer.language) if answer.language != "und" else strings
        line = f'<p class="sentence" {written(answer.answer, own)}>{escape(answer.answer)}</p>'
        return f'<div class="notice abstained" {frame(own)}>{line}{_why(turn, own)}</div>'
    body = "".join(_sentence(turn.number, s, strings) for s in answer.sentences[: turn.shown])
    if turn.shown is None:
        body += "".join(_disagreement(turn.number, d, strings) for d in answer.disagreements)
        certainty = strings.certainty(answer.confidence)
        body += f'<p class="facts">{escape(strings.confidence)}: <strong>{escape(certainty)}</strong></p>'
    return f'<div class="answer">{body}</div>'


def _why(turn: Turn, strings: Strings) -> str:
    """Where the nearest passages are, and why they are no answer."""
    answer = turn.answer
    if answer is None or not answer.evidence:
        return ""
    missing = why.missing_words(answer)
    words = "".join(f"<li><bdi>{escape(clipped(word, 40))}</bdi></li>" for word in missing)
    lacks = f'<p>{escape(strings.why_words)}:</p><ul class="words">{words}</ul>' if words else ""
    return (
        f'<p class="hint">{escape(strings.nearest_hint)}</p><details class="why"><summary>{escape(strings.why)}'
        f"</summary><p>{escape(strings.why_uncertain)}</p>{lacks}</details>"
    )


def _sentence(turn: int, sentence: AnswerSentence, strings: Strings) -> str:
    language = sentence.citations[0].document.language if sentence.support == "verbatim" else "und"
    links = "".join(_link(turn, citation, strings) for citation in sentence.citations)
    support = escape(strings.support[sentence.support])
    badge = f' <span class="badge {sentence.support}" {frame(strings)}>{support}</span>'
    line = f"{escape(sentence.text)}{links}{badge}"
    return f'<p class="sentence" {written(sentence.text, strings, language)}>{line}</p>' + _backing(
        turn, sentence, strings
    )


def _backing(turn: int, sentence: AnswerSentence, strings: Strings) -> str:
    """How many sources say so, opening to their list; of a single one its number says enough."""
    if sentence.sources < 2:
        return ""
    summary = phrases.sources(strings.code, sentence.sources, sentence.independent)
    items = "".join(
        f"<li>{label(citation.document.title)}{_link(turn, citation, strings)} · {day(citation.document, strings)}</li>"
        for citation in sentence.citations
    )
    return f'<details class="backing" {frame(strings)}><summary>{escape(summary)}</summary><ul>{items}</ul></details>'


def _link(turn: int, citation: Citation, strings: Strings) -> str:
    spoken = f"{escape(strings.source)} {citation.number}"
    return (
        f' <a class="cite" href="#src-{turn}-{citation.number}" aria-label="{spoken}">'
        f"<bdi>[{citation.number}]</bdi></a>"
    )


def _superseded(claim: Claim, strings: Strings) -> str:
    return f' <span class="badge">{escape(strings.superseded)}</span>' if claim.superseded else ""


def _disagreement(turn: int, disagreement: Disagreement, strings: Strings) -> str:
    heads = "".join(f'<th scope="col">{escape(t)}</th>' for t in (strings.value, strings.source, strings.date))
    rows = "".join(
        f"<tr><td>{label(claim.value)}{_superseded(claim, strings)}</td>"
        f"<td>{label(claim.citation.document.title)}{_link(turn, claim.citation, strings)}</td>"
        f"<td>{day(claim.citation.document, strings)}</td></tr>"
        for claim in disagreement.claims
    )
    caption = f"<caption>{escape(strings.disagreement)}: {label(disagreement.topic)}</caption>"
    table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="disagreement">{table}</div>'
