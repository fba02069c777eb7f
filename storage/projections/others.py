"""Papers, survey forms, officers, desks, serials and books, as the events tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, SQLModel

from desk.clock import from_ms
from desk.rules.books import slot_of
from storage.projections.upsert import table_of, upsert
from storage.tables.projected import PROVISIONAL_SLOTS, BookRow, DeskRow, OfficerRow, PaperRow, SerialRow, SurveyFormRow
from storage.wire import Event

Step = Callable[[Session], object]
"""Writes what one event said, after it was read."""

_LONGEST = 500


@dataclass
class _Numbers:
    """The highest numbers that events gave: of a day's codes by agency, day and slot; of books."""

    serials: dict[tuple[str, date, int], int] = field(default_factory=dict)
    books: dict[tuple[str, str, int, int], int] = field(default_factory=dict)
    """By unit, book, year and slot."""


def project(session: Session, events: Iterable[Event]) -> None:
    """Bring the small projections up to date with `events`, in their order.

    New forms, papers and serials are written together; a step that changes a row waits for them.
    """
    fresh: dict[str, list[dict[str, Any]]] = {"paper": [], "survey": []}
    numbers = _Numbers()
    for event in events:
        step: Step | None = None
        with suppress(KeyError, TypeError, ValueError, AttributeError, OverflowError):  # it says nothing readable
            step = _read(event, fresh, numbers)
        if step is not None:
            _written(session, fresh)
            step(session)
    _written(session, fresh)
    _write_numbers(session, numbers)


def _read(event: Event, fresh: dict[str, list[dict[str, Any]]], numbers: _Numbers) -> Step | None:
    kind = event.head.kind
    if kind == "paper.made":
        fresh["paper"].append(_paper(event))
    elif kind == "survey.captured":
        fresh["survey"].append(_form(event))
    elif kind == "dossier.accepted":
        _book(numbers.books, event)
        _serial(numbers.serials, event)
    elif kind in _STEPS:
        return _STEPS[kind](event)
    return None


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
        "kind": _text(body.get("kind", "")),
        "copy_no": _whole(body.get("copy", 1)),
        "sha256": _text(body.get("sha256", "")),
        "name": _text(body.get("name", "")),
        "state": "made",
        "officer": event.head.actor or "",
        "made_at": from_ms(event.head.at),
        "event": None if body.get("event") is None else _text(body["event"]),
    }


def _form(event: Event) -> dict[str, Any]:
    body = event.body
    return {
        "id": event.head.id,
        "unit": _text(body.get("unit") or event.head.unit),
        "officer": _text(body.get("officer") or ""),
        "field": _text(body.get("field") or ""),
        "level": _text(body.get("level", "")),
        "how": _text(body.get("how", "")),
        "is_quick": int(bool(body.get("quick"))),
        "captured_at": from_ms(body.get("done_at") or event.head.at),
    }


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError("text")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise TypeError("whole number")
    return value


def _serial(serials: dict[tuple[str, date, int], int], event: Event) -> None:
    body = event.body
    if body.get("serial") is None or body.get("agency_code") is None:
        return
    day = date.fromisoformat(body["business_on"])
    slot = _whole(body.get("slot", 0)) + (PROVISIONAL_SLOTS if body.get("provisional") else 0)
    key = (_text(body["agency_code"]), day, slot)
    serials[key] = max(serials.get(key, 0), _whole(body["serial"]))


def _book(books: dict[tuple[str, str, int, int], int], event: Event) -> None:
    body = event.body
    if body.get("book_number") is None:
        return
    number = _whole(body["book_number"])
    key = (event.head.unit, _text(body["book"]), _whole(body["book_year"]), slot_of(number))
    books[key] = max(books.get(key, 0), number)


def _write_numbers(session: Session, numbers: _Numbers) -> None:
    if not numbers.serials and not numbers.books:
        return
    rows: list[dict[str, Any]] = []
    for (agency, day, slot), last in numbers.serials.items():
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
    books: list[dict[str, Any]] = []
    for key, last in numbers.books.items():
        kept = session.get(BookRow, key)
        last = max(last, kept.last if kept is not None else 0)
        books.append({**dict(zip(("unit", "book", "year", "slot"), key, strict=True)), "last": last})
    upsert(session, BookRow, books)
    session.expire_all()


def _paper_state(state: str) -> Callable[[Event], Step]:
    def read(event: Event) -> Step:
        table = table_of(PaperRow)
        # what is void stays void, even where its print job was still on its way
        statement = update(table).where(table.c.id == _text(event.body["paper"]), table.c.state != "voided")
        return lambda session: session.connection().execute(statement.values(state=state))

    return read


def _officer(event: Event) -> Step:
    body = event.body
    row = {
        "id": _text(body["officer"]),
        "desk": event.head.desk,
        "name": _text(event.private.get("name", "đã xoá" if event.is_erased else "")),
        "role": _text(body.get("role", "officer")),
        "badge": _text(body.get("badge", "")),
        "is_active": int(bool(body.get("active", True))),
    }
    return lambda session: upsert(session, OfficerRow, [row])


def _opened(event: Event) -> Step:
    body = event.body
    row = {
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
    return lambda session: upsert(session, DeskRow, [row])


def _enrolled(event: Event) -> Step:
    body = event.body
    changes = {
        "center": _text(body["center"]),
        "slot": _whole(body["slot"]),
        "tracking_url": _text(body.get("tracking_url", "")),
    }
    return _changed(DeskRow, event.head.desk, changes)


def _epoch_opened(event: Event) -> Step:
    return _changed(DeskRow, event.head.desk, {"epoch": event.head.epoch})


def _clock_set(event: Event) -> Step:
    return _changed(DeskRow, event.head.desk, {"clock_set_at": from_ms(event.head.at)})


def _changed(model: type[SQLModel], row_id: str, values: dict[str, Any]) -> Step:
    table = table_of(model)
    statement = update(table).where(table.c.id == row_id).values(**values)
    return lambda session: session.connection().execute(statement)


_STEPS: dict[str, Callable[[Event], Step]] = {
    "paper.handed": _paper_state("handed"),
    "paper.confirmed": _paper_state("confirmed"),
    "paper.failed": _paper_state("failed"),
    "paper.unknown": _paper_state("unknown"),
    "paper.voided": _paper_state("voided"),
    "officer.added": _officer,
    "officer.changed": _officer,
    "desk.opened": _opened,
    "desk.enrolled": _enrolled,
    "desk.epoch_opened": _epoch_opened,
    "clock.set": _clock_set,
}

TABLES: Sequence[type[PaperRow | SurveyFormRow | OfficerRow | DeskRow | SerialRow | BookRow]] = (
    PaperRow,
    SurveyFormRow,
    OfficerRow,
    DeskRow,
    SerialRow,
    BookRow,
)
"""The tables this room writes."""
