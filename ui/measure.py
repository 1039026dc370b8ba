"""The project's own evaluation, run beside the page."""

from index.build import Progress
from index.config import Settings
from index.embed import Embedder
from ui.job import Job

EVALUATE = "evaluate"


class Evaluation:
    """Asks the project's own questions in a child process and holds the last report; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.job = Job()
        self._settings = settings

    def start(self) -> bool:
        """Begin a run, unless one is under way."""
        return self.job.start(EVALUATE, _measured, self._settings)


def _measured(settings: Settings, progress: Progress) -> str:
    """The report of a run as an HTML page."""
    from eval import page, run

    progress("start", 0, 0)
    return page.to_html(run.own_set(settings, Embedder.load(settings.index.model, settings.cache), progress))
