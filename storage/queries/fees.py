"""Receipts of fees and the ranges of their numbers, as the log has them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables.events import EventRow
from storage.wire import Event, compact


def receipt_ranges(session: Session, desk: str) -> list[Event]:
    """Return the events that brought `desk` its ranges of receipt numbers, in order."""
    rows = session.exec(
        select(EventRow.head, EventRow.body, EventRow.private)
        .where(
            EventRow.desk == desk,
            EventRow.kind == "reference.imported",
            func.instr(col(EventRow.body), b'"kind":"receipt_range"') > 0,
        )
        .order_by(col(EventRow.position))
    )
    return [Event(*row) for row in rows]


def numbers_used(session: Session, unit: str, series: Iterable[str]) -> dict[tuple[str, str], set[int]]:
    """Return the receipt numbers of `unit` known here, by form and series: those voided or undone too."""
    used: dict[tuple[str, str], set[int]] = {}
    for one in sorted(set(series)):
        rows = session.exec(
            select(EventRow.head, EventRow.body, EventRow.private).where(
                EventRow.kind == "fee.taken", func.instr(col(EventRow.body), b'"series":' + compact(one)) > 0
            )
        )
        for event in (Event(*row) for row in rows):
            number = str(event.body.get("receipt") or "")
            if event.head.unit == unit and number.isascii() and number.isdigit():
                used.setdefault((str(event.body.get("receipt_form") or ""), one), set()).add(int(number))
    return used


def gone_fees(session: Session, desk: str) -> frozenset[str]:
    """Return the ids of what `desk` took and gave back since: voided (and that not undone), or undone at once."""
    rows = session.exec(
        select(EventRow.head, EventRow.body, EventRow.private).where(
            EventRow.desk == desk, col(EventRow.kind).in_(("fee.voided", "dossier.undone"))
        )
    )
    events = [Event(*row) for row in rows]
    undone = {
        str(gone) for event in events if event.head.kind == "dossier.undone" for gone in event.body.get("events", ())
    }
    voids = [event for event in events if event.head.kind == "fee.voided" and event.head.id not in undone]
    return frozenset(undone | {str(event.body.get("fee")) for event in voids})
