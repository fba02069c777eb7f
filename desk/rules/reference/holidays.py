"""Holidays and swapped days as files bring them: only days that differ from the plain week, or fall on it.

A yearly notice decides which weekday is off against which working Saturday; until it appears a day is
`projected`. Basis: Bộ luật Lao động 2019, Điều 111 and 112, and the notices the rows name.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from desk.rules.calendar import FRIDAY, HolidayRow
from desk.rules.reference.table import FaultList, Row, rows_of
from desk.words import N_

HolidayKind = Literal["public_holiday", "compensatory_day_off", "swapped_day_off", "makeup_working_day"]
HOLIDAY_KINDS: tuple[HolidayKind, ...] = get_args(HolidayKind)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_NEEDED = ("date", "kind", "is_working_day", "name_vi", "status")
_KNOWN = frozenset((*_NEEDED, "weekday", "name_en", "lunar", "swap_with", "basis"))


def parse_holidays(text: str) -> tuple[HolidayRow, ...]:
    """Return the days of a holiday file, sorted.

    Columns: those of `sample_data/holidays.csv`. Raises ReferenceFaulty with every fault and its line: days
    twice, a kind that contradicts `is_working_day`, a wrong weekday, a swapped pair that does not match.
    """
    faults = FaultList()
    rows: dict[date, tuple[Row, HolidayRow]] = {}
    for row in rows_of(text, _NEEDED, _KNOWN, faults):
        day = _day(row)
        if day is None:
            continue
        if day in rows:
            row.fault(N_("{column} stands on line {first} already"), column="date", first=rows[day][0].line)
            continue
        rows[day] = row, _holiday(row, day)
    for row, holiday in rows.values():
        _check_pair(row, holiday, rows)
    faults.refuse()
    return tuple(rows[day][1] for day in sorted(rows))


def _day(row: Row) -> date | None:
    row.needed("date")
    day = row.day("date")
    weekday = row.text("weekday")
    if day and weekday and weekday != WEEKDAYS[day.weekday()]:
        row.fault(N_("the day is a {right}, not a {wrong}"), right=WEEKDAYS[day.weekday()], wrong=weekday)
    return day


def _holiday(row: Row, day: date) -> HolidayRow:
    kind = row.one_of("kind", HOLIDAY_KINDS)
    is_working = row.one_of("is_working_day", ("no", "yes")) == "yes"
    if is_working != (kind == "makeup_working_day"):
        row.fault(N_("is_working_day contradicts the kind of day"))
    if kind == "makeup_working_day" and day.weekday() <= FRIDAY:
        row.fault(N_("a made-up working day lies on a Saturday or a Sunday"))
    swap_with = row.day("swap_with")
    if kind in ("swapped_day_off", "makeup_working_day") and swap_with is None:
        row.fault(N_("a swapped day needs its other day in swap_with"))
    name_vi = row.needed("name_vi")
    return HolidayRow(
        day=day,
        is_working_day=is_working,
        name_vi=name_vi,
        name_en=row.text("name_en") or name_vi,
        status=row.one_of("status", ("official", "projected")),
        swap_with=swap_with,
        basis=row.text("basis"),
    )


def _check_pair(row: Row, holiday: HolidayRow, rows: dict[date, tuple[Row, HolidayRow]]) -> None:
    """Note a fault where the other day does not name this one back; a year the file leaves out is not asked."""
    other_day = holiday.swap_with
    if other_day is None or other_day.year not in {day.year for day in rows}:
        return
    other = rows.get(other_day)
    if other is None or other[1].swap_with != holiday.day:
        row.fault(N_("the day {other} does not name this one in swap_with"), other=f"{other_day:%d/%m/%Y}")
    elif other[1].is_working_day == holiday.is_working_day:
        row.fault(N_("of two swapped days one works and one is off"))
