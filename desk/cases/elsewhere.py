"""Dossiers that another unit received: where they are, and the look at one of them with a reason and a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from desk.cases.context import Context, Officer
from desk.cases.views import DossierLine, Presence, Timeliness
from desk.errors.base import SyncTrouble
from desk.errors.elsewhere import DossierNotAtCenter, LookUpRefused, LookUpWithoutLine, ReasonMissing
from desk.errors.sync import DeskRevoked
from desk.rules.codes import code_readings
from desk.rules.dossier import Status
from desk.rules.proof import read_tracking
from desk.rules.scans import CardScan, ShortScan, SlipScan, classify
from desk.text import clean_line
from desk.words import told
from storage.projections.search import plain
from storage.queries import dossiers, stubs
from storage.store import Session
from storage.tables.elsewhere import StubRow

if TYPE_CHECKING:  # the exchange: paid by the look-up
    from desk.cases.syncing import Syncing

LONGEST_REASON: Final = 200
_SHORTEST_CODE: Final = 4
"""Fewer signs of a code find half the province."""
_OPEN: Final = frozenset(dossiers.OPEN)


class Looked(NamedTuple):
    """A dossier that lies here as a guest."""

    unit: str
    """The receiving unit's short name."""
    since_at: datetime
    """When it was looked up last, or since when it concerns this unit no longer."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Finds and looks up dossiers of other units."""

    context: Context
    syncing: Callable[[], Syncing]
    """The exchange, loaded when a dossier is looked up: finding asks no center."""

    def find(self, words: str, limit: int = 50) -> tuple[DossierLine, ...]:
        """Return other units' dossiers that a code, its end or a scanned slip in `words` names, the newest first."""
        words = clean_line(words)[:500]
        with self.context.store.reading() as session:
            return tuple(self._line(session, row) for row in self._rows(session, words, limit)[:limit])

    def one(self, dossier: str) -> DossierLine | None:
        """Return what is known of one dossier by its id; None where it concerns this unit or nobody spoke of it."""
        with self.context.store.reading() as session:
            row = stubs.stub(session, dossier)
            if row is None or self._is_ours(session, dossier):
                return None
            return self._line(session, row)

    def by_tracking(self, tracking: int) -> DossierLine | None:
        """Return the dossier with a scanned tracking number; None as `one` does."""
        with self.context.store.reading() as session:
            row = stubs.by_tracking(session, tracking)
        return None if row is None else self.one(row.dossier)

    def looked(self, dossier: str) -> Looked | None:
        """Return since when a dossier lies here as a guest, None where it concerns this unit."""
        with self.context.store.reading() as session:
            guest, row = stubs.guest(session, dossier), dossiers.by_id(session, dossier)
        if guest is None or row is None:
            return None
        return Looked(self.context.reference.short_name(row.unit), guest.since_at)

    def look_up(self, line: DossierLine, reason: str, officer: Officer) -> None:
        """Bring the dossier of `line` here from the center, for `reason`; both are written down before it is shown.

        Raises ReasonMissing; LookUpWithoutLine with nothing written; DossierNotAtCenter, LookUpRefused,
        StoreTrouble.
        """
        reason = clean_line(reason)[:LONGEST_REASON]
        if not reason:
            raise ReasonMissing()
        try:
            self.syncing().look_up(line.id, reason, officer.id)
        except (DossierNotAtCenter, LookUpRefused, DeskRevoked):
            raise
        except SyncTrouble as trouble:
            unit = self.context.reference.short_name(line.unit)
            raise LookUpWithoutLine(code=line.code, cause=told(trouble).message, unit=unit) from trouble

    def _rows(self, session: Session, words: str, limit: int) -> list[StubRow]:
        scan = classify(words)
        if isinstance(scan, SlipScan | ShortScan):
            tracking = read_tracking(words)
            row = stubs.by_tracking(session, tracking) if tracking is not None else None
            found = [] if row is None else [row]
        elif isinstance(scan, CardScan):
            found = []
        else:
            found = self._by_code(session, words, limit)
        return [row for row in found if not self._is_ours(session, row.dossier)]

    def _by_code(self, session: Session, words: str, limit: int) -> list[StubRow]:
        for reading in (words, *code_readings(words)):
            sought = plain(reading)
            is_code = len(sought) >= _SHORTEST_CODE and any(c.isdigit() for c in sought)
            if is_code and (rows := stubs.by_code(session, sought, limit)):
                return rows
        return []

    def _is_ours(self, session: Session, dossier: str) -> bool:
        return dossiers.by_id(session, dossier) is not None and stubs.guest(session, dossier) is None

    def _line(self, session: Session, row: StubRow) -> DossierLine:
        guest = stubs.guest(session, row.dossier)
        presence: Presence = "stub" if guest is None else cast(Presence, guest.why)
        return DossierLine(
            id=row.dossier,
            code=row.code or "",
            owner="",
            masked_id="",
            procedure="",
            alias="",
            status=cast(Status, row.status),
            accepted_at=None,
            due_at=row.due_at,
            timeliness=self._timeliness(row),
            holder=row.holder,
            unit=row.unit,
            presence=presence,
        )

    def _timeliness(self, row: StubRow) -> Timeliness:
        if row.due_at is None or row.status not in _OPEN:
            return ""
        return "overdue" if self.context.clock() > row.due_at else "in_time"
