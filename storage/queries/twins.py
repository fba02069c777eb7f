"""Questions about two dossiers that bear one code, or one number of one book: two machines gave it, unknown to another.

No dossier's own events tell it, so it stands in no row; it follows from the dossiers that are here. The one that
was made first keeps the number in peace, each later one is an incident until a person has closed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, func, tuple_
from sqlmodel import Session, col, select

from storage.projections.conflicts import closes
from storage.projections.dossiers import events_of
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow

CODE_TWICE: Final = "code_twice"
NUMBER_TWICE: Final = "number_twice"

_MOST: Final = 200
"""Numbers given twice that are looked at: a few are a misfortune, more are one cause."""
_MOST_EVENTS: Final = 2000
"""After more new events than this, reading all numbers from their index is the quicker way."""
_BOOK: Final = (col(DossierRow.book_year), col(DossierRow.book_number), col(DossierRow.book), col(DossierRow.unit))


class Twin(NamedTuple):
    """A dossier whose number an earlier one has."""

    row: DossierRow
    event: str
    """The id of its acceptance: the act that does not fit."""
    why: str
    first: str = ""
    """The id of the dossier that had the number before."""


class _Twice(NamedTuple):
    """What more than one dossier has, as far as the events up to `position` tell."""

    position: int
    codes: frozenset[str]
    numbers: frozenset[tuple[Any, ...]]


@dataclass(slots=True)
class Memory:
    """Kept by who asks again and again: only dossiers that events touched since the last time are looked at then."""

    found: _Twice | None = None


def open_twins(session: Session, memory: Memory, *here: ColumnElement[bool]) -> list[Twin]:
    """Return the dossiers with a number that an earlier one has, which nobody has closed yet.

    here: which dossiers are meant; none for all.
    """
    memory.found = twice = _twice(session, memory.found)
    found: list[Twin] = []
    for code in sorted(twice.codes):
        found += _later(session, col(DossierRow.code) == code, *here, why=CODE_TWICE)
    for number in sorted(twice.numbers, key=str):
        found += _later(session, *_same(number), *here, why=NUMBER_TWICE)
    return found


def of(session: Session, row: DossierRow, *here: ColumnElement[bool]) -> list[Twin]:
    """Return what `open_twins` says of one dossier."""
    found: list[Twin] = []
    if row.code is not None:
        found += _later(session, col(DossierRow.code) == row.code, *here, why=CODE_TWICE)
    if row.book_number is not None:
        place = (row.book_year, row.book_number, row.book, row.unit)
        found += _later(session, *_same(place), *here, why=NUMBER_TWICE)
    return [twin for twin in found if twin.row.id == row.id]


def _twice(session: Session, before: _Twice | None) -> _Twice:
    """Return what was given twice: all of it, or what is known from `before` and what came since.

    A number once found stays: whether two dossiers still have it, each asking sees.
    """
    position = int(session.connection().scalar(select(func.max(col(EventRow.position)))) or 0)
    code, given = col(DossierRow.code), col(DossierRow.book_number).is_not(None)
    codes = select(code).where(code.is_not(None)).group_by(code).having(func.count() > 1).limit(_MOST)
    numbers = select(*_BOOK).where(given).group_by(*_BOOK).having(func.count() > 1).limit(_MOST)
    known: _Twice | None = before
    if known is None or not 0 <= position - known.position <= _MOST_EVENTS:
        known = _Twice(position, frozenset(), frozenset())
    else:
        events = select(col(EventRow.dossier)).where(col(EventRow.position) > known.position)
        touched = col(DossierRow.id).in_(events.where(col(EventRow.dossier).is_not(None)))
        codes = codes.where(code.in_(select(code).where(touched)))
        numbers = numbers.where(tuple_(*_BOOK).in_(select(*_BOOK).where(touched, given)))
    found = session.connection()
    return _Twice(
        position,
        known.codes.union(found.scalars(codes)),
        known.numbers.union(tuple(number) for number in found.execute(numbers)),
    )


def _same(place: tuple[Any, ...]) -> list[ColumnElement[bool]]:
    return [column == value for column, value in zip(_BOOK, place, strict=True)]


def _later(session: Session, *same: ColumnElement[bool], why: str) -> Iterator[Twin]:
    """Yield all but the first accepted of the dossiers with the `same` number, each unless it was closed."""
    rows = session.exec(select(DossierRow).where(*same)).all()
    accepted: list[tuple[str, str, Twin, bool]] = []
    for row in rows if len(rows) > 1 else ():
        events = events_of(session, row.id)
        for head in (event.head for event in events if event.head.kind == "dossier.accepted"):
            is_closed = any(head.id in closes(event) for event in events)
            accepted.append((head.hlc, head.id, Twin(row, head.id, why), is_closed))
            break
    accepted.sort(key=lambda one: one[:2])
    for _hlc, _id, twin, is_closed in accepted[1:]:
        if not is_closed:
            yield twin._replace(first=accepted[0][2].row.id)
