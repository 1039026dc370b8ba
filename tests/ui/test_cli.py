"""Every command as it is typed: what it prints, where, and the exit code."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eval.run import DOCUMENTS
from index import store
from index.config import Settings
from index.embed import Embedder
from index.store import Generation
from index.types import Document
from rag import abstain
from rag.engine import Engine
from rag.types import Answer, Citation
from ui import cli, terminal

ASKED = "كم يتقاضى العامل في الساعة في ألابوغا؟"
CAKE = "What is the best recipe for an orange and chocolate cake at home?"
MILL = "The old mill of Tal Amar grinds wheat for four villages. Its wheel was replaced in 1994 by Nadir Salim."
BRIDGE = "The bridge at Wadi Nur carries trams and bicycles. It was opened on 3 May 1987 by the mayor of the town."
ESCAPE = "\x1b"
SECTIONS = {
    "retrieval": {"recall@1", "recall@5", "recall@10", "ndcg@10", "mrr@10"},
    "answer": {"sentence_hit@1", "sentence_hit@2", "citation_validity", "faithfulness", "key_facts"},
    "abstention": {"hallucination_rate", "error_rate", "balanced_accuracy"},
    "cost": {"ms_p50", "ms_p95"},
}


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    def failed_with(self, code: int, *words: str) -> None:
        """One line on standard error, nothing else, and this exit code."""
        assert self.code == code, self.err
        assert self.out == ""
        assert self.err.startswith("sanad: ")
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err


Run = Callable[..., Ran]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    embedder: Embedder,
    tmp_path: Path,
) -> Run:
    """``sanad`` in this process, in an empty folder, with the model that is loaded already."""
    for name in [name for name in os.environ if name.startswith("SANAD_") and name != "SANAD_CACHE"]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(Embedder, "load", lambda *_: embedder)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)

    def call(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["sanad", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked is answered: these tests are not about when to abstain."""
    changed = replace(abstain.calibration(with_reader=True), threshold=0.0)
    monkeypatch.setattr(abstain, "calibration", lambda **_: changed)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, sample_index: Path, embedder: Embedder) -> None:
    """The index of the sample documents is open already: these tests are not about opening it."""
    engine = Engine(Generation.open(sample_index), embedder)
    monkeypatch.setattr(cli, "_engine", lambda _: engine)


