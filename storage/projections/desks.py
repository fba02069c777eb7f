"""Desks and their officers, as each desk's own events tell them.

Such events are few: whenever one comes, the rows of its desk are made anew from all of them, in the order of the
desk's log. So the order of arrival decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from desk.clock import from_ms
from storage.projections.upsert import upsert
from storage.tables.events import EventRow
from storage.tables.projected import DeskRow, OfficerRow
from storage.wire import Event

Row = dict[str, Any]
TABLES: tuple[type[OfficerRow], type[DeskRow]] = (OfficerRow, DeskRow)
"""The tables this room writes."""

_KINDS = frozenset(
    "desk.opened desk.enrolled desk.epoch_opened clock.set officer.added officer.changed".split(),
)
_LONGEST = 500


def project(session: Session, events: Iterable[Event]) -> None:
    """Bring desks and officers up to date with `events`, which are in the log's table already."""
    touched = {event.head.desk for event in events if event.head.kind in _KINDS}
    for desk in sorted(touched):
        desks, officers = fold(_events_of(session, desk))
        upsert(session, DeskRow, desks)
        upsert(session, OfficerRow, officers)


def fold(events: Iterable[Event]) -> tuple[list[Row], list[Row]]:
    """Return the row of a desk (none before it was opened) and those of its officers after `events` in their order."""
    desk: Row = {}
    officers: dict[str, Row] = {}
    for event in events:
        with suppress(KeyError, TypeError, ValueError, AttributeError, OverflowError):  # it says nothing readable
            if event.is_newer:
                continue
            if event.head.kind == "desk.opened":
                desk = _opened(event)
            elif event.head.kind.startswith("officer."):
                row = _officer(event)
                officers[row["id"]] = row
            elif desk:
                desk = {**desk, **_changes(event)}
    return [desk] if desk else [], list(officers.values())


def _events_of(session: Session, desk: str) -> Iterator[Event]:
    rows = session.connection().execute(
        select(col(EventRow.head), col(EventRow.body), col(EventRow.private))
        .where(col(EventRow.desk) == desk, col(EventRow.kind).in_(sorted(_KINDS)))
        .order_by(col(EventRow.epoch), col(EventRow.seq))
    )
    for row in rows:
        yield Event(bytes(row[0]), bytes(row[1]), None if row[2] is None else bytes(row[2]))


def _opened(event: Event) -> Row:
    body = event.body
    return {
        "id": event.head.desk,
        "unit": event.head.unit,
        "agency_code": _text(body["agency_code"]),
        "slot": _whole(body["slot"]),
        "epoch": event.head.epoch,
        "public_key": _text(body["public_key"]),
        "center": "",
        "tracking_url": "",
        "opened_at": from_ms(event.head.at),
        "clock_set_at": None,
    }


def _changes(event: Event) -> Row:
    body = event.body
    if event.head.kind == "desk.enrolled":
        return {
            "center": _text(body["center"]),
            "slot": _whole(body["slot"]),
            "tracking_url": _text(body.get("tracking_url", "")),
        }
    if event.head.kind == "desk.epoch_opened":
        return {"epoch": event.head.epoch}
    return {"clock_set_at": from_ms(event.head.at)}


def _officer(event: Event) -> Row:
    body = event.body
    return {
        "id": _text(body["officer"]),
        "desk": event.head.desk,
        "name": _text(event.private.get("name", "đã xoá" if event.is_erased else "")),
        "role": _text(body.get("role", "officer")),
        "badge": _text(body.get("badge", "")),
        "is_active": int(bool(body.get("active", True))),
    }


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError("text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise TypeError("whole number")
    return value
