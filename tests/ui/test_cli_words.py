"""``sanad ask`` and the page with the language model that the settings name; its server is scripted."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import ASKED, Run
from llm_server import LlmServer, Reply

from index.config import LlmSettings, Settings
from index.embed import Embedder
from index.store import Generation
from rag.live import LiveEngine
from ui import serve

Serve = Callable[..., LlmServer]
WRONG = "يتقاضى العامل 900 دولار"


def say(prompt: str) -> str:
    """What the first source about dollars says, and something else of it."""
    found = re.search(r"^\[(\d+)\] ([^\n]*دولار[^\n]*)", prompt, re.MULTILINE)
    assert found, prompt
    number, text = found.groups()
    return f"{text} [{number}]\n{WRONG} [{number}]\n"


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch, run: Run) -> Callable[..., None]:
    """Sets variables of the environment, once ``run`` has emptied it."""
    del run

    def write(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"SANAD_{name}", value)

    return write


@pytest.mark.usefixtures("answering")
def test_one_setting_brings_a_models_words_and_another_drops_what_does_not_stand(
    run: Run, sample_index: Path, serve_llm: Serve, setting: Callable[..., None]
):
    server = serve_llm(Reply(say))
    setting(LLM=server.openai, LLM_UNSUPPORTED="mark", LLM_SECONDS="250")  # a slow machine imports for long
    marked = run("ask", ASKED, "--index", sample_index)
    assert (marked.code, marked.err) == (0, "")
    withheld, first, second, reason, *_ = marked.out.splitlines()
    assert withheld == "جمل في الوثائق تُصدر أوامر لنموذج لغوي حُجبت عنه: 1."  # in crypto-theft.html
    assert "دولار" in first
    assert first.endswith(" [1]")
    assert second == f"{WRONG} [1]"
    assert reason == "    ⚠ العدد 900 ليس فيما تستشهد به."
    setting(LLM=server.ollama, LLM_UNSUPPORTED="drop")
    dropped = run("ask", ASKED, "--index", sample_index)
    assert dropped.out.splitlines()[:3] == [f"{withheld} جمل حُذفت لأن ما تستشهد به لا يسندها: 1.", first, ""]
    assert "900" not in dropped.out
    form = json.loads(run("ask", "--json", ASKED, "--index", sample_index).out)
    assert form["worded_by"] == "ollama:scripted"


@pytest.mark.usefixtures("answering")
def test_what_fails_is_told_above_the_documents_own_sentences(
    run: Run, sample_index: Path, serve_llm: Serve, setting: Callable[..., None]
):
    own = run("ask", ASKED, "--index", sample_index)
    setting(LLM=serve_llm(Reply(status=401)).openai)
    failed = run("ask", ASKED, "--index", sample_index)
    assert (failed.code, failed.err) == (0, "")
    notice, rest = failed.out.split("\n", 1)
    assert notice.startswith("لم يُجب النموذج اللغوي")
    assert "401" in notice
    assert rest == own.out


def test_the_page_words_as_the_settings_say(sample_index: Path, embedder: Embedder, serve_llm: Serve):
    live = LiveEngine(sample_index, Generation.open(sample_index), embedder)
    assert serve._words(live, Settings()) is None
    server = serve_llm(Reply(say))
    words = serve._words(live, Settings(llm=LlmSettings(model=server.openai, unsupported="drop")))
    assert words is not None
    answer = words().ask(ASKED, always_answer=True)
    assert answer.worded_by == "openai-like:scripted"
    assert [sentence.support for sentence in answer.sentences] == ["verbatim"]
    assert answer.notice.endswith(": 1.")
    assert words().engine is live.newest()
