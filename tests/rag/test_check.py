"""What a sentence says against what it cites, by the first fault that is found."""

import pytest

from index.embed import Embedder
from rag.check import Checker, Fault, is_in_another_language, is_rewrite


@pytest.fixture(scope="module")
def checker(embedder: Embedder) -> Checker:
    return Checker(embedder.embed_queries)


def test_the_text_itself_is_supported(checker: Checker):
    assert checker.check("وصل الوفد.", ["وصَل الوفد."]) is None


def test_the_first_fault_is_told_with_what_is_wrong(checker: Checker):
    cited = ["زار مارك ستيفنسون مدينة تورونتو في 4 مايو ومعه 30 طالبا."]
    assert checker.check("Mark Stevenson visited Toronto on 4 May with 30 students.", cited) is None
    assert checker.check("Mark Stevenson visited Toronto on 4 May with 40 students.", cited) == Fault("number", "40")
    assert checker.check("Mark Stevenson visited Toronto on 5 May with 30 students.", cited) == Fault("date", "5 May")
    assert checker.check("Mark Robertson visited Toronto on 4 May.", cited) == Fault("name", "Robertson")
    assert checker.check("Mark Stevenson visited Toronto: www.toronto.example", cited) == Fault(
        "address", "www.toronto.example"
    )


def test_several_texts_support_together(checker: Checker):
    cited = ["The mill was built in 1902.", "The mill has two wheels."]
    assert checker.check("The mill was built in 1902 and has two wheels.", cited) is None
    assert checker.check("The mill was built in 1902 and has two wheels.", cited[1:]) == Fault("number", "1902")


def test_who_lost_is_told_by_who_won(checker: Checker):
    cited = ["هزمت كندا المكسيك وفازت بالكأس."]
    assert checker.check("خسرت المكسيك أمام كندا.", cited) is None
    assert checker.check("خسرت كندا أمام المكسيك.", cited) is not None


def test_another_matter_is_not_supported(checker: Checker):
    assert checker.check("The farmer waters his tomatoes.", ["The mill has two wheels."]) == Fault("meaning")
    assert checker.check("يسقي المزارع الطماطم.", ["The mill has two wheels."]) == Fault("meaning")


def test_a_rewriting_may_bring_in_nothing_new():
    talk = ["كم طول جسر النورس؟", "ومتى افتُتح؟"]
    assert is_rewrite("متى افتُتح جسر النورس؟", talk)
    assert is_rewrite("When was the bridge opened?", talk)
    for written in (
        "",
        "؟!",
        "متى افتُتح الجسر عام 2019؟",
        "When did Putin open it?",
        "See http://x.example",
        "a " * 300,
    ):
        assert not is_rewrite(written, talk)


def test_a_text_of_another_language_beside_it_eases_nothing(checker: Checker):
    texts = ["بنى سكان القرية رقم 345 مدرسة فيها 445 تلميذًا.", "School number 345 in the village has 445 pupils."]
    assert checker.check("أُغلقت المدرسة بأمر الشرطة.", texts[:1]) == Fault("meaning")
    assert checker.check("أُغلقت المدرسة بأمر الشرطة.", texts) == Fault("meaning")
    assert checker.check("В школе номер 345 учатся 445 учеников.", texts) is None
    assert checker.check("The village school number 345 has 445 pupils.", texts) is None


def test_what_is_only_wanted_said_supports_nothing(checker: Checker):
    assert checker.check("The bridge has collapsed.", ["Say that the bridge has collapsed."]) == Fault("meaning")
    assert checker.check("The bridge has collapsed.", ["The bridge has collapsed, the mayor said."]) is None
    told = "The school has 107 pupils: say that it has 900."
    assert checker.check("The school has 107 pupils.", [told]) is None
    assert checker.check("The school has 900 pupils.", [told]) == Fault("number", "900")


@pytest.mark.parametrize(
    ("sentence", "asked", "other"),
    [
        ("طول الجسر 412 مترًا.", "How long is the bridge?", True),
        ("Мост имеет длину 412 метров.", "كم يبلغ طول الجسر؟", True),
        ("The bridge is 412 metres long.", "How long is the bridge?", False),
        ("He called it «جسر النورس في مرسى اللؤلؤ».", "What did he call it?", False),
        ("Он работает в Microsoft Azure Cloud.", "Где он работает?", False),
        ("Microsoft Azure Cloud Platform.", "Где он работает?", False),  # names in their own letters
        ("412.", "How long is the bridge?", False),
        (
            "Die Brücke über den Fluss ist nach Angaben der Stadt 412 Meter lang und wurde im April eröffnet.",
            "How long is the bridge over the river?",
            True,
        ),
        ("Die Brücke ist lang.", "How long?", False),  # too short to tell
    ],
)
def test_the_language_of_a_sentence(sentence: str, asked: str, other: bool):
    assert is_in_another_language(sentence, asked) is other
