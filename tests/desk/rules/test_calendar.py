"""The working calendar of a desk: default hours, holidays, made-up days, seasons, files, reach."""

from __future__ import annotations

from datetime import date

import pytest

from desk.errors.rule import (
    CalendarEnds,
    CalendarEntryUnreadable,
    CalendarHoursImpossible,
    CalendarKeyUnknown,
    CalendarWithoutHours,
    HolidaysMissing,
)
from desk.rules.calendar import (
    Calendar,
    DayName,
    HolidayRow,
    calendar_mapping,
    office_calendar,
    parse_calendar,
    reach_ends_soon,
)
from desk.rules.hours import DEFAULT_WEEK, Span
from tests.desk.rules.holidays import HOLIDAYS, quang_ninh
from tests.desk.rules.office import calendar_of

OFFICE = quang_ninh()
FULL_DAY = (Span(450, 690), Span(810, 1020))


def test_without_anything_else_monday_to_friday_are_worked() -> None:
    assert [Calendar().hours_of(date(2026, 3, day)) for day in range(2, 9)] == [*[FULL_DAY] * 5, (), ()]


def test_holidays_are_off_and_made_up_saturdays_use_fridays_hours() -> None:
    assert OFFICE.hours_of(date(2026, 1, 2)) == ()
    assert OFFICE.hours_of(date(2026, 1, 10)) == FULL_DAY
    assert OFFICE.kind_of(date(2026, 1, 10)) == "makeup"
    assert OFFICE.name_of(date(2026, 9, 2)) == DayName("Quốc khánh", "National Day")
    assert OFFICE.name_of(date(2026, 3, 2)) == DayName()


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 3, 2), "working"),
        (date(2026, 3, 7), "weekend"),
        (date(2026, 8, 22), "makeup"),
        (date(2026, 8, 31), "off"),
        (date(2027, 5, 1), "off"),
    ],
)
def test_each_day_says_why_it_counts_or_not(day: date, kind: str) -> None:
    assert OFFICE.kind_of(day) == kind


def test_the_desks_calendar_reaches_to_the_end_of_the_last_holiday_year() -> None:
    assert OFFICE.reach == date(2027, 12, 31)
    assert OFFICE.hours_of(date(2027, 12, 31)) == FULL_DAY
    with pytest.raises(CalendarEnds):
        OFFICE.hours_of(date(2028, 1, 1))


def test_projected_holidays_are_known_as_such() -> None:
    assert date(2027, 2, 4) in OFFICE.projected
    assert date(2027, 1, 1) not in OFFICE.projected


def test_a_desk_without_holidays_has_no_calendar() -> None:
    with pytest.raises(HolidaysMissing):
        office_calendar([])


def test_a_desks_own_hours_stand_beside_the_holidays() -> None:
    own = calendar_of('reach = "2026-12-31"\n[hours]\nmon = ["08:00-12:00"]\nfri = ["08:00-11:00"]')
    merged = office_calendar(HOLIDAYS, own)
    assert merged.hours_of(date(2026, 3, 2)) == (Span(480, 720),)
    assert merged.hours_of(date(2026, 8, 31)) == ()
    assert merged.hours_of(date(2026, 8, 22)) == (Span(480, 660),)
    assert merged.reach == date(2026, 12, 31)


def test_a_day_off_beats_working_and_its_own_hours() -> None:
    calendar = calendar_of(
        '[days]\noff = ["2026-03-02"]\nworking = ["2026-03-02"]\n[hours_on]\n"2026-03-02" = ["08:00-09:00"]'
    )
    assert calendar.hours_of(date(2026, 3, 2)) == ()
    merged = office_calendar([HolidayRow(date(2026, 3, 3), False, "Nghỉ", "Off")], calendar)
    assert merged.kind_of(date(2026, 3, 3)) == "off"


