"""Dossiers as the lines of a list: one found by its code, and each with where it stands in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import cast

from desk.cases.context import Context
from desk.cases.views import DossierLine, Timeliness
from desk.clock import OFFICE_ZONE, office_day
from desk.errors.acts import CodeAmbiguous, DossierUnknown
from desk.errors.elsewhere import DossierElsewhere
from desk.errors.rule import CalendarEnds
from desk.rules.codes import code_readings
from desk.rules.dossier import Status
from desk.rules.timeliness import due_soon_until, ended_timeliness, open_timeliness
from desk.text import mask_number
from storage.projections.search import plain
from storage.queries import dossiers, stubs
from storage.store import Session
from storage.tables.projected import DossierRow

_OPEN = frozenset(dossiers.OPEN)


def found_row(session: Session, code: str) -> DossierRow:
    """Return the one dossier named by an id, a code (with or without check digits) or a code elsewhere.

    Raises DossierUnknown, DossierElsewhere where another unit received it, or CodeAmbiguous.
    """
    rows = found_rows(session, code)
    if len(rows) > 1:
        raise CodeAmbiguous(code=code[:40], count=len(rows))
    return rows[0]


def found_rows(session: Session, code: str) -> list[DossierRow]:
    """Return every dossier that `code` names, at least one; raises DossierUnknown, DossierElsewhere."""
    row = dossiers.by_id(session, code)
    if row is not None:
        return [row]
    rows: list[DossierRow] = []
    for reading in code_readings(code):
        rows = dossiers.by_code(session, reading)
        if rows:
            break
    if not rows and any(stubs.has_code(session, plain(reading)) for reading in code_readings(code)):
        raise DossierElsewhere(code=code[:40])
    if not rows:
        raise DossierUnknown(code=code[:40])
    return list({row.id: row for row in rows}.values())


def timeliness(row: DossierRow, now: datetime, soon_until: date) -> Timeliness:
    """Return how the dossier stands to its due moment; soon_until: the desk's next working day."""
    if row.due_at is None or row.accepted_at is None:
        return ""
    if row.stopped_at is not None and row.status in ("stopped", "returned"):
        # as the figures count it: never early, and who waits for the citizen is not late
        judged = min(row.stopped_at, row.waiting_since_at or row.stopped_at)
        return "overdue" if ended_timeliness(judged, row.due_at) == "overdue" else "on_time"
    if row.resolved_at is not None:
        return ended_timeliness(row.resolved_at, row.due_at)
    if row.status not in _OPEN:
        return ""
    return open_timeliness(now, row.due_at, soon_until, row.waiting_since_at)


def soon_until(context: Context, now: datetime) -> date:
    """Return the last day that counts as "soon": the desk's next working day, else the plain next one."""
    today = office_day(now)
    try:
        return due_soon_until(today, context.reference.calendar())
    except CalendarEnds:
        return today + timedelta(days=1)


def lines_of(context: Context, rows: Iterable[DossierRow], now: datetime) -> tuple[DossierLine, ...]:
    """Return `rows` as lines of a list, the owners' numbers masked."""
    soon = soon_until(context, now)
    return tuple(line_of(context, row, now, soon) for row in rows)


def line_of(context: Context, row: DossierRow, now: datetime, soon: date) -> DossierLine:
    """Return `row` as a line, the owner's number masked; soon: `soon_until` of now."""
    owner = (row.people or {}).get("owner") or {}
    return DossierLine(
        id=row.id,
        code=row.code or "",
        owner=row.owner_name,
        masked_id=mask_number(str(owner.get("personal_id") or owner.get("tax_code") or "")),
        procedure=row.procedure,
        alias=context.reference.alias(row.procedure, row.catalogue),
        status=cast(Status, row.status),
        accepted_at=row.accepted_at,
        due_at=row.due_at,
        timeliness=timeliness(row, now, soon),
        holder=row.holder,
        held_since_at=row.held_since_at,
        filed_at=row.filed_at,
        resolved_at=row.resolved_at,
        place=row.place if row.status in ("resolved", "stopped") else "",
        unit=row.unit,
    )


def day_bounds(now: datetime, days: int = 0) -> tuple[datetime, datetime]:
    """Return [00:00, 24:00) of the office day of `now` plus `days`, as instants."""
    start = datetime.combine(office_day(now) + timedelta(days=days), datetime.min.time(), OFFICE_ZONE)
    return start, start + timedelta(days=1)
