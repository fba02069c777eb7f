"""The certifications of a day as the counter's own list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desk.cases.context import Context
from desk.cases.lines import day_bounds
from desk.errors.acts import ProcedureUnknown
from desk.rules import books
from desk.rules.dossier import Status
from storage.queries import dossiers
from storage.tables.projected import DossierRow


@dataclass(frozen=True, slots=True)
class Certified:
    """One certification of the day."""

    number: str
    """Its number in its book, short; "" of one received before books were kept."""
    dossier: str
    code: str
    owner: str
    alias: str
    pages: int
    copies: int
    fee_dong: int | None
    status: Status
    accepted_at: datetime


def in_book(rows: Iterable[DossierRow], book: str) -> list[DossierRow]:
    """Return those of `rows` that are entered in `book`, in the order of its numbers; all as they are for ""."""
    if not book:
        return list(rows)
    return sorted((row for row in rows if row.book == book and row.book_number), key=_place)


def _place(row: DossierRow) -> tuple[int, int]:
    return row.book_year or 0, row.book_number or 0


@dataclass(frozen=True, slots=True)
class Certifying:
    """Lists certifications; they are received by the intake."""

    context: Context

    def today(self) -> tuple[Certified, ...]:
        """Return what was accepted today and is entered in a book of certification, in the order of acceptance."""
        start, end = day_bounds(self.context.clock())
        with self.context.store.reading() as session:
            accepted = dossiers.accepted_between(session, self.context.log.identity.unit, start, end)
            rows = [row for row in accepted if self._certifies(row)]
        return tuple(map(self._certified, rows))

    def _certifies(self, row: DossierRow) -> bool:
        try:
            return bool(row.status) and bool(
                self.context.reference.procedure(row.procedure, row.catalogue).certification
            )
        except ProcedureUnknown:
            return row.pages is not None

    def _certified(self, row: DossierRow) -> Certified:
        assert row.accepted_at is not None
        return Certified(
            books.short(row.book, row.book_number),
            row.id,
            row.code or "",
            row.owner_name,
            self.context.reference.alias(row.procedure, row.catalogue),
            row.pages or 0,
            row.copies or 0,
            row.fee_dong,
            row.status,  # type: ignore[arg-type]  # a status
            row.accepted_at,
        )
