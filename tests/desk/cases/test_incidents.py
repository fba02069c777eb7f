"""Incidents: listed until a person has settled them, closed with a note, and never found by reading every dossier."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.event import listen

from desk.cases.form_input import form_of
from desk.errors.acts import CodeAmbiguous, DossierUnknown, NoIncident
from storage.queries import twins
from storage.tables.own import SyncStateRow
from tests.desk.cases.conftest import Office
from tests.homes import birth


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
