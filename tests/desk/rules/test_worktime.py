"""Working time between two moments and moments so much later, to the minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desk.clock import OFFICE_ZONE
from desk.errors.rule import CalendarEnds, PeriodBackwards
from desk.rules.worktime import later_by, working_minutes
from tests.desk.rules.holidays import quang_ninh
from tests.desk.rules.office import at, calendar_of

OFFICE = quang_ninh()


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-02 07:30", "2026-03-02 17:00", 450),
        ("2026-03-02 00:00", "2026-03-02 23:59", 450),
        ("2026-03-02 11:00", "2026-03-02 14:00", 60),
        ("2026-03-02 11:30", "2026-03-02 13:30", 0),
        ("2026-03-02 16:00", "2026-03-03 08:00", 90),
        ("2026-03-06 17:00", "2026-03-09 07:30", 0),
        ("2026-01-09 17:00", "2026-01-12 07:30", 450),  # the made-up Saturday
        ("2026-02-13 17:00", "2026-02-23 07:30", 0),  # Tết
        ("2025-12-31 16:00", "2026-01-05 08:00", 90),  # over the end of a year
        ("2026-03-02 08:15", "2026-03-02 08:15", 0),
    ],
)
def test_working_time_counts_only_the_desks_hours(start: str, end: str, minutes: int) -> None:
    assert working_minutes(at(start), at(end), OFFICE) == minutes


def test_a_desk_that_opens_at_midnight_loses_no_minute() -> None:
    night = calendar_of('[hours]\nmon = ["00:00-04:00"]\ntue = ["00:00-04:00"]\nwed = ["00:00-04:00", "22:00-23:59"]')
    assert working_minutes(at("2026-03-02 03:00"), at("2026-03-04 01:00"), night) == 60 + 240 + 60
    assert later_by(at("2026-03-02 03:00"), 61, night) == at("2026-03-03 00:01")
    assert working_minutes(at("2026-03-04 22:00"), at("2026-03-05 08:00"), night) == 119


def test_a_whole_year_has_the_working_days_of_the_files() -> None:
    # domain 5.2: 2024 251, 2025 250, 2026 249, 2027 249 working days of 450 minutes.
    for year, days in ((2024, 251), (2025, 250), (2026, 249)):
        assert working_minutes(at(f"{year}-01-01 00:00"), at(f"{year + 1}-01-01 00:00"), OFFICE) == days * 450
    assert working_minutes(at("2027-01-01 00:00"), at("2027-12-31 23:59"), OFFICE) == 249 * 450


def test_a_period_that_runs_backwards_is_refused() -> None:
    with pytest.raises(PeriodBackwards) as refused:
        working_minutes(at("2026-03-02 08:01"), at("2026-03-02 08:00"), OFFICE)
    assert refused.value.facts == {"start": "02/03/2026 08:01", "end": "02/03/2026 08:00"}


def test_seconds_within_the_same_minute_are_no_backward_period() -> None:
    later = at("2026-03-02 08:00") + timedelta(seconds=59)
    assert working_minutes(later, at("2026-03-02 08:00"), OFFICE) == 0


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02 08:00", 0, "2026-03-02 08:00"),
        ("2026-03-02 19:00", 0, "2026-03-02 19:00"),
        ("2026-03-02 08:00", 210, "2026-03-02 11:30"),
        ("2026-03-02 08:00", 211, "2026-03-02 13:31"),
        ("2026-03-02 17:00", 1, "2026-03-03 07:31"),
        ("2026-03-07 10:00", 450, "2026-03-09 17:00"),
    ],
)
def test_the_moment_so_much_later_is_the_earliest_one(start: str, minutes: int, end: str) -> None:
    assert later_by(at(start), minutes, OFFICE) == at(end)


def test_a_moment_without_offset_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="no offset"):
        working_minutes(datetime(2026, 3, 2, 8, 0), at("2026-03-02 08:00"), OFFICE)  # noqa: DTZ001 - the point


def test_beyond_the_reach_nothing_is_counted() -> None:
    with pytest.raises(CalendarEnds):
        working_minutes(at("2027-12-31 08:00"), at("2028-01-03 08:00"), OFFICE)
    with pytest.raises(CalendarEnds):
        later_by(at("2027-12-31 16:00"), 61, OFFICE)
    assert later_by(at("2027-12-31 16:00"), 60, OFFICE) == datetime(2027, 12, 31, 17, 0, tzinfo=OFFICE_ZONE)
