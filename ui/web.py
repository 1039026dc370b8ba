"""The chat page: Gradio wiring around ``ui.render``."""

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from html import escape
from importlib.resources import files
from typing import Any, Protocol

import gradio as gr

from index.errors import SanadError, SettingError
from index.types import Dropped
from rag.types import Answer
from ui.headers import middleware
from ui.render import Turn, conversation, sources
from ui.strings import DEFAULT_LANGUAGE, TEXTS, Strings, preferred, strings_for

TITLE = "سند · Sanad"
TURNS = 50
"""Turns of a conversation that stay on the page."""
PACE_S = 0.12
"""Seconds between two sentences: enough for the eye to follow an answer that is there all at once."""
WAITING = 32
"""Questions that may wait; one more is refused."""
AT_ONCE = 4
"""Questions answered at the same time."""

logger = logging.getLogger(__name__)


class Answerer(Protocol):
    """What the page needs of an engine; ``rag.engine.Engine`` is one."""

    def ask(self, question: str, /, history: Sequence[str] = ()) -> Answer:
        """Answer a question that may follow up on earlier ones; raises ``SanadError``."""
        ...

    def dropped(self, document_id: str) -> tuple[Dropped, ...]:
        """Page furniture of a document."""
        ...


def replies(engine: Answerer, question: str, turns: Sequence[Turn]) -> Iterator[tuple[Turn, ...]]:
    """The conversation as it grows: the question alone, then sentence by sentence, then everything.

    Args:
        engine: Answers the question; whatever it raises becomes a turn with an error.
        question: As typed.
        turns: The conversation so far, oldest first; its answered questions are the engine's history.

    Yields:
        The conversation, with the new turn last; the oldest turns fall off beyond ``TURNS``.
    """
    earlier = tuple(turns)[-(TURNS - 1) :]
    turn = Turn(number=turns[-1].number + 1 if turns else 1, question=question)
    yield (*earlier, turn)
    try:
        answer = engine.ask(question, history=[t.question for t in turns if t.answer is not None])
        dropped = {c.document.id: engine.dropped(c.document.id) for c in answer.citations}
    except SanadError as error:
        yield (*earlier, replace(turn, error=str(error)))
        return
    except Exception:
        logger.exception("the question could not be answered")
        yield (*earlier, replace(turn, error=""))
        return
    turn = replace(turn, answer=answer, dropped=dropped)
    for shown in range(1, len(answer.sentences)):
        yield (*earlier, replace(turn, shown=shown))
    yield (*earlier, turn)


