"""When the statutory time stands still, and when the dossier is due after it ran on again.

Supplement, payment and suspension are intervals with start, end, stage, reason and officer. Two rules
coexist (domain, 4.3): pause moves the due moment on by the working time waited; restart gives the full time
from completion (so counted under Nghị định 61/2018/NĐ-CP). The rule is a setting per procedure or province,
stored with the dossier. Power, network and system failures stop nothing: they are causes (delays).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from desk.clock import office_day, office_time, whole_minute
from desk.errors.rule import PeriodBackwards, StopOpen
from desk.rules.calendar import Calendar
from desk.rules.counting import Count
from desk.rules.dossier import Term
from desk.rules.due import Due, due
from desk.rules.worktime import working_minutes
from desk.words import N_

StopKind = Literal["supplement", "payment", "suspension"]
StopStage = Literal["reception", "appraisal"]
StopRule = Literal["pause", "restart"]

SECOND_SUPPLEMENT = N_(
    "This is the second supplement request. The national index counts a dossier with more than one as overdue."
)
"""Shown before a second request is made (Quyết định 766/QĐ-TTg; domain, 4.3)."""


@dataclass(frozen=True, slots=True)
class ClockStop:
    """One stop of the statutory time; end_at None while it lasts."""

    kind: StopKind
    start_at: datetime
    end_at: datetime | None = None
    stage: StopStage = "appraisal"
    """`reception`: asked for before acceptance, when no time ran yet; it moves nothing."""
    reason: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was fixed when a dossier was accepted and decides its due moment ever after."""

    accepted_at: datetime
    term: Term
    rule: StopRule = "pause"
    end_of_day: bool = False

    def first_due(self, calendar: Calendar) -> Due:
        """Return the due moment without any stop."""
        return due(self.accepted_at, self.term, calendar, end_of_day=self.end_of_day)


def begin_stop(stops: Sequence[ClockStop], stop: ClockStop) -> tuple[ClockStop, ...]:
    """Return `stops` with one more; raises StopOpen while one lasts or if it begins before the last one ended."""
    if stops:
        last = stops[-1]
        if last.end_at is None or stop.start_at < last.end_at:
            raise StopOpen(since=_written(last.start_at))
    return (*stops, stop)


def end_stop(stops: Sequence[ClockStop], end_at: datetime) -> tuple[ClockStop, ...]:
    """Return `stops` with the open one ended at `end_at`; raises PeriodBackwards before its start.

    Raises ValueError if none is open.
    """
    if not is_standing(stops):
        raise ValueError("no stop is open")
    last = stops[-1]
    if end_at < last.start_at:
        raise PeriodBackwards(start=_written(last.start_at), end=_written(end_at))
    return (*stops[:-1], replace(last, end_at=end_at))


def is_standing(stops: Sequence[ClockStop]) -> bool:
    """Tell whether the time stands still now."""
    return bool(stops) and stops[-1].end_at is None


def second_supplement(stops: Sequence[ClockStop]) -> bool:
    """Tell whether one more supplement request must be warned of (SECOND_SUPPLEMENT).

    A request at reception counts too: the national message lists every request of a dossier.
    """
    return supplement_count(stops) >= 1


def supplement_count(stops: Sequence[ClockStop]) -> int:
    """Return the number of supplement requests; above 1 the national index counts the dossier as overdue."""
    return sum(stop.kind == "supplement" for stop in stops)


def due_with_stops(promise: Promise, stops: Sequence[ClockStop], calendar: Calendar) -> Due:
    """Return the due moment after every ended stop, in order; the one call for stored and previewed values.

    A stop that still lasts moves nothing yet. Raises what `due` raises.
    """
    result = promise.first_due(calendar)
    for stop in stops:
        result = due_after_stop(result, stop, promise, calendar)
    return result


def due_after_stop(before: Due, stop: ClockStop, promise: Promise, calendar: Calendar) -> Due:
    """Return the due moment after `stop`, whose former due moment is `before` (decisions, 5).

    Restart (supplement only; payment and suspension always pause): as if accepted at completion. Pause: by
    working minutes; `calendar_day`: by the calendar days waited; `within_day`: as accepted at completion.
    The trail then tells the days from the former due moment on.
    """
    if stop.end_at is None or stop.stage == "reception":
        return before
    if promise.term.unit == "within_day" or (promise.rule == "restart" and stop.kind == "supplement"):
        return replace(promise, accepted_at=stop.end_at).first_due(calendar)
    if promise.term.unit == "calendar_day":
        days = (office_day(stop.end_at) - office_day(stop.start_at)).days
        return _moved(before, calendar, days=days)
    minutes = working_minutes(stop.start_at, stop.end_at, calendar)
    return _moved(before, calendar, minutes=minutes, close=promise.end_of_day and promise.term.unit == "working_day")


def resumed_due(due_at: datetime, stop: ClockStop, promise: Promise, calendar: Calendar) -> Due:
    """Return the due moment after `stop`, from the one in force before it.

    For a dossier whose due moment was also set by an act (an extension, a changed calendar): that act holds.
    """
    return due_after_stop(Due(due_at, due_at, ()), stop, promise, calendar)


def waited_minutes(stops: Sequence[ClockStop], calendar: Calendar, until_at: datetime) -> int:
    """Return the working minutes waited up to `until_at`; an open stop counts so far.

    Stops at reception are left out: no time ran that could have stood still.
    """
    total = 0
    for stop in stops:
        end_at = min(stop.end_at or until_at, until_at)
        if stop.stage == "appraisal" and stop.start_at < end_at:
            total += working_minutes(stop.start_at, end_at, calendar)
    return total


def _moved(before: Due, calendar: Calendar, *, days: int = 0, minutes: int = 0, close: bool = False) -> Due:
    if not days and not minutes:
        return before
    count = Count(before.due_at, calendar)
    count.start = "former_due"
    if days:
        count.move_days(days)
    else:
        count.move_minutes(minutes)
    if close:
        count.close()
    return Due(count.reached_at, before.due_at, tuple(count.trail))


def _written(instant: datetime) -> str:
    return f"{office_time(whole_minute(instant)):%d/%m/%Y %H:%M}"
