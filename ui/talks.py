"""The list of a visitor's conversations as HTML, by pure functions."""

from collections.abc import Sequence
from html import escape

from ui.archive import Conversation
from ui.export import FORMS
from ui.html import button, direction, frame, plain_label, safe
from ui.texts import Strings


def talks(conversations: Sequence[Conversation], current: str, searched: bool, strings: Strings) -> str:
    """The conversations, each with what can be done with it.

    Args:
        conversations: In the order shown.
        current: Id of the open one.
        searched: Whether they are those that a search found.
        strings: The interface's language.
    """
    if not conversations:
        empty = strings.none_found if searched else strings.no_conversations
        return safe(f'<p class="hint" {frame(strings)}>{escape(empty)}</p>')
    items = "".join(_talk(talk, talk.id == current, strings) for talk in conversations)
    return safe(f'<ul class="talks" {frame(strings)}>{items}</ul>')


def _talk(talk: Conversation, current: bool, strings: Strings) -> str:
    title = plain_label(talk.title) or "…"
    name = 'aria-current="true"' if current else ""
    acts = button(strings.rename, "rename", id=talk.id)
    acts += "".join(
        button(f"{strings.save_as} {form}", f"save-{ending}", id=talk.id) for ending, (form, _) in FORMS.items()
    )
    acts += button(strings.delete, "delete", id=talk.id, sure=strings.sure)
    return (
        f'<li class="talk{" current" if current else ""}" data-id="{escape(talk.id)}">'
        f'<button type="button" class="title" data-act="open" data-id="{escape(talk.id)}" {name} '
        f'title="{escape(title)}" dir="{direction(title, strings.direction)}">{escape(title)}</button>'
        f'<details class="menu"><summary aria-label="{escape(strings.actions)}: {escape(title)}">⋯</summary>'
        f'<div class="acts">{acts}</div></details></li>'
    )
