"""The trail of a due date: each day of it, counted or not, and why; said in the officer's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from desk.rules.calendar import Calendar, DayName
from desk.words import N_, _, language

Why = Literal[
    "accepted",
    "before_opening",
    "at_lunch",
    "after_closing",
    "after_cutoff",
    "working",
    "makeup",
    "special_hours",
    "calendar",
    "same_day",
    "part",
    "former_due",
    "moved",
    "weekend",
    "closed",
    "off",
]

WHY_SAID: Mapping[Why, str] = {
    "accepted": N_("day of acceptance, not counted"),
    "before_opening": N_("day of acceptance, counts from the opening"),
    "at_lunch": N_("day of acceptance, counts from the afternoon opening"),
    "after_closing": N_("accepted after closing, counts from the next opening"),
    "after_cutoff": N_("accepted after the cut-off, counts from the next working day"),
    "working": N_("working day"),
    "makeup": N_("made-up working day"),
    "special_hours": N_("working day with hours of its own"),
    "calendar": N_("calendar day"),
    "same_day": N_("to be done within this day"),
    "part": N_("working hours"),
    "former_due": N_("the former due day, moved on by the time waited"),
    "moved": N_("the end fell on a day off and moved here"),
    "weekend": N_("weekend"),
    "closed": N_("no working hours on this weekday"),
    "off": N_("day off"),
}


class TrailDay(NamedTuple):
    """One day of a due date's trail."""

    on: date
    counted: bool
    why: Why
    name: DayName = DayName()
    """What a special day is called, in both languages."""
    minutes: int = 0
    """Working minutes used on this day where the time runs in hours."""
    projected: bool = False
    """True where no notice has confirmed this day yet."""


def trail_day(calendar: Calendar, on: date, counted: bool, why: Why, minutes: int = 0) -> TrailDay:
    """Return a day of a trail with its name and whether it is only projected."""
    return TrailDay(on, counted, why, calendar.name_of(on), minutes, on in calendar.projected)


def day_off(calendar: Calendar, on: date) -> TrailDay:
    """Return a day without work, not counted; raises CalendarEnds beyond the reach."""
    return trail_day(calendar, on, False, calendar.kind_of(on))


def why_said(day: TrailDay) -> str:
    """Return why the day counts or not, in the language now spoken."""
    said = _(WHY_SAID[day.why])
    name = day.name.vi if language() == "vi" else day.name.en
    if name:
        said = _("{why}: {name}").format(why=said, name=name)
    if day.minutes:
        said = _("{why}, {hours} h {minutes:02d} min").format(
            why=said, hours=day.minutes // 60, minutes=day.minutes % 60
        )
    if day.projected:
        said = _("{why} (projected, no notice yet)").format(why=said)
    return said
