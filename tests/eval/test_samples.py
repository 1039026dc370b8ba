"""The question set and documents that are shipped."""

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

from eval.metrics import states_fact
from eval.questions import KINDS, load, read
from eval.run import DOCUMENTS, QUESTIONS
from index.language import detect
from index.lexical import normalize

SCHEMA = json.loads((QUESTIONS.parent.parent / "questions.schema.json").read_text(encoding="utf-8"))


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


# Words so common that a text decoded with the wrong table holds none of them.
COMMON_WORDS = {"ar": (" من ", " في "), "en": (" the ",), "ru": (" на ",), "fa": (" از ", " که ")}


READING = QUESTIONS.parent / "reading.json"
TWICE = ("articles", "encyclopedia", "handbook", "parallel")
ONCE = ("reading.json", "news.json", "seeking.json", "wire.json")
SETS = (*ONCE, *(f"{name}.{language}.json" for name in TWICE for language in ("ar", "en")))


@pytest.mark.parametrize("name", SETS)
def test_answers_of_the_reading_sets_stand_where_they_are_said_to(name: str):
    articles = json.loads((QUESTIONS.parent / name).read_text("utf-8"))["data"]
    asked = [(p["context"], qa) for article in articles for p in article["paragraphs"] for qa in p["qas"]]
    assert all(
        context[answer["answer_start"] :].startswith(answer["text"])
        for context, qa in asked
        for answer in qa["answers"]
    )
    assert all(bool(qa["answers"]) != qa.get("is_impossible", False) for _, qa in asked)
    assert len({qa["id"] for _, qa in asked}) == len(asked)


@pytest.mark.parametrize("name", TWICE)
def test_a_set_in_two_languages_asks_the_same_in_both(name: str):
    arabic, english = (
        {
            qa["id"]: bool(qa["answers"])
            for article in json.loads((QUESTIONS.parent / f"{name}.{language}.json").read_text("utf-8"))["data"]
            for paragraph in article["paragraphs"]
            for qa in paragraph["qas"]
        }
        for language in ("ar", "en")
    )
    assert arabic == english
    assert sum(arabic.values()) > 2500


def test_no_first_word_tells_whether_a_reading_question_has_an_answer():
    articles = json.loads(READING.read_text("utf-8"))["data"]
    counts: Counter[tuple[str, bool]] = Counter(
        (normalize(qa["question"]).split()[0], bool(qa["answers"]))
        for article in articles
        for paragraph in article["paragraphs"]
        for qa in paragraph["qas"]
    )
    often = {word for word, _ in counts if counts[word, True] + counts[word, False] >= 100}
    assert len(often) > 15
    assert all(counts[word, False] <= 0.65 * counts[word, True] for word in often)


def test_shipped_set_is_valid():
    assert read(QUESTIONS, shipped_texts()) == load(QUESTIONS)


def test_shipped_lines_follow_the_schema():
    checker = jsonschema.Draft202012Validator(SCHEMA)
    checker.check_schema(SCHEMA)

    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        checker.validate(json.loads(line))


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
