"""`desk undo`, `desk handover`, `desk day-close`, `desk calendar set`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import homes, oracle
from tests.desk.commands.conftest import Desk
from tests.receipts.looking import text_of

THREE_DAYS = {"procedure": "1.004873", "owner": homes.citizen(), "fee_dong": 8000}
DUE = "2026-11-30T08:30:00+07:00"
MORNINGS = "\n".join(["[hours]", *(f'{day} = ["07:30-11:30"]' for day in ("mon", "tue", "wed", "thu", "fri"))])


def accepted(desk: Desk, number: int = 1) -> str:
    return str(desk.intake({**THREE_DAYS, "owner": homes.citizen(number)})["code"])


def said_by(path: str) -> str:
    return text_of(Path(path).read_bytes()).replace("\u00a0", " ")


def test_the_last_act_of_five_minutes_is_reversed(desk: Desk) -> None:
    code = accepted(desk)
    desk.did("move", code, "resolved")
    done = desk.did("undo", DESK_CLOCK="2026-11-25T08:35:00+07:00")
    assert (done["undone"], done["code"]) == (["dossier.resolved"], code)
    assert desk.did("show", code)["status"] == "accepted"
    assert desk.run("undo").error == "RULE-127"


def test_an_act_of_longer_ago_or_none_at_all_is_not_reversed(desk: Desk) -> None:
    assert desk.run("undo").error == "RULE-127"
    code = accepted(desk)
    desk.did("move", code, "resolved")
    assert desk.run("undo", DESK_CLOCK="2026-11-25T08:35:01+07:00").error == "RULE-127"
    assert desk.run("undo", DESK_PIN="").error == "RULE-114"
    assert desk.did("show", code)["status"] == "resolved"


def test_an_apology_and_a_cause_are_reversed_with_their_papers(desk: Desk) -> None:
    code = accepted(desk)
    desk.did("apology", code, "--due", "2026-12-03T09:00:00+07:00", "--cause", "staff")
    desk.did("delay", code, "--cause", "staff")
    assert desk.did("undo")["undone"] == ["delay.recorded"]
    assert desk.did("show", code)["causes"] == []
    other = accepted(desk, 2)
    desk.did("apology", other, "--due", "2026-12-03T09:00:00+07:00", "--cause", "staff")
    assert desk.did("undo")["undone"] == ["dossier.apologised"]
    shown = desk.did("show", other)
    assert (shown["due_at"], shown["apologised_at"]) == (DUE, None)
    assert {paper["kind"]: paper["state"] for paper in shown["papers"]}["apology"] == "voided"


def test_nothing_is_reversed_behind_an_act_on_many_dossiers(desk: Desk) -> None:
    code = accepted(desk)
    span = ["--from", "2026-11-25T08:00:00+07:00", "--to", "2026-11-25T08:29:00+07:00"]
    assert desk.did("outage", *span, "--cause", "power_outage")["dossiers"] == []
    assert desk.run("undo").error == "RULE-127"
    desk.did("handover", "--to", "so-tu-phap", code)
    assert desk.run("undo").error == "RULE-127"
    assert desk.did("show", code)["holder"] == "so-tu-phap"


def test_a_batch_goes_to_a_unit_with_its_list(desk: Desk) -> None:
    codes = [accepted(desk, number) for number in (1, 2)]
    words = ["--receiver", "Lê Văn Sơn", "--return-by", "2026-11-27T16:00", "--note", "giao một lần"]
    done = desk.did("handover", "--to", "so-tu-phap", *codes, *words)
    assert done["dossiers"] == codes
    text = said_by(done["paper"])
    assert all(code.partition("-")[2] in text for code in codes)
    assert "Lê Văn Sơn" in text
    assert "16 giờ 00, 27/11/2026" in text
    shown = desk.did("show", codes[0])
    assert (shown["status"], shown["holder"]) == ("processing", "so-tu-phap")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--to", "nowhere", "CODE"], "RULE-118"),
        (["--to", "so-tu-phap", "CODE", "H49.22.11-261125-0999"], "RULE-101"),
        (["--to", "so-tu-phap"], "RULE-140"),
        (["CODE"], "RULE-140"),
        (["--to", "so-tu-phap", "CODE", "--return-by", "soon"], "RULE-126"),
    ],
)
def test_a_batch_that_cannot_go_goes_not_at_all(desk: Desk, words: list[str], code: str) -> None:
    number = accepted(desk)
    assert desk.run("handover", *(number if word == "CODE" else word for word in words)).error == code
    assert desk.did("show", number)["status"] == "accepted"


def test_the_day_is_closed_on_a_sheet_as_often_as_it_is_asked_for(desk: Desk) -> None:
    accepted(desk)
    first = desk.did("day-close")
    assert first["copy"] == 1
    assert "Hồ sơ tiếp nhận: 1" in said_by(first["paper"])
    assert desk.did("day-close")["copy"] == 2
    before = desk.did("day-close", "--day", "2026-11-23")
    assert "Hồ sơ tiếp nhận: 0" in said_by(before["paper"])
    assert desk.run("day-close", "--day", "2026-11-31").error == "RULE-141"
    assert desk.run("day-close", DESK_PIN="").error == "RULE-114"


def test_a_changed_calendar_lists_what_it_touches_before_it_touches_it(
    desk: Desk, written: Callable[[str, Any], str]
) -> None:
    touched, untouched = accepted(desk, 1), accepted(desk, 2)
    desk.did("apology", untouched, "--due", "2026-12-03T09:00:00+07:00", "--cause", "staff")
    file = written("c.toml", 'reach = "2027-06-30"\n' + MORNINGS + '\n[days]\noff = ["2026-11-27"]\n')
    listed = desk.did("calendar", "set", file, "--dry-run", DESK_PIN="")
    assert listed == [{"code": touched, "due_at": DUE, "new_due_at": "2026-12-01T08:30:00+07:00"}]
    assert desk.did("show", touched)["due_at"] == DUE
    assert oracle.look(desk.home).of_kind("calendar.changed") == []
    assert desk.did("calendar", "set", file) == listed
    shown = desk.did("show", touched)
    assert (shown["due_at"], shown["promised_at"]) == (listed[0]["new_due_at"], DUE)
    assert desk.did("show", untouched)["due_at"] == "2026-12-03T09:00:00+07:00"
    log = oracle.look(desk.home)
    ((_head, body),) = log.of_kind("calendar.changed")
    assert (body["touched"], body["calendar"]["days"]["off"]) == (1, ["2026-11-27"])
    ((_head, extended),) = log.of_kind("dossier.extended")
    assert extended["ground"] == "calendar"
    assert desk.did("calendar", "set", file) == []
    due = desk.did("due", "--received", "2026-11-26T08:30", "--term", "1 working_day")
    assert due["due_at"] == "2026-11-30T08:30:00+07:00"


def test_the_hours_of_a_changed_calendar_hold_for_the_next_intake(
    desk: Desk, written: Callable[[str, Any], str]
) -> None:
    desk.did("calendar", "set", written("c.toml", MORNINGS))
    assert accepted(desk).startswith("H49.22.11-")
    assert desk.did("worktime", "--from", "2026-11-25T00:00", "--to", "2026-11-26T00:00") == {"minutes": 240}
    assert desk.did("report", "--from", "2026-11-25", "--to", "2026-11-25")["total"]["received"] == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("= [", "STORE-15"),
        ("[hour]\n", "RULE-10"),
        ('[hours]\nmon = ["9-8"]\n', "RULE-1"),
        ("[hours]\n", "RULE-13"),
        ('reach = "2026-11-26"\n', "RULE-14"),
    ],
)
@pytest.mark.parametrize("how", [[], ["--dry-run"]])
def test_a_calendar_that_cannot_hold_changes_nothing(
    desk: Desk, written: Callable[[str, Any], str], text: str, code: str, how: list[str]
) -> None:
    accepted(desk)
    assert desk.run("calendar", "set", written("c.toml", text), *how).error.startswith(code)
    assert oracle.look(desk.home).of_kind("calendar.changed") == []
    assert desk.did("worktime", "--from", "2026-11-25T00:00", "--to", "2026-11-26T00:00") == {"minutes": 450}


def test_the_calendar_is_changed_with_a_pin_and_a_file(desk: Desk, written: Callable[[str, Any], str]) -> None:
    assert desk.run("calendar", "set", written("c.toml", MORNINGS), DESK_PIN="").error == "RULE-114"
    assert desk.run("calendar", "set", "nowhere.toml").error == "STORE-15"
    assert desk.run("calendar").status == 2
