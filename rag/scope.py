"""Which documents a question is asked of."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.types import Document


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice of documents; what is empty or None chooses all.

    Attributes:
        documents: Ids, or paths as they are shown.
        languages: ISO 639-1 codes.
        since: Earliest date of publication.
        until: Latest date of publication.
    """

    documents: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    since: dt.date | None = None
    until: dt.date | None = None

    @classmethod
    def read(cls, documents: Sequence[str] | None, languages: Sequence[str] | None, since: str, until: str) -> "Scope":
        """A choice as the page's fields hold it; a date that is none chooses all."""
        return cls(frozenset(documents or ()), frozenset(languages or ()), _date(since), _date(until))

    def within(self, documents: Iterable[Document]) -> frozenset[str] | None:
        """Ids of the documents that fit; None when nothing was chosen, so that all do."""
        if self == ALL:
            return None
        return frozenset(document.id for document in documents if self._fits(document))

    def unknown(self, documents: Iterable[Document]) -> tuple[str, ...]:
        """The ids and paths that are no document's, in order."""
        return tuple(sorted(self.documents.difference(*map(_names, documents))))

    def _fits(self, document: Document) -> bool:
        if self.documents and self.documents.isdisjoint(_names(document)):
            return False
        if self.languages and document.language not in self.languages:
            return False
        if self.since is None and self.until is None:
            return True
        day = document.published
        return day is not None and (self.since or dt.date.min) <= day <= (self.until or dt.date.max)


ALL = Scope()


def _names(document: Document) -> tuple[str, ...]:
    return document.id, document.path, *document.copies


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text).strip()[:10])
    except ValueError:
        return None
