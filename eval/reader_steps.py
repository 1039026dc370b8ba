"""The reader's lessons: each a question, a passage that answers it (or does not), and one that only seems to."""

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.reader_data import Asked, Gold, Window

NEGATIVES = 8
"""Passages that seem to answer, kept for each question."""
PROMPT_TOKENS = 3
"""Tokens a passage opens with: start of sequence and prompt."""
BATCH_TOKENS = 5_000
_SEARCHED = 30
_POOL = 512  # lessons among which batches of like lengths are made
_ABOUT_A_QUESTION = 22  # its tokens
# How much of the lessons each set gives; other sets share what is left by their size. What was written for this, and
# XQuAD, in the languages people ask in, get more than their size.
_SHARES = {
    "articles": 0.40,
    "seeking": 0.18,
    "xquad": 0.14,
    "encyclopedia": 0.08,
    "news": 0.05,
    "reading": 0.05,
    "arcd": 0.04,
    "parallel": 0.04,
    "pquad": 0.02,
}
# Of lessons that can be so: paragraph in Arabic, question in Arabic.
_ARABIC_PASSAGE, _ARABIC_QUESTION = 0.35, 0.30
# Of lessons whose passage answers, so many have for the other passage sentences beside the answer's own: what is about
# the same thing and does not answer.
_BESIDE = 0.35
# Most passages are shortened: learning costs their length, and answers are found by what is near them.
_LIMITS, _LIMIT_SHARES = (128, 200, 320), (0.6, 0.3, 0.1)


@dataclass(frozen=True, slots=True)
class Crop:
    """Tokens ``first`` to ``end`` of a window: whole sentences."""

    window: int
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """One question with two passages.

    Attributes:
        question: Number of the question.
        version: The version it is asked in.
        gold: Where the answer stands in ``passage``; None when it does not answer.
        passage: The passage it was written for.
        other: One that does not answer.
    """

    question: int
    version: int
    gold: Gold | None
    passage: Crop
    other: Crop

    @property
    def tokens(self) -> int:
        """Tokens of the longer passage and of a question."""
        longer = max(self.passage.end - self.passage.first, self.other.end - self.other.first)
        return longer + PROMPT_TOKENS + _ABOUT_A_QUESTION


def mine(
    windows: Sequence[Window],
    asked: Sequence[Asked],
    window_vectors: NDArray[np.float32],
    questions: NDArray[np.float32],
) -> list[list[int]]:
    """For each question the windows nearest to it, in its first version, that do not hold its answer.

    Where it has none they are of other articles: others of its own may answer it.

    Args:
        windows: All windows.
        asked: All questions.
        window_vectors: (windows, dimension); only first versions are looked at.
        questions: (asked, dimension) of the questions' first versions.
    """
    rows_of: dict[int, list[int]] = {}
    for row, window in enumerate(windows):
        rows_of.setdefault(window.version, []).append(row)
    article_of = {window.paragraph: window.article for window in windows}
    found: list[list[int]] = []
    for question, vector in zip(asked, questions, strict=True):
        version = min(question.questions)
        rows = np.array(rows_of[version])
        nearest = rows[np.argsort(-(window_vectors[rows] @ vector))[:_SEARCHED]]
        texts = [text.casefold() for text in question.answers[version]]
        gold = question.gold.get(version)
        found.append(
            [
                int(row)
                for row in nearest
                if (not gold or row != gold.window if texts else windows[row].article != article_of[question.paragraph])
                and not any(text in windows[row].text.casefold() for text in texts)
            ][:NEGATIVES]
        )
    return found


def order(asked: Sequence[Asked], count: int, rng: np.random.Generator) -> list[int]:
    """About ``count`` questions: each set shuffled, again and again, until it has given its share."""
    members: dict[str, list[int]] = {}
    for number, question in enumerate(asked):
        if not question.held and (question.gold or not any(question.answers.values())):
            members.setdefault(question.dataset, []).append(number)
    left = max(0.0, 1 - sum(_SHARES.get(name, 0.0) for name in members))
    unnamed = sum(len(numbers) for name, numbers in members.items() if name not in _SHARES)
    chosen: list[int] = []
    for name, numbers in members.items():
        needed = int(count * (_SHARES[name] if name in _SHARES else left * len(numbers) / unnamed))
        rounds = [rng.permutation(numbers) for _ in range(math.ceil(needed / len(numbers)))]
        chosen += np.concatenate(rounds)[:needed].tolist() if rounds else []
    rng.shuffle(chosen)
    return chosen