@pytest.fixture
def abstaining(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is answered."""
    changed = replace(abstain.calibration(with_reader=True), threshold=1.0)
    monkeypatch.setattr(abstain, "calibration", lambda **_: changed)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "mill.txt").write_text(MILL)
    (folder / "bridge.txt").write_text(BRIDGE)
    return folder


def lines(*items: str | dict[str, object]) -> bytes:
    return "".join((item if isinstance(item, str) else json.dumps(item)) + "\n" for item in items).encode()


class TestIndex:
    def test_builds_then_says_that_nothing_changed(self, run: Run, documents: Path, tmp_path: Path):
        folder = tmp_path / "index"
        first = run("index", documents, "--index", folder)
        assert (first.code, first.err) == (0, "")
        assert "2 documents, 2 passages, 4 sentences" in first.out
        assert str(folder) in first.out
        again = run("index", documents, "--index", folder)
        assert again.out.startswith("Nothing changed")
        assert again.code == 0

    def test_without_a_path_it_is_what_the_last_build_read(self, run: Run, documents: Path):
        assert run("index", documents).code == 0
        (documents / "new.txt").write_text("A third text about the weather station of Tal Amar.")
        assert "3 documents" in run("index").out
        assert (Path(".sanad") / "current").is_file()

    def test_without_a_path_and_index_it_is_the_samples(self, tmp_path: Path):
        assert cli._last_sources(tmp_path) == [DOCUMENTS]

    def test_the_folder_comes_from_the_environment(
        self, run: Run, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setenv("SANAD_INDEX", str(tmp_path / "elsewhere"))
        assert run("index", documents).code == 0
        assert store.current(tmp_path / "elsewhere") is not None
        assert not Path(".sanad").exists()

    def test_explain_writes_nothing(self, run: Run, documents: Path, tmp_path: Path):
        (documents / "page.txt").write_text(f"{MILL}\n\nاقرأ أيضًا: أفضل عشرة مقاهٍ على الشاطئ\n\n{BRIDGE}\n")
        before = sorted(tmp_path.rglob("*"))
        ran = run("index", documents, "--explain", "--index", tmp_path / "index")
        assert (ran.code, ran.err) == (0, "")
        assert sorted(tmp_path.rglob("*")) == before
        assert f"keep  prose  0-{len(MILL)}\n" in ran.out
        assert "drop  " in ran.out
        assert "page.txt" in ran.out
        assert MILL in ran.out
        assert ESCAPE not in ran.out

    def test_verify_checks_every_file_and_builds_nothing(self, run: Run, documents: Path, tmp_path: Path):
        folder = tmp_path / "index"
        run("index", "--verify", "--index", folder).failed_with(5, "There is no index")
        run("index", documents, "--index", folder)
        ran = run("index", "--verify", "--index", folder)
        assert (ran.code, ran.err) == (0, "")
        assert "files are as they were written" in ran.out
        (damaged,) = folder.glob("generations/*/passages.jsonl")
        damaged.write_text("{")
        run("index", "--verify", "--index", folder).failed_with(5, "passages.jsonl is damaged")

    def test_watch_rebuilds_after_each_change(
        self, run: Run, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        from index import watch

        def changes(paths: Sequence[Path], folder: Path) -> Iterator[None]:
            assert (list(paths), folder) == ([documents], tmp_path / "index")
            yield  # nothing that matters: nothing is said
            (documents / "new.txt").write_text("A third text about the weather station of Tal Amar.")
            yield
            shutil.rmtree(documents)
            yield
            raise KeyboardInterrupt

        monkeypatch.setattr(watch, "changes", changes)
        ran = run("index", documents, "--watch", "--index", tmp_path / "index")
        assert ran.code == 130
        assert [line.split(",")[0] for line in ran.out.splitlines()] == [
            "Indexed 2 documents",
            "Watching for changes — press Ctrl+C to stop.",
            "Indexed 3 documents",
        ]
        assert "does not exist" in ran.err

    def test_a_binary_file_is_skipped_and_named(self, run: Run, documents: Path, tmp_path: Path):
        (documents / "picture.txt").write_bytes(bytes(range(256)) * 40)
        (documents / "a\x1b[31m\nb.txt").write_bytes(b"")
        ran = run("index", documents, "--index", tmp_path / "index")
        assert ran.code == 0
        assert "2 documents" in ran.out
        assert sorted(line.split(":")[0] for line in ran.err.splitlines()) == ["sanad", "sanad"]
        assert "skipped picture.txt" in ran.err
        assert ESCAPE not in ran.err

    def test_nothing_but_a_binary_file(self, run: Run, tmp_path: Path):
        (tmp_path / "a.bin").write_bytes(bytes(range(256)))
        run("index", tmp_path / "a.bin").failed_with(4, "a.bin")
        assert not Path(".sanad").exists()

    def test_an_empty_folder(self, run: Run, tmp_path: Path):
        empty = tmp_path / "empty"
        empty.mkdir()
        run("index", empty).failed_with(4, "no documents", str(empty))

    def test_a_file_that_cannot_be_opened(self, run: Run, documents: Path, tmp_path: Path):
        (documents / "gone.txt").symlink_to(tmp_path / "nowhere")
        ran = run("index", documents)
        assert ran.code == 0
        assert (
            ran.err == "sanad: skipped gone.txt: cannot be opened: No such file or directory; check its permissions\n"
        )
        run("index", documents / "gone.txt").failed_with(4)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
    def test_a_file_without_permission(self, run: Run, documents: Path):
        (documents / "mill.txt").chmod(0)
        ran = run("index", documents)
        assert ran.code == 0
        assert "skipped mill.txt: cannot be opened: Permission denied" in ran.err

    def test_a_missing_path_is_told_before_the_model_loads(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(Embedder, "load", lambda *_: pytest.fail("the model was loaded"))
        run("index", tmp_path / "none").failed_with(4, "does not exist", str(tmp_path / "none"))

    def test_an_index_folder_that_is_a_file(self, run: Run, documents: Path):
        run("index", documents, "--index", documents / "mill.txt").failed_with(5, "cannot be written")


class TestAsk:
    @pytest.mark.usefixtures("answering")
    def test_a_cited_answer_in_a_pipe_is_plain(self, run: Run, sample_index: Path):
        ran = run("ask", ASKED, "--index", sample_index)
        assert (ran.code, ran.err) == (0, "")
        answer, sources = ran.out.split("\n\n", 1)
        assert "دولارين ونصف" in answer
        assert answer.splitlines()[0].endswith(" [1]")
        assert sources.startswith("[1] alabuga-workers.md")
        assert ESCAPE not in ran.out

    def test_sources_show_path_date_and_title(
        self,
        capsys: pytest.CaptureFixture[str],
        make_answer: Callable[..., Answer],
        make_citation: Callable[..., Citation],
        make_document: Callable[..., Document],
    ):
        mill = make_document(MILL, path="news/mill.txt", title="The [bold]mill[/bold] of \x1b[31mTal Amar")
        built, wheel = make_citation(mill, MILL.split(". ")[0] + "."), make_citation(mill, MILL.split(". ")[1], 2)
        terminal.print_answer(make_answer(built, wheel))
        source = "news/mill.txt · 2031-04-08\n    The [bold]mill[/bold] of \ufffd[31mTal Amar\n"
        expected = f"{built.quote} [1]\n{wheel.quote} [2]\n\n[1] {source}[2] {source}"
        assert capsys.readouterr().out == expected

    @pytest.mark.usefixtures("abstaining")
    def test_an_abstention_is_an_answer(self, run: Run, sample_index: Path):
        ran = run("ask", CAKE, "--index", sample_index)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("The documents do not say.")
        assert ran.out.count("\n") == 1

    @pytest.mark.usefixtures("answering")
    def test_json(self, run: Run, sample_index: Path):
        ran = run("ask", "--json", ASKED, "--index", sample_index)
        assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
        form = json.loads(ran.out)
        assert (form["schema"], form["question"], form["abstained"]) == (1, ASKED, False)
        assert "ألابوغا" in ran.out  # readable, not escaped

    def test_bytes_that_are_no_utf8(self, run: Run, sample_index: Path):
        ran = run("ask", "--json", "متى \udcff وقعت المعاهدة؟", "--index", sample_index)
        assert ran.code == 0
        assert json.loads(ran.out)["question"] == "متى \udcff وقعت المعاهدة؟"

    def test_hostile_documents_do_not_steer_the_terminal(self, run: Run, tmp_path: Path):
        hostile = "The \x1b[2Jold mill\x9b31m of \u202eTal Amar grinds wheat for four villages near the river."
        (tmp_path / "mill.txt").write_text(hostile)
        run("index", tmp_path / "mill.txt")
        for arguments in (["ask", "What does the mill grind?"], ["ask", "--json", "What does the mill grind?"]):
            ran = run(*arguments)
            assert not set(ran.out) & {ESCAPE, "\x9b", "\u202e"}
        assert hostile in json.loads(ran.out)["evidence"][0]["text"]
        shown = run("index", tmp_path / "mill.txt", "--explain")
        assert not set(shown.out) & {ESCAPE, "\x9b", "\u202e"}

    @pytest.mark.parametrize("asked", ["", "  ", "؟؟", "😀", "م" * 1_000_000])
    def test_what_is_no_question(self, run: Run, sample_index: Path, asked: str):
        run("ask", asked, "--index", sample_index).failed_with(6, "question")
        run("ask", "--json", asked, "--index", sample_index).failed_with(6, "question")

    @pytest.mark.usefixtures("opened")
    def test_only_the_documents_chosen_are_asked(self, run: Run):
        def paths(*options: str) -> set[str]:
            ran = run("ask", "--json", ASKED, *options)
            assert (ran.code, ran.err) == (0, "")
            return {found["document_path"] for found in json.loads(ran.out)["evidence"]}

        assert paths("--document", "treaty-2024.txt", "--document", "trade-july-ru.txt") == {
            "treaty-2024.txt",
            "trade-july-ru.txt",
        }
        assert paths("--language", "fa") == {"beijing-meeting-fa.txt", "moscow-train-fa.txt"}
        assert paths("--from", "2026-01-01") == {"vostochny-launches.txt"}
        assert "alabuga-workers.md" not in paths("--to", "2024-12-31")

    @pytest.mark.usefixtures("opened")
    def test_where_there_is_nothing_to_look_in(self, run: Run):
        for options, word in (
            (["--document", "none.txt"], "'none.txt'"),
            (["--language", "xx"], "No document"),
            (["--from", "2031-01-01"], "No document"),
        ):
            run("ask", ASKED, *options).failed_with(6, word)
        run("ask", ASKED, "--from", "tomorrow").failed_with(2, "tomorrow")

    def test_standard_input_is_for_json(self, run: Run, sample_index: Path):
        run("ask", "-", "--index", sample_index).failed_with(2, "--json")


class TestLines:
    @pytest.mark.usefixtures("answering")
    def test_each_line_has_its_line(self, run: Run, sample_index: Path):
        given = [
            ASKED,
            {"question": "وكم تبعد عن الحدود؟", "history": [ASKED]},
            {"question": ASKED},
            {"question": ASKED, "history": None, "other": 1},
        ]
        ran = run("ask", "--json", "-", "--index", sample_index, stdin=lines(*given))
        assert (ran.code, ran.err) == (0, "")
        forms = [json.loads(line) for line in ran.out.splitlines()]
        assert [form["question"] for form in forms] == [ASKED, "وكم تبعد عن الحدود؟", ASKED, ASKED]
        assert forms[1]["evidence"][0]["document_path"] == "alabuga-workers.md"
        assert forms[0]["answer"] == forms[2]["answer"] == forms[3]["answer"]

    @pytest.mark.usefixtures("opened")
    def test_a_line_chooses_its_documents(self, run: Run):
        given = [
            {"question": ASKED, "documents": ["wonsan-resort.txt"]},
            {"question": ASKED, "languages": ["fa"], "from": None},
            {"question": ASKED, "from": "2024-01-01", "to": "2024-12-31"},
            ASKED,
        ]
        ran = run("ask", "--json", "-", "--language", "ru", stdin=lines(*given[1:]))
        forms = [json.loads(line) for line in ran.out.splitlines()]
        paths = [{found["document_path"] for found in form.get("evidence", ())} for form in forms]
        assert paths[0] == {"beijing-meeting-fa.txt", "moscow-train-fa.txt"}
        assert "error" in forms[1]  # the options hold for what the line leaves open
        assert paths[2] == {"kursk-rebuilding-ru.txt", "most-tumannaya-ru.txt", "trade-july-ru.txt"}
        ran = run("ask", "--json", "-", stdin=lines(given[0], given[2]))
        one, two = (json.loads(line)["evidence"] for line in ran.out.splitlines())
        assert {found["document_path"] for found in one} == {"wonsan-resort.txt"}
        assert "treaty-2024.txt" in {found["document_path"] for found in two}

    @pytest.mark.usefixtures("opened")
    def test_what_chooses_in_no_known_form_is_an_error(self, run: Run):
        given: list[dict[str, object]] = [
            {"question": ASKED, "documents": "wonsan-resort.txt"},
            {"question": ASKED, "documents": ["none.txt"]},
            {"question": ASKED, "from": "soon"},
            {"question": ASKED, "to": 2024},
        ]
        ran = run("ask", "--json", "-", stdin=lines(*given))
        assert ran.code == 6
        errors = [json.loads(line)["error"] for line in ran.out.splitlines()]
        for error, word in zip(errors, ("'wonsan-resort.txt'", "'none.txt'", "'soon'", "'2024'"), strict=True):
            assert word in error

    def test_errors_stand_in_their_place(self, run: Run, sample_index: Path):
        given = [
            "",
            ASKED,
            "😀",
            '{"question": ',
            {"question": 5},
            {"history": []},
            {"question": ASKED, "history": "x"},
            {"question": ASKED, "history": [1]},
            {"question": ASKED, "history": 0},
            {"question": ""},
            '{"a":' * 100_000,
            "م" * 1_000_000,
            ASKED,
        ]
        ran = run("ask", "--json", "-", "--index", sample_index, stdin=lines(*given))
        assert ran.code == 6
        forms = [json.loads(line) for line in ran.out.splitlines()]
        assert [("answer" if "answer" in form else "error") for form in forms] == [
            "error",
            "answer",
            *["error"] * 10,
            "answer",
        ]
        assert ran.err.count("\n") == 11
        assert all(line.startswith("sanad: ") for line in ran.err.splitlines())
        for form in forms:
            if "error" in form:
                assert form.keys() == {"schema", "question", "error"}
                assert len(form["error"].splitlines()) == 1
        assert forms[2]["question"] == "😀"
        assert forms[9]["question"] == ""

    def test_odd_bytes(self, run: Run, sample_index: Path):
        stdin = b"\xef\xbb\xbf" + lines({"question": ASKED}).replace(b"\n", b"\r\n") + ASKED.encode() + b" \xff\x00"
        ran = run("ask", "--json", "-", "--index", sample_index, stdin=stdin)
        forms = [json.loads(line) for line in ran.out.splitlines()]
        assert ran.code == 0
        assert [form["question"] for form in forms] == [ASKED, f"{ASKED} \ufffd\0"]

    def test_line_ends_of_other_scripts_do_not_break_the_line(self, run: Run, sample_index: Path):
        asked = "متى وقعت\u2028المعاهدة\x85؟"
        ran = run("ask", "--json", "-", "--index", sample_index, stdin=lines({"question": asked}))
        (line,) = ran.out.splitlines()
        assert json.loads(line)["question"] == asked

    def test_no_line_no_answer(self, run: Run, sample_index: Path):
        assert run("ask", "--json", "-", "--index", sample_index) == Ran(0, "", "")


class TestIndexFaults:
    def test_missing(self, run: Run, tmp_path: Path):
        run("ask", ASKED, "--index", tmp_path / "none").failed_with(5, "no index", "sanad index")
        run("ask", "--json", "-", "--index", tmp_path / "none", stdin=b"x\n").failed_with(5, "no index")

    def test_damaged(self, run: Run, sample_index: Path, tmp_path: Path):
        shutil.copytree(sample_index, tmp_path / "damaged")
        current = store.current(tmp_path / "damaged")
        assert current is not None
        vectors = current / "passages.f32"
        raw = bytearray(vectors.read_bytes())
        raw[-1] ^= 1
        vectors.write_bytes(raw)
        run("ask", ASKED, "--index", tmp_path / "damaged").failed_with(5, "passages.f32", "damaged")
        (tmp_path / "damaged" / "current").write_text("../../etc")
        run("ask", ASKED, "--index", tmp_path / "damaged").failed_with(5, "current")

    def test_of_another_model(self, run: Run, sample_index: Path, monkeypatch: pytest.MonkeyPatch):
        other = SimpleNamespace(name="another", fingerprint="0" * 16)
        monkeypatch.setattr(Embedder, "for_questions", lambda *_: other)
        run("ask", ASKED, "--index", sample_index).failed_with(3, "another", "sanad index")


class TestCalls:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["--bogus"],
            ["bogus"],
            ["ask"],
            ["ask", "a", "b"],
            ["ask", "--bogus", "a"],
            ["chat", "--port", "0"],
            ["chat", "--port", "x"],
            ["eval", "--squad"],
            ["eval", "file.json"],
            ["eval", "--squad", "a.json", "--nomiracl", "b.jsonl"],
            ["eval", "--questions-from", "a.json"],
            ["eval", "--ablation"],
            ["eval", "--gate", "--squad", "a.json"],
            ["eval", "--compare", "a.json"],
            ["eval", "--compare", "a.json", "b.json", "--json", "c.json"],
            ["eval", "--furniture", "a", "--json", "b"],
            ["eval", "--furniture", "a", "--report", "b"],
        ],
    )
    def test_wrong_calls(self, run: Run, arguments: Sequence[str]):
        run(*arguments).failed_with(2)

    @pytest.mark.parametrize("command", [["ask", ASKED], ["index", "."], ["chat"], ["eval"]])
    def test_unknown_settings_are_refused(self, run: Run, command: Sequence[str], monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("SANAD_PASAGE_TOKENS", "100")
        run(*command).failed_with(2, "SANAD_PASAGE_TOKENS", "SANAD_PASSAGE_TOKENS")

    def test_settings_out_of_bounds(self, run: Run, documents: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("SANAD_PASSAGE_TOKENS", "1")
        run("index", documents).failed_with(2, "SANAD_PASSAGE_TOKENS='1'")

    def test_without_a_command_it_helps(self, run: Run):
        ran = run()
        assert (ran.code, ran.err) == (2, "")
        assert all(f"  {command} " in ran.out for command in ("index", "ask", "chat", "eval", "doctor"))

    @pytest.mark.parametrize("command", ["", "index", "ask", "chat", "eval", "doctor"])
    def test_help(self, run: Run, command: str):
        ran = run(*filter(None, [command]), "--help")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("Usage: sanad")
        assert ESCAPE not in ran.out

    def test_an_interrupt_is_one_line(self, run: Run, monkeypatch: pytest.MonkeyPatch):
        def interrupt(_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(cli, "_engine", interrupt)
        ran = run("ask", ASKED)
        assert (ran.code, ran.out) == (130, "")
        assert ran.err.count("\n") <= 1

    def test_a_closed_pipe_is_no_error(self, run: Run, monkeypatch: pytest.MonkeyPatch):
        reading, writing = os.pipe()
        os.close(reading)
        with open(writing, "w") as closed:  # noqa: PTH123 - a descriptor
            monkeypatch.setattr(sys, "stdout", closed)
            assert run("--version").err == ""


class TestDoctor:
    def test_says_what_is_wrong_and_mends_it(self, run: Run, documents: Path):
        assert run("index", documents).code == 0
        well = run("doctor")
        assert (well.code, well.err) == (0, ""), well.out
        assert all(line.startswith("ok   ") for line in well.out.splitlines())
        (documents / "mill.txt").write_text("Other words stand here now.")
        ill = run("doctor")
        assert ill.code == 1
        assert "bad  documents: changed since the index was built: mill.txt" in ill.out
        assert run("doctor", "--mend").code == 0


class TestChat:
    def test_serves_until_interrupted(self, run: Run, sample_index: Path, monkeypatch: pytest.MonkeyPatch):
        from ui import web

        class Page:
            local_url = "http://127.0.0.1:9/"

        started: list[Any] = []
        monkeypatch.setattr(web, "start", lambda *given: started.append(given) or Page())
        monkeypatch.setattr(web, "wait", started.append, raising=False)
        monkeypatch.setenv("SANAD_PASSWORD", "open sesame")
        ran = run("chat", "--index", sample_index, "--port", "8123")
        assert ran.code == 0
        assert "http://127.0.0.1:9/" in ran.out
        (service, host, port, password), page = started
        assert (host, port, len(service.suggestions())) == ("127.0.0.1", 8123, 4)
        assert password == "open sesame"
        assert isinstance(page, Page)
        assert service.engine().documents()
        assert service.library.changeable
        assert (sample_index / "conversations.db").exists()

    @pytest.mark.parametrize(("password", "changeable"), [("", False), ("open sesame", True)])
    def test_on_the_network_only_who_knows_a_password_changes_the_library(
        self, run: Run, sample_index: Path, monkeypatch: pytest.MonkeyPatch, password: str, changeable: bool
    ):
        from ui import web

        started: list[Any] = []
        monkeypatch.setattr(web, "start", lambda *given: started.append(given) or SimpleNamespace(local_url=""))
        monkeypatch.setattr(web, "wait", lambda _page: None)
        monkeypatch.setenv("SANAD_PASSWORD", password)
        assert run("chat", "--index", sample_index, "--host", "0.0.0.0").code == 0
        assert started[0][0].library.changeable is changeable


class TestEval:
    @pytest.fixture
    def squad(self, tmp_path: Path) -> Path:
        def qa(name: str, question: str, answer: str) -> dict[str, object]:
            return {"id": name, "question": question, "answers": [{"text": answer, "answer_start": 0}]}

        paragraphs = [
            {"context": MILL, "qas": [qa("m", "Who replaced the wheel of the mill?", "Nadir Salim")]},
            {"context": BRIDGE, "qas": [qa("b", "When was the bridge at Wadi Nur opened?", "3 May 1987")]},
        ]
        file = tmp_path / "squad.json"
        file.write_text(json.dumps({"data": [{"title": "T", "paragraphs": paragraphs}]}))
        return file

    @pytest.fixture
    def nomiracl(self, tmp_path: Path) -> Path:
        made = [
            {
                "id": "1",
                "question": "Who replaced the wheel of the mill?",
                "answerable": True,
                "passages": [{"text": MILL}],
            },
            {"id": "2", "question": CAKE, "answerable": False, "passages": [{"text": MILL}, {"text": BRIDGE}]},
        ]
        file = tmp_path / "nomiracl.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in made))
        return file

    def test_squad(self, run: Run, squad: Path, tmp_path: Path):
        written = tmp_path / "report.json", tmp_path / "report.html"
        ran = run("eval", "--squad", squad, "--json", written[0], "--report", written[1])
        assert ran.code == 0
        assert "Who replaced the wheel of the mill?" in written[1].read_text("utf-8")
        assert ran.err.splitlines()[-1] == "Asking: 2 of 2 (100 %)"
        assert "recall@1" in ran.out
        assert ESCAPE not in ran.out
        report = json.loads((tmp_path / "report.json").read_text())
        for section, names in SECTIONS.items():
            assert names <= report[section].keys()
        assert report["retrieval"]["recall@1"] == 1.0
        assert report["answer"]["sentence_hit@2"] is not None
        assert report["answer"]["citation_validity"] in (1.0, None)
        assert report["cost"]["ms_p50"] > 0

    def test_questions_of_a_parallel_file(self, run: Run, squad: Path, tmp_path: Path):
        raw = json.loads(squad.read_text())
        raw["data"][0]["paragraphs"][0]["qas"][0]["question"] = "من استبدل عجلة الطاحونة؟"
        parallel = tmp_path / "ar.json"
        parallel.write_text(json.dumps(raw))
        run("eval", "--squad", squad, "--questions-from", parallel, "--json", tmp_path / "report.json")
        cases = json.loads((tmp_path / "report.json").read_text())["cases"]
        assert cases[0]["question"] == "من استبدل عجلة الطاحونة؟"

    def test_ablation(self, run: Run, squad: Path, tmp_path: Path):
        ran = run("eval", "--squad", squad, "--ablation", "--json", tmp_path / "report.json")
        assert ran.code == 0
        assert "plain LlamaIndex" in ran.out
        report = json.loads((tmp_path / "report.json").read_text())
        assert report["baselines"]["plain LlamaIndex"]["retrieval"]["recall@10"] == 1.0

    def test_compare(self, run: Run, squad: Path, tmp_path: Path):
        first, second = tmp_path / "a.json", tmp_path / "b.json"
        run("eval", "--squad", squad, "--json", first)
        raw = json.loads(first.read_text())
        raw["cases"][0]["hits"]["recall@1"] = 0.0
        second.write_text(json.dumps(raw))
        ran = run("eval", "--compare", first, second)
        assert ran.code == 0
        assert "recall@1 1.000 -> 0.000" in ran.out
        assert "Worse: 1" in ran.out
        run("eval", "--compare", first, tmp_path / "none.json").failed_with(1, "none.json")

    def test_nomiracl(self, run: Run, nomiracl: Path, tmp_path: Path):
        ran = run("eval", "--nomiracl", nomiracl, "--json", tmp_path / "report.json")
        assert ran.code == 0
        report = json.loads((tmp_path / "report.json").read_text())
        for name in SECTIONS["abstention"]:
            assert 0 <= report["abstention"][name] <= 1
        assert report["retrieval"]["recall@1"] is None

    def test_furniture(self, run: Run):
        ran = run("eval", "--furniture", DOCUMENTS)
        assert ran.code == 0
        assert "furniture spans kept" in ran.out.splitlines()[-1]

    @pytest.mark.parametrize("option", ["--squad", "--nomiracl", "--furniture"])
    def test_a_missing_file(self, run: Run, option: str, tmp_path: Path):
        ran = run("eval", option, tmp_path / "none.json")
        ran.failed_with(4 if option == "--furniture" else 1, "none.json")

    def test_a_file_of_another_kind(self, run: Run, tmp_path: Path):
        (tmp_path / "x.json").write_text("[1, 2]")
        run("eval", "--squad", tmp_path / "x.json").failed_with(1, "x.json")
        run("eval", "--nomiracl", tmp_path / "x.json").failed_with(1, "x.json")


class TestProcess:
    """The installed command itself."""

    @staticmethod
    def sanad(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SANAD_")}
        environment["SANAD_CACHE"] = str(Settings.from_environment().cache)
        command = [sys.executable, "-c", "from ui.cli import main; main()", *arguments]
        return subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=200, check=False)

    def test_version(self):
        ran = self.sanad("--version")
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout.startswith(b"sanad ")

    def test_lines(self, sample_index: Path):
        stdin = lines(ASKED, "", {"question": CAKE})
        ran = self.sanad("ask", "--json", "-", "--index", str(sample_index), stdin=stdin)
        assert ran.returncode == 6
        forms = [json.loads(line) for line in ran.stdout.decode().split("\n")[:-1]]
        assert ["answer" in form for form in forms] == [True, False, True]
        assert ran.stderr.decode() == f"sanad: {forms[1]['error']}\n"
