"""What a lead has to do now, and how his unit did: read from the center's projections, without anything personal."""

from __future__ import annotations

import calendar as months
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple, get_args

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from desk.clock import OFFICE_ZONE, office_day
from desk.rules.calendar import Calendar
from desk.rules.lifecycle import STATUSES, is_open
from desk.rules.survey import SurveyCount, SurveyForm, survey_total
from desk.rules.worktime import working_minutes
from storage.center.tables import DeskCursor, EnrolledDesk, QuarantinedEvent
from storage.queries.twins import Memory, open_twins
from storage.tables.events import EventRow
from storage.tables.projected import DossierRow, SurveyFormRow
from storage.wire import read_head

Why = Literal["due_soon", "no_cause", "no_apology", "silent", "incident", "not_closed"]
"""due_soon: due within two days. no_cause: late, and nobody said why. no_apology: late without Mẫu 04. silent: a
desk that sent nothing for four working hours. incident: two facts that do not fit. not_closed: last month's table."""
WHYS: Final[tuple[Why, ...]] = get_args(Why)

DAYS_AHEAD: Final = 2
SILENT_MIN: Final = 240
"""Working minutes without a word after which a desk is called silent."""
MONTHS: Final = 6
SURVEY_DAYS: Final = 90
SHOWN: Final = 200
"""Rows shown of one kind; the oldest matter first."""
_OPEN: Final = tuple(status for status in STATUSES if is_open(status))


class Task(NamedTuple):
    """One row: what is wrong with what, since or until when."""

    why: Why
    what: str
    """The dossier's code, the desk's id, or the month as `yyyy-mm`."""
    unit: str
    at: datetime | None = None
    dossier: str = ""
    holder: str = ""


class Month(NamedTuple):
    """What was resolved in one month."""

    first: date
    resolved: int
    on_time: int


def tasks(session: Session, unit: str, now: datetime, calendar: Calendar, memory: Memory) -> list[Task]:
    """Return what is to be done for `unit` ("" = all) at `now`, kind by kind, the oldest first.

    memory: of the numbers that two machines gave, kept from one asking to the next.
    """
    soon_at = datetime.combine(office_day(now) + timedelta(days=DAYS_AHEAD + 1), time(), OFFICE_ZONE)
    late = col(DossierRow.due_at) < now
    no_cause = or_(col(DossierRow.delays).is_(None), col(DossierRow.delays) == [])
    return [
        *_dossiers(session, "due_soon", unit, col(DossierRow.due_at) >= now, col(DossierRow.due_at) < soon_at),
        *_dossiers(session, "no_cause", unit, late, no_cause),
        *_dossiers(session, "no_apology", unit, late, col(DossierRow.apologised_at).is_(None)),
        *_silent(session, unit, now, calendar),
        *_incidents(session, unit, memory),
        *_not_closed(session, unit, now),
    ]


def _of_unit(unit: str) -> list[ColumnElement[bool]]:
    return [or_(col(DossierRow.unit) == unit, col(DossierRow.holder) == unit)] if unit else []


def _dossiers(session: Session, why: Why, unit: str, *conditions: ColumnElement[bool]) -> Iterator[Task]:
    """Yield open dossiers whose time runs."""
    running = (col(DossierRow.status).in_(_OPEN), col(DossierRow.waiting_since_at).is_(None))
    asked = select(DossierRow).where(*running, *conditions, *_of_unit(unit))
    for row in session.exec(asked.order_by(col(DossierRow.due_at), col(DossierRow.id)).limit(SHOWN)):
        yield Task(why, row.code or "", row.unit, row.due_at, row.id, row.holder)


def _silent(session: Session, unit: str, now: datetime, calendar: Calendar) -> Iterator[Task]:
    heard = select(col(DeskCursor.desk), func.max(col(DeskCursor.stored_at))).group_by(col(DeskCursor.desk))
    last = dict(session.exec(heard).all())
    desks = select(EnrolledDesk).where(col(EnrolledDesk.revoked_at).is_(None)).order_by(col(EnrolledDesk.desk))
    for desk in session.exec(desks):
        at = last.get(desk.desk, desk.enrolled_at)
        if unit in ("", desk.unit) and at <= now and working_minutes(at, now, calendar) >= SILENT_MIN:
            yield Task("silent", desk.desk, desk.unit, at)


