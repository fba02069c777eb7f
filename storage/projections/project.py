"""Brings every projection up to date with new events, and makes all of them anew from the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select, text, tuple_
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, SQLModel, col

from storage.projections import desks, dossiers, others, search
from storage.projections.upsert import table_of
from storage.tables.columns import canonical
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow, PaperRow
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


def forget(session: Session, ids: Sequence[str], authors: Collection[str]) -> None:
    """Delete the events of the dossiers `ids` that others than the desks `authors` wrote, and what follows from them.

    Every projection is then what the log that is left says. The database itself refuses it for a dossier that is
    no guest of this desk.
    """
    event, row = table_of(EventRow), table_of(DossierRow)
    its = [one for dossier in ids for one in dossiers.events_of(session, dossier)]
    gone = [one for one in its if one.head.desk not in authors and one.head.kind == "dossier.accepted"]
    connection = session.connection()
    connection.execute(delete(event).where(event.c.dossier.in_(ids), event.c.desk.not_in(authors)))
    connection.execute(delete(row).where(row.c.id.in_(ids)))
    connection.execute(delete(table_of(PaperRow)).where(col(PaperRow.dossier).in_(ids)))
    search.forget(session, ids)
    session.expire_all()
    project(session, [one for one in its if one.head.desk in authors], searchable=True)
    others.forget(session, gone, _acceptances_beside(session, gone))


def _acceptances_beside(session: Session, gone: Sequence[Event]) -> list[Event]:
    """Return the acceptances that may have raised the same numbers as `gone`: of their units, or of their days."""
    event, row = table_of(EventRow), table_of(DossierRow)
    beside = or_(row.c.unit.in_({one.head.unit for one in gone}), row.c.business_on.in_(others.days_of(gone)))
    held = select(event.c.head, event.c.body, event.c.private).where(
        event.c.dossier.in_(select(row.c.id).where(beside).scalar_subquery()), event.c.kind == "dossier.accepted"
    )
    return [_event(one) for one in session.connection().execute(held)]


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
        yield [_event(row) for row in rows]
        at = (rows[-1].desk, rows[-1].epoch, rows[-1].seq)


def _event(row: Sequence[Any]) -> Event:
    return Event(bytes(row[0]), bytes(row[1]), None if row[2] is None else bytes(row[2]))


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
