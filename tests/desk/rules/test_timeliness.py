"""Early, on time, overdue; in time and due soon."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk.errors.rule import CalendarEnds
from desk.rules.timeliness import due_soon_until, ended_timeliness, open_timeliness
from tests.desk.rules.holidays import quang_ninh
from tests.desk.rules.office import at

OFFICE = quang_ninh()
DUE = at("2026-03-05 10:00")


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        ("2026-03-04 23:59", "early"),
        ("2026-03-05 00:00", "on_time"),
        ("2026-03-05 10:00", "on_time"),
        ("2026-03-05 10:01", "overdue"),
        ("2026-03-09 08:00", "overdue"),
    ],
)
def test_an_ended_dossier_is_compared_by_its_due_moment(ended: str, expected: str) -> None:
    assert ended_timeliness(at(ended), DUE) == expected


def test_the_whole_due_minute_is_on_time() -> None:
    last = DUE + timedelta(seconds=59, microseconds=999_999)
    assert ended_timeliness(last, DUE) == "on_time"
    assert open_timeliness(last, DUE, date(2026, 3, 5)) == "due_soon"
    assert open_timeliness(DUE, DUE + timedelta(seconds=1), date(2026, 3, 5)) == "due_soon"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-03 08:00", "in_time"),
        ("2026-03-04 08:00", "due_soon"),
        ("2026-03-05 10:00", "due_soon"),
        ("2026-03-05 10:01", "overdue"),
    ],
)
def test_an_open_dossier_is_in_time_due_soon_or_overdue(now: str, expected: str) -> None:
    soon = due_soon_until(at(now).date(), OFFICE)
    assert open_timeliness(at(now), DUE, soon) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2026-03-03 08:00", "in_time"), ("2026-03-05 10:00", "in_time"), ("2026-03-05 10:01", "overdue")],
)
def test_a_dossier_that_waits_for_the_citizen_stays_what_it_was(since: str, expected: str) -> None:
    assert open_timeliness(at("2026-03-20 08:00"), DUE, date(2026, 3, 20), at(since)) == expected


def test_a_wait_recorded_ahead_of_now_does_not_make_it_late() -> None:
    assert open_timeliness(at("2026-03-05 09:00"), DUE, date(2026, 3, 5), at("2026-03-06 09:00")) == "in_time"


def test_due_soon_on_a_friday_reaches_to_monday() -> None:
    assert due_soon_until(date(2026, 3, 6), OFFICE) == date(2026, 3, 9)
    with pytest.raises(CalendarEnds):
        due_soon_until(date(2027, 12, 31), OFFICE)
