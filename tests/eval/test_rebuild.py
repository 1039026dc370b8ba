"""The measurement of rebuilds, on next to nothing."""

import io
from pathlib import Path

from rich.console import Console

from eval import rebuild
from eval.rebuild import Rebuilt
from index.config import Settings
from index.embed import Embedder


def test_documents_are_made_and_changed(tmp_path: Path):
    sentences = iter([f"Sentence number {number}." for number in range(30)])
    assert rebuild.fill(tmp_path, 5, sentences) == 3
    assert len(list(tmp_path.iterdir())) == 3
    assert (tmp_path / "000001.txt").read_text().split("\n\n")[0] == (
        "Sentence number 9. Sentence number 10. Sentence number 11."
    )
    assert rebuild.change(tmp_path, iter(["A new one."])) == 1
    assert (tmp_path / "000000.txt").read_text().endswith("Sentence number 8. A new one.")


def test_a_rebuild_embeds_what_changed(embedder: Embedder):
    full, nothing, changed = rebuild.measure(3, Settings(), embedder)
    assert full.embedded >= 3 * 9
    assert nothing.embedded == 0
    assert 0 < changed.embedded < 12


def test_the_table():
    out = io.StringIO()
    found = [Rebuilt("full", 20.0, 1000), Rebuilt("nothing", 0.3, 0)]
    Console(file=out, width=200).print(rebuild.table(found))
    assert "1.5%" in out.getvalue()
    assert "1,000" in out.getvalue()
