"""Whether a dossier is early, on time or overdue, and what is due soon. Compared by due moment (domain, 5.1.10)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from desk.clock import office_day, whole_minute
from desk.rules.calendar import Calendar

Ended = Literal["early", "on_time", "overdue"]
Open = Literal["in_time", "due_soon", "overdue"]


def ended_timeliness(ended_at: datetime, due_at: datetime) -> Ended:
    """Return how a dossier ended: at or before its due moment is on time, on an earlier office day early.

    Instants are cut to the minute, so the whole due minute is on time.
    """
    if whole_minute(ended_at) > whole_minute(due_at):
        return "overdue"
    return "early" if office_day(ended_at) < office_day(due_at) else "on_time"


def open_timeliness(
    now: datetime, due_at: datetime, soon_until: date, waiting_since_at: datetime | None = None
) -> Open:
    """Return where an open dossier stands: overdue only after its due minute.

    soon_until: due_soon_until of today. waiting_since_at: since when the citizen is waited for; a dossier
    that was in time when its clock was stopped stays in time (II.06a counts it so, domain 5.3).
    """
    stands_at = now if waiting_since_at is None else min(now, waiting_since_at)
    if whole_minute(stands_at) > whole_minute(due_at):
        return "overdue"
    if waiting_since_at is not None:
        return "in_time"
    return "due_soon" if office_day(due_at) <= soon_until else "in_time"


def due_soon_until(today: date, calendar: Calendar) -> date:
    """Return the last day that is "today or tomorrow" for the desk: the next working day after `today`.

    Raises CalendarEnds beyond the calendar.
    """
    return calendar.next_working_day(today)
