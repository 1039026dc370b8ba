"""The JSON form against its schema and its page of documentation."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF
from jsonschema import Draft202012Validator

from index import build
from index.config import IndexSettings
from index.embed import Embedder
from index.errors import QuestionError
from index.store import Generation
from index.types import Document
from rag.answer_json import error_json, to_json
from rag.engine import Engine
from rag.types import SCHEMA, Answer, AnswerSentence, Citation, Claim, Copy, Disagreement, Evidence, IndexInfo

PAGE = Path(__file__).parents[2] / "docs" / "answer.md"
TEXT = "The mill was built in 1902. It has two wheels."


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("rag").joinpath("answer.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(loaded)
    return loaded


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(schema)


@pytest.fixture
def answer(make_document: Callable[..., Document], make_evidence: Callable[..., Evidence]) -> Answer:
    """Two sentences that share a citation, and a disagreement."""
    source = replace(make_document("0123456789abcdef", TEXT, title="Mill"), published=date(2031, 4, 8))
    copied = make_document("copied", TEXT)
    built = Citation(1, source, "0123456789abcdef-0", 0, 27, 1.23456, ((22, 26),))
    wheels = Citation(2, source, "0123456789abcdef-0", 28, 46, -0.5)
    return Answer(
        question="When?",
        language="en",
        abstained=False,
        confidence=0.123456,
        answer="…",
        sentences=(
            AnswerSentence("The mill was built in 1902.", (built,), "verbatim"),
            AnswerSentence("It has two wheels and is from 1902.", (wheels, built), "supported"),
            AnswerSentence("It burned down.", (), "unsupported", independent=0, reason="It cites nothing."),
        ),
        evidence=(replace(make_evidence(source), copies=(Copy(make_evidence(copied).passage, copied),)),),
        disagreements=(Disagreement("year", (Claim("1902", built, superseded=True), Claim("two", wheels))),),
        timings_ms={"embed": 1.5, "total": 2.0},
        index=IndexInfo("000001-abc", "model"),
        understood="When was the mill built?",
        worded_by="ollama:m",
        notice="A note.",
    )


def test_a_citation_of_a_pdf_names_its_page(tmp_path: Path, embedder: Embedder):
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    for words in (TEXT, "The bridge over the river is 412 metres long.", "The market opens on Sundays."):
        pdf.add_page()
        pdf.multi_cell(0, 8, words)
    pdf.output(str(tmp_path / "a.pdf"))
    build.build([tmp_path / "a.pdf"], tmp_path / "index", IndexSettings(), embedder, lambda *_: None)
    answer = Engine(Generation.open(tmp_path / "index"), embedder).ask("How long is the bridge over the river?")
    pages = {found["quote"]: found["page"] for found in to_json(answer)["citations"]}
    assert pages["The bridge over the river is 412 metres long."] == 2


def test_every_field_by_hand(answer: Answer, validator: Draft202012Validator):
    built = {
        "number": 1,
        "document_id": "0123456789abcdef",
        "path": "0123456789abcdef.txt",
        "title": "Mill",
        "published": "2031-04-08",
        "start": 0,
        "end": 27,
        "page": None,
        "quote": "The mill was built in 1902.",
        "passage_id": "0123456789abcdef-0",
        "score": 1.2346,
        "marks": [[22, 26]],
    }
    wheels = {**built, "number": 2, "start": 28, "end": 46, "quote": "It has two wheels.", "score": -0.5, "marks": []}
    form = to_json(answer)
    assert form == {
        "schema": 1,
        "question": "When?",
        "language": "en",
        "understood": "When was the mill built?",
        "abstained": False,
        "confidence": 0.1235,
        "answer": "…",
        "worded_by": "ollama:m",
        "notice": "A note.",
        "sentences": [
            {
                "text": "The mill was built in 1902.",
                "support": "verbatim",
                "reason": "",
                "citations": [1],
                "sources": 1,
                "independent": 1,
            },
            {
                "text": "It has two wheels and is from 1902.",
                "support": "supported",
                "reason": "",
                "citations": [2, 1],
                "sources": 1,
                "independent": 1,
            },
            {
                "text": "It burned down.",
                "support": "unsupported",
                "reason": "It cites nothing.",
                "citations": [],
                "sources": 0,
                "independent": 0,
            },
        ],
        "citations": [built, wheels],
        "disagreements": [
            {
                "topic": "year",
                "claims": [
                    {"value": "1902", "citation": built, "superseded": True},
                    {"value": "two", "citation": wheels, "superseded": False},
                ],
            }
        ],
        "evidence": [
            {
                "rank": 1,
                "passage_id": "0123456789abcdef-0",
                "document_path": "0123456789abcdef.txt",
                "text": TEXT,
                "score": 1.0,
                "channels": {"passage": 0.8, "sentence": 0.8, "lexical": 0.0},
                "copies": [{"passage_id": "copied-0", "document_path": "copied.txt"}],
            }
        ],
        "timings_ms": {"embed": 1.5, "total": 2.0},
        "index": {"generation": "000001-abc", "model": "model"},
    }
    validator.validate(form)


def test_an_undated_document_has_no_date(answer: Answer, validator: Draft202012Validator):
    sentence = answer.sentences[0]
    undated = replace(sentence.citations[0], document=replace(sentence.citations[0].document, published=None))
    form = to_json(replace(answer, sentences=(replace(sentence, citations=(undated,)),), disagreements=()))
    assert form["citations"][0]["published"] is None
    validator.validate(form)


def test_answers_of_the_engine_fit_the_schema(
    engine: Engine, answers: Mapping[object, Answer], validator: Draft202012Validator
):
    odd = map(engine.ask, ("متى \ud800 وقعت\0المعاهدة؟", "ᏣᎳᎩ"))
    forms = [to_json(answer) for answer in (*answers.values(), *odd)]
    assert {form["abstained"] for form in forms} == {True, False}
    for form in forms:
        validator.validate(form)
        assert json.loads(json.dumps(form)) == form
        assert json.loads(json.dumps(form, ensure_ascii=False, allow_nan=False)) == form
        for citation in form["citations"]:
            text = engine.document(citation["document_id"]).text
            assert citation["quote"] == text[citation["start"] : citation["end"]]
        claims = {c["citation"]["number"] for d in form["disagreements"] for c in d["claims"]}
        cited = {n for s in form["sentences"] for n in s["citations"]}
        assert cited | claims == {c["number"] for c in form["citations"]}


def test_errors_fit_the_schema(validator: Draft202012Validator):
    form = error_json("\0", QuestionError("The question is empty; type what you want to know."))
    assert form == {"schema": SCHEMA, "question": "\0", "error": "The question is empty; type what you want to know."}
    validator.validate(form)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), 2),
        (("confidence",), 1.5),
        (("language",), "english"),
        (("answer",), ""),
        (("sentences",), []),
        (("sentences", 0, "support"), "maybe"),
        (("sentences", 0, "citations"), []),
        (("sentences", 0, "reason"), "why"),
        (("sentences", 2, "reason"), ""),
        (("citations", 0, "number"), 0),
        (("citations", 0, "published"), "8 April"),
        (("citations", 0, "document_id"), "x"),
        (("citations", 0, "start"), -1),
        (("citations", 0, "score"), None),
        (("evidence", 0, "channels", "passage"), 1.2),
        (("evidence", 0, "channels", "lexical"), -0.1),
        (("evidence", 0, "rank"), 0),
        (("timings_ms",), {}),
        (("timings_ms", "total"), -1),
        (("abstained",), True),  # while it has sentences
        (("unheard_of",), 1),
        (("evidence", 0, "copies", 0, "passage_id"), ""),
        (("citations", 0, "unheard_of"), 1),
    ],
)
def test_the_schema_refuses(answer: Answer, validator: Draft202012Validator, path: tuple[Any, ...], value: object):
    form = to_json(answer)
    place = form
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not validator.is_valid(form)


def test_the_schema_misses_every_field_that_is_taken_away(answer: Answer, validator: Draft202012Validator):
    form = to_json(answer)
    for name in form:
        assert not validator.is_valid({key: value for key, value in form.items() if key != name}), name


def test_the_page_documents_every_field(schema: dict[str, Any]):
    documented = set(re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE))
    named = {name for part in schema["$defs"].values() for name in part["properties"]}
    assert documented == named
    inner = {"generation", "model", "value", "citation", "superseded", "passage", "sentence", "lexical"}
    assert inner <= set(re.findall(r"`(\w+)`", PAGE.read_text("utf-8")))


def test_the_pages_examples_are_valid(validator: Draft202012Validator):
    found = list(examples())
    assert len(found) == 2
    for example in found:
        validator.validate(example)
    answer = found[1]
    (citation,) = answer["citations"]
    assert citation["end"] - citation["start"] == len(citation["quote"])
    assert citation["quote"] in answer["evidence"][0]["text"]


def examples() -> Iterator[dict[str, Any]]:
    for block in re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        yield json.loads(block)
