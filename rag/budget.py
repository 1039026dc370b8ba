"""What a prompt may take of a language model's context, in tokens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.chunk import tokenizer
from rag.llm import ANSWER_TOKENS

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage

# Other models' tokens are smaller than o200k_base's, in Arabic most of all.
_MARGIN = 1.25


def tokens(text: str) -> float:
    """How many tokens a text may be to a model: those of o200k_base and a quarter more."""
    return _MARGIN * len(tokenizer().encode_ordinary(text))


def room(context: int, messages: Sequence["ChatMessage"]) -> float:
    """Tokens left beside a prompt and the reply to it; below 0 when the prompt alone is too long.

    Args:
        context: Tokens of prompt and reply together.
        messages: The prompt.
    """
    return context - ANSWER_TOKENS - tokens("".join(message.content or "" for message in messages))


def cut(text: str, left: float) -> str:
    """As much of a text, from its beginning, as takes ``left`` tokens; "" when nothing does."""
    encoding = tokenizer()
    found = encoding.encode_ordinary(text)
    most = max(0, int(left / _MARGIN))
    return text if len(found) <= most else encoding.decode(found[:most], errors="ignore").strip()
