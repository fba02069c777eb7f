"""Whom a dossier concerns, and the feed of each unit: which events of other units' desks it is given.

A dossier concerns the units that received it, are competent, return or hold it, were handed it, or acted on it
(sync, 2.6). What the desks of a unit write reaches its other desks as whole logs; so a feed holds only what others
wrote, and a dossier that never leaves its unit costs the feed nothing. Written in the transaction that stores
the events: a page is then the reading of a stretch of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import delete, func, select
from sqlmodel import Session

from storage.center.tables import Audience, EnrolledDesk, FeedEntry
from storage.projections.dossiers import events_of
from storage.projections.upsert import append, insert, table_of
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow
from storage.wire import Event

_AT_ONCE: Final = 500
_COLUMNS: Final = ("number", "unit", "what", "dossier", "position")
_TAKE_BACK: Final = ("dossier.corrected", "dossier.undone")
"""Only after these may a dossier concern a unit no longer."""
_NO_ACTS: Final = ("dossier.viewed", "dossier.undone")
_ACTS: Final = ("dossier.", "fee.", "delay.")

_Entry = tuple[str, str, str | None, int | None]
"""Unit, what (event, joined, left), dossier, the event's position."""


class _Known(NamedTuple):
    """Whom a dossier concerns by its row as it is now, and who was its audience before."""

    named: frozenset[str]
    members: frozenset[str]


def spread(session: Session, events: Sequence[Event], first_position: int, author: str) -> None:
    """Give `events`, stored from `first_position` on and projected, to the units that they concern.

    author: the unit of the desk that wrote them, "" for the center itself.
    """
    entries: list[_Entry] = []
    fresh: dict[str, list[tuple[int, Event]]] = {}
    for position, event in enumerate(events, first_position):
        if event.head.dossier is not None:
            fresh.setdefault(event.head.dossier, []).append((position, event))
        elif not author and event.head.unit:  # what the center writes for a unit: a survey by telephone
            entries.append((event.head.unit, "event", None, position))
    known = _known(session, list(fresh))
    members = {dossier: _members(session, dossier, known[dossier], fresh[dossier], author) for dossier in known}
    members = {dossier: now for dossier, now in members.items() if now - {author} or known[dossier].members}
    if members or entries:
        before = {dossier: known[dossier].members for dossier in members}
        entries += _entries(session, before, members, fresh, author)
        _append(session, entries)


def begin(session: Session, unit: str) -> None:
    """Give `unit`, whose first desk joins, what concerns it already."""
    if session.connection().execute(select(table_of(EnrolledDesk).c.desk).filter_by(unit=unit).limit(1)).first():
        return
    table = table_of(Audience)
    dossiers = [row[0] for row in session.connection().execute(select(table.c.dossier).where(table.c.unit == unit))]
    _append(session, _backfill(session, dict.fromkeys(dossiers, (unit,))))


def _known(session: Session, dossiers: Sequence[str]) -> dict[str, _Known]:
    """Return what is known of those of `dossiers` that have a row; one question for many."""
    row, audience = table_of(DossierRow), table_of(Audience)
    found: dict[str, _Known] = {}
    for start in range(0, len(dossiers), _AT_ONCE):
        asked = (
            select(row.c.id, row.c.unit, row.c.competent_unit, row.c.returning_unit, row.c.holder, audience.c.unit)
            .select_from(row.outerjoin(audience, audience.c.dossier == row.c.id))
            .where(row.c.id.in_(dossiers[start : start + _AT_ONCE]))
        )
        for dossier, *named, member in session.connection().execute(asked):
            before = found[dossier].members if dossier in found else frozenset()
            found[dossier] = _Known(frozenset(named) - {""}, before | ({member} if member is not None else set()))
    return found


def _members(
    session: Session, dossier: str, known: _Known, fresh: Sequence[tuple[int, Event]], author: str
) -> frozenset[str]:
    """Return whom the dossier concerns after the `fresh` events."""
    if known.members and any(event.head.kind in _TAKE_BACK for _position, event in fresh):
        return known.named | _by_events(session, dossier)
    acts = [event for _position, event in fresh if _is_act(event)]
    return known.named | known.members | _handed(acts) | ({author} - {""} if acts else set())


def _by_events(session: Session, dossier: str) -> set[str]:
    """Return the units that acts still in force handed the dossier to, and those whose desks made such acts."""
    events = events_of(session, dossier)
    undone = {str(gone) for event in events if event.head.kind == "dossier.undone" for gone in _listed(event, "events")}
    acts = [event for event in events if _is_act(event) and event.head.id not in undone]
    units = _units_of(session, {event.head.desk for event in acts})
    return ({units.get(event.head.desk, "") for event in acts} | _handed(acts)) - {""}


def _handed(acts: Iterable[Event]) -> set[str]:
    """Return the units that `acts` handed the dossier to, also where it came back within one segment."""
    return {to for act in acts if act.head.kind == "dossier.processing" for to in _listed(act, "to")} - {""}


