"""ZIP archives: the files in them, unpacked to be read each on its own."""

import contextlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipInfo

from index.errors import DocumentError
from index.formats.packed import LARGEST_BYTES, open_zip, unpack
from index.formats.parts import Failed, Found, Member

MOST_FILES = 20_000
MOST_BYTES = 1 << 30
_UTF8_NAME = 0x800


def read(path: Path, scratch: Path) -> Iterator[Found]:
    """Unpack an archive into ``scratch`` under made-up names: what its files are called leads nowhere.

    Raises:
        DocumentError: It holds more than ``MOST_FILES`` files or ``MOST_BYTES`` bytes, whatever it says.
    """
    left = MOST_BYTES
    with open_zip(path) as archive:
        files = [info for info in archive.infolist() if not info.is_dir()]
        if len(files) > MOST_FILES:
            raise DocumentError(f"it holds {len(files)} files; unpack it, or make archives of at most {MOST_FILES}")
        for number, info in enumerate(files):
            name = _name(info)
            if any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts):
                continue
            unpacked = scratch / f"{number}{PurePosixPath(name).suffix}"
            try:
                data = unpack(archive, info, min(left, LARGEST_BYTES))
            except DocumentError as error:
                if left < LARGEST_BYTES:
                    raise DocumentError(f"it holds more than {MOST_BYTES >> 20} MiB; unpack it yourself") from None
                yield Failed(name, str(error))
                continue
            left -= len(data)
            unpacked.write_bytes(data)
            yield Member(name, unpacked.name)


def _name(info: ZipInfo) -> str:
    """What a packed file is called: a relative path without steps upwards."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        # Without the mark a name is in a code page of 1981 by the standard, but mostly in UTF-8 by what programs do.
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return "/".join(parts) or "unnamed"
