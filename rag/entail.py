"""Whether a text entails a sentence, by a cross-encoder for natural language inference that the user names."""

import threading
from collections.abc import Callable

from index.errors import ModelError

Entails = Callable[[str, str], bool]
"""Tells of a text and a sentence whether the sentence follows."""


def load(name: str) -> Entails | None:
    """The judgement of a model with a label "entailment", None for an empty name; safe to share between threads.

    Args:
        name: Folder or hub name of a cross-encoder that sentence-transformers loads.

    Raises:
        ModelError: It cannot be loaded, or has no such label.
    """
    if not name:
        return None
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name)
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"SANAD_LLM_ENTAILMENT={name!r} cannot be loaded: {reason}. Name another, or none.") from None
    labels = {number: label.casefold() for number, label in model.config.id2label.items()}
    entailing = next((number for number, label in labels.items() if label.startswith("entail")), None)
    if entailing is None:
        raise ModelError(
            f"SANAD_LLM_ENTAILMENT={name!r} has the labels {', '.join(labels.values())}, and none for entailment: "
            "name a model for natural language inference."
        )
    one_at_a_time = threading.Lock()  # its tokenizer is not safe to share

    def entails(text: str, sentence: str) -> bool:
        with one_at_a_time:
            scores = model.predict([(text, sentence)], show_progress_bar=False)
        return bool(scores[0].argmax() == entailing)

    return entails
