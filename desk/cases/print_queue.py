"""The print queue: one for each printer, one id over all attempts, and no paper twice without an officer's yes.

queued -> sending -> handed -> confirmed; beside it failed, unknown, expired, cancelled. `sending` is on disk
before a printer is spoken to, so that a crash in between is seen; such a job becomes `unknown` and is never
tried again by itself. Jobs that waited too long become `expired` and ask first: no flood in the morning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from desk.cases.context import Context
from desk.errors.acts import PaperUnknown
from desk.errors.base import PrintTrouble
from desk.errors.causes import cause_of
from desk.errors.papers import PaperCameOut, PaperUnsure
from desk.errors.printing import NoPrinter, PaperFileAltered, PaperFileMissing, PaperNotKept, PrinterBusy
from receipts.printing import Failed, Handed, Outcome, Printer, Tracing, Unknown, suffix_of
from storage.log import Act
from storage.queries import desks, dossiers, own
from storage.store import Session
from storage.tables.own import PrintJobRow
from storage.tables.projected import PaperRow

OLD_AFTER: Final = timedelta(minutes=30)
"""A queued job older than that asks first: its citizen has gone."""
FRESH: Final = timedelta(minutes=10)
"""So long after a hand-over a start looks whether the printer's queue still knows the job."""
TURN_S: Final = 60.0
"""How long a job waits for its turn at a printer that another program here is using, in seconds."""

_SENDABLE: Final = frozenset({"queued", "failed", "expired"})
_WAITS_FOR_A_WORD: Final = frozenset({"sending", "unknown"})
_OUT: Final = frozenset({"handed", "confirmed"})
_EVENTS: Final = {
    "handed": "paper.handed",
    "confirmed": "paper.confirmed",
    "failed": "paper.failed",
    "unknown": "paper.unknown",
}


@dataclass(frozen=True, slots=True)
class JobLine:
    """A print job."""

    id: str
    paper: str
    printer: str
    state: str
    """queued, sending, handed, confirmed, failed, unknown, expired or cancelled."""
    attempts: int
    kind: str = ""
    code: str = ""
    last_error: str = ""
    trouble: PrintTrouble | None = None
    """What `send` has just met, with all it can tell; afterwards only its code is known."""
    queued_at: datetime | None = None
    answer: str = ""
    """What the printer or its queue has just answered, in its own words; only `send` knows it."""


