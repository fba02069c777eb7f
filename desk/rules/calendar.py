"""The working calendar of one desk: hours per weekday, days off, made-up Saturdays, seasons, its reach.

A calendar belongs to a desk, not to the country (police desks work on Saturday mornings), and holds several
years at once. Sources: Bộ luật Lao động 2019, Điều 111 and 112 (public holidays and their compensation) and
the yearly notices that swap working days; both come in as dated rows, nothing of them is written here.
Days are office days (+07:00), minutes count from the office's midnight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from desk.errors.rule import (
    CalendarEnds,
    CalendarEntryUnreadable,
    CalendarKeyUnknown,
    CalendarWithoutHours,
    HolidaysMissing,
)
from desk.rules.hours import DEFAULT_WEEK, WEEKDAYS, Hours, Week, minutes_of, parse_hours, written_hours

FRIDAY = 4
REACH_WARNING_DAYS = 90
"""`desk check` warns this many days before the calendar ends (issue: right by the rules, 1)."""


class DayName(NamedTuple):
    """What a special day is called; "" where a file gives only the date."""

    vi: str = ""
    en: str = ""


class Season(NamedTuple):
    """Other weekly hours from a day on."""

    on: date
    week: Week


DayKind = Literal["working", "makeup", "special_hours", "weekend", "closed", "off"]
"""Why a day counts or not; `closed` is a weekday without hours, `off` a holiday or a swapped day."""


class Holiday(Protocol):
    """What a row of the imported holidays must offer (data: holidays_vn)."""

    @property
    def day(self) -> date: ...
    @property
    def is_working_day(self) -> bool: ...
    @property
    def name_vi(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One day that differs from the plain week; status is `official` or `projected`."""

    day: date
    is_working_day: bool
    name_vi: str
    name_en: str
    status: str = "official"
    swap_with: date | None = None
    """The other day of a swapped pair: a weekday off against a Saturday that works."""
    basis: str = ""
    """The law or the yearly notice that makes the day what it is."""


def _nothing() -> Mapping[date, DayName]:
    return MappingProxyType({})


