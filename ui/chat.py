"""The chat tab: Gradio wiring around ``ui.converse`` and the pure functions that make its HTML."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from ui import composer, export, render, scope, sources
from ui.archive import ArchiveError
from ui.converse import Asked, Service, replies, unaskable
from ui.strings import DEFAULT_LANGUAGE, Strings, strings_for
from ui.talks import talks
from ui.turns import Turn
from ui.visitor import owner
from ui.wiring import QUIET, acted, acting, still

PACE_S = 0.12
"""Seconds between two sentences: enough for the eye to follow an answer that is there all at once."""
AT_ONCE = 4
"""Questions answered at the same time."""


class ChatTab:
    """The components of the chat and what happens to them."""

    def __init__(self, service: Service, language: gr.Textbox) -> None:
        """Lay the components out, inside the page that is being built."""
        self._service = service
        self._asking: dict[str, tuple[str, int]] = {}  # by session: the conversation and the turn being answered
        first = strings_for(DEFAULT_LANGUAGE)
        self.current = gr.Textbox(visible="hidden", elem_id="current", show_label=False)
        self.replacing = gr.Textbox(visible="hidden", show_label=False)
        self.parcel = gr.Textbox(visible="hidden", show_label=False)
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="talks"):
                self.fresh = gr.Button(first.new_conversation, elem_id="fresh", size="sm")
                self.find = gr.Textbox(elem_id="find", container=False, show_label=False, max_length=200)
                self.list = acting("", elem_id="list")
            with gr.Column(elem_id="conversation"):
                # The newest turn alone is made anew with each piece of its answer.
                self.past = acting("", elem_id="past")
                self.transcript = acting("", elem_id="transcript")
            self.panel = acting("", elem_id="sources")
            with gr.Column(elem_id="composer"):
                with gr.Accordion(first.filter, open=False, elem_id="scope") as self.filter, gr.Row():
                    self.documents = gr.Dropdown([], multiselect=True, elem_id="scope-documents")
                    self.languages = gr.Dropdown([], multiselect=True, elem_id="scope-languages")
                    self.since = gr.Textbox(elem_id="scope-since", placeholder="2026-01-31", max_length=10)
                    self.until = gr.Textbox(elem_id="scope-until", placeholder="2026-01-31", max_length=10)
                self.worded = gr.Checkbox(
                    True, elem_id="worded", container=False, visible=service.words is not None, interactive=True
                )
                with gr.Row(elem_id="editing", visible=False) as self.editing:
                    self.editing_hint = still("")
                    self.cancel = gr.Button(first.cancel, size="sm", elem_id="cancel")
                with gr.Row(elem_id="ask"):
                    self.box = gr.Textbox(
                        lines=1, max_lines=6, show_label=False, container=False, autofocus=True, elem_id="question"
                    )
                    self.send = gr.Button(first.send, variant="primary", elem_id="send")
                    self.stop = gr.Button(first.stop, elem_id="stop", visible=False)
        self._language = language
        self._wire()

    @property
    def parts(self) -> list[Any]:
        """The components whose words depend on the interface's language or on the visitor, in ``shown``'s order."""
        return [
            *(
                self.past,
                self.transcript,
                self.panel,
                self.list,
                self.current,
                self.fresh,
                self.find,
                self.box,
                self.send,
            ),
            *(self.stop, self.cancel, self.editing_hint, self.worded, self.filter),
            *self.scope,
        ]

    def shown(self, request: gr.Request, current: str, code: str) -> list[Any]:
        """Values of ``parts`` for a visitor, with a conversation open if it is theirs."""
        strings = strings_for(code)
        turns = self._service.archive.turns(owner(request), current or "")
        return [
            *self._told(request, strings, current if turns else "", turns, ""),
            strings.new_conversation,
            gr.update(label=strings.search_conversations, placeholder=strings.search_conversations, value=""),
            gr.update(label=strings.question_label, placeholder=strings.placeholder),
            strings.send,
            strings.stop,
            strings.cancel,
            f'<p class="hint" dir="{strings.direction}">{strings.editing}</p>',
            gr.update(label=strings.let_model_word),
            gr.update(label=strings.filter),
            *self.choices(strings.locale),
        ]

    @property
    def scope(self) -> list[Any]:
        """The components that choose which documents are asked."""
        return [self.documents, self.languages, self.since, self.until]

    def choices(self, code: str) -> list[Any]:
        """Values of ``scope``, with what the index of the moment offers."""
        return scope.choices(self._service.engine().documents(), strings_for(code))

    def _told(
        self, request: gr.Request, strings: Strings, current: str, turns: Sequence[Turn], search: str
    ) -> list[Any]:
        """Values of past turns, transcript, sources, list and current conversation."""
        suggestions = () if turns else self._service.suggestions(strings.code)
        return [
            render.past(turns[:-1], strings, current),
            render.conversation(turns[-1:], strings, suggestions, current),
            sources.sources(turns, strings),
            self._listed(owner(request), strings, current, search),
            current,
        ]

    def _listed(self, mine: str, strings: Strings, current: str, search: str) -> str:
        found = self._service.archive.conversations(mine, search or "")
        return talks(found, current, bool((search or "").strip()), strings)

    def _wire(self) -> None:
        told = [self.past, self.transcript, self.panel, self.list, self.current]
        typed = [self.replacing, self.box, self.send, self.stop, self.editing]
        asking = gr.on(
            [self.box.submit, self.send.click, self.transcript.click, self.past.click],
            self._act,
            [self.box, self.current, self.replacing, self._language, self.find, self.worded, *self.scope],
            [*told, *typed],
            concurrency_limit=AT_ONCE,
            **QUIET,
        )
        # Gradio makes what an accordion holds when it is opened, and may lose what it was told before.
        self.filter.expand(self.choices, [self._language], self.scope, **QUIET)
        place = [self.current, self._language, self.find]
        # An answer that is still arriving would bring the old conversation back.
        self.stop.click(self._stop, place, [*told, *typed], cancels=[asking], **QUIET)
        self.fresh.click(self._begin, place, [*told, *typed], cancels=[asking], **QUIET)
        self.cancel.click(
            lambda: ["", "", gr.update(visible=False)], None, [self.replacing, self.box, self.editing], **QUIET
        )
        self.list.click(self._choose, place, [*told, *typed, self.parcel], cancels=[asking], **QUIET).then(
            None, [self.parcel], js="sanadSave", **QUIET
        )
        self.find.change(self._search, place, [self.list], **QUIET)

    def _act(
        self,
        event: gr.EventData,
        request: gr.Request,
        question: str,
        current: str,
        replacing: str,
        code: str,
        search: str,
        worded: bool,
        *chosen: Any,  # noqa: ANN401 - values of the components of ``scope``
    ) -> Iterator[list[Any]]:
        """Ask what stands in the box, or do what a button of the transcript says."""
        act, text, name = acted(event)
        turns = self._service.archive.turns(owner(request), current) if act else ()
        if act == "edit" and turns:
            last = turns[-1]
            yield [*[gr.skip()] * 5, str(last.number), last.question, *composer.idle(), gr.update(visible=True)]
        elif act == "switch" and name.isdecimal():
            self._service.archive.switch(owner(request), current, int(name))
            turns = self._service.archive.turns(owner(request), current)
            yield [*self._told(request, strings_for(code), current, turns, search), *[gr.skip()] * 5]
        elif act in ("", "suggest") or (act == "retry" and turns):
            if act == "retry":
                text, replacing = turns[-1].question, str(turns[-1].number)
            text = text or question or ""
            if not text.strip():
                yield [gr.skip()] * 10
                return
            strings = strings_for(code)
            within, refusal = scope.within(chosen, self._service.engine().documents(), strings)
            refusal = refusal or unaskable(text, strings)
            if not refusal and not self._service.allowance.take(request.client.host if request.client else ""):
                refusal = strings.too_many
            if refusal:
                before = self._service.archive.turns(owner(request), current)[-1:]
                yield self._refused(text, refusal, strings, current if before else "", before)
                return
            number = int(replacing) if (replacing or "").isdecimal() else None
            asked = Asked(owner(request), current or "", text, number, within, worded=bool(worded))
            try:
                yield from self._until_left(request, self._grown(asked, strings, search, gr.skip() if act else ""))
            except ArchiveError as error:
                yield self._refused(text, strings.told(str(error)), strings, current)
        else:
            yield [gr.skip()] * 10

    def _refused(self, text: str, why: str, strings: Strings, current: str, before: Sequence[Turn] = ()) -> list[Any]:
        """Show, below the turn before, why something was not asked; it stands in the box, to be mended."""
        shown = render.conversation([*before, Turn(0, text, error=why)], strings, (), current)
        return [gr.skip(), shown, *[gr.skip()] * 2, current, gr.skip(), text, *composer.idle(), gr.skip()]

    def _until_left(
        self, request: gr.Request, steps: Iterator[tuple[tuple[str, int], list[Any]]]
    ) -> Iterator[list[Any]]:
        """What ``_grown`` gives, as long as the tab waits for it."""
        tab, here = request.session_hash or "", ("", 0)
        try:
            for step, (here, values) in enumerate(steps):
                if step and self._asking.get(tab) != here:
                    yield [gr.skip()] * 10  # once it is over Gradio shows the last of these again
                    return
                self._asking[tab] = here
                yield values
        finally:
            if self._asking.get(tab) == here:
                del self._asking[tab]

    def _grown(
        self,
        asked: Asked,
        strings: Strings,
        search: str,
        box: Any,  # noqa: ANN401 - a value of Gradio's
    ) -> Iterator[tuple[tuple[str, int], list[Any]]]:
        """The conversation and the turn, and what the page shows of it as it grows; ``box`` is the question box's."""
        cited = ""
        for step, (name, (*earlier, turn)) in enumerate(replies(self._service, asked)):
            here = name, turn.number
            if step > 1:
                time.sleep(PACE_S)
            # The turn before stays beside this one until it is whole: what stands above, however much, waits.
            before = earlier[-1:] if asked.replacing is None else []
            shown = render.conversation([*before, turn], strings, (), name)
            panel = gr.skip()
            if turn.worded and turn.shown is not None:
                # What is still being worded may take its time: its sources come with it.
                cited = cited or sources.past(earlier, strings)
                panel = sources.sources([turn], strings, cited)
            if step:
                yield here, [gr.skip(), shown, panel, *[gr.skip()] * 7]
                continue
            past = gr.skip() if before else render.past(earlier, strings, name)
            listed = self._listed(asked.owner, strings, name, search)
            # What is typed while the answer arrives is the next question.
            yield here, [past, shown, panel, listed, name, "", box, *composer.busy(), gr.update(visible=False)]
        if turn.pending or turn.shown is not None:  # it was stopped meanwhile, and shown so
            yield here, [*[gr.skip()] * 7, *composer.idle(), gr.skip()]
        else:
            panel = sources.sources([*earlier, turn], strings)
            past, shown = render.past(earlier, strings, name), render.conversation([turn], strings, (), name)
            yield here, [past, shown, panel, gr.skip(), name, "", gr.skip(), *composer.idle(), gr.skip()]

    def _leave(self, request: gr.Request, current: str) -> None:
        """Let nothing more come of what a tab asked, though it may not have heard yet in which conversation."""
        conversation, _ = self._asking.pop(request.session_hash or "", (current, 0))
        self._service.archive.stop(owner(request), conversation)

    def _stop(self, request: gr.Request, current: str, code: str, search: str) -> list[Any]:
        """Let nothing more come of what was asked."""
        self._leave(request, current)
        turns = self._service.archive.turns(owner(request), current)
        return [*self._told(request, strings_for(code), current, turns, search), *composer.undisturbed()]

    def _begin(self, request: gr.Request, current: str, code: str, search: str) -> list[Any]:
        """Show a new conversation, which begins with its first question."""
        self._leave(request, current)
        return [*self._told(request, strings_for(code), "", (), search), *composer.fresh()]

    def _choose(self, event: gr.EventData, request: gr.Request, current: str, code: str, search: str) -> list[Any]:
        """Do what a button in the list of conversations says."""
        archive, mine = self._service.archive, owner(request)
        act, text, name = acted(event)
        parcel = ""
        self._leave(request, current)
        if act == "open":
            current = name
        elif act == "rename":
            archive.rename(mine, name, text)
        elif act == "delete":
            archive.delete(mine, name)
        elif act.startswith("save-"):
            parcel = self._parcel(mine, name, act.removeprefix("save-"), strings_for(code))
        turns = archive.turns(mine, current)
        told = self._told(request, strings_for(code), current if turns else "", turns, search)
        return [*told, *(composer.fresh() if act in ("open", "delete") else composer.undisturbed()), parcel]

    def _parcel(self, mine: str, name: str, form: str, strings: Strings) -> str:
        """A conversation as page.js saves it: JSON of the file's name, media type and text."""
        title = next((talk.title for talk in self._service.archive.conversations(mine) if talk.id == name), None)
        if title is None or form not in export.FORMS:
            return ""
        return export.parcel(title, self._service.archive.turns(mine, name), form, strings)

    def _search(self, request: gr.Request, current: str, code: str, search: str) -> str:
        return self._listed(owner(request), strings_for(code), current, search)