def test_hours_of_one_date_beat_the_week_and_may_open_or_close_a_day() -> None:
    calendar = calendar_of(
        '[days]\nworking = ["2026-03-07"]\n'
        '[hours_on]\n"2026-03-07" = ["08:00-11:00"]\n2026-03-08 = ["09:00-10:00"]\n"2026-03-09" = []'
    )
    assert calendar.hours_of(date(2026, 3, 7)) == (Span(480, 660),)
    assert calendar.kind_of(date(2026, 3, 7)) == "makeup"
    assert calendar.hours_of(date(2026, 3, 8)) == (Span(540, 600),)
    assert calendar.kind_of(date(2026, 3, 8)) == "special_hours"
    assert calendar.kind_of(date(2026, 3, 9)) == "off"


def test_a_made_up_day_uses_fridays_hours_unless_it_is_a_weekday_with_its_own() -> None:
    calendar = calendar_of(
        '[hours]\nmon = ["08:00-10:00"]\nfri = ["08:00-11:00"]\nsat = ["08:00-09:00"]\n'
        '[days]\nworking = ["2026-03-02", "2026-03-03", "2026-03-07"]'
    )
    assert calendar.hours_of(date(2026, 3, 2)) == (Span(480, 600),)
    assert calendar.hours_of(date(2026, 3, 3)) == (Span(480, 660),)
    assert calendar.hours_of(date(2026, 3, 7)) == (Span(480, 660),)
    assert calendar.hours_of(date(2026, 3, 14)) == (Span(480, 540),)


def test_the_hours_of_a_season_hold_from_their_day_and_keep_the_other_weekdays() -> None:
    calendar = calendar_of(
        '[hours]\nmon = ["08:00-11:00"]\ntue = ["08:00-11:00"]\n'
        '[[hours_from]]\non = 2026-10-16\nmon = ["08:00-12:00"]\n'
        '[[hours_from]]\non = "2026-04-16"\nmon = ["07:00-11:00"]\ntue = []\n'
    )
    assert calendar.hours_of(date(2026, 4, 13)) == (Span(480, 660),)
    assert calendar.hours_of(date(2026, 4, 20)) == (Span(420, 660),)
    assert calendar.hours_of(date(2026, 4, 21)) == ()
    assert calendar.hours_of(date(2026, 10, 19)) == (Span(480, 720),)
    assert calendar.hours_of(date(2026, 10, 20)) == ()
    assert calendar.standard_minutes(date(2026, 4, 15)) == 180
    assert calendar.standard_minutes(date(2026, 4, 16)) == 240


def test_the_file_of_the_manual_is_read() -> None:
    calendar = calendar_of(
        '[hours]\nmon = ["07:30-11:30", "13:00-17:00"]\nsun = []\n'
        '[days]\noff = ["2025-04-30", "2025-05-01"]\nworking = ["2025-04-26"]\n'
        '[hours_on]\n"2025-04-26" = ["07:30-11:30", "13:00-17:00"]\n'
    )
    assert calendar.hours_of(date(2025, 4, 26)) == (Span(450, 690), Span(780, 1020))
    assert calendar.reach is None


def test_a_file_without_hours_keeps_the_default_week() -> None:
    assert calendar_of('[days]\noff = ["2026-03-02"]').week == DEFAULT_WEEK


@pytest.mark.parametrize(
    ("toml", "key", "known"),
    [
        ("[hour]\nmon = []", "hour", "hours"),
        ("[hours]\nmonday = []", "hours.monday", "hours.mon"),
        ('[days]\nofff = ["2026-03-02"]', "days.offf", "days.off"),
        ('[[hours_from]]\non = "2026-03-02"\nfry = []', "hours_from.fry", "hours_from.fri"),
        ("[days]\nzzz = 1", "days.zzz", "days.off, days.working"),
        ('[[hours_from]]\nonn = "2026-03-02"', "hours_from.onn", "hours_from.on"),
    ],
)
def test_an_unknown_key_is_named_with_its_nearest_neighbour(toml: str, key: str, known: str) -> None:
    with pytest.raises(CalendarKeyUnknown) as refused:
        calendar_of(toml)
    assert refused.value.facts == {"key": key, "known": known}


