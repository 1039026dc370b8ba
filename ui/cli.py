"""The command line: ``sanad index | ask | chat | eval``."""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from index.config import Settings
from index.errors import QuestionError, SanadError, SettingError

if TYPE_CHECKING:
    from index.build import Built
    from rag.engine import Engine
    from rag.types import Answer

# Torch, FAISS and Gradio take seconds to import, so each command imports what it needs.
app = typer.Typer(
    name="sanad",
    help="Answers over your own documents in which every sentence cites the exact passage that supports it.",
    epilog="Exit codes: 0 done; 1 other known error; 2 wrong call or setting; 3 embedding model; 4 documents; "
    "5 index; 6 question; 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_STEPS = {
    "read": "Reading files",
    "split": "Cleaning and splitting",
    "embed": "Embedding",
    "write": "Writing",
    "ask": "Asking",
}
_INTERRUPTED = 130

IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="Folder of the index [default: SANAD_INDEX or .sanad].")
]


def main() -> None:
    """Run the command line; known errors become one line on standard error and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="sanad: %(message)s")
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG
    for stream in (sys.stdout, sys.stderr):
        # Arabic must print wherever we run; what UTF-8 cannot hold (lone surrogates) is escaped as JSON does.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = app(standalone_mode=False)
    except SanadError as error:
        _fail(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _fail("interrupted.", _INTERRUPTED)
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        # A wrong call: typer's error types moved between packages, but they keep this method.
        if not hasattr(error, "format_message"):
            raise
        _fail(f"{error.format_message()} See 'sanad --help'.", SettingError.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


@app.callback(invoke_without_command=True)
def root(
    *, show_version: Annotated[bool, typer.Option("--version", is_eager=True, help="Print the version.")] = False
) -> None:
    """Answers over your own documents in which every sentence cites the exact passage that supports it."""
    if show_version:
        print(f"sanad {version('sanad-qa')}")
        raise typer.Exit


@app.command("index")
def index_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files and folders; without any, those of the last build, or the sample documents.",
        ),
    ] = None,
    *,
    index: IndexOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what would be kept and dropped of each document, and why.")
    ] = False,
) -> None:
    """Build the index, or rebuild it: unchanged text is not embedded again."""
    from index import build, store
    from index.embed import Embedder

    settings = Settings.from_environment()
    folder = index or settings.index_folder
    chosen = paths or _last_sources(folder)
    if explain:
        _explain(chosen)
        return
    with _progress() as progress:
        progress("read", 0, 0)
        built = build.build(
            chosen, folder, settings.index, Embedder.load(settings.index.model, settings.cache), progress
        )
    _print_built(built, store.current(folder) or folder)


@app.command()
def ask(
    question: Annotated[
        str, typer.Argument(help="The question; with --json, '-' reads one a line from standard input.")
    ],
    *,
    index: IndexOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON (docs/answer.md).")] = False,
) -> None:
    """Answer a question with cited sentences of the documents."""
    from rag.answer_json import to_json

    if question == "-" and not as_json:
        raise SettingError("Questions from standard input are answered as JSON: use 'sanad ask --json -'.")
    engine = _engine(index)
    if question == "-":
        raise typer.Exit(_answer_lines(engine))
    answer = engine.ask(question)
    if as_json:
        print(json.dumps(to_json(answer), ensure_ascii=False))
    else:
        _print_answer(answer)


@app.command()
def chat(
    *,
    index: IndexOption = None,
    host: Annotated[str, typer.Option(help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to serve on.")] = 7860,
) -> None:
    """Serve the chat page until interrupted."""
    from ui import examples, web

    engine = _engine(index)
    page = web.start(engine, host, port, examples.questions_for(engine.documents()))
    print(f"Sanad answers at {page.local_url} — press Ctrl+C to stop.", flush=True)
    web.wait(page)


@app.command("eval")
def eval_command(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", help="SQuAD files, with --squad.")] = None,
    *,
    squad: Annotated[
        bool, typer.Option("--squad", help="Index the paragraphs of the FILEs as one pool and ask their questions.")
    ] = False,
    questions_from: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --squad: ask the questions of this parallel file (same ids) instead."),
    ] = None,
    nomiracl: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Measure abstention on a NoMIRACL file.")
    ] = None,
    furniture: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Measure the removal of page furniture on labelled documents.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write what was measured as JSON.")
    ] = None,
) -> None:
    """Measure the answers: on the project's own questions, or on a public question set."""
    from eval import report, run
    from index.embed import Embedder

    if squad != bool(files) or sum(map(bool, (squad, nomiracl, furniture))) > 1 or (questions_from and not squad):
        raise SettingError(
            "Name one kind of question set: '--squad FILE…' [--questions-from FILE], '--nomiracl FILE', "
            "'--furniture PATH', or none of them for the project's own."
        )
    if furniture:
        _print_furniture(furniture)
        return
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    with _progress() as progress:
        if squad:
            measured = run.squad_pool(files or [], questions_from, settings, embedder, progress)
        elif nomiracl:
            measured = run.nomiracl_file(nomiracl, settings, embedder, progress)
        else:
            measured = run.own_set(settings, embedder, progress)
    Console().print(report.to_table(measured))
    if json_file:
        report.write_json(measured, json_file)


