"""Why a dossier is late, what an apology must be, and which dossiers an outage held up.

Causes are data; a failure of power, network or system stops no clock but is recorded with its time and body
(domain, 4.3 and 10). Nghị định 118/2025/NĐ-CP with Mẫu 04 of Thông tư 03/2025/TT-VPCP: the apology goes out
before the due moment with its new date, at most once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Literal, NamedTuple

from desk.clock import office_time, whole_minute
from desk.errors.rule import (
    ApologyGivenAlready,
    ApologyTooLate,
    BodyNeeded,
    CauseUnknown,
    EvidenceNeeded,
    LeadNeeded,
    NewDateOutsideHours,
    NewDateTooEarly,
    NotRunning,
    OutageNotOver,
    PeriodBackwards,
)
from desk.rules.calendar import Calendar
from desk.rules.clock_stops import ClockStop
from desk.rules.dossier import Status
from desk.rules.hours import fitted
from desk.rules.lifecycle import Role, is_open, status_said
from desk.rules.said import Said
from desk.rules.worktime import office_minute, working_minutes
from desk.words import N_

APOLOGY = N_("apology with a new date")

Blame = Literal["system", "body", "citizen", "desk", "none"]
"""Where a cause lies: a system, another body, the citizen, this desk, nobody (weather)."""


class Cause(NamedTuple):
    """One cause of delay: its id, its name and what must be said with it."""

    id: str
    name: str
    blame: Blame
    needs_body: bool = False
    needs_evidence: bool = False
    is_outage: bool = False
    """Whether one fault of this kind can hold up many dossiers at once."""


CAUSES: tuple[Cause, ...] = (
    Cause("system_fault", N_("Fault of a shared system"), "system", is_outage=True),
    Cause("network_outage", N_("No network"), "system", is_outage=True),
    Cause("power_outage", N_("Power cut"), "system", is_outage=True),
    Cause("equipment_fault", N_("Broken computer, printer or scanner"), "desk", is_outage=True),
    Cause("unit_renamed", N_("Unit renamed or merged"), "system", is_outage=True),
    Cause("seal_reissued", N_("Seal or digital signature being re-issued"), "system", is_outage=True),
    Cause("other_body", N_("Another body is late"), "body", needs_body=True),
    Cause("citizen", N_("Waiting for the citizen"), "citizen"),
    Cause("staff", N_("Officer absent or overloaded"), "desk"),
    Cause("hard_case", N_("The case needs more checking"), "body"),
    Cause("disaster", N_("Storm, flood or epidemic"), "none", is_outage=True),
    Cause("other", N_("Another cause"), "none", needs_evidence=True),
)
"""System faults, renamed units and re-issued seals are the article's causes (domain, 10)."""


class Outage(NamedTuple):
    """One fault entered once for every dossier it held up."""

    cause: str
    start_at: datetime
    end_at: datetime


def cause_of(cause_id: str) -> Cause:
    """Return the cause with this id; raises CauseUnknown with the nearest ones."""
    for cause in CAUSES:
        if cause.id == cause_id:
            return cause
    ids = [cause.id for cause in CAUSES]
    raise CauseUnknown(cause=cause_id, nearest=", ".join(get_close_matches(cause_id, ids, n=3) or ids))


def check_delay(cause_id: str, *, body: str = "", evidence: str = "") -> Cause:
    """Return the cause of a delay to be recorded; raises CauseUnknown, BodyNeeded or EvidenceNeeded."""
    cause = cause_of(cause_id)
    if cause.needs_body and not body.strip():
        raise BodyNeeded(cause=Said(cause.name))
    if cause.needs_evidence and not evidence.strip():
        raise EvidenceNeeded(cause=Said(cause.name))
    return cause


def check_apology(
    new_due_at: datetime,
    calendar: Calendar,
    *,
    now: datetime,
    due_at: datetime,
    status: Status,
    role: Role,
    earlier: datetime | None = None,
) -> None:
    """Return if an apology with the new date `new_due_at` may go out now; else raise why not.

    earlier: the new date of an apology already given. The new date must be later than the old one and lie in
    the desk's working hours, for the citizen will come then.
    """
    check_apology_possible(now=now, due_at=due_at, status=status, role=role, earlier=earlier)
    if whole_minute(new_due_at) <= whole_minute(due_at):
        raise NewDateTooEarly(due=_written(new_due_at), old_due=_written(due_at))
    day, minute = office_minute(new_due_at)
    hours = calendar.hours_of(day)
    if not hours or fitted(hours, minute) != minute:
        raise NewDateOutsideHours(due=_written(new_due_at))


def check_apology_possible(
    *, now: datetime, due_at: datetime, status: Status, role: Role, earlier: datetime | None = None
) -> None:
    """Return if an apology with any new date may go out now; else raise why not, before a date is asked for."""
    if role != "lead":
        raise LeadNeeded(act=Said(APOLOGY))
    if not is_open(status):
        raise NotRunning(status=status_said(status))
    if earlier is not None:
        raise ApologyGivenAlready(due=_written(earlier))
    if whole_minute(now) >= whole_minute(due_at):
        raise ApologyTooLate(due=_written(due_at))


def check_outage(outage: Outage, now: datetime) -> Cause:
    """Return the cause of an outage to be recorded.

    Raises CauseUnknown, also for a cause of single dossiers; PeriodBackwards; OutageNotOver in the future.
    """
    cause = cause_of(outage.cause)
    if not cause.is_outage:
        ids = ", ".join(cause.id for cause in CAUSES if cause.is_outage)
        raise CauseUnknown(cause=outage.cause, nearest=ids)
    if outage.end_at <= outage.start_at:
        raise PeriodBackwards(start=_written(outage.start_at), end=_written(outage.end_at))
    if outage.end_at > now:
        raise OutageNotOver(end=_written(outage.end_at))
    return cause


def held_up_minutes(
    outage: Outage,
    accepted_at: datetime,
    ended_at: datetime | None,
    stops: Sequence[ClockStop],
    calendar: Calendar,
) -> int:
    """Return the working minutes that `outage` took from a dossier, 0 if it did not hold it up.

    Counted while the dossier was open and its clock ran; what the citizen was waited for is nobody's fault.
    """
    start_at = max(outage.start_at, accepted_at)
    end_at = min(outage.end_at, ended_at or outage.end_at)
    if end_at <= start_at:
        return 0
    minutes = working_minutes(start_at, end_at, calendar)
    for stop in stops:
        from_at, to_at = max(stop.start_at, start_at), min(stop.end_at or end_at, end_at)
        if from_at < to_at:
            minutes -= working_minutes(from_at, to_at, calendar)
    return minutes


def _written(instant: datetime) -> str:
    return f"{office_time(whole_minute(instant)):%d/%m/%Y %H:%M}"
