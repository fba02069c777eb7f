"""Which open dossiers a changed calendar touches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.errors.rule import CalendarEnds
from desk.rules.calendar import DayName
from desk.rules.clock_stops import ClockStop, Promise
from desk.rules.due import parse_term
from desk.rules.redating import OpenDossier, Redated, touched
from tests.desk.rules.holidays import quang_ninh
from tests.desk.rules.office import at

OLD = quang_ninh()
NEW = replace(OLD, off={**OLD.off, date(2026, 3, 4): DayName("Nghỉ đột xuất", "Sudden day off")})


def dossier(code: str, received: str, term: str, due_at: str, *stops: ClockStop) -> OpenDossier:
    """An open dossier with the due moment in force."""
    return OpenDossier(code, Promise(at(received), parse_term(term)), stops, at(due_at))


def test_only_dossiers_whose_days_change_are_listed_the_earliest_first() -> None:
    open_ones = [
        dossier("later", "2026-03-02 09:00", "5 working_day", "2026-03-09 09:00"),
        dossier("sooner", "2026-03-03 09:00", "1 working_day", "2026-03-04 09:00"),
        dossier("before", "2026-03-02 09:00", "1 working_day", "2026-03-03 09:00"),
        dossier("calendar", "2026-03-02 09:00", "5 calendar_day", "2026-03-09 17:00"),
    ]
    assert touched(open_ones, OLD, NEW) == (
        Redated("sooner", at("2026-03-04 09:00"), at("2026-03-05 09:00")),
        Redated("later", at("2026-03-09 09:00"), at("2026-03-10 09:00")),
    )


def test_equal_new_moments_are_listed_by_code() -> None:
    open_ones = [dossier(code, "2026-03-03 09:00", "1 working_day", "2026-03-04 09:00") for code in ("b", "a")]
    assert [redated.code for redated in touched(open_ones, OLD, NEW)] == ["a", "b"]


def test_stops_are_part_of_what_is_counted_again() -> None:
    waited = ClockStop("payment", at("2026-03-02 10:00"), at("2026-03-02 11:00"))
    paused = dossier("paused", "2026-03-02 09:00", "1 working_day", "2026-03-03 10:00", waited)
    long = ClockStop("payment", at("2026-03-02 10:00"), at("2026-03-03 16:00"))
    moved = dossier("moved", "2026-03-02 09:00", "1 working_day", "2026-03-04 15:00", long)
    new = replace(OLD, off={**OLD.off, date(2026, 3, 4): DayName()})
    assert touched([paused, moved], OLD, new) == (Redated("moved", at("2026-03-04 15:00"), at("2026-03-05 15:00")),)


def test_a_date_set_by_an_apology_stays() -> None:
    extended = dossier("extended", "2026-03-03 09:00", "1 working_day", "2026-03-10 09:00")
    assert touched([extended], OLD, NEW) == ()


def test_seconds_of_the_stored_moment_do_not_matter() -> None:
    stored = dossier("stored", "2026-03-03 09:00", "1 working_day", "2026-03-04 09:00")
    assert touched([stored._replace(due_at=stored.due_at + timedelta(seconds=30))], OLD, NEW)


def test_a_calendar_too_short_for_an_open_dossier_is_refused() -> None:
    with pytest.raises(CalendarEnds):
        touched(
            [dossier("far", "2026-03-02 09:00", "5 working_day", "2026-03-09 09:00")],
            OLD,
            replace(NEW, reach=date(2026, 3, 6)),
        )
