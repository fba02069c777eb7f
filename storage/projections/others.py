"""Papers, survey forms, officers, desks and serials, as the events tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from desk.clock import from_ms
from storage.projections.upsert import table_of, upsert
from storage.tables.projected import PROVISIONAL_SLOTS, DeskRow, OfficerRow, PaperRow, SerialRow, SurveyFormRow
from storage.wire import Event


def project(session: Session, events: Iterable[Event]) -> None:
    """Bring the small projections up to date with `events`, in their order.

    New forms, papers and serials are written together; a step that changes a row waits for them.
    """
    fresh: dict[str, list[dict[str, Any]]] = {"paper": [], "survey": []}
    serials: dict[tuple[str, date, int], int] = {}
    for event in events:
        kind = event.head.kind
        if kind == "paper.made":
            fresh["paper"].append(_paper(event))
        elif kind == "survey.captured":
            fresh["survey"].append(_form(event))
        elif kind == "dossier.accepted":
            _serial(serials, event)
        elif kind in _STEPS:
            _written(session, fresh)
            _STEPS[kind](session, event)
    _written(session, fresh)
    _write_serials(session, serials)


def _written(session: Session, fresh: dict[str, list[dict[str, Any]]]) -> None:
    upsert(session, PaperRow, fresh["paper"])
    upsert(session, SurveyFormRow, fresh["survey"])
    fresh["paper"], fresh["survey"] = [], []


def _paper(event: Event) -> dict[str, Any]:
    body = event.body
    return {
        "id": event.head.id,
        "dossier": event.head.dossier,
        "desk": event.head.desk,
        "kind": str(body.get("kind", "")),
        "copy_no": int(body.get("copy", 1)),
        "sha256": str(body.get("sha256", "")),
        "name": str(body.get("name", "")),
        "state": "made",
        "officer": event.head.actor or "",
        "made_at": from_ms(event.head.at),
        "event": body.get("event"),
    }


def _form(event: Event) -> dict[str, Any]:
    body = event.body
    return {
        "id": event.head.id,
        "unit": str(body.get("unit") or event.head.unit),
        "officer": str(body.get("officer") or ""),
        "field": str(body.get("field") or ""),
        "level": str(body.get("level", "")),
        "how": str(body.get("how", "")),
        "is_quick": int(bool(body.get("quick"))),
        "captured_at": from_ms(body.get("done_at") or event.head.at),
    }


def _serial(serials: dict[tuple[str, date, int], int], event: Event) -> None:
    body = event.body
    if body.get("serial") is None or body.get("agency_code") is None:
        return
    slot = int(body.get("slot", 0)) + (PROVISIONAL_SLOTS if body.get("provisional") else 0)
    key = (str(body["agency_code"]), date.fromisoformat(body["business_on"]), slot)
    serials[key] = max(serials.get(key, 0), int(body["serial"]))


def _write_serials(session: Session, serials: dict[tuple[str, date, int], int]) -> None:
    rows: list[dict[str, Any]] = []
    for (agency, day, slot), last in serials.items():
        known = session.get(SerialRow, (agency, day, slot))
        rows.append(
            {
                "agency_code": agency,
                "business_on": day,
                "slot": slot,
                "last": max(last, known.last if known is not None else 0),
            }
        )
    upsert(session, SerialRow, rows)
    session.expire_all()


def _paper_state(state: str) -> Callable[[Session, Event], None]:
    def step(session: Session, event: Event) -> None:
        table = table_of(PaperRow)
        session.connection().execute(update(table).where(table.c.id == event.body.get("paper")).values(state=state))

    return step


def _officer(session: Session, event: Event) -> None:
    body = event.body
    upsert(
        session,
        OfficerRow,
        [
            {
                "id": str(body["officer"]),
                "desk": event.head.desk,
                "name": str(event.private.get("name", "đã xoá" if event.is_erased else "")),
                "role": str(body.get("role", "officer")),
                "badge": str(body.get("badge", "")),
                "is_active": int(bool(body.get("active", True))),
            }
        ],
    )


def _opened(session: Session, event: Event) -> None:
    body = event.body
    upsert(
        session,
        DeskRow,
        [
            {
                "id": event.head.desk,
                "unit": event.head.unit,
                "agency_code": str(body["agency_code"]),
                "slot": int(body["slot"]),
                "epoch": event.head.epoch,
                "public_key": str(body["public_key"]),
                "center": "",
                "tracking_url": "",
                "opened_at": from_ms(event.head.at),
                "clock_set_at": None,
            }
        ],
    )


def _desk_changed(session: Session, event: Event) -> None:
    body = event.body
    changes: dict[str, Any] = {}
    if event.head.kind == "desk.enrolled":
        changes = {
            "center": str(body["center"]),
            "slot": int(body["slot"]),
            "tracking_url": str(body.get("tracking_url", "")),
        }
    elif event.head.kind == "desk.epoch_opened":
        changes = {"epoch": event.head.epoch}
    elif event.head.kind == "clock.set":
        changes = {"clock_set_at": from_ms(event.head.at)}
    table = table_of(DeskRow)
    session.connection().execute(update(table).where(col(DeskRow.id) == event.head.desk).values(**changes))


_STEPS: dict[str, Callable[[Session, Event], None]] = {
    "paper.handed": _paper_state("handed"),
    "paper.confirmed": _paper_state("confirmed"),
    "paper.failed": _paper_state("failed"),
    "paper.unknown": _paper_state("unknown"),
    "paper.voided": _paper_state("voided"),
    "officer.added": _officer,
    "officer.changed": _officer,
    "desk.opened": _opened,
    "desk.enrolled": _desk_changed,
    "desk.epoch_opened": _desk_changed,
    "clock.set": _desk_changed,
}

TABLES: Sequence[type[PaperRow | SurveyFormRow | OfficerRow | DeskRow | SerialRow]] = (
    PaperRow,
    SurveyFormRow,
    OfficerRow,
    DeskRow,
    SerialRow,
)
"""The tables this room writes."""
