"""Causes, outages and apologies as acts: who may, what is proposed from the link's own log."""

from __future__ import annotations

from datetime import datetime

import pytest

from desk.cases.context import Officer
from desk.cases.form_input import form_of
from desk.clock import to_ms
from desk.errors.acts import DossierUndone
from desk.errors.delays import DoneInTime
from desk.errors.rule import ApologyGivenAlready, LeadNeeded, NewDateTooEarly, NotRunning
from desk.rules.delays import Outage
from storage.queries import kept
from tests.desk.cases.conftest import Office
from tests.homes import birth, citizen

NEW = datetime.fromisoformat("2026-12-03T09:00:00+07:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-25T{text}:00+07:00")


def accepted(office: Office, number: int = 1) -> str:
    form = form_of({"procedure": "1.004873", "owner": citizen(number), "fee_dong": 8000})
    return office.services.intake.accept(form, office.officer).dossier


def helper(office: Office) -> Officer:
    added = office.services.officers.add("Lê Văn Sơn", "975310", "officer")
    return office.services.officers.the_one(added.id)


def test_an_officer_records_causes_and_outages_but_only_the_lead_apologises(office: Office) -> None:
    dossier, officer = accepted(office), helper(office)
    office.services.delays.record(dossier, "staff", officer)
    office.at("2026-11-25T12:00:00+07:00")
    office.services.delays.outage(Outage("power_outage", at("09:00"), at("10:00")), officer)
    with pytest.raises(LeadNeeded):
        office.services.delays.apologise(dossier, NEW, "staff", officer)
    assert office.services.delays.apologise(dossier, NEW, "staff", office.officer).due_at == NEW


def test_a_dossier_that_was_never_accepted_or_is_undone_has_no_delay(office: Office) -> None:
    text = '{"code": "000.00.35.H49-261124-000123", "filed_at": "2026-11-24T09:00:00+07:00",'
    text += '"procedure": "1.001193", "owner": {"name": "Trần Văn Nam"}}'
    filed = office.services.inbox.take(text, office.officer)[0].dossier
    for act in (
        lambda: office.services.delays.record(filed, "staff", office.officer),
        lambda: office.services.delays.apologise(filed, NEW, "staff", office.officer),
    ):
        with pytest.raises(NotRunning):
            act()
    undone = office.services.intake.accept(form_of(birth(2)), office.officer).dossier
    office.services.correcting.undo(office.officer)
    with pytest.raises(DossierUndone):
        office.services.delays.record(undone, "staff", office.officer)


def test_a_stopped_dossier_was_late_or_it_was_not(office: Office) -> None:
    early, late = accepted(office, 1), accepted(office, 2)
    office.services.moves.move(early, "stopped", office.officer, reason="tranh chấp")
    office.at("2026-12-02T08:30:00+07:00")
    office.services.moves.move(late, "stopped", office.officer, reason="tranh chấp")
    with pytest.raises(DoneInTime):
        office.services.delays.record(early, "citizen", office.officer)
    office.services.delays.record(late, "citizen", office.officer)
    lines = [office.services.lookup.show(dossier).line for dossier in (early, late)]
    assert [line.timeliness for line in lines] == ["on_time", "overdue"]


def test_a_dossier_stopped_while_its_citizen_was_waited_for_was_not_late(office: Office) -> None:
    dossier = accepted(office)
    office.services.moves.move(dossier, "supplement_requested", office.officer, reason="thiếu bản chính")
    office.at("2026-12-28T08:30:00+07:00")
    office.services.moves.move(dossier, "stopped", office.officer, reason="quá hạn bổ sung")
    assert office.services.lookup.show(dossier).line.timeliness == "on_time"
    report = office.services.figures.report(at("08:30").date(), datetime.fromisoformat("2026-12-31").date())
    assert (report.total.columns.on_time, report.total.columns.overdue) == (1, 0)
    with pytest.raises(DoneInTime):
        office.services.delays.record(dossier, "citizen", office.officer)


def test_an_outage_counts_only_while_a_dossier_was_there_and_its_clock_ran(office: Office) -> None:
    before = accepted(office, 1)
    office.at("2026-11-25T09:30:00+07:00")
    during = accepted(office, 2)
    office.at("2026-11-25T10:00:00+07:00")
    office.services.moves.move(before, "resolved", office.officer)
    office.at("2026-11-25T14:00:00+07:00")
    after = accepted(office, 3)
    done = office.services.delays.outage(Outage("network_outage", at("09:00"), at("11:00")), office.officer)
    assert {one.dossier: one.minutes for one in done.dossiers} == {before: 60, during: 90}
    assert office.services.lookup.show(after).causes == ()


def test_what_the_link_went_through_is_proposed_the_newest_first(office: Office) -> None:
    delays = office.services.delays
    assert delays.link_outages() == ()
    for text, is_up in (("09:00", True), ("09:10", False), ("09:20", False), ("10:00", True), ("11:00", False)):
        with office.services.context.store.writing() as session:
            kept.note_link(session, to_ms(at(text)), is_up=is_up)
    assert delays.link_outages() == ((at("11:00"), None), (at("09:10"), at("10:00")))


def test_the_links_log_keeps_the_last_fifty(office: Office) -> None:
    with office.services.context.store.writing() as session:
        for number in range(120):
            kept.note_link(session, number, is_up=number % 2 == 1)
        assert kept.link_gaps(session) == [(number, number + 1) for number in range(20, 120, 2)]


def test_what_cannot_be_explained_or_apologised_for_is_said_before_anything_is_typed(office: Office) -> None:
    dossier, officer = accepted(office), helper(office)
    office.services.delays.may_record(dossier)
    office.services.delays.may_apologise(dossier, office.officer)
    with pytest.raises(LeadNeeded):
        office.services.delays.may_apologise(dossier, officer)
    with pytest.raises(NewDateTooEarly):
        office.services.delays.may_apologise(dossier, office.officer, at("10:00"))
    office.services.delays.apologise(dossier, NEW, "staff", office.officer)
    with pytest.raises(ApologyGivenAlready):
        office.services.delays.may_apologise(dossier, office.officer)
    office.services.moves.move(dossier, "resolved", office.officer)
    with pytest.raises(DoneInTime):
        office.services.delays.may_record(dossier)
