"""The command line: ``sanad index | ask | chat | eval | doctor``."""

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.config import Settings
from index.errors import SanadError, SettingError
from ui import evaluation
from ui.terminal import escaped, print_answer, print_explained, progress, shown

if TYPE_CHECKING:
    from index.build import Built
    from index.doctor import Finding
    from index.embed import Embedder
    from rag.engine import Engine
    from rag.worded import Worded

# Torch, FAISS and Gradio take seconds to import, so each command imports what it needs.
app = typer.Typer(
    name="sanad",
    help="Answers over your own documents in which every sentence cites the exact passage that supports it.",
    epilog="Exit codes: 0 done; 1 other known error; 2 wrong call or setting; 3 embedding model; 4 documents; "
    "5 index; 6 question; 130 interrupted. Settings are environment variables named SANAD_…: see README.md.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_INTERRUPTED = 130

IndexOption = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="Folder of the index [default: SANAD_INDEX or .sanad].")
]


def main() -> None:
    """Run the command line; known errors become one line on standard error and an exit code."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)  # of the handler, as bm25s sets its own logger to DEBUG when it is imported
    logging.basicConfig(format="sanad: %(message)s", handlers=[handler])
    for stream in (sys.stdout, sys.stderr):
        # Arabic must print wherever we run; what UTF-8 cannot hold (lone surrogates) is escaped as JSON does.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = app(prog_name="sanad", standalone_mode=False)
        sys.stdout.flush()
    except SanadError as error:
        _fail(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _fail("interrupted.", _INTERRUPTED)
    except BrokenPipeError:  # whoever read the output has seen enough; nothing is left to flush at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        # A wrong call: typer's error types moved between packages, but they keep this method.
        if not hasattr(error, "format_message"):
            raise
        said = error.format_message().replace("Value error, ", "").rstrip(".")
        command = getattr(getattr(error, "ctx", None), "command_path", "sanad")
        _fail(f"{said}{'' if said.endswith('?') else '.'} See '{command} --help'.", SettingError.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    *,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Answers over your own documents in which every sentence cites the exact passage that supports it."""
    if show_version:
        print(f"sanad {version('sanad-qa')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(SettingError.exit_code)


@app.command("index")
def index_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Files and folders; without any, those of the last build, or the sample documents.",
        ),
    ] = None,
    *,
    index: IndexOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what would be kept and dropped of each document, and why.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check every file of the index against its checksum; build nothing.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Rebuild whenever the documents change, until interrupted.")
    ] = False,
) -> None:
    """Build or rebuild the index. Unchanged text is not embedded again."""
    from eval.run import DOCUMENTS
    from index import build, deleted, files, load, restored, split, store
    from index.embed import Embedder
    from index.watch import changes

    settings = Settings.from_environment()
    folder = index or settings.index_folder
    if verify:
        gone, back = deleted.read(folder), restored.read(folder)
        for name, count in store.check(folder):
            print(f"{name}: {count} files are as they were written.")
        print(f"{deleted.LIST}, {restored.LIST}: {len(gone)} documents deleted, parts of {len(back)} restored.")
        return
    chosen = paths or store.last_sources(folder) or [DOCUMENTS]
    if explain:
        loaded = load.load(chosen, index_folder=folder)
        _print_failures(loaded.failures)
        print_explained((document, split.explain(document, settings.index)) for document in loaded.documents)
        return
    files.find_roots(chosen, folder)  # a path that does not exist is told before the model loads
    changed = changes(chosen, folder)
    if watch:
        next(changed)  # from here on: what changes during the first build is noticed, too
    with progress() as show:
        show("read", 0, 0)
        embedder = Embedder.load(settings.index.model, settings.cache)
        built = build.build(chosen, folder, settings.index, embedder, show)
    _print_built(built, folder)
    if watch:
        _watch(changed, chosen, folder, settings, embedder)


@app.command()
def doctor(
    *,
    index: IndexOption = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="Unpack a damaged model, and rebuild the index from its documents.")
    ] = False,
) -> None:
    """Check environment, model, index and documents. Says what is wrong and what mends it."""
    from index import doctor as doctors

    settings = Settings.from_environment()
    folder = index or settings.index_folder
    if mend:
        with progress() as show:
            doctors.mend(folder, settings, show)
    well = True
    for finding in chain(doctors.examine(folder, settings), _language_model(settings)):
        well = well and not finding.mend
        says = shown(f"{finding.about}: {' '.join(finding.says.split())}")
        print(f"bad  {says} -> {finding.mend}" if finding.mend else f"ok   {says}", flush=True)
    raise typer.Exit(0 if well else SanadError.exit_code)


