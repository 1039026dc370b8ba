"""Fits ``rag/names_by_sense.json`` for the bundled model: ``python -m eval.fit_sense FOLDER``.

The folder holds XQuAD (``xquad.en.json`` and so on). Labels come by themselves: in English, Russian, Spanish and
Turkish a word with a capital within sentences is a name, one mostly without is none, and stands for itself with a
capital, too, so that the capital tells nothing; of Arabic words those labels are taken that ``eval.fit_names`` finds.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from eval.fit_names import labelled, opens_sentence
from eval.reader_data import paragraphs
from index.config import Settings
from index.embed import Embedder, Vectors
from index.lexical import words
from rag import proper

_CASED = ("en", "ru", "es", "tr")
_OFTEN = 4
"""So many times as often with a capital as without one."""
_DIGITS = 3


def by_capitals(texts: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Words of texts in a language with capitals that are names, and words that are none, each also with a capital."""
    capitals, small = Counter[str](), Counter[str]()
    for text in texts:
        for word in words(text):
            written = text[word.start : word.end]
            if not word.form.isalpha() or len(word.form) == 1:
                continue
            if not written[0].isupper():
                small[written.lower()] += 1
            elif not written.isupper() and not opens_sentence(text, word.start):
                capitals[written.lower()] += 1
    names = frozenset(form.capitalize() for form in capitals if capitals[form] > _OFTEN * small[form])
    plain = frozenset(form for form in small if small[form] >= capitals[form])
    return names, plain | {form.capitalize() for form in plain}


def fit(vectors: Vectors, names: int) -> tuple[float, list[float]]:
    """Constant and weights of a logistic regression whose first so many rows are names."""
    from sklearn.linear_model import LogisticRegression

    is_name = [1] * names + [0] * (len(vectors) - names)
    model = LogisticRegression(C=10.0, max_iter=2000, class_weight="balanced").fit(vectors, is_name)
    return round(float(model.intercept_[0]), _DIGITS), [round(float(weight), _DIGITS) for weight in model.coef_[0]]


def main(folder: Path) -> None:
    """Fit, and write the weights."""
    files = {language: folder / f"xquad.{language}.json" for language in ("ar", *_CASED)}
    pairs = [labelled(*([p["context"] for _, p in paragraphs(files[code])] for code in ("ar", "en")))]
    pairs += [by_capitals(_texts(files[language])) for language in _CASED]
    names, plain = ([word for pair in pairs for word in sorted(pair[side])] for side in (0, 1))
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    bias, weights = fit(embedder.embed_queries([*names, *plain]), len(names))
    probe = [round(float(value), _DIGITS + 1) for value in embedder.embed_queries([proper.PROBE])[0]]
    target = Path(proper.__file__).with_name(proper.WEIGHTS)
    fitted = {"bias": bias, "weights": weights, "probe": probe}
    target.write_text(json.dumps(fitted, separators=(",", ":")) + "\n", "utf-8")
    sys.stdout.write(f"{len(names)} names, {len(plain)} other words, {len(weights)} weights: {target}\n")


def _texts(path: Path) -> Iterator[str]:
    """Paragraphs and questions."""
    for _, paragraph in paragraphs(path):
        yield paragraph["context"]
        yield from (asked["question"] for asked in paragraph["qas"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
