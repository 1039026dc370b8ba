"""The page's layout in a real browser: both directions, every width, both themes, and who cannot see it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open, Scripted, serve
from scripted import LENGTH, PAINTER

from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from rag.live import LiveEngine
from ui import web
from ui.library import Library
from ui.measure import Evaluation
from ui.strings import ENGLISH, TEXTS


@pytest.fixture(scope="module")
def address(
    script: Scripted, sample_index: Path, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A page with all its tabs: it answers from the script, and its library is that of the sample documents."""
    settings = Settings.from_environment()
    live = LiveEngine(sample_index, Generation.open(sample_index), embedder)
    library = Library(sample_index, live, settings.index, settings.cache)
    kept = tmp_path_factory.mktemp("kept") / "conversations.db"
    evaluation = Evaluation(settings, kept.parent)
    with serve(lambda: script, kept, [LENGTH], library=library, evaluation=evaluation) as url:
        yield url


def test_the_layout_follows_the_interface_language(visit: Open, address: str) -> None:
    opened = visit(address)
    opened.ask(LENGTH)
    page = opened.page

    fonts = page.evaluate("[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family)")
    assert set(fonts) == {web.FONT}  # which comes with Sanad
    conversation, panel = opened.box("#conversation"), opened.box("#sources")
    assert panel["x"] + panel["width"] <= conversation["x"] + 1
    assert opened.box("#send")["x"] < opened.box("#question")["x"]
    asked, log = opened.box("#conversation .question"), opened.box("#conversation .log")
    assert asked["x"] + asked["width"] == pytest.approx(log["x"] + log["width"], abs=2)

    page.locator("#language label", has_text=ENGLISH.name).click()
    page.wait_for_function("document.documentElement.dir === 'ltr'")
    page.locator("#sources h2", has_text=ENGLISH.sources).wait_for()
    conversation, panel = opened.box("#conversation"), opened.box("#sources")
    assert conversation["x"] + conversation["width"] <= panel["x"] + 1
    assert opened.box("#question")["x"] < opened.box("#send")["x"]
    # The interface turned around, the Arabic conversation reads as before.
    assert page.locator("#conversation .question").inner_text() == LENGTH
    sentence = page.locator("#conversation .sentence").first
    assert sentence.evaluate("s => getComputedStyle(s).direction") == "rtl"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_page_opens_in_the_browsers_language(visit: Open, address: str) -> None:
    opened = visit(address, locale="en-GB")
    opened.page.get_by_role("heading", name=ENGLISH.welcome).wait_for()
    conversation, panel = opened.box("#conversation"), opened.box("#sources")
    assert conversation["x"] + conversation["width"] <= panel["x"] + 1


