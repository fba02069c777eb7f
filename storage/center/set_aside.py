"""Sealed events that are kept as they came but neither put into the log nor projected.

What a revoked key seals may be a thief's, or true acts of a machine that was stolen later; what does not join
the center's branch may be the work of a copied desk. A person decides; until then every byte is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlmodel import Session

from desk import diagnostics
from storage.center import ingest
from storage.center.ingest import Run, Taken
from storage.center.tables import EnrolledDesk, SetAside
from storage.messages import Have, Place
from storage.projections.upsert import table_of, upsert

Why = Literal["revoked", "fork"]
_LISTED = 100


def keep(session: Session, run: Run, why: Why, now: datetime) -> None:
    """Keep the sealed events of `run` and raise the alarm; kept once, however often they come."""
    segment = run.segment
    row = {
        "desk": segment.desk,
        "epoch": segment.epoch,
        "first": segment.first,
        "last": segment.last,
        "head_hash": segment.head,
        "why": why,
        "key": segment.key,
        "seal": segment.seal,
        "lines": b"".join(segment.lines),
        "stored_at": now,
    }
    upsert(session, SetAside, [row])
    diagnostics.note("alarm: events set aside", desk=segment.desk, why=why, first=segment.first, last=segment.last)


def have(session: Session, desk: EnrolledDesk) -> Have:
    """Return what the center has of a revoked desk, what was set aside of it included."""
    known = ingest.have(session, desk)
    places = {place.epoch: place for place in known.places}
    for epoch, last, head in _rows(session, desk.desk, "revoked"):
        if epoch not in places or last > places[epoch].seq:
            places[epoch] = Place(epoch, last, head)
    newest = places.pop(max(places))
    older = tuple(place for place in places.values() if place.seq)
    return Have(desk.desk, *newest, older=older if newest.epoch > 1 else None)


def take(session: Session, desk: EnrolledDesk, run: Run, now: datetime) -> Taken:
    """Keep what a revoked desk sends, in the order of its log; returns `ok` or `gap`."""
    segment = run.segment
    place = have(session, desk).of(segment.epoch) or Place(segment.epoch, 0, "")
    if segment.last <= place.seq:
        return "ok"
    if segment.first > place.seq + 1:
        return "gap"
    keep(session, run, "revoked", now)
    return "ok"


def listed(session: Session, desk: str) -> list[dict[str, Any]]:
    """Return what was set aside of `desk`, as the desk is told: one entry a segment."""
    table = table_of(SetAside)
    rows = session.connection().execute(
        select(table.c.epoch, table.c.first, table.c.why)
        .where(table.c.desk == desk)
        .order_by(table.c.epoch, table.c.first)
        .limit(_LISTED)
    )
    return [{"epoch": row.epoch, "seq": row.first, "reason": row.why} for row in rows]


def _rows(session: Session, desk: str, why: Why) -> list[tuple[int, int, str]]:
    table = table_of(SetAside)
    rows = session.connection().execute(
        select(table.c.epoch, table.c.last, table.c.head_hash).where(table.c.desk == desk, table.c.why == why)
    )
    return [(row.epoch, row.last, row.head_hash) for row in rows]
