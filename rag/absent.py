"""What a question asks after and a text does not hold, though it speaks of nearly the same.

Another of the same family name, another who held the talks, another post, another place that was visited: such a text
has all else in common with what is asked.
"""

import re
from collections.abc import Sequence

from index import names, sound
from index.chunk import sentence_text
from index.language import detect
from index.lexical import Word, normalize, words
from index.places import compatible, places
from rag import heard, identity, kinds, saying, select, where, wordlists
from rag.namelike import is_generic
from rag.types import Evidence

# Names of three short words, as in Korean and Chinese, are told by two of these in their places: spellings differ.
_WORDS, _LEAST_ALIKE = 3, 2
_LETTERS, _CONSONANTS = 5, 2
_NAME = re.compile(r"[^\W\d_]+(?:[-‑ ][^\W\d_]+){2,}")
_ARTICLE = "ال"
# Who meets, visits, accuses, thanks is a person or a country, whose name every language spells alike.
_PERSONAL = frozenset(("met", "visited"))
_NOUNS_TOO = "de"
_ASKS_WHO = re.compile(
    r"\W*[وف]?(?:"
    + normalize(
        "(من|مين|кто) (?!(?:هو|هي|كان|كانت|يكون|такой|такая|был|была) )|"
        "(?:(?:من|مين) (?:هو|هي|كان|كانت|يكون)|(?:ما|شو|ايش) (?:هو )?اسم|"
        "who(?: is| was|['’]s)|(?:what is|what was|give|tell me) the name of|кто (?:такой|такая|был|была)|как зовут|"
        "wer (?:ist|war)|wie hei(?:ß|ss)t|qui (?:est|était)|comment s['’]appelle|quién (?:es|era)|cómo se llama) "
    )
    + ")"
)
_MOST_BEFORE_POST = 2
_VISITED = "visited"
# Of 1,190 questions of XQuAD in each of three languages one in English asks of a deed whose paragraph tells of it in
# other words and of its opposite in these; beginning and ending are left out, as three did.
_MOVED = ("sent", "returned")
_OPPOSITES = (_MOVED, ("rose", "fell"), ("admitted", "denied"), ("promised", "refused"))
_YEARS, _NEAR_YEARS = frozenset(range(1900, 2101)), 1


def namesake(question: str, text: str) -> bool:
    """Whether a question asks about somebody, named in three short words, whom a text names in full nowhere.

    News gives a name in full once. "Kim Yo Jong" is not "Kim Jong Un"; two of three words may be spelled otherwise in
    no text that speaks of that person.
    """
    asked = [name for name in _full_names(question) if len(name) == _WORDS and all(map(_is_short, name))]
    return bool(asked) and not any(_named(name, words(text)) for name in asked)


def stranger(question: str, text: str) -> bool:
    """Whether a text lacks, in every spelling, somebody of whom a question says that they met, visited or denied.

    Told by capitals, where a name stands alone.
    """
    found = words(question)
    told = frozenset[str]().union(*(wordlists.concepts(word.form) for word in found))
    if told.isdisjoint(_PERSONAL | wordlists.acts()) or detect(question) == _NOUNS_TOO:
        return False
    named = set(names.unmatched(question, "")).difference(question[p.start : p.end] for p in places(question))
    alone = [word for at, word in enumerate(found) if at and question[word.start : word.end] in named]
    alone = [w for w in alone if question[w.start : w.end].istitle() and not is_generic(w.form)]
    sounds = frozenset[str]().union(*(sound.keys(word.form) for word in words(text))) if alone else frozenset()
    return any(sounds.isdisjoint(sound.keys(w.form)) and not where.holds(text, w.form) for w in alone)


