"""`desk report`, `desk register`: what the desk's dossiers add up to, as a table, a workbook or a paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.clock import office_day
from desk.commands.at_desk import AtDesk, keep_bytes
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.looking import status_name
from desk.commands.voice import Answer
from desk.commands.written import day_of, instant_of, iso, moment, one_of, table
from desk.words import N_, _

if TYPE_CHECKING:  # rules: with the command that counts
    from desk.cases.closing import Closed
    from desk.cases.figures import Counted
    from desk.rules.figures.table import By, Report
    from desk.rules.shares import Share
    from storage.tables.projected import DossierRow

GROUPS: tuple[By, ...] = ("field", "procedure", "officer", "unit", "competent_unit")
_COLUMNS = (
    ("received", "(3)"),
    ("online", "(4)"),
    ("counter_post", "(5)"),
    ("carried_over", "(6)"),
    ("resolved", "(7)"),
    ("early", "(8)"),
    ("on_time", "(9)"),
    ("overdue", "(10)"),
    ("in_progress", "(11)"),
    ("in_time", "(12)"),
    ("in_progress_overdue", "(13)"),
)
"""The form's columns with its own numbers."""
_FROM = N_("The first day, such as 2026-11-01.")
_TO = N_("The last day; it belongs to the period.")
_XLSX = N_("Also write it as a workbook.")
_PDF = N_("Also write it as a paper.")
_BOOK = N_("Only one book of certification: copy, signature, transaction.")
_BOOKS = ("copy", "signature", "transaction")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("report", cls=DeskCommand, help=COMMANDS["report"].said)(report)
    app.command("register", cls=DeskCommand, help=COMMANDS["register"].said)(register)


def report(
    ctx: typer.Context,
    from_day: Annotated[str, typer.Option("--from", metavar="DAY", help=_FROM)],
    to_day: Annotated[str, typer.Option("--to", metavar="DAY", help=_TO)],
    unit: Annotated[str, typer.Option("--unit", metavar="CODE", help=N_("Only what this unit received."))] = "",
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="field|procedure|officer|unit|competent_unit", help=N_("What a row of the table is.")
        ),
    ] = "field",
    as_known_at: Annotated[
        str, typer.Option("--as-known-at", metavar="ISO", help=N_("The table as it was known at this moment."))
    ] = "",
    close: Annotated[
        bool, typer.Option("--close", help=N_("Close the period: the table stays, what comes later is listed beside."))
    ] = False,
    xlsx: Annotated[str, typer.Option("--xlsx", metavar="FILE", help=_XLSX)] = "",
    pdf: Annotated[str, typer.Option("--pdf", metavar="FILE", help=_PDF)] = "",
) -> Answer:
    """Count the table of a period."""
    desk: AtDesk = ctx.obj
    one_of(by, GROUPS, "--by", "report")
    group: By = next(known for known in GROUPS if known == by)
    days = day_of(from_day), day_of(to_day)
    known_at = instant_of(as_known_at) if as_known_at else None
    if close and known_at is not None:
        from desk.errors.figures import NotClosedSo

        raise NotClosedSo(option="--as-known-at")
    services = desk.services
    wanted = services.context.reference.unit(unit).id if unit else ""
    if close:
        services.figures.close(*days, desk.officer(), wanted)
    counted = services.figures.counted(*days, group, wanted, known_at)
    found = counted.report
    closed = counted.closed
    holds = closed is None or services.figures.holds(closed)
    if xlsx:
        keep_bytes(xlsx, services.tables.report_workbook(found, closed, wanted, known_at))
    if pdf:
        keep_bytes(pdf, services.tables.report_paper(found, closed, wanted, known_at))
    value = found.as_json()
    if office_day(services.context.clock()) <= found.period.to_day:
        desk.voice.note(
            _("Note: the period is not over; (11) to (13) say how it will stand at its end if nothing more happens.")
        )
    value.update(_beside(counted))
    value["as_known_at"] = iso(known_at)
    value["closed"] = None if closed is None else {**closed.as_json(), "holds": holds}
    return Answer(value, [*_report_lines(found), *_beside_lines(counted), *_closed_lines(closed, holds)])


def _report_lines(found: Report) -> list[str]:
    from desk.rules.figures.columns import Columns

    def cells(name: str, columns: Columns) -> list[object]:
        return [name, *(getattr(columns, column) for column, _number in _COLUMNS)]

    rows = [cells(row.name, row.columns) for row in found.rows] + [cells(_("Total"), found.total.columns)]
    lines = table([_("Row"), *(number for _column, number in _COLUMNS)], rows)
    lines += ["", _("Identities")]
    lines += [
        f"  {'=' if check.holds else '≠'} {check.id}: {check.left} {check.right} ({check.where})"
        for check in found.checks
    ]
    survey = found.survey
    said = _("Survey: {forms} forms with an answer, {declined} declined.")
    lines += ["", said.format(forms=survey.forms, declined=survey.declined)]
    if found.adjustments:
        heads = [_("Code"), _("Row"), _("Column"), _("Closed"), _("Now")]
        rows = [[one.code, one.row, one.column, one.before, one.after] for one in found.adjustments]
        lines += ["", _("Adjustments since the period was closed"), *table(heads, rows)]
    return lines


