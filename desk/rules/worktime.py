"""Working time: how much lies between two moments, and which moment lies so much later. Exact to the minute.

Every instant is cut to its minute first (decisions, 5). The closing minute belongs to the working hours, so
time that is used up at a closing ends there and not at the next opening.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from desk.clock import office_time, whole_minute
from desk.errors.rule import PeriodBackwards
from desk.rules.calendar import Calendar
from desk.rules.hours import DAY_MINUTES, at_minute


class Spent(NamedTuple):
    """What a stretch of working time took of one day; ends is the minute at which it stood still."""

    day: date
    minutes: int
    ends: int


def office_minute(instant: datetime) -> tuple[date, int]:
    """Return the office's day and minute of `instant`, cut to the minute; ValueError without an offset."""
    if instant.tzinfo is None:
        raise ValueError(f"no offset in {instant!r}")
    local = whole_minute(office_time(instant))
    return local.date(), local.hour * 60 + local.minute


def working_minutes(start_at: datetime, end_at: datetime, calendar: Calendar) -> int:
    """Return the working minutes from `start_at` to `end_at`.

    Raises PeriodBackwards if it ends before it begins, CalendarEnds where it leaves the calendar.
    """
    first, first_minute = office_minute(start_at)
    last, last_minute = office_minute(end_at)
    if (last, last_minute) < (first, first_minute):
        raise PeriodBackwards(
            start=f"{office_time(start_at):%d/%m/%Y %H:%M}", end=f"{office_time(end_at):%d/%m/%Y %H:%M}"
        )
    if first == last:
        return _minutes_within(first, first_minute, last_minute, calendar)
    total = _minutes_within(first, first_minute, DAY_MINUTES, calendar)
    day = calendar.day_after(first)
    while day < last:
        total += _minutes_within(day, 0, DAY_MINUTES, calendar)
        day = calendar.day_after(day)
    return total + _minutes_within(last, 0, last_minute, calendar)


def later_by(start_at: datetime, minutes: int, calendar: Calendar) -> datetime:
    """Return the earliest UTC instant with `minutes` of working time after `start_at`.

    0 minutes: `start_at` itself, cut to the minute. Raises CalendarEnds beyond the calendar.
    """
    day, minute = office_minute(start_at)
    *_, last = spending(day, minute, minutes, calendar)
    return at_minute(last.day, last.ends)


def spending(day: date, minute: int, minutes: int, calendar: Calendar) -> Iterator[Spent]:
    """Yield each day from `day` on, at least that one, with what it took of `minutes`, until nothing is left.

    minute: where it begins on the first day; days that took nothing are yielded too.
    """
    left = minutes
    while True:
        took, ends = 0, minute
        for span in calendar.hours_of(day):
            begins = max(span.opens, minute)
            part = min(left - took, span.closes - begins)
            if part > 0:
                took, ends = took + part, begins + part
        yield Spent(day, took, ends)
        left -= took
        if not left:
            return
        day, minute = calendar.day_after(day), 0


def _minutes_within(day: date, start: int, end: int, calendar: Calendar) -> int:
    return sum(max(0, min(span.closes, end) - max(span.opens, start)) for span in calendar.hours_of(day))
