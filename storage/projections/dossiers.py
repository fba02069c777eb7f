"""The dossier table: one row a dossier, folded from its events.

An event whose parents are exactly the row's heads is applied to the row. Any other (late, concurrent, an
undo) makes the row anew from all events of the dossier, so the row never depends on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from storage.projections.fold import State, apply, blank, fold_all
from storage.projections.order import LOOK, is_look
from storage.projections.upsert import found, insert, table_of, upsert
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow
from storage.wire import Event

_AT_ONCE: Final = 500
"""Dossiers asked for in one statement."""


def events_of(session: Session, dossier: str) -> list[Event]:
    """Return every event of `dossier` this node holds, in the order it stored them."""
    rows = session.connection().execute(
        select(col(EventRow.head), col(EventRow.body), col(EventRow.private))
        .where(col(EventRow.dossier) == dossier)
        .order_by(col(EventRow.position))
    )
    return [Event(bytes(row[0]), bytes(row[1]), None if row[2] is None else bytes(row[2])) for row in rows]


class Projected(NamedTuple):
    """What became of the dossiers that some events touched."""

    states: list[State]
    late: list[list[Event]]
    """All events of each dossier that was made anew, because some of its events came out of order."""


def project(session: Session, events: Iterable[Event]) -> Projected:
    """Bring the rows of the dossiers that `events` touch up to date.

    The events must be in the log's table already.
    """
    by_dossier: dict[str, list[Event]] = {}
    for event in events:
        if event.head.dossier is not None:
            by_dossier.setdefault(event.head.dossier, []).append(event)
    if not by_dossier:
        return Projected([], [])
    states = found(session, DossierRow, list(by_dossier))
    looked_at = _looked_at(session, [dossier for dossier in by_dossier if dossier not in states])
    fresh: list[State] = []
    late: list[list[Event]] = []
    for dossier, its in by_dossier.items():
        state = None if dossier in looked_at else _advanced(states.get(dossier), its)
        if state is None:
            late.append(events_of(session, dossier))
            state = fold_all(late[-1])
        if state is not None:
            fresh.append(state)
    insert(session, DossierRow, [state for state in fresh if state["id"] not in states])
    upsert(session, DossierRow, [state for state in fresh if state["id"] in states])
    return Projected(fresh, late)


def _looked_at(session: Session, dossiers: Sequence[str]) -> set[str]:
    """Return those of `dossiers`, none of which has a row, that somebody looked at: a look alone makes no row."""
    table = table_of(EventRow)
    looked_at: set[str] = set()
    for start in range(0, len(dossiers), _AT_ONCE):
        asked = select(table.c.dossier).where(
            table.c.dossier.in_(dossiers[start : start + _AT_ONCE]), table.c.kind == LOOK
        )
        looked_at.update(row[0] for row in session.connection().execute(asked))
    return looked_at


def _advanced(state: State | None, events: Sequence[Event]) -> State | None:
    """Return `state` after `events`, or None where it must be folded anew."""
    for event in events:
        head = event.head
        if head.kind in ("dossier.undone", "private.erased"):
            return None
        if state is None:
            if head.parents or is_look(event):
                return None
            state = blank(event)
        elif list(head.parents) != state["heads"]:
            return None
        apply(state, event)
    return state
