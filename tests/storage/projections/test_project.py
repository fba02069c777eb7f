"""All projections: rebuilt byte for byte, and not stopped by an event that cannot be projected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from storage import chain
from storage.projections import dossiers, others
from storage.projections.project import batches, dump, project, project_each, rebuild
from storage.store import Store
from storage.wire import Event
from tests.storage.desks import Desk

MOVES = ("dossier.processing", "dossier.resolved", "dossier.returned", "survey.asked")


def _rows(session: Session, table: str) -> dict[str, dict[str, Any]]:
    return {key: json.loads(row) for name, key, row in dump(session) if name == table}


def test_a_rebuild_gives_the_same_bytes(desk: Desk) -> None:
    desk.accept(8, then=MOVES)
    with desk.log.act("officer-1") as act:
        made = act.append("paper.made", {"kind": "slip", "copy": 1, "sha256": "ab", "name": "x.pdf"}, dossier="d")
        act.append("paper.handed", {"paper": made.head.id}, dossier="d")
        act.append("survey.captured", {"level": "satisfied", "how": "screen", "quick": True})
        act.append("clock.set", {})
        act.append(
            "officer.changed", {"officer": "officer-1", "role": "officer", "active": False}, {"name": "Cán bộ 2"}
        )
    with desk.store.writing() as session:
        before = list(dump(session))
        assert rebuild(session, searchable=True) == (True, [])
        assert list(dump(session)) == before
    tables = {table for table, _key, _row in before}
    assert tables == {"dossier", "paper", "survey_form", "officer", "desk", "serial"}
    assert json.loads(next(row for table, _key, row in before if table == "paper"))["state"] == "handed"


def test_a_rebuild_names_what_was_not_as_the_log_says(desk: Desk) -> None:
    first, second = desk.accept(2)
    with desk.store.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE dossier SET status = 'returned', copies = 7 WHERE id = ?", (first,)
        )
        session.connection().exec_driver_sql("DELETE FROM dossier WHERE id = ?", (second,))
        session.connection().exec_driver_sql("INSERT INTO serial VALUES ('H49.99', '2026-01-01', 0, 5)")
        found = rebuild(session, searchable=True)
        assert not found.same
        assert sorted(found.differences) == sorted(
            [f"dossier {first}: copies, status", f"dossier {second}: new", "serial H49.99/2026-01-01/0: gone"]
        )
        assert rebuild(session, searchable=True) == (True, [])


def test_the_search_is_rebuilt_as_well(desk: Desk) -> None:
    desk.accept(3)
    count = text("SELECT count(*) FROM name_index WHERE name_index MATCH 'tran'")
    with desk.store.writing() as session:
        before = session.connection().execute(count).scalar()
        rebuild(session, searchable=True)
        assert session.connection().execute(count).scalar() == before == 1


def test_events_delivered_again_change_nothing(desk: Desk) -> None:
    desk.accept(4, then=MOVES)
    with desk.store.writing() as session:
        before = list(dump(session))
        for batch in batches(session):
            project(session, batch[5:], searchable=True)
        assert list(dump(session)) == before


POISON: list[tuple[str, dict[str, Any]]] = [
    ("paper.made", {"kind": ["slip"]}),
    ("paper.made", {"kind": "slip", "copy": "x"}),
    ("paper.handed", {"paper": ["x"]}),
    ("paper.handed", {}),
    ("survey.captured", {"level": 5}),
    ("survey.captured", {"level": "satisfied", "done_at": 10**40}),
    ("officer.added", {}),
    ("officer.changed", {"officer": {"a": 1}}),
    ("desk.opened", {"agency_code": "H49.35"}),
    ("desk.enrolled", {"slot": "0"}),
    ("dossier.accepted", {"serial": 2**70, "agency_code": "a", "business_on": "2026-01-01"}),
    ("dossier.accepted", {"serial": 1, "agency_code": "a", "business_on": "never"}),
    ("dossier.accepted", {"serial": 1, "agency_code": "a"}),
]


@pytest.mark.parametrize(("kind", "body"), POISON)
def test_an_event_that_says_nothing_readable_stops_no_other(desk: Desk, kind: str, body: dict[str, Any]) -> None:
    with desk.store.reading() as session:
        before = [row for row in dump(session) if row[0] != "dossier"]
    with desk.log.act("officer-1") as act:
        act.append(kind, body, dossier="d")
    with desk.store.writing() as session:
        assert [row for row in dump(session) if row[0] != "dossier"] == before
        assert rebuild(session, searchable=True) == (True, [])
    desk.accept(1)


def test_a_projection_that_raises_leaves_out_its_own_event_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = desk.accept(9)
    bad = desk.events()[6].head.id
    _raises_at(monkeypatch, bad, RuntimeError("a fault of the program"))
    with desk.store.writing() as session:
        for batch in batches(session):
            refused = project_each(session, batch, searchable=True)
        assert [event.head.id for event in refused] == [bad]
        assert not rebuild(session, searchable=True).same
        assert set(_rows(session, "dossier")) == set(ids) - {ids[4]}


def _raises_at(monkeypatch: pytest.MonkeyPatch, event_id: str, error: Exception) -> None:
    real = others.project

    def raising(session: Session, events: list[Event]) -> None:
        if any(event.head.id == event_id for event in events):
            raise error
        real(session, events)

    monkeypatch.setattr(others, "project", raising)


def test_a_database_that_fails_is_no_fault_of_an_event(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.accept(2)
    full = OperationalError("INSERT", {}, Exception("database or disk is full"))
    _raises_at(monkeypatch, desk.events()[3].head.id, full)
    with desk.store.writing() as session, pytest.raises(OperationalError):
        project_each(session, desk.events(), searchable=True)


def test_late_events_of_a_dossier_make_its_row_anew(desk: Desk) -> None:
    (dossier,) = desk.accept(1, then=MOVES)
    events = [event for event in desk.events() if event.head.dossier == dossier]
    with desk.store.writing() as session:
        before = _rows(session, "dossier")
        session.connection().exec_driver_sql("DELETE FROM dossier")
        assert dossiers.project(session, reversed(events)).states[0]["status"] == "returned"
        assert _rows(session, "dossier") == before


def test_papers_are_the_same_though_what_became_of_them_is_known_first(desk: Desk, tmp_path: Path) -> None:
    (dossier,) = desk.accept(1)
    with desk.log.act("officer-1") as act:
        made = act.append("paper.made", {"kind": "slip", "copy": 1, "sha256": "ab", "name": "1.pdf"}, dossier=dossier)
        act.append("paper.handed", {"paper": made.head.id}, dossier=dossier)
    with desk.log.act("officer-1") as act:
        act.append("paper.voided", {"paper": made.head.id}, dossier=dossier)
        act.append("paper.confirmed", {"paper": made.head.id}, dossier=dossier)
    assert _told_elsewhere(desk, tmp_path, list(reversed(desk.events()))) == _dumped(desk)


def test_a_desk_and_its_officers_are_the_same_though_their_last_word_is_known_first(desk: Desk, tmp_path: Path) -> None:
    for name in ("Đỗ Thị Ánh", "Đỗ Thị Ánh Tuyết"):
        with desk.log.act("officer-1") as act:
            act.append("officer.changed", {"officer": "officer-1", "role": "officer"}, {"name": name})
            act.append("desk.enrolled", {"center": f"https://{len(name)}.vn", "slot": len(name)})
    desk.log.open_epoch()
    assert _told_elsewhere(desk, tmp_path, list(reversed(desk.events()))) == _dumped(desk)


def _told_elsewhere(desk: Desk, folder: Path, events: list[Event]) -> list[tuple[str, str, str]]:
    """Return the tables of another node that is given `events` of `desk` one by one."""
    elsewhere = Store.on_file(folder / "elsewhere.db", "desk")
    for event in events:
        with elsewhere.writing() as session:
            chain.store(session, [event])
            assert project_each(session, [event], searchable=True) == []
    with elsewhere.reading() as session:
        told = list(dump(session))
    elsewhere.close()
    return told


def _dumped(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.store.reading() as session:
        return list(dump(session))
