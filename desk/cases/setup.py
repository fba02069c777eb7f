"""Making a home: key, identity, database, first events, the shipped reference data, the first officer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from desk.cases.context import Context, Officer
from desk.cases.office_hours import Touched, redate, touched_by
from desk.cases.officers import add_officer, is_fit, officer_name
from desk.errors.acts import PinUnfit, UnitUnknown
from desk.keys import key_id
from desk.rules.codes import check_agency
from desk.rules.reference.units import parse_units
from desk.rules.serials import check_slot
from storage.queries.references import Imported
from storage.store import Session
from storage.tables.own import KnownKeyRow

KINDS = ("catalogue", "documents", "units", "holidays")
"""What a new home is given, in this order: documents name procedures."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the set-up was asked for."""

    unit: str
    agency_code: str
    slot: int
    officer: str
    pin: str


def check(wanted: Wanted, reference_texts: Mapping[str, str]) -> None:
    """Return if a home can be made so; raises RuleBroken before anything is written."""
    check_agency(wanted.agency_code)
    check_slot(wanted.slot)
    if not is_fit(wanted.pin):
        raise PinUnfit()
    officer_name(wanted.officer)
    units = [one for one in parse_units(reference_texts["units"]) if one.valid_to is None]
    if not any(wanted.unit == one.id for one in units):
        near = [one.id for one in units if one.id.startswith(wanted.unit[:2])][:3] or [one.id for one in units][:3]
        raise UnitUnknown(unit=wanted.unit[:40], nearest=", ".join(near))


def open_desk(context: Context, wanted: Wanted, reference_texts: Mapping[str, str], app: str) -> Officer:
    """Write the first events of a desk and bring in the reference data, all in one act; returns the officer."""
    assert context.key is not None
    with context.log.act(None) as act:
        public = context.key.public
        act.append(
            "desk.opened",
            {
                "agency_code": wanted.agency_code,
                "slot": wanted.slot,
                "public_key": public.hex(),
                "kind": context.settings.kind,
                "app": app,
            },
        )
        act.session.add(
            KnownKeyRow(
                public_key=public.hex(),
                key_id=key_id(public).hex(),
                desk=context.settings.desk,
                unit=wanted.unit,
                agency_code=wanted.agency_code,
                is_practice=int(context.practice),
            )
        )
        for kind in KINDS:
            done = context.reference.bring_in(act.session, kind, reference_texts[kind], act.now)
            act.append("reference.imported", {"kind": kind, "version": done.version, **_counts(done)})
        return add_officer(context, act, wanted.officer, wanted.pin, "lead")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did."""

    counts: Mapping[str, int]
    """Rows added, changed and unchanged."""
    touched: tuple[Touched, ...]
    """Open dossiers whose due moment changed with the holidays."""


@dataclass(frozen=True, slots=True)
class Importing:
    """Brings reference data in."""

    context: Context

    def bring_in(self, kind: str, text: str, officer: Officer) -> Brought:
        """Import a file of `kind`, all or nothing; new holidays move the due moments of open dossiers, as events.

        Raises ReferenceFaulty with every fault, CalendarEnds where open dossiers would lie beyond the calendar.
        """
        with self.context.log.act(officer.id) as act:
            done, found = self._brought(act.session, kind, text, act.now)
            act.append("reference.imported", {"kind": kind, "version": done.version, **_counts(done)})
            redate(act, found)
            return Brought(_counts(done), found)

    def preview(self, kind: str, text: str) -> Brought:
        """Return what an import of the file would do; nothing is changed. Raises as `bring_in` does."""
        with suppress(_OnlyLooked), self.context.store.writing() as session:
            done, found = self._brought(session, kind, text, self.context.clock())
            raise _OnlyLooked  # nothing of the transaction stays
        return Brought(_counts(done), found)

    def _brought(self, session: Session, kind: str, text: str, at: datetime) -> tuple[Imported, tuple[Touched, ...]]:
        reference = self.context.reference
        old = reference.calendar_within(session) if kind == "holidays" else None
        done = reference.bring_in(session, kind, text, at)
        found = () if old is None else touched_by(session, old, reference.calendar_within(session))
        return done, found


class _OnlyLooked(Exception):
    """Ends a transaction that was only to be looked at."""


def _counts(done: Imported) -> dict[str, int]:
    return {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
