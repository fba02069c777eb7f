"""Report and register as files: a workbook in the language spoken, the report's paper in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from desk.cases.certifying import in_book
from desk.cases.closing import Closed
from desk.cases.context import Context
from desk.cases.lives import names_of
from desk.clock import office_time
from desk.rules import books
from desk.rules.figures.columns import COLUMNS, FORM_COLUMNS
from desk.rules.figures.lives import EarlyRule
from desk.rules.figures.table import By, Report
from desk.rules.lifecycle import STATUS_NAMES
from desk.rules.money import grouped
from desk.rules.shares import Share
from desk.rules.survey import LEVELS
from desk.words import N_, _, in_language
from storage.queries import desks, dossiers
from storage.tables.projected import DossierRow

if TYPE_CHECKING:  # drawing: loaded with the first paper
    from receipts.report_content import Amended, ReportContent
    from receipts.workbook import Cell, Sheet

COLUMN_NAMES: Final = {
    "received": N_("(3) received, total"),
    "online": N_("(4) in the period, online"),
    "counter_post": N_("(5) in the period, counter and post"),
    "carried_over": N_("(6) carried over"),
    "resolved": N_("(7) resolved, total"),
    "early": N_("(8) early"),
    "on_time": N_("(9) on time"),
    "overdue": N_("(10) overdue"),
    "in_progress": N_("(11) in progress, total"),
    "in_time": N_("(12) in progress, in time"),
    "in_progress_overdue": N_("(13) in progress, overdue"),
    "counter": N_("at the counter"),
    "post": N_("by public post"),
    "online_full": N_("fully online"),
    "online_partial": N_("partly online"),
    "online_other": N_("online, procedure not listed so"),
    "no_boundary": N_("for another commune"),
    "overdue_apologised": N_("overdue, with an apology"),
    "overdue_not_apologised": N_("overdue, without an apology"),
    "waiting_in_time": N_("filed online, waiting for acceptance, in time"),
    "waiting_late": N_("filed online, waiting for acceptance, late"),
    "refused": N_("refused"),
    "stopped": N_("stopped"),
    "withdrawn": N_("withdrawn by the citizen"),
    "paid_online": N_("paid online"),
    "paid_direct": N_("paid directly"),
    "receipted": N_("with fee receipt"),
}
_ROWS: Final[dict[By, str]] = {
    "field": N_("Field"),
    "procedure": N_("Procedure"),
    "officer": N_("Officer"),
    "unit": N_("Receiving unit"),
    "competent_unit": N_("Competent unit"),
}
_EARLY: Final[dict[EarlyRule, str]] = {
    "earlier_day": N_("the result was there on an earlier day than the due day"),
    "earlier_moment": N_("the result was there before the due moment"),
}
_LEVELS: Final = {
    "very_satisfied": N_("very satisfied"),
    "satisfied": N_("satisfied"),
    "dissatisfied": N_("dissatisfied"),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """Writes tables as files."""

    context: Context

    def report_workbook(self, report: Report, closed: Closed | None, unit: str, known_at: datetime | None) -> bytes:
        """Return a report as a workbook: table, checks, survey, adjustments; unit: whose dossiers alone, "" for all.

        closed: its closing, None for an open period. known_at: as of when, None for now.
        """
        from receipts.workbook import Sheet, workbook

        above = (
            _("Periodic report {first} to {last}").format(
                first=f"{report.period.from_day:%d/%m/%Y}", last=f"{report.period.to_day:%d/%m/%Y}"
            ),
            _("Unit: {unit}").format(unit=self.context.reference.unit_name(unit) if unit else _("all")),
            _("Counted with what was known at {at}.").format(at=_moment(self._counted_at(closed, known_at))),
            *([] if closed is None else [_("Closed, hash {hash}").format(hash=closed.hash)]),
            _("Early: {early}.").format(early=_(_EARLY[report.early])),
        )
        shares = (_("on time, %"), _("online, %"))
        heads = (_(_ROWS[report.by]), _("Key"), *(_(COLUMN_NAMES[name]) for name in COLUMNS), *shares)
        rows: list[list[Cell]] = []
        for row in (*report.rows, report.total):
            name = _("Total") if row is report.total else row.name
            percents = (row.on_time_share.percent, row.online_share.percent)
            rows.append([name, row.key, *(int(getattr(row.columns, one)) for one in COLUMNS), *percents])
        return workbook([Sheet("II.06a", heads, rows, above), *self._beside(report)])

    def _beside(self, report: Report) -> list[Sheet]:
        from receipts.workbook import Sheet

        checks: list[list[Cell]] = [
            [one.id, one.where, one.left, one.right, _("yes") if one.holds else _("NO")] for one in report.checks
        ]
        survey = report.survey
        answers: list[list[Cell]] = [[_("Forms"), survey.forms, None, None]]
        for level in LEVELS:
            share = survey.share(level)
            name = _(_LEVELS[level])
            # fewer than five forms show nothing
            answers.append([name, None, None, None] if share is None else [name, share.n, share.base, share.percent])
        changed: list[list[Cell]] = [
            [one.code, one.row, _(COLUMN_NAMES[one.column]), one.before, one.after] for one in report.adjustments
        ]
        return [
            Sheet(_("Checks"), (_("Identity"), _("Row"), _("Left"), _("Right"), _("Holds")), checks),
            Sheet(_("Survey"), (_("Answer"), _("Number"), _("Base"), "%"), answers),
            Sheet(_("Adjustments"), (_("Code"), _("Row"), _("Column"), _("Closed"), _("Now")), changed),
        ]

    def report_paper(self, report: Report, closed: Closed | None, unit: str, known_at: datetime | None) -> bytes:
        """Return a report as PDF, as `report_workbook` is given it; nothing is written down."""
        # drawing: loaded with the first paper
        from receipts import periodic_report

        return periodic_report.render(self._report_content(report, closed, unit, known_at))

    def _report_content(
        self, report: Report, closed: Closed | None, unit: str, known_at: datetime | None
    ) -> ReportContent:
        from desk.cases.paper_content import CopyMark, desk_fields, mark_fields
        from receipts.report_content import ReportContent, ReportRow

        context, place = self.context, self.context.place()
        with context.store.reading() as session:
            officers = desks.officer_names(session)
        keys = [row.key for row in report.rows]
        names = names_of(context, report.by, keys, officers, vietnamese=True)
        total = report.total
        counted_at = self._counted_at(closed, known_at)
        return ReportContent(
            **desk_fields(context, place, context.reference.now(), unit or place.unit),
            **mark_fields(CopyMark()),
            made_at=context.clock(),
            code="",
            from_on=report.period.from_day,
            to_on=report.period.to_day,
            row_title=_vi(_ROWS[report.by]),
            rows=tuple(
                ReportRow(names.get(row.key, row.key), _counts(row.columns, FORM_COLUMNS)) for row in report.rows
            ),
            total=_counts(total.columns, FORM_COLUMNS),
            split=tuple(
                (_vi(COLUMN_NAMES[name]), int(getattr(total.columns, name)))
                for name in COLUMNS
                if name not in FORM_COLUMNS
            ),
            shares=(
                ("Tỷ lệ giải quyết trước hạn và đúng hạn, (8) và (9) trên (7)", _share(total.on_time_share)),
                ("Tỷ lệ hồ sơ trực tuyến, (4) trên (4) và (5)", _share(total.online_share)),
            ),
            failing=tuple(f"{one.where} {one.id}: {one.left} ≠ {one.right}" for one in report.checks if not one.holds),
            checked=len(report.checks),
            survey=_survey(report),
            early=_vi(_EARLY[report.early]),
            counted_at=counted_at,
            closed="" if closed is None else f"{_moment(closed.at)}, mã kiểm tra {closed.hash[:16]}",
            adjustments=tuple(self._amended(report, names)),
            officer=officers.get(closed.officer, "") if closed is not None else "",
        )

    def _amended(self, report: Report, names: dict[str, str]) -> Iterable[Amended]:
        from receipts.report_content import Amended

        for one in report.adjustments:
            column = _vi(COLUMN_NAMES[one.column])
            yield Amended(one.code, names.get(one.row, one.row), column, one.before, one.after)

    def _counted_at(self, closed: Closed | None, known_at: datetime | None) -> datetime:
        if known_at is not None:
            return known_at
        return self.context.clock() if closed is None else closed.at

    def register_workbook(self, days: tuple[date, date], book: str = "") -> bytes:
        """Return the register of the dossiers accepted from the first to the last of `days` as a workbook.

        book: only what one book of certification holds, in the order of its numbers.
        """
        from desk.rules.figures.lives import Period
        from receipts.workbook import Sheet, workbook

        period = Period(*days)
        with self.context.store.reading() as session:
            unit = self.context.log.identity.unit
            found = dossiers.accepted_between(session, unit, period.starts_at, period.ends_at)
            rows = [self._registered(number, row) for number, row in enumerate(in_book(found, book), 1)]
        heads = (
            "#",
            _("Code"),
            _("Procedure"),
            _("Code of the procedure"),
            _("Owner"),
            _("Address"),
            _("Phone"),
            _("Sets"),
            _("Accepted"),
            _("Promised"),
            _("Due"),
            _("Resolved"),
            _("Returned"),
            _("Status"),
            _("Competent unit"),
            _("Fee, đồng"),
            _("Certification number"),
            _("Note"),
        )
        first, last = (f"{day:%d/%m/%Y}" for day in days)
        above = [_("Register of dossiers {first} to {last}").format(first=first, last=last)]
        if book:
            above.append(_("Book {sign}").format(sign=books.sign_of(book)))
        return workbook([Sheet(_("Register"), heads, rows, tuple(above))])

    def _registered(self, number: int, row: DossierRow) -> list[Cell]:
        catalogue = self.context.reference.of_version(row.catalogue)
        procedure, owner = catalogue.procedures.get(row.procedure), (row.people or {}).get("owner") or {}
        competent = catalogue.units.get(row.competent_unit)
        return [
            number,
            row.code or "",
            procedure.name_vi if procedure is not None else row.procedure,
            row.procedure,
            row.owner_name,
            str(owner.get("address", "")),
            str(owner.get("phone", "")),
            row.set_count,
            row.accepted_at,
            row.promised_at,
            row.due_at,
            row.resolved_at,
            row.returned_at,
            _(next((name for status, name in STATUS_NAMES.items() if status == row.status), row.status)),
            (competent.center_vi or competent.name_vi) if competent is not None else row.competent_unit,
            row.fee_dong,
            books.written(row.book, row.book_year, row.book_number),
            row.note,
        ]


def _counts(columns: object, names: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(getattr(columns, name)) for name in names)


def _share(share: Share) -> str:
    return f"{share.shown()} ({grouped(share.n)}/{grouped(share.base)})"


def _survey(report: Report) -> str:
    survey = report.survey
    said = f"{grouped(survey.forms)} phiếu"
    shares = [(level, survey.share(level)) for level in LEVELS]
    parts = [f"{_vi(_LEVELS[level])} {_share(share)}" for level, share in shares if share is not None]
    return f"{said}: {'; '.join(parts)}" if parts else said


def _vi(message: str) -> str:
    return in_language("vi", message)


def _moment(instant: datetime) -> str:
    return f"{office_time(instant):%H:%M %d/%m/%Y}"
