"""A dossier's state as a pure function of its events. No clock, no database, no other dossier.

Whatever cannot be applied to the state it meets is kept as an incident and changes nothing else, so every
node that holds the same events has the same state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from desk.clock import from_ms
from desk.text import clean_line, fold, name_sort_key
from storage.projections import conflicts
from storage.projections.order import in_order, is_look, undoes
from storage.wire import Event

State = dict[str, Any]
"""The columns of a dossier's row by name, as Python values."""

ERASED = "đã xoá"
PATH = "<"
"""Between the statuses of `status_before`, where one request was made on top of another."""


def blank(event: Event) -> State:
    """Return the state before the first event of a dossier."""
    head = event.head
    return {
        "id": head.dossier,
        "unit": head.unit,
        "desk": head.desk,
        "is_provisional": 0,
        "procedure": "",
        "field": "",
        "channel": "counter",
        "catalogue": "",
        "status": "",
        "status_before": "",
        "holder": "",
        "competent_unit": "",
        "returning_unit": "",
        "owner_name": "",
        "owner_folded": "",
        "owner_sort": "",
        "people": {},
        "summary": "",
        "note": "",
        "documents": [],
        "set_count": 1,
        "fee_ground": "",
        "fees": [],
        "other_codes": [],
        "waits": [],
        "dues": [],
        "delays": [],
        "slip": "",
        "survey": "",
        "officer": "",
        "assisted_by": "",
        "is_erased": 0,
        "heads": [],
        "undoable": [],
        "incidents": [],
        "last_kind": "",
        "book": "",
        "place": "",
        **dict.fromkeys(_EMPTY),
    }


_EMPTY = (
    "code tracking business_on serial procedure_case filed_at accepted_at promised_at due_at term resolved_at"
    " returned_at refused_at stopped_at withdrawal_at waiting_since_at held_since_at pages copies fee_dong"
    " apologised_at last_at book_year book_number"
).split()


def moment(event: Event) -> datetime:
    """Return when the act happened: as the officer stated it, else the desk's clock."""
    return from_ms(event.body.get("done_at") or event.head.at)


def fold_all(events: Iterable[Event]) -> State | None:
    """Return the state after `events` of one dossier, whatever their order; None without any but looks at it."""
    ordered = in_order(events)
    if all(map(is_look, ordered)):
        return None
    undone = {gone for event in ordered for gone in undoes(event)}
    apart = conflicts.apart(ordered, undone)
    state: State | None = None
    for event in ordered:
        state = state if state is not None else blank(event)
        if event.head.id in undone:
            _undone(state, event)
        elif event.head.id in apart.aside:
            _seen(state, event)
        else:
            apply(state, event)
    if state is not None:
        state["undoable"] = sorted(undone | apart.aside)
        closed = {gone for event in ordered if event.head.id not in undone for gone in conflicts.closes(event)}
        state["incidents"] = conflicts.listed([*state["incidents"], *apart.incidents], closed)
    return state


def apply(state: State, event: Event) -> None:
    """Change `state` by the next `event` of its dossier: all that it says, or nothing and an incident."""
    if event.is_erased:
        state["is_erased"] = 1
    act = None if event.is_newer else _ACTS.get(event.head.kind)
    why = conflicts.after_return(event.head.kind) if state["status"] == "returned" else None
    if act is not None and why is not None:
        _incident(state, event, why)
    elif act is not None:
        after = _Over()
        after.below = state
        try:
            act(after, event)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            _incident(state, event, type(error).__name__)
        else:
            state.update(after)
    _seen(state, event)


def _incident(state: State, event: Event, why: str) -> None:
    state["incidents"] = conflicts.listed([*state["incidents"], {"event": event.head.id, "why": why}])


def _incident_resolved(state: State, event: Event) -> None:
    state["incidents"] = conflicts.listed(state["incidents"], conflicts.closes(event))


class _Over(State):
    """What an act puts over a state: it reads through to what it has not replaced, and changes no value in place."""

    __slots__ = ("below",)
    below: State

    def __missing__(self, key: str) -> Any:
        return self.below[key]


