"""Who holds an interlinked dossier since when, and how long each body had it (domain, 4.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from desk.rules.calendar import Calendar
from desk.rules.worktime import working_minutes


class HandedOver(NamedTuple):
    """A dossier went to `unit`; the first one is the acceptance at the receiving unit."""

    at: datetime
    unit: str


class Holding(NamedTuple):
    """A stretch in which one body held the dossier; until_at None = it holds it now."""

    unit: str
    since_at: datetime
    until_at: datetime | None
    minutes: int
    """Working minutes so far."""


def holdings(
    passed: Sequence[HandedOver], calendar: Calendar, *, now: datetime, ended_at: datetime | None = None
) -> tuple[Holding, ...]:
    """Return each stretch in order; the last one is still open unless the dossier ended at `ended_at`.

    A hand-over to the body that has it already is no new stretch. The minutes of all add up to the working
    time from the first to the end. Raises PeriodBackwards for hand-overs out of order.
    """
    stretches: list[Holding] = []
    for place, start in enumerate(passed):
        following = passed[place + 1].at if place + 1 < len(passed) else None
        until_at = following or ended_at
        minutes = working_minutes(start.at, until_at or now, calendar)
        if stretches and stretches[-1].unit == start.unit:
            earlier = stretches.pop()
            stretches.append(earlier._replace(until_at=until_at, minutes=earlier.minutes + minutes))
        else:
            stretches.append(Holding(start.unit, start.at, until_at, minutes))
    return tuple(stretches)


def time_by_body(stretches: Iterable[Holding]) -> dict[str, int]:
    """Return the working minutes of each body, in the order in which they first held the dossier."""
    total: dict[str, int] = {}
    for stretch in stretches:
        total[stretch.unit] = total.get(stretch.unit, 0) + stretch.minutes
    return total
