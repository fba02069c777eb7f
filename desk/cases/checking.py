"""What works at this desk now, and making the projections anew from the log."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from desk.cases.backups import Backups
from desk.cases.clockwork import Clockwork
from desk.cases.context import Context
from desk.clock import OFFICE_ZONE, machine_offset_minutes, office_day
from desk.errors.base import DeskError
from desk.errors.causes import cause_of
from desk.errors.store import MirrorBehind
from desk.rules.calendar import reach_ends_soon
from desk.words import _, told
from receipts.printing import Printer
from storage.blobs import Blobs
from storage.projections.attachments import ATTACHED, attachments
from storage.projections.project import Rebuilt, rebuild
from storage.queries import own, soundness
from storage.queries.events import of_kinds
from storage.store import Session

LEAST_FREE_MB: Final = 200
SILENT_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `said` and `do` in the language spoken, `do` empty where nothing is to be done."""

    id: str
    ok: bool
    said: str
    do: str = ""


@dataclass(frozen=True, slots=True)
class Checking:
    """Looks after the home."""

    context: Context
    clockwork: Clockwork
    printer: Printer
    backups: Backups

    def all(self, *, rehearse: bool = False) -> tuple[Finding, ...]:
        """Return every finding; what fails while it is looked at is a finding itself.

        rehearse: also bring the newest backup back into a scratch folder and compare it.
        """
        looks: tuple[tuple[str, Callable[[str], Finding]], ...] = (
            ("database", self._database),
            ("mirror", self._mirror),
            ("key", self._key),
            ("attachments", self._attachments),
            ("disk", self._disk),
            ("backup", self._rehearsed if rehearse else self._backup),
            ("clock", self._clock),
            ("zone", _zone),
            ("printer", self._printer),
            ("fonts", _fonts),
            ("center", self._center),
            ("calendar", self._calendar),
        )
        return tuple(_looked(name, look) for name, look in looks)

    def rebuild(self) -> Rebuilt:
        """Make every projection anew from the log; returns whether that changed anything, and what."""
        with self.context.store.writing() as session:
            return rebuild(session, searchable=True)

    def _database(self, name: str) -> Finding:
        with self.context.store.reading() as session:
            fault = soundness.database_fault(session)
            broken = None if fault else soundness.chain_break(session, self.context.log.identity)
            count = self.context.log.tail(session).seq
        if fault:
            return Finding(name, False, _("The database is damaged: {cause}.").format(cause=fault), _bring_back())
        if broken is not None:
            said = _("The log does not hold at number {seq} ({cause}).").format(seq=broken.seq, cause=broken.cause)
            return Finding(name, False, said, _bring_back())
        return Finding(
            name, True, _("The database is whole; the chain of its {count} events holds.").format(count=count)
        )

    def _mirror(self, name: str) -> Finding:
        log = self.context.log
        if log.trouble is not None:
            return _failed(name, log.trouble)
        try:
            with self.context.store.reading() as session:
                broken = soundness.mirror_break(session, log.mirror, log.identity)
        except OSError as error:
            return _failed(name, MirrorBehind(cause=type(error).__name__))
        if broken is None:
            return Finding(name, True, _("The second copy of the log says the same."))
        said = _("The second copy of the log differs at number {seq} ({cause}).")
        return Finding(name, False, said.format(seq=broken.seq, cause=broken.cause), _tell_technician())

    def _key(self, name: str) -> Finding:
        if self.context.key is not None:
            return Finding(name, True, _("The key of this desk is there."))
        said = _("The key of this desk is not on this machine; reading works, writing does not.")
        return Finding(name, False, said, _("Bring the key file back."))

    def _attachments(self, name: str) -> Finding:
        store = Blobs(self.context.attachments_folder)
        with self.context.store.reading() as session:
            events = of_kinds(session, self.context.settings.desk, (ATTACHED,))
        files = {(one.sha256, one.size) for one in attachments(events)}
        faults = [store.fault(sha256, size) for sha256, size in files]
        missing, altered = faults.count("missing"), faults.count("altered")
        if not missing and not altered:
            return Finding(name, True, _("All {count} attached files are here as they were.").format(count=len(files)))
        said = _("Of {count} attached files {missing} are missing and {altered} altered.")
        return Finding(
            name,
            False,
            said.format(count=len(files), missing=missing, altered=altered),
            _(
                "What the center has of them comes back by itself within a day, after `desk check --repair` with the "
                "next exchange. `desk show` names them: attaching the same file again puts it back, too."
            ),
        )

    def _disk(self, name: str) -> Finding:
        free_mb = shutil.disk_usage(self.context.home).free >> 20
        said = _("{free} MB are free.").format(free=free_mb)
        if free_mb >= LEAST_FREE_MB:
            return Finding(name, True, said)
        return Finding(name, False, said, _("Make room on the disk, at least {least} MB.").format(least=LEAST_FREE_MB))

    def _backup(self, name: str) -> Finding:
        found = self.backups.standing()
        if found.made_at is None:
            said = _("There is no backup in {folder}.").format(folder=self.backups.folder)
        else:
            said = _("The newest backup is of {at}; {count} events are newer.").format(
                at=f"{found.made_at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}", count=found.unsaved
            )
        if found.is_old(self.context.clock()):
            return Finding(name, False, said, _("Make one now, best on another drive: `desk backup DIR`."))
        if found.same_disk:
            said += " " + _("It lies on the same disk as the data and does not outlive that disk.")
        return Finding(name, True, said)

    def _rehearsed(self, name: str) -> Finding:
        found = self.backups.rehearse()
        if found is None:
            return self._backup(name)
        facts = {"file": found.path.name, "count": found.events, "cause": found.fault}
        if not found.fault:
            said = _("{file} was brought back into a scratch folder: its {count} events and every table are right.")
            return Finding(name, True, said.format(**facts))
        said = _("{file} cannot be brought back as it should be: {cause}.")
        return Finding(name, False, said.format(**facts), _("Make a new one at once: `desk backup DIR`."))

    def _clock(self, name: str) -> Finding:
        doubt = self.clockwork.doubt()
        now = self.context.clock().astimezone(OFFICE_ZONE)
        said = _("The clock shows {clock}.").format(clock=f"{now:%H:%M %d/%m/%Y}")
        if doubt is None:
            return Finding(name, True, said)
        return Finding(name, False, f"{said} {doubt}", _("Set the clock, or confirm date and hour on the screen."))

    def _printer(self, name: str) -> Finding:
        # the printers of this machine: asked only here
        from receipts.reach import reach_of

        reach = reach_of(self.printer)
        if reach.ok:
            return Finding(name, True, _("Papers go to {printer}.").format(printer=reach.name))
        said = _("Nothing here would take a paper; papers are kept in the data folder.")
        return Finding(name, False, said, _("Connect a printer, or have one named in the settings."))

    def _center(self, name: str) -> Finding:
        with self.context.store.reading() as session:
            state, center = own.sync_state(session), own.center_key(session)
            fork = _lacks(session, self.context, state.have)
            tail = self.context.log.tail(session)
        if center is None:
            return Finding(name, True, _("This desk works alone; it has joined no center."))
        if fork:
            said = _("The center holds acts of this desk that are not here: its folder was copied or put back.")
            return Finding(name, False, said, _tell_technician())
        have = state.have or {"epoch": 1, "seq": 0}
        sent = (have["epoch"], have["seq"]) >= (tail.epoch, tail.seq)
        last = state.last_exchange_at
        if not sent and (last is None or self.context.clock() - last > SILENT_AFTER):
            said = _("Acts wait to be sent, and the center was not reached for a day.")
            return Finding(name, False, said, _("Check the network; nothing is lost."))
        return Finding(name, True, _("The center has everything.") if sent else _("The rest is sent by itself."))

    def _calendar(self, name: str) -> Finding:
        calendar, today = self.context.reference.calendar(), office_day(self.context.clock())
        if calendar.reach is None:
            return Finding(name, True, _("The calendar has no end."))
        said = _("The calendar reaches to {day}.").format(day=f"{calendar.reach:%d/%m/%Y}")
        if not reach_ends_soon(calendar, today):
            return Finding(name, True, said)
        return Finding(name, False, said, _("Import next year's holidays: `desk import holidays FILE`."))


