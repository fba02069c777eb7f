"""Incidents: listed until a person has settled them, closed with a note, and never found by reading every dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.event import listen

from desk.cases.form_input import form_of
from desk.cases.incidents import Incident
from desk.errors.acts import CodeAmbiguous, DossierUnknown, NoIncident
from storage.projections.dossiers import events_of
from storage.queries import twins
from storage.sync.pages import take_events
from storage.tables.own import SyncStateRow
from tests.desk.cases.conftest import Office
from tests.homes import birth
from tests.storage.desks import Desk, new_desk


def returned_twice(office: Office) -> str:
    """Return the code of a dossier whose result was handed over a second time."""
    saved = office.services.intake.accept(form_of(birth()), office.officer)
    with office.services.context.log.act(office.officer.id) as act:
        for kind in ("dossier.resolved", "dossier.returned", "dossier.returned"):
            act.append(kind, {}, dossier=saved.dossier)
    return saved.code


def test_an_incident_is_listed_with_what_happened_until_it_is_closed(office: Office) -> None:
    incidents = office.services.incidents
    assert (incidents.open(), incidents.count()) == ((), 0)
    code = returned_twice(office)
    (one,) = incidents.open()
    assert (one.code, one.why, one.owner) == (code, "returned_twice", "Nguyễn Thị Lan")
    assert one.said == "The result was handed over at two desks."
    assert one.desk == office.services.context.settings.desk and one.at is not None
    assert [(side.kind, side.officer, side.code) for side in one.sides] == [
        ("dossier.returned", office.officer.name, code),
        ("dossier.returned", office.officer.name, code),
    ]
    assert one.sides[1].at == one.at
    assert incidents.count() == 1
    assert incidents.close(code, office.officer, "đã hỏi quầy số 2") == 1
    assert (incidents.open(), incidents.count()) == ((), 0)
    last = office.services.lookup.show(code).history[-1]
    assert last.kind == "incident.resolved"


def with_number(office: Office, number: int, code: str) -> str:
    """Return the id of a dossier that was accepted under a code and a number of a book, as another machine would."""
    context = office.services.context
    body = {"code": code, "procedure": "2.000908", "book": "copies", "book_year": 2026, "book_number": number}
    dossier = context.chance.new_id()
    with context.log.act(office.officer.id) as act:
        act.append("dossier.accepted", body, dossier=dossier)
    return dossier


def test_a_number_of_a_book_that_two_machines_gave_is_an_incident_of_the_later_dossier(office: Office) -> None:
    incidents, show = office.services.incidents, office.services.lookup.show
    first = with_number(office, 7, "H49.22.11-261125-0701")
    with_number(office, 8, "H49.22.11-261125-0702")
    assert (incidents.open(), incidents.count()) == ((), 0)
    later = with_number(office, 7, "H49.22.11-261125-0703")
    (one,) = incidents.open()
    assert (one.dossier, one.why, incidents.count()) == (later, "number_twice", 1)
    assert [side.code[-3:] for side in one.sides] == ["701", "703"]
    assert (show(first).incidents, show(later).incidents) == ((), (one.said,))
    assert incidents.close(later, office.officer, "đã ghi chú vào sổ") == 1
    assert (incidents.open(), incidents.count(), show(later).incidents) == ((), 0, ())
    third = with_number(office, 7, "H49.22.11-261125-0704")  # what was closed is closed for its own dossier only
    assert [one.dossier for one in incidents.open()] == [third]


def test_a_code_that_two_machines_gave_is_an_incident_closed_by_the_dossiers_id(office: Office) -> None:
    incidents = office.services.incidents
    dossiers = [with_number(office, number, "H49.22.11-261125-0701") for number in (7, 7)]
    assert [(one.dossier, one.why) for one in incidents.open()] == [
        (dossiers[1], "code_twice"),
        (dossiers[1], "number_twice"),
    ]
    with pytest.raises(CodeAmbiguous):
        incidents.close("H49.22.11-261125-0701", office.officer, "x")
    assert (incidents.count(), incidents.close(dossiers[1], office.officer, "x"), incidents.count()) == (1, 1, 0)


def test_numbers_given_twice_are_found_from_an_index_alone(office: Office) -> None:
    with office.services.context.store.reading() as session:
        for columns, index in (("code", "dossier_by_code"), ("book_year, book_number, book, unit", "dossier_by_book")):
            plan = session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN SELECT {columns} FROM dossier WHERE {columns.split(', ')[:2][-1]} IS NOT NULL"
                f" GROUP BY {columns} HAVING count(*) > 1 LIMIT 200"
            )
            assert [str(row[3]).partition("COVERING INDEX ")[2].split(" ")[0] for row in plan] == [index]


def apart(office: Office, other: Desk, *acts: tuple[str, dict[str, Any], dict[str, Any] | None]) -> Incident:
    """Return the one incident of a dossier on which this desk and another did one act each, unknown to each other."""
    context = office.services.context
    saved = office.services.intake.accept(form_of(birth()), office.officer)
    with context.store.reading() as session:
        known = events_of(session, saved.dossier)[-1].head.id
    for log, (kind, body, private) in zip((context.log, other.log), acts, strict=True):
        with log.act(office.officer.id) as act:
            act.remember(saved.dossier, [known])
            act.append(kind, body, private, saved.dossier)
    with context.store.writing() as session:
        take_events(session, context.log, other.events()[-1:])
    (found,) = office.services.incidents.of(saved.code)
    return found


def facts(one: Incident) -> list[dict[str, str]]:
    """Return what each of the two acts says, by its word."""
    return [{fact.name: fact.value for fact in side.facts} for side in one.sides]


def test_what_each_act_says_stands_beside_the_other(office: Office, tmp_path: Path) -> None:
    other = new_desk(tmp_path / "two", "0192f0a1-7c3a-7b11-8a55-000000000002", seed=2)
    fee = {"fee_dong": 20_000, "charge_dong": 1000, "series": "AA/26", "receipt": "0000101"}
    one = apart(office, other, ("fee.taken", fee, None), ("fee.taken", {**fee, "receipt": "0000501"}, None))
    assert {str(side["amount_dong"]) for side in facts(one)} == {"21.000 đồng"}
    assert {side["receipt"] for side in facts(one)} == {"AA/26 0000101", "AA/26 0000501"}
    people = {"people": {"owner": {"name": "Trần Văn Bình", "personal_id": "022190000002"}}}
    corrected = ("dossier.corrected", {"copies": 2, "pages": 3}, None), ("dossier.corrected", {"copies": 5}, people)
    assert sorted(str(side) for side in facts(apart(office, other, *corrected))) == [
        "{'copies': '2'}",
        "{'copies': '5'}",
    ]
    stopped = ("dossier.stopped", {}, {"reason": "công dân rút"}), ("dossier.processing", {"to": "06712"}, None)
    ended = apart(office, other, *stopped)
    assert ended.why == "ended_apart" and {"reason": "công dân rút"} in facts(ended)
    assert {"to": office.services.context.reference.short_name("06712")} in facts(ended)
    other.store.close()


def test_from_the_second_look_on_only_what_came_since_is_read(office: Office) -> None:
    memory, asked = twins.Memory(), list[tuple[str, Any]]()
    with_number(office, 7, "H49.22.11-261125-0701")
    with office.services.context.store.reading() as session:
        assert twins.open_twins(session, memory) == []
    later = with_number(office, 7, "H49.22.11-261125-0702")
    with office.services.context.store.reading() as session:
        connection = session.connection()
        listen(connection, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        assert [twin.row.id for twin in twins.open_twins(session, memory)] == [later]
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all() for sql, values in list(asked)]
    assert len(plans) > 3 and not any("SCAN" in str(step) for plan in plans for step in plan)


def test_only_an_open_incident_of_a_known_dossier_is_closed(office: Office) -> None:
    saved = office.services.intake.accept(form_of(birth()), office.officer)
    with pytest.raises(NoIncident):
        office.services.incidents.close(saved.code, office.officer, "x")
    with pytest.raises(DossierUnknown):
        office.services.incidents.close("H49.22.11-261125-0499", office.officer, "x")


def test_open_incidents_are_found_by_their_index(office: Office) -> None:
    returned_twice(office)
    with office.services.context.store.reading() as session:
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM dossier WHERE incidents <> '[]'"
        )
        assert "dossier_with_incidents" in str(plan.all())


@pytest.mark.parametrize(
    ("failure", "said"),
    [("SYNC-05", "SYNC-05"), ("SYNC-08", "SYNC-08"), ("SYNC-12", "SYNC-12"), ("SYNC-01", ""), ("", "")],
)
def test_a_trouble_that_only_a_person_can_end_is_told_apart_from_a_broken_line(
    office: Office, failure: str, said: str
) -> None:
    with office.services.context.store.writing() as session:
        session.merge(SyncStateRow(last_failure=failure))
    found = office.services.syncing.needs_person()
    assert ("" if found is None else found.code) == said
