"""Drafted questions: each can be answered from its quote, and the set loads and is valid."""

from pathlib import Path

from eval import questions
from eval.draft import BLANK, drafts, reworded, to_jsonl
from index.types import Document

TEXT = """افتتح العمدة جسر وادي النور الجديد في يونيو بعد أعمال استمرت 27 شهرا.

وقال مهندس المشروع إن كلفة الجسر بلغت 1200 دينار فقط هذا العام.

لا شيء هنا.
"""
ENGLISH = "The mill of Tal Amar was mended by the engineer Nadir Salim in the spring. It grinds slowly."


def document(name: str, text: str, language: str) -> Document:
    return Document(name, f"{name}.txt", "", text, language, None, "text")


DOCUMENTS = (document("bridge", TEXT, "ar"), document("mill", ENGLISH, "en"))


def test_a_draft_asks_for_what_it_leaves_out():
    drafted = drafts(DOCUMENTS, 5)
    assert {draft.document for draft in drafted} == {"bridge.txt", "mill.txt"}
    for draft in drafted:
        text = next(d.text for d in DOCUMENTS if d.path == draft.document)
        assert text.count(draft.quote) == 1
        assert draft.fact[0] in draft.quote
        assert draft.fact[0] not in draft.question
        assert draft.question.count(BLANK) == 1


def test_each_document_gives_at_most_so_many():
    assert len([draft for draft in drafts(DOCUMENTS, 1) if draft.document == "bridge.txt"]) == 1


def test_the_drafts_are_the_same_every_time():
    assert drafts(DOCUMENTS, 2) == drafts(DOCUMENTS, 2)


def test_the_file_loads_and_is_valid(tmp_path: Path):
    for one in DOCUMENTS:
        (tmp_path / one.path).write_text(one.text, "utf-8")
    file = tmp_path / "drafts.jsonl"
    file.write_text(to_jsonl(drafts(DOCUMENTS, 5)), "utf-8")
    asked = questions.load(file, tmp_path)
    assert len(asked) >= 3
    assert questions.validate(asked, {one.path: one.text for one in DOCUMENTS}) == []


def test_another_wording_is_taken_where_it_asks_and_does_not_tell():
    drafted = drafts(DOCUMENTS, 5)[:1] * 4
    (fact, *_) = drafted[0].fact
    replies = iter(["What was\nleft out?", f"Was it {fact}?", "I cannot say.", "x" * 300 + "?"])
    worded = list(reworded(drafted, lambda _: next(replies)))
    assert [one.question for one in worded] == ["What was left out?", *[drafted[0].question] * 3]
    assert {(one.quote, one.fact) for one in worded} == {(drafted[0].quote, drafted[0].fact)}
