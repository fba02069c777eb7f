"""Papers: made from the log, on disk before their event, handed to a printer after it, never silently lost.

Order: the dossier is saved; the paper is drawn and synced to disk; `paper.made` is committed with its print
job; then a printer gets it. A crash between any two steps is healed at the next start: a slip that is due and
was not made is made, a job that was on its way is asked about and never printed again by itself.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from desk.cases.context import Context, Officer
from desk.cases.officers import name_of_officer
from desk.cases.reading import found_row, paper_line
from desk.cases.views import PaperLine
from desk.errors.acts import NotReturnable, PaperUnknown
from desk.errors.base import PrintTrouble
from desk.rules.lifecycle import status_said
from desk.rules.verdict import KnownDossier, KnownKey, Verdict, judge
from receipts.keeping import keep_file
from receipts.printing import Handed, Printer, Unknown
from storage.queries import dossiers, own
from storage.queries.events import giver_of
from storage.store import Session
from storage.tables.own import PrintJobRow
from storage.tables.projected import DossierRow, PaperRow

KINDS: Final = ("slip", "result_receipt")
_UNSAFE = re.compile(r"[^A-Za-z0-9.\-]")


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper that exists on disk and in the log."""

    id: str
    path: Path
    copy: int
    job: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """A print job."""

    id: str
    paper: str
    printer: str
    state: str
    attempts: int
    kind: str = ""
    code: str = ""
    last_error: str = ""
    trouble: PrintTrouble | None = None
    """What `send` has just met, with all it can tell; afterwards only its code is known."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Makes, prints and proves papers."""

    context: Context
    printer: Printer

    def make(self, code: str, kind: str, officer: Officer | None, *, reprint: bool = False) -> MadePaper:
        """Make a paper of a dossier and return it; without `reprint`, the first one in force if there is one.

        A paper that was marked void (a correction, an undo) is replaced by the next copy.
        Raises DossierUnknown, NotReturnable where the dossier is not that far, PrintTrouble where the paper
        cannot be drawn or written: the dossier is saved all the same.
        """
        with self.context.store.reading() as session:
            row = found_row(session, code)
            _refuse_early(row, kind)
            if not reprint and (there := self._there(session, row, kind)) is not None:
                return there
            copy = own.newest_copy(session, row.id, kind) + 1
            actor = name_of_officer(session, giver_of(session, row.id) if kind == "result_receipt" else row.officer)
        now = self.context.clock() if copy > 1 else None
        by = officer.name if officer is not None and copy > 1 else ""
        # drawing: reportlab and qrcode load with the first paper, not with the desk
        from desk.cases.paper_content import drawn_paper, papers_day

        drawn = drawn_paper(self.context, row, kind, actor or (officer.name if officer else ""), copy, now, by)
        sha256 = hashlib.sha256(drawn).hexdigest()
        name = f"{papers_day(row, kind)}_{_UNSAFE.sub('_', row.code or row.id)}_{kind}_{copy}_{sha256[:8]}.pdf"
        keep_file(self.context.papers_folder, name, drawn)
        return self._note(row, kind, copy, name, sha256, officer)

    def missing(self) -> tuple[str, ...]:
        """Return the ids of dossiers whose slip is due and was not made."""
        with self.context.store.reading() as session:
            return tuple(row.id for row in dossiers.slips_missing(session))

    def catch_up(self) -> tuple[MadePaper, ...]:
        """Make every missing slip and ask about jobs that were on their way; done at each start."""
        self._unsure()
        return tuple(self.make(dossier, "slip", None) for dossier in self.missing())

    def newest(self, limit: int = 100) -> tuple[PaperLine, ...]:
        """Return the newest papers."""
        with self.context.store.reading() as session:
            return tuple(
                paper_line(self.context, session, paper, row) for paper, row in own.newest_papers(session, limit)
            )

    def jobs(self, *states: str) -> tuple[JobLine, ...]:
        """Return the print jobs in `states` (all without any), the oldest first."""
        with self.context.store.reading() as session:
            return tuple(self._job_line(session, job) for job in own.jobs(session, *states))

    def send(self, job: str) -> JobLine:
        """Hand a job to the printer and return how it went; raises PaperUnknown.

        A failure of the printer is a state of the job (`failed`) and its `trouble`, no exception.
        """
        with self.context.store.writing() as session:
            row = own.job(session, job)
            if row is None:
                raise PaperUnknown(paper=job[:40])
            paper = own.paper(session, row.paper)
            assert paper is not None
            row.state, row.attempts = "sending", row.attempts + 1  # a crash from here on leaves it unsure
            row.printer = self.printer.name
            session.add(row)
            path = self.context.papers_folder / paper.name
        outcome = self.printer.hand(job, path)
        if isinstance(outcome, Handed):
            return self._passed_on(job, "handed", "")
        state = "unknown" if isinstance(outcome, Unknown) else "failed"
        return replace(self._passed_on(job, state, outcome.error.code), trouble=outcome.error)

    def send_all(self) -> tuple[JobLine, ...]:
        """Hand every queued job to the printer."""
        return tuple(self.send(line.id) for line in self.jobs("queued"))

    def settle(self, job: str, came_out: bool) -> JobLine:
        """Write down the officer's word on an unsure job: the paper came out, or it did not."""
        return self._passed_on(job, "confirmed" if came_out else "failed", "")

    def again(self, job: str) -> JobLine:
        """Queue a failed or unsure job once more, on the officer's word, under the same id."""
        return self._put(job, "queued")

    def cancel(self, job: str) -> JobLine:
        """Take a job out of the queue; the paper stays."""
        return self._put(job, "cancelled")

    def verify(self, text: str) -> Verdict:
        """Return what a scanned or typed `text` is worth, offline."""
        with self.context.store.reading() as session:
            keys = [
                KnownKey(
                    bytes.fromhex(row.public_key),
                    row.desk,
                    row.unit,
                    row.agency_code,
                    bool(row.is_practice),
                    row.revoked_at,
                )
                for row in own.known_keys(session)
            ]

            def known(tracking: int) -> KnownDossier | None:
                row = dossiers.by_tracking(session, tracking)
                if row is None:
                    return None
                copies: dict[Any, int] = {}
                for paper in own.papers_of(session, row.id):
                    copies[paper.kind] = max(copies.get(paper.kind, 0), paper.copy_no)
                return KnownDossier(row.code or "", copies, self.context.practice)

            return judge(text, keys, known, self.context.place().tracking_url)

    def _there(self, session: Session, row: DossierRow, kind: str) -> MadePaper | None:
        """Return the first paper of `kind` that is in force, None for none."""
        papers = [one for one in own.papers_of(session, row.id) if one.kind == kind and one.state != "voided"]
        if not papers:
            return None
        first = min(papers, key=lambda paper: paper.copy_no)
        job = own.job_of_paper(session, first.id)
        path = self.context.papers_folder / first.name
        return MadePaper(first.id, path, first.copy_no, job.id if job is not None else "")

    def _note(
        self, row: DossierRow, kind: str, copy: int, name: str, sha256: str, officer: Officer | None
    ) -> MadePaper:
        with self.context.log.act(officer.id if officer is not None else None) as act:
            there = self._there(act.session, row, kind)
            if there is not None and own.newest_copy(act.session, row.id, kind) >= copy:
                return there  # another process made the same in the meantime
            event = act.append(
                "paper.made", {"kind": kind, "copy": copy, "sha256": sha256, "name": name}, dossier=row.id
            )
            job = self.context.chance.new_id()
            act.session.add(
                PrintJobRow(id=job, paper=event.head.id, printer=self.printer.name, state="queued", queued_at=act.now)
            )
        return MadePaper(event.head.id, self.context.papers_folder / name, copy, job)

    def _passed_on(self, job: str, state: str, error: str) -> JobLine:
        kinds = {"handed": "paper.handed", "unknown": "paper.unknown", "failed": "paper.failed"}
        with self.context.log.act(None) as act:
            row = own.job(act.session, job)
            if row is None:
                raise PaperUnknown(paper=job[:40])
            row.state, row.last_error = state, error
            if state == "handed":
                row.handed_at = act.now
            act.session.add(row)
            act.session.flush()
            paper = own.paper(act.session, row.paper)
            assert paper is not None
            body = {"paper": row.paper, "job": job, "printer": row.printer}
            act.append(
                kinds.get(state, f"paper.{state}"), {**body, "error": error} if error else body, None, paper.dossier
            )
        with self.context.store.reading() as session:
            found = own.job(session, job)
            assert found is not None
            return self._job_line(session, found)

    def _put(self, job: str, state: str) -> JobLine:
        with self.context.store.writing() as session:
            row = own.job(session, job)
            if row is None:
                raise PaperUnknown(paper=job[:40])
            row.state = state
            session.add(row)
            session.flush()
            return self._job_line(session, row)

    def _unsure(self) -> None:
        for line in self.jobs("sending"):
            self._passed_on(line.id, "unknown", "")

    def _job_line(self, session: Session, job: PrintJobRow) -> JobLine:
        paper: PaperRow | None = own.paper(session, job.paper)
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
        )


def _refuse_early(row: DossierRow, kind: str) -> None:
    if kind == "slip" and row.accepted_at is None:
        raise NotReturnable(code=row.code or "", status=status_said(row.status))  # type: ignore[arg-type]  # a status
    if kind == "result_receipt" and row.returned_at is None:
        raise NotReturnable(code=row.code or "", status=status_said(row.status))  # type: ignore[arg-type]  # a status
