"""Questions put to the log itself."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from storage.projections.dossiers import events_of
from storage.tables.events import EventRow
from storage.wire import Event

_SEEN = 60
_NO_ACT = ("dossier.viewed", "dossier.undone")
_OF_ONE_DOSSIER = ("delay.recorded", "document.attached", "fee.taken", "fee.voided")
"""Acts on one dossier beside `dossier.*`."""
_BATCHES = ("handover.made", "handover.received", "outage.recorded", "calendar.changed", "report.closed")
"""Acts on many dossiers or on none: one of them as the last act leaves nothing to reverse."""


def last_act(session: Session, desk: str, officer: str) -> list[Event]:
    """Return the events of the last act of `officer` on a dossier that can still be reversed, none if there is none.

    The events of one act name its first one. It cannot be reversed once it was, when it was an act on many
    dossiers, or when another event of the dossier (a later act, somebody else's) stands on it.
    """
    kind = col(EventRow.kind)
    rows = session.exec(
        select(EventRow.head, EventRow.body, EventRow.private)
        .where(
            EventRow.desk == desk,
            or_(kind.like("dossier.%"), kind.in_((*_OF_ONE_DOSSIER, *_BATCHES))),
            kind != "dossier.viewed",
        )
        .order_by(col(EventRow.position).desc())
        .limit(_SEEN)
    )
    for head, body, private in rows:
        event = Event(head, body, private)
        if event.head.actor != officer:
            continue
        if event.head.dossier is None or event.head.kind == "dossier.undone":
            return []
        return _whole_act(session, event)
    return []


def _whole_act(session: Session, last: Event) -> list[Event]:
    assert last.head.dossier is not None
    acts = [e for e in events_of(session, last.head.dossier) if _is_act(e.head.kind)]
    if not acts or acts[-1].head.id != last.head.id:
        return []
    act = last.body.get("act", last.head.id)
    first = event(session, act) if act != last.head.id else None
    if first is not None and first.head.dossier is None:
        return []  # many dossiers at once, often on one paper: one of them alone cannot be taken back
    return [e for e in acts if act in (e.head.id, e.body.get("act"))]


def _is_act(kind: str) -> bool:
    return kind in _OF_ONE_DOSSIER or (kind.startswith("dossier.") and kind not in _NO_ACT)


def event(session: Session, event_id: str) -> Event | None:
    """Return the event with this id, None where it is not known here."""
    row = session.exec(
        select(EventRow.head, EventRow.body, EventRow.private).where(EventRow.id == event_id).limit(1)
    ).first()
    return None if row is None else Event(*row)


def owing_papers(session: Session, desk: str, after: int) -> list[tuple[int, Event]]:
    """Return what `desk` wrote beyond the log's position `after` and what owes papers, with positions, in order."""
    rows = session.exec(
        select(EventRow.position, EventRow.head, EventRow.body, EventRow.private)
        .where(
            col(EventRow.position) > after,
            EventRow.desk == desk,
            func.instr(col(EventRow.body), b'"papers":[') > 0,
        )
        .order_by(col(EventRow.position))
    )
    return [(position or 0, Event(head, body, private)) for position, head, body, private in rows]


def last_position(session: Session) -> int:
    """Return the position of the newest event here, 0 without any."""
    return int(session.exec(select(func.max(EventRow.position))).one() or 0)


def of_kinds(session: Session, desk: str, kinds: Sequence[str]) -> list[Event]:
    """Return every event of these kinds that `desk` wrote, in order."""
    rows = session.exec(
        select(EventRow.head, EventRow.body, EventRow.private)
        .where(EventRow.desk == desk, col(EventRow.kind).in_(kinds))
        .order_by(col(EventRow.position))
    )
    return [Event(head, body, private) for head, body, private in rows]


def giver_of(session: Session, dossier: str) -> str:
    """Return the officer who handed the result of `dossier` over last, "" where nobody did."""
    givers = [event.head.actor for event in events_of(session, dossier) if event.head.kind == "dossier.returned"]
    return (givers[-1] or "") if givers else ""


def last_viewed(session: Session, desk: str) -> str | None:
    """Return the dossier that was looked at last on `desk`."""
    return session.exec(
        select(EventRow.dossier)
        .where(EventRow.desk == desk, EventRow.kind == "dossier.viewed")
        .order_by(col(EventRow.position).desc())
        .limit(1)
    ).first()


def beyond(session: Session, desk: str, position: int) -> list[tuple[int, Event]]:
    """Return what `desk` wrote beyond the log's position `position`, with positions, in order."""
    rows = session.exec(
        select(EventRow.position, EventRow.head, EventRow.body, EventRow.private)
        .where(col(EventRow.position) > position, EventRow.desk == desk)
        .order_by(col(EventRow.position))
    )
    return [(at or 0, Event(head, body, private)) for at, head, body, private in rows]
