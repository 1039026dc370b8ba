"""Question sets: what is read, what is refused and why."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from eval import questions as module
from eval.questions import KINDS, Gold, Question, load, read, validate
from eval.records import QuestionSetError

SCHEMA = json.loads(Path(module.__file__).with_name("questions.schema.json").read_text(encoding="utf-8"))

TEXT = "وصل القطار يوم الثلاثاء. وغادر الوفد في المساء."
QUOTE = "وصل القطار يوم الثلاثاء."
TEXTS = {"a.txt": TEXT, "b.txt": "The train came on Tuesday."}
GOOD = Question(
    id="q1",
    question="متى جاء القطار؟",
    language="ar",
    kind="fact",
    history=(),
    answerable=True,
    gold=(Gold("a.txt", QUOTE, 0, len(QUOTE)),),
    facts=(("الثلاثاء", "Tuesday"),),
)
SILENT = replace(GOOD, id="q2", kind="unanswerable", answerable=False, gold=(), facts=())


def record(**changes: object) -> dict[str, object]:
    fields = {
        "id": "q1",
        "question": "متى جاء القطار؟",
        "language": "ar",
        "kind": "fact",
        "history": [],
        "answerable": True,
        "gold": [{"document": "a.txt", "quote": QUOTE}],
        "facts": [["الثلاثاء"]],
    }
    return fields | changes


def write_set(folder: Path, *lines: str) -> Path:
    (folder / "documents").mkdir()
    (folder / "documents" / "a.txt").write_bytes(TEXT.encode("utf-16"))
    (folder / "documents" / "binary.txt").write_bytes(bytes(range(256)))
    path = folder / "set.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


# --- reading


def test_load_resolves_quotes_to_offsets_of_the_decoded_file(tmp_path: Path):
    quote = "وغادر الوفد في المساء."
    line = json.dumps(record(gold=[{"document": "a.txt", "quote": quote}], facts=[["المساء"]]), ensure_ascii=False)

    (question,) = load(write_set(tmp_path, line, ""))

    assert question.gold == (Gold("a.txt", quote, 25, 47),)
    assert TEXT[25:47] == quote
    assert question.facts == (("المساء",),)


def test_offsets_tell_apart_what_stands_twice(tmp_path: Path):
    line = json.dumps(record(gold=[{"document": "a.txt", "quote": ".", "start": 46, "end": 47}], facts=[["."]]))

    assert load(write_set(tmp_path, line))[0].gold == (Gold("a.txt", ".", 46, 47),)


def test_load_reads_the_wording_that_asks_the_same(tmp_path: Path):
    path = write_set(tmp_path, json.dumps(record(same_as="متى وصل القطار؟")), json.dumps(record(id="q2")))

    assert [question.same_as for question in load(path)] == ["متى وصل القطار؟", ""]


def test_load_takes_documents_from_the_folder_given(tmp_path: Path):
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "a.txt").write_text("x" + TEXT, encoding="utf-8")
    path = write_set(tmp_path, json.dumps(record()))

    assert load(path, other)[0].gold[0].start == 1


def test_gold_may_stand_in_a_document_of_any_format(tmp_path: Path):
    path = write_set(tmp_path, json.dumps(record(gold=[{"document": "news.csv/2", "quote": QUOTE}])))
    (tmp_path / "documents" / "news.csv").write_text(f"title,text\nخبر,{TEXT}\n", encoding="utf-8")

    (gold,) = load(path)[0].gold

    assert gold.document == "news.csv/2"
    assert gold.quote == QUOTE


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "3: Invalid JSON: EOF while parsing an object at column 1;"),
        ("[]", "object"),
        (json.dumps({k: v for k, v in record().items() if k != "kind"}), "kind: Field required"),
        (json.dumps(record(author="me")), "author: Extra inputs"),
        (json.dumps(record(answerable="yes")), "answerable: Input should be a valid boolean"),
        (json.dumps(record(facts=["الثلاثاء"])), "facts.0"),
        (json.dumps(record(gold=[{"document": "a.txt", "quote": "ليس هنا"}])), "occurs 0 times in a.txt"),
        (json.dumps(record(gold=[{"document": "a.txt", "quote": "ا"}])), "give enough of it to be unique"),
        (json.dumps(record(gold=[{"document": "a.txt", "quote": ""}])), "occurs 0 times"),
        (json.dumps(record(gold=[{"document": "a.txt", "quote": QUOTE, "start": 1, "end": 26}])), "stand at 1 to 26"),
        (json.dumps(record(gold=[{"document": "a.txt", "quote": QUOTE, "start": 0}])), "stand at 0 to 0"),
        (json.dumps(record(gold=[{"document": "a.txt", "quote": ".", "start": -1, "end": 47}])), "stand at -1 to 47"),
        (json.dumps(record(gold=[{"document": "aa.txt", "quote": QUOTE}])), "'aa.txt' was read; did you mean 'a.txt'?"),
        (json.dumps(record(gold=[{"document": "binary.txt", "quote": "x"}])), "no document 'binary.txt' was read"),
        (json.dumps(record(gold=[{"document": "../set.jsonl", "quote": "x"}])), "no document '../set.jsonl' was read"),
        (json.dumps(record(kind="follow-up")), "a follow-up without history"),
        (json.dumps(record(facts=[["الأربعاء"]])), "no variant of the fact"),
        (json.dumps(record()), "the id 'q1' stands in line 1 already"),
    ],
)
def test_load_names_file_line_and_fault_in_one_line(tmp_path: Path, line: str, says: str):
    path = write_set(tmp_path, json.dumps(record()), "", line)

    with pytest.raises(QuestionSetError) as caught:
        load(path)

    message = str(caught.value)
    assert message.startswith(f"{path}:3: ")
    assert says in message
    assert "\n" not in message


def test_all_faults_are_told_at_once_each_with_its_line(tmp_path: Path):
    path = write_set(tmp_path, "{", json.dumps(record(facts=[])), json.dumps(record(id="q2")), json.dumps(record()))

    with pytest.raises(QuestionSetError) as caught:
        load(path)

    message = str(caught.value)
    assert [part.split(":")[0] for part in message.removeprefix(f"{path}:").split("; line ")] == ["1", "2", "4"]
    assert "answerable without facts" in message


def test_of_many_faults_the_first_are_told_and_the_others_counted(tmp_path: Path):
    with pytest.raises(QuestionSetError, match=r"; line 10: .*\(and 2 more\)$"):
        read(write_set(tmp_path, *["{"] * 12), TEXTS)


@pytest.mark.parametrize("content", [None, b"", b"\n \n", b"\xff\xfe{"])
def test_load_refuses_a_missing_an_empty_and_an_undecodable_file(tmp_path: Path, content: bytes | None):
    path = tmp_path / "set.jsonl"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(QuestionSetError, match=r"set\.jsonl"):
        read(path, TEXTS)


# --- validating


def test_validate_finds_nothing_in_a_sound_set():
    assert validate(GOOD, TEXTS) == validate(SILENT, TEXTS) == []


BROKEN = {
    "quote that does not stand there": (
        replace(GOOD, gold=(Gold("a.txt", QUOTE, 1, len(QUOTE) + 1),)),
        "does not stand at 1 in a.txt",
    ),
    "empty quote": (replace(GOOD, gold=(*GOOD.gold, Gold("a.txt", "", 0, 0))), "does not stand at 0"),
    "unknown document": (
        replace(GOOD, gold=(Gold("c.txt", QUOTE, 0, len(QUOTE)),)),
        "unknown document 'c.txt'",
    ),
    "answerable without gold": (replace(GOOD, gold=()), "answerable without gold"),
    "answerable without facts": (replace(GOOD, facts=()), "answerable without facts"),
    "unanswerable with gold": (replace(SILENT, gold=GOOD.gold), "unanswerable with gold or facts"),
    "unanswerable with facts": (replace(SILENT, facts=GOOD.facts), "unanswerable with gold or facts"),
    "silent kind marked answerable": (
        replace(GOOD, kind="false-premise"),
        "kind false-premise cannot be answerable",
    ),
    "fact in no quote": (replace(GOOD, facts=(("الأربعاء", "Wednesday"),)), "no variant of the fact"),
    "digits in no quote": (replace(GOOD, facts=(("12",),)), "no variant of the fact ['12']"),
    "fact that is only part of a word": (replace(GOOD, facts=(("ثلاث",),)), "no variant of the fact"),
    "unknown kind": (replace(GOOD, kind="riddle"), "unknown kind 'riddle'"),
    "follow-up without history": (replace(GOOD, kind="follow-up"), "a follow-up without history"),
    "topic change without history": (replace(GOOD, kind="topic-change"), "a topic-change without history"),
    "perturbed without its clean wording": (replace(GOOD, kind="perturbed"), "a perturbed question without same_as"),
    "disagreement within one document": (
        replace(GOOD, kind="disagreement"),
        "kind disagreement with gold from 1 document(s)",
    ),
    "empty question": (replace(GOOD, question=" "), "the question is empty"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_validate_reports_exactly_the_broken_thing(name: str):
    question, says = BROKEN[name]

    (fault,) = validate(question, TEXTS)

    assert says in fault


def test_validate_excuses_a_fact_spelled_only_in_a_script_the_quotes_do_not_use():
    assert validate(replace(GOOD, language="en", facts=(("Tuesday",),)), TEXTS) == []
    assert validate(replace(GOOD, facts=(("الثُلثاء",),)), TEXTS) != []


# --- the schema


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "riddle"},
        {"kind": "follow-up"},
        {"kind": "topic-change"},
        {"kind": "perturbed"},
        {"same_as": " "},
        {"gold": [{"document": "a.txt", "quote": QUOTE, "start": 0}]},
        {"kind": "unanswerable"},
        {"gold": []},
        {"facts": [[]]},
        {"answerable": False},
        {"language": "Arabic"},
        {"question": " "},
        {"extra": 1},
    ],
)
def test_schema_refuses_what_the_validator_refuses(changes: dict[str, object]):
    checker = jsonschema.Draft202012Validator(SCHEMA)
    assert checker.is_valid(record())
    assert not checker.is_valid(record(**changes))


def test_schema_and_loader_name_the_same_fields_and_kinds():
    assert set(SCHEMA["properties"]) == set(Question.__slots__)
    assert set(SCHEMA["required"]) == set(Question.__slots__) - {"same_as"}
    assert tuple(SCHEMA["properties"]["kind"]["enum"]) == KINDS
