"""Dates in other words than the text's."""

import pytest

from rag.dated import missing_dates


@pytest.mark.parametrize(
    ("sentence", "text", "missing"),
    [
        ("on 1 July", "في الأول من يوليو", ()),
        ("in July 2031", "في 4 تموز 2031", ()),
        ("on 4 July 2031", "في يوليو 2031", ("4 July 2031",)),
        ("к июлю", "حتى أبريل", ("июлю",)),
        ("в марте", "في مارس", ()),
        ("on Sunday", "يوم الجمعة", ("Sunday",)),
        ("والجمعة", "on Friday", ()),
        ("they may come", "they come", ()),
        ("Судья Марта Робертсон приехала.", "Judge Marta Robertson came.", ()),  # months have no capital
    ],
)
def test_dates(sentence: str, text: str, missing: tuple[str, ...]):
    assert missing_dates(sentence, text) == missing
