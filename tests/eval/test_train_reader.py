"""Training learns, goes on where it stopped, and ends where it would have ended."""

from pathlib import Path

import numpy as np
import pytest
import torch

from eval import train_reader
from eval.reader_data import Asked, Gold, Window
from eval.reader_steps import Crop, Lesson
from eval.train_reader import Lectures, loss, train
from rag.joint import Upper

SIZE = 24


@pytest.fixture(scope="module")
def taught() -> Lectures:
    torch.manual_seed(1)
    numbers = np.array([-1] * 3 + [0] * 4 + [1] * 4 + [-1], np.int32)
    ids, spans = np.arange(12, dtype=np.int32), np.zeros((12, 2), np.int32)
    windows = [Window(n, 0, n, "", ids, spans, numbers) for n in range(4)]
    asked = [Asked({0: "?"}, {0: Gold(n, 8, 9)}, {0: ("x",)}, n, "own", False) for n in range(4)]
    states = [torch.randn(12, SIZE) for _ in windows]
    return Lectures(windows, asked, states, [{0: torch.randn(5, SIZE)} for _ in asked], [[0]] * 4)


def lesson(number: int, *, answered: bool = True) -> Lesson:
    other = (number + 1) % 4
    return Lesson(number, 0, Gold(number, 8, 9) if answered else None, Crop(number, 3, 11), Crop(other, 3, 7))


def fresh() -> Upper:
    torch.manual_seed(2)
    return Upper(1, SIZE, 48)


def test_training_learns(taught: Lectures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(train_reader, "_PEAK", 3e-3)
    upper = fresh()
    batch = [lesson(n) for n in range(4)]
    before = loss(batch, taught, upper)[1]
    train([batch] * 120, taught, upper, tmp_path / "checkpoint.pt")
    after = loss(batch, taught, upper)[1]
    assert all(late < 0.7 * early for late, early in zip(after, before, strict=True)), (before, after)


def test_the_losses_look_at_the_gold_words_and_sentence(taught: Lectures):
    upper = fresh()
    for parameter in upper.parameters():
        parameter.data.zero_()
    words, sentence, here = loss([lesson(0)], taught, upper)[1]
    tokens = (3 + 8) + (3 + 4)  # of both passages with their prompts; every token and sentence is as likely
    assert words == pytest.approx(np.log(tokens), abs=1e-3)
    assert sentence == pytest.approx(np.log(3), abs=1e-3)
    assert here == pytest.approx(np.log(2), abs=1e-3)


def test_an_unanswered_question_teaches_only_that_nothing_is_here(taught: Lectures):
    words, sentence, here = loss([lesson(0, answered=False)], taught, fresh())[1]
    assert (words, sentence) == (0, 0)
    assert here > 0


def test_it_goes_on_where_it_stopped(taught: Lectures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(train_reader, "_SAVE_EVERY", 3)
    steps = [[lesson(n % 4), lesson((n + 2) % 4)] for n in range(8)]
    whole = fresh()
    train(steps, taught, whole, tmp_path / "whole.pt")

    def stopped(
        batch: list[Lesson], lectures: Lectures, upper: Upper
    ) -> tuple[torch.Tensor, tuple[float, float, float]]:
        if stopped.left == 0:
            raise KeyboardInterrupt
        stopped.left -= 1
        return loss(batch, lectures, upper)

    stopped.left = 7  # in the half whose weights are averaged
    monkeypatch.setattr(train_reader, "loss", stopped)
    with pytest.raises(KeyboardInterrupt):
        train(steps, taught, fresh(), tmp_path / "parts.pt")
    monkeypatch.setattr(train_reader, "loss", loss)
    parts = fresh()
    train(steps, taught, parts, tmp_path / "parts.pt")
    for one, other in zip(whole.parameters(), parts.parameters(), strict=True):
        torch.testing.assert_close(one, other)


def test_what_is_left_is_the_mean_of_the_later_steps_weights(
    taught: Lectures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(train_reader, "_SAVE_EVERY", 1)
    steps = [[lesson(n % 4)] for n in range(4)]
    biases: list[torch.Tensor] = []
    saving = torch.save

    def save(state: dict[str, dict[str, torch.Tensor]], path: Path) -> None:
        biases.append(state["upper"]["span.bias"].clone())
        saving(state, path)

    monkeypatch.setattr(torch, "save", save)
    upper = fresh()
    train(steps, taught, upper, tmp_path / "checkpoint.pt")
    torch.testing.assert_close(upper.span.bias.data, (biases[2] + biases[3]) / 2)
    assert not torch.equal(biases[2], biases[3])
