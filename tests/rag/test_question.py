"""What is refused as a question, what is made of one, and when the question before it belongs to it."""

import pytest

from index.errors import QuestionError
from rag.question import LONGEST_QUESTION, read


@pytest.mark.parametrize("nothing", ["", " ", "\n\t\u00a0\u3000", "\u2028"])
def test_an_empty_question_is_refused(nothing: str):
    with pytest.raises(QuestionError, match="is empty"):
        read(nothing)


@pytest.mark.parametrize("wordless", ["؟!", "😀🎉", "👩‍👩‍👧", "\0", "…—", "\ud83d", "\u202e", "_"])
def test_a_question_without_words_is_refused_in_one_line(wordless: str):
    with pytest.raises(QuestionError, match="holds no word") as refused:
        read(wordless)
    assert str(refused.value).isprintable()


def test_length_is_bounded_after_white_space_is_collapsed():
    word = "a" * LONGEST_QUESTION
    assert read(f"  {word}\n\n").text == word
    with pytest.raises(QuestionError, match="4,001 characters"):
        read(word + "b")
    with pytest.raises(QuestionError, match="1,000,000 characters"):
        read("ك" * 1_000_000)


def test_white_space_is_collapsed_and_words_keep_their_places():
    question = read(" من\u00a0وقّع \n المعاهدة؟ ")
    assert question.text == question.full == "من وقّع المعاهدة؟"
    assert [question.full[word.start : word.end] for word in question.words] == ["من", "وقّع", "المعاهدة"]


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("متى افتُتح الجسر؟", "ar"),
        ("When was the bridge opened to the public?", "en"),
        ("Когда открыли мост?", "ru"),
        ("پل چه زمانی افتتاح شد؟", "fa"),
        ("ሰላም ለዓለም ነው?", "am"),
        ("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "und"),
        ("2018", "und"),
    ],
)
def test_language(asked: str, language: str):
    assert read(asked).language == language


def test_lone_surrogates_and_nul_do_no_harm():
    question = read("متى \ud800 افتُتح\0الجسر؟", ["سؤال \udfff سابق"])
    question.full.encode("utf-8")
    assert {"متي", "افتتح", "الجسر"} <= {word.form for word in question.words}


def test_another_spelling_is_of_the_topic_too():
    question = read("ومتى وصل؟", ["من زار الميناء؟"]).respelled(lambda text: text.replace("الميناء", "المرفأ"))
    assert question.full == "ومتى وصل؟ زار المرفأ ومتى وصل؟"
    assert question.text == "ومتى وصل؟"
    assert "المرفا" in {word.form for word in question.words}


class TestFollowUps:
    def test_a_short_question_takes_the_last_one_with_it(self):
        question = read("ومتى وصل؟", ["من بنى الجسر؟", "من زار الميناء؟"])
        assert question.full == "ومتى وصل؟ زار الميناء ومتى وصل؟"
        assert question.text == "ومتى وصل؟"
        assert {"زار", "وصل"} <= {word.form for word in question.words}

    def test_a_pronoun_makes_one(self):
        assert read("How long did they stay?", ["Who came?"]).full == (
            "How long did they stay? came How long did they stay?"
        )

    def test_without_history_there_is_none(self):
        assert read("ومتى وصل؟").full == "ومتى وصل؟"
        assert read("ومتى وصل؟", ["", "  \n"]).full == "ومتى وصل؟"

    def test_a_question_that_stands_alone_stays_alone(self):
        asked = "كم كيلومترا يبلغ طول الجسر الجديد فوق النهر؟"
        assert read(asked, ["من زار الميناء؟"]).full == asked

    def test_its_language_is_its_own(self):
        assert read("and the second bridge?", ["من بنى الجسر الأول؟"]).language == "en"

    def test_a_huge_history_is_cut(self):
        question = read("ومتى؟", ["كلمة " * 300_000])
        assert len(question.full) <= 2 * LONGEST_QUESTION

    def test_the_topic_is_the_earlier_question_without_the_words_that_ask(self):
        asked = "And how much will it cost?"
        earlier = "When will the bridge over the Tumen be opened?"
        assert read(asked, [earlier]).full == f"{asked} the bridge over the Tumen be opened {asked}"
        assert read(asked, ["How many men did the war cost?"]).full == f"{asked} many men the war cost {asked}"

    def test_the_topic_of_a_question_about_a_document_is_what_that_deals_with(self):
        assert read("ومتى يفتتح؟", ["لخّص مقال جسر تومين"]).full == "ومتى يفتتح؟ جسر تومين ومتى يفتتح؟"

    @pytest.mark.parametrize("earlier", ["متى؟", "金正恩讲话多长时间？"])
    def test_an_earlier_question_of_nothing_but_words_that_ask_stays_whole(self, earlier: str):
        assert read("وأين؟", [earlier]).full == f"وأين؟ {earlier} وأين؟"


