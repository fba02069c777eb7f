"""What presses today: the counts of the home screen and the lists behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desk.cases.context import Context
from desk.cases.lines import day_bounds, lines_of, soon_until
from desk.cases.views import DossierLine
from desk.clock import office_day, whole_minute
from storage.queries import dossiers
from storage.store import Session
from storage.tables.projected import DossierRow

LISTS: Final = (
    "due_today",
    "due_tomorrow",
    "overdue",
    "waiting",
    "inbox",
    "uncollected",
    "unlinked",
    "held",
    "unexplained",
)
"""The lists of the home screen, opened by the digits 1 to 9."""


@dataclass(frozen=True, slots=True)
class Today:
    """The counts of the home screen."""

    accepted: int
    returned: int
    due_today: int
    due_tomorrow: int
    """Due on the next working day."""
    overdue: int
    inbox: int
    waiting: int
    """Waiting for a supplement or a payment of the citizen."""
    uncollected: int
    oldest_result_at: datetime | None
    """Since when the longest uncollected result waits."""
    unlinked: int
    held: int
    """Open dossiers held by another body."""
    unexplained: int
    """Late, and nobody has said why or apologised."""


@dataclass(frozen=True, slots=True)
class TodaysWork:
    """What of the desk's dossiers presses now."""

    context: Context

    def counts(self) -> Today:
        """Return the counts as of now."""
        now = whole_minute(self.context.clock())  # the due minute itself is on time
        unit = self.context.log.identity.unit
        start, end = day_bounds(now)
        tomorrow_end = self._tomorrow_end(now)
        with self.context.store.reading() as session:
            return Today(
                accepted=dossiers.count_accepted(session, unit, start, end),
                returned=dossiers.count_returned(session, start, end),
                due_today=dossiers.count_due_between(session, now, end),
                due_tomorrow=dossiers.count_due_between(session, end, tomorrow_end),
                overdue=dossiers.count_due_between(session, None, now),
                inbox=dossiers.count_status(session, "filed"),
                waiting=dossiers.count_status(session, "supplement_requested")
                + dossiers.count_status(session, "payment_requested"),
                uncollected=dossiers.count_status(session, "resolved"),
                oldest_result_at=dossiers.oldest_resolved(session),
                unlinked=dossiers.count_unlinked(session, unit),
                held=dossiers.count_held(session, unit),
                unexplained=dossiers.count_unexplained(session, now),
            )

    def listed(self, name: str, limit: int = 1000) -> tuple[DossierLine, ...]:
        """Return one of LISTS; raises ValueError for another name."""
        now = whole_minute(self.context.clock())
        unit = self.context.log.identity.unit
        _start, end = day_bounds(now)
        tomorrow_end = self._tomorrow_end(now)
        asked: dict[str, Callable[[Session], list[DossierRow]]] = {
            "due_today": lambda session: dossiers.due_between(session, now, end, limit),
            "due_tomorrow": lambda session: dossiers.due_between(session, end, tomorrow_end, limit),
            "overdue": lambda session: dossiers.due_between(session, None, now, limit),
            "waiting": lambda session: dossiers.with_status(
                session, ("supplement_requested", "payment_requested"), limit
            ),
            "inbox": lambda session: dossiers.with_status(session, ("filed",), limit),
            "uncollected": lambda session: dossiers.uncollected(session, limit),
            "unlinked": lambda session: dossiers.unlinked(session, unit, limit),
            "held": lambda session: dossiers.held(session, unit, limit),
            "unexplained": lambda session: dossiers.unexplained(session, now, limit),
        }
        if name not in asked:
            raise ValueError(name)
        with self.context.store.reading() as session:
            return lines_of(self.context, asked[name](session), now)

    def next_working_day(self) -> date:
        """Return the day of the list `due_tomorrow`: the next on which the desk works."""
        return soon_until(self.context, self.context.clock())

    def _tomorrow_end(self, now: datetime) -> datetime:
        return day_bounds(now, (soon_until(self.context, now) - office_day(now)).days)[1]
