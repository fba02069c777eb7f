"""Who holds an interlinked dossier since when, and how long each body has had it (domain, 4.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from desk.cases.context import Context
from desk.cases.views import HoldingLine
from desk.errors.rule import CalendarEnds
from desk.rules.holding import HandedOver, holdings
from storage.projections.fold import moment
from storage.tables.projected import DossierRow
from storage.wire import Event


def holdings_of(context: Context, row: DossierRow, events: Iterable[Event], now: datetime) -> tuple[HoldingLine, ...]:
    """Return each stretch in which one body held the dossier, in order; () before acceptance.

    events: the dossier's. The last stretch is open while the dossier is at some body; a dossier that was handed
    over or stopped is with nobody. () also where the calendar does not reach so far back or ahead.
    """
    ended_at = _ended(row)
    passed = [one for one in _passed(row, events) if one.at <= (ended_at or now)]
    if row.accepted_at is None or not passed:
        return ()
    try:
        found = holdings(passed, context.reference.calendar(), now=now, ended_at=ended_at)
    except CalendarEnds:
        return ()
    names = {unit: context.reference.unit_name(unit) for unit in {one.unit for one in found}}
    return tuple(HoldingLine(one.unit, names[one.unit], one.since_at, one.until_at, one.minutes) for one in found)


def _passed(row: DossierRow, events: Iterable[Event]) -> list[HandedOver]:
    gone = set(row.undoable or ())
    passed: list[HandedOver] = []
    for event in events:
        kind = event.head.kind
        if event.head.id in gone:
            continue
        if kind == "dossier.accepted":
            passed.append(HandedOver(moment(event), event.head.unit))
        elif kind == "dossier.processing" and event.body.get("to"):
            passed.append(HandedOver(moment(event), str(event.body["to"])))
        elif kind == "dossier.resolved":
            passed.append(HandedOver(moment(event), row.returning_unit or row.unit))
    # stable: acts of one moment stay in the order in which they were written
    return sorted(passed, key=lambda one: one.at)


def _ended(row: DossierRow) -> datetime | None:
    return row.returned_at if row.returned_at is not None else row.stopped_at
