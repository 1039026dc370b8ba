"""Which model a setting names."""

from collections.abc import Callable

import pytest
from llm_server import LlmServer

from index.config import LlmSettings
from index.errors import LlmError, SettingError
from rag import providers


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


def test_an_address_is_needed():
    with pytest.raises(SettingError, match=r"write openai-like:m@http"):
        named("openai-like:m")


def test_the_probe(serve_llm: Callable[..., LlmServer]):
    server = serve_llm("ready\n", " ")
    assert providers.probe(LlmSettings(model=server.openai)) == "openai-like:scripted answers: ready"
    with pytest.raises(LlmError, match="replied with nothing"):
        providers.probe(LlmSettings(model=server.openai))
    assert providers.probe(LlmSettings()).startswith("No language model is set")
