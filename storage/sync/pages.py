"""Takes what the center gives of other desks' events into this desk's log, and what it says of all other dossiers.

One page, one transaction, the cursor in it: a page that is cut is asked for again, one that comes twice changes
nothing. What another desk wrote is never mirrored: the mirror is this desk's own log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, select, tuple_
from sqlmodel import Session, col

from desk.clock import from_ms
from desk.keys import key_id
from storage import chain
from storage.log import Log
from storage.messages import BadMessage
from storage.pages import LARGEST_SIZE, Cursor, Key, Mark, Page, Stub, Wanted, read_cursor
from storage.projections.project import project_each
from storage.projections.search import plain
from storage.projections.upsert import table_of, upsert
from storage.queries import kept
from storage.sync.leaving import let_go
from storage.tables.elsewhere import GuestRow, StubRow
from storage.tables.events import EventRow
from storage.tables.own import KnownKeyRow
from storage.tables.projected import DeskRow
from storage.wire import Event

_CURSOR: Final = "pages_cursor"
_AT_ONCE: Final = 200


class _Kept(NamedTuple):
    """The cursor, and of which life of which center it speaks."""

    center: str
    cursor: Cursor


def center_of(session: Session) -> str:
    """Return of which life of which center the cursor speaks (its id and incarnation), "" before the first page."""
    return _kept(session).center


def wanted(session: Session, log: Log, center: str, size: int) -> Wanted:
    """Return what to ask the center for next.

    center: its id and incarnation, as its last answer named them; another one begins from nothing.
    """
    known = _kept(session)
    cursor = known.cursor if known.center == center else Cursor()
    others = session.connection().execute(
        select(col(DeskRow.id)).where(col(DeskRow.unit) == log.identity.unit, col(DeskRow.id) != log.identity.desk)
    )
    unit = {row[0]: chain.lengths(session, row[0]) for row in others.all()}
    return Wanted(cursor, unit, min(size, LARGEST_SIZE))


def take(log: Log, page: Page, center: str) -> int:
    """Take `page` into the log and the desk's own tables; returns how many events were new.

    Raises ValueError, and takes nothing, where the events of the own unit do not follow each other.
    """
    with log.store.writing() as session:
        _check_chains(session, page.unit)
        taken = take_events(session, log, (*page.unit, *page.feed))
        _mark(session, page.marks, log.clock())
        upsert(session, StubRow, [_stub_row(stub) for stub in page.stubs])
        _keep_keys(session, log, page.keys or ())
        kept.keep_setting(session, _CURSOR, {"center": center, **page.to.value()})
        if not page.more:  # only then has every dossier that came back been marked so
            let_go(session, log)
    return taken


def take_events(session: Session, log: Log, events: Iterable[Event]) -> int:
    """Store and project those of `events` that are not here yet; returns how many. Own ones are left alone."""
    fresh = {_place(event): event for event in events if event.head.desk != log.identity.desk}
    for held in _held(session, list(fresh)):
        del fresh[held]
    chain.store(session, list(fresh.values()))
    project_each(session, list(fresh.values()), searchable=True)
    return len(fresh)


def as_guest(session: Session, dossier: str, now: datetime) -> None:
    """Mark a dossier that was looked up: it is shown when it is opened, and is in no list of this unit."""
    upsert(session, GuestRow, [{"dossier": dossier, "why": "looked_up", "since_at": now}])


def _kept(session: Session) -> _Kept:
    value = kept.setting(session, _CURSOR)
    try:
        return _Kept(str(value["center"]), read_cursor(value))
    except (BadMessage, KeyError, TypeError):
        return _Kept("", Cursor())


def _place(event: Event) -> tuple[str, int, int]:
    return event.head.desk, event.head.epoch, event.head.seq


def _held(session: Session, places: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return those of `places` that the log holds an event at."""
    key = (col(EventRow.desk), col(EventRow.epoch), col(EventRow.seq))
    found: list[tuple[str, int, int]] = []
    for start in range(0, len(places), _AT_ONCE):
        rows = session.connection().execute(select(*key).where(tuple_(*key).in_(places[start : start + _AT_ONCE])))
        found += [(row[0], row[1], row[2]) for row in rows]
    return found


def _check_chains(session: Session, events: Sequence[Event]) -> None:
    """Raise ValueError where an event does not follow from the one that comes before it in its own epoch."""
    heads: dict[tuple[str, int, int], str | None] = {}
    for event in events:
        desk, epoch, seq = _place(event)
        before = (desk, epoch, seq - 1)
        if seq > 1 and before not in heads:
            heads[before] = chain.head_hash(session, *before)
        if seq > 1 and heads[before] != event.head.prev:
            raise ValueError("what the center gave of this unit does not follow what is here")
        heads[desk, epoch, seq] = event.head_hash


def _mark(session: Session, marks: Sequence[Mark], now: datetime) -> None:
    for what, dossier in marks:
        if what == "left":
            upsert(session, GuestRow, [{"dossier": dossier, "why": "left", "since_at": now}])
        else:
            table = table_of(GuestRow)
            session.connection().execute(delete(table).where(table.c.dossier == dossier))


def _stub_row(stub: Stub) -> dict[str, Any]:
    code = None if stub.code is None else plain(stub.code)
    return {
        "dossier": stub.dossier,
        "code": stub.code,
        "plain": code,
        "plain_reversed": None if code is None else code[::-1],
        "tracking": stub.tracking,
        "unit": stub.unit,
        "status": stub.status,
        "holder": stub.holder,
        "due_at": None if stub.due_at is None else from_ms(stub.due_at),
    }


def _keep_keys(session: Session, log: Log, keys: Sequence[Key]) -> None:
    """Keep the keys of the province; the desk's own stays as it was made."""
    rows = [
        {
            "public_key": key.public_key,
            "key_id": key_id(bytes.fromhex(key.public_key)).hex(),
            "desk": key.desk,
            "unit": key.unit,
            "agency_code": key.agency_code,
            "is_practice": 0,
            "revoked_at": None if key.revoked_at is None else from_ms(key.revoked_at),
        }
        for key in keys
        if key.desk != log.identity.desk
    ]
    upsert(session, KnownKeyRow, rows)
