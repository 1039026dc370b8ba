"""The page's HTML as a tree, for the tests of what stands where in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def elements(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()

    def find(self, *, tag: str = "", css: str = "", **attributes: str) -> "list[Element]":
        return [
            e
            for e in self.elements()
            if (not tag or e.tag == tag)
            and (not css or css in e.attributes.get("class", "").split())
            and all(e.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, *, tag: str = "", css: str = "", **attributes: str) -> "Element":
        (found,) = self.find(tag=tag, css=css, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.at = Element("root", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.at.tag == "root", f"<{reader.at.tag}> is never closed"
    return reader.at


def skeleton(html: str) -> list[tuple[str, frozenset[str]]]:
    """Every element with the names of its attributes: what text can never change."""
    return [(e.tag, frozenset(e.attributes)) for e in read(html).elements()]
