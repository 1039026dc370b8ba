"""Sentences are exact spans that cover what was kept; passages hold them whole and within both limits."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
import sentencex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import chunk
from index.chunk import passage_text, passages, sentence_text, tokenizer
from index.config import IndexSettings
from index.embed import Embedder
from index.split import explain
from index.types import Block, Cleaned, Document, Format, Passage, Section, Sentence

SMALL = IndexSettings(passage_tokens=32)
PIECES = st.sampled_from(
    [
        "وصل الوفد إلى المصنع. ", "قال: هل عاد؟ ", "نعم؛ عاد، ", "«سنعود. حتمًا.» ", "أ. ف. ب. ", "\n", "\n\n",
        "# عنوان\n\n",
        "## Heading\n\n", "<h2>عنوان</h2>", "<p>", "</p>", "<b>", "</b>", "<a href='x'>", "</a>",
        "[رابط](http://x.example)",
        "![صورة. ثانية](data:abc)", "**", "_", "`", "* ", "1. ", "&nbsp;", "&amp;", "<!-- x -->",
        "\u0301", "\u200f", "\u200c", "ﷺ", "東京都。",
        "The end. ", "J. Smith ", "3.5 ", "\ud800", "\x00", "😀", "\u2028", "\t", "a" * 70,
        "كلمة " * 40, "ـ" * 50, "اقرأ أيضا",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(st.characters(codec=None), max_size=8), max_size=40).map("".join)
FORMATS: st.SearchStrategy[Format] = st.sampled_from(["text", "markdown", "html"])
LANGUAGES = st.sampled_from(["ar", "fa", "en", "und", "zh", "xx", "ckb"])


def document(text: str, format: Format = "text", language: str = "ar") -> Document:  # noqa: A002
    return Document("0123456789abcdef", "a.txt", "عنوان", text, language, None, format)


def by_characters(texts: Sequence[str]) -> list[int]:
    """A model that counts a token for every three characters."""
    return [-(-len(text) // 3) for text in texts]


def kept(cleaned: Cleaned) -> list[Block]:
    return [block for section in cleaned.sections for run in section.runs for block in run]


def one_run(text: str, *kinds: str) -> tuple[Document, Cleaned]:
    """A text whose lines are the blocks of one run; kinds are "h" for headings, "p" for prose."""
    blocks, at = [], 0
    for line, kind in zip(text.split("\n"), kinds, strict=True):
        blocks.append(Block(at, at + len(line), "heading" if kind == "h" else "prose"))
        at += len(line) + 1
    return document(text), Cleaned((Section("", (tuple(blocks),)),), ())


def shown(source: Document, found: Sequence[Passage]) -> list[list[str]]:
    return [[source.text[s.start : s.end] for s in passage.sentences] for passage in found]


def fresh(found: Sequence[Passage]) -> list[Sentence]:
    """Sentences without those repeated from the passage before, in order."""
    seen: dict[Sentence, None] = {}
    for passage in found:
        seen.update(dict.fromkeys(passage.sentences))
    return list(seen)


@settings(max_examples=150, deadline=None)
@given(TEXTS, FORMATS, LANGUAGES, st.integers(0, 2))
@example("a\ud800. b", "text", "ar", 1)
@example("<p>نص <img alt='a. b' src='" + "QUJD" * 900 + "'> نص</p>", "html", "ar", 1)
@example("نص ![a. b](data:" + "QUJD" * 900 + ") نص", "markdown", "ar", 1)
@example("](" + "x. " * 900 + ")", "markdown", "ar", 1)
@example("\u0301" * 4000, "text", "ar", 0)
@example("وصل الوفد إلى المصنع. # عنوان\n\nوصل الوفد إلى المصنع. ", "text", "ar", 0)
def test_any_document_is_covered_exactly_once_within_both_limits(
    text: str,
    format: Format,  # noqa: A002
    language: str,
    overlap: int,
):
    source = document(text, format, language)
    cleaned = explain(source, IndexSettings())
    limits = IndexSettings(passage_tokens=40, overlap_sentences=overlap)
    found = passages(source, cleaned, limits, 60, by_characters)
    blocks = kept(cleaned)
    for passage in found:
        assert passage.sentences
        for sentence in passage.sentences:
            raw = text[sentence.start : sentence.end]
            assert raw
            assert raw == raw.strip()
            assert any(block.start <= sentence.start < sentence.end <= block.end for block in blocks)
        content = passage_text(source, passage)
        assert "\n" not in content
        if len(passage.sentences) > 1 or passage.end - passage.start > 1:
            assert len(tokenizer().encode_ordinary(content)) <= 40
            assert by_characters([content])[0] <= 60
    in_order = fresh(found)
    assert all(one.end <= other.start for one, other in pairwise(in_order))
    covered = "".join(text[s.start : s.end] for s in in_order)
    # A heading with nothing below it is shown above the passage that follows, where there is one.
    runs = [run for section in cleaned.sections for run in section.runs]
    lone = [len(run) == 1 and run[0].kind == "heading" for run in runs]
    wanted = "".join(
        text[b.start : b.end] for run, alone in zip(runs, lone, strict=True) for b in run if not alone or all(lone)
    )
    assert "".join(covered.split()) == "".join(wanted.split())
    assert [p.id for p in found] == [f"{source.id}-{number}" for number in range(len(found))]
    assert passages(source, cleaned, limits, 60, by_characters) == found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["وصل الوفد صباحا. ", "ثم عاد! ", "لماذا؟ "]), min_size=1, max_size=30), st.integers(0, 3)
)
def test_passages_repeat_the_last_sentences_of_the_one_before(parts: list[str], overlap: int):
    source, cleaned = one_run("".join(parts).strip(), "p")
    found = passages(source, cleaned, IndexSettings(passage_tokens=60, overlap_sentences=overlap), 500, by_characters)
    for one, other in pairwise(found):
        shared = [s for s in other.sentences if s in one.sentences]
        assert len(shared) == overlap
        assert shared == list(one.sentences[len(one.sentences) - overlap :])


def test_passages_of_the_bundled_model_are_never_truncated(embedder: Embedder):
    text = " ".join(
        ["أعلن المصنع زيادة الإنتاج.", "成" * 900, "x" * 4000, "٣٫٥ «كم»؛ " * 300, "ﷺ " * 900, "Да. " * 300]
    )
    source = document(text)
    large = IndexSettings(passage_tokens=4096)
    found = passages(source, explain(source, IndexSettings()), large, embedder.max_tokens, embedder.count_tokens)
    counts = embedder.count_tokens([passage_text(source, passage) for passage in found])
    assert len(found) > 3
    assert max(counts) <= embedder.max_tokens
    assert max(counts) > embedder.max_tokens // 2


def test_passages_do_not_cross_runs():
    text = "الأولى هنا. الثانية هنا. اشترك الآن! الثالثة هنا. الرابعة هنا."
    source = document(text)
    advert = text.index("اشترك")
    after = text.index("الثالثة")
    runs = ((Block(0, advert - 1, "prose"),), (Block(after, len(text), "prose"),))
    found = passages(source, Cleaned((Section("", runs),), ()), IndexSettings(), 500, by_characters)
    assert shown(source, found) == [["الأولى هنا.", "الثانية هنا."], ["الثالثة هنا.", "الرابعة هنا."]]


def test_a_heading_goes_with_what_follows():
    text = "\n".join(
        ["وصل الوفد إلى المصنع الجديد صباحا ثم زار المرفأ الكبير.", "عنوان", "عاد الوفد مساء إلى العاصمة بعد الزيارة."]
    )
    source, cleaned = one_run(text, "p", "h", "p")
    found = passages(source, cleaned, SMALL, 500, by_characters)
    assert shown(source, found) == [text.split("\n")[:1], text.split("\n")[1:]]


def test_passages_know_the_heading_above_them():
    prose = "وصل الوفد إلى المصنع صباحا ثم زار المرفأ الكبير."
    text = "\n".join([prose, "العنوان الأول", prose, prose, "العنوان الثاني", prose])
    source, cleaned = one_run(text, *"phpphp")
    cleaned = replace(cleaned, sections=(replace(cleaned.sections[0], title="خبر"),))
    found = passages(source, cleaned, SMALL, 500, by_characters)
    assert [(p.heading, source.text[p.start : p.end].split("\n")[0]) for p in found] == [
        ("خبر", prose),
        ("خبر", "العنوان الأول"),
        ("العنوان الأول", prose),
        ("العنوان الأول", "العنوان الثاني"),
    ]


def test_a_heading_holds_into_the_next_run():
    text = "العنوان\nوصل الوفد.\nعاد الوفد."
    source, cleaned = one_run(text, *"hpp")
    blocks = cleaned.sections[0].runs[0]
    cleaned = Cleaned((Section("", (blocks[:2], blocks[2:])),), ())
    assert [p.heading for p in passages(source, cleaned, SMALL, 500, by_characters)] == ["", "العنوان"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال: هل تعود؟ نعم أعود. وانصرف!", ["قال: هل تعود؟", "نعم أعود.", "وانصرف!"]),
        ("عاد الوفد؛ ثم سافر، بعد يوم. وانتهى.", ["عاد الوفد؛ ثم سافر، بعد يوم.", "وانتهى."]),
        ("قال «سنعود. حتما» وانصرف. ثم صمت.", ["قال «سنعود. حتما» وانصرف.", "ثم صمت."]),
        ("قال “سنعود. حتما” وانصرف. ثم صمت.", ["قال “سنعود. حتما” وانصرف.", "ثم صمت."]),
        ("ذكرت أ. ف. ب. أن الوفد وصل. وعاد.", ["ذكرت أ. ف. ب. أن الوفد وصل.", "وعاد."]),
        ("J. K. Smith came. He left.", ["J. K. Smith came.", "He left."]),
        ("بلغت 3.5 في المئة. ثم 1.000 نقطة.", ["بلغت 3.5 في المئة.", "ثم 1.000 نقطة."]),
        ("وصل د. سالم. وعاد.", ["وصل د. سالم.", "وعاد."]),
        ("  وصل.   \u00a0 عاد.  ", ["وصل.", "عاد."]),
    ],
)  # fmt: skip
def test_sentence_boundaries(text: str, expected: list[str]):
    found = chunk.sentences(document(text), Block(0, len(text), "prose"))
    assert [text[s.start : s.end] for s in found] == expected


def test_a_heading_is_one_sentence():
    text = "أولا. ثانيا. ثالثا"
    assert chunk.sentences(document(text), Block(0, len(text), "heading")) == (Sentence(0, len(text)),)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("html", "وصل الوفد. <a href=x?a. title=قال. b>الرابط</a> هنا. نهاية."),
        ("html", "وصل <img alt='صورة' src='data:" + "QUJD" * 900 + "'> الوفد. نهاية."),
        ("html", "<b></b> وصل الوفد. نهاية."),
        ("markdown", "وصل الوفد. ![صورة. أخرى](data:" + "QUJD" * 900 + ") نهاية."),
        ("markdown", "وصل [الرابط](http://x.example/a(b). " + "c/" * 900 + ") الوفد. نهاية."),
        ("markdown", "وصل ![](a.png) الوفد. نهاية."),
    ],
    ids=lambda value: value[:20],
)
def test_no_cut_falls_inside_markup(format: Format, text: str):  # noqa: A002
    source = document(text, format)
    cleaned = Cleaned((Section("", ((Block(0, len(text), "prose"),),)),), ())
    found = passages(source, cleaned, IndexSettings(passage_tokens=4096), 4096, by_characters)
    content = [sentence_text(source, s) for p in found for s in p.sentences]
    assert all(content)
    assert " ".join(content) == sentence_text(source, Sentence(0, len(text)))


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize(
    "unit", ["x", "\u0301", "ـ", "a. ", "؟", "成", "](", "![", "![x](", "<", "<b>", "<a '", "(", "</", "&", ". <b>"]
)  # fmt: skip
def test_a_long_hostile_block_is_cut_in_time(unit: str, format: Format):  # noqa: A002
    # Quadratic work on this length takes longer than a test may.
    text = (unit * (60_000 // len(unit))).strip()
    source = document(text, format)
    cleaned = Cleaned((Section("", ((Block(0, len(text), "prose"),),)),), ())
    found = passages(source, cleaned, IndexSettings(), 500, by_characters)
    assert "".join(text[s.start : s.end] for s in fresh(found)).split() == text.split() or " " in unit
    assert max(by_characters([passage_text(source, p)])[0] for p in found) <= 500


def test_parts_of_a_long_sentence_keep_words_whole():
    text = "كلمات " * 1000
    source = document(text.strip())
    cleaned = Cleaned((Section("", ((Block(0, len(source.text), "prose"),),)),), ())
    found = passages(source, cleaned, IndexSettings(), 500, by_characters)
    words = {word for p in found for s in p.sentences for word in source.text[s.start : s.end].split()}
    assert words == {"كلمات"}


def test_a_long_sentence_is_cut_at_a_clause():
    text = "ا" * 1200 + "؛ " + "ب" * 600
    found = list(chunk._cut(document(text), Sentence(0, len(text)), 1500))
    assert [text[s.start : s.end] for s in found] == ["ا" * 1200 + "؛", "ب" * 600]


def test_accents_stay_with_their_letter():
    text = "e\u0301" * 2000
    found = list(chunk._cut(document(text), Sentence(0, len(text)), 1501))
    assert all(text[s.start] == "e" for s in found)


def test_characters_of_many_tokens_are_cut_one_by_one():
    # One character can be many tokens of a model: cutting has to end all the same.
    source, cleaned = one_run("ﷺﷺﷺﷺ", "p")
    found = passages(source, cleaned, SMALL, 40, lambda texts: [30 * len(text) for text in texts])
    assert [len(p.sentences) for p in found] == [1, 1, 1, 1]


def test_the_tokenizer_needs_no_network():
    assert tokenizer().name == "o200k_base"
    assert tokenizer().encode_ordinary("سلام") == tokenizer().encode_ordinary_batch(["سلام"])[0]


def test_the_number_of_passages_is_stable():
    text = "\n\n".join(
        f"زار الوفد رقم {n} المصنع صباحا. ثم عاد إلى العاصمة مساء بعد لقاء المهندسين." for n in range(40)
    )
    source = document(text)
    found = passages(source, explain(source, IndexSettings()), IndexSettings(passage_tokens=100), 500, by_characters)
    assert (len(found), len(fresh(found))) == (12, 80)


def test_sentencex_is_given_little_at_a_time_and_finds_the_same(monkeypatch: pytest.MonkeyPatch):
    text = " ".join(f"وصل الوفد رقم {n} إلى {'المصنع ' * (n % 30)}مساء." for n in range(400))
    whole = [piece.strip() for piece in sentencex.segment("ar", text)]
    given_to: list[int] = []

    def segment(language: str, window: str) -> list[str]:
        given_to.append(len(window))
        return real(language, window)

    real = sentencex.segment
    monkeypatch.setattr(sentencex, "segment", segment)
    found = chunk.sentences(document(text), Block(0, len(text), "prose"))
    assert [text[s.start : s.end] for s in found] == whole
    assert max(given_to) < len(text) // 4
    assert sum(given_to) < 2 * len(text)


def test_a_lone_heading_heads_the_next_passage():
    text = "Bridge opens\nIt opened on Monday. Crowds came."
    document = Document("d", "d.txt", "Bridge opens", text, "en", None, "text")
    heading, body = Block(0, 12, "heading"), Block(13, len(text), "prose")
    apart = Cleaned((Section("", ((heading,), (body,))),), ())
    counts = lambda texts: [len(t.split()) for t in texts]  # noqa: E731
    (only,) = passages(document, apart, IndexSettings(), 500, counts)
    assert (only.heading, text[only.start : only.end]) == ("Bridge opens", text[13:])
    alone = Cleaned((Section("", ((heading,),)),), ())
    assert [text[p.start : p.end] for p in passages(document, alone, IndexSettings(), 500, counts)] == ["Bridge opens"]
