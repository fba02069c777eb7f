"""Acts of two desks that do not fit together: both are kept, one incident says so, a person closes it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.projections.fold import State, fold_all
from storage.wire import Event
from tests.storage.centers import join, new_center, sync
from tests.storage.desks import Desk, new_desk

Branch = list[tuple[str, dict[str, Any]]]
STOP = ("dossier.stopped", {"reason": "x"})


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two desks of which neither hears of the other."""
    one = new_desk(tmp_path / "one")
    two = new_desk(tmp_path / "two", "0192f0a1-7c3a-7b11-8a55-000000000002", seed=2)
    yield one, two
    one.store.close()
    two.store.close()


def _apart(desks: tuple[Desk, Desk], at_one: Branch, at_two: Branch) -> list[Event]:
    """Return the events of a dossier that both desks knew as resolved, after each has gone on by itself."""
    one, two = desks
    (dossier,) = one.accept(1, then=("dossier.processing", "dossier.resolved"))
    known = [event for event in one.events() if event.head.dossier == dossier]
    events = list(known)
    for desk, branch in ((one, at_one), (two, at_two)):
        with desk.log.act("officer-1") as act:
            act.remember(dossier, [known[-1].head.id])
            events += [act.append(kind, body, None, dossier) for kind, body in branch]
    return events


def _state(events: list[Event]) -> State:
    """Return the state after `events`, which is the same from every order of the last four of them."""
    states = [fold_all([*events[:-4], *last]) for last in itertools.permutations(events[-4:])]
    assert states[0] is not None and all(state == states[0] for state in states)
    return states[0]


