"""The hours of one day and of one week, in minutes since the office's midnight (+07:00)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from desk.clock import OFFICE_ZONE
from desk.errors.rule import CalendarEntryUnreadable, CalendarHoursImpossible


class Span(NamedTuple):
    """A part of a day, in minutes since the office's midnight; the closing minute belongs to it."""

    opens: int
    closes: int


Hours = tuple[Span, ...]
"""The parts of one day in order; () is a day without work."""

Week = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
"""Hours from Monday to Sunday."""

DAY_MINUTES = 24 * 60

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_FULL_DAY: Hours = (Span(7 * 60 + 30, 11 * 60 + 30), Span(13 * 60 + 30, 17 * 60))
DEFAULT_WEEK: Week = (_FULL_DAY, _FULL_DAY, _FULL_DAY, _FULL_DAY, _FULL_DAY, (), ())
"""Monday to Friday 07:30-11:30 and 13:30-17:00 (decisions, 5); the province's own hours are a setting."""

_CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])", re.ASCII)


def minutes_of(hours: Hours) -> int:
    """Return the working minutes of a day."""
    return sum(span.closes - span.opens for span in hours)


def fitted(hours: Hours, minute: int) -> int:
    """Return `minute` moved into the hours of a working day.

    Before its opening or between two parts: the next opening; after its closing: its closing (decisions, 5).
    """
    for span in hours:
        if minute <= span.closes:
            return max(minute, span.opens)
    return hours[-1].closes


def at_minute(day: date, minute: int) -> datetime:
    """Return the UTC instant of `minute` (0 to 1439) of the office's `day`."""
    return datetime.combine(day, time(minute // 60, minute % 60), OFFICE_ZONE).astimezone(UTC)


def parse_time(text: str) -> int | None:
    """Return "HH:MM" as minutes since midnight, None if it is no time of day."""
    match = _CLOCK_TIME.fullmatch(text)
    return int(match[1]) * 60 + int(match[2]) if match else None


def parse_hours(key: str, value: object) -> Hours:
    """Return a list like ["07:30-11:30", "13:00-17:00"] as hours; [] is a day off.

    key: how the entry is called, for the errors. Raises CalendarEntryUnreadable for another shape and
    CalendarHoursImpossible for parts that end before they begin, overlap or stand in the wrong order.
    """
    if not isinstance(value, list):
        raise CalendarEntryUnreadable(key=key, text=str(value))
    spans = tuple(_parse_span(key, part) for part in value)
    edges = [minute for span in spans for minute in span]
    if edges != sorted(edges) or any(span.opens == span.closes for span in spans):
        raise CalendarHoursImpossible(key=key, text=", ".join(written_hours(spans)))
    return spans


def written_hours(hours: Sequence[Span]) -> list[str]:
    """Return hours as a calendar file writes them."""
    return [f"{written_time(span.opens)}-{written_time(span.closes)}" for span in hours]


def written_time(minute: int) -> str:
    """Return minutes since midnight as "HH:MM"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _parse_span(key: str, part: object) -> Span:
    opens, dash, closes = part.partition("-") if isinstance(part, str) else ("", "", "")
    start, end = parse_time(opens.strip()), parse_time(closes.strip())
    if not dash or start is None or end is None:
        raise CalendarEntryUnreadable(key=key, text=str(part))
    return Span(start, end)
