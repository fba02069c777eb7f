"""What presses: open dossiers late, due soon, waiting, by who holds them; causes and apologies that lack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from desk.cases.context import Context
from desk.cases.lines import lines_of, timeliness
from desk.cases.views import DossierLine
from desk.clock import office_day
from desk.errors.rule import CalendarEnds
from storage.queries import dossiers
from storage.tables.projected import DossierRow

Place = Literal["late", "due", "waiting"]
"""late: past its due minute. due: within the days asked for. waiting: its clock stands still for the citizen."""

PLACES: Final[tuple[Place, ...]] = ("late", "due", "waiting")


class Pressing(NamedTuple):
    """One open dossier that presses."""

    line: DossierLine
    place: Place
    holder: str
    """The unit that holds it, the receiving one where it never left."""
    holder_name: str
    causes: tuple[str, ...]
    """Ids of the causes of delay recorded so far."""
    apologised_at: datetime | None

    @property
    def lacks_cause(self) -> bool:
        """Whether it is late and nobody has said why."""
        return self.place == "late" and not self.causes and self.apologised_at is None

    @property
    def lacks_apology(self) -> bool:
        """Whether it is late, or known to become late, and no apology was sent."""
        return self.apologised_at is None and (self.place == "late" or bool(self.causes))


@dataclass(frozen=True, slots=True)
class DueList:
    """Lists what presses."""

    context: Context

    def all(self, days: int = 1) -> tuple[Pressing, ...]:
        """Return open dossiers that are late, due within the next `days` working days, or waiting.

        0 days: due today. In this order of places, by the name of who holds them, then by due moment.
        """
        now = self.context.clock()
        until = self._until(office_day(now), days)
        with self.context.store.reading() as session:
            rows = dossiers.open_ones(session)
            lines = lines_of(self.context, rows, now)
            placed = [
                (row, line, place)
                for row, line in zip(rows, lines, strict=True)
                if (place := _place(row, now, until)) is not None
            ]
            names = {unit: self.context.reference.unit_name(unit) for unit in {_holder(row) for row, *_ in placed}}
            found = [_pressing(row, line, place, names[_holder(row)]) for row, line, place in placed]
        return tuple(sorted(found, key=_order))

    def _until(self, today: date, days: int) -> date:
        """Return the last day that counts: the `days`-th working day after `today`, as far as the calendar reaches."""
        calendar, until = self.context.reference.calendar(), today
        try:
            for _day in range(days):
                until = calendar.next_working_day(until)
        except CalendarEnds:
            return date.max
        return until


def _holder(row: DossierRow) -> str:
    return row.holder or row.unit


def _pressing(row: DossierRow, line: DossierLine, place: Place, name: str) -> Pressing:
    causes = tuple(dict.fromkeys(str(delay.get("cause", "")) for delay in row.delays or ()))
    return Pressing(line, place, _holder(row), name, causes, row.apologised_at)


def _place(row: DossierRow, now: datetime, until: date) -> Place | None:
    if timeliness(row, now, until) == "overdue":
        return "late"
    if row.waiting_since_at is not None:
        return "waiting"
    return "due" if row.due_at is not None and office_day(row.due_at) <= until else None


def _order(one: Pressing) -> tuple[int, str, str, str]:
    due = one.line.due_at
    return PLACES.index(one.place), one.holder_name, "" if due is None else due.isoformat(), one.line.code
