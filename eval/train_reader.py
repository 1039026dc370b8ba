"""Train the reader: ``python -m eval.train_reader --work FOLDER FILE…`` with question sets in SQuAD's format.

Stops and goes on where it stopped; logs to ``FOLDER/log.txt``; when done, the weights and their card replace
``rag/reader.safetensors`` and ``rag/reader.json``. Losses: first and last token of the answer over the tokens of all of
a question's passages (shared normalisation, Clark and Gardner, 2018), its sentence over all their sentences, and of
each passage whether it answers. Seeded; one core and thread are enough, and two threads are hardly faster.
"""

import argparse
import hashlib
import json
import logging
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from eval import reader_data, reader_scores, reader_steps
from eval.reader_data import Asked, Ints, Window
from eval.reader_steps import PROMPT_TOKENS, Crop, Lesson
from index.config import Settings
from index.embed import Embedder
from rag.joint import SHARED_LAYERS, Layer, Lower, Upper, packed, padded, pooling, unpacked
from rag.reader import CARD_FILE, WEIGHTS_FILE, Reader, card

LOG = logging.getLogger("train_reader")
QUESTIONS, SEED = 40_000, 1
# The rate rises and falls once.
_PEAK, _WARM_UP, _DECAY = 1.2e-4, 0.05, 0.01
# From this part of the steps on the weights are averaged (Izmailov et al., 2018).
_AVERAGED_FROM = 0.5
_ENCODED_TOKENS = 3_000
_LOG_EVERY, _SAVE_EVERY = 20, 100


@dataclass(frozen=True, slots=True)
class Lectures:
    """Everything lessons are taken from, encoded once.

    Attributes:
        windows: All passages.
        asked: All questions.
        passages: Lower states (tokens, size) of each window.
        questions: Lower states by question and version.
        negatives: Windows that seem to answer, by question.
    """

    windows: list[Window]
    asked: list[Asked]
    passages: list[Tensor]
    questions: list[dict[int, Tensor]]
    negatives: list[list[int]]


def prepare(given: Sequence[Path], embedder: Embedder) -> Lectures:
    """Read the files, encode every text with the lower layers, and find passages that only seem to answer."""
    windows, asked = reader_data.read(given, lambda text: embedder.tokenize([text], "document")[0])
    LOG.info("%d passages, %d questions", len(windows), len(asked))
    first = [min(question.questions) for question in asked]
    heard = [(number, version) for number, question in enumerate(asked) for version in question.questions]
    texts = [asked[number].questions[version] for number, version in heard]
    ids = [embedder.tokenize([text], "query", 64)[0].ids for text in texts]
    searched = set(first)
    passages, vectors = encode(embedder, [w.ids for w in windows], [w.version in searched for w in windows], "passages")
    states, asked_vectors = encode(embedder, ids, [v == first[number] for number, v in heard], "questions")
    questions: list[dict[int, Tensor]] = [{} for _ in asked]
    for (number, version), state in zip(heard, states, strict=True):
        questions[number][version] = state
    firsts = asked_vectors[[version == first[number] for number, version in heard]]
    return Lectures(windows, asked, passages, questions, reader_steps.mine(windows, asked, vectors, firsts))


