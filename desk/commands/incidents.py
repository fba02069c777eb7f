"""`desk incident list|show|close`: what two desks did to one dossier that does not fit together, and its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment, table
from desk.words import N_, _

if TYPE_CHECKING:  # SQLModel: with the home
    from desk.cases.incidents import Incident


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    incident = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    incident.command("list", cls=DeskCommand, help=N_("List the open incidents."))(list_open)
    incident.command("show", cls=DeskCommand, help=N_("Show both acts of a dossier's incidents side by side."))(show)
    said = N_("Close the incidents of a dossier, once they are settled.")
    incident.command("close", cls=DeskCommand, help=said)(close)
    app.add_typer(incident, name="incident", help=COMMANDS["incident"].said)


def list_open(ctx: typer.Context) -> Answer:
    """List what is open."""
    desk: AtDesk = ctx.obj
    found = desk.services.incidents.open()
    heads = [_("No."), _("Code"), _("Owner"), _("When"), _("What happened")]
    rows = [(place, one.code, one.owner, moment(one.at), _(one.said)) for place, one in enumerate(found, start=1)]
    return Answer([_whole(one) for one in found], table(heads, rows) if rows else [_("Nothing.")])


def show(
    ctx: typer.Context,
    named: Annotated[str, typer.Argument(metavar="CODE", help=N_("The dossier's code, or its number in the list."))],
) -> Answer:
    """Show both acts of each incident of a dossier, side by side."""
    desk: AtDesk = ctx.obj
    found = desk.services.incidents.of(named)
    lines: list[str] = []
    for one in found:
        lines += ["", f"{one.code}  {one.owner}".rstrip(), _(one.said)]
        lines += _beside(one, desk.services.context.reference.short_name)
    twice = {one.dossier for one in found if one.why == "code_twice"}  # such a code names two dossiers
    names = dict.fromkeys(one.dossier if one.dossier in twice else one.code or one.dossier for one in found)
    commands = (f"desk incident close {name} --note TEXT" for name in names)
    lines += ["", *(_("Once it is settled: {command}").format(command=command) for command in commands)]
    return Answer([_whole(one) for one in found], lines[1:])


def _whole(one: Incident) -> dict[str, Any]:
    """Return an incident as JSON, with its acts."""
    return {
        "dossier": one.dossier,
        "code": one.code,
        "owner": one.owner,
        "why": one.why,
        "said": _(one.said),
        "at": iso(one.at),
        "desk": one.desk,
        "sides": [
            {
                "at": iso(side.at),
                "kind": side.kind,
                "officer": side.officer,
                "desk": side.desk,
                "unit": side.unit,
                "slot": side.slot,
                "code": side.code,
                "facts": {fact.name: fact.value for fact in side.facts},
            }
            for side in one.sides
        ],
    }


def _beside(one: Incident, unit_name: Callable[[str], str]) -> list[str]:
    """Return the acts in columns: the one that stood first, then the one that does not fit."""
    from desk.cases.kind_names import event_name

    sides = one.sides
    said = dict.fromkeys((fact.name, fact.said) for side in sides for fact in side.facts)
    rows = [
        (_("What"), *(event_name(side.kind) for side in sides)),
        (_("When"), *(moment(side.at) for side in sides)),
        (_("Officer"), *(side.officer for side in sides)),
        (_("Machine no."), *("" if side.slot is None else str(side.slot) for side in sides)),
        (_("Unit"), *(unit_name(side.unit) for side in sides)),
        (_("Code"), *(side.code for side in sides)),
        *(
            (_(label), *(next((fact.value for fact in side.facts if fact.name == name), "") for side in sides))
            for name, label in said
        ),
    ]
    heads = ["", _("First act"), _("Against it")] if len(sides) > 1 else ["", *("" for _side in sides)]
    return table(heads, rows) if sides else []


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
