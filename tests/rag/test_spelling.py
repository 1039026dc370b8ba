"""Questions spelled as documents spell them, and slips of the finger."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.embed import Embedder
from index.store import Generation
from rag.engine import Engine
from rag.spelling import Spelling

ARABIC = [
    "قال سيرغي شويغو إن المحطة الجديدة في كورسك تُفتح في سبتمبر، وإن معاهدة الشراكة مع أوكرانيا لم توقَّع.",
    "المحطة القديمة على نهر دجلة، ومديرها هو علي سالم. أطلعت الوزارة الصحافة على الأمر.",
]
ENGLISH = ["The Russian ships carried shells from the harbour of Tal Amar; the Russian crew stayed."]


def spelling(texts: list[str], *known: str) -> Callable[[str], str]:
    return Spelling(texts, frozenset(known).__contains__).respelled


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("متى تفتح المحطه الجديده؟", "متى تفتح المحطة الجديدة؟"),
        ("هل وقعت اوكرانيا؟", "هل وقعت أوكرانيا؟"),
        ("ما معاهدة الشركاة؟", "ما معاهدة الشراكة؟"),  # two letters in turned order
        ("ماذا قال سيرغى عن كورسك", "ماذا قال سيرغي عن كورسك"),
        ("متى اكورانيا", "متى أوكرانيا"),
        ("من كورسيك؟", "من كورسك؟"),  # a name with a letter too many
        ("في سبتمير؟", "في سبتمبر؟"),
        ("مَنْ هُوَ علي؟", "مَنْ هُوَ علي؟"),  # vowel signs are no other spelling
        ("ماذا على النهر؟", "ماذا على النهر؟"),  # the texts hold it as it was written
        ("كم قمرا أطلقت؟", "كم قمرا أطلقت؟"),  # another word, though one letter from one of theirs
        ("", ""),
    ],
)
def test_arabic(asked: str, meant: str):
    assert spelling(ARABIC)(asked) == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("how many shels did the rusian ships cary?", "how many shells did the Russian ships cary?"),
        ("at which harbor?", "at which harbor?"),  # known to be a word
        ("RUSSIAN ships", "RUSSIAN ships"),
        ("the hsips", "the hsips"),  # never the first letter
        ("crew's 2018x", "crew's 2018x"),
        ("谁负责重建这个地区？", "谁负责重建这个地区？"),
    ],
)
def test_english(asked: str, meant: str):
    assert spelling(ENGLISH, "harbor")(asked) == meant


def test_the_most_common_spelling_wins_whatever_the_order():
    texts = ["Hanna and Hanna met Hannah.", "A word"]
    for order in (texts, texts[::-1]):
        assert spelling(order)("hannna") == "Hanna"
    assert spelling(["كره كرة كره", "كرة"])("كره") == "كره"


def test_documents_of_other_languages_do_not_spell(sample_index: Path):
    contents = Generation.open(sample_index).contents
    assert Spelling.of(contents, "ar", lambda _: False).respelled("أين المحطه؟") == "أين المحطة؟"
    assert Spelling.of(contents, "fa", lambda _: False).respelled("قطار مسكو") == "قطار مسکو"
    assert Spelling.of(contents, "xx", lambda _: True).respelled("المحطه") == "المحطه"


def test_a_misspelt_question_is_answered_as_the_clean_one(engine: Engine, embedder: Embedder):
    assert embedder.count_tokens(["محطه"]) > embedder.count_tokens(["محطة"])
    clean = engine.ask("عند أي محطة دخل قطار كيم الأراضي الروسية؟", always_answer=True)
    asked = "عند اي محطه دخل قطار كيم الاراضى الروسيه"
    answer = engine.ask(asked, always_answer=True)
    assert answer.citations[0].quote == clean.citations[0].quote
    assert answer.question == asked
