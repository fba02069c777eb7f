"""Which open dossiers a changed calendar touches, told before it touches them (decisions, 5).

The printed promise stays; a new due moment is an event of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from desk.clock import whole_minute
from desk.rules.calendar import Calendar
from desk.rules.clock_stops import ClockStop, Promise, due_with_stops


class OpenDossier(NamedTuple):
    """What the due moment of one open dossier follows from, and the one now in force."""

    code: str
    promise: Promise
    stops: Sequence[ClockStop]
    due_at: datetime


class Redated(NamedTuple):
    """A dossier whose due moment changes."""

    code: str
    due_at: datetime
    new_due_at: datetime


def touched(dossiers: Iterable[OpenDossier], old: Calendar, new: Calendar) -> tuple[Redated, ...]:
    """Return the dossiers that `new` makes due at another moment, the earliest new one first.

    A due moment that does not follow from `old` was set by an act (an extension, an apology) and stays.
    Raises CalendarEnds if `new` does not reach a due moment: then the change must not be made.
    """
    changed: list[Redated] = []
    for dossier in dossiers:
        by_old = due_with_stops(dossier.promise, dossier.stops, old).due_at
        by_new = due_with_stops(dossier.promise, dossier.stops, new).due_at
        if by_old == whole_minute(dossier.due_at) and by_new != by_old:
            changed.append(Redated(dossier.code, dossier.due_at, by_new))
    return tuple(sorted(changed, key=lambda redated: (redated.new_due_at, redated.code)))
