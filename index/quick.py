"""The bundled model for asking questions: its files read as they are, so that a process answers in half the time.

sentence-transformers and what it imports take five seconds of a start, more than all else together. Documents are
embedded through it; questions need only tokenizer, weights and the packed forward pass, and get the same vectors.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from index.packed import PackedBert


class QuickTokenizer:
    """A fast tokenizer, called as transformers' own are."""

    def __init__(self, file: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(file))

    def __len__(self) -> int:
        return int(self._tokenizer.get_vocab_size())

    def __call__(
        self, texts: Sequence[str], *, truncation: bool = False, max_length: int = 0, **_ignored: object
    ) -> dict[str, list[Any]]:
        """Token ids of each text, and the characters that each token stands for.

        Args:
            texts: Any.
            truncation: Cut texts at ``max_length`` tokens.
            max_length: Most tokens.
        """
        if truncation:
            self._tokenizer.enable_truncation(max_length)
        else:
            self._tokenizer.no_truncation()
        read = self._tokenizer.encode_batch(list(texts))
        return {"input_ids": [text.ids for text in read], "offset_mapping": [text.offsets for text in read]}


class QuickModel:
    """What an Embedder uses of a SentenceTransformer, for the folder of a BERT whose states are averaged.

    Attributes:
        tokenizer: Called as transformers' own.
        prompts: By the side they are put before.
        max_seq_length: Tokens of its window.
        modules: Name and way of pooling of each module of the SentenceTransformer it stands for.
        packed: Its forward pass.
    """

    def __init__(self, folder: Path, dtype: torch.dtype) -> None:
        """Read a folder that ``SentenceTransformer`` could read, too."""
        config, sides, modules, pooling = (
            json.loads((folder / name).read_text("utf-8"))
            for name in ("config.json", "config_sentence_transformers.json", "modules.json", "1_Pooling/config.json")
        )
        self.tokenizer = QuickTokenizer(folder / "tokenizer.json")
        self.prompts: dict[str, str] = sides["prompts"]
        self.max_seq_length: int = config["max_position_embeddings"]
        names = [module["type"].rpartition(".")[2] for module in modules]
        self.modules = [(name, pooling["pooling_mode"] if name == "Pooling" else None) for name in names]
        self._folder, self._dtype = folder, dtype
        self._heads, self._eps = config["num_attention_heads"], config["layer_norm_eps"]
        self.packed = self.laid_out()

    def laid_out(self, largest: Mapping[str, torch.Tensor] | None = None) -> PackedBert:
        """The forward pass, in bytes where magnitudes of states are given."""
        weights = {name: value.to(self._dtype) for name, value in load_file(self._folder / "model.safetensors").items()}
        return PackedBert(weights, self._heads, self._eps, largest)

    def get_embedding_dimension(self) -> int:
        """Numbers of a vector."""
        return self.packed.size
