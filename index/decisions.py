"""What people decided about an index's documents: files beside it that every rebuild follows.

``{"decided": …, "xxh3": "checksum of that"}``. Older versions wrote what was decided alone, which is read as well.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, TypeVar

import xxhash
from pydantic import StringConstraints, TypeAdapter, ValidationError

from index.errors import IndexFileError
from index.store import flush

T = TypeVar("T")
DocumentId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
"""An id as ``index.load`` gives them."""

_DECIDED, _CHECKSUM = "decided", "xxh3"


def read(path: Path, shape: TypeAdapter[T]) -> T | None:
    """What a file of decisions holds; None when there is none.

    Raises:
        IndexFileError: It is damaged, or cannot be read.
    """
    try:
        kept = json.loads(path.read_bytes().decode("ascii"))
        # No flipped bit makes of this what older versions wrote, nor null of a checksum, as who edits it by hand does.
        if isinstance(kept, dict) and kept.keys() == {_DECIDED, _CHECKSUM}:
            if kept[_CHECKSUM] not in (None, _checksum(kept[_DECIDED])):
                raise _damaged(path, "its checksum is another")
            kept = kept[_DECIDED]
        return shape.validate_python(kept)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexFileError(f"The list {path} cannot be read: {error.strerror or error}. Try again later.") from error
    except ValidationError as error:
        raise _damaged(path, error.errors()[0]["msg"]) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from error


def write(path: Path, decided: Any) -> None:  # noqa: ANN401 - any JSON
    """Keep a file of decisions: the old or the new one is there, whatever happens.

    Raises:
        IndexFileError: It cannot be written; it is what it was.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.write_text(json.dumps({_DECIDED: decided, _CHECKSUM: _checksum(decided)}), "ascii")
        flush(fresh)
        fresh.replace(path)
    except OSError as error:
        raise IndexFileError(
            f"The list {path} cannot be written: {error.strerror or error}. It is unchanged."
        ) from error
    with suppress(OSError):  # the new one is in place and whole, whatever becomes of this
        flush(path.parent)


def _checksum(decided: Any) -> str:  # noqa: ANN401 - any JSON
    return xxhash.xxh3_128_hexdigest(json.dumps(decided).encode())


def _damaged(path: Path, fault: str) -> IndexFileError:
    return IndexFileError(
        f"The list {path} is damaged: {fault}. Put a copy back, or remove it and decide anew; if you changed it "
        'yourself, set its "xxh3" to null.'
    )