@dataclass(frozen=True, slots=True)
class PrintQueue:
    """The queues of this desk's printers; the first printer takes what no other one claims."""

    context: Context
    printers: tuple[Printer, ...]

    def lines(self, *states: str) -> tuple[JobLine, ...]:
        """Return the jobs in `states` (all without any), the oldest first."""
        with self.context.store.reading() as session:
            return tuple(_line(session, job) for job in own.jobs(session, *states))

    def send(self, job: str) -> JobLine:
        """Hand a job to its printer, on an officer's word; raises PaperUnknown, PaperUnsure, PaperCameOut."""
        with self.context.store.reading() as session:
            row = _found(session, job)
            if row.state in _WAITS_FOR_A_WORD:
                raise PaperUnsure()
            if row.state in _OUT:
                raise PaperCameOut()
            printer = self._printer(row.printer)
        try:
            with self._turn(printer, TURN_S):
                return self._sent(job, printer)
        except Timeout:
            trouble = PrinterBusy(printer=printer.name, seconds=round(TURN_S))
            return replace(self._line(job), trouble=trouble)

    def send_all(self) -> tuple[JobLine, ...]:
        """Hand every queued job to its printer and return how they went; the printers work side by side.

        A printer that failed takes no further job this time; jobs that waited too long become `expired`.
        """
        self._expire()
        queues: dict[str, list[str]] = {}
        for line in self.lines("queued"):
            queues.setdefault(self._printer(line.printer).name, []).append(line.id)
        if not queues:
            return ()
        with ThreadPoolExecutor(len(queues)) as workers:
            return tuple(line for lines in workers.map(self._send_each, queues.values()) for line in lines)

    def settle(self, job: str, came_out: bool) -> JobLine:
        """Write down the officer's word on a job; one that was never sent stays as it is.

        Raises PaperUnknown, PaperUnsure where another program is just printing it.
        """
        self._awake(job)
        with self.context.log.act(None) as act:
            row = _found(act.session, job)
            if row.state in ("unknown", "handed", "failed"):
                self._record(act, row, "confirmed" if came_out else "failed", "")
        return self._line(job)

    def again(self, job: str) -> JobLine:
        """Queue a job once more, on the officer's word, under the same id.

        Raises PaperUnknown, PaperCameOut, PaperUnsure where another program is just printing it.
        """
        self._awake(job)
        with self.context.store.writing() as session:
            row = _found(session, job)
            if row.state == "confirmed":
                raise PaperCameOut()
            row.state, row.queued_at = "queued", self.context.clock()
            session.add(row)
        return self._line(job)

    def cancel(self, job: str) -> JobLine:
        """Take a job out of the queue; one that is out already stays as it is."""
        with self.context.store.writing() as session:
            row = _found(session, job)
            if row.state not in _OUT:
                row.state = "cancelled"
                session.add(row)
        return self._line(job)

    def wake(self) -> tuple[JobLine, ...]:
        """Look after jobs that were on their way when a program ended, and return them; done at each start.

        What its printer's queue knows is handed; of all others nobody knows, and each is shown once. A job that
        was handed just before, and that a print service has lost with its own death, is asked about too.
        """
        self._expire()
        woken = [line for job in self.lines("sending") if (line := self._woken(job)) is not None]
        return (*woken, *self._forgotten())

    def _forgotten(self) -> list[JobLine]:
        """Ask about jobs handed a short while ago that their printer's queue says it does not have."""
        since = self.context.clock() - FRESH
        with self.context.store.reading() as session:
            fresh = [
                job.id
                for job in own.jobs(session, "handed")
                if job.handed_at is not None
                and job.handed_at > since
                and isinstance(printer := self._printer(job.printer), Tracing)
                and printer.has(job.id) is False
            ]
        return [self._passed_on(job, "unknown", "") for job in fresh]

    def _awake(self, job: str) -> None:
        """Find out about a job that was left on its way; raises PaperUnsure where it still is."""
        line = self._line(job)
        if line.state == "sending" and self._woken(line) is None and self._line(job).state == "sending":
            raise PaperUnsure()

    def _woken(self, line: JobLine) -> JobLine | None:
        printer = self._printer(line.printer)
        try:
            with self._turn(printer, 0):
                is_there = isinstance(printer, Tracing) and printer.has(line.id) is True
                with self.context.log.act(None) as act:
                    row = _found(act.session, line.id)
                    if row.state != "sending":
                        return None  # whoever sent it has told meanwhile how it went
                    self._record(act, row, "handed" if is_there else "unknown", "")
        except Timeout:
            return None  # it is on its way now, in another program
        return self._line(line.id)

    def _send_each(self, jobs: list[str]) -> list[JobLine]:
        done: list[JobLine] = []
        works = True
        for job in jobs:
            try:
                line = self.send(job) if works else self._line(job)
            except (PaperUnsure, PaperCameOut):
                line = self._line(job)  # another program took it first
            works = works and line.trouble is None
            done.append(line)
        return done

    def _sent(self, job: str, printer: Printer) -> JobLine:
        """Hand the job over, this printer's turn being ours."""
        with self.context.store.writing() as session:
            row = _found(session, job)
            paper = desks.paper(session, row.paper)
            assert paper is not None
            if row.state not in _SENDABLE:
                return _line(session, row)  # cancelled, or another program took it first
            if paper.state == "voided":
                row.state = "cancelled"
                session.add(row)
                session.flush()
                return _line(session, row)
            row.state, row.attempts = "sending", row.attempts + 1  # a crash from here on leaves it unsure
            row.printer = printer.name
            session.add(row)
            path, sha256 = self.context.papers_folder / paper.name, paper.sha256
        fault = _fault_of(path, sha256, printer)
        outcome: Outcome = Failed(fault) if fault is not None else printer.hand(job, path)
        if isinstance(outcome, Handed):
            return replace(self._passed_on(job, "handed", ""), answer=outcome.said)
        state = "unknown" if isinstance(outcome, Unknown) else "failed"
        return replace(self._passed_on(job, state, outcome.error.code), trouble=outcome.error)

    def _passed_on(self, job: str, state: str, error: str) -> JobLine:
        with self.context.log.act(None) as act:
            row = _found(act.session, job)
            self._record(act, row, state, error)
            return _line(act.session, row)

    def _record(self, act: Act, row: PrintJobRow, state: str, error: str) -> None:
        row.state, row.last_error = state, error
        if state == "handed":
            row.handed_at = act.now
        act.session.add(row)
        act.session.flush()
        paper = desks.paper(act.session, row.paper)
        assert paper is not None
        body = {"paper": row.paper, "job": row.id, "printer": row.printer}
        act.append(_EVENTS[state], {**body, "error": error} if error else body, None, paper.dossier)

    def _expire(self) -> None:
        before = self.context.clock() - OLD_AFTER
        with self.context.store.reading() as session:
            old = [job.id for job in own.jobs(session, "queued") if job.queued_at < before]
        if not old:
            return
        with self.context.store.writing() as session:
            for job in own.jobs(session, "queued"):
                if job.id in old:
                    job.state = "expired"
                    session.add(job)

    def _printer(self, name: str) -> Printer:
        return next((printer for printer in self.printers if printer.name == name), self.printers[0])

    @contextmanager
    def _turn(self, printer: Printer, wait_s: float) -> Iterator[None]:
        """Hold the printer's turn over all programs of this home; the system frees it when one dies."""
        folder = self.context.home / "printing"
        name = hashlib.sha256(printer.name.encode()).hexdigest()[:16]
        try:
            folder.mkdir(exist_ok=True)
            held = FileLock(folder / f"{name}.lock", timeout=wait_s, poll_interval=0.02).acquire()
        except Timeout:
            raise
        except OSError as error:
            raise PaperNotKept(where=str(folder), reason=cause_of(error)) from error
        with held:
            yield

    def _line(self, job: str) -> JobLine:
        with self.context.store.reading() as session:
            return _line(session, _found(session, job))


def _fault_of(path: Path, sha256: str, printer: Printer) -> PrintTrouble | None:
    """Return why a paper's file must not be printed, None where it is what the log says and the printer takes it."""
    if path.suffix != suffix_of(printer):
        return NoPrinter(where=str(path))  # its own printer is no longer among the desk's
    try:
        content = path.read_bytes()
    except OSError:
        return PaperFileMissing(where=str(path))
    return None if hashlib.sha256(content).hexdigest() == sha256 else PaperFileAltered(where=str(path))


def _found(session: Session, job: str) -> PrintJobRow:
    row = own.job(session, job)
    if row is None:
        raise PaperUnknown(paper=job[:40])
    return row


def _line(session: Session, job: PrintJobRow) -> JobLine:
    paper: PaperRow | None = desks.paper(session, job.paper)
    row = dossiers.by_id(session, paper.dossier) if paper is not None and paper.dossier else None
    return JobLine(
        job.id,
        job.paper,
        job.printer,
        job.state,
        job.attempts,
        paper.kind if paper is not None else "",
        (row.code or "") if row is not None else "",
        job.last_error,
        queued_at=job.queued_at,
    )
