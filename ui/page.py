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
from ui.strings import DEFAULT_LANGUAGE, TEXTS, Strings, locales, strings_for
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
            menu = gr.Button(first.menu, elem_id="menu", size="sm")
            brand = still(_brand(first), elem_id="brand")
            language = gr.Radio(
                [(strings.name, code) for code, strings in TEXTS.items()],
                value=DEFAULT_LANGUAGE,
                label=first.language_label,
                elem_id="language",
                container=False,
            )
        # The language as it is written where the visitor is: that decides on digits and months.
        locale = gr.Textbox(DEFAULT_LANGUAGE, visible="hidden", elem_id="locale", show_label=False)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(first.tab_chat, id="chat") as chat_tab:
                chat = ChatTab(service, locale)
            with gr.Tab(first.tab_library, id="library", visible=service.library is not None) as library_tab:
                library = LibraryTab(service.library, locale) if service.library else None
            with gr.Tab(
                first.tab_evaluation, id="evaluation", visible=service.evaluation is not None
            ) as evaluation_tab:
                evaluation = EvaluationTab(service.evaluation, locale) if service.evaluation else None
        others = [tab for tab in (library, evaluation) if tab]

        def texts(request: gr.Request, code: str, current: str) -> list[Any]:
            tag = locales(request.headers.get("accept-language", ""))[strings_for(code).code]
            strings = strings_for(tag)
            return [
                _brand(strings),
                tag,
                gr.update(value=strings.code, label=strings.language_label),
                gr.update(label=strings.tab_chat),
                gr.update(label=strings.tab_library),
                gr.update(label=strings.tab_evaluation),
                strings.menu,
                *chat.shown(request, current, tag),
                *(value for tab in others for value in tab.shown(tag)),
            ]

        def opened(request: gr.Request, current: str) -> list[Any]:
            return texts(request, next(iter(locales(request.headers.get("accept-language", "")))), current)

        interface = [brand, locale, language, chat_tab, library_tab, evaluation_tab, menu, *chat.parts]
        interface += [part for tab in others for part in tab.parts]
        mirror = f"(code) => sanadLanguage(code, {json.dumps({c: s.direction for c, s in TEXTS.items()})}[code])"
        page.load(opened, [chat.current], interface, js="sanadAddress", **QUIET).then(
            None, [language], js=mirror, **QUIET
        )
        spoken = language.input(texts, [language, chat.current], interface, **QUIET).then(
            None, [language], js=mirror, **QUIET
        )
        menu.click(None, js="sanadMenu", **QUIET)
        for tab, opens in ((library, library_tab), (evaluation, evaluation_tab)):
            if tab:
                opens.select(tab.looked, tab.looking, tab.held, **QUIET)
                spoken.then(tab.looked, tab.looking, tab.held, **QUIET)
        # What was added or taken away meanwhile can be chosen from.
        chat_tab.select(chat.choices, [locale], chat.scope, queue=False, **QUIET)
    page.queue(max_size=WAITING, api_open=False)
    return page


def _brand(strings: Strings) -> str:
    return (
        f'<div class="brand" {frame(strings)}><h1><bdi lang="ar">سند</bdi> <bdi lang="en">Sanad</bdi></h1>'
        f"<span>{escape(strings.tagline)}</span></div>"
    )