class TestWhatIsAFollowUp:
    @pytest.mark.parametrize(
        "question",
        ["وكم عدد القذائف؟", "فأين أقاموا؟", "متى؟", "and where?", "and where do the shells go from there?",
         "What did they build there?", "А когда они прибыли?", "وليش ما أخذوها؟", "ما اسم المصنع هناك؟",
         "وفي أي جامعات؟", "طيب وكم عسكري شارك؟", "what about the second bridge?", "ماذا عن الجسر الثاني؟",
         "What happened to the third one?", "who else was on board?", "What are their names?", "كم أجرهم في الساعة؟",
         "كم سفينة أبحرت منها؟", "И что оттуда везут?", "How long did they stay in Wonsan?", "who said so?",
         "When was that?", "Who confirmed this?", "Is that true?", "What happened next?", "Tell me more",
         "How many were killed?", "هل هناك تفاصيل أخرى؟", "بأي وسيلة وصل؟", "في أي مدينة التقيا؟", "Почему это важно?"],
    )  # fmt: skip
    def test_is(self, question: str):
        assert read(question, ["من زار وونسان؟"]).full == f"{question} زار وونسان {question}"

    @pytest.mark.parametrize(
        "question",
        ["ما هي عاصمة فرنسا؟", "من هو سيرغي شويغو؟", "فين يقع المنتجع السياحي؟", "أين يقع المنتجع السياحي؟",
         "When did Lavrov arrive in Wonsan?", "How many soldiers are there in Kursk?", "Andrei Belousov met whom?",
         "Combien de conteneurs les navires ont-ils transportés ?",
         # What the pronoun stands for is named in the question itself.
         "When did Lavrov arrive and who met him?", "ما لون اليخت الذي جلس فيه لافروف؟", "كم حاوية نقلتها سفن رازين؟",
         "كم رحلة كحد أقصى يسمح بها للشركة؟", "How many ships are there?", "What is Alabuga?",
         "Is it true that the bridge was closed?", "Это правда, что мост закрыт?",
         "Is Kim more than that?", "How many were killed in Kursk?",
         # Arabic "and" is the first letter of these words, and Persian "to" is spelled like "by it".
         "وزير الخارجية متى وصل كوريا؟", "واشنطن بماذا تتهم موسكو؟", "به گفته کیم چند سرباز کشته شدند؟"],
    )  # fmt: skip
    def test_is_not(self, question: str):
        assert read(question, ["من زار وونسان؟"]).full == question

    def test_a_chain_keeps_its_subject(self):
        history = ["من زار وونسان؟", "ومتى وصل؟"]
        whole = "وكم بقي هناك؟ زار وونسان وصل وكم بقي هناك؟"
        assert read("وكم بقي هناك؟", history).full == whole
        assert read("وكم بقي هناك؟", ["كم جسرا بني؟", *history]).full == whole

    @pytest.mark.parametrize(
        ("asked", "before", "said"),
        [
            ("وكم بقي؟", "من زار وونسان؟", "وكم بقي زار وونسان؟"),
            ("and who else came?", "When was the parade held?", "and who else came was the parade held?"),
            ("When did Lavrov arrive in Wonsan?", "Who left?", "When did Lavrov arrive in Wonsan?"),
        ],
    )
    def test_is_read_as_one_question_that_ends_in_its_topic(self, asked: str, before: str, said: str):
        assert read(asked, [before]).said == said


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("متى وصل القطار", "متى وصل القطار؟"),
        ("When did the train come", "When did the train come?"),
        ("متى وصل القطار؟", "متى وصل القطار؟"),
        ("火车什么时候到?", "火车什么时候到?"),
        ("اذكر أسماء السفن", "اذكر أسماء السفن"),
        ("القطار والجسر", "القطار والجسر"),
    ],
)
def test_a_question_gets_the_mark_it_lacks(asked: str, marked: str):
    assert read(asked).text == marked
