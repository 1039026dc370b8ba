"""The library tab: Gradio wiring around ``ui.library`` and ``ui.shelf``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import SanadError
from ui import shelf
from ui.library import Library
from ui.strings import DEFAULT_LANGUAGE, Strings, strings_for
from ui.uploads import UPLOADS
from ui.wiring import QUIET, TICK_S, acted, acting, still


class LibraryTab:
    """The components of the library and what happens to them."""

    def __init__(self, library: Library, language: gr.Textbox) -> None:
        """Lay the components out, inside the page that is being built."""
        self._library = library
        self._language = language
        first = strings_for(DEFAULT_LANGUAGE)
        changeable = library.changeable
        with gr.Row(elem_id="library"):
            with gr.Column(elem_id="library-documents"):
                self.find = gr.Textbox(elem_id="find-documents", container=False, show_label=False, max_length=200)
                self.table = acting("", elem_id="documents")
                self.detail = acting("", elem_id="left-out")
            with gr.Column(elem_id="library-side"):
                self.fixed = still("", elem_id="library-fixed", visible=not changeable)
                self.work = still("", elem_id="work")
                self.refused = still("", elem_id="refused")
                self.cancel = gr.Button(first.cancel, elem_id="cancel-work", visible=False)
                self.files = gr.File(file_count="multiple", elem_id="upload", height=150, visible=changeable)
                self.place = gr.Textbox(elem_id="place", max_length=1000, visible=changeable)
                self.add = gr.Button(first.folder_add, elem_id="add-place", visible=changeable)
                self.places = acting("", elem_id="places")
                self.rebuild = gr.Button(first.rebuild, elem_id="rebuild", visible=changeable)
                self.failures = still("", elem_id="failures")
        self.chosen = gr.State("")
        self.page = gr.State(0)
        self.clock = gr.Timer(TICK_S, active=False)
        self._wire()

    @property
    def parts(self) -> list[Any]:
        """The components in ``shown``'s order."""
        return [
            *(self.work, self.cancel, self.clock, self.refused, self.find),
            *(self.detail, self.fixed, self.files, self.place, self.add, self.rebuild),
        ]

    def shown(self, code: str) -> list[Any]:
        """Values of ``parts``."""
        strings = strings_for(code)
        return [
            *self._progress(strings),
            "",
            gr.update(label=strings.search_documents, placeholder=strings.search_documents),
            "",
            f'<p class="hint" dir="{strings.direction}">{strings.library_fixed}</p>',
            gr.update(label=f"{strings.upload}: {strings.upload_hint}"),
            gr.update(label=strings.folder),
            strings.folder_add,
            strings.rebuild,
        ]

    @property
    def held(self) -> list[Any]:
        """The components in ``looked``'s order."""
        return [self.work, self.cancel, self.clock, self.table, self.places, self.failures]

    @property
    def looking(self) -> list[Any]:
        """The components that ``looked`` takes the values of."""
        return [self._language, self.find, self.page]

    def looked(self, code: str, search: str, page: int) -> list[Any]:
        """Values of ``held``, for who looks at the tab: the stock of a large library takes its time."""
        strings = strings_for(code)
        library = self._library
        here = library.folder / UPLOADS
        uploaded = sum(1 for _ in here.iterdir()) if here.is_dir() else 0
        return [
            *self._progress(strings),
            self._table(strings, search, page),
            shelf.places(library.places(), uploaded, library.changeable, strings),
            shelf.failures(library.failures(), strings),
        ]

    def _table(self, strings: Strings, search: str, page: int) -> str:
        engine = self._library.engine()
        documents, passages, near = engine.documents(), engine.passages(), engine.near_copies
        return shelf.shelf(documents, passages, near, self._library.changeable, strings, search or "", page)

    def _search(self, code: str, search: str) -> list[Any]:
        """The first page of the documents that are searched for, and that it is the first."""
        return [self._table(strings_for(code), search, 0), 0]

    def _progress(self, strings: Strings) -> list[Any]:
        """Values of the progress, the button that cancels and the clock."""
        state = self._library.job.state
        running = state.phase == "running"
        return [
            shelf.progress(state, strings),
            gr.update(value=strings.cancel, visible=running and self._library.changeable),
            gr.Timer(active=running),
        ]

    def _wire(self) -> None:
        progress = [self.work, self.cancel, self.clock]
        came = [*progress, self.refused]
        language = self._language
        library = self._library

        def changing(change: Callable[..., bool]) -> Callable[..., list[Any]]:
            def run(code: str, *given: Any) -> list[Any]:  # noqa: ANN401 - what the event carries
                return self._changed(code, lambda: change(*given))

            return run

        self.files.upload(self._upload, [self.files, language], [*came, self.files], **QUIET)
        gr.on([self.add.click, self.place.submit], changing(library.add), [language, self.place], came, **QUIET)
        self.rebuild.click(changing(library.rebuild), [language], came, **QUIET)
        self.places.click(self._places, [language], came, **QUIET)
        self.find.change(self._search, [language, self.find], [self.table, self.page], **QUIET)
        self.table.click(
            self._row, [language, self.find], [self.table, self.page, self.chosen, self.detail, *came], **QUIET
        )
        self.detail.click(self._span, [language], came, **QUIET)
        self.cancel.click(self._cancel, [language], progress, **QUIET)
        self.clock.tick(self._tick, [self.chosen, *self.looking], [*self.held, self.detail], **QUIET)

    def _changed(self, code: str, change: Callable[[], bool]) -> list[Any]:
        """Do something to the library; the progress of what began, and why nothing did."""
        strings = strings_for(code)
        try:
            change()
        except SanadError as error:
            return [*self._progress(strings), shelf.refused(str(error), strings)]
        *shown, _ = self._progress(strings)
        return [*shown, gr.Timer(active=True), ""]  # once more at least: the work may be over by now

    def _upload(self, files: list[str] | None, code: str) -> list[Any]:
        return [*self._changed(code, lambda: self._library.upload([Path(file) for file in files or ()])), None]

    def _places(self, event: gr.EventData, code: str) -> list[Any]:
        act, text, _ = acted(event)
        return self._changed(code, lambda: act == "remove" and self._library.remove(text))

    def _row(self, event: gr.EventData, code: str, search: str) -> list[Any]:
        """Do what a button of the table says."""
        act, _, name = acted(event)
        strings = strings_for(code)
        if act == "page" and name.isdecimal():
            return [self._table(strings, search, int(name)), int(name), *[gr.skip()] * 6]
        if act == "delete":
            return [*[gr.skip()] * 4, *self._changed(code, lambda: self._library.delete(name))]
        return [gr.skip(), gr.skip(), name, self._detail(name, strings), *[gr.skip()] * 4]

    def _detail(self, chosen: str, strings: Strings) -> str:
        """What was left out of a document; "" when the index does not hold it."""
        engine = self._library.engine()
        found = next((document for document in engine.documents() if document.id == chosen), None)
        return shelf.removed(found, engine.dropped(found.id), self._library.changeable, strings) if found else ""

    def _span(self, event: gr.EventData, code: str) -> list[Any]:
        act, text, name = acted(event)
        span = shelf.read_span(text)
        change = {"restore": self._library.restore, "drop": self._library.drop_again}.get(act)
        return self._changed(code, lambda: bool(change and span and change(name, span)))

    def _cancel(self, code: str) -> list[Any]:
        self._library.cancel()
        return self._progress(strings_for(code))

    def _tick(self, chosen: str, code: str, search: str, page: int) -> list[Any]:
        """The progress; once the work is over, the new stock."""
        strings = strings_for(code)
        if self._library.job.state.phase == "running":
            return [*self._progress(strings), *[gr.skip()] * 4]
        return [*self.looked(code, search, page), self._detail(chosen, strings)]
