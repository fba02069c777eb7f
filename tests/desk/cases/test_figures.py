"""What presses: due today, due on the next working day, late, and what a stopped clock does to them."""

from __future__ import annotations

from desk.cases.form_input import form_of
from tests.desk.cases.conftest import Office
from tests.homes import citizen

THREE_DAYS = "1.004873"


def accepted(office: Office, at: str, procedure: str = THREE_DAYS) -> str:
    office.at(at)
    form = form_of({"procedure": procedure, "owner": citizen(), "fee_dong": 0, "fee_ground": "Miễn"})
    return office.services.intake.accept(form, office.officer).dossier


def listed(office: Office, name: str) -> list[str]:
    return [line.id for line in office.services.todays_work.listed(name)]


def test_on_friday_tomorrow_is_monday(office: Office) -> None:
    dossier = accepted(office, "2026-11-25T08:30:00+07:00")
    due = office.services.lookup.show(dossier).line.due_at
    assert due is not None
    office.at("2026-11-27T09:00:00+07:00")
    assert f"{due:%Y-%m-%d}" == "2026-11-30"
    assert f"{office.services.todays_work.next_working_day()}" == "2026-11-30"
    assert listed(office, "due_tomorrow") == [dossier]
    assert office.services.todays_work.counts().due_tomorrow == 1
    assert office.services.lookup.show(dossier).line.timeliness == "due_soon"


def test_a_dossier_that_waits_for_its_citizen_is_not_late(office: Office) -> None:
    dossier = accepted(office, "2026-11-25T08:30:00+07:00")
    office.services.moves.move(dossier, "supplement_requested", office.officer, reason="Thiếu giấy chứng sinh")
    office.at("2026-12-10T08:30:00+07:00")
    assert listed(office, "overdue") == []
    assert listed(office, "waiting") == [dossier]
    assert office.services.todays_work.counts().overdue == 0
    assert office.services.lookup.show(dossier).line.timeliness == "in_time"


def test_a_dossier_that_was_late_before_it_waited_is_late(office: Office) -> None:
    dossier = accepted(office, "2026-11-25T08:30:00+07:00")
    office.at("2026-12-08T08:30:00+07:00")
    office.services.moves.move(dossier, "supplement_requested", office.officer, reason="Thiếu giấy chứng sinh")
    office.at("2026-12-10T08:30:00+07:00")
    assert listed(office, "overdue") == [dossier]
    assert office.services.lookup.show(dossier).line.timeliness == "overdue"


def test_the_due_minute_itself_is_on_time(office: Office) -> None:
    dossier = accepted(office, "2026-11-25T08:30:00+07:00")
    office.at("2026-11-30T08:30:59+07:00")
    office.services.moves.move(dossier, "resolved", office.officer)
    assert office.services.lookup.show(dossier).line.timeliness == "on_time"


def test_within_its_due_minute_a_dossier_is_due_today_and_not_late(office: Office) -> None:
    dossier = accepted(office, "2026-11-25T08:30:00+07:00")
    office.at("2026-11-30T08:30:59+07:00")
    assert (listed(office, "due_today"), listed(office, "overdue")) == ([dossier], [])
    assert office.services.todays_work.counts().overdue == 0
    office.at("2026-11-30T08:31:00+07:00")
    assert (listed(office, "due_today"), listed(office, "overdue")) == ([], [dossier])


def test_what_is_late_stands_as_unexplained_until_its_cause_is_given(office: Office) -> None:
    dossier = accepted(office, "2026-11-25T08:30:00+07:00")
    assert listed(office, "unexplained") == []
    office.at("2026-12-01T08:30:00+07:00")
    assert listed(office, "unexplained") == [dossier]
    assert office.services.todays_work.counts().unexplained == 1
    office.services.delays.record(dossier, "staff", office.officer)
    assert listed(office, "unexplained") == []
    assert office.services.todays_work.counts().unexplained == 0
