"""``sanad eval``: measure the answers, compare stored runs."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from index.config import Settings
from index.errors import SettingError
from ui.terminal import progress, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from eval.draft import Draft
    from eval.report import Report
    from index.build import Progress
    from index.embed import Embedder

_PIPED_WIDTH = 120
_LISTED = 20
_DRAFTS = 8


def measure(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help="SQuAD files, with --squad.")] = None,
    *,
    squad: Annotated[
        bool, typer.Option("--squad", help="Index the paragraphs of the FILEs as one pool and ask their questions.")
    ] = False,
    questions_from: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --squad: ask the questions of this parallel file (same ids) instead."),
    ] = None,
    ablation: Annotated[
        bool,
        typer.Option(
            "--ablation", help="With --squad: retrieval only, by channel, beside plain BM25 and plain LlamaIndex."
        ),
    ] = False,
    beir: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Measure retrieval on a BEIR folder: corpus.jsonl, queries.jsonl, qrels/."),
    ] = None,
    nomiracl: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Measure abstention on a NoMIRACL file.")
    ] = None,
    furniture: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Measure the removal of page furniture on labelled documents.")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(metavar="RUN_A RUN_B", help="What got better and worse between two runs written with --json."),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write what was measured as JSON.")
    ] = None,
    report_file: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write what was measured as an HTML page.")
    ] = None,
    questions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Ask your own questions (eval/questions.schema.json), with --documents."),
    ] = None,
    documents: Annotated[
        Path | None, typer.Option(metavar="DIR", help="With --questions: the documents they are about.")
    ] = None,
    new_set: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Draft questions on your documents, to be corrected; prints JSON lines."),
    ] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Measure the answers alone, and fail where they fall below the thresholds.")
    ] = False,
) -> None:
    """Measure the answers. Without options: on the project's own questions, which takes minutes."""
    kinds = sum(map(bool, (squad, beir, nomiracl, furniture, compare, questions, new_set)))
    pool_options, pool = bool(questions_from or ablation), squad or (beir and not questions_from)
    if squad != bool(files) or kinds > 1 or (pool_options and not pool) or bool(questions) != bool(documents):
        raise SettingError(
            "Name one kind of question set: '--squad FILE…' [--questions-from FILE] [--ablation], '--beir DIR' "
            "[--ablation], '--nomiracl FILE', '--furniture PATH', '--questions FILE --documents DIR', or none of them "
            "for the project's own [--gate]; or compare runs: '--compare RUN_A RUN_B'; or draft a set: '--new-set DIR'."
        )
    if (json_file or report_file) and (furniture or compare or new_set):
        raise SettingError("Only runs of questions write files: leave '--json' and '--report' out.")
    _check_folders(json_file, report_file)
    if gate and kinds:
        raise SettingError("'--gate' judges the project's own questions: name no other set.")
    if furniture:
        _print_furniture(furniture)
    elif compare:
        _print_comparison(*compare)
    elif new_set:
        _print_drafts(new_set)
    else:
        with _asking() as (run, chosen):
            if files or beir:
                measured = run.pool(files or [], beir, questions_from, *chosen, ablation=ablation)
            elif nomiracl:
                measured = run.nomiracl_file(nomiracl, *chosen)
            else:
                measured = run.own_set(*chosen, questions, documents, alone=gate)
        _write(measured, json_file, report_file)
        if gate:
            _check(measured)


def _check_folders(*files: Path | None) -> None:
    """Refuse, before anything is measured for minutes, what could not be written afterwards."""
    for file in filter(None, files):
        if not file.absolute().parent.is_dir():
            raise SettingError(f"{shown(str(file))}: its folder does not exist; make it, or name another file.")


@contextmanager
def _asking() -> "Iterator[tuple[ModuleType, tuple[Settings, Embedder, Progress]]]":
    """The runner, and what every run of questions takes."""
    from eval import run
    from index.embed import Embedder

    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    with progress() as show:
        yield run, (settings, embedder, show)


def _write(measured: "Report", json_file: Path | None, report_file: Path | None) -> None:
    from eval import page, report, table

    _console().print(table.to_table(measured))
    if json_file:
        report.write_json(measured, json_file)
    if report_file:
        page.write_html(measured, report_file)


def _print_drafts(folder: Path) -> None:
    from eval import draft
    from index import load
    from rag import prompts, providers

    llm = providers.connect(Settings.from_environment().llm)
    loaded = load.load([folder])
    drafted = draft.drafts(loaded.documents, _DRAFTS)
    if llm:
        with progress() as show:
            worded = draft.reworded(drafted, lambda d: llm.reply(prompts.draft(d.quote, d.fact[0], d.language)))
            drafted = tuple(_counted(worded, len(drafted), show))
    sys.stdout.write(draft.to_jsonl(drafted))
    sys.stderr.write(
        f"Drafted {len(drafted)} questions on {len(loaded.documents)} documents, of which "
        f"{sum(not one.fact for one in drafted)} have no answer. Those that repeat the documents' words are easy: "
        f"reword them and add your own, then run 'sanad eval --questions FILE --documents {shown(str(folder))}'.\n"
    )


def _counted(drafts: "Iterator[Draft]", total: int, show: "Progress") -> "Iterator[Draft]":
    for done, one in enumerate(drafts, start=1):
        show("ask", done, total)
        yield one


def _check(measured: "Report") -> None:
    from eval import gate

    gate.check(measured.measures, gate.load_thresholds())


def _print_comparison(first: Path, second: Path) -> None:
    from eval import compare, table

    found = compare.compare(compare.read_run(first), compare.read_run(second))
    _console().print(table.comparison_table(found, _LISTED))


def _print_furniture(path: Path) -> None:
    from eval import furniture
    from index import load

    report = furniture.measure(load.load([path]).documents, furniture.load_labels())
    lines: list[str] = []
    for document in report.documents:
        lines.append(
            f"{shown(document.path)}: {len(document.lost)} of {document.articles} article spans lost, "
            f"{len(document.kept)} of {document.furniture} furniture spans kept"
        )
        for kind, spans in (("lost", document.lost), ("kept", document.kept)):
            lines += [f"  {kind} {start}-{end}" for start, end in spans]
    lines += [f"{shown(name)}: no labels, not judged" for name in report.unlabelled]
    lines.append(
        f"All: {report.lost} of {report.articles} article spans lost, "
        f"{report.kept} of {report.furniture} furniture spans kept"
    )
    _console().print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)


def _console() -> Console:
    """The terminal, or a pipe wide enough for the tables."""
    return Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)
