"""Vectors are those of sentence-transformers, whatever the batching, the threads and the text."""

import re
import threading
import time
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch
from huggingface_hub import constants
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel

from index import build, bundled, embed, packed
from index import model as model_
from index.config import IndexSettings, Settings
from index.embed import Embedder
from index.errors import ModelError
from index.store import Generation
from index.types import Document

TEXTS = [
    "وصل الوفد إلى العاصمة صباح اليوم.",
    "The delegation reached the capital this morning. " * 5,
    "سفر",
    "",
    "Делегация прибыла в столицу.",
    "代表团今天上午抵达首都。",
    "أعلن المصنع زيادة الإنتاج في الشهر المقبل " * 12,
    "نص",
]


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.sum(one * other, axis=1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of a few kilobytes, without prompts and without a Normalize module."""
    folder = tmp_path_factory.mktemp("tiny")
    vocabulary = {"[PAD]": 0, "[UNK]": 1, "one": 2, "two": 3}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    raw = folder / "raw"
    raw.mkdir()
    tokenizer.save(str(raw / "tokenizer.json"))
    settings = (
        '{"tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "[PAD]", "unk_token": "[UNK]", '
        '"model_max_length": 16}'
    )
    (raw / "tokenizer_config.json").write_text(settings, "utf-8")
    config = BertConfig(
        vocab_size=1000, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
        max_position_embeddings=16,
    )  # fmt: skip
    config.save_pretrained(raw)
    torch.manual_seed(1)
    BertModel(config).save_pretrained(raw)
    model = SentenceTransformer(modules=[Transformer(str(raw)), Pooling(8, "mean")], device="cpu")
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def test_vectors_are_unit_length_float32(embedder: Embedder):
    for vectors in (embedder.embed_documents(TEXTS), embedder.embed_queries(TEXTS)):
        assert vectors.shape == (len(TEXTS), embedder.dimension) == (len(TEXTS), 384)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder):
    assert embedder.embed_documents([]).shape == (0, 384)
    assert embedder.count_tokens([]) == []


def test_each_text_gets_its_own_vector_whatever_the_batching(embedder: Embedder):
    together = embedder.embed_documents(TEXTS)
    alone = np.concatenate([embedder.embed_documents([text]) for text in TEXTS])
    assert cosines(together, alone).min() > 0.999
    backwards = embedder.embed_documents(TEXTS[::-1])[::-1]
    assert cosines(together, backwards).min() > 0.999
    assert np.array_equal(np.argmax(together @ alone.T, axis=1), np.arange(len(TEXTS)))


def test_batches_hold_every_row_once_longest_first():
    texts = ["x" * length for length in (5, 3000, 0, 40, 41, 700, 12)] * 40
    batches = list(embed._batches(texts))
    assert sorted(row for rows in batches for row in rows) == list(range(len(texts)))
    lengths = [len(texts[row]) for rows in batches for row in rows]
    assert lengths == sorted(lengths, reverse=True)
    assert max(len(rows) for rows in batches) <= 64
    assert all(len(rows) * min(512, max(1, len(texts[rows[0]]) // 2)) <= 4096 for rows in batches)


def test_vectors_are_those_of_sentence_transformers(embedder: Embedder):
    plain = SentenceTransformer(
        str(bundled.unpacked(Settings.from_environment().cache / "models")),
        device="cpu",
        model_kwargs={"dtype": next(embedder._model.parameters()).dtype},
    )
    for prompt, ours, least in (
        ("query", embedder.embed_queries(TEXTS), 0.999),
        ("document", embedder.embed_documents(TEXTS), 0.995),  # in bytes, on some processors
    ):
        theirs = plain.encode(TEXTS, prompt_name=prompt, convert_to_tensor=True).float().numpy()
        assert cosines(ours, theirs).min() > least


def test_questions_and_documents_carry_their_own_prompts(embedder: Embedder):
    text = "متى وصل الوفد"
    as_query, as_document = embedder.embed_queries([text]), embedder.embed_documents([text])
    assert cosines(as_query, as_document)[0] < 0.995
    assert embedder._query_prompt == "query: "
    assert embedder._document_prompt == "passage: "


def test_meaning_is_near_across_languages(embedder: Embedder):
    question = embedder.embed_queries(["متى وصل الوفد إلى العاصمة؟"])
    scores = (embedder.embed_documents(TEXTS) @ question.T)[:, 0]
    assert int(np.argmax(scores)) == 0
    assert scores[4] > scores[6]


def test_threads_get_the_vectors_that_one_gets(embedder: Embedder):
    texts = [f"الخبر رقم {number} عن المصنع " * (1 + number % 5) for number in range(12)]
    expected = [embedder.embed_queries([text]) for text in texts]
    counts = embedder.count_tokens(texts)
    faults: list[object] = []

    def ask(first: int) -> None:
        try:
            for number in range(first, len(texts), 4):
                seen = embedder.embed_queries([texts[number]])
                np.testing.assert_allclose(seen, expected[number], atol=1e-6)
                assert embedder.count_tokens(texts) == counts
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_counts_tokens_as_the_tokenizer_does(embedder: Embedder):
    own = [len(embedder._model.tokenizer.encode(text, add_special_tokens=False)) for text in TEXTS]
    assert embedder.count_tokens(TEXTS) == own
    assert embedder.count_tokens(TEXTS * 200) == own * 200  # more than are tokenized at once


def test_a_text_of_max_tokens_is_read_whole(embedder: Embedder):
    most = embedder.max_tokens
    cut = []
    for text in (" سفر" * most, "成" * (2 * most), " «3.5»" * most, "ﷺ" * most):
        counts = embedder.count_tokens([text[:at] for at in range(0, len(text), 4)])
        cut.append(text[: 4 * max(at for at, count in enumerate(counts) if count <= most)])
    assert embedder.count_tokens(cut)[0] >= most - 1
    whole = [len(ids) for ids in embedder._model.tokenizer(["passage: " + text for text in cut])["input_ids"]]
    assert max(whole) <= embedder._model.max_seq_length == 512
    seen: list[int] = []
    for text in cut:
        embedder.embed_documents([text], lambda _texts, tokens: seen.append(tokens))
    assert seen == whole


def test_progress_counts_texts_and_tokens(embedder: Embedder):
    seen: list[tuple[int, int]] = []
    embedder.embed_documents(TEXTS, lambda texts, tokens: seen.append((texts, tokens)))
    expected = sum(min(512, len(embedder._model.tokenizer.encode("passage: " + text))) for text in TEXTS)
    assert sum(texts for texts, _ in seen) == len(TEXTS)
    assert sum(tokens for _, tokens in seen) == expected


@pytest.mark.parametrize("text", ["a\ud800b", "\udcff", "\x00", "\u0301" * 2000, "ﷺ" * 500, "\U0010ffff"], ids=ascii)
def test_odd_text_is_embedded(text: str, embedder: Embedder):
    assert embedder.count_tokens([text])[0] >= 0
    assert np.isfinite(embedder.embed_queries([text])).all()
    assert np.isfinite(embedder.embed_documents([text, "نص"])).all()


def test_encodable_changes_lone_surrogates_only():
    assert embed.encodable("a\ud83d\ude00b😀é") == "a\ufffd\ufffdb😀é"


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        ({"amx_bf16": True}, True),
        ({"avx512_bf16": True, "amx_bf16": False}, True),
        ({"amx_bf16": False, "avx512_bf16": False, "avx2": True}, False),
        ({}, False),
    ],
)
def test_bfloat16_only_where_the_processor_has_it(
    capabilities: dict[str, bool], expected: bool, tiny: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities)
    assert model_.has_fast_bfloat16() is expected
    loaded = Embedder.load(str(tiny), Path("unused"))
    assert next(loaded._model.parameters()).dtype == (torch.bfloat16 if expected else torch.float32)


def test_a_model_without_prompts_and_normalization_gives_unit_vectors(tiny: Path):
    model = Embedder.load(str(tiny), Path("unused"))
    vectors = model.embed_documents(["one two", "two"])
    assert vectors.shape == (2, 8)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert model.max_tokens == 16
    np.testing.assert_array_equal(model.embed_queries(["one"]), model.embed_documents(["one"]))


def test_a_text_without_tokens_has_a_finite_vector(tiny: Path):
    model = Embedder.load(str(tiny), Path("unused"))  # it adds no special tokens
    for texts in (["one two", ""], [""]):
        assert np.isfinite(model.embed_documents(texts)).all()


def test_the_fingerprint_is_the_same_in_both_types_and_across_loads(tiny: Path, monkeypatch: pytest.MonkeyPatch):
    seen = set()
    for fast in (False, True, True):
        monkeypatch.setattr(model_, "has_fast_bfloat16", lambda fast=fast: fast)
        seen.add(Embedder.load(str(tiny), Path("unused")).fingerprint)
    assert len(seen) == 1
    assert len(seen.pop()) == 16


@pytest.mark.parametrize("row", [0, 500, 999])
def test_the_fingerprint_differs_for_any_changed_weight(row: int, tiny: Path):
    model = SentenceTransformer(str(tiny), device="cpu")
    before = Embedder(model, "tiny").fingerprint
    model[0].auto_model.embeddings.word_embeddings.weight.data[row, 7] += 1
    assert Embedder(model, "tiny").fingerprint != before


def test_the_fingerprint_differs_for_other_prompts_window_and_pooling(tiny: Path):
    model = SentenceTransformer(str(tiny), device="cpu")
    seen = [Embedder(model, "tiny").fingerprint]
    for mode in ("cls", "mean"):
        pooled = SentenceTransformer(modules=[model[0], Pooling(8, mode)], device="cpu")
        seen.append(Embedder(pooled, "tiny").fingerprint)
    assert seen[0] == seen.pop()
    model.prompts = {"query": "one"}
    seen.append(Embedder(model, "tiny").fingerprint)
    model.max_seq_length = 8
    seen.append(Embedder(model, "tiny").fingerprint)
    assert len(set(seen)) == len(seen) == 4


@pytest.mark.parametrize("fast", [False, True])
def test_documents_are_multiplied_in_bytes_where_that_is_fast_and_questions_never(
    fast: bool, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(embed, "multiplies_bytes", lambda: fast)
    model = Embedder.load("bundled", Settings.from_environment().cache)
    assert re.fullmatch(r"int8-[0-9a-f]{8}-\w+-packed1" if fast else r"(bfloat16|float32)-packed1", model.precision)
    assert model.fingerprint == embedder.fingerprint
    texts = ["وصل الوفد إلى الميناء صباح الأحد.", "The delegation reached the harbour. " * 20, ""]
    np.testing.assert_array_equal(model.embed_queries(texts), embedder.embed_queries(texts))
    exact = model.packed
    found = model.embed_documents(texts)
    model.__dict__["_packed_for_documents"] = exact
    alike = (found * model.embed_documents(texts)).sum(1)
    assert alike.min() > 0.995
    assert (alike.min() > 0.99999) is not fast


def test_the_quick_model_embeds_documents_the_same(embedder: Embedder):
    texts = ["وصل الوفد إلى الميناء صباح الأحد.", "The delegation reached the harbour."]
    quick = Embedder.for_questions("bundled", Settings.from_environment().cache)
    assert quick.precision == embedder.precision
    np.testing.assert_allclose(quick.embed_documents(texts), embedder.embed_documents(texts), atol=1e-6)


@pytest.mark.parametrize(
    ("module", "name", "other"), [(embed, "_packed", lambda *_: None), (packed, "VERSION", packed.VERSION + 1)]
)
def test_vectors_of_another_pass_are_told_apart_and_not_taken_over(
    module: ModuleType, name: str, other: object, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def built() -> build.Built:
        model = Embedder.load(str(tiny), Path("unused"))
        document = Document("0" * 16, "one.txt", "one", "one two one two one.", "en", None, "text")
        return build.build_from_documents([document], tmp_path, IndexSettings(), model, lambda *_: None)

    first = built()
    before = Generation.open(tmp_path).manifest.model
    assert not built().changed
    monkeypatch.setattr(module, name, other)
    again = built()
    after = Generation.open(tmp_path).manifest.model
    assert again.changed
    assert again.counts["embedded"] == first.counts["embedded"] > 0
    assert after.fingerprint == before.fingerprint
    assert after.precision != before.precision


def test_the_bundled_model_is_named_by_its_own_name(embedder: Embedder):
    assert embedder.name == "multilingual-e5-small"


@pytest.mark.parametrize("model", ["nobody/no-such-model", "nosuchmodel", "/no/such/folder", "\x00", "../x"])
def test_a_model_that_is_not_there_is_one_line(model: str, tmp_path: Path):
    with pytest.raises(ModelError, match="SANAD_MODEL") as raised:
        Embedder.load(model, tmp_path)
    assert "\n" not in str(raised.value)
    assert repr(model) in str(raised.value)


def test_a_model_that_cannot_be_fetched_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it asks again and again"))
    with pytest.raises(ModelError, match=r"couldn't connect to 'http://127.0.0.1:9'.*\. SANAD_MODEL takes"):
        Embedder.load("nobody/no-such-model", tmp_path)


@pytest.mark.parametrize("damage", ["empty", "config", "weights", "tokenizer"])
def test_a_broken_model_folder_is_one_line(damage: str, tiny: Path, tmp_path: Path):
    folder = tmp_path / "model"
    folder.mkdir()
    for path in tiny.rglob("*") if damage != "empty" else ():
        if path.is_file():
            (folder / path.relative_to(tiny)).parent.mkdir(parents=True, exist_ok=True)
            (folder / path.relative_to(tiny)).write_bytes(path.read_bytes())
    broken = {"config": "config.json", "weights": "model.safetensors", "tokenizer": "tokenizer.json"}.get(damage)
    if broken:
        (folder / broken).write_bytes((folder / broken).read_bytes()[:20])
    with pytest.raises(ModelError, match="cannot be loaded") as raised:
        Embedder.load(str(folder), tmp_path)
    assert "\n" not in str(raised.value)


def test_a_module_that_is_no_text_encoder_is_one_line(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(SentenceTransformer, "tokenizer", property(lambda _self: None))
    with pytest.raises(ModelError, match="cannot be loaded"):
        Embedder.load(str(tiny), tmp_path)
