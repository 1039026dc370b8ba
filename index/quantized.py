"""Linear maps in 8-bit integers, for documents, which are embedded by the thousand.

Bytes are multiplied twice as fast as bfloat16 by processors with VNNI. A row of weights has a scale of its own, states
have one for all their channels; as a few channels are far larger than the others, a part of their size is handed over
to the weights first (SmoothQuant, Xiao et al., 2023). How large a channel gets is measured once for a model, by
``python -m eval.fit_ranges``, and shipped.
"""

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple, Self

import torch
from safetensors.torch import load
from torch import Tensor

from index import bundled
from index.errors import ModelError

RANGES = "ranges.safetensors"
VERSION = 1
"""Raise it when states come out of ``QuantizedLinear`` otherwise than by the constants below."""
_HANDED_OVER = 0.8
_MOST = 127
_LEAST = 1e-5
_MIDDLE = 128
_DIGITS = 8


class Ranges(NamedTuple):
    """How large the states get that the linear maps of a model are given.

    Attributes:
        largest: Largest magnitude of each channel (in,), by ``LAYER.MAP``, as "3.wide".
        digest: 8 hexadecimal digits; equal for equal ranges and an equal way of quantizing by them.
    """

    largest: Mapping[str, Tensor]
    digest: str

    @classmethod
    def shipped(cls) -> Self:
        """Those of the bundled model.

        Raises:
            ModelError: The file is not that of the bundled model.
        """
        packed = files("index").joinpath(RANGES).read_bytes()
        found = hashlib.sha256(packed).hexdigest()
        if found != bundled.RANGES_SHA256:
            raise ModelError(
                f"The model's ranges index/{RANGES} are damaged (SHA-256 {found[:12]}…, not "
                f"{bundled.RANGES_SHA256[:12]}…). Install Sanad again."
            )
        way = repr((found, VERSION, _HANDED_OVER, _MOST, _LEAST, _MIDDLE))
        return cls(load(packed), hashlib.sha256(way.encode()).hexdigest()[:_DIGITS])


class QuantizedLinear:
    """A linear map of bytes by bytes; a GELU may follow it."""

    def __init__(self, weight: Tensor, bias: Tensor, largest: Tensor, *, gelu: bool = False) -> None:
        """Quantize a map.

        Args:
            weight: (out, in).
            bias: (out,).
            largest: Largest magnitude that a channel of the states has, (in,); larger ones are cut.
            gelu: Whether a GELU follows.
        """
        largest, exact = largest.float().clamp(min=_LEAST), weight.float()
        smooth = largest**_HANDED_OVER / exact.abs().amax(0).clamp(min=_LEAST) ** (1 - _HANDED_OVER)
        self._scale = float((largest / smooth).max()) / _MOST
        self._factors = (1 / (smooth * self._scale)).to(weight.dtype)
        # The factors as they were rounded, so that what states lose by them the weights have.
        exact = exact / (self._factors.float() * self._scale)
        self._rows = exact.abs().amax(1).clamp(min=_LEAST) / _MOST
        rounded = (exact / self._rows[:, None]).round().to(torch.int8)
        self._weight = torch.ops.onednn.qlinear_prepack(rounded, None)
        self._zeros = torch.zeros(len(weight), dtype=torch.int32)
        self._bias, self._gelu = bias.float(), gelu

    def __call__(self, states: Tensor) -> Tensor:
        """States (tokens, in) to (tokens, out) of the same type."""
        cut = (states * self._factors).round_().clamp_(-_MOST, _MOST).to(torch.int8)
        # oneDNN is fast with unsigned states only; the sign's bit turned over is the middle added.
        unsigned = cut.view(torch.uint8) ^ _MIDDLE
        follows = "gelu" if self._gelu else "none"
        given = (unsigned, self._scale, _MIDDLE, self._weight, self._rows, self._zeros, self._bias)
        mapped: Tensor = torch.ops.onednn.qlinear_pointwise(*given, 1.0, 0, states.dtype, follows, [], "none")
        return mapped
