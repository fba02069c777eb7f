"""`desk attach`: scanned papers into a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.errors.commands import UsageWrong
from desk.rules.dossier import RESULT
from desk.words import N_, _


def add_to(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("attach", cls=DeskCommand, help=COMMANDS["attach"].said)(attach)


def attach(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("The dossier's code."))],
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=N_("PDF, JPEG, PNG or TIFF."))],
    document: Annotated[
        int, typer.Option("--document", metavar="N", min=0, help=N_("Which document of the procedure's list it is."))
    ] = 0,
    result: Annotated[
        bool, typer.Option("--result", help=N_("The result itself, of a dossier that is resolved."))
    ] = False,
) -> Answer:
    """Attach files."""
    desk: AtDesk = ctx.obj
    if result and document:
        raise UsageWrong(cause=_("Give --document or --result."), command="desk attach")
    line = RESULT if result else document
    found = desk.services.attaching.attach(code, [Path(name) for name in files], desk.officer(), line=line)
    value = [{"sha256": one.sha256, "name": one.name, "size": one.size} for one in found]
    return Answer(value, [f"{one.name}  {one.size:,} B  {one.sha256[:12]}" for one in found])