def _undone(state: State, event: Event) -> None:
    """An undone acceptance keeps its code and people, so that the number is never given out again."""
    if event.head.kind == "dossier.accepted":
        kept = {key: state[key] for key in ("slip", "due_at", "dues")}
        _written(state, event)
        _received(state, event)
        state.update(kept)
    _seen(state, event)


def _seen(state: State, event: Event) -> None:
    head = event.head
    if is_look(event) and not head.parents:
        return  # it was written where nothing of the dossier was known, and comes before and after everything
    left = [known for known in state["heads"] if known not in head.parents]
    state["heads"] = sorted({*left, head.id} - {*head.parents}) if left else [head.id]
    if not is_look(event):
        state["last_at"] = from_ms(head.at)
        state["last_kind"] = head.kind


_TEXTS = (
    "code tracking procedure field channel catalogue competent_unit returning_unit fee_ground slip assisted_by book"
    " place"
).split()
_WHOLE = "serial set_count pages copies fee_dong book_year book_number".split()
_ANY = "term documents other_codes".split()
_LONGEST = 500
"""Longer texts fit no index of PostgreSQL; no code, ground or name of ours comes near."""


def _written(state: State, event: Event) -> None:
    """Lay the fields of an accepted, filed or corrected dossier over the state."""
    for key, value in event.body.items():
        reads = _READS.get(key)
        if reads is not None:
            state[_RENAMED.get(key, key)] = reads(value)
    private = event.private
    state.update({key: str(private[key]) for key in ("summary", "note") if key in private})
    if "people" in private:
        state["people"] = {**state["people"], **private["people"]}
    _name(state, event)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError("text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise TypeError("whole number")
    return value


def _or_null(reads: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else reads(value)


_RENAMED = {"case": "procedure_case", "provisional": "is_provisional"}
_READS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(("code", "tracking"), _or_null(_text)),
    **dict.fromkeys(_WHOLE, _or_null(_whole)),
    "set_count": _whole,
    **dict.fromkeys(_ANY, lambda value: value),
    **dict.fromkeys(("filed_at", "due_at"), _or_null(from_ms)),
    "case": _or_null(str),
    "business_on": date.fromisoformat,
    "provisional": lambda value: int(bool(value)),
}
"""How the fields of a body are read; what is not named here is no column of a dossier."""


def _name(state: State, event: Event) -> None:
    owner = state["people"].get("owner") or {}
    name = clean_line(str(owner.get("name", "")))
    if not name and event.is_erased:
        name = ERASED
    state["owner_name"] = name
    state["owner_folded"] = fold(name)
    state["owner_sort"] = name_sort_key(name)


def _filed(state: State, event: Event) -> None:
    _written(state, event)
    _received(state, event)
    state["status"] = "filed"


def _received(state: State, event: Event) -> None:
    """It is received where it is filed or accepted, whoever else wrote of it before that event came here."""
    state["unit"], state["desk"] = event.head.unit, event.head.desk


def _accepted(state: State, event: Event) -> None:
    _written(state, event)
    _received(state, event)
    state["status"] = "accepted"
    state["accepted_at"] = state["held_since_at"] = moment(event)
    state["promised_at"] = state["due_at"]
    _due_set(state, event)
    state["officer"] = event.head.actor or ""
    state["holder"] = event.head.unit


def _refused(state: State, event: Event) -> None:
    state["status"] = "refused"
    state["refused_at"] = moment(event)
    state["officer"] = state["officer"] or event.head.actor or ""


def _due(state: State, event: Event) -> None:
    if event.body.get("due_at") is not None:
        state["due_at"] = from_ms(event.body["due_at"])
        _due_set(state, event)


def _due_set(state: State, event: Event) -> None:
    if event.body.get("due_at") is not None:
        state["dues"] = [*state["dues"], [event.body.get("done_at") or event.head.at, event.body["due_at"]]]


def _processing(state: State, event: Event) -> None:
    state["status"] = "processing"
    state["resolved_at"] = None
    if event.body.get("to"):
        state["holder"] = str(event.body["to"])
        state["held_since_at"] = moment(event)
    _due(state, event)


def _wait_begins(kind: str) -> Callable[[State, Event], None]:
    def act(state: State, event: Event) -> None:
        if state["status"] != f"{kind}_requested":
            state["status_before"] = _led_from(state)
        state["status"] = f"{kind}_requested"
        state["waiting_since_at"] = moment(event)
        since = event.body.get("done_at") or event.head.at
        state["waits"] = [*state["waits"], {"kind": kind, "from": since, "to": None, "event": event.head.id}]

    return act


_OPEN = ("filed", "accepted", "processing")


def _wait_ends(state: State, event: Event) -> None:
    status = event.body.get("status") or state["status_before"].partition(PATH)[0] or "processing"
    if status not in _OPEN:
        raise ValueError(status)
    state["status"] = status
    state["status_before"] = ""
    state["waiting_since_at"] = None
    until = event.body.get("done_at") or event.head.at
    state["waits"] = [{**wait, "to": until} if wait["to"] is None else wait for wait in state["waits"]]
    _due(state, event)


def _led_from(state: State) -> str:
    """Return the way back from a request: the status now, behind it the one an open request before leads back to."""
    return PATH.join(part for part in (state["status"], state["status_before"]) if part)


def _withdrawal_requested(state: State, event: Event) -> None:
    state["status_before"] = _led_from(state)
    state["status"] = "withdrawal_requested"
    state["withdrawal_at"] = moment(event)


def _withdrawal_cancelled(state: State, event: Event) -> None:
    before, _, earlier = state["status_before"].partition(PATH)
    state["status"] = before or "processing"
    state["status_before"] = earlier
    state["withdrawal_at"] = None


def _stopped(state: State, event: Event) -> None:
    state["status"] = "stopped"
    state["stopped_at"] = moment(event)


def _resolved(state: State, event: Event) -> None:
    state["status"] = "resolved"
    state["resolved_at"] = state["held_since_at"] = moment(event)
    state["holder"] = state["returning_unit"] or event.head.unit


def _returned(state: State, event: Event) -> None:
    state["status"] = "returned"
    state["returned_at"] = moment(event)
    state["holder"] = ""
    if event.private.get("receiver"):
        state["people"] = {**state["people"], "receiver": event.private["receiver"]}


def _extended(state: State, event: Event) -> None:
    _due(state, event)


def _apologised(state: State, event: Event) -> None:
    _due(state, event)
    state["apologised_at"] = moment(event)


def _linked(state: State, event: Event) -> None:
    other = {"system": str(event.body["system"]), "code": str(event.body["code"])}
    if other not in state["other_codes"]:
        state["other_codes"] = [*state["other_codes"], other]


def _delayed(state: State, event: Event) -> None:
    state["delays"] = [*state["delays"], {"event": event.head.id, **event.body}]


def _fee_taken(state: State, event: Event) -> None:
    state["fees"] = [*state["fees"], {"id": event.head.id, "at": event.head.at, **event.body}]


def _fee_voided(state: State, event: Event) -> None:
    gone = event.body["fee"]
    state["fees"] = [{**fee, "voided": True} if fee["id"] == gone else fee for fee in state["fees"]]


def _asked(state: State, event: Event) -> None:
    state["survey"] = str(event.body["answer"])


_ACTS: dict[str, Callable[[State, Event], None]] = {
    "dossier.filed": _filed,
    "dossier.accepted": _accepted,
    "dossier.corrected": _written,
    "dossier.refused": _refused,
    "dossier.processing": _processing,
    "dossier.supplement_requested": _wait_begins("supplement"),
    "dossier.payment_requested": _wait_begins("payment"),
    "dossier.supplemented": _wait_ends,
    "dossier.paid": _wait_ends,
    "dossier.withdrawal_requested": _withdrawal_requested,
    "dossier.withdrawal_cancelled": _withdrawal_cancelled,
    "dossier.stopped": _stopped,
    "dossier.resolved": _resolved,
    "dossier.returned": _returned,
    "dossier.extended": _extended,
    "dossier.apologised": _apologised,
    "dossier.linked": _linked,
    "delay.recorded": _delayed,
    "fee.taken": _fee_taken,
    "fee.voided": _fee_voided,
    "survey.asked": _asked,
    "incident.resolved": _incident_resolved,
}
