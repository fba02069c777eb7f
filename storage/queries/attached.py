"""Questions about the attached files of many dossiers at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlmodel import Session

from storage.projections.attachments import ATTACHED, Attached, attachments
from storage.projections.order import UNDONE
from storage.projections.upsert import table_of
from storage.queries.past import Later, instant
from storage.tables.events import EventRow
from storage.wire import Event

_AT_ONCE: Final = 500


def of_dossiers(session: Session, ids: Sequence[str], later: Later | None = None) -> dict[str, tuple[Attached, ...]]:
    """Return what is attached to those of the dossiers `ids` that have anything; later: what must not be known yet."""
    event = table_of(EventRow)
    columns = select(event.c.dossier, event.c.position, event.c.head, event.c.body, event.c.private)
    found: dict[str, list[Event]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        its = event.c.dossier.in_(ids[start : start + _AT_ONCE])
        for dossier, position, head, *parts in session.connection().execute(
            columns.where(its, event.c.kind.in_((ATTACHED, UNDONE)))
        ):
            if later is None or not later.holds(position, instant(head)):
                found.setdefault(dossier, []).append(Event(head, *parts))
    return {dossier: files for dossier, events in found.items() if (files := attachments(events))}
