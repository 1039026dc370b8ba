"""The report as a page: what stands in it, and what a browser makes of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.cases import ABSTENTION, Case, Quoted, Said, abstention_scores
from eval.page import Wording, to_html, write_html
from eval.report import Report
from eval.statistics import Difference
from eval.summary import Baseline, baseline, rates, summarize

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ATTACK = "</script></title><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"'&lt;"
QUOTE = "افتتح العمدة الجسر القديم عام 1932."


def case(name: str, kind: str = "fact", language: str = "ar", facts: float | None = 1.0, **others: object) -> Case:
    answerable, abstained = bool(others.pop("answerable", True)), bool(others.pop("abstained", False))
    scores = {} if facts is None else {"key_facts": (facts, 1.0)}
    made = Case(
        id=name,
        question=f"متى افتتح الجسر {name}؟",
        cluster=name,
        answerable=answerable,
        gold=(),
        expected=("1932",),
        rank=1,
        scores={**scores, **abstention_scores(answerable=answerable, abstained=abstained)},
        answer="جواب",
        abstained=abstained,
        confidence=0.5,
        ms=20.0,
        said=() if abstained else (Said(QUOTE, True, (Quoted("bridge.txt", "قبل. ", QUOTE, " بعد.", True),)),),
        quotes=(QUOTE,),
        kind=kind,
        language=language,
    )
    return replace(made, **others)  # type: ignore[arg-type]


CASES = (
    case("a"),
    case("b", facts=0.5),
    case("c", "list", "en", facts=0.0, question="When was the bridge opened?"),
    case("d", abstained=True, facts=0.0),
    case("e", "unanswerable", answerable=False, facts=None, abstained=True, confidence=0.1),
    case(
        ATTACK,
        ATTACK,
        ATTACK,
        answerable=False,
        facts=None,
        question=ATTACK,
        answer=ATTACK,
        expected=(ATTACK,),
        quotes=(ATTACK,),
        said=(Said(ATTACK, False, (Quoted(ATTACK, ATTACK, ATTACK, ATTACK, False),)),),
    ),
)
GROUPS = {f"kind {c.kind}": rates([c], ("key_facts", *ABSTENTION)) for c in CASES}
REPORT = Report(
    title=f"A run {ATTACK}",
    measures=summarize(CASES, ("key_facts",)),
    cases=CASES,
    settings={"model": {"name": ATTACK}},
    counts={"questions": 6},
    groups=GROUPS,
    baselines=(baseline(ATTACK, CASES, CASES, ("key_facts", "error_rate")),),
    conditions=(baseline("misspelt", CASES[:2], CASES[1:3], ("key_facts",)),),
)


def test_verdicts():
    verdicts = [c.verdict for c in CASES]
    assert verdicts == ["right", "partly right", "wrong", "refused", "rightly silent", "made up"]
    assert [c.cause for c in CASES] == [
        "",
        "some of the facts left out",
        "wrong: the gold passage came first",
        "refused: a gold passage among the evidence",
        "",
        "answered what the documents do not say",
    ]
    assert replace(CASES[2], rank=4).cause == "wrong: the gold passage came later"
    assert replace(CASES[2], rank=None).cause == "wrong: no gold passage among the evidence"
    assert replace(CASES[3], rank=None).cause == "refused: no gold passage among the evidence"
    unjudged = replace(CASES[0], scores={})
    found = replace(CASES[0], answer="", rank=3)
    assert [c.verdict for c in (unjudged, found, replace(found, rank=1), replace(found, rank=None))] == [
        "answered",
        "found",
        "found first",
        "not found",
    ]


def test_nothing_hostile_stands_in_the_page_as_markup():
    page = to_html(REPORT)
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_report_of_retrieval_alone_has_a_page():
    bare = Case("a", "أين؟", "a", True, ("a",), (), 2, {"recall@1": (0.0, 1.0)})
    page = to_html(Report("Retrieval", rates([bare], ("recall@1",)), (bare,), {}, {"questions": 1}))
    assert 'data-verdict="found"' in page


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "report.html"
    write_html(REPORT, file)
    return file


@pytest.fixture
def opened(browser: "Browser", file: Path) -> "Iterator[Page]":
    """The page on a phone; fails on any error, such as what its content security policy refuses, and any request."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())
    yield page
    assert complaints == []
    assert requests == [file.as_uri()]
    assert page.evaluate("window.hacked") is None
    context.close()


