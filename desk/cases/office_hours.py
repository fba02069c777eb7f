"""The desk's own hours and days off, and what a changed calendar does to the open dossiers.

A change is listed before it is made. The printed promise stays; each new due moment is an event of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from desk.cases.context import Context, Officer
from desk.cases.moves import promise_of, stops_of
from desk.clock import to_ms
from desk.errors.rule import LeadNeeded
from desk.errors.store import FileUnreadable
from desk.rules.calendar import Calendar, calendar_mapping, parse_calendar
from desk.rules.redating import OpenDossier, touched
from desk.rules.said import Said
from desk.words import N_
from storage.log import Act
from storage.queries import dossiers, kept
from storage.store import Session

CHANGE = N_("changing the desk's hours")


class Touched(NamedTuple):
    """An open dossier whose due moment is another by a changed calendar."""

    dossier: str
    code: str
    due_at: datetime
    new_due_at: datetime


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Changes the desk's calendar."""

    context: Context

    def preview(self, mapping: Mapping[str, object]) -> tuple[Touched, ...]:
        """Return the open dossiers that the calendar file `mapping` would touch, the earliest new due first.

        Raises CalendarKeyUnknown and the like for a faulty file, CalendarEnds where it does not reach far enough.
        """
        wanted = calendar_mapping(parse_calendar(mapping))
        with self.context.store.reading() as session:
            old = self.context.reference.calendar_within(session)
            new = self.context.reference.calendar_within(session, wanted)
            return touched_by(session, old, new)

    def change(self, mapping: Mapping[str, object], officer: Officer) -> tuple[Touched, ...]:
        """Let the calendar file `mapping` hold from now on; returns the dossiers it touched.

        Raises LeadNeeded and what `preview` raises; then nothing is changed.
        """
        if officer.role != "lead":
            raise LeadNeeded(act=Said(CHANGE))
        wanted = calendar_mapping(parse_calendar(mapping))
        with self.context.log.act(officer.id) as act:
            old = self.context.reference.calendar_within(act.session)
            new = self.context.reference.calendar_within(act.session, wanted)
            found = touched_by(act.session, old, new)
            act.append("calendar.changed", {"calendar": wanted, "touched": len(found)})
            redate(act, found)
            kept.keep_setting(act.session, "calendar", wanted)
            act.session.flush()  # the projections that follow forget what is not written
            return found


def read_calendar_file(text: str, name: str) -> Mapping[str, object]:
    """Return the TOML of a calendar file; raises FileUnreadable, which names it."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileUnreadable(file=name, cause=str(error)[:120]) from error


def touched_by(session: Session, old: Calendar, new: Calendar) -> tuple[Touched, ...]:
    """Return the open dossiers whose due moment follows from `old` and is another by `new`, the earliest new one first.

    Raises CalendarEnds where `new` does not reach far enough.
    """
    if old == new:
        return ()
    found, codes = [], {}
    for row in dossiers.open_ones(session):
        promise = promise_of(row)
        if promise is not None and row.due_at is not None:
            found.append(OpenDossier(row.id, promise, stops_of(row), row.due_at))
            codes[row.id] = row.code or ""
    return tuple(Touched(one.code, codes[one.code], one.due_at, one.new_due_at) for one in touched(found, old, new))


def redate(act: Act, found: tuple[Touched, ...]) -> None:
    """Write the new due moments within `act`, each as an event of its own."""
    for one in found:
        act.append("dossier.extended", {"due_at": to_ms(one.new_due_at), "ground": "calendar"}, None, one.dossier)
