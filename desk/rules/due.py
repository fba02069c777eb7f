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

from desk.rules.calendar import Calendar
from desk.rules.dossier import Term
from desk.rules.hours import DAY_MINUTES, at_minute, fitted, parse_time
from desk.rules.terms import check_term, exact, parse_term
from desk.rules.trail import TrailDay, Why, day_off, trail_day, why_said
from desk.rules.worktime import office_minute, spending

__all__ = ["Due", "TrailDay", "due", "parse_term", "why_said"]


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
    count = _Count(calendar, received, term)
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
    return Due(at_minute(count.day, count.minute), at_minute(*count.counted_from), tuple(count.trail))


def _whole_days_then_hours(count: _Count, days: Callable[[int], None], whole: int, rest: Fraction) -> None:
    if whole:
        days(whole)
    if rest:
        count.spend(ceil(rest * count.calendar.standard_minutes(count.day)))


class _Count:
    """A count under way: the day and minute reached and the trail so far."""

    def __init__(self, calendar: Calendar, received: datetime, term: Term) -> None:
        self.calendar = calendar
        self.trail: list[TrailDay] = []
        self.day, self.minute = office_minute(received)
        self.start: Why = "accepted"
        # Whole calendar days count from the day of acceptance itself, whatever its hours (decisions, 5).
        if term.unit != "calendar_day" or term.value < 1 or term.cutoff:
            self._enter_working_hours(parse_time(term.cutoff))
        self.counted_from = (self.day, self.minute)

    def within_day(self) -> None:
        """The day itself, to its closing."""
        self.trail.append(trail_day(self.calendar, self.day, True, "same_day"))
        self.close()

    def working_days(self, whole: int) -> None:
        """Working days after the day of acceptance, same time of day."""
        self.trail.append(trail_day(self.calendar, self.day, False, self.start))
        for _nth in range(whole):
            self._to_next_working_day()
            self.trail.append(trail_day(self.calendar, self.day, True, self.calendar.kind_of(self.day)))
        self.minute = fitted(self.calendar.hours_of(self.day), self.minute)

    def calendar_days(self, whole: int) -> None:
        """Days of any kind after the day of acceptance, to the end of the last one."""
        self.trail.append(TrailDay(self.day, False, self.start))
        for _nth in range(whole):
            self.day = self.calendar.day_after(self.day)
            self.trail.append(TrailDay(self.day, True, "calendar"))
        self.minute = DAY_MINUTES

    def end_on_a_working_day(self) -> None:
        """Go to the closing of the day reached, or of the next working day where it is a day off."""
        self.trail[-1] = trail_day(self.calendar, self.day, True, "calendar")
        if not self.calendar.hours_of(self.day):
            self._to_next_working_day()
            self.trail.append(trail_day(self.calendar, self.day, False, "moved"))
        self.close()

    def spend(self, minutes: int) -> None:
        """Let `minutes` of working time pass."""
        for spent in spending(self.day, self.minute, minutes, self.calendar):
            self.day, self.minute = spent.day, spent.ends
            if self.trail and self.trail[-1].on == spent.day:
                self.trail[-1] = self.trail[-1]._replace(minutes=spent.minutes)
            elif spent.minutes:
                self.trail.append(trail_day(self.calendar, spent.day, True, "part", spent.minutes))
            elif self.calendar.hours_of(spent.day):
                self.trail.append(trail_day(self.calendar, spent.day, False, self.start))
            else:
                self.trail.append(day_off(self.calendar, spent.day))

    def close(self) -> None:
        """Go to the closing of the day reached."""
        self.minute = self.calendar.hours_of(self.day)[-1].closes

    def _enter_working_hours(self, cutoff: int | None) -> None:
        hours = self.calendar.hours_of(self.day)
        if not hours:
            self._to_next_opening(day_off(self.calendar, self.day))
        elif self.minute > hours[-1].closes:
            self._to_next_opening(trail_day(self.calendar, self.day, False, "after_closing"))
        elif cutoff is not None and self.minute > cutoff:
            self._to_next_opening(trail_day(self.calendar, self.day, False, "after_cutoff"))
        elif (fit := fitted(hours, self.minute)) != self.minute:
            self.start = "before_opening" if fit == hours[0].opens else "at_lunch"
            self.minute = fit

    def _to_next_opening(self, why: TrailDay) -> None:
        self.trail.append(why)
        self._to_next_working_day()
        self.minute = self.calendar.hours_of(self.day)[0].opens

    def _to_next_working_day(self) -> None:
        self.day = self.calendar.day_after(self.day)
        while not self.calendar.hours_of(self.day):
            self.trail.append(day_off(self.calendar, self.day))
            self.day = self.calendar.day_after(self.day)
