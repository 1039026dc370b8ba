"""The language model that the settings name, through LlamaIndex's package for it."""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from index.config import LlmSettings
from index.errors import LlmError, SettingError
from rag import prompts
from rag.llm import ANSWER_TOKENS, Json, Llm

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def connect(settings: LlmSettings) -> Llm | None:
    """The language model that the settings name, not yet spoken to; None when they name none.

    Raises:
        SettingError: The package that speaks to it is not installed, or an address is missing.
    """
    if not settings.model:
        return None
    provider, _, rest = settings.model.partition(":")
    model, _, url = rest.partition("@")
    key = settings.key.get_secret_value()

    if provider == "openai-like" and not url:
        raise SettingError(
            f"SANAD_LLM={settings.model!r} has no address: write openai-like:{model}@http://127.0.0.1:8080/v1."
        )
    makers: dict[str, Callable[[], LLM]] = {
        "openai-like": lambda: openai_like(model, url, key, settings),
        "ollama": lambda: _ollama(model, url, key, settings),
    }
    make = makers.get(provider)
    if make is None:
        found = _integration(provider)
        # Integrations read keys and addresses from the variables that their own pages name.
        make = lambda: found(model=model, **({"api_key": key} if key else {}))  # noqa: E731
    return Llm(f"{provider}:{model}", make, settings.seconds, settings.context, _SCHEMA_OPTIONS.get(provider))


def probe(settings: LlmSettings) -> str:
    """Ask the language model for one word; a line that tells what it said, or that none is set.

    Raises:
        SettingError: The setting cannot be used.
        LlmError: The model does not answer.
    """
    llm = connect(settings)
    if llm is None:
        return "No language model is set (SANAD_LLM); answers are sentences of the documents."
    said = " ".join(llm.reply(prompts.probe()).split())
    if not said:
        raise LlmError(f"{llm.name} replied with nothing.")
    return f"{llm.name} answers: {said[:60]}"


def _openai_schema(schema: Json) -> Mapping[str, Any]:
    return {
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}
    }


_SCHEMA_OPTIONS: dict[str, Callable[[Json], Mapping[str, Any]]] = {
    "openai-like": _openai_schema,
    "openai": _openai_schema,
    "ollama": lambda schema: {"format": schema},
}


def openai_like(model: str, url: str, key: str, settings: LlmSettings) -> "LLM":
    """LlamaIndex's object for a model behind a server of OpenAI's kind; an empty key sends none of another's."""
    from llama_index.llms.openai_like import OpenAILike

    return OpenAILike(
        model=model,
        api_base=url,
        api_key=key or "none",  # else OPENAI_API_KEY, meant for somebody else, would go to this server
        is_chat_model=True,
        context_window=settings.context,
        max_tokens=ANSWER_TOKENS,
        temperature=0.0,
        timeout=settings.seconds,
        max_retries=0,
    )


def _ollama(model: str, url: str, key: str, settings: LlmSettings) -> "LLM":
    from llama_index.llms.ollama import Ollama

    return Ollama(
        model=model,
        base_url=url or os.environ.get("OLLAMA_HOST") or "http://127.0.0.1:11434",
        headers={"Authorization": f"Bearer {key}"} if key else None,
        context_window=settings.context,
        temperature=0.0,
        request_timeout=settings.seconds,
        thinking=False,  # thoughts are paid for from the reply's tokens and would leave none for it
        additional_kwargs={"num_predict": ANSWER_TOKENS},
    )


def _integration(provider: str) -> "type[LLM]":
    """The class that a package llama-index-llms-NAME exports.

    Raises:
        SettingError: The package is not installed, or exports none.
    """
    from llama_index.core.llms import LLM

    name = provider.replace("-", "_")
    try:
        module = import_module(f"llama_index.llms.{name}")
    except ModuleNotFoundError:
        raise SettingError(
            f"SANAD_LLM names {provider!r}, and the package llama-index-llms-{provider} is not installed: install it, "
            "or use 'openai-like' or 'ollama'."
        ) from None
    exported = [getattr(module, public) for public in getattr(module, "__all__", dir(module))]
    classes = [value for value in exported if isinstance(value, type) and issubclass(value, LLM)]
    if not classes:
        raise SettingError(f"SANAD_LLM names {provider!r}, but llama_index.llms.{name} exports no language model.")
    return min(classes, key=lambda found: len(found.__name__))  # "OpenAI" beside "OpenAIResponses"
