"""Settings: what an index is made of (stored in its manifest) and where things are kept.

Every default stands here once, with its bounds. A setting is changed through the environment variable named in its
description; unknown ``SANAD_`` variables are refused.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from index.errors import SettingError

BUNDLED_MODEL = "bundled"
_PREFIX = "SANAD_"
_LLM = re.compile(r"[a-z][a-z0-9-]*:[^\s@]+(?:@https?://[^\s@]+)?")


class IndexSettings(BaseModel):
    """What, besides the documents and the model's weights, decides the contents of an index."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(
        default=BUNDLED_MODEL,
        min_length=1,
        description="SANAD_MODEL: 'bundled', or the name or path of a sentence-transformers model.",
    )
    passage_tokens: int = Field(
        default=300,
        ge=32,
        le=4096,
        description="SANAD_PASSAGE_TOKENS: largest passage, in o200k_base tokens; never more than the model reads.",
    )
    overlap_sentences: int = Field(
        default=1,
        ge=0,
        le=8,
        description="SANAD_OVERLAP_SENTENCES: sentences a passage repeats from the one before it.",
    )
    furniture: Literal["drop", "keep"] = Field(
        default="drop",
        description="SANAD_FURNITURE: 'keep' leaves menus, teasers and other page furniture in.",
    )


class LlmSettings(BaseModel):
    """The language model that words answers; none unless one is named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(
        default="",
        description="SANAD_LLM: 'openai-like:MODEL@URL', 'ollama:MODEL', 'ollama:MODEL@URL', or 'NAME:MODEL' of an "
        "installed package llama-index-llms-NAME; empty for none.",
    )
    key: SecretStr = Field(default=SecretStr(""), description="SANAD_LLM_KEY: the key its server asks for, if any.")
    seconds: float = Field(
        default=60, gt=0, le=3600, description="SANAD_LLM_SECONDS: longest time it may take for an answer."
    )
    context: int = Field(
        default=4096,
        ge=1024,
        description="SANAD_LLM_CONTEXT: o200k_base tokens that it reads and writes for an answer, together.",
    )
    unsupported: Literal["mark", "drop"] = Field(
        default="mark",
        description="SANAD_LLM_UNSUPPORTED: 'mark' or 'drop' sentences that what they cite does not support.",
    )
    entailment: str = Field(
        default="",
        description="SANAD_LLM_ENTAILMENT: folder or name of a cross-encoder that judges whether a source says a "
        "sentence; empty compares vectors and words.",
    )

    @field_validator("model")
    @classmethod
    def _names_a_model(cls, model: str) -> str:
        if model and not _LLM.fullmatch(model):
            raise ValueError(
                "write 'openai-like:MODEL@http://127.0.0.1:8080/v1', 'ollama:MODEL' or 'NAME:MODEL'; "
                "a key belongs into SANAD_LLM_KEY"
            )
        return model


class Settings(BaseModel):
    """All settings of a process."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: IndexSettings = Field(default_factory=IndexSettings)
    llm: LlmSettings = Field(default_factory=LlmSettings)
    index_folder: Path = Field(default=Path(".sanad"), description="SANAD_INDEX: folder of the index.")
    reader: Literal["on", "off"] = Field(
        default="on", description="SANAD_READER: 'off' answers without the trained reader: faster, less often right."
    )
    cache: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("sanad", appauthor=False)),
        description="SANAD_CACHE: folder for the unpacked embedding model.",
    )
    password: SecretStr = Field(
        default=SecretStr(""), description="SANAD_PASSWORD: what visitors of the chat page must know, if anything."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings from environment variables.

        Raises:
            SettingError: A variable is unknown or its value out of bounds.
        """
        given = {
            name: value
            for name, value in (os.environ if environment is None else environment).items()
            if name.startswith(_PREFIX) and value
        }
        known = _variables()
        values: dict[str, dict[str, str]] = {}
        for name, value in given.items():
            if name not in known:
                raise SettingError(f"Unknown setting {name}; known are {', '.join(sorted(known))}.")
            group, field = known[name]
            values.setdefault(group, {})[field] = value
        try:
            return cls.model_validate({**values.pop("", {}), **values})
        except ValidationError as error:
            fault = error.errors()[0]
            *_, group, field = ("", *map(str, fault["loc"]))
            name = next(variable for variable, place in known.items() if place == (group, field))
            raise SettingError(f"{name}={fault['input']!r}: {fault['msg'].removeprefix('Value error, ')}.") from None


def _variables() -> dict[str, tuple[str, str]]:
    """Each variable with the group ("" for none) and the field it sets; its name opens the field's description."""
    models: dict[str, type[BaseModel]] = {"": Settings, "index": IndexSettings, "llm": LlmSettings}
    return {
        field.description.partition(":")[0]: (group, name)
        for group, model in models.items()
        for name, field in model.model_fields.items()
        if field.description
    }
