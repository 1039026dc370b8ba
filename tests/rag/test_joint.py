"""The reader's network against transformers' own BERT and PyTorch's own attention, on tiny random weights."""

import numpy as np
import pytest
import torch
from torch.nn import functional
from transformers import BertConfig, BertModel

from rag import joint
from rag.joint import Fast, Layer, Lower, Upper, packed, padded, pooling, unpacked

SIZE, INNER = 24, 48


@pytest.fixture(scope="module")
def bert() -> BertModel:
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=50, hidden_size=SIZE, num_hidden_layers=8, num_attention_heads=12, intermediate_size=INNER
    )
    return BertModel(config).eval()


@pytest.fixture(scope="module")
def upper(bert: BertModel) -> Upper:
    torch.manual_seed(4)
    made = Upper.start(bert).eval()
    made.side.data.normal_()
    return made


def read(
    upper: Upper, question: torch.Tensor, passages: list[torch.Tensor], sentences: list[list[int]]
) -> joint.Logits:
    states, mask = padded(passages)
    question = question.expand(len(passages), -1, -1)
    shown = torch.ones(question.shape[:2], dtype=torch.bool)
    numbers = [torch.tensor(row, dtype=torch.int32).numpy() for row in sentences]
    with torch.inference_mode():
        logits: joint.Logits = upper(question, shown, states, mask, pooling(numbers, states.shape[1]))
    return logits


def test_the_layers_are_berts_also_on_padded_texts(bert: BertModel):
    ids = torch.tensor([[1, 2, 3, 4, 5], [6, 7, 8, 0, 0]])
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]], dtype=torch.bool)
    with torch.inference_mode():
        states = Lower(bert).eval()(ids, mask)
        for layer in bert.encoder.layer[joint.SHARED_LAYERS :]:
            states = Layer.like(layer).eval()(states, mask)
        expected = bert(input_ids=ids, attention_mask=mask.long()).last_hidden_state
    torch.testing.assert_close(states[mask], expected[mask], atol=1e-5, rtol=1e-4)


def test_the_lower_layers_share_the_encoders_parameters(bert: BertModel):
    lower = Lower(bert)
    assert lower.layers[0].query.weight is bert.encoder.layer[0].attention.self.query.weight
    assert len(lower.layers) == joint.SHARED_LAYERS


def test_the_upper_layers_are_the_readers_own(bert: BertModel):
    upper = Upper.start(bert)
    before = bert.encoder.layer[-1].output.dense.weight.clone()
    upper.layers[-1].narrow.weight.data.zero_()
    assert torch.equal(bert.encoder.layer[-1].output.dense.weight, before)


def test_going_on_takes_the_heads_and_the_topmost_layers(bert: BertModel):
    torch.manual_seed(5)
    trained, upper = Upper(2, SIZE, INNER), Upper.start(bert)
    below = [layer.wide.weight.clone() for layer in upper.layers[:-2]]
    upper.onward(trained)
    assert torch.equal(upper.here.weight, trained.here.weight)
    assert torch.equal(upper.side, trained.side)
    for mine, other in zip(upper.layers[-2:], trained.layers, strict=True):
        assert torch.equal(mine.wide.weight, other.wide.weight)
    assert all(torch.equal(layer.wide.weight, before) for layer, before in zip(upper.layers, below, strict=False))


def test_texts_are_filled_up_to_few_sizes():
    rows = [torch.ones(3, SIZE), torch.ones(17, SIZE)]
    states, mask = padded(rows)
    assert states.shape == (2, 32, SIZE)
    assert mask.sum(1).tolist() == [3, 17]
    assert torch.equal(states[mask], torch.ones(20, SIZE))
    assert not states[~mask].any()


def test_without_padding_the_layers_read_the_same(upper: Upper):
    torch.manual_seed(7)
    question, passages = torch.randn(4, SIZE), [torch.randn(5, SIZE), torch.randn(9, SIZE), torch.randn(9, SIZE)]
    sentences = [[-1, 0, 0, 1, 1], [-1, 0, 0, 1, 1, 2, 2, 2, 2], [-1, -1, 0, 0, 0, 0, 1, 1, 1]]
    expected = read(upper, question[None], passages, sentences)
    with torch.inference_mode():
        found = Fast(upper).read(question, passages, [np.array(row, np.int32) for row in sentences])
    for row, passage in enumerate(found):
        tokens, most = len(sentences[row]), max(sentences[row]) + 1
        np.testing.assert_allclose(passage.start, expected.start[row, :tokens], atol=1e-4)
        np.testing.assert_allclose(passage.end, expected.end[row, :tokens], atol=1e-4)
        np.testing.assert_allclose(passage.sentences, expected.sentences[row, :most], atol=1e-4)
        assert passage.here == pytest.approx(expected.here[row].item(), abs=1e-4)


def test_what_a_passage_is_read_beside_changes_nothing(upper: Upper):
    torch.manual_seed(5)
    question, short, long = torch.randn(1, 4, SIZE), torch.randn(5, SIZE), torch.randn(20, SIZE)
    alone = read(upper, question, [short], [[-1, 0, 0, 1, 1]])
    beside = read(upper, question, [short, long], [[-1, 0, 0, 1, 1], [-1, 0, 0, 1, 1, *[2] * 15]])
    torch.testing.assert_close(beside.here[0], alone.here[0], atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(beside.start[0, :5], alone.start[0, :5], atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(beside.sentences[0, :2], alone.sentences[0], atol=1e-5, rtol=1e-4)
    assert torch.isneginf(beside.start[0, 5:]).all()
    assert torch.isneginf(beside.sentences[0, 2:]).all()


def test_question_and_passage_are_told_apart(upper: Upper):
    torch.manual_seed(6)
    one, other = torch.randn(1, 4, SIZE), torch.randn(4, SIZE)
    here = read(upper, one, [other], [[0, 0, 0, 0]]).here
    swapped = read(upper, other[None], [one[0]], [[0, 0, 0, 0]]).here
    assert not torch.allclose(here, swapped)


def test_attention_and_its_gradients_are_pytorchs():
    torch.manual_seed(7)
    given = [torch.randn(3, 6, 4, requires_grad=True) for _ in range(3)]
    hidden = torch.zeros(3, 1, 6)
    hidden[:, :, 4:] = -1e4
    weight = torch.randn(3, 6, 4)
    ours = joint._Attention.apply(*given, hidden)
    theirs = functional.scaled_dot_product_attention(*given, attn_mask=hidden.expand(3, 6, 6))
    torch.testing.assert_close(ours, theirs)
    for mine, expected in zip(
        torch.autograd.grad((ours * weight).sum(), given),
        torch.autograd.grad((theirs * weight).sum(), given),
        strict=True,
    ):
        torch.testing.assert_close(mine, expected, atol=1e-5, rtol=1e-4)


def test_pooling_averages_each_sentences_tokens():
    rows = pooling([torch.tensor([-1, 0, 0, 1], dtype=torch.int32).numpy()], 5)
    assert rows.tolist() == [[[0, 0.5, 0.5, 0, 0], [0, 0, 0, 1, 0]]]


def test_weights_come_back_as_they_were_stored(upper: Upper):
    data = packed(upper)
    assert data == packed(upper)
    back = unpacked(data, torch.float32)
    for name, value in upper.state_dict().items():
        stored = back.state_dict()[name]
        step = value.abs().amax(-1, keepdim=True) / 127 if value.dim() == 2 else torch.zeros(1)
        assert ((stored - value).abs() <= step / 2 + 1e-7).all(), name
    assert not any(parameter.requires_grad for parameter in back.parameters())
