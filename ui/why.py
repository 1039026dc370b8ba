"""Why the nearest passages are no answer."""

from index.lexical import stem, words
from rag.types import Answer

_SHORTEST = 4
# Words that ask or join and so tell nothing; of the languages in which questions are usual here.
_PLAIN = frozenset(
    word
    for line in (
        "what when where which whose whom that this these those there their they them have does with from into about",
        "كيف متي اين ماذا لماذا الذي التي الذين هذا هذه ذلك تلك كانت يكون تكون",
        "когда какой какая какие сколько почему который которая этот была были",
    )
    for word in line.split()
)


def missing_words(answer: Answer) -> tuple[str, ...]:
    """Words of the question that none of the nearest passages holds, as typed, each once.

    Returns:
        None when no passage is in the question's language, where the same words cannot be expected.
    """
    passages = [found for found in answer.evidence if found.document.language == answer.language]
    if not passages:
        return ()
    known = {stem(word.form) for found in passages for word in words(f"{found.document.title}\n{found.text}")}
    asked = {
        stem(word.form): answer.question[word.start : word.end]
        for word in words(answer.question)
        if len(word.form) >= _SHORTEST and word.form not in _PLAIN
    }
    return tuple(shown for base, shown in asked.items() if base not in known)
