"""Questions about two dossiers that bear one code, or one number of one book: two machines gave it, unknown to another.

No dossier's own events tell it, so it stands in no row; it follows from the dossiers that are here. The one that
was made first keeps the number in peace, each later one is an incident until a person has closed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from storage.projections.conflicts import closes
from storage.projections.dossiers import events_of
from storage.queries.dossiers import no_guest
from storage.tables.projected import DossierRow

CODE_TWICE: Final = "code_twice"
NUMBER_TWICE: Final = "number_twice"

_MOST: Final = 200
"""Numbers given twice that are looked at: a few are a misfortune, more are one cause."""
_BOOK: Final = (col(DossierRow.book_year), col(DossierRow.book_number), col(DossierRow.book), col(DossierRow.unit))


class Twin(NamedTuple):
    """A dossier whose number an earlier one has."""

    row: DossierRow
    event: str
    """The id of its acceptance: the act that does not fit."""
    why: str
    first: str = ""
    """The id of the dossier that had the number before."""


def open_twins(session: Session) -> list[Twin]:
    """Return the dossiers of this unit with a number that an earlier one has, which nobody has closed yet."""
    codes = select(col(DossierRow.code)).where(col(DossierRow.code).is_not(None)).group_by(col(DossierRow.code))
    numbers = select(*_BOOK).where(col(DossierRow.book_number).is_not(None)).group_by(*_BOOK)
    found: list[Twin] = []
    for code in session.connection().scalars(codes.having(func.count() > 1).limit(_MOST)).all():
        found += _later(session, col(DossierRow.code) == code, why=CODE_TWICE)
    for number in session.connection().execute(numbers.having(func.count() > 1).limit(_MOST)).all():
        found += _later(session, *_same(tuple(number)), why=NUMBER_TWICE)
    return found


def of(session: Session, row: DossierRow) -> list[Twin]:
    """Return what `open_twins` says of one dossier."""
    found: list[Twin] = []
    if row.code is not None:
        found += _later(session, col(DossierRow.code) == row.code, why=CODE_TWICE)
    if row.book_number is not None:
        place = (row.book_year, row.book_number, row.book, row.unit)
        found += _later(session, *_same(place), why=NUMBER_TWICE)
    return [twin for twin in found if twin.row.id == row.id]


def _same(place: tuple[Any, ...]) -> list[ColumnElement[bool]]:
    return [column == value for column, value in zip(_BOOK, place, strict=True)]


def _later(session: Session, *same: ColumnElement[bool], why: str) -> Iterator[Twin]:
    """Yield all but the first accepted of the dossiers with the `same` number, each unless it was closed."""
    rows = session.exec(select(DossierRow).where(*same, no_guest())).all()
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