@pytest.mark.parametrize(
    "hours",
    [
        '["11:30-07:30"]',
        '["08:00-08:00"]',
        '["08:00-12:00", "11:00-17:00"]',
        '["13:30-17:00", "07:30-11:30"]',
    ],
)
def test_impossible_hours_are_refused(hours: str) -> None:
    with pytest.raises(CalendarHoursImpossible) as refused:
        calendar_of(f"[hours]\nmon = {hours}")
    assert refused.value.facts == {"key": "hours.mon", "text": hours[2:-2].replace('"', "")}


def test_parts_of_a_day_may_touch() -> None:
    assert calendar_of('[hours]\nmon = ["07:30-11:30", "11:30-17:00"]').week[0] == (Span(450, 690), Span(690, 1020))


@pytest.mark.parametrize(
    ("toml", "key", "text"),
    [
        ('[hours]\nmon = "07:30-11:30"', "hours.mon", "07:30-11:30"),
        ('[hours]\nmon = ["07:30"]', "hours.mon", "07:30"),
        ('[hours]\nmon = ["7:30-11:30"]', "hours.mon", "7:30-11:30"),
        ('[hours]\nmon = ["07:30-24:00"]', "hours.mon", "07:30-24:00"),
        ("[hours]\nmon = [730]", "hours.mon", "730"),
        ("hours = 3", "hours", "3"),
        ("days = []", "days", "[]"),
        ('[days]\noff = "2026-03-02"', "days.off", "2026-03-02"),
        ('[days]\noff = ["2026-02-30"]', "days.off", "2026-02-30"),
        ('[days]\nworking = ["tomorrow"]', "days.working", "tomorrow"),
        ("[days]\nworking = [2026-03-07T00:00:00]", "days.working", "2026-03-07 00:00:00"),
        ('[hours_on]\n"7/3/2026" = []', "hours_on", "7/3/2026"),
        ('[hours_on]\n"2026-03-07" = 8', "hours_on.2026-03-07", "8"),
        ("hours_on = 1", "hours_on", "1"),
        ("hours_from = 1", "hours_from", "1"),
        ("hours_from = [1]", "hours_from", "1"),
        ("[[hours_from]]\nmon = []", "hours_from.on", "None"),
        ("reach = 2027", "reach", "2027"),
    ],
)
def test_an_entry_of_another_shape_is_refused_by_name(toml: str, key: str, text: str) -> None:
    with pytest.raises(CalendarEntryUnreadable) as refused:
        calendar_of(toml)
    assert refused.value.facts == {"key": key, "text": text}


@pytest.mark.parametrize(
    ("toml", "key"),
    [
        ("[hours]", "hours"),
        ("[hours]\nmon = []", "hours"),
        ('[hours]\nmon = ["08:00-09:00"]\n[days]\nworking = ["2026-03-07"]', "2026-03-07"),
        ('[hours]\nmon = ["08:00-09:00"]\n[[hours_from]]\non = "2026-03-02"\nmon = []', "hours_from"),
    ],
)
def test_a_calendar_without_any_hours_is_refused(toml: str, key: str) -> None:
    with pytest.raises(CalendarWithoutHours) as refused:
        calendar_of(toml)
    assert refused.value.facts == {"key": key}


def test_a_day_without_hours_of_fridays_may_be_off_or_have_its_own() -> None:
    calendar = calendar_of(
        '[hours]\nmon = ["08:00-09:00"]\n[days]\noff = ["2026-03-07"]\nworking = ["2026-03-07", "2026-03-08"]\n'
        '[hours_on]\n"2026-03-08" = ["08:00-09:00"]'
    )
    assert calendar.hours_of(date(2026, 3, 8)) == (Span(480, 540),)


