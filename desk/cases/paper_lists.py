"""Papers about many dossiers or about none: made, kept and counted like every other paper."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desk.cases import list_papers as lists
from desk.cases.certifying import in_book
from desk.cases.context import Officer
from desk.cases.lines import day_bounds, found_row
from desk.cases.paper_content import CopyMark
from desk.cases.paper_drawing import in_force
from desk.cases.paper_kinds import EVENT_OF, LIST_KINDS, said
from desk.cases.papers import MadePaper, NewPaper, Papers
from desk.clock import office_day
from desk.errors.acts import NotReturnable, PaperUnknown
from desk.errors.papers import NoDossierChosen, PaperKindUnknown, PaperNotDue, SubmittersDiffer
from desk.rules.figures.lives import Period
from desk.rules.lifecycle import STATUSES, status_said
from desk.rules.scans import badge_digits
from receipts import badge, day_close, handover, head_check, joint_slip, outage_record, register
from receipts.printing import Printer
from storage.projections.dossiers import events_of
from storage.projections.fold import moment
from storage.queries import desks, dossiers
from storage.queries import events as log
from storage.queries.fees import gone_fees
from storage.store import Session
from storage.tables.projected import DossierRow, PaperRow
from storage.wire import Event

_ALIVE = frozenset(status for status in STATUSES if status not in ("filed", "refused", "stopped", "returned"))


@dataclass(frozen=True, slots=True)
class PaperLists:
    """Makes them."""

    papers: Papers

    def joint_slip(self, codes: Sequence[str], officer: Officer, *, reprint: bool = False) -> MadePaper:
        """Make one slip for several dossiers of one submitter, beside their own slips.

        Each line carries its dossier's own proof, as the newest copy of its slip names it. Raises
        NoDossierChosen, DossierUnknown, NotReturnable before acceptance, SubmittersDiffer, PrintTrouble.
        """
        context = self.papers.context
        with context.store.reading() as session:
            rows = [found_row(session, code) for code in dict.fromkeys(codes)]
            _check_together(rows)
            copies = [(row, max(desks.newest_copy(session, row.id, "slip"), 1)) for row in rows]
        whose = hashlib.sha256("\n".join(sorted(row.id for row in rows)).encode()).hexdigest()[:12]
        made_at = max(row.accepted_at for row in rows if row.accepted_at is not None)

        def drawn(mark: CopyMark) -> bytes:
            return joint_slip.render(lists.joint_slip_content(context, copies, officer.name, mark, made_at))

        about = {"dossiers": [row.id for row in rows]}
        return self._made(
            "joint_slip", f"{office_day(made_at).isoformat()}_{whose}", drawn, about, officer, reprint=reprint
        )

    def of_one_hand(self, code: str) -> tuple[str, ...]:
        """Return the codes of a dossier and of all that its submitter handed in on the same office day, in order.

        Those that have reached their end count no more. Raises DossierUnknown, NotReturnable before acceptance.
        """
        with self.papers.context.store.reading() as session:
            row = found_row(session, code)
            _check_together([row])
            assert row.accepted_at is not None
            rows = dossiers.accepted_between(
                session, self.papers.context.log.identity.unit, *day_bounds(row.accepted_at)
            )
            mine = [
                one for one in rows if one.id == row.id or (one.status in _ALIVE and lists.same_submitter((row, one)))
            ]
        return tuple(one.code or "" for one in mine)

    def reprint(self, paper: str, officer: Officer) -> MadePaper:
        """Make one more copy of a list by the id of a paper of it, counted and marked as such.

        It is drawn from the log as it stands now: a register holds what was corrected since. Raises PaperUnknown,
        PaperKindUnknown for a paper of one dossier, and what making it raised.
        """
        with self.papers.context.store.reading() as session:
            made = log.event(session, paper)
        if made is None or made.head.kind != "paper.made":
            raise PaperUnknown(paper=paper[:40])
        kind, about = str(made.body["kind"]), made.body
        match kind:
            case "joint_slip":
                return self.joint_slip(about["dossiers"], officer, reprint=True)
            case "register":
                days = date.fromisoformat(about["from"]), date.fromisoformat(about["to"])
                return self.register(days, officer, str(about.get("unit", "")))
            case "day_close":
                return self.day_close(date.fromisoformat(about["day"]), officer)
            case "badge":
                return self.badge(str(about["officer"]), officer)
            case "head_check":
                return self.head_check(officer, receipt="_receipt_head_check_" in str(about["name"]))
        return self.of_event(str(about.get("event", "")), kind, officer, reprint=True)

    def register(self, days: tuple[date, date], officer: Officer, unit: str = "") -> MadePaper:
        """Make the register of the dossiers accepted from the first to the last of `days`, both within.

        unit: only those received by this unit. Each call is a copy of its own day. Raises PrintTrouble.
        """
        beginning = f"{days[0].isoformat()}_{days[1].isoformat()}_{unit or 'all'}"
        about = {"from": days[0].isoformat(), "to": days[1].isoformat(), "unit": unit}
        return self._made(
            "register",
            beginning,
            lambda mark: self.register_pdf(days, unit, mark),
            about,
            officer,
            reprint=True,
        )

    def register_pdf(
        self, days: tuple[date, date], unit: str = "", mark: CopyMark | None = None, book: str = ""
    ) -> bytes:
        """Return the register as PDF, for a file that somebody asked for; nothing is written down.

        book: only what one book of certification holds, in the order of its numbers.
        """
        context = self.papers.context
        period = Period(*days)
        with context.store.reading() as session:
            unit_here = unit or context.log.identity.unit
            accepted = dossiers.accepted_between(session, unit_here, period.starts_at, period.ends_at)
            found = [(row, in_force(row, events_of(session, row.id))) for row in in_book(accepted, book)]
            names = self.papers.names(session)
        return register.render(
            lists.register_content(context, found, names, days, unit, mark or CopyMark(), context.clock())
        )

    def of_event(self, event: str, kind: str, officer: Officer | None, *, reprint: bool = False) -> MadePaper:
        """Make the paper of an act on many dossiers: `handover`, `results` or `outage`, by the event's id.

        Raises PaperKindUnknown, PaperNotDue where there is no such event, PrintTrouble.
        """
        if kind not in LIST_KINDS or kind not in EVENT_OF:
            raise PaperKindUnknown(kind=kind[:20], known=", ".join(LIST_KINDS))
        with self.papers.context.store.reading() as session:
            found = log.event(session, event)
            if found is None or found.head.kind != EVENT_OF[kind]:
                raise PaperNotDue(code=event[:40], kind=said(kind))
            rows = _rows_of(session, found)
            by = self.papers.names(session).get(found.head.actor or "", "")
        beginning = f"{office_day(moment(found)).isoformat()}_{event[-12:]}"
        return self._made(
            kind,
            beginning,
            lambda mark: self._of_event(kind, rows, found, by, mark),
            {"event": event},
            officer,
            reprint=reprint,
        )

    def outage_of(self, code: str, officer: Officer | None, *, reprint: bool = False) -> MadePaper:
        """Make the record of the last outage that held a dossier up; raises DossierUnknown, PaperNotDue."""
        with self.papers.context.store.reading() as session:
            row = found_row(session, code)
            events = [str(delay["outage"]) for delay in row.delays or () if delay.get("outage")]
        if not events:
            raise PaperNotDue(code=row.code or "", kind=said("outage"))
        return self.of_event(events[-1], "outage", officer, reprint=reprint)

    def day_close(self, day: date, officer: Officer) -> MadePaper:
        """Make the sheet of an office day: its dossiers, and its receipts officer by officer.

        A second one of the same day is a copy of its own and says so. Raises PrintTrouble.
        """
        context = self.papers.context
        now = context.clock()
        start, end = day_bounds(now, (day - office_day(now)).days)
        with context.store.reading() as session:
            counts = (
                dossiers.count_accepted(session, context.log.identity.unit, start, end),
                dossiers.count_returned(session, start, end),
                dossiers.count_status(session, "resolved"),
            )
            fees = log.of_kinds(session, context.settings.desk, ("fee.taken",))
            voided = gone_fees(session, context.settings.desk)
            names = self.papers.names(session)

        def drawn(mark: CopyMark) -> bytes:
            return day_close.render(
                lists.day_close_content(context, day, counts, fees, voided, names, officer.name, mark, now)
            )

        return self._made("day_close", f"{day.isoformat()}_day", drawn, {"day": day.isoformat()}, officer, reprint=True)

    def badge(self, whose: str, officer: Officer) -> MadePaper:
        """Make the badge of the officer `whose` as it is now; raises PaperNotDue where he has none, PrintTrouble."""
        context = self.papers.context
        now = context.clock()
        with context.store.reading() as session:
            row = desks.officer(session, whose)
        if row is None or not row.badge:
            raise PaperNotDue(code="", kind=said("badge"))
        name, digits = row.name, badge_digits(int(row.badge))

        def drawn(mark: CopyMark) -> bytes:
            return badge.render(lists.badge_content(context, name, digits, mark, now))

        beginning = f"{office_day(now).isoformat()}_{digits[-8:]}"
        return self._made("badge", beginning, drawn, {"officer": whose}, officer, reprint=True)

    def head_check(self, officer: Officer, *, receipt: bool = False) -> MadePaper:
        """Make the test page of the desk's printer, or of its receipt printer; raises PaperNotDue without one."""
        context, printer = self.papers.context, self.papers.receipt_printer if receipt else self.papers.printer
        if printer is None:
            raise PaperNotDue(code="", kind=said("head_check"))
        now = context.clock()
        content = lists.head_check_content(context, printer.name, now)
        width_mm = self.papers.receipt_printer.width_mm if receipt and self.papers.receipt_printer else None

        def drawn(mark: CopyMark) -> bytes:
            return head_check.render(content) if width_mm is None else head_check.render_short(content, width_mm)

        beginning = f"{office_day(now).isoformat()}_{'receipt' if receipt else 'main'}"
        return self._made("head_check", beginning, drawn, {}, officer, reprint=True, printer=printer)

    def _of_event(self, kind: str, rows: Sequence[DossierRow], event: Event, by: str, mark: CopyMark) -> bytes:
        context = self.papers.context
        if kind == "handover":
            return handover.render(lists.handover_content(context, rows, event, by, mark))
        if kind == "results":
            return handover.render_results(lists.results_content(context, rows, event, by, mark))
        by_id = {row.id: row for row in rows}
        return outage_record.render(lists.outage_content(context, by_id, event, by, mark))

    def _made(
        self,
        kind: str,
        beginning: str,
        drawn: Callable[[CopyMark], bytes],
        about: Mapping[str, object],
        officer: Officer | None,
        *,
        reprint: bool,
        printer: Printer | None = None,
    ) -> MadePaper:
        """Draw and keep the next copy; without `reprint`, return the one in force where there is one."""
        shelf = _NamedShelf(self.papers, kind, f"{beginning}_{kind}_")
        with self.papers.context.store.reading() as session:
            if not reprint and (there := shelf.there(session)) is not None:
                return there
            mark = self.papers.mark(shelf.rows(session), shelf.newest(session), officer)
        new = NewPaper(kind, mark, drawn(mark), beginning, None, about, reprint, printer)
        made = self.papers.keep(new, officer, shelf)
        return made or self._made(kind, beginning, drawn, about, officer, reprint=reprint, printer=printer)


@dataclass(frozen=True, slots=True)
class _NamedShelf:
    """The papers of a kind about no single dossier whose file names begin alike."""

    papers: Papers
    kind: str
    beginning: str

    def rows(self, session: Session) -> list[PaperRow]:
        return desks.papers_named(session, self.kind, self.beginning)

    def there(self, session: Session) -> MadePaper | None:
        return self.papers.found(session, self.rows(session))

    def newest(self, session: Session) -> int:
        return max((paper.copy_no for paper in self.rows(session)), default=0)


def _check_together(rows: Sequence[DossierRow]) -> None:
    if not rows:
        raise NoDossierChosen()
    for row in rows:
        if row.accepted_at is None:
            raise NotReturnable(code=row.code or "", status=status_said(row.status))  # type: ignore[arg-type]  # a status
    if not lists.same_submitter(rows):
        raise SubmittersDiffer()


def _rows_of(session: Session, event: Event) -> list[DossierRow]:
    named: Iterable[object] = event.body.get("dossiers") or ()
    ids = [str(one["id"]) if isinstance(one, dict) else str(one) for one in named]
    return dossiers.by_ids(session, ids)
