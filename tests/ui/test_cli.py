"""Wrong calls, help, ``sanad chat``, and the installed command itself."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from commands import ASKED, CAKE, ESCAPE, Run, lines

from index.config import Settings
from index.embed import Embedder
from ui import cli


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

    def test_a_wrong_call_leads_to_its_help(self, run: Run):
        run("indx").failed_with(2, "Did you mean 'index'? See 'sanad --help'.")
        run("ask", "--from", "2026-13-01", "a").failed_with(
            2, "'--from': '2026-13-01' does", ". See 'sanad ask --help'."
        )

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
        assert (host, port, len(service.suggestions("en"))) == ("127.0.0.1", 8123, 3)
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

    @pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
    def test_an_address_that_cannot_be_served_on_is_told_before_the_model_loads(
        self, run: Run, sample_index: Path, monkeypatch: pytest.MonkeyPatch, host: str
    ):
        monkeypatch.setattr(Embedder, "for_questions", lambda *_: pytest.fail("the model was loaded"))
        run("chat", "--index", sample_index, "--host", host).failed_with(2, host, "--host")


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
