"""When things happen at an invented office: how many come on which day, and at which minute."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta

from desk.clock import office_day
from desk.errors.simulation import NoWorkingDay
from desk.rules.calendar import Calendar
from desk.rules.hours import Hours, Span, at_minute, minutes_of
from desk.rules.invented.dice import Dice, Wheel
from desk.rules.worktime import office_minute

PER_DAY = 70
"""Visits at a commune's center: 60 to 80 a day (domain, 10)."""

_BY_WEEKDAY = (1.22, 1.05, 1.0, 0.97, 0.9, 0.6, 0.4)
_AFTER_DAYS_OFF = 1.2
_FIRST_IN_SPAN = 1.6
"""People come early in each half of the day: 07:30 to 10:30 and 13:30 to 15:00 are the peaks (domain, 10)."""


def simulated_span(calendar: Calendar, until: datetime, count: int, per_day: int = PER_DAY) -> tuple[date, date]:
    """Return the first and the last day on which `count` visits fit, back from `until` at `per_day` a day.

    The last day is that of `until` where the office has opened by then, else the working day before.
    """
    day = office_day(until)
    room = 0.0
    last: date | None = None
    while True:
        hours = _hours_before(calendar, day, until)
        if hours:
            last = last or day
            room += per_day * minutes_of(hours) / minutes_of(calendar.hours_of(day))
            if room >= count:
                return day, last
        day -= timedelta(days=1)


def visits_by_day(
    dice: Dice, calendar: Calendar, span: tuple[date, date], until: datetime, count: int
) -> list[tuple[date, int]]:
    """Return how many of `count` visits each working day of `span` sees; the sum is exact.

    Raises NoWorkingDay if the office is never open between the first day and `until`.
    """
    days: list[tuple[date, float]] = []
    day, before = span[0], span[0] - timedelta(days=1)
    while day <= span[1]:
        hours = _hours_before(calendar, day, until)
        if hours:
            share = minutes_of(hours) / minutes_of(calendar.hours_of(day))
            after_days_off = _AFTER_DAYS_OFF if (day - before).days > 3 else 1.0
            days.append((day, share * _BY_WEEKDAY[day.weekday()] * after_days_off * (0.85 + 0.3 * dice.random())))
            before = day
        day += timedelta(days=1)
    if not days:
        raise NoWorkingDay(first=f"{span[0]:%d/%m/%Y}", last=f"{span[1]:%d/%m/%Y}")
    return _shared_out(days, count)


def _shared_out(days: list[tuple[date, float]], count: int) -> list[tuple[date, int]]:
    """Return whole numbers in proportion to the weights, by the largest remainders."""
    whole = sum(weight for _day, weight in days)
    exact = [count * weight / whole for _day, weight in days]
    shares = [int(number) for number in exact]
    by_remainder = sorted(range(len(days)), key=lambda place: (shares[place] - exact[place], place))
    for place in by_remainder[: count - sum(shares)]:
        shares[place] += 1
    return [(day, share) for (day, _weight), share in zip(days, shares, strict=True)]


def _hours_before(calendar: Calendar, day: date, until: datetime) -> Hours:
    """Return the hours of `day` that lie before `until`."""
    last_day, minute = office_minute(until)
    if day > last_day:
        return ()
    hours = calendar.hours_of(day)
    if day < last_day:
        return hours
    return tuple(Span(span.opens, min(span.closes, minute)) for span in hours if span.opens < minute)


class OfficeTime:
    """The working days from a first day to a last moment, and moments by dice within their hours."""

    def __init__(self, dice: Dice, calendar: Calendar, first: date, until: datetime) -> None:
        self._dice = dice
        self._calendar = calendar
        self.until = until
        self._days: list[date] = []
        day, last = first, office_day(until)
        while day <= last:
            if calendar.hours_of(day):
                self._days.append(day)
            day += timedelta(days=1)

    def arrival(self, day: date) -> datetime:
        """Return a moment within the hours of the working `day` and before the end, early ones more often."""
        hours = _hours_before(self._calendar, day, self.until)
        span = Wheel([(span, (span.closes - span.opens) * (1.25 if span is hours[0] else 1)) for span in hours])
        chosen = span.spin(self._dice)
        minute = chosen.opens + int((chosen.closes - chosen.opens) * self._dice.random() ** _FIRST_IN_SPAN)
        return min(self._at(day, minute), self.until)

    def soon(self, at: datetime, least_min: int, most_min: int) -> datetime | None:
        """Return a moment some minutes after `at`, on the next working morning if the office closes before.

        None where the next working day lies beyond the end.
        """
        later = at + timedelta(minutes=self._dice.randrange(least_min, most_min + 1))
        day, minute = office_minute(later)
        hours = self._calendar.hours_of(day) if day <= office_day(self.until) else ()
        for span in hours:
            if minute < span.opens:
                return self._at(day, span.opens + self._dice.randrange(0, 20))
            if minute < span.closes:
                return later
        return self.morning_after(at, 1)

    def after(self, at: datetime, working_days: int) -> datetime | None:
        """Return a moment on the `working_days`-th working day (1 or more) after `at`; None beyond the end."""
        day = self._day_after(at, working_days)
        if day is None:
            return None
        span = self._dice.choice(self._calendar.hours_of(day))
        return self._at(day, self._dice.randrange(span.opens, span.closes))

    def morning_after(self, at: datetime, working_days: int) -> datetime | None:
        """Return a moment of the first hours of that day, so that it is before most due moments of it."""
        day = self._day_after(at, working_days)
        if day is None:
            return None
        span = self._calendar.hours_of(day)[0]
        return self._at(day, span.opens + self._dice.randrange(0, max(1, (span.closes - span.opens) // 4)))

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """Return how many working days lie after the day of `start` up to that of `end`."""
        return self._place(end) - self._place(start)

    def _day_after(self, at: datetime, working_days: int) -> date | None:
        place = self._place(at) + working_days - 1
        return self._days[place] if place < len(self._days) else None

    def _place(self, at: datetime) -> int:
        return bisect_right(self._days, office_day(at))

    def _at(self, day: date, minute: int) -> datetime:
        return at_minute(day, minute) + timedelta(seconds=self._dice.randrange(0, 60))
