"""Which model a setting names."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from llm_server import LlmServer

from index.config import LlmSettings
from index.errors import LlmError, SettingError
from rag import prompts, providers


def named(model: str) -> providers.Llm:
    made = providers.connect(LlmSettings(model=model))
    assert made is not None
    return made


def test_without_a_setting_there_is_no_model():
    assert providers.connect(LlmSettings()) is None


def test_another_integration_is_found_by_its_package(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "unused")
    assert named("openai:gpt-4o-mini").name == "openai:gpt-4o-mini"
    with pytest.raises(SettingError, match="llama-index-llms-no-such is not installed"):
        named("no-such:m")


def test_another_integration_speaks_to_its_server(serve_llm: Callable[..., LlmServer], monkeypatch: pytest.MonkeyPatch):
    server = serve_llm("ready")
    monkeypatch.setenv("OPENAI_API_BASE", f"{server.address}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "k3y")
    assert named("openai:gpt-4o-mini").reply(prompts.probe()) == "ready"
    assert providers.probe(LlmSettings.model_validate({"model": "openai:gpt-4o-mini", "key": "own"})).endswith("ready")
    assert server.keys == ["Bearer k3y", "Bearer own"]
    assert [request["model"] for request in server.requests] == ["gpt-4o-mini"] * 2


def test_an_extra_brings_the_integration_of_its_name():
    project = tomllib.loads(Path(providers.__file__).parents[1].joinpath("pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert {"anthropic", "mistralai", "openai"} < extras.keys()
    for name in extras.keys() - {"bench", "dev"}:
        (package,) = extras[name]
        assert package.startswith(f"llama-index-llms-{name}>")
        assert LlmSettings(model=f"{name}:m").model  # a name that the setting can hold


def test_an_address_is_needed():
    with pytest.raises(SettingError, match=r"write openai-like:m@http"):
        named("openai-like:m")


def test_the_probe(serve_llm: Callable[..., LlmServer]):
    server = serve_llm("ready\n", " ")
    assert providers.probe(LlmSettings(model=server.openai)) == "openai-like:scripted answers: ready"
    with pytest.raises(LlmError, match="replied with nothing"):
        providers.probe(LlmSettings(model=server.openai))
    assert providers.probe(LlmSettings()).startswith("No language model is set")
