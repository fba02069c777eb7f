"""Who holds a dossier since when, and what each body used of its time."""

from __future__ import annotations

from desk.cases.form_input import form_of
from desk.clock import office_time
from tests.desk.cases.conftest import Office
from tests.homes import citizen


def accepted(office: Office, **more: object) -> str:
    form = form_of({"procedure": "1.004873", "owner": citizen(), "fee_dong": 8000, **more})
    return office.services.intake.accept(form, office.officer).dossier


def held(office: Office, dossier: str) -> list[tuple[str, str, str, int]]:
    return [
        (
            one.unit,
            f"{office_time(one.since_at):%d %H:%M}",
            "now" if one.until_at is None else f"{office_time(one.until_at):%d %H:%M}",
            one.minutes,
        )
        for one in office.services.lookup.show(dossier).holdings
    ]


def test_time_by_body_goes_from_hand_to_hand_and_ends_with_the_return(office: Office) -> None:
    dossier = accepted(office)
    moves = office.services.moves
    office.at("2026-11-25T10:30:00+07:00")
    moves.move(dossier, "processing", office.officer, unit="so-tu-phap")
    office.at("2026-11-26T08:30:00+07:00")
    moves.move(dossier, "processing", office.officer, unit="cong-an-tinh")
    office.at("2026-11-26T09:00:00+07:00")
    assert held(office, dossier) == [
        ("06709", "25 08:30", "25 10:30", 120),
        ("so-tu-phap", "25 10:30", "26 08:30", 330),
        ("cong-an-tinh", "26 08:30", "now", 30),
    ]
    moves.move(dossier, "resolved", office.officer)
    office.at("2026-11-26T09:15:00+07:00")
    office.services.returning.give(dossier, office.officer)
    office.at("2026-11-30T09:15:00+07:00")
    assert held(office, dossier)[2:] == [
        ("cong-an-tinh", "26 08:30", "26 09:00", 30),
        ("06709", "26 09:00", "26 09:15", 15),
    ]


def test_a_hand_over_that_was_undone_or_to_the_same_body_is_no_stretch(office: Office) -> None:
    dossier = accepted(office)
    office.services.moves.move(dossier, "processing", office.officer, unit="so-tu-phap")
    office.services.correcting.undo(office.officer)
    office.at("2026-11-25T09:30:00+07:00")
    office.services.moves.move(dossier, "processing", office.officer, unit="06709")
    assert held(office, dossier) == [("06709", "25 08:30", "now", 60)]


def test_a_stopped_dossier_is_with_nobody_and_one_before_acceptance_was_with_none(office: Office) -> None:
    dossier = accepted(office)
    office.at("2026-11-25T09:00:00+07:00")
    office.services.moves.move(dossier, "stopped", office.officer, reason="tranh chấp")
    office.at("2026-11-27T09:00:00+07:00")
    assert held(office, dossier) == [("06709", "25 08:30", "25 09:00", 30)]
    text = '{"code": "000.00.35.H49-261124-000123", "filed_at": "2026-11-24T09:00:00+07:00",'
    text += '"procedure": "1.001193", "owner": {"name": "Trần Văn Nam"}}'
    filed = office.services.inbox.take(text, office.officer)[0].dossier
    assert held(office, filed) == []


def test_receiving_competent_and_returning_unit_stand_apart(office: Office) -> None:
    dossier = accepted(office, competent_unit="so-tu-phap", returning_unit="06712")
    view = office.services.lookup.show(dossier)
    assert (view.receiving_unit, view.competent_unit, view.returning_unit) == ("06709", "so-tu-phap", "06712")
    office.services.moves.move(dossier, "resolved", office.officer)
    assert [one.unit for one in office.services.lookup.show(dossier).holdings] == ["06709", "06712"]


def test_a_calendar_that_ends_before_now_leaves_the_time_unsaid(office: Office) -> None:
    dossier = accepted(office)
    office.at("2028-03-01T09:00:00+07:00")
    assert held(office, dossier) == []
