"""What becomes of the composer: number of the edited turn, question, buttons to send and to stop, hint on editing."""

from typing import Any

import gradio as gr


def idle() -> list[Any]:
    """Values of the buttons to send and to stop while nothing is asked."""
    return [gr.update(visible=True), gr.update(visible=False)]


def busy() -> list[Any]:
    """Values of the buttons to send and to stop while a question is asked."""
    return [gr.update(visible=False), gr.update(visible=True)]


def fresh() -> list[Any]:
    """Values of all while nothing is asked or edited."""
    return ["", "", *idle(), gr.update(visible=False)]


def undisturbed() -> list[Any]:
    """Values of all while nothing is asked any more; what is typed or edited stays."""
    return [gr.skip(), gr.skip(), *idle(), gr.skip()]
