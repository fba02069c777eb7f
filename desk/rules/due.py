"""The due moment of a dossier, with the trail that explains it day by day.

Preview, stored value, printed value and `desk due` all come from `due`; nothing else computes a due moment.
Rules: decisions, 5; domain, 5.1 (the day of acceptance is not counted: Bộ luật Dân sự 2015, Điều 147; an end
on a day off moves to the next working day: Điều 148 khoản 5; same-day work with its cut-off at 15:00:
Nghị định 23/2015/NĐ-CP, Điều 7, and the civil-status procedures).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import ceil

from desk.errors.rule import PublishedTooLong
from desk.rules.calendar import Calendar
from desk.rules.counting import Count
from desk.rules.dossier import Term
from desk.rules.terms import check_term, exact, parse_term, written_term
from desk.rules.trail import TrailDay, why_said

__all__ = ["Due", "TrailDay", "due", "due_by_law_and_promise", "parse_term", "why_said"]


@dataclass(frozen=True, slots=True)
class Due:
    """When a dossier must be done and why then; both instants are UTC, cut to the minute."""

    due_at: datetime
    counted_from: datetime
    """The moment the time runs from: the acceptance, or the opening it counts as."""
    trail: tuple[TrailDay, ...]
    """Every day from the acceptance to the due day, in order."""

    @property
    def projected(self) -> bool:
        """True where a day of the trail is not confirmed by a notice yet."""
        return any(day.projected for day in self.trail)


def due(received: datetime, term: Term, calendar: Calendar, *, end_of_day: bool = False) -> Due:
    """Return when a dossier received at `received` is due under `term`.

    end_of_day: `working_day` ends at the closing of its last day instead of the time of day of acceptance.
    Raises TermUnreadable or CutoffUnreadable for an unusable term, CalendarEnds beyond the calendar's reach,
    ValueError for an instant without offset.
    """
    check_term(term)
    count = Count.from_acceptance(received, term, calendar)
    whole, rest = divmod(exact(term.value), 1)
    if term.unit == "within_day":
        count.within_day()
    elif term.unit == "hour":
        count.spend(ceil(exact(term.value) * 60))
    elif term.unit == "working_day":
        _whole_days_then_hours(count, count.working_days, int(whole), rest)
        if end_of_day:
            count.close()
    else:
        _whole_days_then_hours(count, count.calendar_days, int(whole), rest)
        if not rest:
            count.end_on_a_working_day()
    return Due(count.reached_at, count.counted_from, tuple(count.trail))


def due_by_law_and_promise(
    received: datetime, law: Term, published: Term | None, calendar: Calendar, *, end_of_day: bool = False
) -> tuple[Due, Due]:
    """Return the law's due moment and the promised one; both are stored, the slip prints both (domain, 5.1.9).

    published: the shorter time the commune has published, None for none. Raises PublishedTooLong if it would
    end later than the law's, and what `due` raises.
    """
    by_law = due(received, law, calendar, end_of_day=end_of_day)
    if published is None:
        return by_law, by_law
    promised = due(received, published, calendar, end_of_day=end_of_day)
    if promised.due_at > by_law.due_at:
        raise PublishedTooLong(published=written_term(published), law=written_term(law))
    return by_law, promised


def _whole_days_then_hours(count: Count, days: Callable[[int], None], whole: int, rest: Fraction) -> None:
    if whole:
        days(whole)
    count.spend(ceil(rest * count.calendar.standard_minutes(count.day)))