def test_the_cases_are_filtered(opened: "Page"):
    assert opened.locator(".case:visible").count() == len(CASES)
    opened.select_option("#by-verdict", "wrong")
    assert opened.locator(".case:visible .asked").all_inner_texts() == ["When was the bridge opened?"]
    assert opened.locator("#shown").inner_text() == "1"
    opened.select_option("#by-language", "ar")
    assert opened.locator("#shown").inner_text() == "0"
    opened.select_option("#by-verdict", "")
    opened.fill("#by-text", "متى افتتح الجسر b")
    assert opened.locator(".case:visible .id").count() in (0, 1)  # ids are hidden on a phone
    assert opened.locator("#shown").inner_text() == "1"
    opened.fill("#by-text", "")
    opened.select_option("#by-language", ATTACK)
    assert opened.locator("#shown").inner_text() == "1"


def test_a_case_shows_its_citation_in_its_surroundings_right_to_left(opened: "Page"):
    first = opened.locator(".case").first
    first.locator("summary").click()
    assert first.locator("mark").inner_text() == QUOTE
    assert first.locator("blockquote").inner_text() == f"قبل. {QUOTE} بعد."
    assert first.locator("blockquote").evaluate("e => getComputedStyle(e).direction") == "rtl"
    english = opened.locator(".case").nth(2).locator(".asked")
    assert english.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_plots_are_drawn_and_nothing_scrolls_sideways(opened: "Page"):
    assert opened.locator(".plot svg").count() == 6
    width = opened.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
    assert width <= 390


COLOUR = "element => getComputedStyle(element).backgroundColor"


def test_light_and_dark(opened: "Page"):
    colours = []
    for scheme in ("light", "dark"):
        opened.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        colours.append([opened.locator(e).first.evaluate(COLOUR) for e in ("body", "section")])
    assert colours == [["rgb(246, 245, 241)", "rgb(255, 255, 255)"], ["rgb(18, 24, 27)", "rgb(26, 34, 38)"]]


def test_baselines_have_a_verdict_and_conditions_their_change(opened: "Page"):
    assert opened.locator("#baselines .verdict").all_text_contents() == ["no difference seen"]
    row = opened.locator("#robustness tbody tr")
    assert row.locator("th").inner_text() == "misspelt"
    assert row.locator("td").first.inner_text() == "2"
    assert opened.locator("#causes tr").count() == 4
    assert "-0.500" in row.locator(".gap").inner_text()  # facts of 1 and 0.5 became 0.5 and 0


def test_a_page_in_another_language_names_what_it_knows_and_keeps_the_rest():
    wording = Wording("ar", "rtl", {"Summary": "الخلاصة", "wrong": "خطأ", "worse": "أسوأ"}, {"en": "الإنكليزية"})
    page = to_html(REPORT, wording)
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h2>الخلاصة</h2>" in page
    assert "<h2>Baselines</h2>" in page
    assert 'data-verdict="wrong"' in page  # what the script filters by
    assert '<span class="badge wrong">خطأ</span>' in page
    assert '<option value="en">الإنكليزية (1)</option>' in page
    assert (wording.group("pair en-ar"), wording.group("kind fact")) == ("الإنكليزية-ar", "fact")
    gaps = {"key_facts": Difference(-0.1, -0.2, 0.0, 0.01, 9), "recall@1": Difference(0.1, 0.0, 0.2, 0.01, 9)}
    assert wording.verdict(Baseline("b", {}, gaps, ())) == "not better (أسوأ: key facts · better: recall@1)"
    assert wording.verdict(Baseline("b", {}, {"key_facts": gaps["key_facts"]}, ())) == "أسوأ: key facts"
    assert wording.verdict(Baseline("b", {}, {}, ())) == "no difference seen"
