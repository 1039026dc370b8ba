"""What a style says about whether an element is seen."""

import pytest

from index.hidden import is_hidden
from index.hypertext import read

HIDDEN = (
    "display:none",
    "DISPLAY : none !important",
    "visibility:hidden",
    "visibility: collapse",
    "opacity:0",
    "opacity: .01; color: red",
    "opacity:0%",
    "font-size:0",
    "font-size: 0.5px",
    "font: 0/0 a",
    "position:absolute;left:-9999px",
    "position: fixed; top: -100em",
    "position:absolute;inset:-9999px auto auto 0",
    "text-indent:-5000px",
    "margin-left: -2000px",
    "transform:scale(0)",
    "transform: translateX(-9999px)",
    "position:absolute;clip:rect(0,0,0,0)",
    "clip: rect(1px, 1px, 1px, 1px)",
    "clip-path:inset(50%)",
    "clip-path: circle(0)",
    "width:1px;height:1px;overflow:hidden",
    "max-height:0;overflow:hidden",
    "color:#fff;background:#ffffff",
    "color: white; background-color: rgb(255, 255, 255)",
    "background: #000 url(x.png); color: black",
    "color:transparent",
    "color:rgba(0,0,0,0)",
    "-webkit-text-fill-color: transparent",
    "op/* x */acity:0",
    "opacity:1;opacity:0",
)
SHOWN = (
    "",
    "display:block",
    "opacity:1",
    "opacity:0.5",
    "opacity:50%",
    "font-size:12px",
    "font-size:1em",
    "font: italic 12px/30px serif",
    "left:-9999px",  # without a position it moves nothing
    "position:absolute;left:-20px",
    "text-indent:-2em",
    "transform:scale(0.5)",
    "transform: translateX(-50%)",
    "clip:rect(0,100px,200px,0)",
    "clip-path:inset(10%)",
    "width:0;overflow:visible",
    "width:100%;overflow:hidden",
    "color:#fff;background:#000",
    "color:white",
    "color:rgba(0,0,0,0.9)",
    "margin:0 -9999px;padding:0 9999px",  # a coloured band as wide as the page
    "opacity:0;opacity:1",
    "no declaration",
)


@pytest.mark.parametrize("style", HIDDEN)
def test_what_is_not_seen(style: str) -> None:
    assert is_hidden({"style": style})


@pytest.mark.parametrize("style", SHOWN)
def test_what_is_seen(style: str) -> None:
    assert not is_hidden({"style": style})


def test_hidden_text_is_no_part_of_a_page() -> None:
    page = '<body style="opacity:0"><p>One <span style="opacity:0;font-size:0">two</span> three</p><p>four</body>'
    assert [page[block.start : block.end] for block in read(page)[0]] == ["One", "three", "four"]


def test_a_hostile_style_is_read_in_one_go() -> None:
    # What backtracks would run into the suite's timeout.
    for unit in ("translate", "translate(-9", "rect(0 ", "color:rgba(,", "a", "/*", ";:", "clip:rect(0 \t"):
        assert not is_hidden({"style": unit * 200_000})
