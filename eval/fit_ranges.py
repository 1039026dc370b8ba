"""Measures ``index/ranges.safetensors`` for the bundled model: ``python -m eval.fit_ranges FILE…``.

The files are question sets in SQuAD's form, of which the paragraphs are read, as are the sample documents: the more
languages, the more of a channel's range is seen.
"""

import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from eval.reader_data import paragraphs
from eval.run import DOCUMENTS
from index import load, quantized, split
from index.config import Settings
from index.embed import Embedder

_OF_A_FILE = 150
_MAPS = {
    "inputs": "attention.self.query",
    "out": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}


def measure(embedder: Embedder, texts: Sequence[str]) -> dict[str, Tensor]:
    """Largest magnitude of each channel that the linear maps of a BERT are given for document texts, by "3.wide"."""
    largest: dict[str, Tensor] = {}

    def seen(name: str) -> Any:  # noqa: ANN401 - a hook of torch
        def hook(_: object, given: tuple[Tensor]) -> None:
            reached = given[0].float().abs().flatten(0, -2).amax(0)
            largest[name] = torch.maximum(largest[name], reached) if name in largest else reached

        return hook

    hooks = [
        layer.get_submodule(path).register_forward_pre_hook(seen(f"{number}.{name}"))
        for number, layer in enumerate(embedder.encoder.encoder.layer)
        for name, path in _MAPS.items()
    ]
    with torch.inference_mode():
        for read in embedder.tokenize(texts, "document"):
            embedder.encoder(input_ids=torch.from_numpy(read.ids).long()[None])
    for hook in hooks:
        hook.remove()
    return largest


def texts(files: Iterable[Path], settings: Settings, embedder: Embedder) -> list[str]:
    """Some paragraphs of each file, over all of it, and the texts of the sample documents as they are embedded."""
    found: list[str] = []
    for file in files:
        read = [paragraph["context"] for _, paragraph in paragraphs(file)]
        found += read[:: max(1, len(read) // _OF_A_FILE)]
    for document in load.load([DOCUMENTS]).documents:
        found += split.split(document, settings.index, embedder).texts()
    return found


def main(files: Sequence[Path]) -> None:
    """Measure, and write."""
    settings = Settings.from_environment()
    embedder = Embedder.load(settings.index.model, settings.cache)
    read = texts(files, settings, embedder)
    largest = {name: reached.half() for name, reached in measure(embedder, read).items()}
    packed = save(largest, {"texts": str(len(read))})
    target = Path(quantized.__file__).with_name(quantized.RANGES)
    target.write_bytes(packed)
    digest = hashlib.sha256(packed).hexdigest()
    sys.stdout.write(f"{len(read)} texts, {len(largest)} maps: {target}; bundled.RANGES_SHA256 is {digest}\n")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
