"""`desk backup`: a proved backup of the home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.clock import from_ms
from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso
from desk.words import N_, _


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("backup", cls=DeskCommand, help=COMMANDS["backup"].said)(backup)


def backup(
    ctx: typer.Context,
    folder: Annotated[
        str,
        typer.Argument(metavar="DIR", help=N_("Where to put it, best on another drive.")),
    ] = "",
) -> Answer:
    """Make one, prove it, keep the right ones."""
    desk: AtDesk = ctx.obj
    made = desk.services.backups.make(Path(folder).expanduser() if folder else None)
    value = {
        "file": str(made.path),
        "made_at": iso(from_ms(made.said.made_at)),
        "events": made.said.events,
        "dossiers": made.said.dossiers,
        "bytes": made.bytes,
        "attachments": {
            "copied": made.attachments.fresh,
            "there": made.attachments.there,
            "altered": made.attachments.altered,
        },
        "deleted": made.thinned,
        "same_disk": made.same_disk,
    }
    said = _("{file}: {dossiers} dossiers, {events} events, {kb} KB; read back and proved.")
    lines = [said.format(file=made.path, dossiers=made.said.dossiers, events=made.said.events, kb=made.bytes >> 10)]
    if made.attachments.altered:
        lines.append(
            _("{n} attached files are damaged and were not copied; `desk check`.").format(n=made.attachments.altered)
        )
    if made.same_disk:
        lines.append(
            _("It lies on the same disk as the data and does not outlive that disk: name a folder on another drive.")
        )
    lines.append(_("The key of this desk is not in it: keep a copy of the key in another place."))
    return Answer(value, lines)