@app.command()
def ask(
    question: Annotated[
        str,
        typer.Argument(metavar="QUESTION", help="The question; with --json, '-' reads one a line from standard input."),
    ],
    *,
    index: IndexOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON (docs/answer.md).")] = False,
    documents: Annotated[
        list[str] | None, typer.Option("--document", metavar="PATH", help="Ask this document only; may be repeated.")
    ] = None,
    languages: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="CODE", help="Ask documents in this language (ar, en …); may be repeated."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--from", metavar="DAY", formats=["%Y-%m-%d"], help="Ask documents published from this day (2026-01-31) on."
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--to", metavar="DAY", formats=["%Y-%m-%d"], help="Ask documents published until this day."),
    ] = None,
) -> None:
    """Answer a question with cited sentences of the documents."""
    from rag.answer_json import to_json
    from rag.scope import Scope
    from ui import json_lines

    if question == "-" and not as_json:
        raise SettingError("Questions from standard input are answered as JSON: use 'sanad ask --json -'.")
    scope = Scope(
        frozenset(documents or ()),
        frozenset(languages or ()),
        since.date() if since else None,
        until.date() if until else None,
    )
    engine = _engine(index)
    within = json_lines.within(scope, engine.documents())
    if question == "-":
        code = 0
        for result, error in json_lines.answers(sys.stdin.buffer, engine, scope):
            _print_json(result)
            if error:
                code = error.exit_code
                _complain(str(error))
        raise typer.Exit(code)
    answer = engine.ask(question, within=within)
    if as_json:
        _print_json(to_json(answer))
    else:
        print_answer(answer)


@app.command()
def chat(
    *,
    index: IndexOption = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=1, max=65535, help="Port to serve on.")] = 7860,
) -> None:
    """Serve the chat page until interrupted."""
    from ui import serve, web

    settings = Settings.from_environment()
    with serve.serving(index or settings.index_folder, settings, host, port) as page:
        print(f"Sanad answers at {page.local_url} — press Ctrl+C to stop.", flush=True)
        web.wait(page)


app.command("eval")(evaluation.measure)


def _engine(index: Path | None) -> "Engine | Worded":
    from rag.worded import open_answerer

    settings = Settings.from_environment()
    return open_answerer(index or settings.index_folder, settings)


def _language_model(settings: Settings) -> Iterator["Finding"]:
    """Whether the language model answers, where one is set."""
    from index.doctor import Finding
    from rag import providers

    if settings.llm.model:
        try:
            yield Finding("language model", providers.probe(settings.llm))
        except SanadError as error:
            yield Finding("language model", str(error), "start its server, or unset SANAD_LLM")


def _watch(told: Iterator[None], paths: Sequence[Path], folder: Path, settings: Settings, embedder: "Embedder") -> None:
    """Rebuild after each change; what cannot be built now may be after the next."""
    from index import build

    print("Watching for changes — press Ctrl+C to stop.", flush=True)
    for _ in told:
        try:
            with progress() as show:
                built = build.build(paths, folder, settings.index, embedder, show, wait=True)
            if built.changed:
                _print_built(built, folder)
        except SanadError as error:
            _complain(str(error))


def _print_built(built: "Built", folder: Path) -> None:
    counts = built.counts
    _print_failures(built.failures)
    what = f"{counts['documents']} documents, {counts['passages']} passages, {counts['sentences']} sentences"
    done = f"Indexed {what}; {counts['embedded']} texts were new" if built.changed else f"Nothing changed: {what}"
    print(f"{done}. The index is in {folder}.")


def _print_failures(failures: Sequence[tuple[str, str]]) -> None:
    for path, reason in failures:
        _complain(f"skipped {path}: {reason}")


def _print_json(value: dict[str, Any]) -> None:
    """Print one line; whoever splits lines, at whatever character, finds one."""
    print(escaped(json.dumps(value, ensure_ascii=False)), flush=True)


def _complain(message: str) -> None:
    """Print one line on standard error."""
    print(f"sanad: {shown(' '.join(message.split()))}", file=sys.stderr)


def _fail(message: str, code: int) -> None:
    """Print one line on standard error and exit."""
    _complain(message)
    sys.exit(code)
