"""The packed forward pass against transformers' own BERT, on tiny random weights."""

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from index.packed import Linear, PackedBert, Run, filled, runs

SIZE = 24


@pytest.fixture(scope="module")
def bert() -> BertModel:
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=50, hidden_size=SIZE, num_hidden_layers=3, num_attention_heads=4, intermediate_size=48
    )
    return BertModel(config).eval()


TEXTS = [np.array(ids, np.int32) for ids in ([1, 2, 3, 4, 5], [6, 7, 8], [9, 10, 11], [12], [13, 14, 15])]


@pytest.mark.parametrize("layers", [None, 2])
def test_states_are_those_of_each_text_alone(bert: BertModel, layers: int | None):
    packed = PackedBert.of(bert)
    assert packed is not None
    with torch.inference_mode():
        found = packed.states(TEXTS, layers)
        for ids, states in zip(TEXTS, found, strict=True):
            given = torch.from_numpy(ids).long()[None]
            expected = bert(input_ids=given, output_hidden_states=True).hidden_states[-1 if layers is None else layers]
            torch.testing.assert_close(states, expected[0], atol=1e-5, rtol=1e-4)
            if layers:
                torch.testing.assert_close(packed.further(states, layers, 3), packed.states([ids])[0])


@pytest.mark.parametrize("available", [True, False])
def test_a_linear_map_is_the_same_on_every_processor(available: bool, monkeypatch: pytest.MonkeyPatch):
    if not available:
        monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    torch.manual_seed(4)
    plain, states = torch.nn.Linear(SIZE, 48), torch.randn(7, SIZE)
    with torch.inference_mode():
        for gelu in (False, True):
            expected = torch.nn.functional.gelu(plain(states)) if gelu else plain(states)
            torch.testing.assert_close(Linear(plain.weight, plain.bias, gelu=gelu)(states), expected)


def test_a_linear_map_in_bfloat16_needs_no_processor_for_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", lambda: False)
    monkeypatch.setattr(torch.ops.mkldnn, "_reorder_linear_weight", lambda _: pytest.fail("laid out for oneDNN"))
    plain, states = torch.nn.Linear(SIZE, 48).bfloat16(), torch.randn(7, SIZE).bfloat16()
    with torch.inference_mode():
        torch.testing.assert_close(Linear(plain.weight, plain.bias)(states), plain(states))


def test_another_activation_is_not_packed(bert: BertModel):
    other = BertModel(BertConfig(**{**bert.config.to_dict(), "hidden_act": "relu"}))
    assert PackedBert.of(other) is None


def test_another_kind_of_model_is_not_packed():
    assert PackedBert.of(torch.nn.Linear(2, 2)) is None


def test_runs_join_only_neighbours():
    assert runs([3, 3, 2, 3]) == [Run(2, 3), Run(1, 2), Run(1, 3)]


def test_few_sizes_are_computed_with():
    """Each new size costs kernels, so thousands of lengths come down to some dozens, none much longer than the text."""
    sizes = [filled(tokens) for tokens in range(1, 4097)]
    assert len(set(sizes)) <= 80
    assert all(tokens <= size <= tokens + max(15, tokens / 16) for tokens, size in enumerate(sizes, 1))
