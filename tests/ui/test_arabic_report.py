"""The evaluation's report says everything in Arabic, too."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval import questions, run
from eval.cases import Quoted, Said
from eval.page import Wording, to_html
from eval.report import SECTIONS, Report
from eval.statistics import Difference, measure
from eval.summary import Baseline
from index.config import Settings
from index.embed import Embedder
from ui.arabic_report import PHRASES
from ui.strings import ARABIC

MILL = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim."
LETTER = "A letter from the mayor thanks Nadir Salim, who replaced the wheel of the mill of Tal Amar."
SCHEMA = Path(questions.__file__).with_name("questions.schema.json")
KINDS = json.loads(SCHEMA.read_text("utf-8"))["properties"]["kind"]["enum"]
ASKED_ANOTHER_WAY = ("follow-up", "follow-up", "topic-change", "perturbed", "cross-lingual")


class Asked(dict[str, str]):
    """Phrases that know which of them were asked for."""

    def __init__(self) -> None:
        super().__init__({**ARABIC.measures, **ARABIC.phrases})
        self.names: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.names.add(name)
        return super().get(name, default)


@pytest.fixture(scope="module")
def report(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A run of a few questions, with every kind, measure, verdict and cause there is."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "documents").mkdir()
    texts = {"mill.txt": MILL, "letter.txt": LETTER}
    for name, text in texts.items():
        (folder / "documents" / name).write_text(text)
    gold = [{"document": name, "quote": text} for name, text in texts.items()]
    lines = []
    for number, kind in enumerate(("fact", *ASKED_ANOTHER_WAY)):
        line = {"id": f"q{number}", "question": f"Who replaced the wheel, {number}?", "language": "en", "kind": kind}
        line |= {"history": ["Where is the mill?"], "same_as": "Who replaced the wheel of the mill?"}
        line |= {"answerable": True, "gold": gold, "facts": [["Nadir Salim"]]}
        lines.append(line)
    (folder / "questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    made = run.own_set(Settings(), embedder, lambda *_: None, folder / "questions.jsonl", folder / "documents")
    one = next(case for case in made.cases if case.kind == "fact")
    fact, none = replace(one, abstained=False, rank=1, answer="x"), replace(one, answerable=False, answer="x")
    scored = [replace(fact, scores={"key_facts": (earned, 1.0)}) for earned in (0.0, 0.5, 1.0)]
    cases = (
        *made.cases,
        *(replace(one, kind=kind) for kind in KINDS),
        *scored,
        *(replace(scored[0], rank=rank) for rank in (2, None)),
        *(replace(fact, abstained=True, rank=rank) for rank in (1, None)),
        *(replace(none, abstained=abstained) for abstained in (True, False)),
        *(replace(fact, answer="", rank=rank) for rank in (1, 2, None)),
        replace(fact, scores={}),
        replace(fact, said=(Said("x", False, (Quoted("mill.txt", "", "x", "", False),)),)),
    )
    known = {name: made.baselines[0].measures[name] for name in ("key_facts", "recall@1")}
    gaps = {"key_facts": Difference(0.1, 0.0, 0.2, 0.01, 9), "recall@1": Difference(-0.1, -0.2, 0.0, 0.01, 9)}
    mixed = Baseline(run.BUILT_IN, known, gaps, cases)
    return replace(
        made,
        cases=cases,
        measures={name: measure(0.5, None, 1) for names in SECTIONS.values() for name in names},
        counts={**made.counts, "answers_worded": 1},
        groups=made.groups | {f"kind {kind}": made.measures for kind in KINDS},
        baselines=(*made.baselines, mixed),
    )


def test_every_phrase_is_there_and_none_that_nothing_says(report: Report) -> None:
    asked = Asked()
    to_html(report, Wording("ar", "rtl", asked, ARABIC.languages))
    assert asked.names - {*PHRASES, *ARABIC.measures} == set()
    assert set(PHRASES) - asked.names == set()


def test_the_page_is_laid_out_from_right_to_left(report: Report) -> None:
    page = to_html(report, Wording("ar", "rtl", {**ARABIC.measures, **PHRASES}, ARABIC.languages))
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h2>الخلاصة</h2>" in page
    assert '<option value="made up">أجاب بلا أصل (' in page
    assert '<option value="en">الإنجليزية (' in page
