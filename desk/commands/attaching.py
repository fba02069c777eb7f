"""`desk attach`: scanned papers into a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.words import N_


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
) -> Answer:
    """Attach files."""
    desk: AtDesk = ctx.obj
    found = desk.services.attaching.attach(code, [Path(name) for name in files], desk.officer(), line=document)
    value = [{"sha256": one.sha256, "name": one.name, "size": one.size} for one in found]
    return Answer(value, [f"{one.name}  {one.size:,} B  {one.sha256[:12]}" for one in found])
