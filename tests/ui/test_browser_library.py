"""The library in a real browser: documents come and go while the page answers."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import WAIT_MS, Open, serve

from index import build
from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from rag.live import LiveEngine
from ui.job import State
from ui.library import REBUILD, Library
from ui.strings import ARABIC, ENGLISH
from ui.uploads import LARGEST_FILE

LIGHTHOUSE = (
    "The lighthouse of Grey Point was painted red in 1998 by its last keeper.\n\n"
    "Read also: The ferry to Grey Point sails at noon\n\n"
    "The keeper's daughter sells the paint that was left to visitors in summer.\n"
)
HARBOUR = "The harbour of Grey Point holds forty boats in summer.\n"


@pytest.fixture(scope="module")
def library(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of one document, which a test may change."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "news").mkdir()
    (folder / "news" / "lighthouse.txt").write_text(LIGHTHOUSE)
    settings = Settings.from_environment()
    build.build([folder / "news"], folder / "index", settings.index, embedder, lambda *_: None)
    live = LiveEngine(folder / "index", Generation.open(folder / "index"), embedder)
    return Library(folder / "index", live, settings.index, settings.cache)


@pytest.fixture(scope="module")
def address(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(library.engine, tmp_path_factory.mktemp("kept") / "kept.db", library=library) as url:
        yield url


class AtOnce:
    """A job that does its work at once, with a model that is loaded already."""

    def __init__(self) -> None:
        self.state = State()

    def start(self, name: str, work: Callable[..., object], *given: object) -> bool:
        self.state = State(name, "done", result=work(*given, lambda *_: None))
        return True


def test_what_was_left_out_is_restored_and_left_out_again(
    visit: Open, address: str, library: Library, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    monkeypatch.setattr(library, "job", AtOnce())
    opened = visit(address, locale="en")
    page = opened.page
    page.get_by_role("tab", name=ENGLISH.tab_library).click()
    show = page.locator("#documents [data-act=show]")
    show.click()
    left_out = page.locator(".left-out:focus")
    left_out.wait_for()
    left_out.press("Escape")
    assert show.evaluate("button => button === document.activeElement")
    page.locator("#left-out li", has_text="The ferry").get_by_role("button", name=ENGLISH.restore).click()
    page.get_by_role("heading", name=ENGLISH.restored_here).wait_for()
    (document,) = library.engine().documents()
    assert library.engine().dropped(document.id) == ()
    page.locator("#left-out").get_by_role("button", name=ENGLISH.drop_again).click()
    page.get_by_role("heading", name=ENGLISH.restored_here).wait_for(state="detached")
    assert len(library.engine().dropped(document.id)) == 1
    assert opened.complaints == []


# What the upload's event does with a file that was never uploaded.
SEND = """async (path) => {
  const number = window.gradio_config.dependencies.find((d) => d.targets.some((t) => t[1] === "upload")).id;
  const session = "forged" + Math.random();
  const file = { path, url: path, orig_name: "x.txt", meta: { _type: "gradio.FileData" } };
  await fetch("gradio_api/queue/join", { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ fn_index: number, session_hash: session, event_data: null, trigger_id: null,
                           data: [[file], "en"] }) });
  const stream = (await fetch(`gradio_api/queue/data?session_hash=${session}`)).body.getReader();
  let text = "";
  while (!text.includes("process_completed")) text += new TextDecoder().decode((await stream.read()).value);
  return text;
}"""


def test_what_was_not_uploaded_is_neither_read_nor_fetched(visit: Open, address: str, library: Library) -> None:
    page = visit(address).page
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        mine = f"http://127.0.0.1:{listener.getsockname()[1]}/x.txt"
        for path in ("/etc/passwd", str(library.folder / "current"), mine, "http://169.254.169.254/latest/x.txt"):
            assert '"success":false' in page.evaluate(SEND, path).replace(" ", ""), path
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert not (library.folder / "uploads").exists()
    assert library.job.state.phase == "idle"


def test_a_folder_is_added_by_its_path_and_removed_again(
    visit: Open, address: str, library: Library, embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    monkeypatch.setattr(library, "job", AtOnce())
    (tmp_path / "harbour.txt").write_text(HARBOUR)
    opened = visit(address, locale="en")
    page = opened.page
    page.get_by_role("tab", name=ENGLISH.tab_library).click()
    page.get_by_label(ENGLISH.folder).fill(str(tmp_path))
    page.locator("#add-place").click()
    row = page.locator("#documents tbody tr", has_text="harbour.txt")
    row.wait_for()
    place = page.locator("#places li", has_text=str(tmp_path))
    page.get_by_role("tab", name=ENGLISH.tab_chat).click()
    opened.ask("How many boats does the harbour hold in summer?")
    assert "forty boats" in page.locator("#sources .sources.current").inner_text()
    page.get_by_role("tab", name=ENGLISH.tab_library).click()
    place.get_by_role("button", name=ENGLISH.remove).click()
    place.get_by_role("button", name=ENGLISH.sure).click()
    row.wait_for(state="detached")
    assert tmp_path not in library.places()
    assert opened.complaints == []


def test_what_cannot_be_taken_in_is_refused_as_text_in_the_interfaces_language(
    visit: Open, address: str, tmp_path: Path
) -> None:
    page = visit(address).page
    page.get_by_role("tab", name=ARABIC.tab_library).click()
    page.locator("#documents tbody tr").first.wait_for()
    page.get_by_label(ARABIC.folder).fill("/<img src=x onerror=window.hacked=1>")
    page.locator("#add-place").click()
    refused = page.locator("#refused [role=alert]")
    refused.wait_for()
    assert "لا وجود لـ\u2068'/<img src=x onerror=window.hacked=1>'\u2069" in refused.inner_text()
    assert refused.locator("img").count() == 0
    assert ARABIC.upload in str(page.locator("#upload button").get_attribute("aria-label"))
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    page.locator("#upload input[type=file]").set_input_files(large)
    page.locator("[data-testid=toast-text]", has_text=ARABIC.too_large.format(50)).wait_for()
    assert page.evaluate("window.hacked") is None


# What a hand carries that drags files: pairs of a name and a text.
CARRY = """(files) => {
  const carried = new DataTransfer();
  for (const [name, text] of files) carried.items.add(new File([text], name, { type: "text/plain" }));
  return carried;
}"""
# Keeps everything that is said of the work.
WATCH_WORK = """() => {
  window.said = [];
  const look = () => window.said.push(document.querySelector("#work")?.innerText ?? "");
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}"""


def test_documents_are_uploaded_asked_and_deleted_while_the_page_runs(
    visit: Open, address: str, library: Library
) -> None:
    opened, stranger = visit(address, locale="en"), visit(address)
    page = opened.page
    page.get_by_role("tab", name=ENGLISH.tab_library).click()
    page.locator("#documents tbody tr", has_text="lighthouse").wait_for()
    texts = {
        "<img src=x onerror=hacked=1>.txt": HARBOUR,
        "../../outside.txt": f"{HARBOUR}\n",
        "\u202etxt.exe": "MZ",
    }
    page.evaluate(WATCH_WORK)
    with page.expect_response(lambda response: "gradio_api/upload?" in response.url) as sent:
        carried = page.evaluate_handle(CARRY, [*texts.items()])
        page.locator("#upload button").dispatch_event("drop", {"dataTransfer": carried})
    page.locator("#work progress").wait_for()
    for path in sent.value.json():
        got = stranger.page.evaluate("async (path) => (await fetch(`gradio_api/file=${path}`)).status", path)
        assert got in {403, 404}, path
    page.get_by_role("tab", name=ENGLISH.tab_chat).click()
    opened.ask("When was the lighthouse painted?")  # of the old index, meanwhile
    page.get_by_role("tab", name=ENGLISH.tab_library).click()
    page.locator("#documents tbody tr").nth(1).wait_for(timeout=3 * WAIT_MS)
    find = page.locator("#find-documents").get_by_label(ENGLISH.search_documents)
    find.fill("lighthouse.TXT")
    page.locator("#documents tbody tr", has_text="img src").wait_for(state="detached")
    assert page.locator("#documents tbody tr").count() == 1
    find.fill("")
    assert library.job.state.phase == "done"
    told = "\n".join(page.evaluate("window.said"))
    assert ENGLISH.working["start"] in told
    assert ENGLISH.built.format(documents=3, passages=len(library.engine().passages())) in told
    row = page.locator("#documents tbody tr", has_text="img src")
    assert "English" in row.inner_text()
    assert page.locator("#documents tr.near").count() == 1  # which tells the same in other bytes
    (kept,) = library.folder.parent.glob("**/*outside.txt")
    assert kept.parent == library.folder / "uploads"
    page.locator("#failures summary").click()
    page.locator("#failures li", has_text="exe").wait_for()
    assert "\u202e" not in page.locator("#failures").inner_text()
    assert page.evaluate("window.hacked") is None
    page.get_by_role("tab", name=ENGLISH.tab_chat).click()
    opened.ask("How many boats does the harbour hold in summer?")
    assert "forty boats" in page.locator("#sources .sources.current").inner_text()
    page.get_by_role("tab", name=ENGLISH.tab_library).click()
    row.locator("[data-act=delete]").click()
    row.get_by_role("button", name=ENGLISH.sure).click()
    page.locator("#cancel-work").wait_for()
    page.locator("#cancel-work").click()
    page.get_by_text(ENGLISH.cancelled[REBUILD]).wait_for()
    assert opened.complaints == []
