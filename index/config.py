"""Settings: what an index is made of (stored in its manifest) and where things are kept.

Every default stands here once, with its bounds. A setting is changed through the environment variable named in its
description; unknown ``SANAD_`` variables are refused.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import SettingError

BUNDLED_MODEL = "bundled"
_PREFIX = "SANAD_"


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


class Settings(BaseModel):
    """All settings of a process."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index: IndexSettings = Field(default_factory=IndexSettings)
    index_folder: Path = Field(default=Path(".sanad"), description="SANAD_INDEX: folder of the index.")
    cache: Path = Field(
        default_factory=lambda: Path(platformdirs.user_cache_dir("sanad", appauthor=False)),
        description="SANAD_CACHE: folder for the unpacked embedding model.",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings from environment variables.

        Raises:
            SettingError: A variable is unknown or its value out of bounds.
        """
        given = {
            name.removeprefix(_PREFIX).lower(): value
            for name, value in (os.environ if environment is None else environment).items()
            if name.startswith(_PREFIX) and value
        }
        places = {"index": "index_folder", "cache": "cache"}
        outer = {places[name]: given.pop(name) for name in list(given) if name in places}
        try:
            return cls.model_validate({**outer, "index": given})
        except ValidationError as error:
            fault = error.errors()[0]
            name = f"{_PREFIX}{str(fault['loc'][-1]).upper()}"
            if fault["type"] == "extra_forbidden":
                known = sorted({*places, *IndexSettings.model_fields})
                raise SettingError(
                    f"Unknown setting {name}; known are {', '.join(_PREFIX + k.upper() for k in known)}."
                ) from None
            raise SettingError(f"{name}={fault['input']!r}: {fault['msg']}.") from None