def _is_act(event: Event) -> bool:
    return event.head.kind.startswith(_ACTS) and event.head.kind not in _NO_ACTS


def _listed(event: Event, key: str) -> list[str]:
    """Return the texts under `key` of a body, none where it says nothing readable."""
    try:
        value = event.body.get(key)
    except ValueError:
        return []
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _entries(
    session: Session,
    before: Mapping[str, frozenset[str]],
    now: Mapping[str, frozenset[str]],
    fresh: Mapping[str, Sequence[tuple[int, Event]]],
    author: str,
) -> list[_Entry]:
    """Write down who is concerned `now` and return what goes into the feeds."""
    joins = [{"dossier": dossier, "unit": unit} for dossier in now for unit in sorted(now[dossier] - before[dossier])]
    insert(session, Audience, joins)
    with_desks = _with_desks(session, {unit for dossier in now for unit in now[dossier] | before[dossier]})
    entries: list[_Entry] = []
    joined: dict[str, Sequence[str]] = {}
    for dossier, members in now.items():
        left = before[dossier] - members
        _leave(session, dossier, left)
        entries += [(unit, "left", dossier, None) for unit in sorted(left & with_desks)]
        if units := sorted((members - before[dossier]) & with_desks):
            joined[dossier] = units
        for unit in sorted((members & before[dossier] & with_desks) - {author}):
            entries += [(unit, "event", dossier, position) for position, _event in fresh[dossier]]
    return entries + _backfill(session, joined)


def _leave(session: Session, dossier: str, units: Iterable[str]) -> None:
    table = table_of(Audience)
    for unit in units:
        session.connection().execute(delete(table).where(table.c.dossier == dossier, table.c.unit == unit))


def _backfill(session: Session, joined: Mapping[str, Sequence[str]]) -> list[_Entry]:
    """Return what gives each of `joined` (units by dossier) the whole of it: all events but those of their own desks.

    One question for many dossiers.
    """
    event, desk = table_of(EventRow), table_of(EnrolledDesk)
    dossiers = list(joined)
    written: dict[str, list[tuple[int, str | None]]] = {}
    for start in range(0, len(dossiers), _AT_ONCE):
        asked = (
            select(event.c.dossier, event.c.position, desk.c.unit)
            .select_from(event.outerjoin(desk, desk.c.desk == event.c.desk))
            .where(event.c.dossier.in_(dossiers[start : start + _AT_ONCE]))
            .order_by(event.c.position)
        )
        for dossier, position, author in session.connection().execute(asked):
            written.setdefault(dossier, []).append((position, author))
    entries: list[_Entry] = []
    for dossier, units in joined.items():
        for unit in units:
            others = [position for position, author in written.get(dossier, ()) if author != unit]
            entries += [(unit, "joined", dossier, None)] if others else []
            entries += [(unit, "event", dossier, position) for position in others]
    return entries


def _with_desks(session: Session, units: set[str]) -> set[str]:
    """Return those of `units` that have, or had, a desk here: nobody else reads a feed."""
    table = table_of(EnrolledDesk)
    asked = select(table.c.unit).where(table.c.unit.in_(sorted(units))).distinct()
    return {row[0] for row in session.connection().execute(asked)}


def _units_of(session: Session, desks: set[str]) -> dict[str, str]:
    table = table_of(EnrolledDesk)
    asked = select(table.c.desk, table.c.unit).where(table.c.desk.in_(sorted(desks)))
    return {row[0]: row[1] for row in session.connection().execute(asked)}


def _append(session: Session, entries: Sequence[_Entry]) -> None:
    if not entries:
        return
    last = newest(session)
    append(session, FeedEntry, _COLUMNS, [(last + at, *entry) for at, entry in enumerate(entries, 1)])


def newest(session: Session) -> int:
    """Return the number of the newest entry of the feeds, 0 before the first."""
    return int(session.connection().execute(select(func.max(table_of(FeedEntry).c.number))).scalar() or 0)


def fed_since(session: Session, number: int) -> set[str]:
    """Return the units that were given something beyond the entry `number`."""
    table = table_of(FeedEntry)
    return set(session.connection().scalars(select(table.c.unit).where(table.c.number > number).distinct()))


def given(session: Session, unit: str, events: Sequence[Event]) -> list[Event]:
    """Return those of `events` of dossiers that the desks of `unit` are given: its own, and those that concern it."""
    units = _units_of(session, {event.head.desk for event in events})
    table = table_of(Audience)
    dossiers = sorted({event.head.dossier for event in events if event.head.dossier is not None})
    asked = select(table.c.dossier).where(table.c.unit == unit, table.c.dossier.in_(dossiers))
    concerned = {row[0] for row in session.connection().execute(asked)}
    return [event for event in events if units.get(event.head.desk) == unit or event.head.dossier in concerned]
