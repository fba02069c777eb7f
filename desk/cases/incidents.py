"""Incidents: what two desks did to one dossier that does not fit together, listed until a person has settled it.

They follow from the events (`storage/projections/conflicts.py`), so every desk and the center list the same ones.
Nothing is undone by closing one: the officer has spoken with the other desk and with the citizen, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from desk.cases.context import Context, Officer
from desk.cases.incident_facts import Fact, facts_of
from desk.cases.lines import found_row, found_rows
from desk.clock import from_ms
from desk.errors.acts import NoIncident
from desk.text import clean
from desk.words import N_
from storage.projections import conflicts
from storage.projections.dossiers import events_of
from storage.projections.order import in_order
from storage.queries import desks, dossiers, twins
from storage.store import Session
from storage.tables.projected import DossierRow
from storage.wire import Event

WHYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "returned_twice": N_("The result was handed over at two desks."),
        "moved_after_return": N_("A desk moved the dossier on after its result was handed over."),
        "fee_twice": N_("Two desks took money and did not know of each other; both sums are counted."),
        "sent_apart": N_("Two desks sent the dossier to different units."),
        "edited_apart": N_(
            "Two desks corrected the same field differently; compare with the papers and correct what is wrong."
        ),
        "ended_apart": N_(
            "One desk ended the dossier or took an act back while another went on with it; ask which of them is right."
        ),
        twins.CODE_TWICE: N_("The code is that of an earlier dossier."),
        twins.NUMBER_TWICE: N_("The certification number is that of an earlier paper in the book."),
    }
)
"""What happened, by the word of the projection; any other is an entry that could not be read."""

UNREADABLE: Final = N_("An entry could not be read; it changed nothing.")
_LONGEST: Final = 2000
_PLACE_DIGITS: Final = 4
"""Shorter than any code."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two acts: who did what, and when."""

    at: datetime
    kind: str
    """The event's kind; `event_name` says it in words."""
    officer: str
    """The officer's name, or the unit where the act came from elsewhere."""
    desk: str
    code: str
    """The code of the dossier it was done to."""
    unit: str
    slot: int | None
    """Which machine of the unit the desk is, None where it is not known here."""
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One open incident."""

    dossier: str
    code: str
    owner: str
    event: str
    """The id of the act that does not fit; closing names it."""
    why: str
    said: str
    """What happened: a message id."""
    at: datetime | None
    desk: str
    """The desk that did it."""
    sides: tuple[Side, ...] = ()
    """The two acts, the one that stood first before the one that does not fit; fewer where they are not known."""


@dataclass(frozen=True, slots=True)
class Incidents:
    """Lists incidents and closes them."""

    context: Context
    memory: twins.Memory = field(default_factory=twins.Memory)

    def open(self) -> tuple[Incident, ...]:
        """Return the open incidents of the dossiers this desk holds, the dossier that moved last first."""
        with self.context.store.reading() as session:
            rows = {row.id: row for row in dossiers.with_incidents(session)}
            rows |= {twin.row.id: twin.row for twin in self._twins(session)}
            return tuple(one for row in rows.values() for one in _of(self.context, session, row))

    def of(self, named: str) -> tuple[Incident, ...]:
        """Return the open incidents of the dossiers with a code or an id, or those at one place of `open`, from 1.

        Raises DossierUnknown, NoIncident.
        """
        if named.isascii() and named.isdigit() and len(named) <= _PLACE_DIGITS:
            return self._at(int(named))
        with self.context.store.reading() as session:
            rows = found_rows(session, named)
            found = tuple(one for row in rows for one in _of(self.context, session, row))
        if not found:
            raise NoIncident(code=rows[0].code or rows[0].id)
        return found

    def _at(self, place: int) -> tuple[Incident, ...]:
        found = self.open()
        if not 1 <= place <= len(found):
            raise NoIncident(code=str(place))
        return (found[place - 1],)

    def count(self) -> int:
        """Return how many dossiers have an open incident."""
        with self.context.store.reading() as session:
            others = {twin.row.id for twin in self._twins(session) if not twin.row.incidents}
            return dossiers.count_incidents(session) + len(others)

    def close(self, code: str, officer: Officer, note: str) -> int:
        """Close every open incident of a dossier, with a note of how it was settled; returns how many there were.

        Raises DossierUnknown, NoIncident where none is open.
        """
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            events = sorted({str(one["event"]) for one in open_of(act.session, row)})
            if not events:
                raise NoIncident(code=row.code or row.id)
            for event in events:
                act.append(
                    "incident.resolved", {"incident": event}, {"note": clean(note, lines=True)[:_LONGEST]}, row.id
                )
            return len(events)

    def _twins(self, session: Session) -> list[twins.Twin]:
        return twins.open_twins(session, self.memory, dossiers.no_guest())


def what_happened(incident: Mapping[str, Any]) -> str:
    """Return the message id of what an incident of a dossier's row says."""
    return WHYS.get(str(incident.get("why", "")), UNREADABLE)


def open_of(session: Session, row: DossierRow) -> list[dict[str, Any]]:
    """Return the open incidents of a dossier, each {event, why}: its own, and the numbers that another one has too.

    Of the latter `first` is the id of the other dossier.
    """
    others = [
        {"event": one.event, "why": one.why, "first": one.first} for one in twins.of(session, row, dossiers.no_guest())
    ]
    return [*(row.incidents or ()), *others]


def _of(context: Context, session: Session, row: DossierRow) -> list[Incident]:
    events = {event.head.id: event for event in in_order(events_of(session, row.id))}
    found = []
    for one in open_of(session, row):
        event = events.get(one["event"])
        before, of = _before(session, one, events, row)
        known = events if before is None else {**events, before.head.id: before}
        sides = ((before, event, of), (event, before, row))
        found.append(
            Incident(
                row.id,
                row.code or "",
                row.owner_name,
                str(one["event"]),
                str(one["why"]),
                what_happened(one),
                None if event is None else from_ms(event.head.at),
                "" if event is None else event.head.desk,
                tuple(_side(context, session, act, other, known, its) for act, other, its in sides if act is not None),
            )
        )
    return found


def _before(
    session: Session, incident: Mapping[str, Any], events: Mapping[str, Event], row: DossierRow
) -> tuple[Event | None, DossierRow]:
    """Return the act that stood before the one that does not fit, None where none is known, with its dossier."""
    if "with" in incident:
        return events.get(incident["with"]), row
    if incident["why"] in (conflicts.RETURNED_TWICE, conflicts.MOVED_AFTER_RETURN):
        returns = (event for event in events.values() if event.head.kind == "dossier.returned")
        return next((event for event in returns if event.head.id != incident["event"]), None), row
    other = dossiers.by_id(session, str(incident.get("first", "")))
    if other is None:
        return None, row
    accepted = (event for event in events_of(session, other.id) if event.head.kind == "dossier.accepted")
    return next(accepted, None), other


def _side(
    context: Context, session: Session, act: Event, other: Event | None, known: Mapping[str, Event], row: DossierRow
) -> Side:
    head = act.head
    officer = desks.officer(session, head.actor) if head.actor else None
    who = "" if officer is None else officer.name
    if not who and head.unit not in ("", context.log.identity.unit):
        who = context.reference.short_name(head.unit)
    desk = desks.the_desk(session, head.desk)
    return Side(
        from_ms(head.at),
        head.kind,
        who,
        head.desk,
        row.code or "",
        head.unit,
        None if desk is None else desk.slot,
        facts_of(context, act, other, known),
    )
