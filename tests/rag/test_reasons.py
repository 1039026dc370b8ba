"""Where sentences give reasons."""

import pytest

from rag import reasons


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("أغلق الجسر بسبب الفيضان الذي غمر المدينة، ثم فتح بعد يومين.", "بسبب الفيضان الذي غمر المدينة"),
        ("أغلق الجسر لأنه، في رأيهم، قد ينهار، ثم فتح.", "لأنه، في رأيهم، قد ينهار"),
        ("أعرب السكان عن قلقهم من أن الجسر قد ينهار.", "من أن الجسر قد ينهار"),
        ("تهدف الأعمال إلى شيء، وتهدف إلى حماية السد.", None),
        ("وهي أعمال تهدف إلى حماية السد.", "تهدف إلى حماية السد"),
        ("The bridge was closed because the river rose; it opened on Friday.", "because the river rose"),
        ("Мост закрыли из-за паводка.", "из-за паводка"),
        ("پل به دلیل سیل بسته شد.", "به دلیل سیل بسته شد"),
        ("The bridge was closed on Friday.", None),
        ("قال إنه يكتب كثيرا.", None),
        ("", None),
    ],
)
def test_the_clause_that_gives_a_reason(text: str, reason: str | None):
    span = reasons.given(text)
    assert (span and text[slice(*span)]) == reason
