"""The certifications of a day as the counter's own list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.cases.context import Context
from desk.cases.lines import day_bounds
from desk.errors.acts import ProcedureUnknown
from desk.rules.dossier import Status
from storage.queries import dossiers
from storage.tables.projected import DossierRow


@dataclass(frozen=True, slots=True)
class Certified:
    """One certification of the day; number: its place in the day's list, from 1 on."""

    number: int
    dossier: str
    code: str
    owner: str
    alias: str
    pages: int
    copies: int
    fee_dong: int | None
    status: Status
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Certifying:
    """Lists certifications; they are received by the intake."""

    context: Context

    def today(self) -> tuple[Certified, ...]:
        """Return what was accepted today and is counted by pages and copies, in the order of acceptance."""
        start, end = day_bounds(self.context.clock())
        with self.context.store.reading() as session:
            rows = [row for row in dossiers.accepted_between(session, start, end) if self._counts(row)]
        return tuple(self._certified(number, row) for number, row in enumerate(rows, 1))

    def _counts(self, row: DossierRow) -> bool:
        try:
            return bool(row.status) and bool(
                self.context.reference.procedure(row.procedure, row.catalogue).certification
            )
        except ProcedureUnknown:
            return row.pages is not None

    def _certified(self, number: int, row: DossierRow) -> Certified:
        assert row.accepted_at is not None
        return Certified(
            number,
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
