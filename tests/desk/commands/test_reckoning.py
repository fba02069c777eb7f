"""`desk due`, `desk worktime`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

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


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-25T08:30", "2026-11-25T08:30", 0),
        ("2026-11-25T07:00", "2026-11-25T23:00", 450),
        ("2026-11-25T11:00:30+07:00", "2026-11-25T14:00:59+07:00", 60),
        ("2026-11-27T16:30", "2026-11-30T08:00", 60),  # over a weekend
        ("2026-11-23T16:00", "2026-11-25T08:30", 120),  # 24 November is a day off
        ("2026-08-21T16:00", "2026-08-24T08:30", 570),  # 22 August is a made-up Saturday
        ("2026-11-25T01:30:00+00:00", "2026-11-25T09:00:00+07:00", 30),
    ],
)
def test_working_time_is_exact_to_the_minute(desk: Desk, start: str, end: str, minutes: int) -> None:
    assert desk.did("worktime", "--from", start, "--to", end) == {"minutes": minutes}


def test_working_time_goes_by_a_calendar_file_and_needs_no_desk(bare: Desk, written: Callable[[str, Any], str]) -> None:
    words = ["worktime", "--from", "2026-11-17T00:00", "--to", "2026-11-21T00:00"]
    assert bare.did(*words) == {"minutes": 4 * 450}
    assert bare.did(*words, "--calendar", written("c.toml", HALF_DAYS)) == {"minutes": 2 * 240}
    assert not bare.home.exists()
    assert (
        "480 working minutes (8 h 00 min)"
        in bare.run(*words, "--calendar", written("c.toml", HALF_DAYS), json=False).out
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--from", "2026-11-25T09:00", "--to", "2026-11-25T08:59"], "RULE-18"),
        (["--from", "2026-11-25T09:00", "--to", "2028-01-03T08:00"], "RULE-14"),
        (["--from", "yesterday", "--to", "2026-11-25T08:59"], "RULE-126"),
        (["--from", "2026-11-25T09:00", "--to", "2026-11-26T09:00", "--calendar", "nowhere"], "STORE-15"),
        (["--from", "2026-11-25T09:00"], "RULE-140"),
    ],
)
def test_working_time_that_cannot_be_counted_is_told(desk: Desk, words: list[str], code: str) -> None:
    assert desk.run("worktime", *words).error == code
