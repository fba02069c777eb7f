"""`desk check`, `desk rebuild`, `desk simulate`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import homes, oracle
from tests.desk.commands.conftest import Desk

LINES = [
    "database",
    "mirror",
    "key",
    "attachments",
    "disk",
    "backup",
    "clock",
    "zone",
    "printer",
    "fonts",
    "center",
    "calendar",
    "terminal",
]


def _found(desk: Desk, name: str) -> dict[str, object]:
    (one,) = [one for one in desk.did("check") if one["id"] == name]
    assert set(one) == {"id", "ok", "said", "do"}
    return dict(one)


def test_a_sound_desk_is_found_sound(desk: Desk) -> None:
    desk.intake()
    found = desk.did("check")
    assert [one["id"] for one in found] == LINES
    wrong = {one["id"] for one in found if not one["ok"]}
    assert wrong <= {"zone", "printer"}  # those belong to the machine that runs the test
    assert all(one["do"] for one in found if not one["ok"])
    assert "mirror" in desk.run("check", json=False).out


def _tampered(desk: Desk, statement: str) -> None:
    database = sqlite3.connect(desk.home / "desk.db")
    for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f"DROP TRIGGER {trigger}")
    database.execute(statement)
    database.commit()
    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = CAST(replace(body, '1.001193', '1.000894') AS BLOB) WHERE kind = 'dossier.accepted'",
        "UPDATE event SET private = CAST(replace(private, 'Lan', 'Mai') AS BLOB) WHERE kind = 'dossier.accepted'",
        "UPDATE event SET head = CAST(replace(head, 'import', 'import2') AS BLOB) WHERE seq = 3",
        "UPDATE event SET kind = 'dossier.refused' WHERE kind = 'dossier.accepted'",
        "DELETE FROM event WHERE seq = 4",
    ],
)
def test_an_event_that_was_changed_or_taken_out_is_found(desk: Desk, statement: str) -> None:
    desk.intake()
    _tampered(desk, statement)
    assert _found(desk, "database")["ok"] is False


def test_a_mirror_that_says_something_else_is_found(desk: Desk) -> None:
    desk.intake()
    (path,) = (desk.home / "mirror").glob("*.log")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], lines[2].replace(b'"kind"', b'"kinD"'), *lines[3:]]))
    assert _found(desk, "mirror")["ok"] is False


def test_a_clock_in_doubt_and_a_calendar_that_ends_are_found(desk: Desk) -> None:
    desk.intake()
    later = {one["id"]: one["ok"] for one in desk.did("check", DESK_CLOCK="2027-12-01T08:00:00+07:00")}
    assert (later["clock"], later["calendar"]) == (False, False)
    value = json.dumps(homes.birth())
    assert desk.run("intake", "-", stdin=value, DESK_CLOCK="2026-11-24T08:00:00+07:00").error == "RULE-112"
    assert desk.run("intake", "-", stdin=value, DESK_CLOCK="2027-12-01T08:00:00+07:00").error == "RULE-112"


def test_a_rebuild_finds_everything_as_it_was(desk: Desk) -> None:
    code = desk.intake()["code"]
    desk.did("move", code, "processing")
    assert desk.did("rebuild") == {"same": True, "differences": []}


def test_a_rebuild_mends_what_was_changed_behind_its_back(desk: Desk) -> None:
    code = desk.intake()["code"]
    _tampered(desk, "UPDATE dossier SET owner_name = 'Ai đó', status = 'returned'")
    found = desk.did("rebuild")
    assert found["same"] is False
    assert "owner_name" in found["differences"][0]
    assert desk.did("rebuild")["same"] is True
    assert desk.did("show", code)["status"] == "accepted"
    _tampered(desk, "DELETE FROM dossier")
    desk.did("check", "--repair")
    assert [one["code"] for one in desk.did("find", "lan")] == [code]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, dict[str, object], list[str]]:
    """A desk with 300 invented dossiers, what `simulate` answered, and the truth it wrote."""
    folder = tmp_path_factory.mktemp("filled")
    homes.copied_home(folder)
    desk = Desk(folder)
    answer = desk.did("simulate", "--dossiers", 300, "--seed", 11, "--truth", folder / "truth.jsonl", DESK_PIN="")
    return desk, answer, (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()


def test_a_simulated_home_holds_what_the_answer_and_the_truth_say(
    filled: tuple[Desk, dict[str, object], list[str]],
) -> None:
    desk, answer, truth = filled
    assert set(answer) == {"from", "to", "dossiers", "events", "surveys"}
    seen = oracle.look(desk.home)
    assert seen.faults == []
    assert answer["dossiers"] == 300
    assert answer["events"] == len(seen.heads) - 6  # the events of the set-up
    assert answer["surveys"] == len(seen.of_kind("survey.captured"))
    assert answer["to"] == "2026-11-25"
    told = [json.loads(line) for line in truth]
    accepted = {one["code"]: one for one in told if "dossier" in one and _was_accepted(one)}
    assert sorted(seen.codes) == sorted(accepted)
    for code in sorted(accepted)[::25]:
        assert desk.did("show", code)["status"] == accepted[code]["status"]
    assert {body["slip"] for _head, body in seen.of_kind("dossier.accepted")} == {"not_due"}


def _was_accepted(one: dict[str, object]) -> bool:
    steps = one["steps"]
    assert isinstance(steps, list)
    return any(step["what"] == "accepted" for step in steps)


def test_the_report_of_a_simulated_period_keeps_its_identities_and_a_rebuild_says_same(
    filled: tuple[Desk, dict[str, object], list[str]],
) -> None:
    desk, answer, _truth = filled
    found = desk.did("report", "--from", answer["from"], "--to", answer["to"], "--by", "procedure")
    assert found["total"]["received"] > 200
    assert all(check["holds"] for check in found["checks"])
    assert desk.did("rebuild")["same"] is True
    assert all(one["ok"] for one in desk.did("check") if one["id"] in ("database", "mirror", "clock"))


def test_work_goes_on_after_a_simulation_of_any_time(desk: Desk, tmp_path: Path) -> None:
    words = ["--dossiers", 20, "--seed", 1, "--from", "2026-03-02", "--to", "2026-03-06"]
    desk.did("simulate", *words, "--truth", tmp_path / "one")
    assert desk.intake()["code"] == "H49.22.11-261125-0001"
    other = Desk(tmp_path / "other")
    homes.copied_home(other.folder)
    other.did("simulate", *words, "--truth", tmp_path / "two")
    assert (tmp_path / "one").read_text("utf-8") == (tmp_path / "two").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--dossiers", "0", "--seed", "1"], 2),
        (["--dossiers", "many", "--seed", "1"], 2),
        (["--dossiers", "3"], 2),
        (["--dossiers", "3", "--seed", "1", "--from", "2026-11-01"], 2),
        (["--dossiers", "3", "--seed", "1", "--from", "2026-11-09", "--to", "2026-11-01"], 1),
        (["--dossiers", "3", "--seed", "1", "--from", "2026-11-08", "--to", "2026-11-08"], 1),
        (["--dossiers", "3", "--seed", "1", "--truth", "/nowhere/truth"], 1),
    ],
)
def test_a_simulation_that_cannot_be_is_refused(desk: Desk, words: list[str], status: int) -> None:
    ran = desk.run("simulate", *words)
    assert (ran.status, len(ran.error)) == (status, len(ran.error))
    assert oracle.look(desk.home).codes == []


def test_a_real_desk_is_never_filled_with_invented_dossiers(bare: Desk) -> None:
    bare.did("setup", "--unit", "06709", "--agency-code", "H49.22.11", "--slot", "0", DESK_CLOCK="")
    assert bare.run("simulate", "--dossiers", "3", "--seed", "1", DESK_CLOCK="").error == "RULE-124"


@pytest.mark.parametrize(
    ("clock", "ok"),
    [
        ("2027-10-01T08:00:00+07:00", True),  # 91 days before the end of the shipped holidays
        ("2027-10-02T08:00:00+07:00", False),
        ("2027-12-31T17:00:00+07:00", False),
        ("2028-01-03T08:00:00+07:00", False),
    ],
)
def test_the_check_warns_ninety_days_before_the_calendar_ends(desk: Desk, clock: str, ok: bool) -> None:
    found = {one["id"]: one for one in desk.did("check", DESK_CLOCK=clock)}["calendar"]
    assert (found["ok"], "31/12/2027" in found["said"]) == (ok, True)
    assert ("holidays" in found["do"]) is not ok


def test_an_own_calendar_that_ends_earlier_is_warned_of_earlier(desk: Desk, written: Callable[[str, Any], str]) -> None:
    desk.did("calendar", "set", written("c.toml", 'reach = "2027-02-20"\n'))
    found = {one["id"]: one for one in desk.did("check")}["calendar"]
    assert (found["ok"], "20/02/2027" in found["said"]) == (False, True)
