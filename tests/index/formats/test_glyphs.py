"""Glyphs at places become text in the order it is read."""

import pytest

from index.formats.glyphs import Glyph, read_lines

WIDTH = 6.0


def row(drawn: str, y: float = 0.0, x: float = 0.0) -> list[Glyph]:
    """Letters as one sees them from left to right; a ligature stands between braces."""
    glyphs = []
    at = 0
    while at < len(drawn):
        end = drawn.index("}", at) if drawn[at] == "{" else at
        text = drawn[at + 1 : end] if drawn[at] == "{" else drawn[at]
        glyphs.append(Glyph(text, x, x + WIDTH, y, 10.0))
        x += WIDTH
        at = end + 1
    return glyphs


def flipped(text: str) -> str:
    return text[::-1]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("the bridge (2)", "the bridge (2)"),
        ("{لا}س", "سلا"),
        (flipped("الجسر") + " 412 " + flipped("طول"), "طول 412 الجسر"),
        (flipped("متر") + " 3.5 " + flipped("عرضه"), "عرضه 3.5 متر"),
        (flipped("دينار") + " ١٢٫٥ " + flipped("كلفته"), "كلفته ١٢٫٥ دينار"),
        ("08/04/2031 " + flipped("في"), "في 08/04/2031"),
        ("6:30 - 2023 " + flipped("سبتمبر"), "سبتمبر 2023 - 6:30"),
        (flipped("أن") + " Gull Bridge Ltd " + flipped("الشركة"), "الشركة Gull Bridge Ltd أن"),
        ("S-300 " + flipped("صاروخ"), "صاروخ S-300"),
        (flipped("ضد") + " COVID-19 " + flipped("لقاح"), "لقاح COVID-19 ضد"),
        ("." + flipped("الآن ليصلكم الرد") + " info@ex.org " + flipped("إلى"), "إلى info@ex.org الآن ليصلكم الرد."),
    ],
)
def test_reading_order(drawn: str, read: str):
    assert [line.text for line in read_lines(row(drawn))] == [read]


def test_an_arabic_word_in_an_english_line():
    assert read_lines(row("The word " + flipped("سلام") + " means peace to all"))[0].text == (
        "The word سلام means peace to all"
    )


@pytest.mark.parametrize("brackets", ["()", ")("])
def test_brackets_written_or_drawn_mean_the_same(brackets: str):
    left, right = brackets
    assert read_lines(row(left + flipped("الجسر") + right + " " + flipped("قال")))[0].text == "قال (الجسر)"


def test_a_mark_belongs_to_the_letter_it_was_drawn_before_or_after():
    letters = row("رسج")  # drawn from the left: the last letter first
    mark = Glyph("\u0650", letters[2].x0 - 1, letters[2].x0 - 1, 0.0, 10.0)
    assert read_lines([*letters[:2], mark, letters[2]])[0].text == "ج\u0650سر"
    assert read_lines([letters[2], mark, letters[1], letters[0]])[0].text == "ج\u0650سر"


def test_a_figure_bears_no_mark():
    # LibreOffice draws the figures of "7:45 مساءً" first, then from the left what follows them.
    word, figures = row(flipped("مساء")), row("7:45", x=5 * WIDTH)
    mark = Glyph("\u064b", word[0].x0 + 1, word[0].x0 + 1, -1.0, 10.0)
    assert read_lines([*figures, mark, *word])[0].text == "7:45 مساء\u064b"


def test_a_mark_that_opens_a_line_is_of_that_line():
    # Chromium draws a line from the left, and what a letter carries before the letter: مساءً ends the second line.
    above, below = row(flipped("سلام"), y=40), row(flipped("مساء"), y=10)
    mark = Glyph("\u064b", below[0].x0, below[0].x0, 9.0, 10.0)
    assert [line.text for line in read_lines([*above, mark, *below])] == ["سلام", "مساء\u064b"]
    # Drawn as it is read, the mark ends the line above.
    ended = Glyph("\u064b", above[0].x0, above[0].x0, 41.0, 10.0)
    assert [line.text for line in read_lines([*above[::-1], ended, *below[::-1]])] == ["سلام\u064b", "مساء"]


def test_gaps_are_spaces_and_presentation_forms_letters():
    glyphs = [Glyph("\ufee1", 0, 5, 0, 10), Glyph("\ufefc", 5, 10, 0, 10), Glyph("\ufeb3", 10, 15, 0, 10)]
    glyphs += [Glyph("\ufe8e", 20, 25, 0, 10), Glyph("\ufef3", 25, 30, 0, 10)]
    assert read_lines(glyphs)[0].text == "يا سلام"


def test_lines_go_down_the_page_unless_there_are_columns():
    assert [line.text for line in read_lines([*row("two", y=10), *row("one", y=20)])] == ["one", "two"]
    columns = [*row("a one", y=20), *row("a two", y=10), *row("b one", y=20, x=99), *row("b two", y=10, x=99)]
    assert [line.text for line in read_lines(columns)] == ["a one", "a two", "b one", "b two"]


def test_a_line_that_stops_on_its_left_is_read_from_the_right():
    drawn = ".info@example.org :" + flipped("عنوانه") + " Valley Rail Company"
    assert read_lines(row(drawn))[0].text == "Valley Rail Company عنوانه: info@example.org."


def test_a_sentence_from_the_left_ends_at_its_end():
    lines = read_lines([*row(flipped("سلام على الجميع"), y=20), *row(".The end", y=0)])
    assert [line.text for line in lines] == ["سلام على الجميع", "The end."]
