"""A file that takes more memory, room or handles than a reader may have, and a machine that has no more of them."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from index import build
from index.config import IndexSettings
from index.errors import DocumentError
from index.formats.child import HARMLESS
from index.load import load
from index.store import Generation

pytestmark = pytest.mark.usefixtures("own_child")


@pytest.mark.usefixtures("bad_package")
def test_a_file_that_takes_all_memory_a_reader_may_have_is_told(make: Any):
    make.text("a.zip", f"raise OSError({errno.ENOMEM}, 'Cannot allocate memory')")
    make.text("b.zip", "raise OSError(5, 'Input/output error')")
    make.text("ok.txt", "some words")
    loaded = load([make.folder])
    assert [path for path, _ in loaded.failures] == ["a.zip", "b.zip"]
    assert "MiB of memory" in loaded.failures[0][1]
    assert "Input/output error" in loaded.failures[1][1]


# The inner of two packed files is struck, so that the fault must go through the outer one.
NO_ROOM = """import pathlib
write = pathlib.Path.write_bytes
def refuse(path, data):
    if len(data) < 100:
        raise OSError(28, "No space left on device")
    return write(path, data)
pathlib.Path.write_bytes = refuse
"""
NO_HANDLES = """import resource, zipfile
opening = zipfile.ZipFile.__init__
def open_zip(self, file, *args, **kwargs):
    if file.name != "outer.zip":
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    opening(self, file, *args, **kwargs)
zipfile.ZipFile.__init__ = open_zip
"""


@pytest.mark.parametrize(
    ("fault", "reason", "ending"),
    [
        (NO_ROOM, "No space left on device", ".zip"),
        (NO_ROOM, "No space left on device", ".eml"),
        (NO_HANDLES, "Too many open files", ".zip"),
        (NO_HANDLES, "Too many open files", ".docx"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_build_without_room_or_handles_for_its_reader_leaves_the_old_index(
    fault: str,
    reason: str,
    ending: str,
    packed: bool,
    make: Any,
    tmp_path: Path,
    counting: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    index = tmp_path / "index"

    def make_index() -> str:
        return build.build([make.folder], index, IndexSettings(), counting, lambda *_: None).name

    make.text("ok.txt", "افتُتح الجسر صباح الاثنين.")
    first = make_index()
    if ending == ".zip":
        path = make.zip("a.zip", {"x.txt": "وصل العمال."})
    elif ending == ".eml":
        path = make.mail("a.eml", "وصلت الرسالة.", {"x.txt": "وصل العمال.".encode()}, {})
    else:
        path = make.docx("a.docx", "<w:p><w:r><w:t>وصل العمال.</w:t></w:r></w:p>")
    if packed:
        make.zip("outer.zip", {path.name: path.read_bytes()})
        path.unlink()
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "sitecustomize.py").write_text(fault)
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(tmp_path / "code"))
        with pytest.raises(DocumentError, match=rf"(a|outer)\.\w+ cannot be read: {reason}; make room"):
            make_index()
    assert Generation.open(index).name == first
    assert make_index() != first
    assert any("وصل العمال" in document.text for document in Generation.open(index).contents.documents)


def test_without_a_folder_for_temporary_files_nothing_is_left_out(make: Any, monkeypatch: pytest.MonkeyPatch):
    def fail(*_args: object, **_named: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    make.zip("a.zip", {"x.txt": "words"})
    make.text("ok.txt", "some words")
    monkeypatch.setattr("tempfile.mkdtemp", fail)
    with pytest.raises(DocumentError, match=r"a\.zip cannot be read: No usable temporary directory"):
        load([make.folder])


@pytest.fixture
def little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that may take 12 MiB more than it has when it begins."""
    if not Path("/proc/self/statm").exists():
        pytest.skip("what a process takes is read from /proc")
    code = tmp_path / "code"
    code.mkdir()
    (code / "sitecustomize.py").write_text(
        "import resource\n"
        "limit = resource.setrlimit\n"
        "def setrlimit(kind, bounds):\n"
        "    if kind == resource.RLIMIT_AS:\n"
        "        taken = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "        bounds = (taken + (12 << 20),) * 2\n"
        "    limit(kind, bounds)\n"
        "resource.setrlimit = setrlimit\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(code))


@pytest.mark.usefixtures("little_memory")
def test_markup_that_eats_memory_is_told_and_the_next_is_read(make: Any):
    page = "<p>ا" * (HARMLESS // 4 + 1)  # not "a": to tell languages of Latin letters takes a large library
    make.text("a.html", page)
    make.text("b.jsonl", json.dumps({"text": page}) + "\n")
    make.text("c.html", "<p>افتُتح الجسر صباح الاثنين.")
    loaded = load([make.folder])
    assert [document.path for document in loaded.documents] == ["c.html"]
    assert [path for path, _ in loaded.failures] == ["a.html", "b.jsonl"]
    assert all("MiB of memory" in reason for _, reason in loaded.failures), loaded.failures
