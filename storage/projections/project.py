"""Brings every projection up to date with new events, and makes all of them anew from the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, select, text, tuple_
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, SQLModel, col

from storage.projections import desks, dossiers, others, search
from storage.projections.upsert import table_of
from storage.tables.columns import canonical
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow
from storage.versions import newest
from storage.wire import KINDS, Event

PROJECTED: Sequence[type[SQLModel]] = (DossierRow, *others.TABLES, *desks.TABLES)
"""The tables that two nodes with the same events hold byte for byte alike."""

_BATCH = 1000
_SHOWN = 20


class Rebuilt(NamedTuple):
    """What a rebuild found: the first differences as `table key: column`, none where all was the same."""

    same: bool
    differences: list[str]


def project(session: Session, events: Sequence[Event], *, searchable: bool) -> None:
    """Bring all projections up to date with `events`, which are in the log's table already.

    searchable: also the desk's search tables (a center has none).
    """
    states, late = dossiers.project(session, events)
    others.project(session, events)
    others.project_papers(session, late)
    desks.project(session, events)
    if searchable:
        renamed = _renamed(events)
        search.project(session, [state for state in states if state["id"] in renamed])


def _renamed(events: Sequence[Event]) -> set[str | None]:
    """Return the dossiers whose names, numbers or codes `events` may have changed: papers and surveys change none."""
    return {event.head.dossier for event in events if event.head.kind.startswith(("dossier.", "private."))}


def project_each(session: Session, events: Sequence[Event], *, searchable: bool) -> list[Event]:
    """Bring all projections up to date with `events` as far as they can be; returns those that could not.

    For events that came from elsewhere: whatever is in them, they are stored already and never stop others.
    A database that fails (a full disk, a lost connection) is no fault of an event and is raised.
    """
    try:
        with session.begin_nested():
            project(session, events, searchable=searchable)
    except (OperationalError, MemoryError):
        raise
    except Exception:  # whatever a stranger's event makes a projection raise, it stands alone in the end
        if len(events) == 1:
            return list(events)
        middle = len(events) // 2
        return [
            *project_each(session, events[:middle], searchable=searchable),
            *project_each(session, events[middle:], searchable=searchable),
        ]
    return []


def readable() -> dict[str, int]:
    """Return the kinds of events that this version of the program reads, each with its newest version."""
    return {kind: newest(kind) for kind in sorted(KINDS)}


def project_gained(session: Session, before: Mapping[str, int], *, searchable: bool) -> bool:
    """Make every projection anew where the log holds events that the version before only kept.

    before: what was `readable` to it. Returns whether there were any.
    """
    gained = [kind for kind, v in readable().items() if before.get(kind, 0) < v]
    held = select(col(EventRow.position)).where(col(EventRow.kind).in_(gained)).limit(1)
    if not gained or session.connection().execute(held).first() is None:
        return False
    rebuild(session, searchable=searchable)
    return True


def dump(session: Session) -> Iterator[tuple[str, str, str]]:
    """Yield (table, key, canonical JSON) of every projected row, tables and keys in a fixed order."""
    for model in PROJECTED:
        table = table_of(model)
        keys = [column.name for column in table.primary_key]
        columns = ", ".join(sorted(column.name for column in table.columns))
        order = ", ".join(keys)
        rows = session.connection().execute(text(f"SELECT {columns} FROM {table.name} ORDER BY {order}"))  # noqa: S608
        for row in rows:
            values = dict(row._mapping)
            yield table.name, "/".join(str(values[key]) for key in keys), canonical(values)


def rebuild(session: Session, *, searchable: bool) -> Rebuilt:
    """Make every projection anew from the log in this session's transaction and compare with what was there."""
    before = {(table, key): row for table, key, row in dump(session)}
    _empty(session, searchable=searchable)
    for batch in batches(session):
        project_each(session, batch, searchable=searchable)
    differences: list[str] = []
    count = 0
    for table, key, row in dump(session):
        was = before.pop((table, key), None)
        if was != row:
            count += 1
            if len(differences) < _SHOWN:
                differences.append(f"{table} {key}: {_changed(was, row)}")
    differences += [f"{table} {key}: gone" for table, key in list(before)[: _SHOWN - len(differences)]]
    return Rebuilt(not count and not before, differences)


def batches(session: Session) -> Iterator[list[Event]]:
    """Yield the whole log in the order of each chain, some hundred events at a time."""
    at = ("", 0, 0)
    table = table_of(EventRow)
    while True:
        rows = (
            session.connection()
            .execute(
                select(table.c.head, table.c.body, table.c.private, table.c.desk, table.c.epoch, table.c.seq)
                .where(_after(at))
                .order_by(col(EventRow.desk), col(EventRow.epoch), col(EventRow.seq))
                .limit(_BATCH)
            )
            .all()
        )
        if not rows:
            return
        yield [Event(bytes(r[0]), bytes(r[1]), None if r[2] is None else bytes(r[2])) for r in rows]
        at = (rows[-1].desk, rows[-1].epoch, rows[-1].seq)


def _after(at: tuple[str, int, int]) -> Any:
    return tuple_(col(EventRow.desk), col(EventRow.epoch), col(EventRow.seq)) > at


def _empty(session: Session, *, searchable: bool) -> None:
    connection = session.connection()
    for model in PROJECTED:
        connection.execute(delete(table_of(model)))
    if searchable:
        connection.execute(text("DELETE FROM lookup_key"))
        connection.execute(text("DELETE FROM name_entry"))
        connection.execute(text("INSERT INTO name_index (name_index) VALUES ('delete-all')"))


def _changed(was: str | None, now: str) -> str:
    if was is None:
        return "new"
    old, new = json.loads(was), json.loads(now)
    return ", ".join(key for key in new if old.get(key) != new[key])
