"""`desk setup` makes a home; `desk import` brings reference data in."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from desk import wiring
from desk.commands.at_desk import AtDesk, text_of
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import one_of, touched, touched_lines
from desk.errors.commands import PinsDiffer
from desk.words import N_, _

KINDS = ("catalogue", "documents", "units", "holidays", "survey")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("setup", cls=DeskCommand, help=COMMANDS["setup"].said)(setup)
    app.command("import", cls=DeskCommand, help=COMMANDS["import"].said)(bring_in)


def setup(
    ctx: typer.Context,
    unit: Annotated[str, typer.Option("--unit", metavar="CODE", help=N_("The unit whose desk this is."))],
    agency_code: Annotated[
        str, typer.Option("--agency-code", metavar="CODE", help=N_("The agency code before every dossier code."))
    ],
    slot: Annotated[
        int, typer.Option("--slot", metavar="N", help=N_("Which machine of the unit this is, 0 for the first."))
    ],
    language: Annotated[
        str, typer.Option("--language", metavar="vi|en", help=N_("The language of the screens."))
    ] = "vi",
    officer: Annotated[str, typer.Option("--officer", metavar="NAME", help=N_("The first officer."))] = "Cán bộ 1",
    allow_test_clock: Annotated[
        bool, typer.Option("--allow-test-clock", help=N_("Let DESK_CLOCK stand in for the clock: a home for tests."))
    ] = False,
) -> Answer:
    """Make a home."""
    desk: AtDesk = ctx.obj
    one_of(language, ("vi", "en"), "--language", "setup")
    pin = desk.pin(_("Six-digit PIN of {officer}: ").format(officer=officer))
    if not desk.environment.get("DESK_PIN") and pin != desk.pin(_("The same once more: ")):
        raise PinsDiffer()
    new = wiring.NewHome(unit, agency_code, slot, officer, pin, language, allow_test_clock)
    made = wiring.make_home(desk.around, new)
    desk.note_zone()
    value = {"desk": made.desk, "unit": unit, "agency_code": agency_code, "slot": slot}
    lines = [
        _("The desk {desk} of unit {unit} is set up.").format(desk=made.desk, unit=unit),
        _("Its data lie in {folder}.").format(folder=desk.around.home),
        _("Its key lies in {folder}; keep a copy of it in a safe place.").format(folder=desk.around.keys),
    ]
    return Answer(value, lines)


def bring_in(
    ctx: typer.Context,
    kind: Annotated[
        str, typer.Argument(metavar="catalogue|documents|units|holidays|survey", help=N_("What the file holds."))
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("A CSV file, or - for standard input."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only say what would change, and which open dossiers it touches."))
    ] = False,
) -> Answer:
    """Import reference data."""
    desk: AtDesk = ctx.obj
    one_of(kind, KINDS, "KIND", "import")
    text = text_of(file)
    importing = desk.services.importing
    done = importing.preview(kind, text) if dry_run else importing.bring_in(kind, text, desk.officer())
    said = _("{added} added, {changed} changed, {unchanged} as they were.")
    value: dict[str, Any] = dict(done.counts)
    lines = [said.format(**done.counts)]
    if kind == "holidays":
        value["dossiers"] = touched(done.touched)
        lines += touched_lines(done.touched)
    return Answer(value, lines)
