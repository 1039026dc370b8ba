"""A question spelled as the documents spell it: a missing hamza, a letter of another keyboard, a slip of the finger.

The embedding model reads letters as they stand: "محطه" is two pieces for it and "محطة" one, and a word with a slip in
it is nothing that it knows.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Self

import numpy as np
from rapidfuzz.distance import OSA

from index.chunk import passage_text
from index.contents import Contents
from index.lexical import is_arabic, normalize, words
from index.months import MONTHS
from rag import foreign

# One-edit neighbours of shorter words are mostly other words.
_SHORTEST = 5
# In Arabic script nearly every word has a neighbour that is another word; foreign names, likely as these, have few.
_NAME = 0.5
_MONTHS = frozenset(normalize(name) for name in MONTHS)
_PASSAGES = 500  # from which a collection's spellings are learned: counting the words of more would be felt


class Spelling:
    """The words of some texts in one language, in their spellings."""

    def __init__(self, texts: Iterable[str], is_word: Callable[[str], bool]) -> None:
        """Count spellings.

        Args:
            texts: In one language.
            is_word: Whether a word is no slip though the texts do not hold it.
        """
        found: dict[str, Counter[str]] = {}
        for text in texts:
            for word in words(text):
                found.setdefault(word.form, Counter())[text[word.start : word.end]] += 1
        # Sorted, so that the order of the texts does not matter where two are equally common.
        self._spellings = {form: dict(sorted(counter.items())) for form, counter in sorted(found.items())}
        self._by_letter: dict[str, list[str]] = {}
        for form in self._spellings:
            self._by_letter.setdefault(form[0], []).append(form)
        self._is_word = is_word

    @classmethod
    def of(cls, contents: Contents, language: str, is_word: Callable[[str], bool]) -> Self:
        """The spellings of a collection's documents in one language, ISO 639-1; of many passages an even sample."""
        rows = contents.by_language().get(language, np.empty(0, np.int64))
        sample = (contents.passages[int(row)] for row in rows[:: -(-len(rows) // _PASSAGES) or 1])
        return cls((passage_text(contents.document(passage.document_id), passage) for passage in sample), is_word)

    def respelled(self, question: str) -> str:
        """The question with each word as the texts spell it most often.

        A word of five letters or more that the texts do not hold, and that is none otherwise, is taken for a slip of
        one that they hold: two neighbouring letters in turned order or, in Arabic script only of names, one letter left
        out, added or changed; never the first. All other words stay.
        """
        parts: list[str] = []
        at = 0
        for word in words(question):
            if word.start >= at:  # those of text without spaces overlap
                parts += (question[at : word.start], self._spelled(question[word.start : word.end], word.form))
                at = word.end
        return "".join((*parts, question[at:]))

    def _spelled(self, written: str, form: str) -> str:
        meant = form if form in self._spellings else self._meant(written, form)
        if meant is None or any(_bare(written) == _bare(spelling) for spelling in self._spellings[meant]):
            return written
        return max(self._spellings[meant], key=self._spellings[meant].__getitem__)

    def _meant(self, written: str, form: str) -> str | None:
        """The most common word of which a word is a slip."""
        if len(form) < _SHORTEST or not form.isalpha() or self._is_word(written):
            return None
        near = [other for other in self._by_letter.get(form[0], ()) if _is_slip(form, other)]
        return max(near, key=lambda other: sum(self._spellings[other].values()), default=None)


def _is_slip(form: str, other: str) -> bool:
    if OSA.distance(form, other, score_cutoff=1) != 1:
        return False
    if sorted(form) == sorted(other) or other in _MONTHS or not is_arabic(form):
        return True
    return min(foreign.likeness(form), foreign.likeness(other)) >= _NAME


def _bare(word: str) -> str:
    """A word without case and vowel signs: a difference in these is none."""
    return "".join(c for c in word.casefold() if c.isalnum())