def _engine(index: Path | None) -> "Engine":
    from rag.engine import Engine

    settings = Settings.from_environment()
    return Engine.open(index or settings.index_folder, settings)


def _last_sources(folder: Path) -> list[Path]:
    """What the index in a folder was built from; the sample documents when there is none."""
    from eval.run import DOCUMENTS
    from index import store

    current = store.current(folder)
    sources = store.read_manifest(current).sources if current else ()
    return [Path(source) for source in sources] or [DOCUMENTS]


def _answer_lines(engine: "Engine") -> int:
    """Answer each line of standard input as a line of JSON, in order; the exit code tells whether one failed."""
    from rag.answer_json import error_json, to_json

    code = 0
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").strip()
        question = text
        try:
            question, history = _asked(text)
            result: dict[str, Any] = to_json(engine.ask(question, history))
        except QuestionError as error:
            result = error_json(question, error)
            code = error.exit_code
            print(f"sanad: {error}", file=sys.stderr)
        print(json.dumps(result, ensure_ascii=False), flush=True)
    return code


def _asked(line: str) -> tuple[str, list[str]]:
    """Question and earlier questions of an input line: plain text, or a JSON object.

    Raises:
        QuestionError: It opens like a JSON object but is not one with a question.
    """
    if not line.startswith("{"):
        return line, []
    try:
        given = json.loads(line)
    except ValueError as error:
        raise QuestionError(f"The line {line[:60]!r} is not valid JSON: {error}.") from None
    question, history = given.get("question"), given.get("history") or []
    if not isinstance(question, str) or not (isinstance(history, list) and all(isinstance(q, str) for q in history)):
        raise QuestionError(f'The line {line[:60]!r} needs a text "question" and may have "history", a list of texts.')
    return question, history


def _print_answer(answer: "Answer") -> None:
    """The answer, then its sources; each text on a line of its own, so that right-to-left text is not torn."""
    console = Console(highlight=False, soft_wrap=True)
    if answer.abstained:
        console.print(Text(answer.answer))
        return
    for sentence in answer.sentences:
        marks = " ".join(f"[{citation.number}]" for citation in sentence.citations)
        console.print(Text.assemble(sentence.text, " ", (marks, "bold cyan")))
    console.print()
    for citation in answer.citations:
        document = citation.document
        date = f" · {document.published}" if document.published else ""
        console.print(Text.assemble((f"[{citation.number}]", "bold cyan"), f" {document.path}{date}"))
        console.print(Text(f"    {document.title}", "dim"))


def _print_built(built: "Built", folder: Path) -> None:
    counts = built.counts
    for path, reason in built.failures:
        print(f"sanad: skipped {path}: {reason}", file=sys.stderr)
    what = f"{counts['documents']} documents, {counts['passages']} passages, {counts['sentences']} sentences"
    done = f"Indexed {what}; {counts['embedded']} texts were new" if built.changed else f"Nothing changed: {what}"
    print(f"{done}. The index is in {folder}.")


def _explain(paths: Sequence[Path]) -> None:
    """Print each document's kept and dropped text, in the order of the text."""
    from index import build, load

    console = Console(highlight=False, soft_wrap=True)
    loaded = load.load(paths)
    for path, reason in loaded.failures:
        print(f"sanad: skipped {path}: {reason}", file=sys.stderr)
    for document in loaded.documents:
        cleaned = build.explain(document)
        blocks = [block for section in cleaned.sections for run in section.runs for block in run]
        spans: list[tuple[int, int, str, str, str]] = [(b.start, b.end, "keep", "green", b.kind) for b in blocks]
        spans += [(d.start, d.end, "drop", "red", d.reason) for d in cleaned.dropped]
        published = document.published or "no date"
        console.print(Text(f"{document.path}  {document.language}  {published}  {document.title}", "bold"))
        console.print(f"{len(blocks)} spans kept, {len(cleaned.dropped)} dropped")
        for start, end, verdict, colour, reason in sorted(spans):
            console.print(Text.assemble((f"{verdict}  {reason}  {start}-{end}", colour)))
            console.print(Text(f"      {' '.join(document.text[start:end].split())}"))
        console.print()


def _print_furniture(path: Path) -> None:
    from eval import furniture
    from index import load

    report = furniture.measure(load.load([path]).documents, furniture.load_labels())
    for document in report.documents:
        print(
            f"{document.path}: {len(document.lost)} of {document.articles} article spans lost, "
            f"{len(document.kept)} of {document.furniture} furniture spans kept"
        )
        for kind, spans in (("lost", document.lost), ("kept", document.kept)):
            for start, end in spans:
                print(f"  {kind} {start}-{end}")
    for name in report.unlabelled:
        print(f"{name}: no labels, not judged")
    print(
        f"All: {report.lost} of {report.articles} article spans lost, "
        f"{report.kept} of {report.furniture} furniture spans kept"
    )


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar for each step, on standard error; nothing where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS[step], total=None)
            bars.update(tasks[step], completed=done, total=total or None)

        yield show


def _fail(message: str, code: int) -> None:
    """Print one line on standard error and exit."""
    print(f"sanad: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)
