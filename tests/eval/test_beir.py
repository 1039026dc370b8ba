"""BEIR's folders, and what is wrong with some of them."""

import json
from pathlib import Path

import pytest

from eval.beir import load_beir
from eval.records import QuestionSetError

CORPUS = [
    {"_id": "a", "title": "جسر", "text": "بني الجسر عام 1932."},
    {"_id": "b", "text": "Wheat is grown here."},
    {"_id": "c", "text": "Wheat is grown here."},
    {"_id": "empty", "text": " "},
]
QUERIES = [{"_id": 1, "text": "متى بني الجسر؟"}, {"_id": "2", "text": "What is grown?"}, {"_id": "3", "text": "Never?"}]
QRELS = "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t2\n2\tc\t1\n2\ta\t0\n3\tgone\t1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    for name, lines in (("corpus", CORPUS), ("queries", QUERIES)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text(QRELS)
    return tmp_path


def test_texts_become_documents_and_judged_queries_questions(folder: Path):
    pool = load_beir(folder, lambda _text: "und")
    assert [d.text for d in pool.documents] == ["جسر\n\nبني الجسر عام 1932.", "Wheat is grown here."]
    first, second = pool.questions
    assert (first.id, first.question, first.paragraphs) == ("1", "متى بني الجسر؟", (pool.documents[0].id,))
    assert second.paragraphs == (pool.documents[1].id,)  # equal texts are one document; a score of 0 is no gold
    assert pool.missing == 1


def test_the_judgements_of_test_come_first(folder: Path):
    (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\n2\tb\t1\n")
    assert len(load_beir(folder, lambda _text: "und").questions) == 2


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("corpus.jsonl", '{"_id": "a"}\n', r"corpus\.jsonl:1"),
        ("queries.jsonl", "no json\n", r"queries\.jsonl:1"),
        ("qrels/test.tsv", "q\tc\ts\n1\ta\n", r"test\.tsv"),
        ("qrels/test.tsv", "q\tc\ts\n1\tgone\t1\n", "no query"),
    ],
)
def test_what_is_wrong_is_told(folder: Path, name: str, text: str, told: str):
    (folder / name).write_text(text)
    with pytest.raises(QuestionSetError, match=told):
        load_beir(folder, lambda _text: "und")


def test_missing_files_are_told(folder: Path):
    (folder / "qrels" / "test.tsv").unlink()
    with pytest.raises(QuestionSetError, match="judgements"):
        load_beir(folder, lambda _text: "und")
    (folder / "corpus.jsonl").unlink()
    with pytest.raises(QuestionSetError, match=r"corpus\.jsonl: cannot be read"):
        load_beir(folder, lambda _text: "und")
