"""The page, not yet served: its tabs and the language they speak."""

import json
from html import escape
from typing import Any

import gradio as gr

from ui.chat import ChatTab
from ui.converse import Service
from ui.evaluation_tab import EvaluationTab
from ui.html import frame
from ui.library_tab import LibraryTab
from ui.strings import DEFAULT_LANGUAGE, TEXTS, Strings, preferred, strings_for
from ui.wiring import QUIET, still

TITLE = "سند · Sanad"
WAITING = 32
"""Questions that may wait; one more is refused."""
_HOUR_S = 3600
"""How long an upload may lie that nobody took in."""


def build(service: Service) -> gr.Blocks:
    """The page as Blocks that ``ui.web.start`` can serve."""
    first = strings_for(DEFAULT_LANGUAGE)
    with gr.Blocks(
        title=TITLE, analytics_enabled=False, fill_height=True, fill_width=True, delete_cache=(_HOUR_S, _HOUR_S)
    ) as page:
        with gr.Row(elem_id="top"):
            menu = gr.Button("☰", elem_id="menu", size="sm")
            brand = still(_brand(first), elem_id="brand")
            language = gr.Radio(
                [(strings.name, code) for code, strings in TEXTS.items()],
                value=DEFAULT_LANGUAGE,
                label=first.language_label,
                elem_id="language",
                container=False,
            )
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(first.tab_chat, id="chat") as chat_tab:
                chat = ChatTab(service, language)
            with gr.Tab(first.tab_library, id="library", visible=service.library is not None) as library_tab:
                library = LibraryTab(service.library, language) if service.library else None
            with gr.Tab(
                first.tab_evaluation, id="evaluation", visible=service.evaluation is not None
            ) as evaluation_tab:
                evaluation = EvaluationTab(service.evaluation, language) if service.evaluation else None
        others = [tab for tab in (library, evaluation) if tab]

        def texts(request: gr.Request, code: str, current: str) -> list[Any]:
            strings = strings_for(code)
            return [
                _brand(strings),
                gr.update(value=strings.code, label=strings.language_label),
                gr.update(label=strings.tab_chat),
                gr.update(label=strings.tab_library),
                gr.update(label=strings.tab_evaluation),
                *chat.shown(request, current, strings.code),
                *(value for tab in others for value in tab.shown(strings.code)),
            ]

        def opened(request: gr.Request, current: str) -> list[Any]:
            return texts(request, preferred(request.headers.get("accept-language", "")), current)

        interface = [brand, language, chat_tab, library_tab, evaluation_tab, *chat.parts]
        interface += [part for tab in others for part in tab.parts]
        mirror = f"(code) => sanadLanguage(code, {json.dumps({c: s.direction for c, s in TEXTS.items()})}[code])"
        page.load(opened, [chat.current], interface, js="sanadAddress", **QUIET).then(
            None, [language], js=mirror, **QUIET
        )
        language.input(texts, [language, chat.current], interface, **QUIET).then(None, [language], js=mirror, **QUIET)
        menu.click(None, js="sanadMenu", **QUIET)
        # What was added or taken away meanwhile can be chosen from.
        chat_tab.select(chat.choices, [language], chat.scope, **QUIET)
    page.queue(max_size=WAITING, api_open=False)
    return page


def _brand(strings: Strings) -> str:
    return (
        f'<div class="brand" {frame(strings)}><strong><bdi lang="ar">سند</bdi> <bdi lang="en">Sanad</bdi></strong>'
        f"<span>{escape(strings.tagline)}</span></div>"
    )