def build(engine: Answerer, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page, not yet served.

    Args:
        engine: Answers the questions.
        examples: Questions offered while the conversation is empty.

    Returns:
        Blocks that ``start`` can serve.
    """
    first = strings_for(DEFAULT_LANGUAGE)
    # gr.HTML runs a click handler by default; these pieces have their behaviour in page.js.
    piece = partial(gr.HTML, apply_default_css=False, js_on_load=None)
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True, fill_width=True) as page:
        turns = gr.State(())
        with gr.Row(elem_id="top"):
            brand = piece(_brand(first), elem_id="brand")
            fresh = gr.Button(first.new_conversation, elem_id="fresh", size="sm")
            language = gr.Radio(
                [(strings.name, code) for code, strings in TEXTS.items()],
                value=DEFAULT_LANGUAGE,
                label=first.language_label,
                elem_id="language",
                container=False,
            )
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="conversation"):
                transcript = piece(conversation((), first), elem_id="transcript")
                with gr.Column(elem_id="examples", visible=bool(examples)) as offered:
                    offer = piece(_offer(first))
                    suggestions = [gr.Button(example, elem_classes="example") for example in examples]
            panel = piece(sources((), first), elem_id="sources")
            with gr.Row(elem_id="composer"):
                box = gr.Textbox(
                    label=first.question_label,
                    placeholder=first.placeholder,
                    lines=1,
                    max_lines=6,
                    show_label=False,
                    container=False,
                    autofocus=True,
                    elem_id="question",
                )
                send = gr.Button(first.send, variant="primary", elem_id="send")

        def texts(code: str, so_far: Sequence[Turn]) -> list[Any]:
            strings = strings_for(code)
            return [
                _brand(strings),
                strings.new_conversation,
                gr.update(value=strings.code, label=strings.language_label),
                conversation(so_far, strings),
                _offer(strings),
                sources(so_far, strings),
                gr.update(label=strings.question_label, placeholder=strings.placeholder),
                strings.send,
            ]

        def opened(request: gr.Request) -> list[Any]:
            return texts(preferred(request.headers.get("accept-language", "")), ())

        def ask(question: str, so_far: Sequence[Turn], code: str) -> Iterator[list[Any]]:
            strings = strings_for(code)
            for step, state in enumerate(replies(engine, question or "", so_far)):
                if step > 1:
                    time.sleep(PACE_S)
                done = state[-1].shown is None
                panel_now = sources(state, strings) if done else gr.skip()
                yield [conversation(state, strings), panel_now, state, "", gr.update(visible=False)]

        def clear(code: str) -> list[Any]:
            strings = strings_for(code)
            return [conversation((), strings), sources((), strings), (), "", gr.update(visible=bool(examples))]

        outputs = [transcript, panel, turns, box, offered]
        quiet = {"show_progress": "hidden", "api_visibility": "private"}
        mirror = f"(code) => sanadLanguage(code, {json.dumps({c: s.direction for c, s in TEXTS.items()})}[code])"
        interface = [brand, fresh, language, transcript, offer, panel, box, send]
        page.load(opened, outputs=interface, **quiet).then(None, [language], js=mirror, **quiet)
        language.input(texts, [language, turns], interface, **quiet).then(None, [language], js=mirror, **quiet)
        answering = [
            gr.on(triggers, ask, [asked, turns, language], outputs, concurrency_limit=AT_ONCE, **quiet)
            for triggers, asked in [([box.submit, send.click], box), *(([s.click], s) for s in suggestions)]
        ]
        # An answer that is still arriving would bring the old conversation back.
        fresh.click(clear, [language], outputs, cancels=answering, **quiet)
    page.queue(max_size=WAITING, api_open=False)
    return page


def start(engine: Answerer, host: str, port: int, examples: Sequence[str] = ()) -> gr.Blocks:
    """Serve the page in the background; ``local_url`` of the result is its address, ``close()`` ends it.

    Raises:
        SettingError: The port is taken, or the host is not an address of this machine.
    """
    page = build(engine, examples)
    here = files("ui")
    try:
        address = _address(host, port)
        with _unproxied():
            page.launch(
                server_name=address,
                server_port=port,
                prevent_thread_lock=True,
                quiet=True,
                inbrowser=False,
                share=False,
                show_error=False,
                footer_links=[],
                run_history=False,
                enable_monitoring=False,
                ssr_mode=False,
                pwa=False,
                mcp_server=False,
                # Nothing is uploaded and no file is served; the bounds close what Gradio leaves open.
                max_file_size=1,
                allowed_paths=[],
                state_session_capacity=200,
                app_kwargs={"middleware": middleware(address), "openapi_url": None},
                theme=_theme(),
                css=here.joinpath("style.css").read_text(encoding="utf-8"),
                head=f"<script>{here.joinpath('page.js').read_text(encoding='utf-8')}</script>",
            )
    except (OSError, UnicodeError) as error:
        raise SettingError(
            f"Cannot serve on {host}:{port}: the port is taken, or that is no IPv4 address of this machine. "
            "Choose another with --port or --host."
        ) from error
    return page


def wait(page: gr.Blocks) -> None:
    """Block until the program is interrupted, then close the page."""
    try:
        threading.Event().wait()
    finally:
        page.close(verbose=False)


def _address(host: str, port: int) -> str:
    """IPv4 address of ``host``; raises ``OSError`` where it has none or the port cannot be had."""
    if not host:
        raise OSError("an empty host would mean every address of this machine")
    address = socket.gethostbyname(host)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        probe.bind((address, port))
    return address


@contextmanager
def _unproxied() -> Iterator[None]:
    """Gradio fetches its own page once when it starts, which a proxy named in the environment must not see."""
    before = os.environ.get("no_proxy")
    os.environ["no_proxy"] = "*"
    try:
        yield
    finally:
        if before is None:
            del os.environ["no_proxy"]
        else:
            os.environ["no_proxy"] = before


def _brand(strings: Strings) -> str:
    return (
        f'<div class="brand" lang="{strings.code}" dir="{strings.direction}"><strong>'
        f'<bdi lang="ar">سند</bdi> <bdi lang="en">Sanad</bdi></strong><span>{escape(strings.tagline)}</span></div>'
    )


def _offer(strings: Strings) -> str:
    return f'<p class="offer" lang="{strings.code}" dir="{strings.direction}">{escape(strings.examples)}</p>'


def _theme() -> gr.themes.Base:
    # Named system fonts only: Gradio's defaults bring their own font files.
    fonts = ("Segoe UI", "Noto Sans", "Noto Sans Arabic", "Geeza Pro", "Tahoma", "sans-serif")
    return gr.themes.Base(
        primary_hue="teal", neutral_hue="stone", font=[gr.themes.Font(name) for name in fonts], font_mono=["monospace"]
    )
