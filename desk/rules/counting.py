"""A count of days and working minutes from one moment to another that keeps its trail."""

from __future__ import annotations

from datetime import datetime

from desk.rules.calendar import Calendar
from desk.rules.dossier import Term
from desk.rules.hours import DAY_MINUTES, at_minute, fitted, parse_time
from desk.rules.trail import TrailDay, Why, day_off, trail_day
from desk.rules.worktime import office_minute, spending


class Count:
    """A day and minute on the way to a due moment, with the days passed so far."""

    def __init__(self, start_at: datetime, calendar: Calendar) -> None:
        self.calendar = calendar
        self.trail: list[TrailDay] = []
        self.start: Why = "accepted"
        self.day, self.minute = office_minute(start_at)
        self.counted_from = self.reached_at

    @classmethod
    def from_acceptance(cls, received: datetime, term: Term, calendar: Calendar) -> Count:
        """Return a count that begins where a reception at `received` counts from."""
        count = cls(received, calendar)
        # Whole calendar days count from the day of acceptance itself, whatever its hours (decisions, 5).
        if term.unit != "calendar_day" or term.value < 1 or term.cutoff:
            count._enter_working_hours(parse_time(term.cutoff))
            count.counted_from = count.reached_at
        return count

    @property
    def reached_at(self) -> datetime:
        """The UTC instant reached."""
        return at_minute(self.day, self.minute)

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

    def move_days(self, days: int) -> None:
        """Go on from a former due moment by calendar days, to the closing where it stood at the closing."""
        minute = self.minute
        hours = self.calendar.hours_of(self.day)
        was_closing = bool(hours) and minute == hours[-1].closes
        self.calendar_days(days)
        self.end_on_a_working_day()
        if not was_closing:
            self.minute = fitted(self.calendar.hours_of(self.day), minute)

    def move_minutes(self, minutes: int) -> None:
        """Go on from a former due moment by working minutes."""
        self.trail.append(trail_day(self.calendar, self.day, False, self.start))
        self.spend(minutes)

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
