"""What this node knew at an earlier moment: dossiers as they were then, so that a table comes out the same again.

Only dossiers with later events are folded anew, from the events that were there; all others are as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from desk.clock import to_ms
from storage.projections.fold import fold_all
from storage.projections.upsert import table_of
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow
from storage.wire import Event

_AT_ONCE: Final = 500
_AT: Final = b'"at":'
"""A head's keys stand in a fixed order and no value before this one holds a quotation mark."""


class Later(NamedTuple):
    """What came after a moment of the past."""

    dossiers: frozenset[str]
    """The dossiers with a later event; some of them were not there at all."""
    events: frozenset[str]
    """The ids of later events that name no dossier."""
    holds: Callable[[int, int], bool]
    """Whether an event of this position in the log and this instant (ms) is a later one."""


def since_position(session: Session, position: int) -> Later:
    """Return what this node stored beyond `position` of its log."""
    return _later(session, lambda stored, _at: stored > position, position)


def since_moment(session: Session, at: datetime) -> Later:
    """Return what was written after `at`; an event of that very instant was known."""
    ms = to_ms(at)
    return _later(session, lambda _stored, written: written > ms, 0)


def position_of(session: Session, desk: str, epoch: int, seq: int) -> int | None:
    """Return where an event of `desk` lies in this node's log, None where it is not here; 0 for seq 0."""
    if seq == 0:
        return 0
    table = table_of(EventRow)
    found = select(table.c.position).where(table.c.desk == desk, table.c.epoch == epoch, table.c.seq == seq)
    return session.connection().execute(found).scalar()


def rows_then(session: Session, later: Later, ids: Iterable[str] | None = None) -> list[DossierRow]:
    """Return dossiers with a later event as they were before it; those that were not there are left out.

    ids: only these of them, None for all. The rows belong to no session.
    """
    wanted = sorted(later.dossiers if ids is None else later.dossiers.intersection(ids))
    found: list[DossierRow] = []
    for events in _by_dossier(session, wanted, later):
        state = fold_all(events)
        if state is not None:
            found.append(DossierRow(**state))
    return found


def _by_dossier(session: Session, ids: Sequence[str], later: Later) -> Iterator[list[Event]]:
    table = table_of(EventRow)
    columns = select(table.c.dossier, table.c.position, table.c.head, table.c.body, table.c.private)
    for start in range(0, len(ids), _AT_ONCE):
        chunk: dict[str, list[Event]] = {}
        rows = session.connection().execute(
            columns.where(table.c.dossier.in_(ids[start : start + _AT_ONCE])).order_by(table.c.position)
        )
        for dossier, position, head, body, private in rows:
            if not later.holds(position, instant(head)):
                event = Event(bytes(head), bytes(body), None if private is None else bytes(private))
                chunk.setdefault(dossier, []).append(event)
        yield from chunk.values()


def _later(session: Session, holds: Callable[[int, int], bool], after: int) -> Later:
    """Return the later events; after: nothing up to this position can be one."""
    table = table_of(EventRow)
    dossiers: set[str] = set()
    events: set[str] = set()
    rows = session.connection().execute(
        select(table.c.position, table.c.id, table.c.dossier, table.c.head).where(col(EventRow.position) > after)
    )
    for position, event_id, dossier, head in rows:
        if holds(position, instant(head)):
            if dossier is None:
                events.add(event_id)
            else:
                dossiers.add(dossier)
    return Later(frozenset(dossiers), frozenset(events), holds)


def instant(head: bytes) -> int:
    """Return when the event with this head was written, in ms UTC, without reading the rest of it."""
    start = head.index(_AT) + len(_AT)
    return int(head[start : head.index(b",", start)])
