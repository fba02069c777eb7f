"""Papers: made from the log, on disk before their event, handed to a printer after it, never silently lost.

Order: the act is saved; its paper is drawn and synced to disk; `paper.made` is committed with its print job;
then a printer gets it. A crash between any two steps is healed at the next start: a paper that is owed and was
not made is made, a job that was on its way is asked about and never printed again by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from desk import diagnostics
from desk.cases.context import Context, Officer
from desk.cases.lines import found_row
from desk.cases.owed_papers import Owed, move_mark, owed_papers
from desk.cases.paper_kinds import KINDS
from desk.cases.print_queue import JobLine, PrintQueue
from desk.cases.proving import Proving
from desk.cases.reading import paper_line
from desk.cases.views import PaperLine
from desk.errors.base import PrintTrouble, StoreTrouble
from desk.errors.printing import NoViewer, PaperFileMissing
from desk.rules.proof import short_digits
from desk.rules.verdict import Verdict
from receipts.keeping import keep_file
from receipts.printing import Failed, Printer, Viewer, suffix_of
from storage.projections.dossiers import events_of
from storage.queries import desks, own
from storage.store import Session
from storage.tables.own import PrintJobRow
from storage.tables.projected import PaperRow

if TYPE_CHECKING:  # drawing: loaded with the first paper
    from desk.cases.paper_content import CopyMark
    from desk.cases.paper_lists import PaperLists
    from receipts.screen_code import Cell
    from receipts.thermal.address import ReceiptPrinter

__all__ = ["KINDS", "JobLine", "MadePaper", "Owed", "Papers"]

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.\-]")


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper that exists on disk and in the log."""

    id: str
    path: Path
    copy: int
    job: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper that was drawn: what its event will say."""

    kind: str
    mark: CopyMark
    content: bytes
    beginning: str
    """What its file's name begins with."""
    dossier: str | None
    about: Mapping[str, Any]
    """What else the event says: the event it belongs to, or what a list is about."""
    is_reprint: bool = False
    printer: Printer | None = None
    """Whose queue it goes to; None is the desk's first."""


class Shelf(Protocol):
    """The papers of one act that are there already, looked up in the transaction that adds one."""

    def there(self, session: Session) -> MadePaper | None:
        """Return the first one in force, None for none."""
        ...

    def newest(self, session: Session) -> int:
        """Return the number of the newest copy with which a new one must not collide, 0 for none."""
        ...


@dataclass(frozen=True, slots=True)
class _DossierShelf:
    """The papers of a kind of one dossier that tell of one act."""

    papers: Papers
    dossier: str
    kind: str
    about: str

    def rows(self, session: Session) -> list[PaperRow]:
        papers = [one for one in desks.papers_of(session, self.dossier) if one.kind == self.kind]
        return [one for one in papers if (one.event or "") == self.about]

    def there(self, session: Session) -> MadePaper | None:
        return self.papers.found(session, self.rows(session))

    def newest(self, session: Session) -> int:
        return desks.newest_copy(session, self.dossier, self.kind)