def post(question: str, found: Evidence) -> bool:
    """Whether a question asks who holds a post that no sentence of a passage names in any language."""
    asks = _ASKS_WHO.match(normalize(question))
    if asks is None or identity.asked(question):  # "Who is Pak Son Ho?"
        return False
    rest = [word.form for word in words(normalize(question)[asks.end() :])]
    at = next((at for at, form in enumerate(rest) if wordlists.posts(form)), len(rest))
    if at == len(rest) or at > (0 if asks[1] else _MOST_BEFORE_POST):
        return False  # "who appointed the minister", "which of the ministers" ask for no post
    wanted = frozenset[str]().union(*map(wordlists.posts, rest))
    return not any(wanted <= _posts(sentence_text(found.document, one)) for one in found.passage.sentences)


def _posts(text: str) -> frozenset[str]:
    return frozenset[str]().union(*(wordlists.posts(word.form) for word in words(text)))


def elsewhere(question: str, sentence: str) -> bool:
    """Whether a question asks about a visit to a country or capital, and a sentence names others but not that one."""
    visit = next((word for word in words(question) if _VISITED in wordlists.concepts(word.form)), None)
    if visit is None:
        return False
    goal = next((place.key for place in places(question) if place.start >= visit.end), None)
    held = {place.key for place in places(sentence)}
    return bool(goal and held) and not any(compatible(str(goal), key) for key in held)


def another_year(question: str, found: Evidence, sentence: str) -> bool:
    """Whether a question names years of which nothing around a passage tells, but a sentence or its document of others.

    A document is of the year of its date; "last year" tells of the one before, so that the next ones are let pass.
    """
    asked = _years(question)
    if not asked or asked & _years(found.surroundings):
        return False
    published = found.document.published
    far = published is not None and min(abs(year - published.year) for year in asked) > _NEAR_YEARS
    return far or bool(_years(sentence))


def undone(question: str, sentence: str, passage: str) -> bool:
    """Whether a question asks of a deed, and a sentence tells of its opposite in a passage that does not tell of it.

    That answers whether the deed was done, but not when, why or by whom. How many were sent or came back is told
    apart by what is counted, and "how long did he stay" is answered by his leaving.
    """
    kind = kinds.asked_for(question)
    if kind == "yes/no":
        return False
    asked, told = select.concepts(question), select.concepts(sentence)
    held = select.concepts(passage)
    return any(
        deed in asked and opposite not in asked and opposite in told and deed not in held
        for one, other in _OPPOSITES
        if kind != "number" or (one, other) != _MOVED
        for deed, opposite in ((one, other), (other, one))
    )


def _years(text: str) -> frozenset[int]:
    return frozenset(int(number) for number in names.numbers(text) if number.isdigit()) & _YEARS


def _full_names(question: str) -> list[Sequence[Word]]:
    """The names of three words and more of a question: whom it asks about, and words in a row with capitals."""
    whom = saying.asked(question) or identity.asked(question)
    found = [words(whom)] if whom and not any(word.form.startswith(_ARTICLE) for word in words(whom)) else []
    for match in _NAME.finditer(question):
        row: list[str] = []
        for part in (*match.group().split(), ""):
            if part[:1].isupper():
                row.append(part)
            else:
                found.append(words(" ".join(row)))
                row = []
    return [name for name in found if name]


def _is_short(word: Word) -> bool:
    """Whether a word may be one syllable of a name: few letters, two consonants at most, and no word that is known."""
    known = is_generic(word.form) or wordlists.concepts(word.form) or places(word.form)
    bones = heard.skeletons(word.form)
    return not known and len(word.form) <= _LETTERS and min(map(len, bones), default=0) <= _CONSONANTS


def _named(name: Sequence[Word], held: Sequence[Word]) -> bool:
    """Whether words in a row are, but for one, those of a name in their places."""
    sounds = [_sound(word) for word in name]
    rows = (held[at : at + len(name)] for at in range(len(held) - len(name) + 1))
    return any(
        sum(
            one.form == other.form or not known.isdisjoint(_sound(other))
            for one, known, other in zip(name, sounds, row, strict=True)
        )
        >= _LEAST_ALIKE
        for row in rows
    )


def _sound(word: Word) -> frozenset[str]:
    """The consonants of a word; where it has several, not the readings that leave but one: Jong is not Un."""
    bones = heard.skeletons(word.form)
    return frozenset(bone for bone in bones if len(bone) > 1) or bones
