"""`desk due`, `desk report`, `desk register`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import homes
from tests.desk.commands.conftest import Desk

HALF_DAYS = """
[hours]
mon = ["08:00-12:00"]
tue = ["08:00-12:00"]
wed = []
thu = ["08:00-12:00"]
fri = ["08:00-12:00"]
[days]
off = ["2026-11-19"]
"""
PERIOD = ["--from", "2026-11-01", "--to", "2026-11-30"]


def test_a_due_moment_is_reckoned_without_a_desk_and_explained_day_by_day(bare: Desk) -> None:
    found = bare.did("due", "--received", "2025-04-29T10:00:00+07:00", "--term", "3 working_day")
    assert found["due_at"] == "2025-05-07T10:00:00+07:00"
    assert [day["on"] for day in found["trail"] if day["counted"]] == ["2025-05-05", "2025-05-06", "2025-05-07"]
    assert {day["why"] for day in found["trail"]} == {"accepted", "off", "weekend", "working"}
    assert not bare.home.exists()


@pytest.mark.parametrize(
    ("term", "due_at"),
    [
        ("0.5 working_day", "2026-11-25T14:15:00+07:00"),
        ("4 hour", "2026-11-25T14:30:00+07:00"),
        ("within_day", "2026-11-25T17:00:00+07:00"),
        ("1 calendar_day", "2026-11-26T17:00:00+07:00"),
    ],
)
def test_every_unit_is_reckoned_by_the_desks_calendar(desk: Desk, term: str, due_at: str) -> None:
    assert desk.did("due", "--received", "2026-11-25T08:30", "--term", term)["due_at"] == due_at


def test_a_cut_off_counts_the_dossier_as_the_next_days(desk: Desk) -> None:
    words = ["due", "--received", "2026-11-25T15:30:00+07:00", "--term", "within_day", "--cutoff", "15:00"]
    assert desk.did(*words)["due_at"] == "2026-11-26T17:00:00+07:00"


def test_a_calendar_file_takes_the_desks_place(desk: Desk, written: Callable[[str, Any], str]) -> None:
    words = ["due", "--received", "2026-11-17T09:00:00+07:00", "--term", "1 working_day"]
    found = desk.did(*words, "--calendar", written("c.toml", HALF_DAYS))
    assert found["due_at"] == "2026-11-20T09:00:00+07:00"
    assert desk.did(*words)["due_at"] == "2026-11-18T09:00:00+07:00"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--received", "2025-02-30T10:00:00+07:00", "--term", "1 hour"], "RULE-126"),
        (["--received", "now", "--term", "1 hour"], "RULE-126"),
        (["--received", "2026-11-25T10:00:00+07:00", "--term", "3 moons"], "RULE-16"),
        (["--received", "2026-11-25T10:00:00+07:00", "--term", "0 hour"], "RULE-16"),
        (["--received", "2026-11-25T10:00:00+07:00", "--term", "-1 working_day"], "RULE-16"),
        (["--received", "2026-11-25T10:00:00+07:00", "--term", "1 hour", "--cutoff", "25:00"], "RULE-17"),
        (["--received", "2027-12-31T10:00:00+07:00", "--term", "30 working_day"], "RULE-14"),
        (["--received", "9999-12-31T23:59:00-12:00", "--term", "1 hour"], "RULE-126"),
        (["--received", "2026-11-25T10:00:00+07:00", "--term", "1 hour", "--calendar", "nowhere"], "STORE-15"),
    ],
)
def test_what_cannot_be_reckoned_is_told(desk: Desk, words: list[str], code: str) -> None:
    assert desk.run("due", *words).error == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("= [", "STORE-15"),
        ("[hour]\n", "RULE-10"),
        ('[hours]\nmon = ["9-8"]\n', "RULE-1"),
        ("[days]\noff=1\n", "RULE-1"),
    ],
)
def test_a_calendar_file_with_a_fault_names_it(
    desk: Desk, written: Callable[[str, Any], str], text: str, code: str
) -> None:
    words = ["due", "--received", "2026-11-24T09:00:00+07:00", "--term", "1 hour"]
    assert desk.run(*words, "--calendar", written("c.toml", text)).error.startswith(code)


def test_the_report_counts_what_was_done_and_its_identities_hold(desk: Desk) -> None:
    desk.intake(homes.birth(1))
    done = desk.intake(homes.birth(2))["code"]
    desk.did("move", done, "resolved")
    found = desk.did("report", *PERIOD)
    assert {"from", "to", "rows", "total", "checks", "survey", "adjustments"} <= set(found)
    assert (found["total"]["received"], found["total"]["resolved"], found["total"]["in_progress"]) == (2, 1, 1)
    assert [row["key"] for row in found["rows"]] == ["HT"]
    assert all(check["holds"] and check["left"] == check["right"] for check in found["checks"])
    for group in ("procedure", "officer", "unit"):
        assert desk.did("report", *PERIOD, "--by", group)["total"] == found["total"]
    assert desk.did("report", *PERIOD, "--unit", "06709")["total"] == found["total"]
    assert "(13)" in desk.run("report", *PERIOD, json=False).out


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--from", "2026-11-30", "--to", "2026-11-01"], 1),
        (["--from", "2026-02-30", "--to", "2026-11-01"], 1),
        (["--from", "today", "--to", "tomorrow"], 1),
        ([*PERIOD, "--unit", "nowhere"], 1),
        ([*PERIOD, "--by", "colour"], 2),
        (["--from", "2026-11-30"], 2),
    ],
)
def test_a_report_that_cannot_be_is_refused(desk: Desk, words: list[str], status: int) -> None:
    ran = desk.run("report", *words)
    assert (ran.status, ran.error[:5]) == (status, "RULE-")


def test_the_register_lists_a_period_in_the_order_of_acceptance(desk: Desk) -> None:
    codes = [desk.intake(homes.birth(number))["code"] for number in (1, 2)]
    found = desk.did("register", *PERIOD)
    assert [(row["number"], row["code"]) for row in found] == list(enumerate(codes, 1))
    assert desk.did("register", "--from", "2026-10-01", "--to", "2026-10-31") == []
    assert codes[1] in desk.run("register", *PERIOD, json=False).out