def test_a_result_returned_at_two_desks_keeps_both_facts_and_is_one_incident_everywhere(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    events = _apart(desks, [("dossier.returned", {})], [("dossier.returned", {})])
    first, second = events[-2:]
    state = _state(events)
    assert state["status"] == "returned" and state["incidents"] == [{"event": second.head.id, "why": "returned_twice"}]
    assert state["heads"] == sorted([first.head.id, second.head.id])
    dumps = []
    for number, order in enumerate((desks, reversed(desks))):
        center = new_center(tmp_path / f"center-{number}", seed=7 + number)
        for slot, desk in enumerate(order):
            join(desk, center, slot if number == 0 else 1 - slot)
            sync(desk, center)
        dumps.append([row for row in center.dump() if row[0] == "dossier"])
        assert "returned_twice" in str(dumps[-1]) and center.rebuild().same
        center.close()
    assert dumps[0] == dumps[1]


def test_what_is_done_elsewhere_to_a_returned_dossier_changes_nothing_and_is_told(desks: tuple[Desk, Desk]) -> None:
    for kind in ("dossier.processing", "dossier.stopped", "dossier.supplement_requested"):
        state = _state(_apart(desks, [("dossier.returned", {})], [(kind, {"to": "H49.02"})]))
        assert (state["status"], state["holder"]) == ("returned", "")
        assert [one["why"] for one in state["incidents"]] == ["moved_after_return"]


def test_money_taken_at_two_desks_counts_twice_until_a_person_says_otherwise(desks: tuple[Desk, Desk]) -> None:
    fee = {"fee_dong": 20_000, "charge_dong": 0, "receipt": "0000101"}
    events = _apart(desks, [("fee.taken", fee)], [("fee.taken", {**fee, "receipt": "0000501"})])
    state = _state(events)
    assert sum(one["fee_dong"] for one in state["fees"]) == 40_000
    assert state["incidents"] == [{"event": events[-1].head.id, "why": "fee_twice", "with": events[-2].head.id}]


def test_a_dossier_sent_to_two_units_at_once_is_told_and_to_the_same_unit_is_not(desks: tuple[Desk, Desk]) -> None:
    def whys(there: str) -> list[str]:
        here = ("dossier.processing", {"to": "H49.01"})
        return [
            one["why"] for one in _state(_apart(desks, [here], [("dossier.processing", {"to": there})]))["incidents"]
        ]

    assert whys("H49.02") == ["sent_apart"]
    assert whys("H49.01") == []


def test_what_one_desk_does_after_the_other_was_heard_of_is_no_incident(desks: tuple[Desk, Desk]) -> None:
    fee = {"fee_dong": 20_000, "charge_dong": 0, "receipt": "0000101"}
    events = _apart(desks, [("fee.taken", fee)], [])
    with desks[1].log.act("officer-2") as act:
        act.remember(str(events[0].head.dossier), [events[-1].head.id])
        events.append(act.append("fee.taken", fee, None, events[0].head.dossier))
    assert _state(events)["incidents"] == []


def test_an_incident_is_closed_by_a_person_and_stays_closed_in_every_order(desks: tuple[Desk, Desk]) -> None:
    events = _apart(desks, [("dossier.returned", {})], [("dossier.returned", {})])
    with desks[0].log.act("officer-1") as act:
        act.remember(str(events[0].head.dossier), [event.head.id for event in events[-2:]])
        events.append(act.append("incident.resolved", {"incident": events[-1].head.id}, None, events[0].head.dossier))
    assert _state(events)["incidents"] == []


@pytest.mark.parametrize("body", [{}, {"incident": 5}, {"incident": None}, {"incident": "nobody's"}])
def test_a_closing_that_names_no_incident_closes_none(desks: tuple[Desk, Desk], body: dict[str, Any]) -> None:
    events = _apart(desks, [("dossier.returned", {})], [("dossier.returned", {}), ("incident.resolved", body)])
    assert [one["why"] for one in _state(events)["incidents"]] == ["returned_twice"]


def test_one_field_corrected_differently_at_two_desks_is_told_and_other_fields_are_not(
    desks: tuple[Desk, Desk],
) -> None:
    def whys(here: dict[str, Any], there: dict[str, Any]) -> list[str]:
        events = _apart(desks, [("dossier.corrected", here)], [("dossier.corrected", there)])
        return [one["why"] for one in _state(events)["incidents"]]

    assert whys({"copies": 2, "catalogue": "a"}, {"copies": 3, "catalogue": "b"}) == ["edited_apart"]
    assert whys({"copies": 2, "catalogue": "a"}, {"copies": 2, "catalogue": "b"}) == []
    assert whys({"copies": 2}, {"pages": 4}) == []


def test_what_one_desk_stopped_stays_stopped_and_what_another_went_on_with_is_one_incident(
    desks: tuple[Desk, Desk],
) -> None:
    went_on: Branch = [("dossier.processing", {"to": "H49.02"}), ("dossier.resolved", {})]
    for first, second, told in (([STOP], went_on, (-2, -3)), (went_on, [STOP], (-1, -3))):
        events = _apart(desks, first, second)
        state = _state(events)
        assert (state["status"], state["holder"]) == ("stopped", "H49.35")
        late, early = (events[place].head.id for place in told)
        assert state["incidents"] == [{"event": late, "why": "ended_apart", "with": early}]
        moved = events[-2:] if second is went_on else events[-3:-1]
        assert state["undoable"] == sorted(event.head.id for event in moved)


def test_after_both_were_heard_of_the_dossier_goes_on(desks: tuple[Desk, Desk]) -> None:
    events = _apart(desks, [STOP], [("dossier.processing", {"to": "H49.02"})])
    with desks[0].log.act("officer-1") as act:
        act.remember(str(events[0].head.dossier), [event.head.id for event in events[-2:]])
        events.append(act.append("dossier.processing", {"to": "H49.03"}, None, events[0].head.dossier))
    assert (_state(events)["status"], _state(events)["holder"]) == ("processing", "H49.03")


def test_an_acceptance_that_was_taken_back_stays_so_and_money_and_a_return_elsewhere_stand(
    desks: tuple[Desk, Desk],
) -> None:
    one, two = desks
    (dossier,) = one.accept(1)
    accepted = one.events()[-1]
    kinds = ("dossier.processing", "fee.taken", "dossier.returned")
    shown = []
    for kind in kinds:
        with two.log.act("officer-2") as act:
            act.remember(dossier, [accepted.head.id])
            there = act.append(kind, {"fee_dong": 5000, "to": "H49.02"}, None, dossier)
        with one.log.act("officer-1") as act:
            act.remember(dossier, [accepted.head.id])
            taken_back = act.append("dossier.undone", {"events": [accepted.head.id]}, None, dossier)
        states = [fold_all(order) for order in itertools.permutations([accepted, there, taken_back])]
        assert states[0] is not None and all(state == states[0] for state in states)
        assert [incident["why"] for incident in states[0]["incidents"]] == ["ended_apart"]
        shown.append((states[0]["status"], len(states[0]["fees"])))
    assert shown == [("", 0), ("", 1), ("returned", 0)]


def test_taking_back_what_the_other_desk_never_knew_of_is_no_incident(desks: tuple[Desk, Desk]) -> None:
    one, _two = desks
    events = _apart(desks, [("dossier.corrected", {"copies": 2})], [("dossier.processing", {"to": "H49.02"})])
    with one.log.act("officer-1") as act:
        act.remember(str(events[0].head.dossier), [events[-2].head.id])
        events.append(act.append("dossier.undone", {"events": [events[-2].head.id]}, None, events[0].head.dossier))
    state = _state(events)
    assert (state["status"], state["incidents"]) == ("processing", [])
