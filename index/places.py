"""Countries, capitals, seas and some regions in a text: الصينيون, Chinese and Китаем are "cn".

They are known in Arabic, English, Russian and Persian, most also in French, German, Spanish and Turkish.

A key is a path: "korea.north" lies in "korea", and a capital lies in its country ("cn.capital" in "cn"), since news
lets it speak for the country. Two places are compatible when one lies in the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import product

from index.lexical import Word, is_arabic, remember_words, words

_CAPITAL = "capital"
# Arabic particles that cling to a word, and endings of the adjectives made from names of countries.
_CLINGING = re.compile(r"(?:[وف]?(?:لل|[بلك])|[وف])(?=\w{3})")
_ARTICLE = re.compile(r"ال(?=\w{3})")
_ADJECTIVE = re.compile(r"(?<=..)(?:يون|يين|يتين|يتان|يات|يان|يه|يا|ي)\Z")
_NAME_END = re.compile(r"(?:يا|يه|ا|ه)\Z")
_RUSSIAN_ENDING = 6
_CYRILLIC = re.compile(r"[а-яіїєґў]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text by ``text[start:end]``."""

    start: int
    end: int
    key: str


def places(text: str) -> tuple[Place, ...]:
    """The places a text names, in order; of names that overlap the longest. An ambiguous name gives several places."""
    found: list[Place] = []
    all_words = words(text)
    at = 0
    while at < len(all_words):
        if not _opens(text, all_words[at]):  # nearly every word: a build looks at all of them
            at += 1
            continue
        keys, length = _longest(text, all_words[at : at + _names().longest])
        found += (Place(all_words[at].start, all_words[at + length - 1].end, key) for key in keys)
        at += max(length, 1)
    return tuple(found)


def compatible(key: str, other: str) -> bool:
    """Whether one of two places lies in the other, or both are the same."""
    return f"{key}.".startswith(f"{other}.") or f"{other}.".startswith(f"{key}.")


def around(key: str) -> tuple[str, ...]:
    """A place and the places it lies in, widest first: "korea", "korea.north"."""
    steps = key.split(".")
    return tuple(".".join(steps[:end]) for end in range(1, len(steps) + 1))


def _longest(text: str, following: Sequence[Word]) -> tuple[tuple[str, ...], int]:
    """Keys and number of words of the longest name that a few words begin with; ((), 0) when they begin with none."""
    names = _names().keys
    readings = [_readings(text, word) for word in following]
    for length in range(len(readings), 0, -1):
        for name in product(*readings[:length]):
            if keys := names.get(name):
                return keys, length
    return (), 0


def _opens(text: str, word: Word) -> bool:
    """Whether a name in the table may begin with a word."""
    return _form_opens(word.form) or (f"^{word.form}" in _names().first and text[word.start : word.end].isupper())


@remember_words
def _form_opens(form: str) -> bool:
    return not _names().first.isdisjoint(_form_readings(form))


def _readings(text: str, word: Word) -> tuple[str, ...]:
    """The forms under which a word may stand in the table."""
    readings = _form_readings(word.form)
    return (f"^{word.form}", *readings) if text[word.start : word.end].isupper() else readings


@remember_words
def _form_readings(form: str) -> tuple[str, ...]:
    if is_arabic(form):
        return tuple(dict.fromkeys(_arabic_readings(form)))
    if _CYRILLIC.match(form):
        return (form, *(f"{form[:end]}*" for end in range(len(form), max(2, len(form) - _RUSSIAN_ENDING - 1), -1)))
    return (form, form.removesuffix("s"))


def _arabic_readings(form: str) -> Iterator[str]:
    bare = [form]
    if clinging := _CLINGING.match(form):
        rest = form[clinging.end() :]
        bare.append(f"ال{rest}" if clinging.group().endswith("لل") else rest)
        if form[0] in "وف":
            bare.append(form[1:])
    for reading in bare:
        yield reading
        if (adjective := _adjective(reading)).endswith("ي"):
            yield adjective


def _adjective(form: str) -> str:
    """All forms of an adjective as its plain one, without the article: الكوريين as كوري."""
    return _ADJECTIVE.sub("ي", _ARTICLE.sub("", form, count=1))


@dataclass(frozen=True, slots=True)
class _Names:
    keys: dict[tuple[str, ...], tuple[str, ...]]
    first: frozenset[str]
    longest: int


@lru_cache(maxsize=1)
def _names() -> _Names:
    table: dict[tuple[str, ...], dict[str, None]] = {}
    varied: dict[tuple[str, ...], dict[str, None]] = {}
    for line in files("index").joinpath("places.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, *cells = line.split("\t")
        for cell, spell in zip(cells, (_latin, _arabic, _russian, _persian, _latin), strict=True):
            for path, part in zip((key, f"{key}.{_CAPITAL}"), cell.split("/"), strict=False):
                for name in filter(None, map(str.strip, part.split(","))):
                    for spelled in spell(name, path != key):
                        table.setdefault(spelled, {})[path] = None
                    for other in _respelled(name):
                        for spelled in spell(other, path != key):
                            varied.setdefault(spelled, {})[path] = None
    # "كيني" is Kenyan, though غينيا may be spelled with that letter.
    keys = {name: tuple(paths) for name, paths in (varied | table).items()}
    return _Names(keys, frozenset(name[0] for name in keys), max(map(len, keys)))


def _forms(name: str) -> tuple[str, ...]:
    return tuple(word.form for word in words(name))


def _latin(name: str, _capital: bool) -> Iterator[tuple[str, ...]]:
    if name.isupper():  # "US" is no pronoun
        yield tuple(f"^{form}" for form in _forms(name))
    else:
        yield _forms(name)


def _russian(name: str, _capital: bool) -> Iterator[tuple[str, ...]]:
    exact = name.endswith("!")
    yield tuple(form if exact else f"{form}*" for form in _forms(name))


def _arabic(name: str, capital: bool) -> Iterator[tuple[str, ...]]:
    """The name; of a country also with what adjectives end in."""
    spelled = _forms(name)
    yield spelled
    if not capital:
        yield tuple(_adjective(form) for form in spelled)
        yield tuple(_NAME_END.sub("", _ARTICLE.sub("", form, count=1)).removesuffix("ي") + "ي" for form in spelled)


def _persian(name: str, capital: bool) -> Iterator[tuple[str, ...]]:
    yield from _arabic(name, capital)
    if not capital and len(_forms(name)) == 1:
        form = _forms(name)[0]
        yield (form + ("اي" if form.endswith("ه") else "يي"),)


def _respelled(name: str) -> Iterator[str]:
    """A name with each foreign g as others write it: غ, ج, ق or ك."""
    for letters in product("غجقك", repeat=name.count("غ")):
        spelled = iter(letters)
        if set(letters) - {"غ"}:
            yield "".join(next(spelled) if letter == "غ" else letter for letter in name)
