"""bm25s and tantivy side by side, on next to nothing."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from eval import lexical_bench
from eval.bench import spread
from eval.lexical_bench import LIBRARIES, Cost
from index import lexical

pytest.importorskip("tantivy", reason="pip install 'sanad-qa[bench]'")

TEXTS = ["افتتح الميناء القديم صباح الأحد.", "زار الوزير السوق والسوق الجديد.", "bridge over the river"]


@pytest.mark.parametrize("name", LIBRARIES)
def test_both_rank_by_terms(name: str, tmp_path: Path):
    LIBRARIES[name].write(tmp_path / "index", TEXTS)
    rank = LIBRARIES[name].open(tmp_path / "index")
    assert rank(lexical.terms("السوق"))[0] == 1
    assert rank(lexical.terms("ميناء")) == [0]
    assert rank(lexical.terms("rivers bridge")) == [2]
    assert rank(lexical.terms("xyz")) == []


@pytest.mark.parametrize("name", LIBRARIES)
def test_quality_by_hand(name: str, tmp_path: Path):
    paragraphs = [{"context": text, "qas": []} for text in TEXTS]
    asked = (("a", "من زار السوق؟"), ("b", "أين الميناء؟"), ("c", "Which bridge?"), ("d", "السوق"))
    for at, (key, question) in zip((1, 0, 2, 2), asked, strict=True):
        qas = paragraphs[at]["qas"]
        assert isinstance(qas, list)
        qas.append({"id": key, "question": question, "answers": [{"text": "x"}]})
    (tmp_path / "pool.json").write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}))
    assert lexical_bench.quality(LIBRARIES[name], [tmp_path / "pool.json"]) == (0.75, 0.75, 4)


@pytest.mark.parametrize("name", LIBRARIES)
def test_both_are_timed(name: str, tmp_path: Path):
    seconds, memory = lexical_bench.build(name, tmp_path / "index", 30)
    assert min(seconds, memory) > 0
    assert lexical_bench.ask(name, tmp_path / "index", 30).count == 30


def test_the_table():
    out = io.StringIO()
    row = ("tantivy", 1000, Cost(1.26, 3 << 30, 3 << 19, spread([1.0, 2.0])))
    Console(file=out, width=200).print(lexical_bench.table([row]))
    assert out.getvalue().split()[-7:] == ["tantivy", "1,000", "1.3", "3,072", "1.5", "1.5", "1.9"]  # p95 1.95
