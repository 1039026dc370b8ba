"""The language model on a true connection, to servers that behave and servers that do not."""

import time
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from llm_server import LlmServer, Reply
from tenacity import RetryCallState, Retrying

from index.config import LlmSettings
from index.errors import LlmError
from rag import llm, prompts, providers

Serve = Callable[..., LlmServer]
Reach = Callable[..., llm.Llm]
BUSY = Reply(status=429, headers={"Retry-After": "0"})


def connect(model: str, **settings: object) -> llm.Llm:
    made = providers.connect(LlmSettings.model_validate({"model": model, **settings}))
    assert made is not None
    return made


@pytest.fixture(params=["openai-like", "ollama"])
def reach(request: pytest.FixtureRequest) -> Reach:
    """The model of a scripted server, spoken to in either way."""

    def reached(server: LlmServer, **settings: object) -> llm.Llm:
        return connect(server.ollama if request.param == "ollama" else server.openai, **settings)

    return reached


def test_a_reply_is_streamed(serve_llm: Serve, reach: Reach):
    server = serve_llm("قال بوتين ذلك [1].")
    model = reach(server, key="k3y")
    pieces = list(model.stream(prompts.probe()))
    assert "".join(pieces) == "قال بوتين ذلك [1]."
    assert len(pieces) > 1
    assert server.keys == ["Bearer k3y"]
    assert f"{model.name}@" in f"{server.openai} {server.ollama}"


def test_a_model_of_ollama_is_told_not_to_think(serve_llm: Serve):
    server = serve_llm("ready")
    connect(f"ollama:m@{server.address}").reply(prompts.probe())
    assert server.requests[0]["think"] is False  # its thoughts would take up the tokens of the reply


def test_the_key_of_another_service_is_not_sent(serve_llm: Serve, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "secret-of-openai")
    server = serve_llm("ready")
    connect(server.openai).reply(prompts.probe())
    assert server.keys == ["Bearer none"]


@pytest.mark.parametrize("lost", [BUSY, replace(BUSY, status=503), Reply(cut=True)])
def test_what_fails_before_the_first_word_is_asked_again(serve_llm: Serve, reach: Reach, lost: Reply):
    server = serve_llm(lost, BUSY, "ready")
    assert reach(server).reply(prompts.probe()) == "ready"
    assert len(server.requests) == 3


def test_a_server_that_stays_busy_fails_in_one_line(serve_llm: Serve, reach: Reach):
    server = serve_llm(BUSY)
    with pytest.raises(LlmError, match=r":scripted failed: .*429") as raised:
        reach(server).reply(prompts.probe())
    assert len(server.requests) == llm.ATTEMPTS
    assert "\n" not in str(raised.value)


def test_a_busy_server_is_left_alone_for_a_while(serve_llm: Serve, reach: Reach):
    server = serve_llm(Reply(status=429), "ready")
    since = time.monotonic()
    assert reach(server).reply(prompts.probe()) == "ready"
    assert time.monotonic() - since >= llm.FIRST_PAUSE_S


def test_a_pause_that_the_time_does_not_hold_is_not_begun(serve_llm: Serve, reach: Reach):
    server = serve_llm(replace(BUSY, headers={"Retry-After": "30"}), "ready")
    since = time.monotonic()
    with pytest.raises(LlmError, match="429"):
        reach(server, seconds=25).reply(prompts.probe())
    assert time.monotonic() - since < 20
    assert len(server.requests) == 1


def pause(attempt: int, **headers: str) -> float:
    """The pause after an attempt that was refused with these headers."""
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = attempt
    response = httpx.Response(429, headers=headers)
    error = httpx.HTTPStatusError("busy", request=httpx.Request("POST", "http://127.0.0.1"), response=response)
    state.set_exception((httpx.HTTPStatusError, error, None))
    return llm._pause(state)


def test_pauses_grow_to_a_limit():
    for attempt, least in enumerate((0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0), 1):
        for _ in range(20):
            assert least <= pause(attempt) <= least + 0.5
    assert len({pause(1) for _ in range(5)}) > 1  # not all clients at once


