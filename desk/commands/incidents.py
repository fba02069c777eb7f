"""`desk incident list|close`: what two desks did to one dossier that does not fit together, and its end."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment, table
from desk.words import N_, _


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    incident = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    incident.command("list", cls=DeskCommand, help=N_("List the open incidents."))(list_open)
    said = N_("Close the incidents of a dossier, once they are settled.")
    incident.command("close", cls=DeskCommand, help=said)(close)
    app.add_typer(incident, name="incident", help=COMMANDS["incident"].said)


def list_open(ctx: typer.Context) -> Answer:
    """List what is open."""
    desk: AtDesk = ctx.obj
    found = desk.services.incidents.open()
    value = [
        {
            "dossier": one.dossier,
            "code": one.code,
            "owner": one.owner,
            "why": one.why,
            "said": _(one.said),
            "at": iso(one.at),
            "desk": one.desk,
            "sides": [
                {"at": iso(side.at), "kind": side.kind, "officer": side.officer, "desk": side.desk, "code": side.code}
                for side in one.sides
            ],
        }
        for one in found
    ]
    heads = [_("Code"), _("Owner"), _("When"), _("What happened")]
    rows = [(one.code, one.owner, moment(one.at), _(one.said)) for one in found]
    return Answer(value, table(heads, rows) if rows else [_("Nothing.")])


def close(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("The dossier's code."))],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=N_("How it was settled, and with whom."))],
) -> Answer:
    """Close those of one dossier."""
    desk: AtDesk = ctx.obj
    closed = desk.services.incidents.close(code, desk.officer(), note)
    return Answer(
        {"code": code, "closed": closed}, [_("Incidents of {code} closed: {count}.").format(count=closed, code=code)]
    )
