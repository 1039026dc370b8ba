"""A sentence-transformers model: the bundled one, one in a folder, or one fetched by name."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import bundled
from index.config import BUNDLED_MODEL
from index.startup import quiet_start, slow_imports_put_off

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_HUB_SECONDS = 5


def load_model(model: str, cache: Path) -> "SentenceTransformer":
    """The model, with its files checked while the libraries are imported."""
    with quiet_start(), ThreadPoolExecutor(1) as pool:
        folder = pool.submit(bundled.unpacked, cache / "models") if model == BUNDLED_MODEL else None
        import torch  # noqa: F401 - outside what follows, which puts off some of its imports

        with slow_imports_put_off():
            from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        source = str(folder.result()) if folder else model
        # Each file of a model that is not here would be asked for six times, waiting longer between, a minute in all.
        local = Path(source).is_dir() or not _hub_answers()
        options = {"dtype": dtype()}
        return SentenceTransformer(source, device="cpu", local_files_only=local, model_kwargs=options).eval()


def _hub_answers() -> bool:
    """Whether models can be fetched."""
    from huggingface_hub import constants, get_session

    try:
        get_session().head(constants.ENDPOINT, timeout=_HUB_SECONDS)
    except Exception:  # its versions stand on different HTTP libraries; and HF_HUB_OFFLINE forbids to ask
        return False
    return True


def dtype() -> "torch.dtype":
    """The type that this processor multiplies weights fastest in."""
    import torch

    return torch.bfloat16 if has_fast_bfloat16() else torch.float32


def has_fast_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 faster than float32 (AMX or AVX512-BF16)."""
    import torch

    capabilities: Mapping[str, Any] = torch.cpu.get_capabilities()
    return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))


def multiplies_bytes() -> bool:
    """Whether the processor multiplies bytes faster than all else (VNNI)."""
    import torch

    capabilities: Mapping[str, Any] = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_vnni"))