@torch.inference_mode()
def encode(
    embedder: Embedder, ids: Sequence[Ints], with_vector: Sequence[bool], name: str
) -> tuple[list[Tensor], NDArray[np.float32]]:
    """Lower states (tokens, size) of each text; its unit vector (texts, size) where asked for, else zeros."""
    lower = Lower(embedder.encoder).eval()
    rest = [Layer.like(layer).eval() for layer in embedder.encoder.encoder.layer[SHARED_LAYERS:]]
    order = sorted(range(len(ids)), key=lambda row: -len(ids[row]))
    states: list[Tensor] = [torch.empty(0)] * len(ids)
    vectors = np.zeros((len(ids), embedder.dimension), np.float32)
    at, told, began = 0, 0, time.monotonic()
    while at < len(order):
        rows = order[at : at + max(1, _ENCODED_TOKENS // len(ids[order[at]]))]
        batch = nn.utils.rnn.pad_sequence([torch.from_numpy(ids[row]).long() for row in rows], batch_first=True)
        mask = torch.arange(batch.shape[1])[None] < torch.tensor([len(ids[row]) for row in rows])[:, None]
        read = lower(batch, mask)
        for place, row in enumerate(rows):
            states[row] = read[place, : len(ids[row])].clone()
        chosen = [place for place, row in enumerate(rows) if with_vector[row]]
        if chosen:
            upper, shown = read[chosen], mask[chosen]
            for layer in rest:
                upper = layer(upper, shown)
            mean = (upper.float() * shown[..., None]).sum(1) / shown.sum(1, keepdim=True)
            vectors[[rows[place] for place in chosen]] = functional.normalize(mean, dim=-1).numpy()
        at += len(rows)
        if at - told >= 1000 or at == len(order):
            told = at
            LOG.info("%s encoded: %d of %d, %.0f s", name, at, len(order), time.monotonic() - began)
    return states, vectors


def loss(batch: Sequence[Lesson], taught: Lectures, upper: Upper) -> tuple[Tensor, tuple[float, float, float]]:
    """The sum of the three losses of some lessons, and each of them: words, sentence, here."""
    crops = [crop for lesson in batch for crop in (lesson.passage, lesson.other)]
    question, question_mask = padded(
        [taught.questions[lesson.question][lesson.version] for lesson in batch for _ in "po"]
    )
    passage, passage_mask = padded([_cropped(taught.passages[crop.window], crop) for crop in crops])
    numbers = [_numbers(taught.windows[crop.window].sentence_of, crop) for crop in crops]
    logits = upper(question.float(), question_mask, passage.float(), passage_mask, pooling(numbers, passage.shape[1]))
    count = len(batch)
    answered = torch.tensor([lesson.gold is not None for lesson in batch])
    shift = [PROMPT_TOKENS - lesson.passage.first for lesson in batch]
    first, last, sentence = (
        torch.tensor(places)
        for places in zip(
            *(
                (lesson.gold.first + by, lesson.gold.last + by, int(numbers[2 * row][lesson.gold.first + by]))
                if lesson.gold
                else (0, 0, 0)
                for row, (lesson, by) in enumerate(zip(batch, shift, strict=True))
            ),
            strict=True,
        )
    )
    share = answered.float() / answered.float().sum().clamp(min=1)
    words = (_cross_entropy(logits.start, first, count) + _cross_entropy(logits.end, last, count)) / 2 @ share
    of_sentence = _cross_entropy(logits.sentences, sentence, count) @ share
    target = torch.stack([answered.float(), torch.zeros(count)], 1).flatten()
    here = functional.binary_cross_entropy_with_logits(logits.here, target)
    return words + of_sentence + here, (words.item(), of_sentence.item(), here.item())


def _cropped(states: Tensor, crop: Crop) -> Tensor:
    return torch.cat([states[:PROMPT_TOKENS], states[crop.first : crop.end]])


def _numbers(sentence_of: Ints, crop: Crop) -> Ints:
    """Sentence of each token of a crop, from 0."""
    inside = sentence_of[crop.first : crop.end]
    lowest = inside[inside >= 0].min(initial=np.iinfo(np.int32).max)
    return np.concatenate([np.full(PROMPT_TOKENS, -1, np.int32), np.where(inside >= 0, inside - lowest, -1)]).astype(
        np.int32
    )


def _cross_entropy(logits: Tensor, gold: Tensor, count: int) -> Tensor:
    """Of each lesson, over both of its passages; the gold one comes first."""
    return functional.cross_entropy(logits.view(count, -1), gold, reduction="none")


def train(steps: Sequence[Sequence[Lesson]], taught: Lectures, upper: Upper, checkpoint: Path) -> None:
    """Take the steps that are still to be taken, and leave the mean of the later steps' weights.

    AdamW with linear rises and falls, bfloat16 products.
    """
    groups = [
        {"params": [p for p in upper.parameters() if (p.dim() > 1) == wide], "weight_decay": _DECAY * wide}
        for wide in (True, False)
    ]
    optimizer = torch.optim.AdamW(groups, lr=_PEAK, betas=(0.9, 0.98), fused=True)
    mean = AveragedModel(upper)
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        upper.load_state_dict(saved["upper"])
        optimizer.load_state_dict(saved["optimizer"])
        mean.load_state_dict(saved["mean"])
        done = saved["step"]
        LOG.info("going on from step %d", done)
    began, read, sums = time.monotonic(), 0, np.zeros(3)
    for step in range(done, len(steps)):
        torch.manual_seed(SEED + step)  # what is dropped is then the same after an interruption
        part = step / len(steps)
        for group in optimizer.param_groups:
            group["lr"] = _PEAK * min(part / _WARM_UP, (1 - part) / (1 - _WARM_UP))
        with torch.autocast("cpu", torch.bfloat16):
            total, parts = loss(steps[step], taught, upper)
        total.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(upper.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step >= _AVERAGED_FROM * len(steps):
            mean.update_parameters(upper)
        read += len(steps[step])
        sums += parts
        if (step + 1) % _LOG_EVERY == 0:
            speed = read / (time.monotonic() - began)
            left = sum(map(len, steps[step + 1 :])) / speed / 60
            figures = (step + 1, len(steps), *(sums / _LOG_EVERY), speed, left)
            LOG.info("step %d of %d: words %.3f sentence %.3f here %.3f; %.1f questions/s, %.0f min left", *figures)
            sums[:] = 0
        if (step + 1) % _SAVE_EVERY == 0 or step + 1 == len(steps):
            state = {"upper": upper.state_dict(), "optimizer": optimizer.state_dict(), "step": step + 1}
            state["mean"] = mean.state_dict()
            scratch = checkpoint.with_suffix(".tmp")
            torch.save(state, scratch)
            scratch.replace(checkpoint)
    upper.load_state_dict(mean.module.state_dict())


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure on what was held back, write weights and card."""
    parser = argparse.ArgumentParser(prog="python -m eval.train_reader", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for the log and the checkpoint")
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--onward", action="store_true", help="start from the shipped reader, not from the encoder")
    given = parser.parse_args(arguments)
    given.work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    LOG.addHandler(logging.FileHandler(given.work / "log.txt"))
    torch.manual_seed(SEED)
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    taught = prepare(given.files, embedder)
    rng = np.random.default_rng(SEED)
    arabic = frozenset(number for number, file in enumerate(given.files) if reader_data.is_arabic(file))
    chosen = reader_steps.order(taught.asked, given.questions, rng)
    lessons = reader_steps.lessons(chosen, taught.windows, taught.asked, taught.negatives, arabic, rng)
    steps = reader_steps.batches(lessons, rng)
    LOG.info("%d lessons in %d steps", len(lessons), len(steps))
    upper = Upper.start(embedder.encoder)
    before = card() if given.onward else None
    if before:
        upper.onward(unpacked(files("rag").joinpath(WEIGHTS_FILE).read_bytes(), torch.float32))
    train(steps, taught, upper, given.work / "checkpoint.pt")
    write(upper, embedder, given.files, given.questions, before)


def write(
    upper: Upper, embedder: Embedder, given: Sequence[Path], questions: int, before: Mapping[str, Any] | None
) -> None:
    """Write the weights and their card, with the figures of the weights as they are stored.

    Args:
        upper: What was trained.
        embedder: The encoder it was trained on.
        given: The files it was trained on.
        questions: How many questions it read.
        before: Card of the weights that it went on from; None where it began with the encoder's.
    """
    earlier = before["trained_on"] if before else []
    data = packed(upper)
    reader = Reader(embedder, unpacked(data, embedder.encoder.dtype))
    about = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "encoder": embedder.fingerprint,
        "trained_on": sorted({*earlier, *(file.name for file in given)}),
        "settings": {"questions": questions, "seed": SEED, "peak_learning_rate": _PEAK, "shared_layers": SHARED_LAYERS},
        "went_on_from": {name: before[name] for name in ("sha256", "settings", "trained_on")} if before else None,
        "held_out": reader_scores.measure(given, reader),
        "see": "docs/reader.md",
    }
    folder = Path(str(files("rag")))
    (folder / WEIGHTS_FILE).write_bytes(data)
    (folder / CARD_FILE).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    sys.stderr.write(f"{json.dumps(about, indent=1)}\n-> {folder}\n")


if __name__ == "__main__":
    main()