@pytest.mark.parametrize("locale", TEXTS)
def test_axe_finds_nothing_serious_in_either_theme(visit: Open, address: str, locale: str) -> None:
    strings = TEXTS[locale]
    opened = visit(address, locale=locale)
    page = opened.page

    def check(what: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(f"document.body.classList.contains('dark') === {str(scheme == 'dark').lower()}")
            assert opened.barriers() == [], (what, scheme)
        assert opened.narrow() == [], what

    page.locator("button.example").wait_for()
    check("welcome")
    opened.ask(LENGTH)
    page.locator("#conversation .cite").first.click()
    page.locator(".talk summary").click()
    opened.ask(PAINTER)
    page.locator("#scope > button").click()
    page.locator("#scope-documents input").wait_for()
    check("conversation")
    page.get_by_role("tab", name=strings.tab_library).click()
    page.locator("#documents [data-act=show]").first.click()
    page.locator("#left-out .left-out").wait_for()
    check("library")


@pytest.mark.parametrize("locale", TEXTS)
def test_every_width_has_its_layout(visit: Open, address: str, locale: str) -> None:
    strings = TEXTS[locale]
    opened = visit(address, locale=locale, width=360)
    page = opened.page
    opened.ask(LENGTH)
    for tab, ready, whole in (
        (strings.tab_chat, "#conversation .facts", "#conversation"),
        (strings.tab_library, "#documents tbody tr", "#library-documents"),
        (strings.tab_evaluation, "#evaluate", "#evaluation"),
    ):
        page.get_by_role("tab", name=tab).click()
        page.locator(ready).first.wait_for()
        for width in (360, 390, 768, 959, 960, 1280, 1920, 2560):
            page.set_viewport_size({"width": width, "height": 800})
            assert opened.overflow() <= 0, (tab, width)
            assert opened.box(whole)["width"] <= width, (tab, width)  # what is cut off does not overflow
            if tab != strings.tab_chat:
                continue
            conversation, panel, composer = map(opened.box, ("#conversation", "#sources", "#composer"))
            assert composer["y"] + composer["height"] <= 801, width  # the question box is in sight
            beside = abs(conversation["y"] - panel["y"]) <= 1
            assert beside == (width >= 960), width
            for part in ("#language", "#question", "#send", "#sources .card >> nth=0"):
                box = opened.box(part)
                assert box["x"] >= 0, (part, width)
                assert box["x"] + box["width"] <= width, (part, width)


def test_beside_each_other_only_the_columns_scroll(visit: Open, address: str) -> None:
    opened = visit(address)
    page = opened.page
    page.set_viewport_size({"width": 1280, "height": 420})
    for _ in range(2):
        opened.ask(LENGTH)
    room, turn = opened.box("#conversation"), opened.box("#conversation .turn >> nth=-1")
    assert abs(turn["y"] - room["y"]) < 60  # what was asked last stands at the top, whole or as far as it fits
    page.locator("#conversation .cite").last.click()
    page.locator(".card.lit").wait_for()
    below = "part => { const e = document.querySelector(part); return e.scrollHeight - e.clientHeight; }"
    assert page.evaluate(below, "#sources") > 0
    assert page.evaluate(below, ".gradio-container") <= 0
    composer = opened.box("#composer")
    assert composer["y"] >= 0
    assert composer["y"] + composer["height"] <= 421


# Puts the keyboard before everything.
BEGIN = """() => {
  window.reached = new Set();
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
# Where the keyboard stands: null for nowhere, "" where that shows, else what does not show it.
STOP = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  window.reached.add(at);
  const rings = [at, at.closest("label")].filter(Boolean).map((part) => getComputedStyle(part));
  return rings.some((ring) => ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2) ? "" : at.outerHTML;
}"""
# What can be pressed or written in and was not reached; of radios the one that is chosen stands for all.
MISSED = """() => [...document.querySelectorAll("a, button, summary, textarea, input:not([type=file], [type=radio])")]
  .filter((part) => part.checkVisibility() && part.tabIndex >= 0 && !part.disabled && !window.reached.has(part))
  .map((part) => part.outerHTML.slice(0, 150))"""


def test_everything_is_reached_by_keyboard_and_shows_where_one_is(visit: Open, address: str) -> None:
    opened = visit(address, locale="en")
    page = opened.page
    opened.ask(LENGTH)
    for tab, ready in (
        (ENGLISH.tab_chat, "#conversation .facts"),
        (ENGLISH.tab_library, "#documents tbody tr"),
        (ENGLISH.tab_evaluation, "#evaluate"),
    ):
        page.get_by_role("tab", name=tab).press("Enter")
        page.locator(ready).first.wait_for()
        page.evaluate(BEGIN)
        for _ in range(300):
            page.keyboard.press("Tab")
            if (unseen := page.evaluate(STOP)) is None:
                break
            assert not unseen, tab
        assert page.evaluate(MISSED) == [], tab


def test_who_wants_no_motion_sees_none(visit: Open, address: str) -> None:
    opened = visit(address)  # which asks for reduced motion
    opened.ask(LENGTH)
    moving = opened.page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length")
    assert moving == 0
    animated = ".sentence, .searching, .card"
    for style in ("animationName", "transitionDuration"):
        found = opened.page.locator(animated).evaluate_all(f"all => all.map((one) => getComputedStyle(one).{style})")
        assert set(found) <= {"none", "0s"}
