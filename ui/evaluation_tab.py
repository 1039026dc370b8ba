"""The evaluation tab: Gradio wiring around ``ui.measure``."""

from html import escape
from typing import Any

import gradio as gr

from ui import shelf
from ui.compared import compared
from ui.html import frame
from ui.measure import Evaluation
from ui.strings import DEFAULT_LANGUAGE, Strings, strings_for
from ui.wiring import QUIET, TICK_S, still


class EvaluationTab:
    """The components of the evaluation and what happens to them."""

    def __init__(self, evaluation: Evaluation, language: gr.Textbox) -> None:
        """Lay the components out, inside the page that is being built."""
        self._evaluation = evaluation
        self._language = language
        first = strings_for(DEFAULT_LANGUAGE)
        with gr.Column(elem_id="evaluation"):
            self.hint = still("", elem_id="evaluation-hint")
            with gr.Row():
                self.run = gr.Button(first.evaluate, elem_id="evaluate")
                self.cancel = gr.Button(first.cancel, elem_id="cancel-evaluation", visible=False)
            self.work = still("", elem_id="evaluation-work")
            self.compared = still("", elem_id="compared")
            self.report = still("", elem_id="report")
        self.clock = gr.Timer(TICK_S, active=False)
        progress = [self.work, self.cancel, self.clock, self.run]

        def begin(code: str) -> list[Any]:
            evaluation.start()
            return self._progress(strings_for(code))

        def cancel(code: str) -> list[Any]:
            evaluation.job.cancel()
            return self._progress(strings_for(code))

        self.run.click(begin, [language], progress, **QUIET)
        self.cancel.click(cancel, [language], progress, **QUIET)
        self.clock.tick(self._tick, [language], [*progress, *self.held], **QUIET)

    @property
    def parts(self) -> list[Any]:
        """The components in ``shown``'s order."""
        return [self.hint, self.work, self.cancel, self.clock, self.run]

    def shown(self, code: str) -> list[Any]:
        """Values of ``parts``."""
        strings = strings_for(code)
        hint = f'<p class="hint" {frame(strings)}>{escape(strings.evaluate_hint)}</p>'
        return [hint, *self._progress(strings)]

    @property
    def held(self) -> list[Any]:
        """The components in ``looked``'s order."""
        return [self.compared, self.report]

    @property
    def looking(self) -> list[Any]:
        """The components that ``looked`` takes the values of."""
        return [self._language]

    def looked(self, code: str) -> list[Any]:
        """Values of ``held``, for who looks at the tab: what the last run measured, and what it changed."""
        strings = strings_for(code)
        report = self._evaluation.report(strings.code)
        return [compared(self._evaluation.comparison(), strings) if report else "", _framed(report, strings)]

    def _progress(self, strings: Strings) -> list[Any]:
        """Values of the progress and of what can be done."""
        state = self._evaluation.job.state
        running = state.phase == "running"
        return [
            "" if state.phase == "done" else shelf.progress(state, strings),
            gr.update(value=strings.cancel, visible=running),
            gr.Timer(active=running),
            gr.update(value=strings.evaluate, interactive=not running),
        ]

    def _tick(self, code: str) -> list[Any]:
        """The progress; once the run is over, what it measured."""
        running = self._evaluation.job.state.phase == "running"
        return [*self._progress(strings_for(code)), *([gr.skip()] * 2 if running else self.looked(code))]


def _framed(report: str, strings: Strings) -> str:
    """The report in a frame that shares nothing with the page."""
    if not report:
        return ""
    return (
        f'<iframe class="report" sandbox="allow-scripts" title="{escape(strings.report)}" '
        f'srcdoc="{escape(report)}"></iframe>'
    )