def test_the_pause_that_a_server_asks_for_is_kept():
    headers = ("0", "3", "0.25", "120")
    assert [pause(attempt, **{"Retry-After": asked}) for attempt, asked in enumerate(headers, 1)] == [0, 3, 0.25, 120]
    assert pause(1, **{"Retry-After": "Wed, 21 Oct 2031 07:28:00 GMT"}) <= 1


def test_what_is_refused_for_good_is_not_asked_again(serve_llm: Serve, reach: Reach):
    server = serve_llm(Reply(status=401))
    with pytest.raises(LlmError, match="401"):
        reach(server).reply(prompts.probe())
    assert len(server.requests) == 1


def test_a_server_without_structured_output_is_asked_without(serve_llm: Serve, reach: Reach):
    server = serve_llm(Reply(status=400), "A [1].")
    model = reach(server)

    def structured() -> list[bool]:
        return [bool(request.get("response_format") or request.get("format")) for request in server.requests]

    assert "".join(model.stream(prompts.probe(), prompts.ANSWER_SCHEMA)) == "A [1]."
    assert structured() == [True, False]
    assert "".join(model.stream(prompts.probe(), prompts.ANSWER_SCHEMA)) == "A [1]."
    assert structured() == [True, False, False]


@pytest.mark.parametrize("before", ["", "Half a sentence"])
def test_a_server_that_hangs_is_given_up(serve_llm: Serve, reach: Reach, before: str):
    server = serve_llm(Reply(before, hang=True))
    with pytest.raises(LlmError, match=r"did not finish within 0\.5 seconds"):
        reach(server, seconds=0.5).reply(prompts.probe())


def test_a_stream_that_breaks_off_is_one_error(serve_llm: Serve, reach: Reach):
    server = serve_llm(Reply("Half a sentence", cut=True))
    stream = reach(server).stream(prompts.probe())
    assert next(stream) == "Half a "
    with pytest.raises(LlmError, match="failed") as raised:
        list(stream)
    assert "\n" not in str(raised.value)
    assert len(server.requests) == 1  # what was said already would be said again


@pytest.mark.parametrize(
    ("setting", "raw"),
    [
        ("openai", b"data: {not json\n\n"),
        ("openai", b'data: {"error": {"message": "boom"}}\n\n'),
        ("ollama", b"{not json\n"),
        ("ollama", b'{"error": "boom"}\n'),
        ("ollama", b"\n"),
    ],
)
def test_a_malformed_stream_is_one_error(serve_llm: Serve, setting: str, raw: bytes):
    server = serve_llm(Reply(raw=raw))
    with pytest.raises(LlmError, match="failed"):
        connect(getattr(server, setting)).reply(prompts.probe())


def test_no_server_at_all():
    with pytest.raises(LlmError, match="failed"):
        connect("openai-like:m@http://127.0.0.1:9/v1", seconds=20).reply(prompts.probe())


def test_leaving_ends_the_request(serve_llm: Serve, reach: Reach):
    server = serve_llm(Reply("One piece and more", hang=True))
    stream = reach(server).stream(prompts.probe())
    next(stream)
    stream.close()
    assert server.gone.wait(10)


@pytest.mark.parametrize("said", ["", "One piece and more"])
def test_what_is_no_longer_wanted_ends(serve_llm: Serve, reach: Reach, said: str):
    server = serve_llm(Reply(said, hang=True))
    stream = reach(server).stream(prompts.probe(), wanted=lambda: not server.requests)
    with pytest.raises(LlmError, match="was stopped"):
        list(stream)
    assert server.gone.wait(10)


def test_an_endless_reply_is_read_to_a_limit(serve_llm: Serve, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(llm, "LONGEST_REPLY", 100)
    server = serve_llm(Reply("a" * 50_000, piece=20))
    assert len(connect(server.openai).reply(prompts.probe())) == 100


def test_it_works_where_an_event_loop_runs(serve_llm: Serve):
    import asyncio

    server = serve_llm("ready")

    async def ask() -> str:
        return connect(server.openai).reply(prompts.probe())

    assert asyncio.run(ask()) == "ready"