def test_a_calendar_is_written_as_it_is_read() -> None:
    calendar = calendar_of(
        'reach = "2027-12-31"\n[hours]\nmon = ["07:30-11:30", "13:00-17:00"]\nsat = ["07:30-11:30"]\n'
        '[days]\noff = ["2025-04-30"]\nworking = ["2025-04-21", "2025-04-28"]\n'
        '[hours_on]\n"2025-04-26" = ["07:30-11:30"]\n'
        '[[hours_from]]\non = "2026-04-16"\nmon = ["07:00-11:00"]'
    )
    assert parse_calendar(calendar_mapping(calendar)) == calendar
    assert parse_calendar(calendar_mapping(Calendar())) == Calendar()


@pytest.mark.parametrize(
    ("today", "soon"), [(date(2027, 10, 1), False), (date(2027, 10, 2), True), (date(2028, 1, 1), True)]
)
def test_the_end_of_the_calendar_is_warned_of_ninety_days_ahead(today: date, soon: bool) -> None:
    assert reach_ends_soon(OFFICE, today) is soon


def test_a_weekday_without_hours_is_closed_and_a_weekend_is_a_weekend() -> None:
    calendar = calendar_of('[hours]\nfri = ["08:00-09:00"]')
    assert [calendar.kind_of(date(2026, 3, day)) for day in (5, 6, 7, 8)] == ["closed", "working", "weekend", "weekend"]


def test_a_friday_without_hours_is_closed_and_no_weekend() -> None:
    assert calendar_of('[hours]\nmon = ["08:00-09:00"]').kind_of(date(2026, 3, 6)) == "closed"


def test_impossible_hours_of_a_season_are_named_as_such() -> None:
    with pytest.raises(CalendarHoursImpossible) as refused:
        calendar_of('[[hours_from]]\non = "2026-03-02"\nmon = ["09:00-08:00"]')
    assert refused.value.facts["key"] == "hours_from.mon"


def test_a_holiday_is_official_unless_it_says_otherwise() -> None:
    row = HolidayRow(date(2026, 3, 3), False, "Nghỉ", "Off")
    assert row.status == "official"
    assert office_calendar([row]).projected == frozenset()


def test_a_calendar_without_limit_never_ends_soon() -> None:
    assert Calendar().days_left(date(2026, 3, 2)) is None
    assert not reach_ends_soon(Calendar(), date(2026, 3, 2))


def test_the_next_working_day_passes_over_days_off() -> None:
    assert OFFICE.next_working_day(date(2026, 2, 13)) == date(2026, 2, 23)
    assert OFFICE.next_working_day(date(2026, 3, 2)) == date(2026, 3, 3)


def test_where_dates_themselves_end_the_calendar_ends() -> None:
    with pytest.raises(CalendarEnds):
        Calendar().next_working_day(date(9999, 12, 31))


def test_a_day_that_dates_do_not_have_is_told_with_the_last_one_there_is() -> None:
    with pytest.raises(CalendarEnds) as raised:
        Calendar().day_after(date.max)
    assert raised.value.facts == {"reach": "31/12/9999"}
    with pytest.raises(CalendarEnds) as raised:
        Calendar(reach=date(2026, 2, 3)).day_after(date.max)
    assert raised.value.facts == {"reach": "03/02/2026"}


def test_what_is_projected_stays_so_beside_what_a_desk_has_marked_itself() -> None:
    own = Calendar(projected=frozenset({date(2026, 1, 5)}))
    rows = [
        HolidayRow(date(2026, 2, 16), False, "Tết", "Tết", "projected"),
        HolidayRow(date(2026, 1, 1), False, "Tết Dương lịch", "New Year"),
    ]
    assert office_calendar(rows, own).projected == {date(2026, 1, 5), date(2026, 2, 16)}
