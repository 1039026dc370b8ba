"""Which documents a question is asked of, as chosen on the page."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from index.types import Document
from rag.scope import Scope
from ui.texts import Strings, latin_digits


def choices(documents: Sequence[Document], strings: Strings) -> list[Any]:
    """Values of the components that choose documents, their languages, and the first and last day."""
    languages = sorted({d.language for d in documents} - {"und"})
    return [
        gr.update(label=strings.filter_documents, choices=[(d.title or d.path, d.id) for d in documents]),
        gr.update(label=strings.filter_languages, choices=[(strings.language_name(c), c) for c in languages]),
        gr.update(label=strings.filter_from),
        gr.update(label=strings.filter_to),
    ]


def within(chosen: Sequence[Any], documents: Sequence[Document], strings: Strings) -> tuple[frozenset[str] | None, str]:
    """Ids of the documents that were chosen, None for all; and why nothing can be asked of them, mostly ""."""
    names, languages, *days = chosen
    since, until = (latin_digits(str(day or "").strip()) for day in days)
    scope = Scope.read(names, languages, since, until)
    if (since and not scope.since) or (until and not scope.until):
        return None, strings.filter_date
    ids = scope.within(documents)
    return ids, strings.filter_none if ids is not None and not ids else ""
