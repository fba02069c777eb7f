"""`desk due`, `desk report`, `desk register`: what time and the desk's dossiers add up to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.commands.at_desk import AtDesk, text_of
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.looking import status_name
from desk.commands.voice import Answer
from desk.commands.written import day_of, instant_of, iso, moment, one_of, table, trail, trail_lines
from desk.errors.store import FileUnreadable, NoHome
from desk.words import N_, _

if TYPE_CHECKING:  # rules: with the command that counts
    from desk.rules.calendar import Calendar
    from desk.rules.figures.table import By, Report

GROUPS: tuple[By, ...] = ("field", "procedure", "officer", "unit")
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


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("due", cls=DeskCommand, help=COMMANDS["due"].said)(due)
    app.command("report", cls=DeskCommand, help=COMMANDS["report"].said)(report)
    app.command("register", cls=DeskCommand, help=COMMANDS["register"].said)(register)


def due(
    ctx: typer.Context,
    received: Annotated[str, typer.Option("--received", metavar="ISO", help=N_("When the dossier was accepted."))],
    term: Annotated[
        str, typer.Option("--term", metavar="TERM", help=N_('Such as "3 working_day", "0.5 working_day", "4 hour".'))
    ],
    calendar: Annotated[
        str, typer.Option("--calendar", metavar="FILE", help=N_("A calendar file; else the desk's own."))
    ] = "",
    cutoff: Annotated[
        str, typer.Option("--cutoff", metavar="HH:MM", help=N_("After it counts as the next working day."))
    ] = "",
) -> Answer:
    """Reckon one due moment."""
    # the rules of time: only for those who reckon
    from desk.rules.due import due as due_of
    from desk.rules.terms import parse_term

    desk: AtDesk = ctx.obj
    end_of_day, hours = _calendar(desk, calendar)
    found = due_of(instant_of(received), parse_term(term, cutoff), hours, end_of_day=end_of_day)
    lines = [_("Due: {due}.").format(due=moment(found.due_at)), *trail_lines(found.trail)]
    return Answer({"due_at": iso(found.due_at), "trail": trail(found.trail)}, lines)


def _calendar(desk: AtDesk, file: str) -> tuple[bool, Calendar]:
    """Return whether terms end at closing, and the calendar: the file's, the desk's own, or the default one."""
    import tomllib

    from desk import wiring
    from desk.rules.calendar import office_calendar, parse_calendar
    from desk.rules.reference.holidays import parse_holidays

    if file:
        text = text_of(file)
        try:
            return False, parse_calendar(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise FileUnreadable(file=Path(file).name[:80], cause=str(error)[:120]) from error
    try:
        services = desk.services
    except NoHome:  # who has no desk yet still may reckon
        return False, office_calendar(parse_holidays(wiring.reference_texts()["holidays"]))
    return services.context.settings.end_of_day, services.context.reference.calendar()


def report(
    ctx: typer.Context,
    from_day: Annotated[str, typer.Option("--from", metavar="DAY", help=N_("The first day, such as 2026-11-01."))],
    to_day: Annotated[str, typer.Option("--to", metavar="DAY", help=N_("The last day; it belongs to the period."))],
    unit: Annotated[str, typer.Option("--unit", metavar="CODE", help=N_("Only what this unit received."))] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="field|procedure|officer|unit", help=N_("What a row of the table is."))
    ] = "field",
) -> Answer:
    """Count the table of a period."""
    desk: AtDesk = ctx.obj
    one_of(by, GROUPS, "--by", "report")
    group: By = next(known for known in GROUPS if known == by)
    days = day_of(from_day), day_of(to_day)
    services = desk.services
    wanted = services.context.reference.unit(unit).id if unit else ""
    found = services.figures.report(*days, group, wanted)
    return Answer(found.as_json(), _report_lines(found))


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
    return [*lines, "", said.format(forms=survey.forms, declined=survey.declined)]


def register(
    ctx: typer.Context,
    from_day: Annotated[str, typer.Option("--from", metavar="DAY", help=N_("The first day, such as 2026-11-01."))],
    to_day: Annotated[str, typer.Option("--to", metavar="DAY", help=N_("The last day; it belongs to the period."))],
) -> Answer:
    """List a period's dossiers in the order of acceptance."""
    desk: AtDesk = ctx.obj
    days = day_of(from_day), day_of(to_day)
    services = desk.services
    rows = services.figures.register(*days)
    alias = services.context.reference.alias
    value: list[dict[str, Any]] = [
        {
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
        }
        for number, row in enumerate(rows, 1)
    ]
    heads = ["#", _("Code"), _("Owner"), _("Procedure"), _("Accepted"), _("Due"), _("Returned"), _("Status")]
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
            )
            for number, row in enumerate(rows, 1)
        ),
    )
    return Answer(value, lines)
