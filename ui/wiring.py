"""What every tab's events and pieces of HTML have in common."""

from functools import partial
from typing import Any

import gradio as gr

QUIET: dict[str, Any] = {"show_progress": "hidden", "show_progress_on": [], "api_visibility": "private"}
"""Options of every event: Gradio's own progress would cover the page, and no event is for other programs.

Without a list of components to show it on, hidden though it is, the page would tell each component of any event so far
of every step of every later one.
"""

TICK_S = 1.0
"""Seconds between two looks at work that is under way."""

# gr.HTML runs a click handler by default; these pieces have their behaviour in page.js.
still = partial(gr.HTML, apply_default_css=False, js_on_load=None)
acting = partial(gr.HTML, apply_default_css=False, js_on_load="sanadActs(element, trigger)")


def acted(event: gr.EventData) -> tuple[str, str, str]:
    """What a button of a piece asks for, the text and the id it carries; "" for events of other components."""
    data = event._data if isinstance(event._data, dict) else {}
    return str(data.get("act") or ""), str(data.get("text") or ""), str(data.get("id") or "")
