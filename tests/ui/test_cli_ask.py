"""``sanad ask``: what it prints, where, and the exit code."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from commands import ASKED, CAKE, ESCAPE, MILL_NEWS, Ran, Run, lines

from index import store
from index.embed import Embedder
from index.types import Document
from rag.types import Answer, Citation, Claim, Disagreement
from ui import terminal


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
        mill = make_document(MILL_NEWS, path="news/mill.txt", title="The [bold]mill[/bold] of \x1b[31mTal Amar")
        built, wheel = (
            make_citation(mill, MILL_NEWS.split(". ")[0] + "."),
            make_citation(mill, MILL_NEWS.split(". ")[1], 2),
        )
        terminal.print_answer(make_answer(built, wheel))
        source = "news/mill.txt · 2031-04-08\n    The [bold]mill[/bold] of \ufffd[31mTal Amar\n"
        expected = f"{built.quote} [1]\n{wheel.quote} [2]\n\n[1] {source}[2] {source}"
        assert capsys.readouterr().out == expected

    def test_what_differs_is_quoted_with_its_page(
        self,
        capsys: pytest.CaptureFixture[str],
        make_answer: Callable[..., Answer],
        make_citation: Callable[..., Citation],
        make_document: Callable[..., Document],
    ):
        mill = make_document(MILL_NEWS, path="mill.txt", title="The mill")
        paged = replace(make_document(f"Wheels.\n{MILL_NEWS}", path="mill.pdf", title="Mills"), pages=(0, 8))
        four, wheel = make_citation(mill, "four villages"), make_citation(paged, MILL_NEWS.split(". ")[1], 2)
        differ = Disagreement("villages", (Claim("four", four), Claim("1994", wheel)))
        terminal.print_answer(replace(make_answer(four), disagreements=(differ,)))
        _, told, sources = capsys.readouterr().out.split("\n\n")
        assert told.splitlines()[-2:] == ["1994 [2]", f"    {wheel.quote}"]
        assert "[1] mill.txt · 2031-04-08\n" in sources
        assert "[2] mill.pdf · 2031-04-08 · p. 2\n" in sources

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
            (["--language", "xx"], "in ar, en, fa, ru."),
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
