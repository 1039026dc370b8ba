"""Products of bytes against exact ones, where a few channels are far larger than the others, as a model's are."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from transformers import BertConfig, BertModel

from index import quantized
from index.errors import ModelError
from index.packed import PackedBert
from index.quantized import QuantizedLinear, Ranges

TOKENS, GIVEN, OUT = 40, 64, 96
TEXTS = [np.array(ids, np.int32) for ids in ([1, 2, 3, 4, 5], [6, 7, 8], [9, 10, 11], [12])]


@pytest.fixture(scope="module")
def states() -> Tensor:
    torch.manual_seed(5)
    states = torch.randn(TOKENS, GIVEN)
    states[:, 7] *= 60
    return states


def _error(found: Tensor, exact: Tensor) -> float:
    return float((found.float() - exact).abs().mean() / exact.abs().mean())


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("gelu", [False, True])
def test_a_map_is_nearly_exact_though_one_channel_is_far_larger(kind: torch.dtype, gelu: bool, states: Tensor):
    weight, bias = torch.randn(OUT, GIVEN) * 0.05, torch.randn(OUT) * 0.1
    weight[:, 7] *= 0.1
    largest = states.abs().amax(0)
    found = QuantizedLinear(weight.to(kind), bias.to(kind), largest, gelu=gelu)(states.to(kind))
    exact = torch.nn.functional.linear(states, weight, bias)
    exact = torch.nn.functional.gelu(exact) if gelu else exact
    assert found.dtype == kind
    assert _error(found, exact) < 0.03


def test_states_beyond_the_range_are_cut():
    weight, bias = torch.eye(GIVEN), torch.zeros(GIVEN)
    given = torch.zeros(1, GIVEN)
    given[0, 0], given[0, 1] = 50.0, -50.0
    found = QuantizedLinear(weight, bias, torch.full((GIVEN,), 10.0))(given)
    torch.testing.assert_close(found[0, :3], torch.tensor([10.0, -10.0, 0.0]), atol=0.2, rtol=0)


def test_a_whole_model_in_bytes_gives_nearly_the_same_states():
    torch.manual_seed(3)
    config = BertConfig(vocab_size=50, hidden_size=24, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48)
    bert = BertModel(config).eval()
    sizes = {"inputs": 24, "out": 24, "wide": 24, "narrow": 48}
    largest = {f"{layer}.{name}": torch.full((size,), 4.0) for layer in range(2) for name, size in sizes.items()}
    exact, found = PackedBert.of(bert), PackedBert.of(bert, largest)
    assert exact
    assert found
    with torch.inference_mode():
        for one, other in zip(exact.states(TEXTS), found.states(TEXTS), strict=True):
            assert 0 < _error(other, one) < 0.05


def test_the_shipped_ranges_are_those_of_every_map_of_the_bundled_model():
    ranges = Ranges.shipped()
    assert {name: len(values) for name, values in ranges.largest.items()} == {
        f"{layer}.{name}": 1536 if name == "narrow" else 384
        for layer in range(12)
        for name in ("inputs", "out", "wide", "narrow")
    }
    assert all((values > 0).all() and values.isfinite().all() for values in ranges.largest.values())


@pytest.mark.parametrize("constant", ["VERSION", "_HANDED_OVER", "_MOST", "_LEAST", "_MIDDLE"])
def test_products_of_bytes_made_in_another_way_are_told_apart(constant: str, monkeypatch: pytest.MonkeyPatch):
    before = Ranges.shipped().digest
    monkeypatch.setattr(quantized, constant, getattr(quantized, constant) * 2)
    assert Ranges.shipped().digest != before


def test_damaged_ranges_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    packed = bytearray(Path(quantized.__file__).with_name(quantized.RANGES).read_bytes())
    packed[-1] ^= 1
    (tmp_path / quantized.RANGES).write_bytes(packed)
    monkeypatch.setattr(quantized, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match=r"ranges\.safetensors are damaged .* Install Sanad again"):
        Ranges.shipped()
