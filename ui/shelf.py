"""The library as HTML, by pure functions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from index.clean import FIXED
from index.embed import encodable
from index.hypertext import BESIDE
from index.lexical import normalize
from index.markup import plain
from index.types import Document, Dropped, Passage, Span
from ui.excerpt import clipped
from ui.html import button, day, frame, label, language, plain_label, safe, written
from ui.job import State
from ui.texts import Strings

ROWS = 100
"""Documents on one page of the table."""
_MOST_FAILED = 1000
_DROPPED_CHARACTERS = 300
_MOST_DROPPED = 400
_SPOKEN_CHARACTERS = 60


def shelf(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    near: Mapping[str, str],
    changeable: bool,
    strings: Strings,
    search: str = "",
    page: int = 0,
) -> str:
    """The documents as a table: title, date, language, passages, state.

    Args:
        documents: In the order shown.
        passages: Of all documents.
        near: Documents that repeat another one as a whole, with that one: ids to ids; they stand below it.
        changeable: Whether they can be deleted.
        strings: The interface's language.
        search: Words that must all stand in a document's title or paths, however they are spelled.
        page: Which ``ROWS`` of those found, from 0; the last ones if there are not as many.
    """
    if not documents:
        return _hint(strings.library_empty, strings)
    place = {document.id: at for at, document in enumerate(documents)}
    wanted = normalize(encodable(search)).split()
    found = [document for document in documents if not wanted or _named(document, wanted)]
    if not found:
        return _hint(strings.no_document_found, strings)
    grouped = sorted(found, key=lambda d: (place[near.get(d.id, d.id)], d.id in near))  # stable within a group
    page = min(page, (len(found) - 1) // ROWS)
    counts = Counter(passage.document_id for passage in passages)
    heads = (strings.title, strings.date, strings.language, strings.passages, strings.state, strings.actions)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    shown = grouped[page * ROWS : (page + 1) * ROWS]
    rows = "".join(_row(d, counts[d.id], d.id in near, changeable, strings) for d in shown)
    number = f"{len(found)} / {len(documents)}" if wanted else f"{len(documents)}"
    caption = f"{escape(strings.filter_documents)}: <bdi>{strings.digits(number)}</bdi>"
    return safe(
        f'<div class="shelf" {frame(strings)}><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{_pages(page, len(found), strings)}</div>"
    )


def _named(document: Document, wanted: Sequence[str]) -> bool:
    names = normalize(encodable(" ".join((document.title, document.path, *document.copies))))
    return all(word in names for word in wanted)


def _hint(text: str, strings: Strings) -> str:
    return safe(f'<p class="hint" {frame(strings)}>{escape(text)}</p>')


def _pages(page: int, found: int, strings: Strings) -> str:
    """Which documents are shown of those found, and the way to the others; "" when all are."""
    if found <= ROWS:
        return ""
    first, last = page * ROWS + 1, min((page + 1) * ROWS, found)
    back = button(strings.previous, "page", id=str(page - 1)) if page else ""
    on = button(strings.next, "page", id=str(page + 1)) if last < found else ""
    shown = strings.digits(f"{first}–{last} / {found}")
    return f'<nav class="pages" aria-label="{escape(strings.filter_documents)}">{back}<bdi>{shown}</bdi>{on}</nav>'


def places(paths: Sequence[Path], uploaded: int, changeable: bool, strings: Strings) -> str:
    """Where the documents come from."""
    items = "".join(
        f"<li>{label(str(path))}"
        f"{button(strings.remove, 'remove', text=str(path), sure=strings.sure) if changeable else ''}</li>"
        for path in paths
    )
    if uploaded:
        items += f"<li>{escape(strings.uploads)}: {strings.digits(uploaded)}</li>"
    return safe(f'<section {frame(strings)}><h2>{escape(strings.places)}</h2><ul class="places">{items}</ul></section>')


def failures(failed: Sequence[tuple[str, str]], strings: Strings) -> str:
    """Files that could not be read, each with its reason."""
    if not failed:
        return ""
    items = "".join(
        f"<li>{label(path)}<p {written(reason, strings)}>{escape(clipped(reason, 300))}</p></li>"
        for path, reason in ((path, strings.told(reason)) for path, reason in failed[:_MOST_FAILED])
    )
    summary = f"{escape(strings.failed)}: {strings.digits(len(failed))}"
    return safe(f'<details class="failed" {frame(strings)}><summary>{summary}</summary><ul>{items}</ul></details>')


def removed(document: Document, dropped: Sequence[Dropped], changeable: bool, strings: Strings) -> str:
    """What cleaning left out of a document, with the rule that did, and what of it was restored."""
    items = "".join(
        _span(
            document,
            (cut.start, cut.end),
            _kind(cut.reason, strings),
            (strings.restore, "restore") if changeable and cut.reason not in FIXED else None,
            strings,
        )
        for cut in sorted(dropped, key=lambda cut: cut.reason == BESIDE)[:_MOST_DROPPED]  # a menu has many entries
    )
    undo = (strings.drop_again, "drop") if changeable else None
    back = "".join(_span(document, span, "", undo, strings) for span in document.restored)
    body = f"<ul>{items}</ul>" if items else f'<p class="hint">{escape(strings.removed_none)}</p>'
    if back:
        body += f"<h2>{escape(strings.restored_here)}</h2><ul>{back}</ul>"
    heading = f"<h2>{escape(strings.removed_here)}</h2><p>{label(document.title)}</p>"
    name = f'id="left-out-{escape(document.id)}" tabindex="-1"'
    return safe(f'<section class="left-out" {name} {frame(strings)}>{heading}{body}</section>')


def _kind(furniture: str, strings: Strings) -> str:
    if named := strings.furniture.get(furniture):
        return f'<span class="badge">{escape(named)}</span>'
    return f'<span class="badge" lang="en" dir="ltr">{escape(furniture)}</span>'


def _span(document: Document, span: Span, why: str, act: tuple[str, str] | None, strings: Strings) -> str:
    """A span of a document, why it is where it is (HTML), and what can be done about that; "" for a blank one."""
    raw = document.text[slice(*span)]
    text = clipped(plain(raw, document.format) or " ".join(raw.split()), _DROPPED_CHARACTERS)
    if not text:
        return ""
    spoken = f"{act[0]}: {clipped(text, _SPOKEN_CHARACTERS)}" if act else ""
    does = button(*act, id=document.id, text=f"{span[0]}-{span[1]}", label=spoken) if act else ""
    return f"<li><span {written(text, strings, document.language)}>{escape(text)}</span> {why}{does}</li>"


def read_span(text: str) -> Span | None:
    """The span that a button of ``removed`` carries; None for anything else."""
    start, _, end = text.partition("-")
    return (int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


def progress(state: State, strings: Strings) -> str:
    """How far a piece of work is, or what came of it."""
    if state.phase == "idle":
        return ""
    if state.phase == "running":
        what = escape(strings.working.get(state.step, state.step))
        amount = f' max="{state.total}" value="{state.done}"' if state.total else ""
        counted = f" <bdi>{strings.digits(f'{state.done} / {state.total}')}</bdi>" if state.total else ""
        told = [strings.rate.format(strings.digits(f"{state.rate:.0f}"))] if state.rate else []
        if state.left_s and state.done < state.total:
            told.append(strings.time_left.format(strings.duration(state.left_s)))
        more = escape(" · ".join(told))
        body = f'<p>{what}…{counted} {more}</p><progress aria-label="{what}"{amount}></progress>'
    else:
        came = outcome(state, strings)
        body = f"<p {written(came, strings)}>{escape(came)}</p>"
    kind = " error" if state.phase == "failed" else ""
    return safe(f'<div class="notice work{kind}" role="status" {frame(strings)}>{body}</div>')


def refused(error: str, strings: Strings) -> str:
    """Why something was not done to the library."""
    told = strings.told(error)
    line = f"<p {written(told, strings)}>{escape(told)}</p>"
    return safe(f'<div class="notice error" role="alert" {frame(strings)}>{line}</div>')


def outcome(state: State, strings: Strings) -> str:
    """What came of a rebuild or an evaluation, in words."""
    if state.phase == "cancelled":
        return strings.cancelled[state.name]
    if state.phase == "failed":
        return strings.told(state.result) or strings.error_unexpected
    if not state.result.changed:
        return strings.unchanged
    return strings.digits(strings.built.format(documents=state.result.documents, passages=state.result.passages))


def _row(document: Document, passages: int, near: bool, changeable: bool, strings: Strings) -> str:
    title = plain_label(document.title or document.path)
    acts = button(strings.removed_here, "show", id=document.id, label=f"{strings.removed_here}: {title}")
    if changeable:
        acts += button(
            strings.delete, "delete", id=document.id, sure=strings.sure, label=f"{strings.delete_document}: {title}"
        )
    copies = "".join(f"<li>{label(path)}</li>" for path in document.copies)
    state = escape(strings.state_near if near else strings.state_ready)
    if copies:
        heading = f"{escape(strings.state_copies)}: {strings.digits(len(document.copies))}"
        state += f"<details><summary>{heading}</summary><ul>{copies}</ul></details>"
    kind = ' class="near"' if near else ""
    facts = (day(document, strings), escape(language(document, strings)), strings.digits(passages), state)
    return (
        f'<tr{kind}><th scope="row">{label(document.title)}<span class="path">{label(document.path)}</span></th>'
        f'{"".join(f"<td>{fact}</td>" for fact in facts)}<td class="acts">{acts}</td></tr>'
    )
