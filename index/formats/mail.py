"""E-mail: the message, and the files attached to it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import Path
from typing import cast

from index.decode import decode, is_believable
from index.errors import DocumentError
from index.formats.parts import Failed, Found, Member, Part
from index.types import Format

_MOST_ATTACHMENTS = 100
_UNREAD = "\ufffd"


def read(path: Path, scratch: Path) -> Iterator[Found]:
    """Read a message; its first ``_MOST_ATTACHMENTS`` attachments are unpacked into ``scratch``.

    Raises:
        DocumentError: There is no message in it.
    """
    with path.open("rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    body = _body(message)
    attachments = list(message.iter_attachments())
    if body is not None:
        name, address = parseaddr(str(message.get("From", "")))
        subject = " ".join(str(message.get("Subject", "")).split())
        yield replace(
            body,
            title="" if _UNREAD in subject else subject,  # bytes whose encoding the header does not tell
            published=_day(message),
            author=name or address,
        )
    elif not attachments:
        raise DocumentError("no message in it; save it again as .eml")
    for number, attached in enumerate(attachments, start=1):
        name = attached.get_filename() or ("message.eml" if attached.get_content_type() == "message/rfc822" else "")
        if not name:
            name = f"attachment {number}"
            yield Failed(name, "attached without a name, which would tell what it is; save it as a file")
            continue
        if number > _MOST_ATTACHMENTS:
            yield Failed(name, f"attached after {_MOST_ATTACHMENTS} other files; save it as a file")
            continue
        unpacked = scratch / f"{number}{Path(name).suffix}"
        content = attached.get_payload(decode=True)
        if content is None and attached.get_content_type() == "message/rfc822":
            content = cast("EmailMessage", attached.get_content()).as_bytes()
        unpacked.write_bytes(cast("bytes", content) or b"")
        yield Member(name, unpacked.name)


def _body(message: EmailMessage) -> Part | None:
    """The plain text, else the HTML: programs that write HTML may leave the other empty."""
    kinds: tuple[tuple[str, Format], ...] = (("plain", "text"), ("html", "html"))
    for kind, markup in kinds:
        body = cast("EmailMessage | None", message.get_body((kind,)))
        if body is not None and (text := _text(body, markup)).strip():
            # What a header says of the content may stand with the body alone where files are attached.
            stated = body.get("Content-Language") or message.get("Content-Language", "")
            return Part(text, markup, language=str(stated).strip())
    return None


def _text(body: EmailMessage, markup: Format) -> str:
    try:
        text: str = body.get_content()
    except (LookupError, UnicodeError):  # a charset nobody knows
        return decode(cast("bytes", body.get_payload(decode=True)), markup)
    if _UNREAD not in text and is_believable(text, body.get_content_charset("ascii")):
        return text
    with suppress(DocumentError):  # or a wrong one
        return decode(cast("bytes", body.get_payload(decode=True)), markup)
    return text


def _day(message: EmailMessage) -> str:
    date = getattr(message.get("Date"), "datetime", None)
    return date.date().isoformat() if date else ""
