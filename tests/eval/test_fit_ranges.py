"""The ranges are those of the states that the maps of the model are given."""

import json
from pathlib import Path

import pytest
import torch

from eval import fit_ranges
from index import quantized
from index.config import Settings
from index.embed import Embedder

TEXTS = ["وصل الوفد إلى الميناء صباح الأحد.", "The delegation reached the harbour on Sunday morning."]


def test_of_each_channel_the_largest_magnitude_over_all_texts_is_measured(embedder: Embedder):
    found = fit_ranges.measure(embedder, TEXTS)
    assert found.keys() == quantized.Ranges.shipped().largest.keys()
    with torch.inference_mode():
        given = [
            embedder.encoder.embeddings(input_ids=torch.from_numpy(read.ids).long()[None])[0]
            for read in embedder.tokenize(TEXTS, "document")
        ]
    torch.testing.assert_close(found["0.inputs"], torch.cat(given).float().abs().amax(0))


def test_what_is_measured_is_written_for_the_model(
    embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    monkeypatch.setattr(fit_ranges, "DOCUMENTS", tmp_path / "news")
    monkeypatch.setattr(quantized, "__file__", str(tmp_path / "quantized.py"))
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(TEXTS[0], "utf-8")
    asked = {"data": [{"paragraphs": [{"context": TEXTS[1], "qas": []}]}]}
    (tmp_path / "set.json").write_text(json.dumps(asked), "utf-8")
    read = fit_ranges.texts([tmp_path / "set.json"], Settings.from_environment(), embedder)
    assert read[0] == TEXTS[1]
    assert any(TEXTS[0] in text for text in read[1:])
    fit_ranges.main([tmp_path / "set.json"])
    assert "RANGES_SHA256 is" in capsys.readouterr().out
    assert (tmp_path / quantized.RANGES).stat().st_size > 60_000
