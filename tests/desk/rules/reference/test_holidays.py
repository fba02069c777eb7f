"""Holidays and swapped days: what contradicts itself is named by its line."""

from __future__ import annotations

from datetime import date

import pytest

from desk.errors.reference import ReferenceFaulty
from desk.rules.calendar import HolidayRow
from desk.rules.reference.holidays import parse_holidays
from desk.words import told

COLUMNS = "date,weekday,kind,is_working_day,name_vi,swap_with,status,basis"
NATIONAL = "2026-09-02,Wed,public_holiday,no,Quốc khánh,,official,Điều 112"
OFF = "2026-08-31,Mon,swapped_day_off,no,Nghỉ hoán đổi,2026-08-22,official,"
WORKED = "2026-08-22,Sat,makeup_working_day,yes,Làm bù,2026-08-31,official,"


def _parse(*rows: str) -> tuple[HolidayRow, ...]:
    return parse_holidays("\n".join((COLUMNS, *rows)))


def _faults(*rows: str) -> str:
    with pytest.raises(ReferenceFaulty) as raised:
        _parse(*rows)
    return told(raised.value).message.partition(": ")[2]


def test_days_come_back_sorted_with_their_pair_and_their_basis() -> None:
    days = _parse(NATIONAL, OFF, WORKED)
    assert [day.day for day in days] == [date(2026, 8, 22), date(2026, 8, 31), date(2026, 9, 2)]
    assert days[0].is_working_day
    assert days[0].swap_with == days[1].day
    assert days[2] == HolidayRow(date(2026, 9, 2), False, "Quốc khánh", "Quốc khánh", "official", basis="Điều 112")


def test_the_other_day_of_a_pair_may_lie_in_a_year_the_file_leaves_out() -> None:
    assert len(_parse("2025-12-31,Wed,swapped_day_off,no,Nghỉ hoán đổi,2026-01-10,official,")) == 1


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((NATIONAL, NATIONAL), "line 3: date stands on line 2 already."),
        ((NATIONAL.replace("Wed", "Tue"),), "line 2: the day is a Wed, not a Tue."),
        ((NATIONAL.replace("2026-09-02", "2026-09-31"),), "line 2: date is not a day: 2026-09-31."),
        ((NATIONAL.replace("2026-09-02", ""),), "line 2: date is empty."),
        ((NATIONAL.replace(",no,", ",yes,"),), "line 2: is_working_day contradicts the kind of day."),
        ((OFF,), "line 2: the day 22/08/2026 does not name this one in swap_with."),
        (
            (OFF.replace("2026-08-22", ""),),
            "line 2: a swapped day needs its other day in swap_with.",
        ),
        (
            ("2026-08-24,Mon,makeup_working_day,yes,Làm bù,2027-01-04,official,",),
            "line 2: a made-up working day lies on a Saturday or a Sunday.",
        ),
        ((NATIONAL.replace("official", "likely"),), "line 2: status is “likely”, possible are: official, projected."),
    ],
)
def test_a_faulty_day_is_named_with_its_line(rows: tuple[str, ...], said: str) -> None:
    assert _faults(*rows) == said


def test_of_two_swapped_days_one_works() -> None:
    other_off = WORKED.replace("makeup_working_day,yes", "swapped_day_off,no")
    assert "line 2: of two swapped days one works and one is off" in _faults(OFF, other_off)
