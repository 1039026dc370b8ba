"""Every setting has its variable, its bounds and one line that says what is wrong with it."""

from pathlib import Path

import platformdirs
import pytest

from index.config import IndexSettings, LlmSettings, Settings
from index.errors import SettingError

VARIABLES = [
    "SANAD_CACHE",
    "SANAD_FURNITURE",
    "SANAD_INDEX",
    "SANAD_LLM",
    "SANAD_LLM_CONTEXT",
    "SANAD_LLM_ENTAILMENT",
    "SANAD_LLM_KEY",
    "SANAD_LLM_SECONDS",
    "SANAD_LLM_UNSUPPORTED",
    "SANAD_MODEL",
    "SANAD_OVERLAP_SENTENCES",
    "SANAD_PASSAGE_TOKENS",
    "SANAD_PASSWORD",
    "SANAD_READER",
]


def test_defaults():
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert settings.index == IndexSettings(model="bundled", passage_tokens=300, overlap_sentences=1)
    assert settings.index_folder == Path(".sanad")
    assert settings.reader == "on"
    assert settings.cache == Path(platformdirs.user_cache_dir("sanad", appauthor=False))


def test_every_setting_is_read_from_its_variable():
    settings = Settings.from_environment(
        {
            "SANAD_MODEL": "/models/e5",
            "SANAD_PASSAGE_TOKENS": "128",
            "SANAD_OVERLAP_SENTENCES": "0",
            "SANAD_FURNITURE": "keep",
            "SANAD_INDEX": "/indexes/news",
            "SANAD_CACHE": "/caches/sanad",
            "SANAD_PASSWORD": "open sesame",
            "SANAD_READER": "off",
            "HOME": "/root",
            "XSANAD_MODEL": "other",
        }
    )
    assert settings.index == IndexSettings(
        model="/models/e5", passage_tokens=128, overlap_sentences=0, furniture="keep"
    )
    assert settings.index_folder == Path("/indexes/news")
    assert settings.cache == Path("/caches/sanad")
    assert settings.password.get_secret_value() == "open sesame"
    assert "sesame" not in repr(settings)
    assert settings.reader == "off"


def test_every_field_names_its_variable():
    models = (IndexSettings, LlmSettings, Settings)
    fields = [field for model in models for name, field in model.model_fields.items() if name not in {"index", "llm"}]
    named = sorted((field.description or "").split(":")[0] for field in fields)
    assert named == VARIABLES


def test_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SANAD_PASSAGE_TOKENS", "77")
    assert Settings.from_environment().index.passage_tokens == 77
    monkeypatch.setenv("SANAD_PASAGE_TOKENS", "77")
    with pytest.raises(SettingError):
        Settings.from_environment()


def test_an_empty_variable_is_as_good_as_none():
    assert Settings.from_environment({"SANAD_MODEL": "", "SANAD_INDEX": ""}) == Settings()


@pytest.mark.parametrize("name", ["SANAD_PASAGE_TOKENS", "SANAD_INDEX_FOLDER", "SANAD_", "SANAD_EXTRA"])
def test_an_unknown_variable_is_refused_naming_the_known(name: str):
    with pytest.raises(SettingError) as raised:
        Settings.from_environment({name: "1"})
    assert f"Unknown setting {name};" in str(raised.value)
    assert str(raised.value).endswith(f"known are {', '.join(VARIABLES)}.")


@pytest.mark.parametrize(
    ("name", "lowest", "highest"), [("SANAD_PASSAGE_TOKENS", 32, 4096), ("SANAD_OVERLAP_SENTENCES", 0, 8)]
)
def test_bounds(name: str, lowest: int, highest: int):
    field = name.removeprefix("SANAD_").lower()
    for value in (lowest, highest):
        assert getattr(Settings.from_environment({name: str(value)}).index, field) == value
    for value, bound in ((lowest - 1, lowest), (highest + 1, highest)):
        with pytest.raises(SettingError, match=rf"{name}='{value}': .*{bound}\.") as raised:
            Settings.from_environment({name: str(value)})
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize("value", ["many", "3.5", "1e3", "\udcff", "12\n13"])
def test_what_is_no_number_is_refused_in_one_line(value: str):
    with pytest.raises(SettingError, match="SANAD_PASSAGE_TOKENS=") as raised:
        Settings.from_environment({"SANAD_PASSAGE_TOKENS": value})
    assert str(raised.value).isprintable()
    assert repr(value) in str(raised.value)


def test_settings_are_frozen_and_refuse_unknown_fields():
    with pytest.raises(ValueError, match="frozen"):
        IndexSettings().passage_tokens = 5  # type: ignore[misc]
    with pytest.raises(ValueError, match="Extra inputs"):
        IndexSettings.model_validate({"pasage_tokens": 5})


def test_the_language_model_is_read_from_its_variables():
    llm = Settings.from_environment(
        {
            "SANAD_LLM": "openai-like:qwen2.5:7b@http://127.0.0.1:8080/v1",
            "SANAD_LLM_KEY": "s3cret",
            "SANAD_LLM_SECONDS": "2.5",
            "SANAD_LLM_CONTEXT": "2048",
            "SANAD_LLM_UNSUPPORTED": "drop",
        }
    ).llm
    assert llm.model == "openai-like:qwen2.5:7b@http://127.0.0.1:8080/v1"
    assert (llm.key.get_secret_value(), llm.seconds, llm.context, llm.unsupported) == ("s3cret", 2.5, 2048, "drop")
    assert "s3cret" not in repr(llm)
    assert "s3cret" not in llm.model_dump_json()


@pytest.mark.parametrize(
    "value", ["gpt", "ollama:", ":m", "openai-like:m@ftp://host", "openai-like:m@http://me:secret@host/v1", "a:b c"]
)
def test_what_names_no_language_model_is_refused(value: str):
    with pytest.raises(SettingError, match=r"SANAD_LLM=.*write 'openai-like:MODEL@") as raised:
        Settings.from_environment({"SANAD_LLM": value})
    assert "\n" not in str(raised.value)
