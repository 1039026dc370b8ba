"""The project's own evaluation, run beside the page; the last two runs are kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from index.build import Progress
from index.config import Settings
from index.embed import Embedder
from index.errors import SanadError
from ui.job import Job
from ui.strings import TEXTS

if TYPE_CHECKING:
    from eval.compare import Comparison

EVALUATE = "evaluate"
_LAST, _BEFORE = "last.json", "before.json"


class Evaluation:
    """Asks the project's own questions in a child process; safe to share between threads."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        """Measure with some settings; ``folder`` keeps what was measured."""
        self.job = Job()
        self._settings, self._folder = settings, folder

    def start(self) -> bool:
        """Begin a run, unless one is under way."""
        return self.job.start(EVALUATE, _measured, self._settings, self._folder)

    def report(self, code: str) -> str:
        """The report of the last run as an HTML page in a language of the interface, "" before the first."""
        try:
            return _report(self._folder, code).read_text("utf-8")
        except OSError:
            return ""

    def comparison(self) -> "Comparison | None":
        """What the last run changed against the one before; None where there are no two runs to compare."""
        from eval import compare

        try:
            return compare.compare(*(compare.read_run(self._folder / name) for name in (_BEFORE, _LAST)))
        except SanadError:
            return None


def _measured(settings: Settings, folder: Path, progress: Progress) -> None:
    """Run, and keep the report in each language and the run beside the one before."""
    from eval import page, report, run

    progress("start", 0, 0)
    measured = run.own_set(settings, Embedder.load(settings.index.model, settings.cache), progress)
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / _LAST).exists():
        (folder / _LAST).replace(folder / _BEFORE)
    report.write_json(measured, folder / _LAST)
    for strings in TEXTS.values():
        phrases = {**strings.measures, **strings.phrases}
        wording = page.Wording(strings.code, strings.direction, phrases, strings.languages)
        page.write_html(measured, _report(folder, strings.code), wording)


def _report(folder: Path, code: str) -> Path:
    return folder / f"report-{code}.html"
