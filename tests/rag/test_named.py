"""Names in other spellings and scripts than the text's."""

import pytest

from rag import foreign
from rag.named import unmatched


@pytest.mark.parametrize(
    ("sentence", "text", "missing"),
    [
        ("Sergei Shoigu came to Moscow.", "وصل سيرغي شويغو إلى موسكو.", ()),
        ("Сергей Шойгу приехал в Москву.", "وصل سيرجي شويجو إلى موسكو.", ()),
        ("Sergei Lavrov came to Moscow.", "وصل سيرغي شويغو إلى موسكو.", ("Lavrov",)),
        ("وصل بيسكوف إلى موسكو.", "وصل شويغو إلى موسكو.", ("بيسكوف",)),
        ("Kim Jong Un spoke.", "تحدث كيم جونغ أون.", ()),
        ("Ким Чен Ын выступил.", "تحدث كيم جونغ أون.", ()),
        ("Then Kim Yo Jong spoke.", "تحدث كيم جونغ أون.", ("Yo",)),
        ("North Korea replied.", "Pyongyang replied.", ()),
        ("South Korea replied.", "Pyongyang replied.", ("South Korea",)),
        ("The Prime Minister and the Security Council met in May.", "اجتمعوا.", ()),
        ("Three of them spoke.", "تحدث ثلاثة.", ()),
        ("The Ambassador of the State Duma spoke on Saeppyol Street.", "تحدث السفير في شارع سايبيول.", ()),
        ("По словам Совбеза, приехал Юрий Борисов.", "وصل يوري بوريسوف.", ()),
        ("She left Oran.", "غادرت وهران.", ()),  # an h that one script writes and the other does not
        ("She left Aden.", "غادرت وهران.", ("Aden",)),
        ("He left El Kharga.", "غادر الخارجة.", ()),
        ("He met Ingrid Sutter.", "التقى إنغريد زوتر.", ()),  # little alike, but beside what is
        ("He met Ingrid Varga.", "التقى إنغريد ناغي.", ("Varga",)),
        ("По словам Салаха аль-Джубури, больница закрыта.", "Salah al-Jubouri said so.", ()),  # not Juba
        ("She lives in Gand.", "تعيش في غنت.", ()),  # one town
        ("She lives in Gand.", "تعيش في لييج.", ("Gand",)),
        ("The court in Ghent praised the Belgian.", "أشادت به محكمة غنت.", ()),  # where the town lies is known
        ("The plane landed in Saudi Arabia.", "هبطت الطائرة في جدة.", ()),
        ("The plane landed in Egypt.", "هبطت الطائرة في جدة.", ("Egypt",)),
        ("نقلته صحيفة ديلي ستار.", "The Daily Star told it.", ()),  # no town of Dili
        ("He met Alejandro Varga.", "التقى أليخاندرو فارغا.", ()),
    ],
)
def test_names(sentence: str, text: str, missing: tuple[str, ...]):
    assert unmatched(sentence, text) == missing


def test_foreign_names_are_written_unlike_other_words():
    names = [foreign.likeness(name) for name in ("هولندا", "ستيفنسون", "كوفالينكو", "مانشستر")]
    words = [foreign.likeness(word) for word in ("مدرسة", "كتابه", "طويل", "اجتماع")]
    assert min(names) > 0.3 > max(words)