def _lacks(session: Session, context: Context, have: Mapping[str, Any] | None) -> bool:
    """Return whether the center holds another event than this log, or a later one, under a number of this desk."""
    if not have or not have.get("head"):
        return False
    here = soundness.head_at(session, context.log.identity, int(have["epoch"]), int(have["seq"]))
    return here != str(have["head"])


def _fonts(name: str) -> Finding:
    # reportlab: only where a typeface is proved
    from receipts.typeface import typeface_for

    typeface_for([])
    return Finding(name, True, _("The typeface of papers has every Vietnamese letter."))


def _zone(name: str) -> Finding:
    if machine_offset_minutes() == 420:
        return Finding(name, True, _("The machine counts the office's hours (+07:00)."))
    said = _("The machine's time zone is not the office's (+07:00); the program uses +07:00 all the same.")
    return Finding(name, False, said, _("Set the time zone to Asia/Ho_Chi_Minh."))


def _looked(name: str, look: Callable[[str], Finding]) -> Finding:
    try:
        return look(name)
    except DeskError as error:
        return _failed(name, error)
    except OSError as error:
        return Finding(name, False, _(cause_of(error)), _tell_technician())


def _failed(name: str, error: DeskError) -> Finding:
    said = told(error)
    return Finding(name, False, f"{said.message} ({said.code})", said.do)


def _bring_back() -> str:
    return _("Do not delete anything. `desk restore` brings the desk back from the last good backup.")


def _tell_technician() -> str:
    return _("Do not delete anything, and tell the person in charge of the machines.")


def unopened(error: DeskError) -> Iterator[Finding]:
    """Yield the findings about a home that cannot be opened: the reason, and what does not need the home."""
    yield _failed("database", error)
    yield _looked("zone", _zone)
    yield _looked("fonts", _fonts)
