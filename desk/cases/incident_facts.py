"""What an act says that stands against another one: the sum, the unit, the name that each of two desks wrote."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from desk.cases import people
from desk.cases.context import Context
from desk.cases.kind_names import event_name
from desk.rules.money import written
from desk.text import clean_line
from desk.words import N_
from storage.projections.conflicts import edits
from storage.projections.order import undoes
from storage.wire import Event

_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "to": N_("Sent to"),
        "amount_dong": N_("Sum"),
        "receipt": N_("Receipt"),
        "receiver": N_("Receiver"),
        "taken_back": N_("Took back"),
        "reason": N_("Reason"),
        "owner": N_("Owner"),
        "submitter": N_("Submitter"),
        "representative": N_("Representative"),
        "proxy": N_("Proxy"),
        "summary": N_("Content"),
        "note": N_("Note"),
        "set_count": N_("Sets"),
        "pages": N_("Pages"),
        "copies": N_("Copies"),
        "fee_dong": N_("Fee in đồng"),
        "fee_ground": N_("Ground of the fee"),
        "documents": N_("Documents"),
        "competent_unit": N_("Competent unit"),
        "returning_unit": N_("Returning unit"),
    }
)
"""What a fact is, by its word in JSON; a field of a newer program stands as it is."""
_UNITS: Final = ("to", "competent_unit", "returning_unit")
_LONGEST: Final = 200


class Fact(NamedTuple):
    """One thing that an act says."""

    name: str
    """Its word in JSON."""
    said: str
    """A message id."""
    value: str


def facts_of(context: Context, event: Event, other: Event | None, known: Mapping[str, Event]) -> tuple[Fact, ...]:
    """Return what `event` says; of two corrections only where they differ. () where it cannot be read.

    other: the act that it stands against. known: the dossier's events by their ids.
    """
    try:
        found = _found(event, other, known)
        shown = ((name, _shown(context, name, value)) for name, value in found.items() if value not in (None, ""))
        return tuple(Fact(name, _SAID.get(name, name), value) for name, value in shown)
    except (AttributeError, TypeError, ValueError):  # what another desk wrote may be of any form
        return ()


def _found(event: Event, other: Event | None, known: Mapping[str, Event]) -> dict[str, Any]:
    body, private = event.body, event.private
    if event.head.kind == "dossier.corrected":
        mine, there = edits(event), {} if other is None else edits(other)
        apart = {field for field in mine.keys() & there.keys() if mine[field] != there[field]} or mine.keys()
        return {field.removeprefix("people."): mine[field] for field in sorted(apart)}
    reasons = (str(private[key]) for key in ("reason", "note", "evidence") if private.get(key))
    found: dict[str, Any] = {"to": body.get("to"), "reason": " · ".join(reasons)}
    if event.head.kind == "fee.taken":
        found["amount_dong"] = int(body.get("fee_dong") or 0) + int(body.get("charge_dong") or 0)
        found["receipt"] = " ".join(str(body[key]) for key in ("series", "receipt") if body.get(key))
    if event.head.kind == "dossier.returned":
        found["receiver"] = private.get("receiver")
    if event.head.kind == "dossier.undone":
        gone = (known[act].head.kind for act in undoes(event) if act in known)
        found["taken_back"] = ", ".join(event_name(kind) for kind in gone)
    return found


def _shown(context: Context, name: str, value: Any) -> str:
    if name in _UNITS:
        return context.reference.short_name(str(value))
    if name in ("amount_dong", "fee_dong"):
        return written(int(value))
    if name == "documents":
        return str(sum(int(count) for one in value for key, count in one.items() if key != "seq"))
    if isinstance(value, Mapping):
        person = people.read(value)
        parts = () if person is None else (person.name, person.personal_id or person.tax_code, person.phone)
        return clean_line(" · ".join(part for part in parts if part))
    return clean_line(str(value))[:_LONGEST]
