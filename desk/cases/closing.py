"""Closed periods: what a table said when it was closed, for ever, and what later facts would change in it.

`report.closed {period, position, totals, hash}`: the position is the last event of this desk's own chain that
the table knew, so the table can be counted again from the log and compared with its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from desk.cases.context import Context, Officer
from desk.cases.lives import Gathered, gathered, lives_as_of
from desk.clock import from_ms, office_day, office_time
from desk.errors.figures import PeriodClosed, PeriodNotOver
from desk.errors.rule import LeadNeeded
from desk.rules.figures.columns import COLUMNS
from desk.rules.figures.lives import EarlyRule, Period
from desk.rules.figures.table import Adjustment, By, Report, adjustments_between, table
from desk.rules.said import Said
from desk.words import N_
from storage.queries import events as log
from storage.queries.past import Later, position_of, since_position
from storage.store import Session
from storage.tables.columns import canonical
from storage.wire import Event

CLOSE = N_("closing a period")


@dataclass(frozen=True, slots=True)
class Closed:
    """One closed period."""

    event: str
    from_day: date
    to_day: date
    unit: str
    """Of whose dossiers alone, "" for all."""
    early: EarlyRule
    """What the table counts as early."""
    at: datetime
    officer: str
    """The id of who closed it."""
    epoch: int
    seq: int
    """The last event of the desk's chain that the table knew."""
    totals: Mapping[str, int]
    hash: str

    @property
    def period(self) -> Period:
        """The two days as a period."""
        return Period(self.from_day, self.to_day)

    def as_json(self) -> dict[str, Any]:
        """Return the closing by the keys of `desk report`."""
        return {
            "event": self.event,
            "at": office_time(self.at).isoformat(timespec="seconds"),
            "officer": self.officer,
            "position": {"epoch": self.epoch, "seq": self.seq},
            "hash": self.hash,
        }


def close(context: Context, from_day: date, to_day: date, officer: Officer, unit: str = "") -> Closed:
    """Close a period as it stands now and return it; raises LeadNeeded, PeriodNotOver, PeriodClosed.

    unit: only what this unit received (its id), "" for all.
    """
    if officer.role != "lead":
        raise LeadNeeded(act=Said(CLOSE))
    period = Period(from_day, to_day)
    with context.log.act(officer.id) as act:
        if office_day(act.now) <= to_day:
            raise PeriodNotOver(last=f"{to_day:%d/%m/%Y}")
        earlier = closed_as(closings(context, act.session), period, unit)
        if earlier is not None:
            raise PeriodClosed(
                first=f"{from_day:%d/%m/%Y}", last=f"{to_day:%d/%m/%Y}", at=f"{office_time(earlier.at):%d/%m/%Y %H:%M}"
            )
        tail = act.tail
        early = context.settings.early
        counted = table_of(gathered(context, act.session, period, unit), period, early)
        written = {
            "period": {"from": from_day.isoformat(), "to": to_day.isoformat(), "unit": unit, "early": early},
            "position": {"epoch": tail.epoch, "seq": tail.seq},
            "totals": {name: int(getattr(counted.total.columns, name)) for name in COLUMNS},
            "hash": hash_of_table(counted),
        }
        event = act.append("report.closed", written)
        return _closed(event)


def table_of(what: Gathered, period: Period, early: EarlyRule) -> Report:
    """Return the table by field of what was gathered, as it is closed and hashed."""
    return table(what.lives, period.from_day, period.to_day, forms=what.forms, early=early)


def hash_of_table(report: Report) -> str:
    """Return the sha256 of a table's period, definition of early, rows by field, total and survey, names apart."""
    rows = {row.key: [int(getattr(row.columns, name)) for name in COLUMNS] for row in report.rows}
    value = {
        "from": report.period.from_day.isoformat(),
        "to": report.period.to_day.isoformat(),
        "early": report.early,
        "rows": rows,
        "total": [int(getattr(report.total.columns, name)) for name in COLUMNS],
        "survey": report.survey.as_json(),
    }
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def closings(context: Context, session: Session) -> list[Closed]:
    """Return every closing of this desk, in the order in which they were made."""
    return [_closed(event) for event in log.of_kinds(session, context.settings.desk, ("report.closed",))]


def closed_as(known: Iterable[Closed], period: Period, unit: str = "") -> Closed | None:
    """Return the closing of exactly this period and unit, None where it is not closed."""
    found = [one for one in known if one.unit == unit and one.period == period]
    return found[-1] if found else None


def closed_before(known: Iterable[Closed], first: date, unit: str = "") -> Closed | None:
    """Return the closing of the longest period that ends with the day before `first`, None where there is none."""
    until = first - timedelta(days=1)
    found = [one for one in known if one.unit == unit and one.to_day == until]
    return min(found, key=lambda one: one.from_day) if found else None


def known_at_closing(session: Session, context: Context, closed: Closed) -> Later:
    """Return what the closed table did not know."""
    position = position_of(session, context.settings.desk, closed.epoch, closed.seq)
    return since_position(session, position or 0)


def adjustments_of(
    context: Context, session: Session, closed: Closed, by: By = "field", later: Later | None = None
) -> tuple[Adjustment, ...]:
    """Return what facts that came after the closing change in its table, dossier by dossier.

    later: facts that must not be known yet either, None for nothing: all that is known now.
    """
    since = known_at_closing(session, context, closed)
    then = lives_as_of(context, session, since.dossiers, closed.period, closed.unit, since)
    now = lives_as_of(context, session, since.dossiers, closed.period, closed.unit, later)
    return adjustments_between(then, now, closed.from_day, closed.to_day, by, closed.early)


def open_before(context: Context, session: Session, before: Closed | None, later: Later | None = None) -> int | None:
    """Return (11) of the table closed before with its adjustments, None where no closed period ends there."""
    if before is None:
        return None
    changed = adjustments_of(context, session, before, later=later)
    return before.totals["in_progress"] + sum(one.after - one.before for one in changed if one.column == "in_progress")


def _closed(event: Event) -> Closed:
    body = event.body
    period, position = body["period"], body["position"]
    return Closed(
        event.head.id,
        date.fromisoformat(period["from"]),
        date.fromisoformat(period["to"]),
        str(period.get("unit", "")),
        "earlier_moment" if period.get("early") == "earlier_moment" else "earlier_day",
        from_ms(event.head.at),
        event.head.actor or "",
        int(position["epoch"]),
        int(position["seq"]),
        body["totals"],
        str(body["hash"]),
    )
