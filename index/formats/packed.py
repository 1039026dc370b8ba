"""Files packed in a ZIP, unpacked within bounds: what an archive says about sizes is not believed."""

import zipfile
from io import BytesIO
from pathlib import Path

from index.errors import DocumentError
from index.files import EXHAUSTED

LARGEST_BYTES = 64 << 20
_CHUNK = 1 << 16


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a ZIP.

    Raises:
        DocumentError: It is none, or damaged.
        OSError: The machine has no room or handles left.
    """
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno in EXHAUSTED:
            raise
        raise DocumentError(f"damaged, or no ZIP archive ({error}); make it anew") from None


def unpack(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, most: int = LARGEST_BYTES) -> bytes:
    """One packed file.

    Raises:
        DocumentError: It is missing, damaged, encrypted or larger than ``most`` bytes.
        OSError: The machine has no room or handles left.
    """
    unpacked = BytesIO()
    try:
        with archive.open(name) as file:
            while chunk := file.read(_CHUNK):
                unpacked.write(chunk)
                if unpacked.tell() > most:
                    raise DocumentError(f"larger than {most >> 20} MiB when unpacked; unpack it and split it")
    except KeyError:
        raise DocumentError(f"damaged: {name!r} is missing in it; open it and save it again") from None
    except RuntimeError:  # zipfile's way to ask for a password
        raise DocumentError("encrypted with a password; save it without one") from None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in EXHAUSTED:
            raise
        raise DocumentError(f"damaged ({error}); make it anew") from None
    return unpacked.getvalue()