def _incidents(session: Session, unit: str, memory: Memory) -> Iterator[Task]:
    """Yield dossiers that two desks took apart or whose number another one has, then desks with unread entries."""
    asked = select(DossierRow).where(col(DossierRow.incidents) != [], *_of_unit(unit)).order_by(col(DossierRow.id))
    rows = {row.id: row for row in session.exec(asked.limit(SHOWN)) if row.incidents}
    others = (twin.row for twin in open_twins(session, memory))
    rows |= {row.id: row for row in others if unit in ("", row.unit, row.holder)}
    for _id, row in sorted(rows.items()):
        yield Task("incident", row.code or row.id, row.unit, row.last_at, row.id, row.holder)
    desks = {one.desk: one.unit for one in session.exec(select(EnrolledDesk))}
    for desk in session.exec(select(col(QuarantinedEvent.desk)).distinct().order_by(col(QuarantinedEvent.desk))):
        if unit in ("", desks.get(desk, "")):
            yield Task("incident", desk, desks.get(desk, ""))


def _not_closed(session: Session, unit: str, now: datetime) -> Iterator[Task]:
    """Yield the units that took dossiers last month and have not closed its table since."""
    first = _month_before(office_day(now).replace(day=1))
    begins, ends = _bounds(first)
    took = select(col(DossierRow.unit)).where(
        col(DossierRow.accepted_at) >= begins, col(DossierRow.accepted_at) < ends, *_of_unit(unit)
    )
    closings = session.exec(
        select(col(EventRow.head), col(EventRow.body)).where(col(EventRow.kind) == "report.closed")
    ).all()
    closed = {read_head(bytes(head)).unit for head, body in closings if _covers(bytes(body), first, office_day(ends))}
    for one in session.exec(took.distinct().order_by(col(DossierRow.unit))):
        if one not in closed and unit in ("", one):
            yield Task("not_closed", f"{first:%Y-%m}", one, ends)


def _covers(body: bytes, first: date, after: date) -> bool:
    """Return whether a closing's period holds the days from `first` to the one before `after`."""
    try:
        period = json.loads(body)["period"]
        return bool(period["from"] <= first.isoformat() and period["to"] >= (after - timedelta(days=1)).isoformat())
    except (KeyError, TypeError, ValueError):
        return False


def on_time(session: Session, unit: str, now: datetime) -> list[Month]:
    """Return what was resolved in each of the past months, the oldest first; this month is the last."""
    first = office_day(now).replace(day=1)
    firsts = [first]
    while len(firsts) < MONTHS:
        firsts.append(_month_before(firsts[-1]))
    return [_month(session, unit, one) for one in reversed(firsts)]


def _month(session: Session, unit: str, first: date) -> Month:
    begins, ends = _bounds(first)
    resolved = col(DossierRow.resolved_at)
    asked = select(func.count()).where(resolved >= begins, resolved < ends, *_of_unit(unit))
    late = asked.where(resolved > col(DossierRow.due_at))
    number = int(session.exec(asked).one())
    return Month(first, number, number - int(session.exec(late).one()))


def survey(session: Session, unit: str, now: datetime) -> SurveyCount:
    """Return the forms of the past ninety days; a small group is hidden."""
    today = office_day(now)
    since = datetime.combine(today - timedelta(days=SURVEY_DAYS), time(), OFFICE_ZONE)
    asked = select(SurveyFormRow).where(col(SurveyFormRow.captured_at) >= since)
    asked = asked.where(col(SurveyFormRow.unit) == unit) if unit else asked
    forms = [
        SurveyForm(row.captured_at, row.level, row.how, row.unit)  # type: ignore[arg-type]  # checked in the next line
        for row in session.exec(asked)
        if row.level in ("very_satisfied", "satisfied", "dissatisfied", "declined")
    ]
    return survey_total(forms, office_day(since), today)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _bounds(first: date) -> tuple[datetime, datetime]:
    days = months.monthrange(first.year, first.month)[1]
    begins = datetime.combine(first, time(), OFFICE_ZONE)
    return begins, begins + timedelta(days=days)
