"""Documents and passages survive being written as JSON."""

import json
from datetime import date

import pytest

from index import rows
from index.types import Document, Dropped, Passage, Sentence

BARE = Document("0" * 16, "a.txt", "العنوان", "نص \ud800\u2028", "ar", None, "text")
FULL = Document(
    "1" * 16, "b.pdf", "t", "text", "en", date(2031, 4, 8), "html", ("c.pdf",), (0, 2), "ليلى", "دار المرسى", ((0, 4),)
)


@pytest.mark.parametrize("document", [BARE, FULL])
def test_a_document_comes_back(document: Document):
    assert rows.read_document(json.loads(json.dumps(rows.document_row(document)))) == document


def test_what_was_dropped_comes_back_with_its_document():
    dropped = [(Dropped(0, 2, "share"),), ()]
    written = [json.loads(json.dumps(row)) for row in rows.document_rows([BARE, FULL], dropped)]
    assert [rows.read_document(row) for row in written] == [BARE, FULL]
    assert [rows.read_dropped(row) for row in written] == dropped


def test_a_passage_comes_back():
    passage = Passage("0-3", "0", "عنوان", (Sentence(0, 4), Sentence(5, 9)))
    (row,) = rows.passage_rows([passage])
    assert rows.read_passage(json.loads(json.dumps(row))) == passage
