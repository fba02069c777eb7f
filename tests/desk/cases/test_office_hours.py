"""A changed calendar: who may change it, and that it never moves what an act has set."""

from __future__ import annotations

import pytest

from desk.cases.form_input import form_of
from desk.errors.rule import CalendarEnds, LeadNeeded
from tests.desk.cases.conftest import Office
from tests.homes import citizen

OFF = {"days": {"off": ["2026-11-27"]}}


def accepted(office: Office) -> str:
    form = form_of({"procedure": "1.004873", "owner": citizen(), "fee_dong": 8000})
    return office.services.intake.accept(form, office.officer).dossier


def test_only_the_lead_changes_the_hours(office: Office) -> None:
    added = office.services.officers.add("Lê Văn Sơn", "975310", "officer")
    officer = office.services.officers.the_one(added.id)
    with pytest.raises(LeadNeeded):
        office.services.office_hours.change(OFF, officer)
    assert office.services.office_hours.preview(OFF) == ()


def test_a_change_and_its_reverse_bring_the_due_moment_back(office: Office) -> None:
    dossier = accepted(office)
    hours = office.services.office_hours
    before = office.services.lookup.show(dossier).line.due_at
    assert [one.dossier for one in hours.change(OFF, office.officer)] == [dossier]
    assert office.services.lookup.show(dossier).line.due_at != before
    (back,) = hours.change({}, office.officer)
    assert back.new_due_at == before
    assert office.services.lookup.show(dossier).promised_at == before


def test_a_wait_that_goes_on_over_a_change_moves_the_new_due_moment(office: Office) -> None:
    dossier = accepted(office)
    office.services.moves.move(dossier, "supplement_requested", office.officer, reason="thiếu bản chính")
    office.services.office_hours.change(OFF, office.officer)
    office.at("2026-11-26T08:30:00+07:00")
    moved = office.services.moves.move(dossier, "processing", office.officer)
    # 30 November moved to 1 December by the day off, and one working day on by the wait
    assert moved.due_at is not None
    assert moved.due_at.isoformat() == "2026-12-02T01:30:00+00:00"


def test_a_calendar_too_short_for_an_open_dossier_is_refused_whole(office: Office) -> None:
    accepted(office)
    with pytest.raises(CalendarEnds):
        office.services.office_hours.change({"reach": "2026-11-28"}, office.officer)
    assert office.services.office_hours.preview({}) == ()


def test_the_calendar_survives_the_next_start(office: Office) -> None:
    office.services.office_hours.change(OFF, office.officer)
    fresh = type(office.services.context.reference)(office.services.context.store)
    assert fresh.calendar() == office.services.context.reference.calendar()
    assert not fresh.calendar().hours_of(next(day for day in fresh.calendar().off if f"{day}" == "2026-11-27"))
