"""The library as HTML, by pure functions."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from index.types import Document, Dropped, Passage
from ui.excerpt import clipped
from ui.html import button, day, frame, label, language, plain_label, safe, written
from ui.job import State
from ui.texts import Strings

MOST_ROWS = 1000
_DROPPED_CHARACTERS = 300
_MOST_DROPPED = 400


def shelf(documents: Sequence[Document], passages: Sequence[Passage], changeable: bool, strings: Strings) -> str:
    """The documents as a table: title, date, language, passages, state."""
    if not documents:
        return safe(f'<p class="hint" {frame(strings)}>{escape(strings.library_empty)}</p>')
    counts = Counter(passage.document_id for passage in passages)
    heads = (strings.title, strings.date, strings.language, strings.passages, strings.state, strings.actions)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    rows = "".join(_row(document, counts[document.id], changeable, strings) for document in documents[:MOST_ROWS])
    more = f'<p class="hint">+{len(documents) - MOST_ROWS}</p>' if len(documents) > MOST_ROWS else ""
    return safe(
        f'<div class="shelf" {frame(strings)}><table><caption>{escape(strings.filter_documents)}: {len(documents)}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}</div>"
    )


def places(paths: Sequence[Path], uploaded: int, changeable: bool, strings: Strings) -> str:
    """Where the documents come from."""
    items = "".join(
        f"<li>{label(str(path))}"
        f"{button(strings.remove, 'remove', text=str(path), sure=strings.sure) if changeable else ''}</li>"
        for path in paths
    )
    if uploaded:
        items += f"<li>{escape(strings.uploads)}: {uploaded}</li>"
    return safe(f'<section {frame(strings)}><h2>{escape(strings.places)}</h2><ul class="places">{items}</ul></section>')


def failures(failed: Sequence[tuple[str, str]], strings: Strings) -> str:
    """Files that could not be read, each with its reason."""
    if not failed:
        return ""
    items = "".join(
        f"<li>{label(path)}<p {written(reason, strings)}>{escape(clipped(reason, 300))}</p></li>"
        for path, reason in failed[:MOST_ROWS]
    )
    return safe(
        f'<details class="failed" {frame(strings)}><summary>{escape(strings.failed)}: {len(failed)}</summary>'
        f"<ul>{items}</ul></details>"
    )


def removed(document: Document, dropped: Sequence[Dropped], strings: Strings) -> str:
    """What cleaning left out of a document, with the rule that did."""
    items = "".join(
        f"<li><span {written(text, strings, document.language)}>{escape(text)}</span> "
        f'<span class="badge" lang="en" dir="ltr">{escape(cut.reason)}</span></li>'
        for cut in dropped[:_MOST_DROPPED]
        if (text := clipped(" ".join(document.text[cut.start : cut.end].split()), _DROPPED_CHARACTERS))
    )
    body = f"<ul>{items}</ul>" if items else f'<p class="hint">{escape(strings.removed_none)}</p>'
    return safe(
        f'<section class="left-out" tabindex="-1" {frame(strings)}><h2>{escape(strings.removed_here)}</h2>'
        f"<p>{label(document.title)}</p>{body}</section>"
    )


def progress(state: State, strings: Strings) -> str:
    """How far a piece of work is, or what came of it."""
    if state.phase == "idle":
        return ""
    if state.phase == "running":
        what = escape(strings.working.get(state.step, state.step))
        amount = f' max="{state.total}" value="{state.done}"' if state.total else ""
        counted = f" <bdi>{state.done} / {state.total}</bdi>" if state.total else ""
        left = ""
        if state.left_s and state.done < state.total:
            left = escape(strings.time_left.format(strings.duration(state.left_s)))
        body = f'<p>{what}…{counted} {left}</p><progress aria-label="{what}"{amount}></progress>'
    else:
        came = outcome(state, strings)
        body = f"<p {written(came, strings)}>{escape(came)}</p>"
    kind = " error" if state.phase == "failed" else ""
    return safe(f'<div class="notice work{kind}" role="status" {frame(strings)}>{body}</div>')


def outcome(state: State, strings: Strings) -> str:
    """What came of a rebuild, in words."""
    if state.phase == "cancelled":
        return strings.cancelled
    if state.phase == "failed":
        return state.result or strings.error_unexpected
    if not state.result.changed:
        return strings.unchanged
    return strings.built.format(documents=state.result.documents, passages=state.result.passages)


def _row(document: Document, passages: int, changeable: bool, strings: Strings) -> str:
    title = plain_label(document.title or document.path)
    acts = button(strings.removed_here, "show", id=document.id, label=f"{strings.removed_here}: {title}")
    if changeable:
        acts += button(
            strings.delete, "delete", id=document.id, sure=strings.sure, label=f"{strings.delete_document}: {title}"
        )
    copies = "".join(f"<li>{label(path)}</li>" for path in document.copies)
    state = escape(strings.state_ready)
    if copies:
        heading = f"{escape(strings.state_copies)}: {len(document.copies)}"
        state += f"<details><summary>{heading}</summary><ul>{copies}</ul></details>"
    return (
        f'<tr><th scope="row">{label(document.title)}<span class="path">{label(document.path)}</span></th>'
        f"<td>{day(document, strings)}</td><td>{escape(language(document, strings))}</td><td>{passages}</td>"
        f'<td>{state}</td><td class="acts">{acts}</td></tr>'
    )
