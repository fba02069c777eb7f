"""How many come when, and how far back a number of visits reaches."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.clock import office_day
from desk.rules.invented.office import PER_DAY, OfficeTime, simulated_span, visits_by_day
from desk.rules.worktime import office_minute
from tests.desk.rules.invented.place import NOW, the_place

CALENDAR = the_place().calendar
TODAY = office_day(NOW)


def test_a_span_reaches_back_at_seventy_a_day_and_counts_the_part_of_today() -> None:
    assert simulated_span(CALENDAR, NOW, 1) == (TODAY, TODAY)
    # Tuesday 24 November 2026 is Vietnam Culture Day, so Monday is the working day before.
    assert simulated_span(CALENDAR, NOW, PER_DAY) == (date(2026, 11, 23), TODAY)
    first, _last = simulated_span(CALENDAR, NOW, 10_000)
    working = [first + timedelta(days=n) for n in range((TODAY - first).days)]
    assert sum(bool(CALENDAR.hours_of(day)) for day in working) == 143


def test_before_opening_the_last_day_is_the_working_day_before() -> None:
    early = datetime(2026, 11, 25, 0, 10, tzinfo=UTC)
    assert simulated_span(CALENDAR, early, 10)[1] == date(2026, 11, 23)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5000), st.integers(0, 10**6))
def test_the_visits_of_all_days_are_the_visits_asked_for(count: int, seed: int) -> None:
    span = (date(2026, 10, 1), TODAY)
    days = visits_by_day(Random(seed), CALENDAR, span, NOW, count)
    assert sum(visits for _day, visits in days) == count
    assert all(visits >= 0 and CALENDAR.hours_of(day) for day, visits in days)


def test_mondays_are_fuller_than_fridays() -> None:
    days = visits_by_day(Random(1), CALENDAR, (date(2026, 1, 1), TODAY), NOW, 20_000)
    mondays = [visits for day, visits in days if day.weekday() == 0]
    fridays = [visits for day, visits in days if day.weekday() == 4]
    assert sum(mondays) / len(mondays) > 1.2 * sum(fridays) / len(fridays)


def test_people_come_early_in_each_half_of_the_day() -> None:
    office = OfficeTime(Random(2), CALENDAR, date(2026, 11, 1), NOW)
    minutes = [office_minute(office.arrival(date(2026, 11, 18)))[1] for _nth in range(600)]
    morning = [minute for minute in minutes if minute <= 11 * 60 + 30]
    assert sum(minute < 9 * 60 + 30 for minute in morning) > 0.55 * len(morning)
    assert all(7 * 60 + 30 <= minute < 17 * 60 for minute in minutes)


def test_nobody_arrives_after_now() -> None:
    office = OfficeTime(Random(2), CALENDAR, TODAY, NOW)
    assert all(office.arrival(TODAY) <= NOW for _nth in range(200))


def test_soon_after_closing_is_the_next_working_morning_and_soon_at_noon_the_afternoon() -> None:
    office = OfficeTime(Random(2), CALENDAR, date(2026, 11, 1), NOW)
    friday_evening = office.soon(datetime(2026, 11, 20, 9, 50, tzinfo=UTC), 30, 30)
    assert friday_evening is not None
    assert office_minute(friday_evening)[0] == date(2026, 11, 23)
    noon = office.soon(datetime(2026, 11, 20, 4, 20, tzinfo=UTC), 30, 30)
    assert noon is not None
    day, minute = office_minute(noon)
    assert day == date(2026, 11, 20)
    assert 13 * 60 + 30 <= minute < 13 * 60 + 50


def test_what_lies_beyond_the_end_does_not_happen() -> None:
    office = OfficeTime(Random(2), CALENDAR, date(2026, 11, 1), NOW)
    assert office.after(NOW, 1) is None
    assert office.soon(NOW + timedelta(hours=7), 1, 10) is None
