"""What a report needs to know of one dossier, and the questions it asks of it.

A life holds the facts as they are in force: what was undone or corrected away is not in it. To repeat a
table as it was known at some moment, give the lives as they followed from the log at that moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from desk.clock import OFFICE_ZONE, office_day, whole_minute
from desk.errors.figures import PeriodOutOfReach
from desk.errors.rule import PeriodBackwards
from desk.rules.dossier import Channel

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)
"""Days a report can be asked for."""

EarlyRule = Literal["earlier_day", "earlier_moment"]
"""What is early: resolved on an earlier day than the due day (the default), or before the due moment."""
Timing = Literal["early", "on_time", "overdue"]


class DueSet(NamedTuple):
    """From `set_at` on the dossier was due at `due_at`, until the next one."""

    set_at: datetime
    due_at: datetime


class Wait(NamedTuple):
    """The statutory time stood still from `from_at` to `to_at`; None: it still does."""

    from_at: datetime
    to_at: datetime | None = None


class Payment(NamedTuple):
    """Money taken and not voided."""

    at: datetime
    is_online: bool
    has_receipt: bool


@dataclass(frozen=True, slots=True)
class DossierLife:
    """The facts of one dossier that are in force, as they are known."""

    id: str
    code: str
    unit: str
    """The receiving unit."""
    field: str
    procedure: str
    officer: str
    """Who accepted (or refused) it."""
    channel: Channel
    competent_unit: str = ""
    online_level: str = ""
    """`full` or `partial`, as the catalogue calls the procedure; only read for the online channel."""
    is_no_boundary: bool = False
    filed_at: datetime | None = None
    accept_by_at: datetime | None = None
    """Until when a dossier filed online has to be accepted or refused."""
    accepted_at: datetime | None = None
    """The first acceptance: a second one (5 to 2) is not received again (decisions, 5)."""
    refused_at: datetime | None = None
    resolved_at: datetime | None = None
    """The last 9 still in force; None after 9 to 4."""
    stopped_at: datetime | None = None
    """The 8, for whatever reason."""
    is_withdrawn: bool = False
    """Whether the citizen asked for the 8."""
    dues: tuple[DueSet, ...] = ()
    waits: tuple[Wait, ...] = ()
    apologised_at: datetime | None = None
    payments: tuple[Payment, ...] = ()

    @property
    def ended_at(self) -> datetime | None:
        """The moment it counts as resolved: the 9 in force, or the 8 (decisions, 5)."""
        return self.resolved_at if self.stopped_at is None else self.stopped_at

    def due_at(self, at: datetime) -> datetime | None:
        """Return the due moment in force at `at`, None before the first; of two set at once the later one named."""
        known = [due for due in self.dues if due.set_at <= at]
        return max(reversed(known), key=lambda due: due.set_at).due_at if known else None

    def waiting_since(self, at: datetime) -> datetime | None:
        """Return since when the time stands still at `at`, None where it runs."""
        since = [wait.from_at for wait in self.waits if wait.from_at <= at and (wait.to_at is None or wait.to_at >= at)]
        return min(since) if since else None

    def is_overdue(self, at: datetime) -> bool:
        """Return whether its due minute has passed at `at`, by the facts up to and with `at`.

        While the time stands still the moment it stopped counts: who waits for the citizen is not late.
        """
        due_at = self.due_at(at)
        if due_at is None:
            return False
        return whole_minute(self.waiting_since(at) or at) > whole_minute(due_at)

    def timing(self, early: EarlyRule) -> Timing:
        """Return how an ended dossier ended; a stopped one is on time or overdue, never early."""
        ended_at = self.ended_at
        if ended_at is None:
            raise ValueError("not ended")
        if self.is_overdue(ended_at):
            return "overdue"
        due_at = self.due_at(ended_at)
        if self.stopped_at is not None or due_at is None:
            return "on_time"
        if early == "earlier_day":
            return "early" if office_day(ended_at) < office_day(due_at) else "on_time"
        return "early" if whole_minute(ended_at) < whole_minute(due_at) else "on_time"


@dataclass(frozen=True, slots=True)
class Period:
    """Two office days, both within; from 00:00 of the first to 24:00 of the last at +07:00."""

    from_day: date
    to_day: date
    starts_at: datetime = field(init=False)
    """00:00 of the first day, the first instant within."""
    ends_at: datetime = field(init=False)
    """24:00 of the last day, the first instant after."""

    def __post_init__(self) -> None:
        if not (FIRST_DAY <= self.from_day <= LAST_DAY and FIRST_DAY <= self.to_day <= LAST_DAY):
            raise PeriodOutOfReach(first=f"{FIRST_DAY:%d/%m/%Y}", last=f"{LAST_DAY:%d/%m/%Y}")
        if self.to_day < self.from_day:
            raise PeriodBackwards(start=f"{self.from_day:%d/%m/%Y}", end=f"{self.to_day:%d/%m/%Y}")
        # Ten thousand dossiers are compared with these: UTC beside UTC is compared without arithmetic.
        object.__setattr__(self, "starts_at", _midnight(self.from_day))
        object.__setattr__(self, "ends_at", _midnight(self.to_day + timedelta(days=1)))

    @property
    def last_instant(self) -> datetime:
        """The last instant within: facts of 24:00 belong to the next day."""
        return self.ends_at - timedelta(microseconds=1)

    def holds(self, at: datetime | None) -> bool:
        """Return whether `at` is a moment of the period."""
        return at is not None and self.starts_at <= at < self.ends_at

    def is_before(self, at: datetime | None) -> bool:
        """Return whether `at` is a moment before the period."""
        return at is not None and at < self.starts_at


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE).astimezone(UTC)
