"""Moves of the lifecycle: each checked by the rules, each one act, each with what it does to the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, cast

from desk.cases.context import Context, Officer
from desk.cases.lines import found_row
from desk.clock import from_ms, office_time, to_ms, whole_minute
from desk.errors.acts import AcceptByIntake, DossierUndone, NothingToSay, TimeOfActWrong
from desk.rules.clock_stops import ClockStop, Promise, StopKind, StopRule, second_supplement
from desk.rules.clock_stops import resumed_due as after_stop
from desk.rules.dossier import RequiredDocument, Status, Term
from desk.rules.lifecycle import Move, check_move, is_correction, possible_moves
from desk.text import clean_line
from storage.log import Act
from storage.projections.dossiers import events_of
from storage.projections.fold import PATH
from storage.projections.fold import moment as happened_at
from storage.tables.projected import DossierRow

_KIND_OF: Mapping[str, str] = {
    "refused": "dossier.refused",
    "processing": "dossier.processing",
    "supplement_requested": "dossier.supplement_requested",
    "payment_requested": "dossier.payment_requested",
    "withdrawal_requested": "dossier.withdrawal_requested",
    "stopped": "dossier.stopped",
    "resolved": "dossier.resolved",
    "returned": "dossier.returned",
}
_WAIT_ENDS: Mapping[str, str] = {
    "supplement_requested": "dossier.supplemented",
    "payment_requested": "dossier.paid",
    "withdrawal_requested": "dossier.withdrawal_cancelled",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that is saved."""

    dossier: str
    code: str
    status: Status
    due_at: datetime | None
    paper: str
    """The kind of paper that belongs to the move, "" for none."""


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """One document that a supplement request asks for: by its number in the procedure's list, or by name."""

    seq: int = 0
    name: str = ""
    original: int = 0
    certified_copy: int = 0
    copy: int = 0
    electronic_copy: int = 0
    note: str = ""
    """What is wrong with the one handed in, or why it is needed."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves dossiers along."""

    context: Context

    def possible(self, dossier: str, officer: Officer) -> tuple[Move, ...]:
        """Return the moves `officer` may make now."""
        with self.context.store.reading() as session:
            row = found_row(session, dossier)
            before = _before(row)
            return possible_moves(cast(Status, row.status), before, _role(officer))

    def warns_of_second_supplement(self, dossier: str) -> bool:
        """Return whether one more supplement request would make the dossier count as overdue."""
        with self.context.store.reading() as session:
            return second_supplement(stops_of(found_row(session, dossier)))

    def may_be_asked_for(self, dossier: str) -> tuple[RequiredDocument, ...]:
        """Return the documents of the procedure's list, as they were when the dossier met it."""
        with self.context.store.reading() as session:
            row = found_row(session, dossier)
        procedure = self.context.reference.of_version(row.catalogue).procedures.get(row.procedure)
        return procedure.documents if procedure is not None else ()

    def due_after(self, dossier: str, to: Status) -> datetime | None:
        """Return the due moment that a move to `to` made now would leave, None before acceptance.

        Only the end of a wait changes it, by the rule stored with the dossier.
        """
        with self.context.store.reading() as session:
            row = found_row(session, dossier)
            move = next(
                (one for one in possible_moves(cast(Status, row.status), _before(row), "lead") if one.to == to), None
            )
            if move is None or move.clock != "resume":
                return row.due_at
            return resumed_due(self.context, row, self.context.clock())

    def move(
        self,
        code: str,
        to: Status,
        officer: Officer,
        *,
        unit: str = "",
        reason: str = "",
        note: str = "",
        at: datetime | None = None,
        asked: Sequence[AskedDocument] = (),
    ) -> Moved:
        """Make the move to `to` and return it; raises RuleBroken with the possible moves, nothing saved.

        at: when it happened, where that is not now: not before what last happened to the dossier, not in the
        future. asked: what a supplement request asks for, as its paper lists it. A dossier
        filed online is accepted by an intake only (AcceptByIntake).
        """
        if unit:
            unit = self.context.reference.unit(unit).id
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            if row.status == "filed" and to == "accepted":
                raise AcceptByIntake(code=row.code or "")
            if at is not None and not _last_moment(act, row, at) <= at <= act.now:
                raise TimeOfActWrong(at=office_time(at).isoformat(timespec="minutes"))
            private = {"asked": [_asked(one) for one in asked]} if asked else None
            return move_within(
                self.context, act, row, to, officer, unit=unit, reason=reason, note=note, at=at, private=private
            )

    def link(self, code: str, system: str, other: str, officer: Officer) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Record the code another system gave the dossier; returns its code and all (system, code) pairs."""
        system, other = clean_line(system)[:60], clean_line(other)[:60]
        with self.context.log.act(officer.id) as act:
            row = found_row(act.session, code)
            there = tuple((one["system"], one["code"]) for one in row.other_codes or ())
            if not system or not other or (system, other) in there:
                raise NothingToSay()
            act.append("dossier.linked", {"system": system, "code": other}, dossier=row.id)
            return row.code or "", (*there, (system, other))


def move_within(
    context: Context,
    act: Act,
    row: DossierRow,
    to: Status,
    officer: Officer,
    *,
    unit: str = "",
    reason: str = "",
    note: str = "",
    at: datetime | None = None,
    body: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    event_at: datetime | None = None,
) -> Moved:
    """Make a move within `act`; body and private are what a return adds; event_at is for simulated histories."""
    if not row.status:
        raise DossierUndone(code=row.code or "")
    reason, note = clean_line(reason), clean_line(note)
    status = cast(Status, row.status)
    before = _before(row)
    move = check_move(status, to, before, _role(officer), reason=reason, unit=unit)
    moment = at or event_at or act.now
    written: dict[str, Any] = {"catalogue": row.catalogue, **(body or {})}
    if at is not None:
        written["done_at"] = to_ms(at)
    if unit:
        written["to"] = unit
    due_at = row.due_at
    kind = _KIND_OF.get(to, "dossier.processing")
    if status in _WAIT_ENDS and to not in ("stopped", "withdrawal_requested"):
        kind = _WAIT_ENDS[status]
        written["status"] = to
    if move.clock == "resume":
        due_at = resumed_due(context, row, moment)
        if due_at is not None:
            written["due_at"] = to_ms(due_at)
    if to == "supplement_requested":
        written["stage"] = "reception" if row.accepted_at is None else "appraisal"
    if is_correction(status, to):
        written["correction"] = True
    if move.paper and event_at is None:
        # what this act owes: made after it is saved, at the next start at the latest
        written["papers"] = [move.paper, *(["lost_slip"] if written.get("lost_slip") else [])]
    told = {key: value for key, value in (("reason", reason), ("note", note)) if value}
    act.append(kind, written, {**(private or {}), **told}, row.id, at=event_at)
    return Moved(row.id, row.code or "", to, due_at, move.paper)


def _asked(document: AskedDocument) -> dict[str, Any]:
    """Return what is asked for as the event keeps it: the fields that were given, texts cleaned."""
    cleaned = replace(document, name=clean_line(document.name), note=clean_line(document.note))
    return {key: value for key, value in asdict(cleaned).items() if value}


def _last_moment(act: Act, row: DossierRow, at: datetime) -> datetime:
    """Return the minute in which something last happened to the dossier, as it was stated.

    A paper that was made or a look at the dossier is nothing that happened to it.
    """
    happened = [e for e in events_of(act.session, row.id) if e.head.kind.startswith("dossier.")]
    return whole_minute(max((happened_at(e) for e in happened if e.head.kind != "dossier.viewed"), default=at))


def resumed_due(context: Context, row: DossierRow, until: datetime) -> datetime | None:
    """Return the due moment after the open wait of `row` ends at `until`, by the rule stored with the dossier.

    It is reckoned from the due moment in force, which an apology or a changed calendar may have set meanwhile.
    """
    promise = promise_of(row)
    open_stop = next((stop for stop in stops_of(row) if stop.end_at is None), None)
    if promise is None or row.due_at is None or open_stop is None:
        return row.due_at
    ended = replace(open_stop, end_at=whole_minute(until))
    return after_stop(row.due_at, ended, promise, context.reference.calendar()).due_at


def promise_of(row: DossierRow) -> Promise | None:
    """Return what was fixed at the acceptance of `row` and decides its due moment, None before it."""
    if row.accepted_at is None or not row.term:
        return None
    promised = row.term.get("published") or row.term  # what was promised is kept, be it shorter than the law's time
    return Promise(
        whole_minute(row.accepted_at),
        Term(promised["value"], promised["unit"], promised["cutoff"]),
        cast(StopRule, row.term.get("stop_rule", "pause")),
        bool(row.term.get("end_of_day")),
    )


def stops_of(row: DossierRow) -> tuple[ClockStop, ...]:
    """Return the stops of the clock of `row` in order, cut to the minute; an open one has no end."""
    return tuple(
        ClockStop(
            cast(StopKind, wait["kind"]),
            whole_minute(from_ms(wait["from"])),
            None if wait["to"] is None else whole_minute(from_ms(wait["to"])),
            "reception" if row.accepted_at is not None and from_ms(wait["from"]) < row.accepted_at else "appraisal",
        )
        for wait in row.waits or ()
    )


def _before(row: DossierRow) -> Status | None:
    before = row.status_before.partition(PATH)[0]
    return cast(Status, before) if before else None


def _role(officer: Officer) -> Any:
    return officer.role
