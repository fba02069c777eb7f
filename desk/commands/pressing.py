"""`desk due-list`, `desk delay`, `desk outage`, `desk apology`: what is late, why, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import instant_of, iso, moment, table
from desk.errors.base import DeskError
from desk.errors.commands import UsageWrong
from desk.words import N_, _

if TYPE_CHECKING:  # SQLModel: with the home
    from desk.cases.pressing import Pressing
    from desk.rules.delays import Outage

_CODE = N_("The dossier's code.")
_CAUSE = N_("Such as system_fault, network_outage, unit_renamed, other_body, citizen, staff, other.")
_BODY = N_("The unit with which the cause lies.")
_EVIDENCE = N_("What happened, and what proves it.")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("due-list", cls=DeskCommand, help=COMMANDS["due-list"].said)(due_list)
    app.command("delay", cls=DeskCommand, help=COMMANDS["delay"].said)(delay)
    app.command("outage", cls=DeskCommand, help=COMMANDS["outage"].said)(outage)
    app.command("apology", cls=DeskCommand, help=COMMANDS["apology"].said)(apology)


def due_list(
    ctx: typer.Context,
    days: Annotated[
        int, typer.Option("--days", metavar="N", min=0, max=366, help=N_("Due within so many working days."))
    ] = 1,
) -> Answer:
    """List what presses."""
    desk: AtDesk = ctx.obj
    found = desk.services.due_list.all(days)
    return Answer([_pressing(one) for one in found], _list_lines(found))


def _pressing(one: Pressing) -> dict[str, Any]:
    line = one.line
    return {
        "code": line.code,
        "owner": line.owner,
        "procedure": line.procedure,
        "status": line.status,
        "accepted_at": iso(line.accepted_at),
        "due_at": iso(line.due_at),
        "list": one.place,
        "holder": one.holder,
        "holder_name": one.holder_name,
        "held_since_at": iso(line.held_since_at),
        "causes": list(one.causes),
        "apologised_at": iso(one.apologised_at),
        "without_cause": one.lacks_cause,
        "apology_not_sent": one.lacks_apology,
    }


_PLACES = {"late": N_("Late"), "due": N_("Due"), "waiting": N_("Waiting for the citizen")}


def _list_lines(found: Iterable[Pressing]) -> list[str]:
    listed = list(found)
    lines: list[str] = []
    heads = [_("Code"), _("Owner"), _("Procedure"), _("Due"), _("Causes"), _("Apology")]
    for place, members in groupby(listed, key=lambda one: one.place):
        of_place = list(members)
        lines += ["", _("{list}: {count}").format(list=_(_PLACES[place]), count=len(of_place))]
        for holder, held in groupby(of_place, key=lambda one: one.holder_name):
            rows = [
                (
                    one.line.code,
                    one.line.owner,
                    one.line.alias,
                    moment(one.line.due_at),
                    ", ".join(_causes_said(one.causes)) or ("?" if one.lacks_cause else ""),
                    moment(one.apologised_at) if one.apologised_at is not None else "",
                )
                for one in held
            ]
            lines += [f"  {holder} ({len(rows)})", *(f"    {line}" for line in table(heads, rows))]
    without = sum(one.lacks_cause for one in listed)
    unsaid = sum(one.lacks_apology for one in listed)
    counts = _("Late without a cause: {without}. Apology not sent: {unsaid}.")
    return [*(lines[1:] or [_("Nothing.")]), "", counts.format(without=without, unsaid=unsaid)]


def _causes_said(causes: Iterable[str]) -> list[str]:
    from desk.rules.delays import CAUSES

    names = {cause.id: cause.name for cause in CAUSES}
    return [_(names[cause]) if cause in names else cause for cause in causes]


def delay(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_CODE)],
    cause: Annotated[str, typer.Option("--cause", metavar="ID", help=_CAUSE)],
    body: Annotated[str, typer.Option("--body", metavar="UNIT", help=_BODY)] = "",
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help=_EVIDENCE)] = "",
) -> Answer:
    """Record one cause."""
    desk: AtDesk = ctx.obj
    found = desk.services.delays.record(code, cause, desk.officer(), body=body, evidence=evidence)
    said = _("{code}: the cause is recorded: {cause}.")
    return Answer({"dossiers": [found]}, [said.format(code=found, cause=_causes_said([cause])[0])])


def outage(
    ctx: typer.Context,
    start: Annotated[
        str, typer.Option("--from", metavar="ISO", help=N_("When it began; else as the link's own log has it."))
    ] = "",
    end: Annotated[str, typer.Option("--to", metavar="ISO", help=N_("When it was over."))] = "",
    cause: Annotated[str, typer.Option("--cause", metavar="ID", help=_CAUSE)] = "network_outage",
    body: Annotated[str, typer.Option("--body", metavar="UNIT", help=N_("Whose system or line it was."))] = "",
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help=_EVIDENCE)] = "",
    measures: Annotated[str, typer.Option("--measures", metavar="TEXT", help=N_("What the desk did meanwhile."))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only list the dossiers that it held up."))] = False,
) -> Answer:
    """Record one fault for every dossier it held up."""
    # the rules of delays: with the home
    from desk.rules.delays import Outage

    desk: AtDesk = ctx.obj
    if bool(start) != bool(end):
        raise UsageWrong(cause=_("--from and --to belong together."), command="desk outage")
    delays = desk.services.delays
    span = (instant_of(start), instant_of(end)) if start else _of_the_link(desk)
    fault = Outage(cause, *span)
    if dry_run:
        held = delays.held_up(fault)
        return Answer(_outage(fault, held, None), _outage_lines(fault, held, None))
    done = delays.outage(fault, desk.officer(), body=body, evidence=evidence, measures=measures)
    paper = _list_paper(desk, done.event, "outage")
    return Answer(_outage(done.outage, done.dossiers, paper), _outage_lines(done.outage, done.dossiers, paper))


def _of_the_link(desk: AtDesk) -> tuple[datetime, datetime]:
    """Return the link's last break, up to now where it lasts; raises NoLinkOutage."""
    from desk.errors.delays import NoLinkOutage

    found = desk.services.delays.link_outages()
    if not found:
        raise NoLinkOutage()
    start, end = found[0]
    return start, end or desk.services.context.clock()


