"""Sentences that lean on the one before them: "He added: …", "وأضاف أن …" tell nobody who said it."""

import re

from index.lexical import normalize

# A verb of saying with nobody who says it: what comes next is what was said.
_ARABIC_SAID = (
    r"(?:كما |ثم |وقد |قد )?[وف]?(?:اضاف|تابع|اوضح|اكد|قال|ذكر|اشار|شدد|زاد|لفت|استطرد|اردف|بين|كشف|راي|اعتبر|نقل"
    r"|استدرك|ختم|واصل)(?:ت|وا|ا|تا)?(?: (?:الي|علي|عنه|عنها|عنهم))?"
    r"(?:\W* *[:«\"“]| (?:ان|بان|انه|انها|انهم|بانه|بانها|قائلا|قائله|قوله|قولها)\b)"
)
_ARABIC_PRONOUN = (
    r"[وف]?(?:كان |كانت |قد )?(?:هو|هي|هم|هما|ذلك|تلك|هذا|هذه|هولا)(?= )(?! ال\w+ (?:ال|التي|الذي))"
    r"|[وف]?(?:جاء|ياتي|حدث|وقع|تم|يحدث) (?:ذلك|هذا)|[وف]?(?:له|لها|لهم|منهم|منها|بينهم|بينها|فيها|فيه|عنه|عنها) "
)
_ENGLISH = (
    r"(?:and |but |also |however |meanwhile )?(?:he|she|they|his|her|their|him|them|those|these)\b"
    r"|(?:this|that) (?:is|was|would|will|means|meant|makes|made|came|comes|has|had)\b|it (?:said|added|also|has|had)\b"
)
_RUSSIAN = (
    r"(?:и |а |но |также |при этом )?(?:он|она|они|оно|его|ее|их|ему|ей|им)\b|это\b(?! \w+(?:ие|ия) )"
    r"|(?:по|с) (?:его|ее|их) словам|(?:добавил|отметил|подчеркнул|сказал|заявил|уточнил)[аи]?,? что\b"
)
_PERSIAN = r"(?:و )?(?:او|وي|ايشان|اين) "
_LEANS = re.compile(rf"[\W_]*(?:{_ARABIC_SAID}|{_ARABIC_PRONOUN}|{_ENGLISH}|{_RUSSIAN}|{_PERSIAN})")


def leans(text: str) -> bool:
    """Whether a sentence opens with a word that stands for something said before it."""
    return bool(_LEANS.match(normalize(text)))
