"""The least that a run on the project's own questions must show."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.report import SECTIONS, Measures
from index.errors import SanadError

THRESHOLDS = Path(str(files("eval").joinpath("thresholds.toml")))


class GateError(SanadError):
    """A run falls below a threshold, or the thresholds cannot be read."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bounds of measures by name: a value may not lie below ``least`` or above ``most``."""

    least: Mapping[str, float]
    most: Mapping[str, float]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    least: dict[str, float] = Field(default_factory=dict)
    most: dict[str, float] = Field(default_factory=dict)


def load_thresholds(file: Path = THRESHOLDS) -> Thresholds:
    """Read thresholds from TOML with the tables ``least`` and ``most``.

    Raises:
        GateError: The file cannot be read, is not in the format, or names an unknown measure.
    """
    try:
        read = _File.model_validate(tomllib.loads(file.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        reason = " ".join(str(error).split())
        raise GateError(f"{file}: cannot be read ({reason}); give tables 'least' and 'most' of numbers.") from error
    known = {name for section in SECTIONS.values() for name in section}
    if unknown := sorted((read.least.keys() | read.most.keys()) - known):
        raise GateError(f"{file}: unknown measure {unknown[0]!r}; use the names of 'sanad eval --json'.")
    return Thresholds(read.least, read.most)


def check(measures: Measures, thresholds: Thresholds) -> None:
    """Compare measures with thresholds; one that was not measured has failed.

    Raises:
        GateError: Names every measure that is out of bounds.
    """
    failed = [_told(name, measures, f"at least {bound:g}") for name, bound in thresholds.least.items()
              if (value := _value(name, measures)) is None or value < bound]  # fmt: skip
    failed += [_told(name, measures, f"at most {bound:g}") for name, bound in thresholds.most.items()
               if (value := _value(name, measures)) is None or value > bound]  # fmt: skip
    if failed:
        raise GateError(f"The eval gate failed: {'; '.join(failed)}.")


def _value(name: str, measures: Measures) -> float | None:
    return measures[name].value if name in measures else None


def _told(name: str, measures: Measures, wanted: str) -> str:
    value = _value(name, measures)
    return f"{name} is {'not measured' if value is None else f'{value:.3f}'} and must be {wanted}"
