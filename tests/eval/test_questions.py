import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from eval import questions as module
from eval.metrics import states_fact
from eval.questions import KINDS, Gold, Question, QuestionSetError, load, validate
from index.language import detect

EVAL = Path(module.__file__).parent
SAMPLES = EVAL / "samples"
DOCUMENTS = SAMPLES / "documents"
QUESTIONS = SAMPLES / "questions.jsonl"
SCHEMA = json.loads((EVAL / "questions.schema.json").read_text(encoding="utf-8"))

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


def encoding_of(data: bytes) -> str:
    """Told by what is known of the samples, not by the loader that is under test."""
    if data.startswith(b"\xff\xfe"):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1256"
    return "utf-8"


def shipped_texts() -> dict[str, str]:
    files = {file.name: file.read_bytes() for file in DOCUMENTS.iterdir()}
    return {name: data.decode(encoding_of(data)) for name, data in files.items()}


# --- reading


def test_load_resolves_quotes_to_offsets_of_the_decoded_file(tmp_path: Path):
    quote = "وغادر الوفد في المساء."
    line = json.dumps(record(gold=[{"document": "a.txt", "quote": quote}]), ensure_ascii=False)

    (question,) = load(write_set(tmp_path, line, ""))

    assert question.gold == (Gold("a.txt", quote, 25, 47),)
    assert TEXT[25:47] == quote
    assert question.facts == (("الثلاثاء",),)


def test_offsets_tell_apart_what_stands_twice(tmp_path: Path):
    line = json.dumps(record(gold=[{"document": "a.txt", "quote": ".", "start": 46, "end": 47}]))

    assert load(write_set(tmp_path, line))[0].gold == (Gold("a.txt", ".", 46, 47),)


def test_load_reads_the_wording_that_asks_the_same(tmp_path: Path):
    path = write_set(tmp_path, json.dumps(record(same_as="متى وصل القطار؟")), json.dumps(record()))

    assert [question.same_as for question in load(path)] == ["متى وصل القطار؟", ""]


def test_load_takes_documents_from_the_folder_given(tmp_path: Path):
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "a.txt").write_text("x" + TEXT, encoding="utf-8")
    path = write_set(tmp_path, json.dumps(record()))

    assert load(path, other)[0].gold[0].start == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Invalid JSON"),
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
        (json.dumps(record(gold=[{"document": "no.txt", "quote": QUOTE}])), "'no.txt' cannot be read"),
        (json.dumps(record(gold=[{"document": "binary.txt", "quote": "x"}])), "'binary.txt' cannot be read"),
        (json.dumps(record(gold=[{"document": "../set.jsonl", "quote": "x"}])), "lies outside"),
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


@pytest.mark.parametrize("content", [None, b"", b"\n \n", b"\xff\xfe{"])
def test_load_refuses_a_missing_an_empty_and_an_undecodable_file(tmp_path: Path, content: bytes | None):
    path = tmp_path / "set.jsonl"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(QuestionSetError, match=r"set\.jsonl"):
        load(path)


# --- validating


def test_validate_finds_nothing_in_a_sound_set():
    assert validate([GOOD, SILENT], TEXTS) == []


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

    (fault,) = validate([question], TEXTS)

    assert fault.startswith(f"{question.id}: ")
    assert says in fault


def test_validate_reports_a_repeated_id_once():
    assert validate([GOOD, SILENT, GOOD, GOOD], TEXTS) == ["q1: id is used 3 times; make it unique"]


def test_validate_excuses_a_fact_spelled_only_in_a_script_the_quotes_do_not_use():
    assert validate([replace(GOOD, language="en", facts=(("Tuesday",),))], TEXTS) == []
    assert validate([replace(GOOD, facts=(("الثُلثاء",),))], TEXTS) != []


# --- what is shipped

# Words so common that a text decoded with the wrong table holds none of them.
COMMON_WORDS = {"ar": (" من ", " في "), "en": (" the ",), "ru": (" на ",), "fa": (" از ", " که ")}


def test_shipped_set_is_valid():
    assert validate(load(QUESTIONS), shipped_texts()) == []


def test_shipped_lines_follow_the_schema():
    checker = jsonschema.Draft202012Validator(SCHEMA)
    checker.check_schema(SCHEMA)

    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        checker.validate(json.loads(line))


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


