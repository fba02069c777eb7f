"""The command line itself: global options, languages, statuses, streams, what is loaded for what."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from desk.commands.foreseen import foreseen
from desk.commands.listing import COMMANDS, help_of_all
from desk.commands.run import run
from desk.commands.voice import Voice
from desk.errors.store import DiskFull
from desk.version import VERSION
from desk.words import speak
from tests import homes
from tests.desk.commands.conftest import ROOT, Desk


def test_the_version_is_that_of_the_distribution(bare: Desk) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    ran = bare.process("--version")
    assert (ran.returncode, ran.stdout.decode().strip(), ran.stderr) == (0, f"motcua-desk {VERSION}", b"")


def _loaded_by(*words: str) -> set[str]:
    """Return the modules that a command loads in a process of its own."""
    script = (
        f"import sys; sys.argv = ['desk', *{list(words)!r}]\n"
        "from desk.__main__ import main\n"
        "main()\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    return {name.split(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["--lang", "en", "--help"], ["find", "--help"]])
def test_version_and_help_load_neither_the_screens_nor_sql(words: list[str]) -> None:
    heavy = {"textual", "sqlmodel", "sqlalchemy", "alembic", "reportlab", "qrcode", "cryptography", "rich", "httpx2"}
    assert not _loaded_by(*words) & heavy


def test_the_help_of_all_lists_every_command_in_both_languages() -> None:
    for lang in ("vi", "en"):
        speak(lang)
        shown = help_of_all()
        assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_has_a_help(bare: Desk, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    ran = bare.run(name, "--help", json=False)
    assert (ran.status, ran.err) == (0, "")
    assert f"desk {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        "fnd",
        "-x",
        "--hom x find",
        "--home",
        "--lang de find",
        "find",
        "find --json x",
        "find x --limit",
        "find x --limit many",
        "show",
        "show a b",
        "print",
        "print x",
    ],
)
def test_wrong_usage_ends_with_two_and_a_sentence(bare: Desk, line: str) -> None:
    ran = bare.run(*line.split(), json=False)
    assert ran.status == 2
    assert "(RULE-140)" in ran.err
    assert ran.out == ""
    assert bare.run(*line.split()).json["error"]["code"] == "RULE-140"


def test_a_near_command_is_named(desk: Desk) -> None:
    assert "find" in desk.run("fnd", json=False).err
    assert "before the command" in desk.run("find", "--json", "x", json=False).err


def test_the_language_is_the_option_else_the_environment_else_the_desks(desk: Desk) -> None:
    assert "no dossier" in desk.run("show", "x", json=False).err
    assert "Trên máy này" in desk.run("--lang", "vi", "show", "x", json=False).err
    assert "Trên máy này" in desk.run("show", "x", json=False, DESK_LANG="").err
    settings = (desk.home / "desk.toml").read_text(encoding="utf-8")
    (desk.home / "desk.toml").write_text(settings.replace('language = "vi"', 'language = "en"'), encoding="utf-8")
    assert "no dossier" in desk.run("show", "x", json=False, DESK_LANG="").err


def test_home_may_be_named_before_the_command(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("--home", str(desk.home), "find", "x", DESK_HOME="/nowhere").status == 0
    assert desk.run(f"--home={desk.home}", "find", "x", DESK_HOME="/nowhere").status == 0


def test_json_is_one_value_and_every_error_has_four_parts(desk: Desk) -> None:
    ran = desk.run("show", "x")
    assert set(ran.json["error"]) == {"code", "message", "safe", "do"}
    assert ran.json["error"]["message"] in ran.err
    assert len(ran.out.splitlines()) == 1


def test_what_nobody_foresaw_is_one_sentence_and_a_note_without_values(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.did("find", "x")

    def fails(*_words: object) -> None:
        raise RuntimeError("Nguyễn Thị Lan 022190000001")

    monkeypatch.setattr("desk.cases.lookup.Lookup.find", fails)
    ran = desk.run("find", "x")
    assert (ran.status, ran.error) == (1, "STORE-00")
    noted = (desk.home / "desk.log").read_text(encoding="utf-8")
    assert "RuntimeError" in noted
    assert "Lan" not in noted + ran.err


def test_ctrl_c_and_a_full_disk_are_sentences(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(foreseen(OSError(errno.ENOSPC, "No space left on device")), DiskFull)

    def stopped(*_words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("desk.cases.lookup.Lookup.find", stopped)
    assert desk.run("find", "x").error == "RULE-142"


def test_the_screens_are_not_started_without_a_terminal(desk: Desk) -> None:
    for words in ((), ("demo",)):
        ran = desk.process(*words)
        assert ran.returncode == 1
        assert b"RULE-143" in ran.stderr


def test_another_zone_of_the_machine_is_a_note_on_standard_error(desk: Desk) -> None:
    settings = (desk.home / "desk.toml").read_text(encoding="utf-8")
    assert "allow_test_clock = true" in settings
    elsewhere = desk.process("--json", "find", "x", TZ="UTC", DESK_CLOCK="")
    assert b"+07:00" in elsewhere.stderr
    assert json.loads(elsewhere.stdout) == []
    assert desk.process("--json", "find", "x", TZ="<+07>-7", DESK_CLOCK="").stderr == b""


def test_old_code_pages_take_every_command(bare: Desk) -> None:
    page = {"PYTHONIOENCODING": "cp1252:strict", "DESK_LANG": "vi"}
    setup = ["setup", "--unit", "06709", "--agency-code", "H49.22.11", "--slot", "0", "--allow-test-clock"]
    assert bare.process(*setup, **page).returncode == 0
    form = json.dumps(homes.birth(), ensure_ascii=False).encode()
    made = bare.process("--json", "intake", "-", stdin=form, **page)
    code = json.loads(made.stdout.decode("cp1252"))["code"]
    shown = bare.process("--json", "show", code, **page)
    assert json.loads(shown.stdout.decode("cp1252"))["owner"]["name"] == "Nguyễn Thị Lan"
    for words in (["show", code], ["find", "lan"], ["--help"], ["move", "--help"], ["report", "--from", "2026-11-01"]):
        ran = bare.process(*words, **page)
        said = ran.stdout.decode() + ran.stderr.decode()
        assert ran.returncode in (0, 2)
        assert "Traceback" not in said
        assert re.search("[ạảấầẩẫậớờởỡợừửữựđ]", said)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise on Windows")
def test_a_reader_that_has_gone_ends_the_command_quietly(desk: Desk) -> None:
    command = f"{sys.executable} -m desk --help | true"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, cwd=ROOT, env={**os.environ, **desk.environment}, check=False
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_command_is_understood_without_streams_of_a_terminal() -> None:
    said: list[str] = []
    assert run(["--version"], Voice(said.append, said.append), {}) == 0
    assert said == [f"motcua-desk {VERSION}"]
