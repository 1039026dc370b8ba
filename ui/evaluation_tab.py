"""The evaluation tab: Gradio wiring around ``ui.measure``."""

from html import escape
from typing import Any

import gradio as gr

from ui import shelf
from ui.html import frame
from ui.job import State
from ui.measure import Evaluation
from ui.strings import DEFAULT_LANGUAGE, Strings, strings_for
from ui.wiring import QUIET, TICK_S, still


class EvaluationTab:
    """The components of the evaluation and what happens to them."""

    def __init__(self, evaluation: Evaluation, language: gr.Radio) -> None:
        """Lay the components out, inside the page that is being built."""
        self._job = evaluation.job
        first = strings_for(DEFAULT_LANGUAGE)
        with gr.Column(elem_id="evaluation"):
            self.hint = still("", elem_id="evaluation-hint")
            with gr.Row():
                self.run = gr.Button(first.evaluate, elem_id="evaluate")
                self.cancel = gr.Button(first.cancel, elem_id="cancel-evaluation", visible=False)
            self.work = still("", elem_id="evaluation-work")
            self.report = still("", elem_id="report")
        self.clock = gr.Timer(TICK_S, active=False)
        progress = [self.work, self.cancel, self.clock, self.run, self.report]

        def begin(code: str) -> list[Any]:
            evaluation.start()
            return self._progress(strings_for(code))

        def cancel(code: str) -> list[Any]:
            self._job.cancel()
            return self._progress(strings_for(code))

        self.run.click(begin, [language], progress, **QUIET)
        self.cancel.click(cancel, [language], progress, **QUIET)
        self.clock.tick(lambda code: self._progress(strings_for(code)), [language], progress, **QUIET)

    @property
    def parts(self) -> list[Any]:
        """The components in ``shown``'s order."""
        return [self.hint, self.work, self.cancel, self.clock, self.run, self.report]

    def shown(self, code: str) -> list[Any]:
        """Values of ``parts``."""
        strings = strings_for(code)
        hint = f'<p class="hint" {frame(strings)}>{escape(strings.evaluate_hint)}</p>'
        return [hint, *self._progress(strings)]

    def _progress(self, strings: Strings) -> list[Any]:
        """Values of the progress, of what can be done, and of the report once there is one."""
        state = self._job.state
        running = state.phase == "running"
        return [
            "" if state.phase == "done" else shelf.progress(state, strings),
            gr.update(value=strings.cancel, visible=running),
            gr.Timer(active=running),
            gr.update(value=strings.evaluate, interactive=not running),
            _framed(state, strings) if not running else gr.skip(),
        ]


def _framed(state: State, strings: Strings) -> str:
    """The report in a frame that shares nothing with the page."""
    if state.phase != "done":
        return ""
    return (
        f'<iframe class="report" sandbox="allow-scripts" title="{escape(strings.report)}" '
        f'srcdoc="{escape(state.result)}"></iframe>'
    )
