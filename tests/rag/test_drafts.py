"""Replies read as sentences with what they cite, however they arrive."""

import pytest

from rag.drafts import Draft, DraftParser

REPLIES = {
    "Kim sent 5,000 men [1][2]. The U.S. said so [3]. Unsure.\n- **Bold** thing [4, 5]": [
        Draft("Kim sent 5,000 men.", (1, 2)),
        Draft("The U.S. said so.", (3,)),
        Draft("Unsure.", ()),
        Draft("Bold thing", (4, 5)),
    ],
    '{"sentences": [{"text": "A b.", "sources": [1, 2]}, {"text": "C [3] d.", "sources": ["4"]}]}': [
        Draft("A b.", (1, 2)),
        Draft("C d.", (3, 4)),
    ],
    '```json\n{"sentences": [{"text": "A b.", "sources": [1]}, {"text": "cut o': [Draft("A b.", (1,))],
    "<think>hm [1]</think>قال بوتين [١]. وأضاف [2-4]؟": [Draft("قال بوتين.", (1,)), Draft("وأضاف؟", (2, 3, 4))],
    "A claim.【1】 Another[^2].": [Draft("A claim.", (1,)), Draft("Another.", (2,))],
    "It was 2024 [99999999999].": [Draft("It was 2024 [99999999999].", ())],
    "NONE": [],
    "NONE.": [],
    '{"sentences": []}': [],
    "{{{{": [],
    "": [],
    "[1] [2]": [],
}


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_the_pieces_do_not_matter(reply: str, size: int):
    reader = DraftParser("en")
    found: list[Draft] = []
    for start in range(0, len(reply), size):
        found += reader.feed(reply[start : start + size])
    found += reader.end()
    assert found == REPLIES[reply]


def test_a_sentence_appears_as_soon_as_it_is_whole():
    reader = DraftParser("en")
    assert list(reader.feed("One [1]")) == []
    assert list(reader.feed(". Two")) == [Draft("One.", (1,))]
    assert list(reader.end()) == [Draft("Two", ())]


def test_a_sentence_of_json_appears_before_the_list_closes():
    reader = DraftParser("en")
    assert list(reader.feed('{"sentences": [{"text": "One.", "sour')) == []
    assert list(reader.feed('ces": [1]}')) == [Draft("One.", (1,))]
    assert list(reader.feed(', {"text": "Two.", "sources": [2]')) == []
    assert list(reader.feed("}")) == [Draft("Two.", (2,))]
    assert list(reader.feed("]}")) == []
    assert list(reader.end()) == []


def test_a_range_does_not_fill_the_memory():
    assert len(next(DraftParser("en").feed("A [1-999999].\n")).cited) == 12