def _beside(counted: Counted) -> dict[str, Any]:
    return {
        "survey_by_way": [{"key": one.key, **one.as_json()} for one in counted.survey_by_way],
        "survey_by_officer": [
            {"key": one.key, "name": counted.officers.get(one.key, one.key), **one.as_json()}
            for one in counted.survey_by_officer
        ],
        "index_766": {one.indicator: {**one.share.as_json(), "full": one.is_full} for one in counted.index},
    }


_WAYS = {"screen": N_("on the screen"), "phone": N_("by phone"), "paper": N_("on paper")}
_INDICATORS = {
    "on_time": N_("done in time"),
    "online_procedures": N_("procedures offered online"),
    "online_dossiers": N_("dossiers filed online"),
    "online_payment": N_("paid online"),
    "digitised": N_("papers and result on file"),
    "reused": N_("papers taken over from earlier dossiers"),
}


def _beside_lines(counted: Counted) -> list[str]:
    """Return the survey by way and officer, and the index; a group of fewer than five forms shows nothing."""
    names = {key: _(said) for key, said in _WAYS.items()} | dict(counted.officers)
    heads = ["", _("Forms"), _("very satisfied"), _("satisfied"), _("dissatisfied"), _("Declined")]
    rows = [
        [
            names.get(one.key, one.key),
            one.forms,
            *(_share(one.share(level)) for level in one.levels),
            "–" if one.hidden else one.declined,
        ]
        for one in (*counted.survey_by_way, *counted.survey_by_officer)
    ]
    lines = ["", *table(heads, rows)] if rows else []
    lines += ["", _("Index of decision 766")]
    return lines + [f"  {_(_INDICATORS[one.indicator])}: {_share(one.share)}" for one in counted.index]


def _share(share: Share | None) -> str:
    return "–" if share is None else f"{share.shown()} ({share.n}/{share.base})"


def _closed_lines(closed: Closed | None, holds: bool) -> list[str]:
    if closed is None:
        return []
    lines = ["", _("Closed at {at}, {hash}.").format(at=moment(closed.at), hash=closed.hash[:16])]
    return lines if holds else [*lines, _("The log no longer gives the table that was closed: its hash differs.")]


def register(
    ctx: typer.Context,
    from_day: Annotated[str, typer.Option("--from", metavar="DAY", help=_FROM)],
    to_day: Annotated[str, typer.Option("--to", metavar="DAY", help=_TO)],
    xlsx: Annotated[str, typer.Option("--xlsx", metavar="FILE", help=_XLSX)] = "",
    pdf: Annotated[str, typer.Option("--pdf", metavar="FILE", help=_PDF)] = "",
    book: Annotated[str, typer.Option("--book", metavar="BOOK", help=_BOOK)] = "",
) -> Answer:
    """List a period's dossiers in the order of acceptance, or those of one book by its numbers."""
    desk: AtDesk = ctx.obj
    days: tuple[date, date] = day_of(from_day), day_of(to_day)
    if book:
        book = one_of(book, _BOOKS, "--book", "register")
    services = desk.services
    rows = services.figures.register(*days, book)
    if xlsx:
        keep_bytes(xlsx, services.tables.register_workbook(days, book))
    if pdf:
        keep_bytes(pdf, services.papers.lists.register_pdf(days, book=book))
    from desk.rules import books

    alias = services.context.reference.alias
    value = [_registered(number, row) for number, row in enumerate(rows, 1)]
    heads = [
        "#",
        _("Code"),
        _("Owner"),
        _("Procedure"),
        _("Accepted"),
        _("Due"),
        _("Returned"),
        _("Status"),
        _("Book no."),
    ]
    lines = table(
        heads,
        (
            (
                number,
                row.code or "",
                row.owner_name,
                alias(row.procedure, row.catalogue),
                moment(row.accepted_at),
                moment(row.due_at),
                moment(row.returned_at),
                status_name(row.status),
                books.written(row.book, row.book_year, row.book_number),
            )
            for number, row in enumerate(rows, 1)
        ),
    )
    return Answer(value, lines)


def _registered(number: int, row: DossierRow) -> dict[str, Any]:
    """Return one dossier of the register as JSON."""
    from desk.rules import books  # rules: with the command that lists

    return {
        "number": number,
        "code": row.code,
        "owner": row.owner_name,
        "procedure": row.procedure,
        "channel": row.channel,
        "status": row.status,
        "accepted_at": iso(row.accepted_at),
        "promised_at": iso(row.promised_at),
        "due_at": iso(row.due_at),
        "resolved_at": iso(row.resolved_at),
        "returned_at": iso(row.returned_at),
        "fee_dong": row.fee_dong,
        "certification_number": books.written(row.book, row.book_year, row.book_number) or None,
    }
