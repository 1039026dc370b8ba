"""An entailment model in the check: a tiny one whose last layer is made to say the same of everything."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import ModelError
from rag import entail
from rag.check import Checker, Fault


def make_model(folder: Path, labels: tuple[str, ...], always: int) -> str:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "mill", "two", "wheels"]
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.eye(len(labels))[always])
    model.save_pretrained(folder)
    return str(folder)


def apart(texts: list[str]) -> NDArray[np.float32]:
    """Vectors that are unlike each other, which the check without a model takes for another meaning."""
    return np.eye(len(texts), dtype=np.float32)


LABELS = ("CONTRADICTION", "NEUTRAL", "ENTAILMENT")


@pytest.mark.parametrize(("always", "fault"), [(2, None), (1, Fault("meaning")), (0, Fault("meaning"))])
def test_it_judges_meaning_in_place_of_vectors(tmp_path: Path, always: int, fault: Fault | None):
    checker = Checker(apart, entail.load(make_model(tmp_path / "nli", LABELS, always)))
    assert checker.check("Wheels turn the mill.", ["The mill has two wheels."]) == fault
    assert checker.check("The mill has nine wheels.", ["The mill has two wheels."]) == Fault("number", "nine")


def test_what_is_no_entailment_model_is_refused(tmp_path: Path):
    assert entail.load("") is None
    with pytest.raises(ModelError, match=r"has the labels negative, positive, and none for entailment"):
        entail.load(make_model(tmp_path / "mood", ("negative", "positive"), 0))
    with pytest.raises(ModelError, match=r"SANAD_LLM_ENTAILMENT=.* cannot be loaded"):
        entail.load(str(tmp_path / "none"))
