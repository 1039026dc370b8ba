"""What the command line shows on a terminal; in a pipe it is plain text."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from index.markup import plain
from index.types import Cleaned, Document
from rag import phrases
from rag.types import Answer

if TYPE_CHECKING:
    from index import build

_STEPS = {
    "read": "Reading files",
    "split": "Cleaning and splitting",
    "embed": "Embedding passages and sentences",
    "write": "Writing",
    "ask": "Asking",
    "measure": "Measuring",
}
_AT_ONCE_S = 5.0  # a step that takes less is over before anybody wonders
# What steers a terminal, ends a line or reorders it: names and texts of others must not.
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """Text of documents, file names and users as it may stand on a line of a terminal."""
    return _STEERING.sub("\ufffd", text)


def escaped(json_line: str) -> str:
    """A line of JSON with the same meaning that is one line to whoever splits lines, at whatever character."""
    return _STEERING.sub(lambda match: f"\\u{ord(match.group()):04x}", json_line)


def print_answer(answer: Answer) -> None:
    """The answer, then its sources; each text on a line of its own, so that right-to-left text is not torn."""
    console = Console(highlight=False, soft_wrap=True)
    if answer.abstained:
        console.print(Text(shown(answer.answer)))
        return
    for note in filter(None, (answer.understood, answer.notice)):
        console.print(Text(shown(note), "dim"))
    for sentence in answer.sentences:
        marks = " ".join(f"[{citation.number}]" for citation in sentence.citations)
        console.print(Text.assemble(shown(sentence.text), " ", (marks, "bold cyan")))
        if sentence.reason:
            console.print(Text(f"    ⚠ {shown(sentence.reason)}", "yellow"))
        if sentence.sources > 1:
            console.print(Text(phrases.sources(answer.language, sentence.sources, sentence.independent), "dim"))
    for disagreement in answer.disagreements:
        console.print()
        console.print(Text.assemble(("≠ ", "bold yellow"), shown(disagreement.topic)))
        for claim in disagreement.claims:
            mark = f" [{claim.citation.number}]"
            console.print(
                Text.assemble(shown(claim.value), (mark, "bold cyan")), style="dim" if claim.superseded else ""
            )
            quote = plain(claim.citation.quote, claim.citation.document.format)
            console.print(Text(f"    {shown(' '.join(quote.split()))}", "dim"))
    console.print()
    for citation in answer.citations:
        document = citation.document
        date = f" · {document.published}" if document.published else ""
        page = f" · p. {number}" if (number := document.page(citation.start)) else ""
        console.print(Text.assemble((f"[{citation.number}]", "bold cyan"), f" {shown(document.path)}{date}{page}"))
        console.print(Text(f"    {shown(document.title)}", "dim"))


def print_explained(documents: Iterable[tuple[Document, Cleaned]]) -> None:
    """Each document's kept and dropped text, in the order of the text."""
    console = Console(highlight=False, soft_wrap=True)
    for document, cleaned in documents:
        blocks = [block for section in cleaned.sections for run in section.runs for block in run]
        spans: list[tuple[int, int, str, str, str]] = [(b.start, b.end, "keep", "green", b.kind) for b in blocks]
        spans += [(d.start, d.end, "drop", "red", d.reason) for d in cleaned.dropped]
        published = document.published or "no date"
        console.print(Text(shown(f"{document.path}  {document.language}  {published}  {document.title}"), "bold"))
        console.print(f"{len(blocks)} spans kept, {len(cleaned.dropped)} dropped")
        for start, end, verdict, colour, reason in sorted(spans):
            console.print(Text.assemble((f"{verdict}  {reason}  {start}-{end}", colour)))
            console.print(Text(f"      {shown(' '.join(document.text[start:end].split()))}"))
        console.print()


@contextmanager
def progress() -> "Iterator[build.Progress]":
    """A progress bar for each step, on standard error; where that is no terminal, lines for those that take long."""
    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}
        tenths: dict[str, int] = {}

        def show(step: str, done: int, total: int, tokens: int = 0) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS[step], start=False, total=None, rate="")
            if total:  # what is done before that is known, a model loading, is no part of the step's speed
                bars.start_task(tasks[step])
            passed = bars.tasks[tasks[step]].elapsed
            rate = f"{tokens / passed:,.0f} tokens/s" if tokens and passed else ""
            bars.update(tasks[step], completed=done, total=total or None, rate=rate)
            tenth = 10 * done // total if total else 0
            long = passed is not None and passed >= _AT_ONCE_S
            if long and not console.is_terminal and tenth > tenths.get(step, 0):
                tenths[step] = tenth
                console.print(f"{_STEPS[step]}: {done} of {total} ({tenth}0 %)", highlight=False, soft_wrap=True)

        yield show