def _no_hours() -> Mapping[date, Hours]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one desk works; two calendars with the same content are equal.

    off beats working and hours_on. A day of working uses Friday's hours if it is a Saturday or Sunday or has
    none of its own. reach: the last day known, None = no limit. projected: days that no notice has confirmed.
    """

    week: Week = DEFAULT_WEEK
    off: Mapping[date, DayName] = field(default_factory=_nothing)
    working: Mapping[date, DayName] = field(default_factory=_nothing)
    hours_on: Mapping[date, Hours] = field(default_factory=_no_hours)
    seasons: tuple[Season, ...] = ()
    projected: frozenset[date] = frozenset()
    reach: date | None = None

    def hours_of(self, day: date) -> Hours:
        """Return the working hours of `day`, () for a day off; raises CalendarEnds beyond the reach."""
        if self.reach is not None and day > self.reach:
            raise CalendarEnds(reach=f"{self.reach:%d/%m/%Y}")
        if day in self.off:
            return ()
        if day in self.hours_on:
            return self.hours_on[day]
        week = self._week_of(day)
        if day in self.working and (day.weekday() > FRIDAY or not week[day.weekday()]):
            return week[FRIDAY]
        return week[day.weekday()]

    def kind_of(self, day: date) -> DayKind:
        """Return why `day` counts as a working day or not; raises CalendarEnds beyond the reach."""
        if self.hours_of(day):
            if day in self.working:
                return "makeup"
            return "special_hours" if day in self.hours_on else "working"
        if day in self.off or day in self.hours_on:
            return "off"
        return "weekend" if day.weekday() > FRIDAY else "closed"

    def name_of(self, day: date) -> DayName:
        """Return what `day` is called, empty for a plain day."""
        return self.off.get(day) or self.working.get(day) or DayName()

    def next_working_day(self, after: date) -> date:
        """Return the first working day later than `after`; raises CalendarEnds if the calendar has none."""
        day = self.day_after(after)
        while not self.hours_of(day):
            day = self.day_after(day)
        return day

    def day_after(self, day: date, days: int = 1) -> date:
        """Return the day `days` later; raises CalendarEnds where dates themselves end."""
        try:
            return day + timedelta(days=days)
        except OverflowError as error:
            raise CalendarEnds(reach=f"{self.reach or date.max:%d/%m/%Y}") from error

    def standard_minutes(self, day: date) -> int:
        """Return the length of the standard day: the longest weekday of the week in force on `day`."""
        return max(minutes_of(hours) for hours in self._week_of(day))

    def days_left(self, today: date) -> int | None:
        """Return how many days after `today` are still known, None without a limit."""
        return None if self.reach is None else (self.reach - today).days

    def _week_of(self, day: date) -> Week:
        week = self.week
        for season in self.seasons:
            if season.on <= day:
                week = season.week
        return week


def reach_ends_soon(calendar: Calendar, today: date) -> bool:
    """Tell whether the calendar ends within REACH_WARNING_DAYS of `today`."""
    left = calendar.days_left(today)
    return left is not None and left <= REACH_WARNING_DAYS


def office_calendar(holidays: Iterable[Holiday], own: Calendar | None = None) -> Calendar:
    """Return the desk's own calendar: its hours with the imported holidays, to the end of their last year.

    own: hours and days the desk has set (None = DEFAULT_WEEK); its days off hold beside the imported
    ones (off beats working), the earlier of two reaches holds. Raises HolidaysMissing for none.
    """
    rows = tuple(holidays)
    if not rows:
        raise HolidaysMissing()
    own = own or Calendar()
    last = date(max(row.day.year for row in rows), 12, 31)
    names = {row.day: DayName(row.name_vi, row.name_en) for row in rows}
    off = {row.day: names[row.day] for row in rows if not row.is_working_day}
    working = {row.day: names[row.day] for row in rows if row.is_working_day}
    return replace(
        own,
        off=MappingProxyType({**off, **own.off}),
        working=MappingProxyType({**working, **own.working}),
        projected=own.projected | {row.day for row in rows if row.status == "projected"},
        reach=last if own.reach is None else min(own.reach, last),
    )


def parse_calendar(mapping: Mapping[str, object]) -> Calendar:
    """Return the calendar of a TOML file already read (commands.md, "Calendar files").

    [hours] a list per weekday (without it DEFAULT_WEEK, a weekday left out is closed); [days] off, working;
    [hours_on] hours by date; [[hours_from]] `on` and the weekdays that change from then on; `reach`.
    Raises CalendarKeyUnknown, CalendarEntryUnreadable, CalendarHoursImpossible, CalendarWithoutHours.
    """
    _known(mapping, "", ("hours", "days", "hours_on", "hours_from", "reach"))
    days = _table(mapping.get("days", {}), "days")
    _known(days, "days.", ("off", "working"))
    week = DEFAULT_WEEK
    if "hours" in mapping:
        week = _week(_table(mapping["hours"], "hours"), "hours.", ((),) * 7)
    if not any(week):
        raise CalendarWithoutHours(key="hours")
    by_date = _table(mapping.get("hours_on", {}), "hours_on")
    calendar = Calendar(
        week=week,
        off=_named(days.get("off", []), "days.off"),
        working=_named(days.get("working", []), "days.working"),
        hours_on=MappingProxyType(
            {_day(key, "hours_on"): parse_hours(f"hours_on.{key}", hours) for key, hours in by_date.items()}
        ),
        seasons=_seasons(mapping.get("hours_from", []), week),
        reach=_day(mapping["reach"], "reach") if "reach" in mapping else None,
    )
    for day in calendar.working:
        if day not in calendar.off and not replace(calendar, reach=None).hours_of(day):
            raise CalendarWithoutHours(key=day.isoformat())
    return calendar


def calendar_mapping(calendar: Calendar) -> dict[str, object]:
    """Return what parse_calendar reads back as the same calendar (names and projections apart)."""
    written: dict[str, object] = {
        "hours": _written_week(calendar.week),
        "days": {
            "off": [day.isoformat() for day in sorted(calendar.off)],
            "working": [day.isoformat() for day in sorted(calendar.working)],
        },
        "hours_on": {day.isoformat(): written_hours(calendar.hours_on[day]) for day in sorted(calendar.hours_on)},
        "hours_from": [{"on": season.on.isoformat(), **_written_week(season.week)} for season in calendar.seasons],
    }
    if calendar.reach is not None:
        written["reach"] = calendar.reach.isoformat()
    return written


def _written_week(week: Week) -> dict[str, object]:
    return {name: written_hours(hours) for name, hours in zip(WEEKDAYS, week, strict=True)}


def _known(table: Mapping[str, object], where: str, names: tuple[str, ...]) -> None:
    for key in table:
        if key not in names:
            near = get_close_matches(key, names, n=1)
            raise CalendarKeyUnknown(key=where + key, known=", ".join(where + name for name in near or names))


def _table(value: object, key: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise CalendarEntryUnreadable(key=key, text=str(value))
    return value


def _day(value: object, key: str) -> date:
    try:
        # TOML's own dates and the strings of the manual read alike; a date with a time is none.
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise CalendarEntryUnreadable(key=key, text=str(value)) from error


def _named(value: object, key: str) -> Mapping[date, DayName]:
    if not isinstance(value, list):
        raise CalendarEntryUnreadable(key=key, text=str(value))
    return MappingProxyType({_day(day, key): DayName() for day in value})


def _week(table: Mapping[str, object], where: str, before: Week) -> Week:
    _known(table, where, WEEKDAYS)
    hours = [
        parse_hours(where + name, table[name]) if name in table else old
        for name, old in zip(WEEKDAYS, before, strict=True)
    ]
    mon, tue, wed, thu, fri, sat, sun = hours
    return (mon, tue, wed, thu, fri, sat, sun)


def _seasons(value: object, week: Week) -> tuple[Season, ...]:
    if not isinstance(value, list):
        raise CalendarEntryUnreadable(key="hours_from", text=str(value))
    dated: list[tuple[date, Mapping[str, object]]] = []
    for entry in value:
        table = _table(entry, "hours_from")
        _known(table, "hours_from.", ("on", *WEEKDAYS))
        dated.append((_day(table.get("on"), "hours_from.on"), table))
    seasons: list[Season] = []
    for on, table in sorted(dated, key=lambda pair: pair[0]):
        hours = {name: part for name, part in table.items() if name != "on"}
        week = _week(hours, "hours_from.", week)
        if not any(week):
            raise CalendarWithoutHours(key="hours_from")
        seasons.append(Season(on, week))
    return tuple(seasons)
