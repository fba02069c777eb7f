"""Why dossiers are late: causes, outages entered once for all they held up, apologies with a new date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast

from desk.cases.context import Context, Officer
from desk.cases.lines import found_row, timeliness
from desk.cases.moves import stops_of
from desk.clock import from_ms, office_day, to_ms, whole_minute
from desk.errors.acts import DossierUndone
from desk.errors.delays import DoneInTime
from desk.errors.rule import NotRunning
from desk.rules.calendar import Calendar
from desk.rules.delays import (
    Outage,
    check_apology,
    check_apology_possible,
    check_delay,
    check_outage,
    held_up_minutes,
)
from desk.rules.dossier import Status
from desk.rules.lifecycle import Role, status_said
from desk.text import clean, clean_line
from storage.queries import dossiers, kept
from storage.tables.projected import DossierRow

_LONGEST = 2000


class HeldUp(NamedTuple):
    """A dossier that an outage held up."""

    dossier: str
    code: str
    minutes: int
    """Working minutes that it lost."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outage that is saved."""

    event: str
    """Its paper is `papers.lists.of_event(event, "outage", officer)`."""
    outage: Outage
    dossiers: tuple[HeldUp, ...]


@dataclass(frozen=True, slots=True)
class Apologised:
    """An apology that is saved."""

    dossier: str
    code: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Delays:
    """Records causes and apologies."""

    context: Context

    def record(self, code: str, cause: str, officer: Officer, *, body: str = "", evidence: str = "") -> str:
        """Write down why a dossier is or will be late; returns its code.

        body: the unit with which it lies. Raises DossierUnknown, CauseUnknown, BodyNeeded, EvidenceNeeded,
        UnitUnknown, NotRunning before acceptance, DoneInTime for one that ended in time.
        """
        evidence = clean(evidence, lines=True)[:_LONGEST]
        check_delay(cause, body=body, evidence=evidence)
        whose = self.context.reference.unit(body).id if body.strip() else ""
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            _refuse_in_time(row, act.now)
            act.append("delay.recorded", _named(cause=cause, body=whose), _named(evidence=evidence), row.id)
            return row.code or ""

    def may_record(self, code: str) -> None:
        """Return if a cause may be given for a dossier; raises as `record`."""
        with self.context.store.reading() as session:
            _refuse_in_time(found_row(session, code), self.context.clock())

    def may_apologise(self, code: str, officer: Officer, new_due_at: datetime | None = None) -> None:
        """Return if an apology may go out now, with this new date or, without one, with any; raises as `apologise`."""
        calendar = self.context.reference.calendar()
        with self.context.store.reading() as session:
            row = found_row(session, code)
            _refuse_not_accepted(row)
            assert row.due_at is not None
            _check(row, row.due_at, new_due_at, calendar, self.context.clock(), officer)

    def held_up(self, outage: Outage) -> tuple[HeldUp, ...]:
        """Return the dossiers that `outage` holds up and how much each lost; raises what a record of it would."""
        check_outage(outage, self.context.clock())
        calendar = self.context.reference.calendar()
        with self.context.store.reading() as session:
            rows = dossiers.running_within(session, outage.start_at, outage.end_at)
            found = []
            for row in rows:
                assert row.accepted_at is not None
                minutes = held_up_minutes(outage, row.accepted_at, _ended(row), stops_of(row), calendar)
                if minutes:
                    found.append(HeldUp(row.id, row.code or "", minutes))
        return tuple(found)

    def outage(
        self, outage: Outage, officer: Officer, *, body: str = "", evidence: str = "", measures: str = ""
    ) -> Recorded:
        """Write down one fault, once, with a cause for every dossier it held up; all in one act.

        body: the unit whose system or line it was. measures: what the desk did meanwhile. Raises CauseUnknown,
        PeriodBackwards, OutageNotOver, UnitUnknown.
        """
        outage = Outage(outage.cause, whole_minute(outage.start_at), whole_minute(outage.end_at))
        whose = self.context.reference.unit(body).id if body.strip() else ""
        private = _named(
            evidence=clean(evidence, lines=True)[:_LONGEST], measures=clean(measures, lines=True)[:_LONGEST]
        )
        with self.context.log.act(officer.id) as act:
            found = self.held_up(outage)  # nobody writes meanwhile: the act holds the writer's lock
            span = {"from": to_ms(outage.start_at), "to": to_ms(outage.end_at)}
            written: dict[str, Any] = {
                **span,
                **_named(cause=outage.cause, body=whose),
                "dossiers": [{"id": one.dossier, "minutes": one.minutes} for one in found],
                "papers": ["outage"],
            }
            event = act.append("outage.recorded", written, private).head.id
            for one in found:
                told = {**_named(cause=outage.cause, body=whose, outage=event), **span, "minutes": one.minutes}
                act.append("delay.recorded", told, None, one.dossier)
            return Recorded(event, outage, found)

    def link_outages(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """Return when the link to the center was down as its own log has it, the newest first; None: it still is."""
        with self.context.store.reading() as session:
            gaps = kept.link_gaps(session)
        return tuple((from_ms(start), None if end is None else from_ms(end)) for start, end in reversed(gaps))

    def apologise(
        self, code: str, new_due_at: datetime, cause: str, officer: Officer, *, body: str = "", evidence: str = ""
    ) -> Apologised:
        """Extend a dossier with an apology, once and before it is due; returns what is saved, its letter is owed.

        Raises CauseUnknown, BodyNeeded, EvidenceNeeded, UnitUnknown, and why there can be none: LeadNeeded,
        NotRunning, ApologyGivenAlready, ApologyTooLate, NewDateTooEarly, NewDateOutsideHours, CalendarEnds.
        """
        evidence = clean_line(evidence)[:_LONGEST]
        check_delay(cause, body=body, evidence=evidence)
        whose = self.context.reference.unit(body).id if body.strip() else ""
        calendar = self.context.reference.calendar()
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            _refuse_not_accepted(row)
            assert row.due_at is not None
            _check(row, row.due_at, new_due_at, calendar, act.now, officer)
            due_at = whole_minute(new_due_at)
            written = {
                "catalogue": row.catalogue,
                "due_at": to_ms(due_at),
                **_named(cause=cause, body=whose),
                "papers": ["apology"],
            }
            act.append("dossier.apologised", written, _named(evidence=evidence), row.id)
            return Apologised(row.id, row.code or "", due_at)


def _check(
    row: DossierRow, due_at: datetime, new_due_at: datetime | None, calendar: Calendar, now: datetime, officer: Officer
) -> None:
    role: Role = "lead" if officer.role == "lead" else "officer"
    status, earlier = cast(Status, row.status), _given(row)
    if new_due_at is None:
        check_apology_possible(now=now, due_at=due_at, status=status, role=role, earlier=earlier)
    else:
        check_apology(new_due_at, calendar, now=now, due_at=due_at, status=status, role=role, earlier=earlier)


def _named(**values: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _ended(row: DossierRow) -> datetime | None:
    return row.resolved_at if row.stopped_at is None else row.stopped_at


def _refuse_not_accepted(row: DossierRow) -> None:
    if not row.status:
        raise DossierUndone(code=row.code or "")
    if row.accepted_at is None or row.due_at is None:
        raise NotRunning(status=status_said(cast(Status, row.status)))


def _refuse_in_time(row: DossierRow, now: datetime) -> None:
    _refuse_not_accepted(row)
    if _ended(row) is not None and timeliness(row, now, office_day(now)) != "overdue":
        raise DoneInTime(code=row.code or "")


def _given(row: DossierRow) -> datetime | None:
    """Return the new date of the apology that went out already, None for none."""
    if row.apologised_at is None:
        return None
    promised: Mapping[int, int] = dict(row.dues or ())
    found = promised.get(to_ms(row.apologised_at))
    return row.due_at if found is None else from_ms(found)
