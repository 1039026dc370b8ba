"""A conversation with its sources, to take away: plain text, Markdown, HTML or JSON."""

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Literal

from rag.answer_json import to_json
from rag.types import Answer, Citation
from ui.html import direction, frame, plain_label, written
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
    return _markdown(title, turns, strings) if form == "md" else _html(title, turns, strings)


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
        lines += ["", f"{strings.sources}:"]
        lines += [f"[{c.number}] {_source(c, strings)}: “{_line(c.quote)}”" for c in turn.answer.citations]
    return "\n".join(lines)


def _reply(turn: Turn, strings: Strings) -> str:
    if turn.answer is not None:
        return turn.answer.answer
    return strings.stopped if turn.error is None else strings.told(turn.error) or strings.error_unexpected


def _source(citation: Citation, strings: Strings) -> str:
    document = citation.document
    date = strings.day(document.published) if document.published else strings.undated
    return plain_label(_line(f"{document.title} ({document.path}, {date})"))


def _line(text: str) -> str:
    return " ".join(text.split())


def _differences(answer: Answer, strings: Strings) -> list[str]:
    return [
        f"{strings.disagreement}: {_line(d.topic)} — "
        + "; ".join(f"{_line(claim.value)} [{claim.citation.number}]" for claim in d.claims)
        for d in answer.disagreements
    ]


def _json(turn: Turn) -> dict[str, object]:
    came = (
        {"answer": to_json(turn.answer)} if turn.answer is not None else {"error": turn.error, "stopped": turn.stopped}
    )
    return {"question": turn.question, **came}


def _markdown(title: str, turns: Sequence[Turn], strings: Strings) -> str:
    lines = [f"# {_escaped(title)}", ""]
    for turn in turns:
        lines += [f"## {_escaped(turn.question)}", "", _escaped(_reply(turn, strings)), ""]
        if turn.answer is None:
            continue
        for difference in _differences(turn.answer, strings):
            lines += [f"- {_escaped(difference)}", ""]
        for citation in turn.answer.citations:
            lines += [f"{citation.number}. {_escaped(_source(citation, strings))}", ""]
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
    if turn.answer is None:
        return f"<article>{html}</article>"
    html += "".join(f"<p {written(d, strings)}>{escape(d)}</p>" for d in _differences(turn.answer, strings))
    items = "".join(
        f'<li value="{c.number}"><div {written(c.document.title, strings)}>{escape(_source(c, strings))}</div>'
        f"<blockquote {written(c.quote, strings, c.document.language)}>{escape(c.quote)}</blockquote></li>"
        for c in turn.answer.citations
    )
    return f"<article>{html}{f'<ol>{items}</ol>' if items else ''}</article>"
