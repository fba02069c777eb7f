"""Half-made forms: kept within a second of the last key, back after a crash, parked for another citizen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.cases.context import Context, Officer
from storage.queries import own
from storage.tables.own import DraftRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-made form; dossier is the id it will have."""

    dossier: str
    officer: str
    place: str
    form: Mapping[str, Any]
    is_parked: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of this desk; no events, because nothing was received yet."""

    context: Context

    def new_id(self) -> str:
        """Return the id of a dossier-to-be: made before the first key, so that saving twice is one dossier."""
        return self.context.chance.new_id()

    def keep(
        self, dossier: str, officer: Officer, place: str, form: Mapping[str, Any], *, parked: bool = False
    ) -> None:
        """Keep `form` (plain JSON values, as typed) as the draft of `dossier`."""
        with self.context.store.writing() as session:
            session.merge(
                DraftRow(
                    dossier=dossier,
                    officer=officer.id,
                    place=place,
                    form=dict(form),
                    is_parked=int(parked),
                    changed_at=self.context.clock(),
                )
            )

    def of(self, officer: Officer) -> tuple[Draft, ...]:
        """Return the drafts of `officer`, the newest first."""
        with self.context.store.reading() as session:
            return tuple(_read(row) for row in own.drafts(session, officer.id))

    def all(self) -> tuple[Draft, ...]:
        """Return everybody's drafts, the newest first."""
        with self.context.store.reading() as session:
            return tuple(_read(row) for row in own.drafts(session))

    def discard(self, dossier: str) -> None:
        """Throw the draft away, because the officer said so."""
        with self.context.store.writing() as session:
            row = own.draft(session, dossier)
            if row is not None:
                session.delete(row)


def _read(row: DraftRow) -> Draft:
    return Draft(row.dossier, row.officer, row.place, row.form, bool(row.is_parked), row.changed_at)