def lessons(
    chosen: Sequence[int],
    windows: Sequence[Window],
    asked: Sequence[Asked],
    negatives: Sequence[Sequence[int]],
    arabic: Set[int],
    rng: np.random.Generator,
) -> list[Lesson]:
    """A lesson for each chosen question, with languages, negatives and crops drawn.

    Args:
        chosen: Numbers of questions.
        windows: All windows.
        asked: All questions.
        negatives: Windows that seem to answer, by question.
        arabic: Versions that are in Arabic, in sets of several.
        rng: Draws.
    """
    rows_of: dict[tuple[int, int], list[int]] = {}
    for row, window in enumerate(windows):
        rows_of.setdefault((window.paragraph, window.version), []).append(row)
    found: list[Lesson] = []
    for number in chosen:
        question = asked[number]
        versions = sorted(question.questions)
        version, passage_version = int(rng.choice(versions)), int(rng.choice(sorted(question.gold) or versions))
        for own in arabic & set(versions):
            if own in question.gold and rng.random() < _ARABIC_PASSAGE:
                passage_version = own
            if rng.random() < _ARABIC_QUESTION:
                version = own
        gold = question.gold.get(passage_version)
        row = gold.window if gold else int(rng.choice(rows_of[question.paragraph, passage_version]))
        pool = negatives[number]
        other = pool[int(rng.integers(len(pool)))] if pool else int(rng.integers(len(windows)))
        translated = rows_of.get((windows[other].paragraph, passage_version)) or [other]
        other = other if other in translated else int(rng.choice(translated))
        if not gold or other != gold.window:
            limit = int(rng.choice(_LIMITS, p=_LIMIT_SHARES))
            passage = Crop(row, *crop(windows[row].sentence_of, gold, limit, rng))
            near = None
            if gold and rng.random() < _BESIDE:
                near = beside(windows[row], gold, question.answers[passage_version], limit, rng)
            bounds = near or crop(windows[other].sentence_of, None, limit, rng)
            found.append(Lesson(number, version, gold, passage, Crop(row if near else other, *bounds)))
    return found


def beside(
    window: Window, gold: Gold, answers: Sequence[str], limit: int, rng: np.random.Generator
) -> tuple[int, int] | None:
    """Tokens of sentences before or after the answer's own, at most ``limit``; None where none leaves the answer out.

    Args:
        window: Where the answer stands.
        gold: Its tokens.
        answers: Texts that the sentences must not hold.
        limit: Most tokens, but at least one sentence.
        rng: Draws.
    """
    numbers = window.sentence_of
    before, after = numbers.copy(), numbers.copy()
    before[before >= numbers[gold.first]] = -1
    after[after <= numbers[gold.last]] = -1
    sides = [crop(side, None, limit, rng) for side in (before, after) if (side >= 0).any()]
    texts = [window.text[window.spans[first, 0] : window.spans[end - 1, 1]].casefold() for first, end in sides]
    free = [at for at, text in zip(sides, texts, strict=True) if not any(a.casefold() in text for a in answers)]
    return free[int(rng.integers(len(free)))] if free else None


def crop(sentence_of: NDArray[np.int32], gold: Gold | None, limit: int, rng: np.random.Generator) -> tuple[int, int]:
    """Tokens of whole sentences around an answer, or of any: at most ``limit``, or one sentence.

    Args:
        sentence_of: (tokens,) the sentence of each token, -1 for none.
        gold: What must be inside.
        limit: Most tokens.
        rng: Draws.
    """
    held = np.unique(sentence_of[sentence_of >= 0])
    bounds = [int(np.flatnonzero(sentence_of >= number)[0]) for number in held]
    bounds.append(int(np.flatnonzero(sentence_of >= 0)[-1]) + 1)
    if gold:
        low = int(np.searchsorted(bounds, gold.first, side="right")) - 1
        high = max(int(np.searchsorted(bounds, gold.last, side="right")), low + 1)
    else:
        low = int(rng.integers(len(bounds) - 1))
        high = low + 1
    while True:
        down = low > 0 and bounds[high] - bounds[low - 1] <= limit
        up = high < len(bounds) - 1 and bounds[high + 1] - bounds[low] <= limit
        if not down and not up:
            return bounds[low], bounds[high]
        if up and (not down or rng.random() < 0.5):
            high += 1
        else:
            low -= 1


def batches(given: Sequence[Lesson], rng: np.random.Generator) -> list[list[Lesson]]:
    """Lessons of like lengths together, at most ``BATCH_TOKENS`` padded tokens, in no order of length."""
    found: list[list[Lesson]] = []
    for at in range(0, len(given), _POOL):
        pool: list[list[Lesson]] = [[]]
        for lesson in sorted(given[at : at + _POOL], key=lambda lesson: lesson.tokens):
            if pool[-1] and (len(pool[-1]) + 1) * 2 * lesson.tokens > BATCH_TOKENS:
                pool.append([])
            pool[-1].append(lesson)
        found += (pool[number] for number in rng.permutation(len(pool)))
    return found
