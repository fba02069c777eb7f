"""`desk handover`, `desk day-close`, `desk undo`, `desk calendar`: batches, a day's end, the desk's hours."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.cases.kind_names import event_name
from desk.clock import office_day
from desk.commands.at_desk import AtDesk, text_of
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import day_of, instant_of, touched, touched_lines
from desk.errors.base import DeskError
from desk.words import N_, _


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("undo", cls=DeskCommand, help=COMMANDS["undo"].said)(undo)
    app.command("handover", cls=DeskCommand, help=COMMANDS["handover"].said)(handover)
    app.command("day-close", cls=DeskCommand, help=COMMANDS["day-close"].said)(day_close)
    calendar = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    said = N_("Let a calendar file hold; lists the open dossiers that it touches.")
    calendar.command("set", cls=DeskCommand, help=said)(set_calendar)
    app.add_typer(calendar, name="calendar", help=COMMANDS["calendar"].said)


def undo(ctx: typer.Context) -> Answer:
    """Reverse the last act."""
    desk: AtDesk = ctx.obj
    done = desk.services.correcting.undo(desk.officer())
    value = {"undone": list(done.kinds), "code": done.code, "dossier": done.dossier}
    said = ", ".join(event_name(kind) for kind in done.kinds)
    return Answer(value, [_("Reversed at {code}: {kinds}.").format(code=done.code, kinds=said)])


def handover(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="UNIT", help=N_("The unit that takes the dossiers."))],
    codes: Annotated[list[str], typer.Argument(metavar="CODE", help=N_("The dossiers' codes."))],
    receiver: Annotated[str, typer.Option("--receiver", metavar="NAME", help=N_("Who takes them there."))] = "",
    return_by: Annotated[
        str, typer.Option("--return-by", metavar="ISO", help=N_("When the results must be back; else as each is due."))
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=N_("A note for their history."))] = "",
) -> Answer:
    """Hand a batch over in one act."""
    desk: AtDesk = ctx.obj
    by = instant_of(return_by) if return_by else None
    services = desk.services
    done = services.handing_over.give(codes, to, desk.officer(), receiver=receiver, return_by=by, note=note)
    paper: str | None = None
    try:
        paper = str(services.papers.lists.of_event(done.event, done.paper, None).path)
    except DeskError as trouble:
        desk.warn_of_paper(trouble)
    value = {"paper": paper, "dossiers": list(done.codes)}
    said = _("Dossiers handed over: {count} ({codes}).").format(count=len(done.codes), codes=", ".join(done.codes))
    return Answer(value, [said, *([] if paper is None else [_("Paper: {path}").format(path=paper)])])


def day_close(
    ctx: typer.Context,
    day: Annotated[str, typer.Option("--day", metavar="DAY", help=N_("Another day than today."))] = "",
) -> Answer:
    """Make the sheet of a day."""
    desk: AtDesk = ctx.obj
    wanted = day_of(day) if day else None
    officer = desk.officer()
    services = desk.services
    made = services.papers.lists.day_close(wanted or office_day(services.context.clock()), officer)
    return Answer(
        {"paper": str(made.path), "copy": made.copy}, [_("Paper {copy}: {path}").format(copy=made.copy, path=made.path)]
    )


def set_calendar(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("A calendar file (TOML), or - for standard input."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only list the open dossiers that it would touch."))
    ] = False,
) -> Answer:
    """Change the desk's hours."""
    # the case: with SQLModel
    from desk.cases.office_hours import read_calendar_file

    desk: AtDesk = ctx.obj
    mapping = read_calendar_file(text_of(file), Path(file).name[:80])
    hours = desk.services.office_hours
    found = hours.preview(mapping) if dry_run else hours.change(mapping, desk.officer())
    said = _("The calendar holds. Open dossiers due at another moment: {count}; the printed promise stays.")
    if dry_run:
        said = _("Open dossiers that would be due at another moment: {count}.")
    return Answer(touched(found), [said.format(count=len(found)), *touched_lines(found)])
