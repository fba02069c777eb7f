"""What a desk is given beside its answer: its unit's other logs, the unit's feed, stubs of all else, keys.

Everything is the reading of a stretch beyond the desk's own cursor; the center keeps nothing about how far a
desk has read. A page is signed as part of the answer that carries it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Select, func, literal, or_, select, type_coerce
from sqlmodel import Session

from desk.clock import to_ms
from storage import chain
from storage.center import ingest
from storage.center.tables import DeskCursor, EnrolledDesk, FeedEntry, LookupTrace
from storage.messages import BadMessage
from storage.pages import NEWEST_FIRST, Cursor, Key, Mark, Page, Stub, Wanted, lines_text, read_id
from storage.projections.dossiers import events_of
from storage.projections.upsert import table_of
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow
from storage.wire import Event

PAGE_BYTES: Final = 1 << 20
"""So much of events fills a page; it then has at least one of them."""
STUBS_KEPT: Final = timedelta(days=180)
"""A desk that joins is told of dossiers that ended so long ago at most; later ones it is told as they change."""
LOOKUP_LASTS: Final = timedelta(minutes=10)
"""How long a look-up is answered again after its first answer, because that may have been lost."""
_ENDED: Final = ("returned", "refused", "")


def page(session: Session, desk: EnrolledDesk, wanted: Wanted, now: datetime) -> Page:
    """Return what lies beyond the cursor of `desk`, at most `wanted.size` events and as many stubs."""
    room = _Room(wanted.size)
    marks, feed, feed_to = _feed(session, desk.unit, wanted.cursor.feed, room)
    unit = _unit(session, desk, wanted.unit, room)
    stubs, stubs_to, more_stubs = _stubs(session, desk.unit, wanted.cursor.stubs, wanted.size, now)
    version, keys = _keys(session, wanted.cursor.keys)
    to = Cursor(feed_to, stubs_to, version)
    return Page(to, room.is_full or more_stubs, unit, feed, marks, stubs, keys)


class _Room:
    """What still fits into a page."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.bytes = PAGE_BYTES
        self.is_full = False

    def takes(self, event: Event) -> bool:
        """Return whether `event` fits; from the first that does not, nothing fits."""
        size = len(event.line())
        if self.is_full or self.count < 1 or (size > self.bytes and self.bytes < PAGE_BYTES):
            self.is_full = True
            return False
        self.count -= 1
        self.bytes -= size
        return True


def _feed(session: Session, unit: str, after: int, room: _Room) -> tuple[list[Mark], list[Event], int]:
    """Return marks and events of the feed beyond `after`, and up to where they reach."""
    feed, event = table_of(FeedEntry), table_of(EventRow)
    rows = session.connection().execute(
        select(feed.c.number, feed.c.what, feed.c.dossier, event.c.head, event.c.body, event.c.private)
        .select_from(feed.outerjoin(event, event.c.position == feed.c.position))
        .where(feed.c.unit == unit, feed.c.number > literal(after, BigInteger))
        .order_by(feed.c.number)
        .limit(room.count + 1)
    )
    marks: list[Mark] = []
    events: list[Event] = []
    for number, what, dossier, *parts in rows:
        if what == "event":
            found = chain.as_event(parts)
            if not room.takes(found):
                break
            events.append(found)
        elif len(marks) > room.count:
            room.is_full = True
            break
        else:
            marks.append((what, dossier))
        after = number
    return marks, events, after


def _unit(session: Session, desk: EnrolledDesk, held: Mapping[str, Mapping[int, int]], room: _Room) -> list[Event]:
    """Return events of the other desks of the unit beyond what the desk holds of each."""
    cursor, enrolled = table_of(DeskCursor), table_of(EnrolledDesk)
    places = session.connection().execute(
        select(cursor.c.desk, cursor.c.epoch, cursor.c.seq)
        .join(enrolled, enrolled.c.desk == cursor.c.desk)
        .where(enrolled.c.unit == desk.unit, enrolled.c.desk != desk.desk)
        .order_by(cursor.c.desk, cursor.c.epoch)
    )
    events: list[Event] = []
    for other, epoch, last in places.all():
        after = held.get(other, {}).get(epoch, 0)
        if after < last and not room.is_full:
            for event in chain.events(session, other, epoch, after, room.count + 1):
                if not room.takes(event):
                    return events
                events.append(event)
    return events


