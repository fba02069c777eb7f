"""`desk due`, `desk worktime`: due moments and working time, by the desk's calendar or a file's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.commands.at_desk import AtDesk, text_of
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import instant_of, iso, moment, trail, trail_lines
from desk.errors.store import FileUnreadable, NoHome
from desk.words import N_, _

if TYPE_CHECKING:  # rules: with the command that counts
    from desk.rules.calendar import Calendar


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("due", cls=DeskCommand, help=COMMANDS["due"].said)(due)
    app.command("worktime", cls=DeskCommand, help=COMMANDS["worktime"].said)(worktime)


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
        found = wiring.calendar_of(desk.around)
    except NoHome:  # who has no desk yet still may reckon
        return False, office_calendar(parse_holidays(wiring.reference_texts()["holidays"]))
    desk.note_zone()
    return found


def worktime(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="ISO", help=N_("The earlier moment."))],
    end: Annotated[str, typer.Option("--to", metavar="ISO", help=N_("The later moment."))],
    calendar: Annotated[
        str, typer.Option("--calendar", metavar="FILE", help=N_("A calendar file; else the desk's own."))
    ] = "",
) -> Answer:
    """Count the working time between two moments."""
    from desk.rules.worktime import working_minutes

    desk: AtDesk = ctx.obj
    _end_of_day, hours = _calendar(desk, calendar)
    minutes = working_minutes(instant_of(start), instant_of(end), hours)
    said = _("{minutes} working minutes ({hours} h {rest:02d} min).")
    return Answer({"minutes": minutes}, [said.format(minutes=minutes, hours=minutes // 60, rest=minutes % 60)])
