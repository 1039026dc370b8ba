"""Shares of languages by hand, and the command on a tiny pool with the real model."""

import json
from pathlib import Path

import pytest

from eval import languages
from eval.languages import Ranked, shares, to_table
from index.embed import Embedder

TEXTS = {
    "en": ("The old mill of Tal Amar grinds wheat for four villages.", "Who grinds wheat?"),
    "ar": ("تطحن طاحونة تل عمار القديمة القمح لأربع قرى.", "من يطحن القمح؟"),
}


def test_shares_by_hand():
    first = Ranked("en", "p", (("en", True), ("en", False), ("ar", True), ("en", False)), ("ar", "en"))
    second = Ranked("en", "q", (("en", False), ("en", False), ("en", True), ("en", False)), ("ar", "en"))
    arabic = shares([first, second], "ar")
    assert arabic["of the first ten"].value == pytest.approx(1 / 8)
    assert arabic["of the relevant"].value == pytest.approx(0.5)
    assert arabic["version found"].value == pytest.approx(0.5)
    # Gains 1 / log2(rank + 1) over those of two relevant paragraphs at the top.
    ideal = 1 + 1 / 1.5849625
    assert arabic["nDCG@10"].value == pytest.approx(((1 + 1 / 2) / ideal + (1 / 2) / ideal) / 2, abs=1e-6)
    table = to_table([first, second, Ranked("ar", "p", first.found, first.relevant)])
    assert [list(column.cells)[:2] for column in table.columns[:2]] == [["ar (1)", "ar (1)"], ["ar", "en"]]
    assert len(table.rows) == 4


def test_the_command(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    for language, (context, asked) in TEXTS.items():
        question = {"id": "1", "question": asked, "answers": [{"text": "x", "answer_start": 0}]}
        data = {"data": [{"title": "t", "paragraphs": [{"context": context, "qas": [question]}]}]}
        (tmp_path / f"{language}.json").write_text(json.dumps(data))
    languages.main([str(tmp_path / "en.json"), str(tmp_path / "ar.json")])
    printed = capsys.readouterr().out
    assert "of the first ten" in printed
    assert printed.count("0.500") >= 8  # both versions are found for both questions
