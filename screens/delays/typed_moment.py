"""A day with its hour typed on the numeric keys: `25/11/2026 08:30`, `25112026 0830`, `251120260830`. No widget."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desk.clock import OFFICE_ZONE
from desk.errors.delays import MomentUnreadable
from desk.errors.people import DateUnreadable
from desk.rules.hours import at_minute
from desk.rules.people.checks import day_of

if TYPE_CHECKING:
    from desk.rules.calendar import Calendar

_HOUR = re.compile(r"(.+?)[\s,]*([0-9]{1,2}):?([0-9]{2})")


def end_of(typed: str, calendar: Calendar) -> datetime:
    """Return the instant that is meant; a day without its hour means its closing. Raises MomentUnreadable.

    A day off has no closing: its midnight is returned, which lies outside every office hour.
    """
    try:
        day = day_of(" ".join(typed.split()))
    except DateUnreadable:
        return moment_of(typed)
    spans = calendar.hours_of(day)
    return at_minute(day, spans[-1][1] if spans else 0)


def moment_of(typed: str) -> datetime:
    """Return the instant that is meant at the office (+07:00); raises MomentUnreadable."""
    text = " ".join(typed.split())
    match = _HOUR.fullmatch(text)
    if re.fullmatch(r"[0-9]{12}", text):
        match = re.fullmatch(r"([0-9]{8})([0-9]{2})([0-9]{2})", text)
    try:
        if match is None:
            raise ValueError(text)
        day = day_of(match[1])
        return datetime(day.year, day.month, day.day, int(match[2]), int(match[3]), tzinfo=OFFICE_ZONE).astimezone(UTC)
    except (ValueError, DateUnreadable) as error:
        raise MomentUnreadable(typed=text[:30] or "–") from error
