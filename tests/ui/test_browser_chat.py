"""A conversation in a real browser: asked, stopped, edited, kept, found again, taken away."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import WAIT_MS, Open, Scripted, Slow, serve
from scripted import CROWD, LENGTH

from ui import chat
from ui.frontend import opening
from ui.strings import ARABIC, ENGLISH

SAYS = "[data-testid=toast-text]"
"""Where Gradio says what it has to say itself."""


def test_an_example_is_asked_by_a_click_and_offers_end(visit: Open, address: str) -> None:
    page = visit(address).page
    page.locator("button.example", has_text=LENGTH).click()
    page.locator("#conversation .cite").first.wait_for()
    page.locator("button.example").wait_for(state="hidden")


def test_an_answer_is_said_to_who_cannot_see_it_once_it_is_whole(visit: Open, address: str, script: Scripted) -> None:
    opened = visit(address)
    opened.ask(LENGTH)
    said = " ".join(sentence.text for sentence in script.script[LENGTH].sentences)
    opened.page.locator("#announced[role=status]", has_text=said).wait_for(state="attached")


def test_what_is_no_question_is_refused_in_the_interfaces_language_and_stays(visit: Open, address: str) -> None:
    page = visit(address, locale="en").page
    page.locator("#question textarea").fill("؟؟")
    page.locator("#question textarea").press("Enter")
    page.locator(".notice.error").wait_for()
    assert page.locator("#conversation .turn").count() == 1
    assert page.locator(".notice.error p").inner_text() == ENGLISH.unaskable.format("4,000")
    assert page.locator("#question textarea").input_value() == "؟؟"
    assert page.locator(".talk").count() == 0
    page.route("**/queue/join?*", lambda route: route.fulfill(status=503, json={"detail": "Queue is full."}))
    page.locator("#question textarea").fill(CROWD)
    page.locator("#question textarea").press("Enter")
    page.locator(SAYS, has_text=ENGLISH.busy).wait_for()
    assert page.locator("#question textarea").input_value() == CROWD


def test_a_question_can_be_stopped_asked_again_and_edited(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    slow = Slow(engine)
    with serve(lambda: slow, tmp_path / "kept.db") as address:
        opened = visit(address, locale="en")
        page = opened.page
        page.locator("#question textarea").fill(CROWD)
        page.locator("#send").click()
        assert slow.asked.wait(WAIT_MS / 1000)
        page.locator("#send").wait_for(state="hidden")
        page.locator("#question textarea").fill("What comes next?")
        page.locator("#stop").click()
        page.locator("#conversation").get_by_text(ENGLISH.stopped).wait_for()
        page.locator("#stop").wait_for(state="hidden")
        slow.go_on.set()
        page.wait_for_timeout(1000)  # the answer has had the time to come back
        assert page.locator("#conversation .cite").count() == 0
        page.get_by_role("button", name=ENGLISH.retry).press("Enter")
        page.locator("#conversation .facts").wait_for()
        page.get_by_role("button", name=ENGLISH.retry).wait_for()
        assert page.locator("#turn-1").evaluate("turn => turn === document.activeElement")
        assert page.locator("#question textarea").input_value() == "What comes next?"
        page.get_by_role("button", name=ENGLISH.edit).click()
        page.get_by_text(ENGLISH.editing).wait_for()
        assert page.locator("#question textarea").evaluate("box => box === document.activeElement")
        assert page.locator("#question textarea").input_value() == CROWD
        page.locator("#question textarea").fill("Who painted the bridge?")
        page.locator("#question textarea").press("Enter")
        page.locator(".notice.abstained").wait_for()
        assert page.locator("#conversation .question").all_inner_texts() == ["Who painted the bridge?"]
        page.get_by_text(ENGLISH.editing).wait_for(state="hidden")
        page.locator(".why summary").click()
        page.get_by_text("painted", exact=True).wait_for()
        assert opened.complaints == []


def test_an_answer_arrives_by_sentences_and_what_is_typed_meanwhile_stays(
    visit: Open, engine: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "PACE_S", 1.0)
    slow = Slow(engine)
    with serve(lambda: slow, tmp_path / "kept.db") as address:
        page = visit(address).page
        page.locator("#question textarea").fill(LENGTH)
        page.locator("#question textarea").press("Enter")
        page.locator("#stop").wait_for()
        assert page.locator("#question textarea").input_value() == ""
        page.locator("#question textarea").fill(CROWD)
        slow.go_on.set()
        for many in (1, 2):
            page.wait_for_function(f"document.querySelectorAll('#conversation .said').length === {many}")
            assert page.locator("#conversation .facts").count() == 0
        page.locator("#conversation .facts").wait_for()
        assert page.locator("#conversation .said").count() == 3
        page.locator("#stop").wait_for(state="hidden")
        assert page.locator("#question textarea").input_value() == CROWD


def test_a_new_conversation_is_not_overtaken_by_the_old_one(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    slow = Slow(engine)
    try:
        with serve(lambda: slow, tmp_path / "kept.db") as address:
            opened = visit(address)
            page = opened.page
            page.locator("#question textarea").fill(LENGTH)
            page.locator("#question textarea").press("Enter")
            page.locator("#conversation .searching").wait_for()
            assert slow.asked.wait(WAIT_MS / 1000)
            page.locator("#fresh").click()
            page.locator("#conversation .welcome").wait_for()
            slow.go_on.set()
            page.wait_for_timeout(1500)  # the old answer has had the time to come back
            assert page.locator("#conversation .welcome").is_visible()
            opened.ask(CROWD)
            assert page.locator("#conversation .turn").count() == 1
            assert engine.asked[-1][1] == ()
    finally:
        slow.go_on.set()


def test_a_conversation_outlives_reload_and_restart(visit: Open, engine: Scripted, tmp_path: Path) -> None:
    with serve(lambda: engine, tmp_path / "kept.db") as address:
        opened = visit(address)
        page = opened.page
        opened.ask(LENGTH)
        before = page.locator("#conversation .turn").inner_text()
        page.reload()
        page.locator("#conversation .cite").nth(2).click()
        page.locator("#src-1-3.lit mark").wait_for()
        assert page.locator("#conversation .turn").inner_text() == before
    port = urlsplit(address).port
    assert port
    page.locator("#question textarea").fill(CROWD)
    page.locator("#question textarea").press("Enter")
    page.locator(SAYS, has_text=ARABIC.lost).wait_for()
    assert page.get_by_role("button", name=ARABIC.close).is_visible()
    assert opened.barriers() == []
    with serve(lambda: engine, tmp_path / "kept.db", port=port):
        page.locator(SAYS).wait_for(state="detached")  # it finds the way back by itself
        page.locator("#conversation .facts").wait_for()
        assert page.locator("#question textarea").input_value() == CROWD
        page.goto(address)  # without the conversation's name
        page.locator("#conversation .welcome").wait_for()
        page.locator(".talk .title", has_text=LENGTH).click()
        page.locator("#conversation .facts").wait_for()
        assert page.locator("#conversation .turn").inner_text() == before
        assert page.locator("#sources .card mark").count() == 3
        stranger = visit(address)
        assert stranger.page.locator(".talk").count() == 0


def test_conversations_are_renamed_found_saved_and_deleted(visit: Open, address: str) -> None:
    opened = visit(address, locale="en")
    page = opened.page
    opened.ask(LENGTH)
    page.locator("#fresh").click()
    page.locator("#conversation .welcome").wait_for()
    opened.ask(CROWD)
    assert page.locator(".talk .title").all_inner_texts() == [CROWD, LENGTH]
    page.locator(".talk summary").first.click()
    page.keyboard.press("Escape")
    assert page.locator(".talk details[open]").count() == 0
    assert page.locator(".talk summary").first.evaluate("summary => summary === document.activeElement")
    page.keyboard.press("Enter")
    page.locator("#conversation").click()
    assert page.locator(".talk details[open]").count() == 0
    page.locator(".talk summary").first.click()
    page.get_by_role("button", name=ENGLISH.rename).click()
    page.locator("input.title").fill("Crowds <b>")
    page.keyboard.press("Enter")
    page.locator(".talk .title", has_text="Crowds <b>").wait_for()
    page.locator("#find textarea").fill("طُول")
    page.locator(".talk", has_text="Crowds").wait_for(state="hidden")
    assert page.locator(".talk .title").all_inner_texts() == [LENGTH]
    page.locator("#find textarea").fill("")
    page.locator(".talk", has_text="Crowds").wait_for()
    page.locator(".talk summary").first.click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="HTML").click()
    assert saving.value.suggested_filename == "Crowds b.html"
    assert "9,000 people" in saving.value.path().read_text("utf-8")
    page.locator(".talk summary").first.click()
    page.locator(".acts [data-act=delete]").first.click()
    assert page.locator(".talk").count() == 2  # it asks once more
    page.keyboard.press("Tab")
    assert page.locator(".acts [data-act=delete]").first.inner_text() == ENGLISH.delete  # and anew, once turned away
    page.locator(".acts [data-act=delete]").first.click()
    page.get_by_role("button", name=ENGLISH.sure).click()
    page.locator("#conversation .welcome").wait_for()
    assert page.locator(".talk .title").all_inner_texts() == [LENGTH]
    assert opened.complaints == []


def test_an_answer_is_copied_with_its_sources(visit: Open, address: str) -> None:
    opened = visit(address, locale="en")
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.ask(CROWD)
    page.get_by_role("button", name=ENGLISH.copy).click()
    page.get_by_role("button", name=ENGLISH.copied).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0] == CROWD
    assert "[1] Gull Bridge draws its first crowds" in copied


def test_only_documents_that_are_chosen_are_asked(visit: Open, address: str, script: Scripted) -> None:
    opened = visit(address, locale="en")
    page = opened.page
    page.locator("#scope > button").click()
    page.locator("#scope-languages").get_by_text(ENGLISH.filter_languages).wait_for()
    page.locator("#scope-languages input").fill("Engl")
    page.locator("#scope-languages [role=option]", has_text="English").click()
    page.locator("#scope-languages .token", has_text="English").wait_for()
    opened.ask(CROWD)
    assert script.within == {"t"}
    page.locator("#scope-since textarea, #scope-since input").fill("2032-01-01")
    page.locator("#question textarea").fill(CROWD)
    page.locator("#question textarea").press("Enter")
    page.locator("#conversation").get_by_text(ENGLISH.filter_none).wait_for()
    assert opened.complaints == []


# As many visitors as there are numbers, each over the page's own protocol, all at once.
ASK_TOGETHER = """async ([many, question]) => {
  const number = window.gradio_config.dependencies.find((d) => d.targets.some((t) => t[1] === "submit")).id;
  const ask = async (session) => {
    await fetch("gradio_api/queue/join", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ fn_index: number, session_hash: session, event_data: null, trigger_id: null,
                             data: [question, "", "", "en", "", true, [], [], "", ""] }) });
    const stream = (await fetch(`gradio_api/queue/data?session_hash=${session}`)).body.getReader();
    let text = "";
    while (!text.includes("process_completed")) text += new TextDecoder().decode((await stream.read()).value);
    return text;
  };
  return Promise.all(Array.from({ length: many }, (_, i) => ask(`visitor${i}`)));
}"""


def test_twenty_ask_at_once_and_each_gets_their_own_answer(visit: Open, address: str, script: Scripted) -> None:
    before = len(script.asked)
    answers = visit(address, locale="en").page.evaluate(ASK_TOGETHER, [20, CROWD])
    assert len(answers) == 20
    assert all("9,000 people" in answer for answer in answers)
    assert len(script.asked) == before + 20


def test_two_visitors_ask_at_once_and_do_not_see_each_other(visit: Open, address: str) -> None:
    one, other = visit(address), visit(address, locale="en")
    for opened, question in ((one, LENGTH), (other, CROWD)):
        opened.page.locator("#question textarea").fill(question)
        opened.page.locator("#question textarea").press("Enter")
    for opened, question in ((one, LENGTH), (other, CROWD)):
        opened.page.locator("#conversation .facts").wait_for()
        assert opened.page.locator("#conversation .question").all_inner_texts() == [question]
        opened.page.reload()
        opened.page.locator("#conversation .facts").wait_for()
        assert opened.page.locator(".talk .title").all_inner_texts() == [question]
    other.page.goto(one.page.url)  # whoever knows the address sees nothing of it
    other.page.locator(".talk .title", has_text=CROWD).wait_for()
    other.page.locator("#conversation .welcome").wait_for()


def test_every_module_the_page_opens_with_is_asked_for_at_once(visit: Open, address: str) -> None:
    opened = visit(address, locale="en")  # other languages bring their translations of Gradio's words
    opened.page.locator("button.example").wait_for()
    loaded = {url.rsplit("/", 1)[1] for url in opened.requests if "/assets/" in url and url.endswith(".js")}
    assert loaded == {name for name in opening() if name.endswith(".js")}