def _outage(fault: Outage, held: Iterable[Any], paper: str | None) -> dict[str, Any]:
    held = list(held)
    return {
        "dossiers": [one.code for one in held],
        "minutes": {one.code: one.minutes for one in held},
        "from": iso(fault.start_at),
        "to": iso(fault.end_at),
        "cause": fault.cause,
        "paper": paper,
    }


def _outage_lines(fault: Outage, held: Iterable[Any], paper: str | None) -> list[str]:
    rows = [(one.code, one.minutes) for one in held]
    said = _("{cause}, {start} to {end}. Dossiers held up: {count}.")
    start, end = moment(fault.start_at), moment(fault.end_at)
    lines = [said.format(cause=_causes_said([fault.cause])[0], start=start, end=end, count=len(rows))]
    lines += table([_("Code"), _("Working minutes lost")], rows) if rows else []
    return lines + ([] if paper is None else [_("Paper: {path}").format(path=paper)])


def apology(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_CODE)],
    due: Annotated[str, typer.Option("--due", metavar="ISO", help=N_("The new date, within the working hours."))],
    cause: Annotated[str, typer.Option("--cause", metavar="ID", help=_CAUSE)],
    body: Annotated[str, typer.Option("--body", metavar="UNIT", help=_BODY)] = "",
    evidence: Annotated[str, typer.Option("--evidence", metavar="TEXT", help=_EVIDENCE)] = "",
) -> Answer:
    """Extend one dossier with an apology."""
    desk: AtDesk = ctx.obj
    wanted = instant_of(due)
    done = desk.services.delays.apologise(code, wanted, cause, desk.officer(), body=body, evidence=evidence)
    paper: str | None = None
    try:
        made = desk.services.papers.make_owed(done.dossier)
        paper = next((str(one.path) for one in made if one.kind == "apology"), None)
    except DeskError as trouble:
        desk.warn_of_paper(trouble)
    value = {"code": done.code, "due_at": iso(done.due_at), "paper": paper}
    lines = [_("{code}: due {due}, with an apology.").format(code=done.code, due=moment(done.due_at))]
    return Answer(value, lines + ([] if paper is None else [_("Paper: {path}").format(path=paper)]))


def _list_paper(desk: AtDesk, event: str, kind: str) -> str | None:
    """Return the path of the paper of an act on many dossiers; None, and a warning, where it cannot be made."""
    try:
        return str(desk.services.papers.lists.of_event(event, kind, None).path)
    except DeskError as trouble:
        desk.warn_of_paper(trouble)
        return None
