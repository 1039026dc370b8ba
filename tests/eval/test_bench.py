"""The bench's helpers by hand, and each of its measurements on next to nothing."""

import io
from itertools import islice
from pathlib import Path

import pytest
from rich.console import Console

from eval import bench
from eval.bench import Building
from eval.bench_texts import recombined
from index.config import Settings
from index.embed import Embedder
from rag.engine import Engine

SENTENCES = ("One two three four.", "Red green blue black.", "Sun moon star sky.", "Too short.")


def test_spread_by_hand():
    found = bench.spread([1.0, 2.0, 3.0, 4.0, 101.0])
    assert (found.low, found.median, found.high, found.count) == (2.0, 3.0, 4.0, 5)
    assert found.p95 == pytest.approx(4 + 0.8 * 97)
    assert bench.spread([7.0]) == bench.Spread(7.0, 7.0, 7.0, 7.0, 1)


def test_processor():
    assert bench.processor("processor : 0\nmodel name\t: Fast CPU @ 3 GHz\nmodel name\t: Other\n") == "Fast CPU @ 3 GHz"
    assert bench.processor("")


def test_table():
    output = io.StringIO()
    answers, first = bench.spread([10.0, 20.0, 30.0]), bench.spread([5.0])
    slow, fast = (500.0, 1000.0, 1000.0), (8000.0, 6000.0, 8000.0)
    building = Building((2000.0, 3000.0, 4000.0), (1000.0, 2000.0, 1000.0), slow, fast, 123456, 65432)
    Console(file=output, width=120).print(bench.table(first, answers, first, building, first, "A machine"))
    shown = output.getvalue()
    assert "A machine" in shown
    lines = {line.split("  ")[0]: line.split() for line in shown.splitlines()}
    assert lines["warm answer, ms"][-5:] == ["15.0", "to", "25.0", "29.0", "3"]
    assert lines["index build, tokens/s of 123,456"][5] == "3,000"
    assert lines["build / encode"][3:] == ["2.00", "1.75", "to", "3.00", "3"]
    assert lines["build / LlamaIndex"][3:] == ["4.00", "3.50", "to", "4.00", "3"]
    assert lines["build / matrix products"][4:] == ["0.50", "0.38", "to", "0.50", "3"]
    assert lines["a question's vector, ms"][4] == "5.0"
    assert lines["first answer of a new process, s"][7] == "5.00"


def test_answers_are_timed(engine: Engine):
    times = bench.time_answers(engine, ["متى وقعت المعاهدة؟", "من زار المنتجع؟"], warm_up=1)
    assert len(times) == 2
    assert all(time > 0 for time in times)


def test_building_is_timed_in_turns_and_never_from_a_cache(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
):
    settings, model = Settings.from_environment(), embedder._model
    for number, text in enumerate(islice(recombined([f"{s} {i} of the day." for i in range(2) for s in SENTENCES]), 6)):
        (tmp_path / f"{number}.txt").write_text(text)
    pytest.importorskip("llama_index.embeddings.huggingface", reason="pip install 'sanad-qa[bench]'")
    monkeypatch.setattr(bench, "multiplications", lambda _dtype: 1e12)
    found = bench.time_building(tmp_path, settings, model, embedder, repeats=2)
    assert len(found.build) == len(found.encode) == len(found.llama_index) == 2
    assert found.product == (1e12 / bench.operations(model),) * 2
    assert 42e6 < bench.operations(model) < 43e6  # twelve layers of 384 by 384 and 384 by 1536
    assert found.build_tokens > found.encode_tokens > 0  # sentences come on top of passages
    assert "cores" in bench.machine(model)


def test_multiplications_are_counted():
    import torch

    assert bench.multiplications(torch.float32, size=64, seconds=0.01) > 1e6


def test_vectors_are_timed(embedder: Embedder):
    assert len(bench.time_vectors(embedder, ["متى؟", "من؟"])) == 2


def test_first_answers_are_timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command is run as often as asked; a failing one is no measurement."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "__init__.py").write_text("")
    log = tmp_path / "log"
    (tmp_path / "ui" / "cli.py").write_text(
        f"import sys\ndef main():\n    print('because', flush=True)\n"
        f"    open({str(log)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
    )
    assert len(bench.time_first_answers(Path("somewhere"), "why?", repeats=2)) == 2
    assert log.read_text() == "ask why? --index somewhere\n" * 2
