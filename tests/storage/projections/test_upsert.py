"""Rows by their key, many at once: the same on SQLite and PostgreSQL, for one row as for a COPY of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from desk.clock import from_ms
from desk.errors.store import DatabaseUnreachable
from storage import chain
from storage.center.center import Center
from storage.projections.fold import blank
from storage.projections.upsert import append, found, insert, raise_to, upsert
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow, SerialRow
from tests import postgres
from tests.storage.centers import new_center
from tests.storage.desks import Desk

FEW, MANY = 3, 1203


@pytest.mark.parametrize("count", [FEW, MANY])
def test_rows_come_back_as_they_were_put_in(center: Center, desk: Desk, count: int) -> None:
    odd = {
        "owner_name": "Nguyễn \t\\N 'Ánh'\n",
        "people": {"owner": {"name": "Đỗ"}},
        "due_at": from_ms(1_777_000_000_123),
        "business_on": date(2026, 3, 9),
        "fee_dong": (1 << 53) - 1,
        "waits": [],
        "dues": [[1, 2]],
    }
    first = desk.events()[0]
    states = [{**blank(first), "id": f"dossier-{number}", **odd, "serial": number} for number in range(count)]
    with center.store.writing() as session:
        upsert(session, DossierRow, states)
    with center.store.reading() as session:
        there = found(session, DossierRow, [*(state["id"] for state in states), "nobody"])
    assert {key: {name: row[name] for name in states[0]} for key, row in there.items()} == {
        state["id"]: state for state in states
    }


@pytest.mark.parametrize("count", [FEW, MANY])
def test_a_row_that_is_there_is_overwritten_and_of_two_with_one_key_the_last_counts(
    center: Center, desk: Desk, count: int
) -> None:
    first = blank(desk.events()[0])
    with center.store.writing() as session:
        for status in ("filed", "accepted"):
            told = [{**first, "id": str(number), "status": status} for number in range(count)]
            upsert(session, DossierRow, [*told, {**told[0], "status": f"{status}, once more"}])
    with center.store.reading() as session:
        there = found(session, DossierRow, [str(number) for number in range(count)])
    assert len(there) == count
    assert there["0"]["status"] == "accepted, once more"
    assert {row["status"] for key, row in there.items() if key != "0"} == {"accepted"}


def test_of_many_writes_in_one_transaction_each_takes_up_its_own_rows_and_the_last_stays(
    center: Center, desk: Desk
) -> None:
    first = blank(desk.events()[0])
    with center.store.writing() as session:
        for turn in range(6):
            upsert(session, DossierRow, [{**first, "id": f"{turn}-{number}"} for number in range(MANY)])
            upsert(session, DossierRow, [{**first, "id": str(number), "serial": turn} for number in range(FEW * 10)])
    with center.store.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT count(*), max(serial), min(serial) FROM dossier").one()
    assert tuple(rows) == (6 * MANY + FEW * 10, 5, 5)


def test_a_new_row_is_inserted_as_it_is_and_never_put_over_another(center: Center, desk: Desk) -> None:
    state = {
        **blank(desk.events()[0]),
        "id": "new",
        "people": {"owner": {"name": "Đỗ"}},
        "due_at": from_ms(1_777_000_000_123),
    }
    with center.store.writing() as session:
        insert(session, DossierRow, [state])
        insert(session, DossierRow, [])
    with center.store.reading() as session:
        assert found(session, DossierRow, [state["id"]])[state["id"]].items() >= state.items()
    with pytest.raises(IntegrityError), center.store.writing() as session:
        insert(session, DossierRow, [state])


def test_an_event_is_never_put_over_another(center: Center, desk: Desk) -> None:
    rows = [(number, *chain.values_of(event)) for number, event in enumerate(desk.events(), 1)]
    with center.store.writing() as session:
        append(session, EventRow, ("position", *chain.COLUMNS), rows)
    with pytest.raises(IntegrityError), center.store.writing() as session:
        append(session, EventRow, ("position", *chain.COLUMNS), rows)


def test_a_server_that_goes_away_in_the_middle_is_told_as_such(
    tmp_path: Path, desk: Desk, postgres_server: str
) -> None:
    address = postgres.fresh_database(postgres_server)
    center = new_center(tmp_path, address)
    states = [{**blank(desk.events()[0]), "id": str(number)} for number in range(MANY)]
    with pytest.raises(DatabaseUnreachable), center.store.writing() as session:
        pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with psycopg.connect(address, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (pid,))
        upsert(session, DossierRow, states)
    center.close()


def test_a_number_is_raised_and_never_lowered(center: Center) -> None:
    day = date(2026, 3, 9)
    key = {"agency_code": "H49.35", "business_on": day, "slot": 0}
    for told in (7, 5, 9, 9, 8):
        with center.store.writing() as session:
            raise_to(session, SerialRow, "last", [{**key, "last": told}, {**key, "slot": 1, "last": 1}])
    with center.store.reading() as session:
        kept = {row.slot: row.last for row in session.exec(select(SerialRow)).all()}
    assert kept == {0: 9, 1: 1}
    with center.store.writing() as session:
        raise_to(session, SerialRow, "last", [])
