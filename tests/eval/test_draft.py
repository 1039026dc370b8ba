"""Drafted questions: each can be answered from its quote, and the set loads and is valid."""

from pathlib import Path

import pytest

from eval import questions
from eval.draft import BLANK, Draft, drafts, reworded, to_jsonl
from index.types import Document

TEXT = """افتتح العمدة جسر وادي النور الجديد بعد أعمال استمرت 27 شهرا في ظروف صعبة.

وقال مهندس المشروع، وهو من سكان الحي القديم، إن أعمدة الجسر صُنعت في البرازيل قبل وصولها إلى الموقع.

لا شيء هنا.
"""
ENGLISH = "The engineers brought the wheel of the mill of Tal Amar from Norway in the spring. It grinds slowly."


def document(name: str, text: str, language: str) -> Document:
    return Document(name, f"{name}.txt", "", text, language, None, "text")


DOCUMENTS = (document("bridge", TEXT, "ar"), document("mill", ENGLISH, "en"))


def one(text: str, language: str) -> Draft:
    (draft,) = drafts([document("a", text, language)], 1)
    return draft


@pytest.mark.parametrize(
    ("text", "language", "question", "fact"),
    [
        (
            "The mayor said, quoting the builders of the dam, that the town had bought 45 new buses for the pupils.",
            "en",
            "that the town had bought how many new buses for the pupils?",
            ("45",),
        ),
        (
            "زار الوفد التجاري القرية البعيدة في عام 2031 ولم يعد إليها.",
            "ar",
            "زار الوفد التجاري القرية البعيدة في أي عام ولم يعد إليها؟",
            ("2031",),
        ),
        (
            "Городские власти закрыли мост через реку 10 марта 2031 года на ремонт.",
            "ru",
            "Городские власти закрыли мост через реку какого числа на ремонт?",
            ("10 марта 2031",),
        ),
        (
            "بخشی از توربین‌های این سد بزرگ در آلمان ساخته شده است.",
            "fa",
            "بخشی از توربین‌های این سد بزرگ در کجا ساخته شده است؟",
            ("آلمان",),
        ),
    ],
)
def test_the_fact_gives_way_to_the_word_that_asks_for_it(text: str, language: str, question: str, fact: tuple[str]):
    draft = one(text, language)
    assert (draft.question, draft.fact[:1]) == (question, fact)
    assert draft.quote in text


def test_in_another_language_the_fact_is_left_out():
    draft = one("Die Stadt hat im vorigen Sommer 45 Busse für die Schulen gekauft.", "de")
    assert draft.question == f"Die Stadt hat im vorigen Sommer {BLANK} Busse für die Schulen gekauft?"


def test_drafts_can_be_answered_from_their_quotes():
    drafted = drafts(DOCUMENTS, 5)
    assert {draft.document for draft in drafted} == {"bridge.txt", "mill.txt"}
    for draft in drafted:
        text = next(d.text for d in DOCUMENTS if d.path == draft.document)
        assert text.count(draft.quote) == 1
        assert draft.fact[0] in draft.quote
        assert draft.fact[0] not in draft.question


def test_each_document_gives_at_most_so_many():
    assert len([draft for draft in drafts(DOCUMENTS, 1) if draft.document == "bridge.txt"]) == 1


def test_for_four_questions_one_asks_of_a_place_that_the_document_does_not_name():
    sent = "\n\n".join(f"The town sent {n} trucks full of clothes to Norway in the cold winter." for n in range(21, 25))
    drafted = drafts([document("a", sent, "en"), document("b", "They came by sea to Brazil and to Norway.", "en")], 4)
    unanswered = [draft for draft in drafted if not draft.fact]
    assert len(unanswered) == 1
    assert (unanswered[0].quote, unanswered[0].document) == ("", "a.txt")
    assert "to Brazil" in unanswered[0].question
    assert "Norway" not in unanswered[0].question
    assert '"answerable": false' in to_jsonl(unanswered)
    assert list(reworded(unanswered, lambda _: "Is it asked?")) == unanswered


def test_the_drafts_are_the_same_every_time():
    assert drafts(DOCUMENTS, 2) == drafts(DOCUMENTS, 2)


def test_the_file_loads_and_is_valid(tmp_path: Path):
    found = (*DOCUMENTS, document("far", "They went to Brazil with 9 goats in that cold winter of the war.", "en"))
    for one in found:
        (tmp_path / one.path).write_text(one.text, "utf-8")
    drafted = (*drafts(found, 5), Draft("Who went to Peru?", "en", "far.txt", "", ()))
    file = tmp_path / "drafts.jsonl"
    file.write_text(to_jsonl(drafted), "utf-8")
    asked = questions.load(file, tmp_path)
    assert len(asked) == len(drafted) >= 4


def test_another_wording_is_taken_where_it_asks_and_does_not_tell():
    drafted = drafts(DOCUMENTS, 5)[:1] * 4
    (fact, *_) = drafted[0].fact
    replies = iter(["What was\nleft out?", f"Was it {fact}?", "I cannot say.", "x" * 300 + "?"])
    worded = list(reworded(drafted, lambda _: next(replies)))
    assert [one.question for one in worded] == ["What was left out?", *[drafted[0].question] * 3]
    assert {(one.quote, one.fact) for one in worded} == {(drafted[0].quote, drafted[0].fact)}
