"""What two desks did to one dossier that does not fit together: found from its events alone, the same at every node.

Both facts stay in the log. The first of them in the order of the events is what the dossier shows, the other is an
incident that a person settles and closes by `incident.resolved {incident: the event's id}`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from storage.projections.order import undoes
from storage.wire import Event

Incident = dict[str, Any]
"""{event, why}, and `with` where it stands against another event. why: a word below, or the name of an error."""

RETURNED_TWICE: Final = "returned_twice"
MOVED_AFTER_RETURN: Final = "moved_after_return"
FEE_TWICE: Final = "fee_twice"
SENT_APART: Final = "sent_apart"
EDITED_APART: Final = "edited_apart"
ENDED_APART: Final = "ended_apart"

_MOVES: Final = frozenset(
    """
    dossier.refused dossier.processing dossier.supplement_requested dossier.supplemented dossier.payment_requested
    dossier.paid dossier.withdrawal_requested dossier.withdrawal_cancelled dossier.stopped dossier.resolved
    dossier.returned
    """.split()
)


def after_return(kind: str) -> str | None:
    """Return what is wrong with a move of `kind` for a dossier whose result the citizen has; None for no move.

    The return is a physical fact: whatever another desk did meanwhile, it stands.
    """
    if kind == "dossier.returned":
        return RETURNED_TWICE
    return MOVED_AFTER_RETURN if kind in _MOVES else None


def listed(incidents: Iterable[Incident], closed: Collection[str] = ()) -> list[Incident]:
    """Return `incidents` in their one order, without those of the events in `closed`."""
    return sorted(
        (one for one in incidents if one["event"] not in closed), key=lambda one: (str(one["event"]), str(one["why"]))
    )


class Apart(NamedTuple):
    """What events that did not know of each other come to."""

    incidents: list[Incident]
    aside: frozenset[str]
    """The moves that change nothing: another desk had ended the dossier, and that stands until a person moves it."""


def apart(ordered: Sequence[Event], undone: Collection[str]) -> Apart:
    """Return what is between events of a dossier neither of whose desks had seen the other's.

    ordered: all of them, causes before effects. Money taken twice counts twice until a person says otherwise.
    """
    seen_by: dict[str, set[str]] = {}
    kinds = {event.head.id: event.head.kind for event in ordered}
    kept: list[Event] = []
    found: list[Incident] = []
    ends: dict[str, set[str]] = {}
    for event in ordered:
        head = event.head
        seen = seen_by[head.id] = {*head.parents}.union(*(seen_by.get(parent, ()) for parent in head.parents))
        if head.id in undone or event.is_newer or head.kind not in _LOOKED_AT:
            continue
        others = [one for one in kept if one.head.id not in seen and one.head.desk != head.desk]
        other = next((one for one in others if _against(one, event)), None)
        if other is not None:
            found.append({"event": head.id, "why": _APART[head.kind], "with": other.head.id})
        ended = [pair for one in others if (pair := _ended(one, event, seen_by, kinds)) is not None]
        if ended and not any(ends.get(end.head.id, set()) & seen_by[move.head.id] for end, move in ended):
            end, move = ended[0]
            against = end if move is event else move
            found.append({"event": head.id, "why": ENDED_APART, "with": against.head.id})
        for end, move in ended:
            ends.setdefault(end.head.id, set()).add(move.head.id)
        kept.append(event)
    by_id = {event.head.id: event for event in kept}
    standing = [moves for end, moves in ends.items() if _is_over(by_id[end], kinds)]
    moved = frozenset[str]().union(*standing)
    return Apart(found, frozenset(move for move in moved if kinds[move] in _SET_ASIDE))


_APART: Final = {"fee.taken": FEE_TWICE, "dossier.processing": SENT_APART, "dossier.corrected": EDITED_APART}
_ENDS: Final = frozenset({"dossier.stopped", "dossier.refused", "dossier.undone"})
_BEGINS: Final = frozenset({"dossier.filed", "dossier.accepted"})
_SET_ASIDE: Final = _MOVES - {*_ENDS, "dossier.returned", "dossier.withdrawal_requested"}
"""What goes on with a dossier on its way. Money, a slip and a result that were handed over are facts and stay."""
_GOES_ON: Final = _SET_ASIDE | {"dossier.accepted", "dossier.returned", "fee.taken"}
_LOOKED_AT: Final = _ENDS | _GOES_ON | _APART.keys()


def _ended(
    one: Event, later: Event, seen_by: Mapping[str, Collection[str]], kinds: Mapping[str, str]
) -> tuple[Event, Event] | None:
    """Return which of two events that did not know of each other ended what the other went on with, and that other."""
    for end, move in ((one, later), (later, one)):
        if end.head.kind not in _ENDS or move.head.kind not in _GOES_ON:
            continue
        if end.head.kind == "dossier.undone":
            gone = {act for act in undoes(end) if kinds.get(act) in _MOVES | _BEGINS}
            if gone.intersection(seen_by[move.head.id]):
                return end, move
        elif move is later or move.head.kind != "dossier.returned":  # after a return `after_return` tells it
            return end, move
    return None


def _is_over(end: Event, kinds: Mapping[str, str]) -> bool:
    """Return whether `end` ends the dossier as a whole, not only a step of it."""
    return end.head.kind != "dossier.undone" or any(kinds.get(act) in _BEGINS for act in undoes(end))


def _against(one: Event, other: Event) -> bool:
    """Return whether two events of one kind that did not know of each other do not fit together."""
    if one.head.kind != other.head.kind or one.head.kind not in _APART:
        return False
    if one.head.kind == "dossier.corrected":
        here, there = edits(one), edits(other)
        return any(here[field] != there[field] for field in here.keys() & there.keys())
    return one.head.kind == "fee.taken" or _sent_to(one) != _sent_to(other)


def edits(event: Event) -> dict[str, Any]:
    """Return what a correction wrote, by field; the version of the catalogue stands in each and is no edit."""
    try:
        body, private = event.body, event.private
    except ValueError:
        return {}
    people = private.get("people")
    named = {f"people.{role}": one for role, one in people.items()} if isinstance(people, dict) else {}
    written: dict[str, Any] = {**body, **{key: private[key] for key in ("note", "summary") if key in private}, **named}
    return {field: value for field, value in written.items() if field not in ("catalogue", "done_at")}


def _sent_to(event: Event) -> object:
    try:
        return event.body.get("to")
    except ValueError:
        return None


def closes(event: Event) -> list[str]:
    """Return the event whose incident `event` closes, none for any other event and for one that says nothing."""
    if event.head.kind != "incident.resolved" or event.is_newer:
        return []
    try:
        return [str(event.body["incident"])]
    except (KeyError, ValueError):
        return []
