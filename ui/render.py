"""A conversation as HTML, by pure functions."""

from collections.abc import Sequence
from html import escape

from rag import phrases
from rag.types import Answer, AnswerSentence, Citation, Claim, Disagreement
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
        body = f'<h2>{escape(strings.welcome)}</h2><p class="lead">{escape(strings.welcome_more)}</p>'
        offered = "".join(
            f'<li dir="{direction(question, strings.direction)}">'
            f"{button(question, 'suggest', kind='example', text=question)}</li>"
            for question in suggestions
        )
        if offered:
            body += f'<p class="offer">{escape(strings.examples)}</p><ul class="examples">{offered}</ul>'
        return safe(f'<div class="welcome" data-conversation="" {frame(strings)}>{body}</div>')
    *earlier, last = turns
    return _log(f"{_past(earlier, strings)}{safe(_turn(last, True, strings))}", strings, name)


def past(turns: Sequence[Turn], strings: Strings, name: str = "") -> str:
    """The turns above those of ``conversation``; "" where there are none."""
    return _log(_past(turns, strings), strings, name) if turns else ""


def _past(turns: Sequence[Turn], strings: Strings) -> str:
    return "".join(safe(_turn(turn, False, strings)) for turn in turns)


def _log(turns: str, strings: Strings, name: str) -> str:
    return (
        f'<div class="log" role="log" aria-live="off" aria-label="{escape(strings.conversation)}" '
        f'data-conversation="{escape(name)}" {frame(strings)}>{turns}</div>'
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
    if turn.pending or turn.shown is not None or not turn.number:
        return ""
    tools = []
    if turn.answer is not None:
        tools.append(button(strings.copy, "copy", text=export.plain(turn, strings), done=strings.copied))
    if last:
        tools += [button(strings.retry, "retry"), button(strings.edit, "edit")]
    return f'<div class="tools" {frame(strings)}>{"".join(tools)}</div>' if tools else ""


def _reply(turn: Turn, strings: Strings) -> str:
    if turn.error is not None:
        text = strings.told(turn.error) or strings.error_unexpected
        line = f"<p {written(text, strings)}>{escape(text)}</p>"
        return f'<div class="notice error"><strong>{escape(strings.error)}</strong>{line}</div>'
    if turn.stopped:
        return f'<div class="notice"><p class="hint">{escape(strings.stopped)}</p></div>'
    answer = turn.answer
    if answer is None:
        return f'<p class="searching">{escape(strings.searching)}</p>'
    return _understood(answer, strings) + _answer(turn, answer, strings)


def _understood(answer: Answer, strings: Strings) -> str:
    """The question as a language model wrote it out."""
    if not answer.understood:
        return ""
    asked = clipped(answer.understood, QUESTION_CHARACTERS)
    return (
        f'<p class="understood hint" {frame(strings)}>{escape(strings.understood)}: '
        f"<q {written(asked, strings)}>{escape(asked)}</q></p>"
    )


def _answer(turn: Turn, answer: Answer, strings: Strings) -> str:
    if answer.abstained:
        own = strings if answer.language in ("und", strings.code) else strings_for(answer.language)
        # Its words are ours, however long the titles in it are.
        line = f'<p class="sentence">{escape(answer.answer)}</p>'
        return f'<div class="notice abstained" {frame(own)}>{line}{_why(turn, own)}</div>'
    body = "".join(_sentence(turn.number, s, strings) for s in answer.sentences[: turn.shown])
    if turn.shown is not None and turn.worded:
        body += f'<p class="searching">{escape(strings.wording)}</p>'
    if turn.shown is None:
        body += _wording(turn, answer, strings)
        body += "".join(_disagreement(turn.number, d, strings) for d in answer.disagreements)
        certainty = strings.certainty(answer.confidence)
        body += f'<p class="facts">{escape(strings.confidence)}: <strong>{escape(certainty)}</strong></p>'
    return f'<div class="answer">{body}</div>'


def _wording(turn: Turn, answer: Answer, strings: Strings) -> str:
    """Whose words these are: what a reader should know of that, and the switch to the other ones."""
    notice = (
        f'<div class="notice worded"><p {written(answer.notice, strings)}>{escape(answer.notice)}</p></div>'
        if answer.notice
        else ""
    )
    if turn.beside is None:
        return notice
    model = strings.model_words.format(answer.worded_by or turn.beside.worded_by)
    here, there = (model, strings.own_words) if answer.worded_by else (strings.own_words, model)
    return (
        f'{notice}<div class="switch" role="group" aria-label="{escape(strings.words)}" {frame(strings)}>'
        f'<span aria-current="true">{escape(here)}</span>{button(there, "switch", id=str(turn.number))}</div>'
    )


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
    line = f'<span class="said">{escape(sentence.text)}</span>{links}{badge}'
    reason = f'<p class="reason" {written(sentence.reason, strings)}>{escape(sentence.reason)}</p>'
    return (
        f'<p class="sentence {sentence.support}" {written(sentence.text, strings, language)}>{line}</p>'
        f"{reason if sentence.reason else ''}{_backing(turn, sentence, strings)}"
    )


def _backing(turn: int, sentence: AnswerSentence, strings: Strings) -> str:
    """How many sources say so, opening to their list; of a single one its number says enough."""
    if sentence.sources < 2:
        return ""
    summary = strings.digits(phrases.sources(strings.code, sentence.sources, sentence.independent))
    items = "".join(
        f"<li>{label(citation.document.title)}{_link(turn, citation, strings)} · {day(citation.document, strings)}</li>"
        for citation in sentence.citations
    )
    return f'<details class="backing" {frame(strings)}><summary>{escape(summary)}</summary><ul>{items}</ul></details>'


def _link(turn: int, citation: Citation, strings: Strings) -> str:
    number = strings.digits(citation.number)
    return (
        f' <a class="cite" href="#src-{turn}-{citation.number}" '
        f'aria-label="{escape(strings.source)} {number}"><bdi>[{number}]</bdi></a>'
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