def test_shipped_set_covers_kinds_and_languages():
    questions = load(QUESTIONS)
    kinds = Counter(question.kind for question in questions)
    languages = Counter(question.language for question in questions)

    assert len({gold.document for question in questions for gold in question.gold}) >= 30
    assert len(questions) >= 220
    assert sum(not question.answerable for question in questions) >= 40
    assert set(kinds) == set(KINDS)
    assert kinds["follow-up"] >= 25
    assert kinds["perturbed"] >= 30
    assert kinds["topic-change"] >= 10
    assert min(kinds.values()) >= 5
    assert languages["ar"] > len(questions) / 2
    assert languages["en"] >= 40
    assert languages["ru"] >= 20
    assert languages["fa"] >= 8
    assert all(languages[language] >= 2 for language in ("de", "fr", "tr", "zh", "es"))


def test_shipped_gold_gives_its_offsets_and_questions_stand_grouped_by_kind():
    records = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]

    assert all({"start", "end"} <= set(gold) for record in records for gold in record["gold"])
    assert list(dict.fromkeys(record["kind"] for record in records)) == list(KINDS)
    assert [r["kind"] for r in records] == sorted((r["kind"] for r in records), key=KINDS.index)


def test_every_follow_up_has_a_wording_that_stands_alone_and_every_perturbed_question_a_clean_twin():
    questions = load(QUESTIONS)
    by_wording = {question.question: question for question in questions}
    for question in questions:
        if question.kind == "follow-up":
            assert len(question.same_as) > len(question.question), question.id
        if question.kind == "perturbed":
            clean = by_wording[question.same_as]
            assert (question.gold, question.facts, question.language) == (clean.gold, clean.facts, clean.language)


def test_every_cross_lingual_question_has_a_wording_in_the_language_of_its_text():
    texts = shipped_texts()
    for question in load(QUESTIONS):
        if question.kind == "cross-lingual":
            assert detect(question.same_as) in {detect(texts[gold.document]) for gold in question.gold}, question.id
            assert question.language != detect(question.same_as), question.id


def test_both_translations_of_a_wire_story_are_gold_together():
    pairs = [
        {"kursk-builders-sada.txt", "kursk-builders-naqil.txt"},
        {"direct-flight-midan.txt", "direct-flight-marsad.html"},
    ]
    for question in load(QUESTIONS):
        documents = {gold.document for gold in question.gold}
        for pair in pairs:
            assert len(documents & pair) in {0, 2}, question.id


def test_every_gold_quote_states_a_fact_of_its_question():
    for question in load(QUESTIONS):
        for gold in question.gold:
            assert any(states_fact(gold.quote, fact) for fact in question.facts), (question.id, gold.quote)


def test_every_document_is_gold_somewhere():
    cited = {gold.document for question in load(QUESTIONS) for gold in question.gold}

    assert cited == set(shipped_texts())


def test_at_least_half_of_the_answerable_share_few_words_with_their_gold():
    shares = []
    for question in load(QUESTIONS):
        if question.answerable:
            words = {word.strip("؟?،,") for word in question.question.casefold().split()}
            words = {word for word in words if len(word) > 2}
            gold = " ".join(gold.quote for gold in question.gold).casefold()
            shares.append(sum(word in gold for word in words) / max(1, len(words)))

    assert sum(share <= 1 / 3 for share in shares) >= len(shares) / 2


def test_documents_decode_without_damage():
    encodings = Counter()
    for file in DOCUMENTS.iterdir():
        data = file.read_bytes()
        text = data.decode(encoding_of(data))
        assert "\ufffd" not in text, file.name
        assert not any(0x80 <= ord(character) < 0xA0 for character in text), file.name
        assert not {"\ufeff", "\r"} & set(text), file.name
        assert 120 <= len(text.split()) <= 450, file.name
        encodings[encoding_of(data)] += 1
        assert any(word in text for word in COMMON_WORDS[language_of(file)]), file.name
    assert encodings["cp1256"] == 1
    assert encodings["utf-16"] == 1
    assert encodings["utf-8"] >= 30


def language_of(file: Path) -> str:
    return file.stem[-2:] if file.stem[-3:] in {"-en", "-ru", "-fa"} else "ar"