@dataclass(slots=True)
class Papers:
    """Makes, prints and proves papers."""

    context: Context
    printer: Printer
    receipt_printer: ReceiptPrinter | None = None
    """Where slips go in short form, where the desk has such a printer; it has a queue of its own."""
    viewer: Printer = field(default_factory=Viewer)
    """What opens a paper's file."""

    def reconnect(self, printer: Printer, receipt_printer: ReceiptPrinter | None) -> None:
        """Let the next paper go to other printers; a job that waits keeps its own where it is still there."""
        self.printer, self.receipt_printer = printer, receipt_printer

    @property
    def queue(self) -> PrintQueue:
        """The print queue."""
        return PrintQueue(self.context, (self.printer, *([self.receipt_printer] if self.receipt_printer else [])))

    @property
    def lists(self) -> PaperLists:
        """The papers about many dossiers or about none."""
        from desk.cases.paper_lists import PaperLists  # drawing: loaded with the first list

        return PaperLists(self)

    def make(
        self,
        code: str,
        kind: str,
        officer: Officer | None,
        *,
        reprint: bool = False,
        event: str = "",
        full: bool = False,
    ) -> MadePaper:
        """Make a paper of a dossier and return it; without `reprint`, the first one in force if there is one.

        event: the act it tells of, "" for the last one of its kind. full: a slip in its full form also where
        the desk prints slips on a receipt printer. A paper that was marked void (a correction)
        is replaced by the next copy. Raises DossierUnknown, PaperKindUnknown, NotReturnable or PaperNotDue where
        the dossier is not that far, PrintTrouble where the paper cannot be drawn or written: the act is saved
        all the same.
        """
        # drawing: the rooms of all forms, loaded with the first paper and not with the desk
        from desk.cases.paper_drawing import drawn_paper, in_force, papers_day, subject_of

        short = self.receipt_printer if kind == "slip" and not full else None
        with self.context.store.reading() as session:
            row = found_row(session, code)
            events = events_of(session, row.id)
            subject = subject_of(row, kind, events, event)
            about = subject.event.head.id if subject.event is not None else ""
            shelf = _DossierShelf(self, row.id, kind, about)
            papers = shelf.rows(session)
            if not reprint and (there := self.found(session, papers)) is not None:
                return there
            mark = self.mark(papers, shelf.newest(session), officer)
            names = self.names(session)
        if officer is not None:
            names.setdefault(subject.officer, officer.name)
        content = drawn_paper(
            self.context,
            row,
            kind,
            mark,
            subject,
            in_force(row, events),
            names,
            short_mm=short.width_mm if short is not None else None,
        )
        new = NewPaper(
            kind,
            mark,
            content,
            f"{papers_day(subject)}_{_UNSAFE.sub('_', row.code or row.id)}",
            row.id,
            {"event": about} if about else {},
            reprint,
            short or self.printer,
        )
        made = self.keep(new, officer, shelf)
        return made or self.make(code, kind, officer, reprint=reprint, event=event, full=full)

    def slip_text(self, code: str, width: int = 40) -> str:
        """Return the slip of a dossier as plain text of `width` columns: for a screen where no printer works.

        It says what the newest copy says. Raises DossierUnknown, NotReturnable before acceptance.
        """
        from desk.cases.paper_content import CopyMark, drawing_of, slip_content
        from desk.cases.paper_drawing import subject_of
        from receipts.as_text import slip_text

        with self.context.store.reading() as session:
            row = found_row(session, code)
            subject = subject_of(row, "slip", ())
            copy = max(desks.newest_copy(session, row.id, "slip"), 1)
            officer = self.names(session).get(subject.officer, "")
        drawing = drawing_of(self.context, row, "slip", CopyMark(copy), subject.made_at, officer)
        return slip_text(slip_content(drawing), width)

    def on_screen(self, code: str, *, half_blocks: bool = True) -> list[list[Cell]]:
        """Return the short form of a dossier as cells of a screen that a phone reads, [] where it has none.

        half_blocks: False for a terminal whose letters have none. Raises DossierUnknown.
        """
        from receipts.screen_code import screen_cells

        with self.context.store.reading() as session:
            row = found_row(session, code)
        if not row.tracking:
            return []
        return screen_cells(self.context.place().tracking_url, short_digits(int(row.tracking)), console=not half_blocks)

    def view(self, path: Path) -> None:
        """Open the file of a paper with the system's own program; nothing is written down.

        Raises PaperFileMissing, NoViewer without a desktop or a program for it.
        """
        outcome = self.viewer.hand("", path)
        if isinstance(outcome, Failed):
            raise outcome.error if isinstance(outcome.error, PaperFileMissing) else NoViewer(where=str(path))

    def owed(self) -> tuple[Owed, ...]:
        """Return what this desk's acts still owe: slips and papers of moves, never made or void and not replaced."""
        with self.context.store.reading() as session:
            return owed_papers(session, self.context.settings.desk)

    def make_owed(self, dossier: str, officer: Officer | None = None) -> tuple[MadePaper, ...]:
        """Make every paper that the acts of one dossier (its id) owe, and return them; raises PrintTrouble."""
        mine = [one for one in self.owed() if one.dossier == dossier]
        return tuple(self._made_of(one, officer) for one in mine)

    def missing(self) -> tuple[str, ...]:
        """Return the ids of dossiers whose slip is due and was not made."""
        return tuple(one.dossier for one in self.owed() if one.kind == "slip")

    def catch_up(self) -> tuple[MadePaper, ...]:
        """Make every paper that is owed and ask about jobs that were on their way; done at each start.

        One that cannot be made keeps the others from nothing; it stays owed and the diagnostic file names it.
        """
        try:
            self.queue.wake()
        except PrintTrouble as trouble:
            diagnostics.note("print queue", trouble=trouble.code)
        made: list[MadePaper] = []
        for one in self.owed():
            try:
                made.append(self._made_of(one, None))
            except PrintTrouble as trouble:
                diagnostics.note("paper owed", kind=one.kind, dossier=one.dossier, trouble=trouble.code)
        with suppress(StoreTrouble), self.context.store.writing() as session:
            move_mark(session, self.context.settings.desk)
        return tuple(made)

    def newest(self, limit: int = 100) -> tuple[PaperLine, ...]:
        """Return the newest papers."""
        with self.context.store.reading() as session:
            found = desks.newest_papers(session, self.context.settings.desk, limit)
            return tuple(paper_line(self.context, session, paper, row) for paper, row in found)

    def jobs(self, *states: str) -> tuple[JobLine, ...]:
        """Return the print jobs in `states` (all without any), the oldest first."""
        return self.queue.lines(*states)

    def send(self, job: str) -> JobLine:
        """Hand a job to its printer, on an officer's word, and return how it went.

        A failure of the printer is a state of the job (`failed`, `unknown`) and its `trouble`, no exception.
        Raises PaperUnknown, PaperUnsure for a job that must be settled first, PaperCameOut.
        """
        return self.queue.send(job)

    def send_all(self) -> tuple[JobLine, ...]:
        """Hand every queued job to its printer; those that waited too long become `expired` and ask first."""
        return self.queue.send_all()

    def settle(self, job: str, came_out: bool) -> JobLine:
        """Write down the officer's word on a job: its paper came out, or it did not."""
        return self.queue.settle(job, came_out)

    def again(self, job: str) -> JobLine:
        """Queue a job that did not come out once more, on the officer's word, under the same id."""
        return self.queue.again(job)

    def cancel(self, job: str) -> JobLine:
        """Take a job out of the queue; the paper stays."""
        return self.queue.cancel(job)

    def verify(self, text: str) -> Verdict:
        """Return what a scanned or typed `text` is worth, offline."""
        return Proving(self.context).text(text)

    def verify_file(self, path: Path) -> Verdict:
        """Return what the paper in a PDF or picture is worth, offline; raises PrintTrouble where nothing reads it."""
        return Proving(self.context).file(path)

    def names(self, session: Session) -> dict[str, str]:
        """Return the names of the officers of this desk by their ids, those no longer there too."""
        return desks.officer_names(session)

    def keep(self, new: NewPaper, officer: Officer | None, shelf: Shelf) -> MadePaper | None:
        """Write a drawn paper to disk, then its event and its print job; returns it.

        Another program may have made the same paper meanwhile: then that one is returned. None where it took
        the copy's number: the paper must be drawn anew with the next.
        """
        sha256 = hashlib.sha256(new.content).hexdigest()
        copy = new.mark.copy
        printer = new.printer or self.printer
        name = f"{new.beginning}_{new.kind}_{copy}_{sha256[:8]}{suffix_of(printer)}"
        keep_file(self.context.papers_folder, name, new.content)
        body = {"kind": new.kind, "copy": copy, "sha256": sha256, "name": name, **new.about}
        with self.context.log.act(officer.id if officer is not None else None) as act:
            if not new.is_reprint and (found := shelf.there(act.session)) is not None:
                return found
            if shelf.newest(act.session) >= copy:
                return None
            event = act.append("paper.made", body, dossier=new.dossier)
            job = self.context.chance.new_id()
            act.session.add(
                PrintJobRow(id=job, paper=event.head.id, printer=printer.name, state="queued", queued_at=act.now)
            )
        return MadePaper(event.head.id, self.context.papers_folder / name, copy, job, new.kind)

    def found(self, session: Session, papers: list[PaperRow]) -> MadePaper | None:
        """Return the first of `papers` that is in force, None for none."""
        good = [one for one in papers if one.state != "voided"]
        if not good:
            return None
        first = min(good, key=lambda paper: paper.copy_no)
        job = own.job_of_paper(session, first.id)
        path = self.context.papers_folder / first.name
        return MadePaper(first.id, path, first.copy_no, job.id if job is not None else "", first.kind)

    def mark(self, papers: list[PaperRow], newest: int, officer: Officer | None) -> CopyMark:
        """Return what the next copy says of itself; papers: those of the same act, newest: the last copy's number."""
        from desk.cases.paper_content import CopyMark

        if not papers:
            return CopyMark(newest + 1)
        void = [paper.copy_no for paper in papers if paper.state == "voided"]
        replaces = max(void) if void and len(void) == len(papers) else 0
        by = officer.name if officer is not None else ""
        return CopyMark(newest + 1, len(papers), self.context.clock(), by, replaces)

    def _made_of(self, one: Owed, officer: Officer | None) -> MadePaper:
        if one.dossier:
            return self.make(one.dossier, one.kind, officer, event=one.event)
        return self.lists.of_event(one.event, one.kind, officer)
