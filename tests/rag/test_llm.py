"""The language model on a true connection, to servers that behave and servers that do not."""

from collections.abc import Callable

import pytest
from llm_server import LlmServer, Reply

from index.config import LlmSettings
from index.errors import LlmError
from rag import llm, prompts, providers

Serve = Callable[..., LlmServer]


def connect(model: str, **settings: object) -> llm.Llm:
    made = providers.connect(LlmSettings.model_validate({"model": model, **settings}))
    assert made is not None
    return made


@pytest.mark.parametrize("provider", ["openai-like", "ollama"])
def test_a_reply_is_streamed(serve_llm: Serve, provider: str):
    server = serve_llm("قال بوتين ذلك [1].")
    path = "/v1" if provider == "openai-like" else ""
    model = connect(f"{provider}:m@{server.address}{path}", key="k3y")
    pieces = list(model.stream(prompts.probe()))
    assert "".join(pieces) == "قال بوتين ذلك [1]."
    assert len(pieces) > 1
    assert server.keys == ["Bearer k3y"]
    assert model.name == f"{provider}:m"


def test_a_model_of_ollama_is_told_not_to_think(serve_llm: Serve):
    server = serve_llm("ready")
    connect(f"ollama:m@{server.address}").reply(prompts.probe())
    assert server.requests[0]["think"] is False  # its thoughts would take up the tokens of the reply


def test_the_key_of_another_service_is_not_sent(serve_llm: Serve, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "secret-of-openai")
    server = serve_llm("ready")
    connect(server.openai).reply(prompts.probe())
    assert server.keys == ["Bearer none"]


def test_a_busy_server_is_asked_again(serve_llm: Serve):
    busy = Reply(status=429, headers={"Retry-After": "0"})
    server = serve_llm(busy, busy, "ready")
    assert connect(server.openai).reply(prompts.probe()) == "ready"
    assert len(server.requests) == 3


def test_a_server_that_stays_busy_fails_in_one_line(serve_llm: Serve):
    server = serve_llm(Reply(status=429, headers={"Retry-After": "0"}))
    with pytest.raises(LlmError, match=r"openai-like:scripted failed: .*429") as raised:
        connect(server.openai).reply(prompts.probe())
    assert len(server.requests) == llm.ATTEMPTS
    assert "\n" not in str(raised.value)


def test_what_is_refused_for_good_is_not_asked_again(serve_llm: Serve):
    server = serve_llm(Reply(status=401))
    with pytest.raises(LlmError, match="401"):
        connect(server.openai).reply(prompts.probe())
    assert len(server.requests) == 1


def test_a_server_without_structured_output_is_asked_without(serve_llm: Serve):
    server = serve_llm(Reply(status=400), "A [1].")
    model = connect(server.openai)
    assert "".join(model.stream(prompts.probe(), prompts.ANSWER_SCHEMA)) == "A [1]."
    assert ["response_format" in request for request in server.requests] == [True, False]
    assert "".join(model.stream(prompts.probe(), prompts.ANSWER_SCHEMA)) == "A [1]."
    assert "response_format" not in server.requests[-1]


@pytest.mark.parametrize("before", ["", "Half a sentence"])
def test_a_server_that_hangs_is_given_up(serve_llm: Serve, before: str):
    server = serve_llm(Reply(before, hang=True))
    with pytest.raises(LlmError, match=r"did not finish within 0\.5 seconds"):
        connect(server.openai, seconds=0.5).reply(prompts.probe())


@pytest.mark.parametrize(
    "reply", [Reply(raw=b"data: {not json\n\n"), Reply(raw=b'data: {"error": {"message": "boom"}}\n\n')]
)
def test_a_malformed_stream_is_one_error(serve_llm: Serve, reply: Reply):
    with pytest.raises(LlmError, match="failed"):
        connect(serve_llm(reply).openai).reply(prompts.probe())


def test_no_server_at_all():
    with pytest.raises(LlmError, match="failed"):
        connect("openai-like:m@http://127.0.0.1:9/v1", seconds=20).reply(prompts.probe())


def test_leaving_ends_the_request(serve_llm: Serve):
    server = serve_llm(Reply("One piece and more", hang=True))
    stream = connect(server.openai).stream(prompts.probe())
    next(stream)
    stream.close()
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
