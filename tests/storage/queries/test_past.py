"""What was known then: dossiers as they were at a position of the log or at a moment, nothing later in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.clock import from_ms
from storage.queries import dossiers
from storage.queries.events import last_position
from storage.queries.past import Later, position_of, rows_then, since_moment, since_position
from tests.storage.desks import FIRST, Desk, new_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose clock moves on by a second at every look."""
    fresh = new_desk(tmp_path)
    yield fresh
    fresh.store.close()


def resolve(desk: Desk, dossier: str) -> None:
    with desk.log.act("officer-1") as act:
        act.append("dossier.resolved", {}, dossier=dossier)


def statuses(desk: Desk, later: Later, *ids: str) -> dict[str, str]:
    with desk.store.reading() as session:
        return {row.id: row.status for row in rows_then(session, later, ids or None)}


def test_a_dossier_is_as_it_was_and_one_that_came_later_is_not_there(desk: Desk) -> None:
    first, second = desk.accept(2)
    with desk.store.reading() as session:
        position = last_position(session)
    resolve(desk, first)
    (third,) = desk.accept()
    with desk.store.reading() as session:
        later = since_position(session, position)
    assert later.dossiers == {first, third}
    assert statuses(desk, later) == {first: "accepted"}
    assert statuses(desk, later, second, third) == {}
    with desk.store.reading() as session:
        now = dossiers.by_id(session, first)
        assert now is not None
        assert now.status == "resolved"


def test_a_moment_knows_what_was_written_up_to_and_with_it(desk: Desk) -> None:
    (first,) = desk.accept()
    resolve(desk, first)
    at = from_ms(desk.events()[-1].head.at)
    with desk.store.reading() as session:
        assert since_moment(session, at).dossiers == frozenset()
        before = since_moment(session, at - timedelta(milliseconds=1))
    assert statuses(desk, before) == {first: "accepted"}
    with desk.store.reading() as session:
        long_ago = since_moment(session, FIRST)
    assert statuses(desk, long_ago) == {}


def test_a_row_of_the_past_is_the_row_that_was(desk: Desk) -> None:
    (first,) = desk.accept(then=("dossier.processing",))
    with desk.store.reading() as session:
        was = dossiers.by_id(session, first)
        assert was is not None
        expected = was.model_dump()
        position = last_position(session)
    resolve(desk, first)
    with desk.store.reading() as session:
        (then,) = rows_then(session, since_position(session, position))
        assert then.model_dump() == expected


def test_later_forms_are_named_though_they_name_no_dossier(desk: Desk) -> None:
    with desk.store.reading() as session:
        position = last_position(session)
    with desk.log.act("officer-1") as act:
        form = act.append("survey.captured", {"level": "satisfied", "how": "paper"}).head.id
    with desk.store.reading() as session:
        assert since_position(session, position).events == {form}
        assert since_position(session, position + 1).events == frozenset()


def test_an_event_of_the_own_chain_has_its_place_in_the_log(desk: Desk) -> None:
    desk.accept(3)
    with desk.store.reading() as session:
        tail = desk.log.tail(session)
        assert position_of(session, desk.id, tail.epoch, tail.seq) == last_position(session)
        assert position_of(session, desk.id, 1, 0) == 0
        assert position_of(session, desk.id, 1, tail.seq + 1) is None
        assert position_of(session, "another", 1, 1) is None


def test_many_dossiers_are_asked_for_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.queries.past._AT_ONCE", 2)
    ids = desk.accept(5)
    with desk.store.reading() as session:
        position = last_position(session)
    for dossier in ids:
        resolve(desk, dossier)
    with desk.store.reading() as session:
        later = since_position(session, position)
    assert statuses(desk, later) == dict.fromkeys(ids, "accepted")