def _stubs(
    session: Session, unit: str, place: tuple[int, str] | None, size: int, now: datetime
) -> tuple[list[Stub], tuple[int, str], bool]:
    """Return stubs of other units' dossiers, the place reached, and whether there are more.

    First every dossier, the newest first; then those that events beyond the position of that beginning touched.
    """
    newest = ingest.newest_position(session)
    position, below = place if place is not None else (newest, NEWEST_FIRST)
    if below:
        return _all_stubs(session, unit, (position, below), size, now)
    event = table_of(EventRow)
    rows = (
        session.connection()
        .execute(
            select(event.c.position, event.c.dossier)
            .where(event.c.position > literal(position, BigInteger))
            .order_by(event.c.position)
            .limit(size)
        )
        .all()
    )
    if not rows:
        return [], (min(position, newest), ""), False
    touched = sorted({row.dossier for row in rows if row.dossier is not None})
    table = table_of(DossierRow)
    found = session.connection().execute(_stub_columns(unit).where(table.c.id.in_(touched)).order_by(table.c.id))
    return [Stub(*row) for row in found], (rows[-1].position, ""), len(rows) == size


def _all_stubs(
    session: Session, unit: str, place: tuple[int, str], size: int, now: datetime
) -> tuple[list[Stub], tuple[int, str], bool]:
    table = table_of(DossierRow)
    is_kept = or_(table.c.status.not_in(_ENDED), table.c.last_at >= now - STUBS_KEPT)
    asked = _stub_columns(unit).where(table.c.id < place[1], is_kept).order_by(table.c.id.desc()).limit(size)
    stubs = [Stub(*row) for row in session.connection().execute(asked)]
    is_done = len(stubs) < size
    return stubs, (place[0], "" if is_done else stubs[-1].dossier), not is_done


def _stub_columns(unit: str) -> Select[Any]:
    """Return the question for the stubs of dossiers that `unit` did not receive; those it has in full."""
    table = table_of(DossierRow)
    named = (table.c.id, table.c.code, table.c.tracking, table.c.unit, table.c.status, table.c.holder)
    return select(*named, type_coerce(table.c.due_at, BigInteger)).where(table.c.unit != unit)


def _keys(session: Session, known: str) -> tuple[str, list[Key] | None]:
    """Return which set of keys there is now, and the keys where the desk knows another set."""
    table = table_of(EnrolledDesk)
    counted = select(func.count(), func.count(table.c.revoked_at), func.max(table.c.enrolled_at)).select_from(table)
    version = ".".join(str(one) for one in session.connection().execute(counted).one())
    if version == known:
        return version, None
    rows = session.connection().execute(
        select(table.c.public_key, table.c.desk, table.c.unit, table.c.agency_code, table.c.revoked_at).order_by(
            table.c.desk
        )
    )
    return version, [Key(*row[:4], None if row[4] is None else to_ms(row[4])) for row in rows]


def looked_up(session: Session, desk: EnrolledDesk, asked: object, now: datetime) -> dict[str, Any]:
    """Return the dossier that `desk` asks for, and keep a trace; its status says where it is not given.

    asked: {dossier, event}: a `dossier.viewed` of this desk that is in the center's log already and gives a
    reason. Nothing is shown before the trace is on disk: both are in the caller's transaction.
    """
    dossier, event = _asked(asked)
    table = table_of(EventRow)
    row = (
        session.connection()
        .execute(
            select(table.c.head, table.c.body, table.c.private).where(
                table.c.id == event,
                table.c.desk == desk.desk,
                table.c.dossier == dossier,
                table.c.kind == "dossier.viewed",
            )
        )
        .first()
    )
    if row is None or not _has_reason(chain.as_event(row)):
        return {"status": "no_reason"}
    trace = session.get(LookupTrace, event)
    if trace is not None and now > trace.answered_at + LOOKUP_LASTS:
        return {"status": "stale"}
    if trace is None:
        session.add(LookupTrace(event=event, desk=desk.desk, dossier=dossier, answered_at=now))
        session.flush()
    events = events_of(session, dossier)
    if all(one.head.kind == "dossier.viewed" for one in events):
        return {"status": "unknown"}
    return {"status": "ok", "lines": lines_text([one for one in events if one.head.desk != desk.desk])}


def _asked(value: object) -> tuple[str, str]:
    if not isinstance(value, dict):
        raise BadMessage("what is looked up is not readable")
    return read_id(value.get("dossier")), read_id(value.get("event"))


def _has_reason(event: Event) -> bool:
    try:
        return event.body.get("looked_up") is True and bool(str(event.private.get("reason") or "").strip())
    except ValueError:
        return False
