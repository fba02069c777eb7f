"""Closed periods as acts: who may, what a closing holds, and that a repeated table never forgets or foresees."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desk.cases.form_input import form_of
from desk.errors.figures import PeriodClosed, PeriodNotOver
from desk.errors.rule import LeadNeeded, PeriodBackwards
from tests.desk.cases.conftest import Office
from tests.homes import citizen

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 27)
AFTER = "2026-11-28T08:00:00+07:00"


def accepted(office: Office, number: int = 1) -> str:
    form = form_of({"procedure": "1.004873", "owner": citizen(number), "fee_dong": 8000})
    return office.services.intake.accept(form, office.officer).dossier


def test_only_the_lead_closes_and_only_what_is_over(office: Office) -> None:
    figures = office.services.figures
    added = office.services.officers.add("Lê Văn Sơn", "975310", "officer")
    officer = office.services.officers.the_one(added.id)
    office.at("2026-11-27T23:59:59+07:00")
    with pytest.raises(LeadNeeded):
        figures.close(FIRST, LAST, officer)
    with pytest.raises(PeriodNotOver):
        figures.close(FIRST, LAST, office.officer)
    with pytest.raises(PeriodBackwards):
        figures.close(LAST, FIRST, office.officer)
    office.at("2026-11-28T00:00:00+07:00")
    closed = figures.close(FIRST, LAST, office.officer)
    assert figures.closed(FIRST, LAST) == closed
    with pytest.raises(PeriodClosed):
        figures.close(FIRST, LAST, office.officer)
    assert figures.close(FIRST, date(2026, 11, 26), office.officer).event != closed.event
    assert figures.closed(FIRST, date(2026, 11, 25)) is None


def test_a_dossier_known_later_is_an_adjustment_and_the_closed_table_stays(office: Office) -> None:
    figures = office.services.figures
    dossier = accepted(office)
    office.at(AFTER)
    figures.close(FIRST, LAST, office.officer)
    before = figures.report(FIRST, LAST)
    office.at("2026-11-28T09:00:00+07:00")
    office.services.moves.move(
        dossier, "resolved", office.officer, at=datetime.fromisoformat("2026-11-27T10:00:00+07:00")
    )
    after = figures.report(FIRST, LAST)
    assert (after.rows, after.total) == (before.rows, before.total)
    changes = {(one.column, one.before, one.after) for one in after.adjustments}
    assert changes == {
        ("resolved", 0, 1),
        ("early", 0, 1),
        ("in_progress", 1, 0),
        ("in_time", 1, 0),
    }
    following = figures.report(date(2026, 11, 28), date(2026, 11, 30))
    check = next(one for one in following.checks if one.id == "6=previous 11")
    assert (check.left, check.right) == (0, 0)


def test_the_longest_of_two_periods_that_end_on_one_day_gives_what_is_carried_over(office: Office) -> None:
    figures = office.services.figures
    accepted(office)
    office.at(AFTER)
    figures.close(LAST, LAST, office.officer)
    figures.close(date(2026, 11, 1), LAST, office.officer)
    following = figures.report(date(2026, 11, 28), date(2026, 11, 30))
    check = next(one for one in following.checks if one.id == "6=previous 11")
    assert (check.left, check.right) == (1, 1)


def test_a_table_as_known_before_its_closing_knows_of_no_closing(office: Office) -> None:
    figures = office.services.figures
    accepted(office)
    office.at(AFTER)
    figures.close(FIRST, LAST, office.officer)
    known = datetime.fromisoformat("2026-11-25T12:00:00+07:00")
    assert figures.report(FIRST, LAST, known_at=known).total.columns.received == 1
    following = figures.report(date(2026, 11, 28), date(2026, 11, 30), known_at=known)
    check = next(one for one in following.checks if one.id == "6=previous 11")
    assert (check.left, check.right) == (1, 1)


def test_a_closing_survives_a_rebuild_of_everything_from_the_log(office: Office) -> None:
    figures = office.services.figures
    accepted(office)
    office.at(AFTER)
    closed = figures.close(FIRST, LAST, office.officer)
    assert office.services.checking.rebuild().same
    assert figures.closed(FIRST, LAST) == closed
    assert figures.holds(closed)
