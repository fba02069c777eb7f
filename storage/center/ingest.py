"""Takes a desk's sealed events into the center's log: each once, in the order of its chain, or not at all.

Storing is apart from interpreting. What is sealed by the desk and joins its chain is stored, whatever it
says; a projection that cannot take it in leaves it out and stops nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage import chain
from storage.center import audience
from storage.center.tables import DeskCursor, EnrolledDesk, QuarantinedEvent
from storage.messages import Have, Place, Segment
from storage.projections.project import project_each
from storage.projections.upsert import append, table_of, upsert
from storage.tables.events import EventRow
from storage.wire import Event

_GIVEN_BACK: Final = 1000
_GIVEN_BYTES: Final = 1 << 20

Taken = Literal["ok", "gap", "fork", "broken"]


class Run(NamedTuple):
    """A segment whose seal and lines were found right."""

    segment: Segment
    events: Sequence[Event]


def have(session: Session, desk: EnrolledDesk) -> Have:
    """Return what the center has of `desk`: the last event of its newest epoch, and of each older one."""
    rows = session.connection().execute(
        select(col(DeskCursor.epoch), col(DeskCursor.seq), col(DeskCursor.head_hash))
        .where(col(DeskCursor.desk) == desk.desk)
        .order_by(col(DeskCursor.epoch).desc())
    )
    places = [Place(*row) for row in rows]
    if not places:
        return Have(desk.desk, 1, 0, desk.genesis)
    return Have(desk.desk, *places[0], older=tuple(places[1:]) if places[0].epoch > 1 else None)


def take(session: Session, desk: EnrolledDesk, run: Run, now: datetime) -> Taken:
    """Store what is new in `run` and bring cursor and projections up to date; returns what was found.

    ok: stored now or before. gap: the center lacks what comes before. fork: the center holds another event
    under one of the numbers; nothing is stored then and the desk keeps what it has. The caller holds the
    lock under which positions are given.
    """
    held = have(session, desk)
    fresh = _fresh(session, held, run)
    if not isinstance(fresh, list):
        return fresh
    if fresh:
        last = fresh[-1]
        first = store(session, fresh)
        row = {"epoch": last.head.epoch, "seq": last.head.seq, "head_hash": last.head_hash, "stored_at": now}
        upsert(session, DeskCursor, [{"desk": desk.desk, **row}])
        _quarantine(session, project_each(session, fresh, searchable=False))
        audience.spread(session, fresh, first, desk.unit)
    return "ok"


def _fresh(session: Session, held: Have, run: Run) -> list[Event] | Taken:
    """Return the events of `run` that the center lacks, or why it cannot be taken.

    An epoch that the desk has left is no fence: its late end is taken where it joins what is here of it.
    """
    segment = run.segment
    place = held.of(segment.epoch)
    if place is None and segment.epoch == 1:
        place = Place(1, 0, _genesis(session, held.desk) or "")
    if place is None:
        return _of_next_epoch(session, held, run)
    if segment.last <= place.seq:
        known = chain.head_hash(session, held.desk, segment.epoch, segment.last)
        return [] if known == segment.head else "fork"
    if segment.first > place.seq + 1:
        return "gap"
    fresh = list(run.events[place.seq + 1 - segment.first :])
    return fresh if fresh[0].head.prev == place.head else "fork"


def _of_next_epoch(session: Session, held: Have, run: Run) -> list[Event] | Taken:
    """Return the events of a later epoch if its first one follows the last that the desk knew of an older."""
    if run.segment.first != 1:
        return "gap"
    first = run.events[0]
    try:
        old_epoch, last_seq = first.body["old_epoch"], first.body["last_seq"]
    except (KeyError, ValueError):
        return "broken"
    if first.head.kind != "desk.epoch_opened" or not _is_place(old_epoch, last_seq, first.head.epoch):
        return "broken"
    if last_seq == 0:
        known = _genesis(session, held.desk) if old_epoch == 1 else None
    else:
        known = chain.head_hash(session, held.desk, old_epoch, last_seq)
    if known is None:
        return "gap"
    return list(run.events) if known == first.head.prev else "fork"


def _is_place(epoch: object, seq: object, below: int) -> bool:
    return isinstance(epoch, int) and isinstance(seq, int) and 1 <= epoch < below and 0 <= seq < 10**15


def _genesis(session: Session, desk: str) -> str | None:
    row = session.get(EnrolledDesk, desk)
    return None if row is None else row.genesis


def store(session: Session, fresh: Sequence[Event]) -> int:
    """Put `fresh` into the log's table at the next positions, all in one go; returns the first of them."""
    first = newest_position(session) + 1
    rows = [(first + number, *chain.values_of(event)) for number, event in enumerate(fresh)]
    append(session, EventRow, ("position", *chain.COLUMNS), rows)
    return first


def given_back(session: Session, desk: str, epoch: int, after: int) -> list[Event]:
    """Return the desk's own events of `epoch` beyond number `after`, as many as one answer holds."""
    found: list[Event] = []
    size = 0
    for event in chain.events(session, desk, epoch, after, _GIVEN_BACK):
        size += len(event.line())
        if found and size > _GIVEN_BYTES:
            break
        found.append(event)
    return found


def newest_position(session: Session) -> int:
    """Return the position of the event stored last, 0 before the first."""
    return int(session.connection().execute(select(func.max(col(EventRow.position)))).scalar() or 0)


def _quarantine(session: Session, refused: Sequence[Event]) -> None:
    heads = [event.head for event in refused]
    rows = [{"desk": head.desk, "epoch": head.epoch, "seq": head.seq, "kind": head.kind} for head in heads]
    upsert(session, QuarantinedEvent, rows)


def quarantined(session: Session, desk: str, limit: int = 100) -> list[dict[str, Any]]:
    """Return the events of `desk` that are stored but not projected, as the desk is told."""
    table = table_of(QuarantinedEvent)
    rows = session.connection().execute(
        select(table.c.epoch, table.c.seq, table.c.kind)
        .where(table.c.desk == desk)
        .order_by(table.c.epoch, table.c.seq)
        .limit(limit)
    )
    return [{"epoch": row.epoch, "seq": row.seq, "reason": row.kind} for row in rows]
