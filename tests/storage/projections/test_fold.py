"""A dossier's state: the same from any order of its events, and never spoilt by what one of them says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from storage.projections.fold import State, blank, fold_all
from storage.projections.upsert import table_of
from storage.tables.projected import DossierRow
from storage.wire import Event, hash_of
from tests.storage.desks import Desk, new_desk

MOVES = (
    "dossier.processing",
    "dossier.supplement_requested",
    "dossier.supplemented",
    "dossier.resolved",
    "dossier.returned",
    "fee.taken",
)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Event]]:
    """One dossier's events: seven in a row, then two of another desk that saw only the first."""
    one = new_desk(tmp_path_factory.mktemp("one"))
    (dossier,) = one.accept(1, then=MOVES)
    events = [event for event in one.events() if event.head.dossier == dossier]
    other = new_desk(tmp_path_factory.mktemp("two"), "0192f0a1-7c3a-7b11-8a55-000000000002", seed=2)
    with other.log.act("officer-2") as act:
        act._heads[dossier] = [events[0].head.id]
        act.append("dossier.linked", {"system": "hkd", "code": "A-1"}, dossier=dossier)
        act.append("dossier.corrected", {"copies": 4}, {"note": "sửa"}, dossier=dossier)
        events += act.events
    yield events
    one.store.close()
    other.store.close()


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk where fees are taken."""
    desk = new_desk(tmp_path_factory.mktemp("till"))
    yield desk
    desk.store.close()


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_shuffled_and_repeated_events_fold_to_the_same_state(history: list[Event], data: st.DataObject) -> None:
    order = data.draw(st.permutations(history))
    again = data.draw(st.lists(st.sampled_from(history), max_size=5))
    assert fold_all([*order, *again]) == fold_all(history)


def test_an_event_id_met_twice_counts_at_its_first_place_in_any_order(history: list[Event]) -> None:
    head = history[1].head
    twin = Event(replace(head, desk="zz", body_hash=hash_of(b"{}")).written(), b"{}", None)
    assert twin.head.id == head.id
    assert fold_all([*history, twin]) == fold_all([twin, *history]) == fold_all(history)


def test_concurrent_events_leave_two_heads_until_one_saw_both(history: list[Event]) -> None:
    state = fold_all(history)
    assert state is not None
    assert state["heads"] == sorted([history[6].head.id, history[8].head.id])
    assert (state["status"], state["copies"], state["note"]) == ("returned", 4, "sửa")
    assert state["other_codes"] == [{"system": "hkd", "code": "A-1"}]


def test_the_first_state_has_every_column_of_the_table(history: list[Event]) -> None:
    assert set(blank(history[0])) == {column.name for column in table_of(DossierRow).columns}


def _with(desk: Desk, kind: str, body: dict[str, Any], private: dict[str, Any] | None = None) -> State:
    """Return the state of an accepted dossier after one more event that says `body`."""
    (dossier,) = desk.accept(1)
    with desk.log.act("officer-1") as act:
        act.append(kind, body, private, dossier)
    state = fold_all(event for event in desk.events() if event.head.dossier == dossier)
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("body", "private"),
    [
        ({"copies": "many"}, None),
        ({"copies": -1}, None),
        ({"copies": 2**60}, None),
        ({"copies": True}, None),
        ({"copies": 1.5}, None),
        ({"field": None}, None),
        ({"field": ["x"]}, None),
        ({"code": "x" * 501}, None),
        ({"due_at": 10**30}, None),
        ({"due_at": "soon"}, None),
        ({"business_on": "31/12/2026"}, None),
        ({"business_on": 5}, None),
        ({"set_count": None}, None),
        ({}, {"people": ["x"]}),
        ({}, {"people": {"owner": "Lan"}}),
    ],
)
def test_what_cannot_be_read_is_an_incident_and_changes_nothing(
    desk: Desk, body: dict[str, Any], private: dict[str, Any] | None
) -> None:
    state = _with(desk, "dossier.corrected", {"procedure": "9.999999", **body}, private)
    assert [incident["event"] for incident in state["incidents"]] == [desk.events()[-1].head.id]
    assert (state["procedure"], state["copies"], state["owner_name"]) == ("1.001193", None, "Trần Văn Bình")
    assert state["heads"] == [desk.events()[-1].head.id]


@pytest.mark.parametrize("status", ["returned", 5, "<b>", ["filed"]])
def test_a_wait_ends_in_an_open_status_only(desk: Desk, status: object) -> None:
    state = _with(desk, "dossier.supplemented", {"status": status})
    assert state["status"] == "accepted" and len(state["incidents"]) == 1


@pytest.mark.parametrize("gone", [5, None, {"a": 1}, "x"])
def test_an_undo_of_nonsense_undoes_nothing(desk: Desk, gone: object) -> None:
    assert _with(desk, "dossier.undone", {"events": gone})["status"] == "accepted"


def test_an_unknown_kind_of_a_newer_version_is_kept_and_seen(desk: Desk) -> None:
    state = _with(desk, "dossier.teleported", {"to": "moon"})
    assert (state["status"], state["last_kind"], state["incidents"]) == ("accepted", "dossier.teleported", [])


def test_undone_events_leave_the_state_as_it_was(desk: Desk, tmp_path: Path) -> None:
    (dossier,) = desk.accept(1)
    with desk.log.act("officer-1") as act:
        gone = act.append("dossier.resolved", {}, dossier=dossier)
    with desk.log.act("officer-1") as act:
        act.append("dossier.undone", {"events": [gone.head.id]}, dossier=dossier)
    with desk.store.reading() as session:
        row = session.get(DossierRow, dossier)
        assert row is not None
        assert (row.status, row.resolved_at, row.undoable) == ("accepted", None, [gone.head.id])


@given(st.lists(st.tuples(st.integers(1, 50_000), st.sampled_from(("kept", "voided", "undone", "void undone")))))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_takes_less_voids_are_what_is_shown_in_any_order_and_however_often_told(
    till: Desk, takes: list[tuple[int, str]]
) -> None:
    (dossier,) = till.accept(1)
    with till.log.act("officer-1") as act:
        for dong, fate in takes:
            taken = act.append("fee.taken", {"fee_dong": dong, "charge_dong": 0}, dossier=dossier)
            if fate == "undone":
                act.append("dossier.undone", {"events": [taken.head.id]}, dossier=dossier)
            elif fate != "kept":
                gone = act.append("fee.voided", {"fee": taken.head.id}, dossier=dossier)
                if fate == "void undone":
                    act.append("dossier.undone", {"events": [gone.head.id]}, dossier=dossier)
    events = [event for event in till.events() if event.head.dossier == dossier]
    state = fold_all([*reversed(events), *events[::2]])
    assert state is not None
    shown = sum(fee["fee_dong"] for fee in state["fees"] if not fee.get("voided"))
    assert shown == sum(dong for dong, fate in takes if fate in ("kept", "void undone"))
    assert len(state["fees"]) == sum(fate != "undone" for _dong, fate in takes)
    assert state["incidents"] == []


def test_an_acceptance_gives_its_number_in_the_book_and_one_of_an_older_desk_has_none(till: Desk) -> None:
    (old,) = till.accept(1)
    body, private = till.accepted()
    numbered = {"book": "copy", "book_year": 2026, "book_number": 17}
    with till.log.act("officer-1") as act:
        act.append("dossier.accepted", {**body, **numbered}, private, "numbered")
    for dossier, there in ((old, ("", None, None)), ("numbered", ("copy", 2026, 17))):
        state = fold_all(event for event in till.events() if event.head.dossier == dossier)
        assert state is not None
        assert (state["book"], state["book_year"], state["book_number"]) == there


@pytest.mark.parametrize("wrong", [{"book_number": "17"}, {"book_year": -1}, {"book": None}, {"book": "x" * 501}])
def test_a_number_that_is_none_leaves_the_state_as_it_was(till: Desk, wrong: dict[str, Any]) -> None:
    state = _with(till, "dossier.corrected", {"book": "copy", "book_year": 2026, "book_number": 17, **wrong})
    assert (state["book"], state["book_year"], state["book_number"]) == ("", None, None)
    assert len(state["incidents"]) == 1
