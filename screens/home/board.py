"""What the home screen shows, read in one go; no widget here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desk.cases.todays_work import LISTS
from desk.clock import office_day
from desk.errors.base import DeskError
from desk.words import N_, _, counted, told
from screens import phrases

if TYPE_CHECKING:
    from desk.cases.todays_work import Today
    from desk.settings import Settings
    from screens.seat import Seat


@dataclass(frozen=True, slots=True)
class Board:
    """The home screen's facts at one moment."""

    today: Today
    on: date
    """The office day on which it was counted."""
    next_day: date
    oldest_hours_left: float | None
    """Of the dossier filed online that waits longest, None where none waits."""
    drafts: int
    queued: int
    failed: int
    unsure: int
    trouble: DeskError | None
    """What is wrong with the mirror."""
    refusal: DeskError | None
    """Why nothing can be written here."""
    clock_doubtful: bool
    incidents: int
    """Dossiers where the acts of two desks do not fit together."""
    settings: Settings
    """They say where papers go."""
    practice: bool
    unsaved: tuple[int, datetime] | None
    """Own events that no backup holds for days, and since when; None where all is well."""
    center: DeskError | None
    """What a person must do before the center takes this desk for itself again."""

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the nine lists in the order of their digits: title, count, remark."""
        remarks = {
            "due_tomorrow": phrases.weekday(self.next_day),
            "inbox": "" if self.oldest_hours_left is None else hours_left(self.oldest_hours_left),
            "uncollected": self._oldest_result(),
            "unexplained": _("causes, apologies, faults"),
        }
        return [(_(phrases.LIST_TITLES[name]), str(getattr(self.today, name)), remarks.get(name, "")) for name in LISTS]

    def _oldest_result(self) -> str:
        since = self.today.oldest_result_at
        if since is None:
            return ""
        days = (self.on - office_day(since)).days
        return _(counted("oldest waits {n} day", "oldest waits {n} days", days)).format(n=days) if days else ""

    def troubles(self) -> list[tuple[str, str]]:
        """Return what the officer should look at besides dossiers: message id and value."""
        found: list[tuple[str, str]] = []
        if self.drafts:
            found.append((N_("Drafts"), _("{n} waiting; F6 brings the newest back").format(n=self.drafts)))
        papers = (
            (N_("not printed: {n}"), self.failed),
            (N_("unsure whether printed: {n}"), self.unsure),
            (N_("waiting to be printed: {n}"), self.queued),
        )
        if said := ", ".join(_(message).format(n=n) for message, n in papers if n):
            found.append((N_("Papers"), _("{papers}; F7 shows them").format(papers=said)))
        if self.incidents:
            said = counted(
                "{n} dossier where the acts of two desks do not fit; Ctrl+G, Incidents",
                "{n} dossiers where the acts of two desks do not fit; Ctrl+G, Incidents",
                self.incidents,
            )
            found.append((N_("Two desks"), _(said).format(n=self.incidents)))
        for label, trouble in (
            (N_("Only reading"), self.refusal),
            (N_("Second copy"), self.trouble),
            (N_("Center"), self.center),
        ):
            if trouble is not None:
                words = told(trouble)
                found.append((label, f"{words.code}: {words.message}"))
        if self.unsaved is not None:
            said = _("{n} events since {day} are in no backup: `desk backup`")
            day = f"{office_day(self.unsaved[1]):%d/%m/%Y}"
            found.append((N_("Backup"), said.format(n=self.unsaved[0], day=day)))
        if self.clock_doubtful:
            found.append((N_("Clock"), _("date or hour of this machine may be wrong; compare before you go on")))
        return found

    def printer(self) -> tuple[str, str]:
        """Return where papers go: message id and value."""
        nowhere = _("practice: papers are made, none is printed")
        return N_("Printer"), nowhere if self.practice else phrases.main_printer(self.settings)


def hours_left(hours: float) -> str:
    """Return the working hours left to answer the oldest dossier filed online."""
    shown = phrases.hours(hours)
    return _("oldest: {n} left").format(n=shown) if hours >= 0 else _("oldest: {n} too late").format(n=shown)


def read(seat: Seat) -> Board:
    """Return the present facts; called in a thread, may raise DeskError."""
    services = seat.services
    waiting = services.inbox.waiting()
    states = [job.state for job in services.papers.jobs("queued", "failed", "unknown", "expired")]
    return Board(
        today=services.todays_work.counts(),
        on=office_day(services.context.clock()),
        next_day=services.todays_work.next_working_day(),
        oldest_hours_left=min((one.hours_left for one in waiting), default=None),
        drafts=len(services.drafts.of(seat.officer)),
        queued=states.count("queued") + states.count("expired"),
        failed=states.count("failed"),
        unsure=states.count("unknown"),
        trouble=services.context.log.trouble,
        refusal=services.context.log.refusal,
        clock_doubtful=services.clockwork.doubt() is not None,
        incidents=services.incidents.count(),
        settings=services.context.settings,
        practice=services.context.practice,
        unsaved=None if services.context.practice else _unsaved(seat),
        center=services.syncing.needs_person(),
    )


def _unsaved(seat: Seat) -> tuple[int, datetime] | None:
    services = seat.services
    standing = services.backups.standing()
    if standing.since is None or not standing.is_old(services.context.clock()):
        return None
    return standing.unsaved, standing.since
