"""What news counts and what happens to it, in Arabic, English, Russian and others, from ``wordlists.txt``."""

from functools import lru_cache
from importlib.resources import files

from index.lexical import is_arabic, normalize

_FILE = "wordlists.txt"
_PARTICLES = (
    *("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال"),
    *("كال", "لل", "وب", "ول", "ولل", "وبال", "س", "وس"),
)
_ENDINGS = ("", "ا", "هم", "ها", "ه", "هما", "وا", "ون", "ت")
_LEAST = 3
_Names = frozenset[str]


@lru_cache(maxsize=1 << 15)
def things(form: str) -> _Names:
    """Which kinds of countable things a normalised word names."""
    return _look_up("thing", form)


@lru_cache(maxsize=1 << 15)
def events(form: str) -> _Names:
    """Which kinds of events a normalised word tells of; "losses" are killed or wounded."""
    return _look_up("event", form)


@lru_cache(maxsize=1 << 15)
def concepts(form: str) -> _Names:
    """Which things, events and deeds a normalised word names, so that words of several languages can be compared."""
    return things(form) | events(form) | _look_up("deed", form) | _look_up("act", form)


@lru_cache(maxsize=1 << 15)
def kinds(form: str) -> _Names:
    """Which kinds of things and people that go by names a normalised word names."""
    return (things(form) | posts(form) | _look_up("kind", form)) - listed("nameless")


@lru_cache(maxsize=1)
def countable() -> _Names:
    """The names of all kinds of countable things."""
    return frozenset[str]().union(*_tables()["thing"].values())


@lru_cache(maxsize=1)
def acts() -> _Names:
    """The names of deeds that are done in words, as denying, accusing, thanking."""
    return frozenset[str]().union(*_tables()["act"].values())


@lru_cache(maxsize=1 << 15)
def posts(form: str) -> _Names:
    """Which posts and kinships a normalised word names; what a minister is minister of, too."""
    return _look_up("post", form)


@lru_cache(maxsize=1 << 15)
def unit(form: str) -> tuple[str, float] | None:
    """The unit a normalised word names, and how many base units it is."""
    for name in _look_up("unit", form):
        base, factor = name.split()
        return base, float(factor)
    return None


@lru_cache(maxsize=1 << 15)
def stands_in(name: str, form: str) -> str | None:
    """The word of a named list that a normalised word is a form of."""
    words = listed(name)
    return next((spelling for spelling in spellings(form) if spelling in words), None)


@lru_cache(maxsize=64)
def listed(name: str) -> _Names:
    """The words of a named list, normalised."""
    return frozenset(word for word, names in _tables()["words"].items() if name in names)


@lru_cache(maxsize=1 << 15)
def spellings(form: str) -> tuple[str, ...]:
    """What to look a normalised word up as: itself, then without Arabic particles and endings, or its beginnings."""
    if not form:
        return ()
    if is_arabic(form):
        return tuple(
            form[len(particle) : len(form) - len(ending)]
            for particle in _PARTICLES
            for ending in _ENDINGS
            if form.startswith(particle)
            and form.endswith(ending)
            and len(form) - len(particle) - len(ending) >= _LEAST * bool(particle or ending) + bool(particle and ending)
        )
    if "\u0400" <= form[0] <= "\u04ff":
        return tuple(form[:end] for end in range(len(form), 1, -1))
    return (form,)


def _look_up(table: str, form: str) -> _Names:
    known = _tables()[table]
    return next((known[spelling] for spelling in spellings(form) if spelling in known), frozenset())


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, _Names]]:
    """For each table the names of each of its words."""
    tables: dict[str, dict[str, set[str]]] = {}
    for line in files("rag").joinpath(_FILE).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            head, words = line.split(": ", 1)
            table, name = head.split(" ", 1)
            for word in words.split():
                tables.setdefault(table, {}).setdefault(normalize(word), set()).add(name)
    return {table: {word: frozenset(names) for word, names in words.items()} for table, words in tables.items()}
