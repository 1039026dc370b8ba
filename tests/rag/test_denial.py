"""What is affirmed and denied of the same."""

import numpy as np
import pytest

from rag import denial


def alike(*nearest: str) -> denial.Likeness:
    """Stands in for vectors: the clauses with some words are nearer than all others."""
    return lambda _, given: np.array([any(words in one for words in nearest) for one in given], np.float32)


@pytest.mark.parametrize(
    ("sentence", "text", "differ"),
    [
        ("لم يصل الوفد.", "وصل الوفد.", True),
        ("The delegation arrived.", "لم يصل الوفد إلى المدينة.", True),
        ("The delegation did not arrive.", "لم يصل الوفد.", False),
        ("He denied it.", "Он этого не подтвердил.", False),
        ("No Kwang Chol arrived.", "وصل نو كوانغ تشول.", False),
        ("It is unconditional.", "دعم غير مشروط", False),
        ("The invitation stands.", "الدعوة لا تزال قائمة.", False),
        ("They earn 280 dollars.", "لا يتجاوز راتبهم 280 دولارا.", False),
        ("She turned it down.", "لم تقبله.", False),
        ("Не более десяти приехали.", "Up to ten came.", False),
        ("They won.", "فازوا دون عناء.", False),  # it denies the effort
        ("The bank burnt down with no casualties.", "Bank burnt down, nobody was hurt.", False),
        ("The council did not buy the mill.", "The council bought the mill from a bank.", True),  # a bank bans nothing
        ("She called it illegal.", "وصفته بأنه غير قانوني.", False),
        ("The road was not closed.", "أُغلق الطريق.", True),
        ("La carretera se cerró sin que nadie lo negara.", "لم تُفتح الطريق.", False),  # words that we do not know
        ("The road was not paved.", "شهردار گفت جاده آسفالت نشده است.", False),
        ("The road was not opened.", "أُغلق الطريق.", False),
        ("They found oil near the road.", "آنها در نزدیکی جاده نفت پیدا کردند.", False),
        ("Все четверо выжили.", "نجا الأربعة.", False),
        ("خرج العمال سالمين.", "No worker was hurt.", False),
        ("The engine kept the boat from sailing.", "لم يتمكن القارب من الإبحار.", False),
        ("The pledge fell short.", "لم يكن التعهد كافيا.", False),
    ],
)
def test_denial(sentence: str, text: str, differ: bool):
    assert denial.contradicts(sentence, text, alike()) is differ


def test_a_denial_left_out_is_none():
    text = "بلغ عدد العمال ثلاثين عاملا في المصنع، ولم تصل الآلات بعد إلى المدينة."
    assert not denial.contradicts("Thirty workers were in the factory.", text, alike("بلغ"))
    assert denial.contradicts("The machines have arrived in the city.", text, alike("تصل"))
    # The sentence takes another statement, though that is in the same sentence or nearly as near.
    assert not denial.contradicts("The mill is old.", "The mill is old. It was not sold.", alike("old"))
    text_with_another = "The owner of the mill denied it when the council met in May."
    assert not denial.contradicts("The council met in May.", text_with_another, alike("met"))
    assert not denial.contradicts("The machines have arrived in the city.", text, alike())


def test_a_denial_of_what_a_clause_affirms_beside_others_that_deny():
    text = "The council bought the mill, and the bank did not lend it anything."
    assert denial.contradicts("The council did not buy the mill.", text, alike("bought"))
    assert not denial.contradicts("The bank did not give a loan.", text, alike("lend"))


def test_a_denial_is_sought_where_the_same_happened():
    first = alike("The barn", "The mill")
    text = "The barn caught fire at dawn on Monday, and none of the workers was injured."
    assert denial.contradicts("أصيب عمال في حريق الحظيرة.", text, first)
    # a comma within a number parts nothing
    text = "The mill was sold on Monday, said its owner, adding that none of the 1,150 workers would leave."
    assert denial.contradicts("سيغادر العمال البالغ عددهم 1150.", text, first)
