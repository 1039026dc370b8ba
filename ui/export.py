"""A conversation with its sources, to take away: plain text, Markdown, HTML or JSON."""

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Literal

from rag.answer_json import to_json
from rag.types import Answer, AnswerSentence, Citation, Claim
from ui.html import direction, frame, isolated, page, plain_label, written
from ui.texts import Strings
from ui.turns import Turn

Form = Literal["md", "html", "json"]
FORMS: dict[Form, tuple[str, str]] = {
    "md": ("Markdown", "text/markdown"),
    "html": ("HTML", "text/html"),
    "json": ("JSON", "application/json"),
}
"""Name and media type by the ending of the file."""
_FILE_NAME = 60
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+.!|<>~&-])")
_STYLE = (
    "body{font:1.05rem/1.8 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2428;background:#fff}"
    "h2{font-size:1.1rem;margin-block-start:2rem}blockquote{margin:.3rem 0;color:#566067;white-space:pre-line}"
    "ol{padding-inline-start:1.5rem}"
)


def exported(title: str, turns: Sequence[Turn], form: Form, strings: Strings) -> str:
    """The conversation in one of the forms; nothing in it runs or is fetched, whatever the documents hold."""
    if form == "json":
        value = {"title": title, "turns": [_json(turn) for turn in turns]}
        return json.dumps(value, ensure_ascii=False, indent=1)
    shown = plain_label(title)
    return _markdown(shown, turns, strings) if form == "md" else _html(shown, turns, strings)


def parcel(title: str, turns: Sequence[Turn], form: Form, strings: Strings) -> str:
    """The same for ``page.js`` to save: JSON of the file's name, media type and text."""
    text = exported(title, turns, form, strings)
    return json.dumps({"name": file_name(title, form), "type": FORMS[form][1], "text": text})


def file_name(title: str, form: Form) -> str:
    """A name for the file that is one on every system."""
    safe = re.sub(r"[^\w -]+", " ", title).strip()
    return f"{' '.join(safe.split())[:_FILE_NAME].strip() or 'sanad'}.{form}"


def plain(turn: Turn, strings: Strings) -> str:
    """A turn as text for the clipboard: question, answer with citation numbers, numbered sources."""
    lines = [turn.question.strip(), "", _reply(turn, strings)]
    if turn.answer is not None and turn.answer.citations:
        lines += [*_notes(turn.answer, strings), "", f"{strings.sources}:"]
        lines += [
            f"[{c.number}] {_source(c, strings)}: “{isolated(_line(c.quote), strings)}”" for c in turn.answer.citations
        ]
    return "\n".join(lines)


def _reply(turn: Turn, strings: Strings) -> str:
    if turn.answer is not None and turn.answer.abstained:
        return turn.answer.answer
    if turn.answer is not None:
        return " ".join(_sentence(sentence, strings) for sentence in turn.answer.sentences)
    return strings.stopped if turn.error is None else strings.told(turn.error) or strings.error_unexpected


def _sentence(sentence: AnswerSentence, strings: Strings) -> str:
    """A sentence with the numbers of what it cites and, where it is not the source's own, how far that supports it."""
    said = sentence.text + "".join(f" [{citation.number}]" for citation in sentence.citations)
    if sentence.support == "verbatim":
        return said
    return f"{said} ({': '.join(filter(None, (strings.support[sentence.support], sentence.reason)))})"


def _source(citation: Citation, strings: Strings, *more: str) -> str:
    """Where a quote is from, in one line."""
    document = citation.document
    title, path = (isolated(plain_label(_line(text)), strings) for text in (document.title, document.path))
    date = strings.day(document.published) if document.published else strings.undated
    return f"{title} ({' · '.join((path, date, *page(document, citation.start, strings), *more))})"


def _placed(citation: Citation, strings: Strings) -> str:
    """Where a quote is from, to the character."""
    span = strings.digits(strings.characters.format(citation.start, citation.end))
    return _source(citation, strings, span)


def _line(text: str) -> str:
    return " ".join(text.split())


def _notes(answer: Answer, strings: Strings) -> list[str]:
    """What a reader should know of an answer: where sources disagree, whose words it is in, how sure it is."""
    notes = [
        f"{strings.disagreement}: {_line(d.topic)} — {' · '.join(_claim(claim, strings) for claim in d.claims)}"
        for d in answer.disagreements
    ]
    if answer.worded_by:
        notes.append(strings.model_words.format(answer.worded_by))
    if answer.notice:
        notes.append(answer.notice)
    return [*notes, f"{strings.confidence}: {strings.certainty(answer.confidence)}"]


def _claim(claim: Claim, strings: Strings) -> str:
    later = f" ({strings.superseded})" if claim.superseded else ""
    return f"{isolated(_line(claim.value), strings)} [{claim.citation.number}]{later}"


def _json(turn: Turn) -> dict[str, object]:
    came = (
        {"answer": to_json(turn.answer)} if turn.answer is not None else {"error": turn.error, "stopped": turn.stopped}
    )
    return {"question": turn.question, **came}


def _markdown(title: str, turns: Sequence[Turn], strings: Strings) -> str:
    lines = [f"# {_escaped(title)}", ""]
    for turn in turns:
        lines += [f"## {_escaped(turn.question)}", "", _escaped(_reply(turn, strings)), ""]
        if turn.answer is None or turn.answer.abstained:
            continue
        for note in _notes(turn.answer, strings):
            lines += [f"- {_escaped(note)}", ""]
        for citation in turn.answer.citations:
            lines += [f"{citation.number}. {_escaped(_placed(citation, strings))}", ""]
            lines += [f"   > {_escaped(citation.quote)}", ""]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    """One line in which nothing is markup."""
    return _MARKDOWN.sub(r"\\\1", _line(text))


def _html(title: str, turns: Sequence[Turn], strings: Strings) -> str:
    body = "".join(_article(turn, strings) for turn in turns)
    return (
        f'<!doctype html><html {frame(strings)}><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f'<body><h1 dir="{direction(title, strings.direction)}">{escape(title)}</h1>{body}</body></html>\n'
    )


def _article(turn: Turn, strings: Strings) -> str:
    reply = _reply(turn, strings)
    html = f"<h2 {written(turn.question, strings)}>{escape(turn.question)}</h2>"
    html += f"<p {written(reply, strings)}>{escape(reply)}</p>"
    if turn.answer is None or turn.answer.abstained:
        return f"<article>{html}</article>"
    html += "".join(f"<p {written(note, strings)}>{escape(note)}</p>" for note in _notes(turn.answer, strings))
    items = "".join(
        f'<li value="{c.number}"><div {frame(strings)}>{escape(_placed(c, strings))}</div>'
        f"<blockquote {written(c.quote, strings, c.document.language)}>{escape(c.quote)}</blockquote></li>"
        for c in turn.answer.citations
    )
    return f"<article>{html}<ol>{items}</ol></article>"
