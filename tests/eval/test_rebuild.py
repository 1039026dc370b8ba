"""The measurement of rebuilds, on next to nothing."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from eval import rebuild
from eval.rebuild import Rebuilt
from index.config import Settings
from index.embed import Embedder


def test_documents_are_made_and_changed(tmp_path: Path):
    sentences = iter([f"Sentence number {number}." for number in range(20)])
    assert rebuild.fill(tmp_path, 5, sentences) == 3
    assert len(list(tmp_path.iterdir())) == 3
    assert (tmp_path / "000001.txt").read_text().split("\n\n")[0] == (
        "Sentence number 6. Sentence number 7. Sentence number 8."
    )
    assert rebuild.change(tmp_path, iter(["A new one."])) == 1
    assert (tmp_path / "000000.txt").read_text().endswith("Sentence number 5. A new one.")
    assert rebuild.change(tmp_path, iter(())) == 0


def test_a_rebuild_embeds_what_changed(embedder: Embedder):
    full, nothing, changed = rebuild.measure(3, Settings(), embedder)
    assert full.embedded >= 3 * 6
    assert nothing.embedded == 0
    assert 0 < changed.embedded < 12


def test_the_table():
    out = io.StringIO()
    found = [Rebuilt("full", 20.0, 1000), Rebuilt("nothing", 0.3, 0)]
    Console(file=out, width=200).print(rebuild.table(found))
    assert "1.5%" in out.getvalue()
    assert "1,000" in out.getvalue()


def test_something_is_changed_though_all_sentences_are_used_up(embedder: Embedder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rebuild, "recombined", lambda _: iter([f"Der Satz {number} ist neu." for number in range(20)]))
    full, _, changed = rebuild.measure(9, Settings(), embedder)
    assert full.what == "full build of 3 documents"
    assert changed.what == "1 documents changed"
    assert changed.embedded > 0
