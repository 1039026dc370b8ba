"""What a question asks the name of, and where a sentence gives that name, in made-up words of everyday news."""

import pytest

from rag import naming


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("ما اسم السفينة التي غرقت؟", "ship"),
        ("ما اسم أكبر جسر في المدينة؟", "bridge"),
        ("شو اسم الشركة؟", "company"),
        ("ماذا تسمى السفن الثلاث؟", "ship"),
        ("كيف يسمى الجسر؟", "bridge"),
        ("What is the ferry's company called?", "company"),
        ("What are the three ships called?", "ship"),
        ("What is the name of the bridge over the river?", "bridge"),
        ("Как называется мост через реку?", "bridge"),
        ("Як називається музей?", "museum"),
        ("Wie heißt die Brücke?", "bridge"),
        ("Comment s'appelle le pont ?", "bridge"),
        ("¿Cómo se llama el puente?", "bridge"),
        ("Gemi şirketi adı ne?", "company"),
        ("نام پل چیست؟", "bridge"),
    ],
)
def test_a_name_is_asked_for(question: str, kind: str):
    wanted = naming.asked(question)
    assert wanted
    assert kind in wanted.kinds


@pytest.mark.parametrize(
    "question",
    [
        "كم سفينة غرقت؟",
        "من المتحدث باسم الشركة؟",
        "What did the union call the plan?",
        "Who was called to court?",
        "Which firm built the road?",  # "the one that built the bridge" tells it, too
        "What is the bridge?",
        "Как доехать до моста?",
    ],
)
def test_other_questions_ask_for_no_name(question: str):
    assert naming.asked(question) is None


@pytest.mark.parametrize(
    "question", ["What are they called?", "And what are their names?", "وما أسماؤها؟", "А как они называются?"]
)
def test_what_they_are_stands_in_the_topic(question: str):
    wanted = naming.asked(question, "many trips the ships make")
    assert wanted
    assert "ship" in wanted.kinds
    assert naming.asked(question) is None


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("What are the ships called?", "The vessels, named Alma and Berta, carry salt.", "Alma and Berta"),
        ("ما أسماء السفن؟", "The vessels, named Alma and Berta, carry salt.", "Alma and Berta"),
        ("ما اسم الحي الذي فيه الشارع؟", "سكنوا في حي يحمل اسم شارع الورد.", None),
        ("ما اسم الشارع؟", "سكنوا في حي يحمل اسم شارع الورد.", "شارع الورد"),
        ("ما اسم الشركة؟", "تسير الرحلات شركة نوردبورغ مرتين في الأسبوع.", "نوردبورغ"),
        ("What is the company called?", "تسير الرحلات شركة نوردبورغ مرتين في الأسبوع.", "نوردبورغ"),
        ("ما اسم العملية؟", "انتهت عملية «حصاد الليل» أمس.", "حصاد الليل"),
        ("What is the new tower bridge called?", "Trams cross the Oakley, a steel bridge of 1920.", "Oakley"),
        ("What is the bridge called?", "Trams cross the Oakley bridge at night.", "Oakley"),
        (
            "What is the spokeswoman called?",
            "قالت المتحدثة باسم الميناء إيرينا فورسون إن السفن عادت.",
            "إيرينا فورسون",
        ),
        ("What is the defence minister called?", "قال وزير النقل إيرينا فورسون إن السفن عادت.", None),
        ("What is the bridge in Oakley called?", "Trams cross the Oakley bridge at night.", None),  # the question's own
        ("What is the bridge called?", "The bridge was called off limits after the flood.", None),
        ("What is the bridge called?", "Trams cross the bridge in Madrid at night.", None),  # a place is where it is
        ("What is the city called?", "Trams cross the bridge in the city of Madrid.", "Madrid"),
        ("ما اسم السفينة؟", "وصلت سفن نقل الركاب إلى المرفأ.", None),
        ("What is the ship called?", "The old bridge was named Oakley.", None),
    ],
)
def test_the_name_beside_what_bears_it(question: str, text: str, name: str | None):
    wanted = naming.asked(question)
    assert wanted
    found = naming.said(wanted, text)
    assert (found and text[slice(*found)]) == name
