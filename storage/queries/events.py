"""Questions put to the log itself."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.projections.dossiers import events_of
from storage.tables.events import EventRow
from storage.wire import Event

_SEEN = 60
_NO_ACT = ("dossier.viewed", "dossier.undone")


def last_act(session: Session, desk: str, officer: str) -> list[Event]:
    """Return the dossier events of the last act of `officer` that can still be reversed, none if there is none.

    The events of one act name its first one. It cannot be reversed once it was, or
    when another event of the dossier (a later act, somebody else's) stands on it.
    """
    rows = session.exec(
        select(EventRow.head, EventRow.body, EventRow.private)
        .where(EventRow.desk == desk, col(EventRow.kind).like("dossier.%"), EventRow.kind != "dossier.viewed")
        .order_by(col(EventRow.position).desc())
        .limit(_SEEN)
    )
    for head, body, private in rows:
        event = Event(head, body, private)
        if event.head.actor != officer or event.head.dossier is None:
            continue
        if event.head.kind == "dossier.undone":
            return []
        return _whole_act(session, event)
    return []


def _whole_act(session: Session, last: Event) -> list[Event]:
    assert last.head.dossier is not None
    acts = [e for e in events_of(session, last.head.dossier) if e.head.kind.startswith("dossier.")]
    acts = [e for e in acts if e.head.kind not in _NO_ACT]
    if not acts or acts[-1].head.id != last.head.id:
        return []
    act = last.body.get("act", last.head.id)
    return [e for e in acts if act in (e.head.id, e.body.get("act"))]


def giver_of(session: Session, dossier: str) -> str:
    """Return the officer who handed the result of `dossier` over last, "" where nobody did."""
    givers = [event.head.actor for event in events_of(session, dossier) if event.head.kind == "dossier.returned"]
    return (givers[-1] or "") if givers else ""


def kinds_count(session: Session, desk: str) -> int:
    """Return how many events `desk` wrote."""
    return int(session.exec(select(func.count()).where(EventRow.desk == desk)).one())
