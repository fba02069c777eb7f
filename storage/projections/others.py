"""Papers, survey forms, serials and books, as the events tell them; desks and officers have a room of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, tuple_, update
from sqlmodel import Session

from desk.clock import from_ms
from desk.rules.books import slot_of
from storage.projections.order import in_order
from storage.projections.upsert import raise_to, table_of, upsert
from storage.tables.projected import PROVISIONAL_SLOTS, BookRow, PaperRow, SerialRow, SurveyFormRow
from storage.wire import Event

Step = Callable[[Session], object]
"""Writes what one event said, after it was read."""

_LONGEST = 500
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError)
"""What an event raises that says nothing readable: it is left out and stops no other."""


@dataclass
class _Numbers:
    """The highest numbers that events gave: of a day's codes by agency, day and slot; of books."""

    serials: dict[tuple[str, date, int], int] = field(default_factory=dict)
    books: dict[tuple[str, str, int, int], int] = field(default_factory=dict)
    """By unit, book, year and slot."""


def project(session: Session, events: Iterable[Event]) -> None:
    """Bring the small projections up to date with `events`, in their order.

    New forms, papers and serials are written together; a step that changes a row waits for them. Papers are
    right where the events of their dossier come in order; else `project_papers` comes after.
    """
    fresh: dict[str, list[dict[str, Any]]] = {"paper": [], "survey": []}
    numbers = _Numbers()
    for event in events:
        if event.head.kind not in _KINDS:
            continue
        step: Step | None = None
        with suppress(*_UNREADABLE):
            step = _read(event, fresh, numbers)
        if step is not None:
            _written(session, fresh)
            step(session)
    _written(session, fresh)
    _write_numbers(session, numbers)


def project_papers(session: Session, late: Iterable[Sequence[Event]]) -> None:
    """Make the papers of dossiers anew, each given as all of its events, because some of them came late."""
    upsert(session, PaperRow, [row for events in late for row in papers_of(events)])


def forget(session: Session, gone: Sequence[Event], held: Sequence[Event]) -> None:
    """Bring the numbers that the acceptances `gone` raised back to what the acceptances `held` say.

    held: all that are left of the same units and the same days, at least.
    """
    numbers = _Numbers()
    for event in gone:
        with suppress(*_UNREADABLE):
            _book(numbers.books, event)
            _serial(numbers.serials, event)
    serial, book = table_of(SerialRow).c, table_of(BookRow).c
    by_day, by_year = tuple_(serial.agency_code, serial.business_on, serial.slot), (book.unit, book.book, book.year)
    connection = session.connection()
    connection.execute(delete(table_of(SerialRow)).where(by_day.in_(list(numbers.serials))))
    connection.execute(delete(table_of(BookRow)).where(tuple_(*by_year, book.slot).in_(list(numbers.books))))
    project(session, held)


def days_of(acceptances: Iterable[Event]) -> set[date]:
    """Return the business days on which `acceptances` gave their codes; those that say none are left out."""
    serials: dict[tuple[str, date, int], int] = {}
    for event in acceptances:
        with suppress(*_UNREADABLE):
            _serial(serials, event)
    return {day for _agency, day, _slot in serials}


def papers_of(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the rows of a dossier's papers after all of its `events`, whatever their order."""
    papers: dict[str, dict[str, Any]] = {}
    for event in in_order(events):
        with suppress(*_UNREADABLE):
            if event.is_newer:
                continue
            if event.head.kind == "paper.made":
                papers[event.head.id] = _paper(event)
            elif event.head.kind in _STATES:
                paper = papers.get(_text(event.body["paper"]))
                if paper is not None and paper["state"] != "voided":
                    paper["state"] = _STATES[event.head.kind]
    return list(papers.values())


def _read(event: Event, fresh: dict[str, list[dict[str, Any]]], numbers: _Numbers) -> Step | None:
    kind = event.head.kind
    if event.is_newer:
        return None
    if kind == "paper.made":
        fresh["paper"].append(_paper(event))
    elif kind == "survey.captured":
        fresh["survey"].append(_form(event))
    elif kind == "dossier.accepted":
        _book(numbers.books, event)
        _serial(numbers.serials, event)
    else:
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
    by_day, by_year = ("agency_code", "business_on", "slot"), ("unit", "book", "year", "slot")
    serials = [{**dict(zip(by_day, key, strict=True)), "last": last} for key, last in numbers.serials.items()]
    raise_to(session, SerialRow, "last", serials)
    books = [{**dict(zip(by_year, key, strict=True)), "last": last} for key, last in numbers.books.items()]
    raise_to(session, BookRow, "last", books)
    session.expire_all()


def _paper_state(state: str) -> Callable[[Event], Step]:
    def read(event: Event) -> Step:
        table = table_of(PaperRow)
        # what is void stays void, even where its print job was still on its way
        statement = update(table).where(table.c.id == _text(event.body["paper"]), table.c.state != "voided")
        return lambda session: session.connection().execute(statement.values(state=state))

    return read


_STATES = {f"paper.{state}": state for state in ("handed", "confirmed", "failed", "unknown", "voided")}
_STEPS: dict[str, Callable[[Event], Step]] = {kind: _paper_state(state) for kind, state in _STATES.items()}

_KINDS = frozenset({"paper.made", "survey.captured", "dossier.accepted", *_STEPS})
"""What any of these tables is told by; most events are of another kind."""

TABLES: Sequence[type[PaperRow | SurveyFormRow | SerialRow | BookRow]] = (PaperRow, SurveyFormRow, SerialRow, BookRow)
"""The tables this room writes."""
