"""`desk setup`, `desk import`, and homes that cannot be opened."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from desk import wiring
from desk.settings import load
from tests import homes
from tests.desk.commands.conftest import ROOT, Desk
from tests.terminal import Terminal

SETUP = ["setup", "--unit", "06709", "--agency-code", "H49.22.11", "--slot", "0"]


def test_a_home_is_made_with_an_officer_a_key_and_the_shipped_data(bare: Desk) -> None:
    made = bare.did(*SETUP, "--allow-test-clock")
    assert set(made) == {"desk", "unit", "agency_code", "slot"}
    assert (made["unit"], made["agency_code"], made["slot"]) == ("06709", "H49.22.11", 0)
    assert (bare.folder / "keys" / f"{made['desk']}.key").is_file()
    assert not list(bare.home.rglob("*.key"))
    found = bare.intake()
    assert bare.did("show", found["code"])["history"][0]["officer"] == "Cán bộ 1"


def test_language_officer_and_slot_are_kept(bare: Desk) -> None:
    words = [*SETUP[:-1], "3", "--language", "en", "--officer", "Phùn Sáng Mằn", "--allow-test-clock"]
    bare.did(*words)
    assert load(bare.home).language == "en"
    found = bare.intake()
    assert found["code"].endswith("-1501")
    assert bare.did("show", found["code"])["history"][0]["officer"] == "Phùn Sáng Mằn"


@pytest.mark.parametrize(
    ("words", "environment", "status", "code"),
    [
        (["setup", "--unit", "nowhere", *SETUP[3:]], {}, 1, "RULE-118"),
        ([*SETUP[:4], "h 49", *SETUP[5:]], {}, 1, "RULE-"),
        ([*SETUP[:-1], "-1"], {}, 1, "RULE-"),
        ([*SETUP[:-1], "99"], {}, 1, "RULE-"),
        ([*SETUP[:-1], "first"], {}, 2, "RULE-140"),
        ([*SETUP, "--language", "fr"], {}, 2, "RULE-140"),
        ([*SETUP, "--allow-test-clock", "--officer", " "], {}, 1, "RULE-"),
        (SETUP[:-2], {}, 2, "RULE-140"),
        (SETUP, {}, 1, "STORE-12"),
        ([*SETUP, "--allow-test-clock"], {"DESK_PIN": "123456"}, 1, "RULE-117"),
        ([*SETUP, "--allow-test-clock"], {"DESK_PIN": ""}, 1, "RULE-114"),
        ([*SETUP, "--allow-test-clock"], {"DESK_CLOCK": "yesterday"}, 1, "STORE-12"),
        ([*SETUP, "--allow-test-clock"], {"DESK_CLOCK": "@/nowhere"}, 1, "STORE-12"),
    ],
)
def test_a_home_that_cannot_be_made_is_refused_and_nothing_is_left(
    bare: Desk, words: list[str], environment: dict[str, str], status: int, code: str
) -> None:
    ran = bare.run(*words, **environment)
    assert ran.status == status
    assert ran.error.startswith(code)
    assert not wiring.is_home(bare.home)


def test_a_home_is_not_made_twice(desk: Desk) -> None:
    assert desk.run(*SETUP, "--allow-test-clock").error == "STORE-10"


def test_a_real_desk_refuses_the_test_clock(bare: Desk) -> None:
    bare.did(*SETUP, DESK_CLOCK="")
    assert bare.run("find", "x").error == "STORE-12"
    assert bare.run("find", "x", DESK_CLOCK="").status == 0


def test_without_a_home_every_command_says_how_to_make_one(bare: Desk) -> None:
    for words in (["find", "x"], ["show", "x"], ["check"], ["rebuild"], ["sync"], ["verify", "1"], ["inbox"]):
        assert bare.run(*words).error == "STORE-03"


def test_a_home_that_is_a_file_or_below_one_is_told(bare: Desk) -> None:
    bare.home.write_text("not a folder", encoding="utf-8")
    assert bare.run("find", "x").error == "STORE-02"
    assert bare.run("--home", str(bare.home / "deeper"), "find", "x").error == "STORE-02"
    assert bare.run(*SETUP, "--allow-test-clock").error == "STORE-02"


def test_a_database_of_a_newer_version_is_left_alone(desk: Desk) -> None:
    database = sqlite3.connect(desk.home / "desk.db")
    database.execute("UPDATE alembic_version SET version_num = 'd9999'")
    database.commit()
    database.close()
    assert desk.run("find", "x").error == "STORE-01"


def test_a_database_that_is_none_is_told(desk: Desk) -> None:
    for leftover in desk.home.glob("desk.db-*"):
        leftover.unlink()
    (desk.home / "desk.db").write_bytes(b"this is no database at all " * 400)
    assert desk.run("find", "x").error == "STORE-08"
    findings = desk.did("check")
    assert (findings[0]["id"], findings[0]["ok"]) == ("database", False)


@pytest.mark.parametrize("text", ["= nonsense", "[home]\ndesk = 3\n", '[scren]\nlanguage = "vi"\n', "[home]\n"])
def test_a_fault_in_the_settings_is_told(desk: Desk, text: str) -> None:
    (desk.home / "desk.toml").write_text(text, encoding="utf-8")
    assert desk.run("find", "x").error == "STORE-14"


def test_without_the_key_reading_works_and_writing_is_refused(desk: Desk) -> None:
    code = desk.intake()["code"]
    for key in (desk.folder / "keys").glob("*.key"):
        key.unlink()
    assert desk.did("show", code)["code"] == code
    assert desk.run("move", code, "processing").error == "STORE-05"
    assert {one["id"]: one["ok"] for one in desk.did("check")}["key"] is False


def test_reference_data_is_brought_in_and_counted(desk: Desk, written: Callable[[str, Any], str]) -> None:
    text = wiring.reference_texts()["holidays"]
    count = len(text.splitlines()) - 1
    same = desk.did("import", "holidays", written("a.csv", text))
    assert same == {"added": 0, "changed": 0, "unchanged": count, "dossiers": []}
    more = text + "2027-12-30,Thu,public_holiday,no,Ngày thử,Day of a test,,,projected,thử\n"
    added = {"added": 1, "changed": 0, "unchanged": count, "dossiers": []}
    assert desk.did("import", "holidays", written("b.csv", more), "--dry-run", DESK_PIN="") == added
    assert desk.did("import", "holidays", written("b.csv", more)) == added


def test_a_new_holiday_moves_open_dossiers_as_the_dry_run_said(desk: Desk, written: Callable[[str, Any], str]) -> None:
    code = desk.intake({"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 8000})["code"]
    promised = desk.did("show", code)["due_at"]
    more = wiring.reference_texts()["holidays"]
    more += "2026-11-27,Fri,compensatory_day_off,no,Nghỉ bão,A storm,,,official,thử\n"
    words = ["import", "holidays", written("b.csv", more)]
    listed = desk.did(*words, "--dry-run")["dossiers"]
    assert listed == [{"code": code, "due_at": promised, "new_due_at": "2026-12-01T08:30:00+07:00"}]
    assert desk.did("show", code)["due_at"] == promised
    assert desk.did(*words)["dossiers"] == listed
    shown = desk.did("show", code)
    assert (shown["due_at"], shown["promised_at"]) == (listed[0]["new_due_at"], promised)
    assert desk.did(*words)["dossiers"] == []


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "date,kind,is_working_day,name_vi,status\n2026-02-30,x,no,a,b\n"])
def test_a_file_with_faults_brings_nothing_in(desk: Desk, written: Callable[[str, Any], str], text: str) -> None:
    ran = desk.run("import", "holidays", written("a.csv", text))
    assert (ran.status, ran.error[:4]) == (1, "RULE")


def test_other_kinds_and_other_bytes_are_refused(desk: Desk, written: Callable[[str, Any], str]) -> None:
    assert desk.run("import", "songs", "x").status == 2
    assert desk.run("import", "units", written("a.csv", b"\xff\xff\x00")).error == "RULE-109"
    assert desk.run("import", "units", "nowhere.csv").error == "STORE-15"


@contextmanager
def _nobody() -> Iterator[None]:
    """Be a user who owns nothing for a moment; root would be let in everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o555])
def test_a_home_without_the_right_to_read_or_write_it_is_told(desk: Desk, mode: int) -> None:
    desk.intake()
    for folder in (desk.home.parent, desk.home):
        folder.chmod(0o755)
    desk.home.chmod(mode)
    try:
        with _nobody():
            assert desk.run("intake", "-", stdin="{}").error.startswith("STORE-")
            assert desk.run("inbox", "import", "-", stdin="[]").error.startswith("STORE-")
    finally:
        desk.home.chmod(0o755)
    assert len(desk.did("find", "lan")) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal to type at")
def test_a_person_at_a_terminal_types_the_new_pin_twice_and_unseen(bare: Desk) -> None:
    environment = {**bare.environment, "DESK_PIN": "", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "desk", *SETUP, "--allow-test-clock"]
    for second, said in (("246800", "RULE-145"), (homes.PIN, "is set up")):
        with Terminal(command, env=environment) as terminal:
            terminal.wait_for("PIN of Cán bộ 1:")
            terminal.type(f"{homes.PIN}\r")
            terminal.wait_for("once more:")
            terminal.type(f"{second}\r")
            assert homes.PIN not in terminal.wait_for(said)
    assert bare.intake()["code"].endswith("-0001")
