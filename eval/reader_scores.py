"""How well the reader reads when it is given the paragraph: on articles it was never trained on."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.metrics import exact_match, fold_answer, token_f1
from eval.reader_data import dataset, is_held, paragraphs
from index.chunk import passage_text, sentence_text, sentences
from index.language import detect
from index.types import Block, Document, Passage
from rag.reader import Reader
from rag.types import Evidence


def measure(files: Sequence[Path], reader: Reader) -> dict[str, dict[str, float]]:
    """Figures by "file" and, where a set has several, by "file asked in file": held articles only.

    Returns:
        ``f1`` and ``exact`` of the words (Rajpurkar et al., 2016, on folded words), ``sentence``, the share of answers
        that stand in the sentence the reader takes, and ``questions``, how many were asked; of a set with unanswerable
        questions also ``here``, how well "it is here" tells the others from these (area under the ROC curve).
    """
    found: dict[str, dict[str, float]] = {}
    for file in files:
        if any(is_held(dataset(file), article) for article in range(8)):
            found[file.name] = _measure(file, {}, reader)
    arabic = [file for file in files if file.name == "xquad.ar.json"]
    for file in files if arabic else ():
        if dataset(file) == "xquad" and file not in arabic:
            asked = {qa["id"]: qa["question"] for _, paragraph in paragraphs(file) for qa in paragraph["qas"]}
            found[f"{arabic[0].name} asked in {file.name}"] = _measure(arabic[0], asked, reader)
    return found


def _measure(file: Path, asked: Mapping[str, str], reader: Reader) -> dict[str, float]:
    rows: list[tuple[float, float, float]] = []
    here: list[tuple[bool, float]] = []
    for article, paragraph in paragraphs(file):
        if not is_held(dataset(file), article):
            continue
        evidence = as_evidence(paragraph["context"])
        texts = [sentence_text(evidence.document, sentence) for sentence in evidence.passage.sentences]
        for qa in paragraph["qas"]:
            reading = reader.read(asked.get(qa["id"], qa["question"]), [evidence])[0]
            read = reading.sentences
            here.append((bool(qa["answers"]), reading.here))
            if not qa["answers"]:
                continue
            words = max(range(len(texts)), key=lambda row: read[row].words_logit)
            best = max(range(len(texts)), key=lambda row: read[row].logit)
            found = texts[words][read[words].start : read[words].end]
            golds = [answer["text"] for answer in qa["answers"]]
            holds = float(any(fold_answer(gold) in fold_answer(texts[best]) for gold in golds))
            rows.append((token_f1(found, golds), exact_match(found, golds), holds))
    mean = np.mean(rows, axis=0)
    return {
        **{name: round(float(value), 3) for name, value in zip(("f1", "exact", "sentence"), mean, strict=True)},
        "questions": len(rows),
        **({"here": round(float(roc_auc_score(*zip(*here, strict=True))), 3)} if len(rows) < len(here) else {}),
    }


def as_evidence(context: str) -> Evidence:
    """A paragraph as evidence of its own."""
    document = Document("paragraph", "", "", context, detect(context), None, "text")
    passage = Passage("paragraph-0", document.id, "", sentences(document, Block(0, len(context), "prose")))
    return Evidence(1, passage, document, passage_text(document, passage), 0.0, {})
