"""`desk move`, `desk link`, `desk return`, `desk survey`: what happens to a dossier after its acceptance."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.commands.at_desk import AtDesk, text_of
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.looking import status_name
from desk.commands.voice import Answer
from desk.commands.written import instant_of, iso, moment
from desk.errors.base import DeskError
from desk.errors.commands import UsageWrong
from desk.words import N_, _

_CODE = N_("The dossier's code.")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("move", cls=DeskCommand, help=COMMANDS["move"].said)(move)
    app.command("link", cls=DeskCommand, help=COMMANDS["link"].said)(link)
    app.command("return", cls=DeskCommand, help=COMMANDS["return"].said)(give)
    app.command("survey", cls=DeskCommand, help=COMMANDS["survey"].said)(survey)


def move(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_CODE)],
    status: Annotated[
        str, typer.Argument(metavar="STATUS", help=N_("Such as processing, supplement_requested, resolved."))
    ],
    to: Annotated[str, typer.Option("--to", metavar="UNIT", help=N_("The unit that takes the dossier."))] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=N_("Why; some moves need it."))] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=N_("A note for its history."))] = "",
    at: Annotated[str, typer.Option("--at", metavar="ISO", help=N_("When it happened, if that was earlier."))] = "",
) -> Answer:
    """Move one dossier."""
    # the rules of the lifecycle: with the home
    from desk.rules.clock_stops import SECOND_SUPPLEMENT
    from desk.rules.lifecycle import parse_status

    desk: AtDesk = ctx.obj
    wanted = parse_status(status)
    happened = instant_of(at) if at else None
    officer = desk.officer()
    if wanted == "supplement_requested" and desk.services.moves.warns_of_second_supplement(code):
        desk.voice.note(_(SECOND_SUPPLEMENT))
    done = desk.services.moves.move(code, wanted, officer, unit=to, reason=reason, note=note, at=happened)
    paper = _owed_paper(desk, done.dossier, done.paper)
    value = {"code": done.code, "status": done.status, "due_at": iso(done.due_at), "paper": paper}
    said = _("{code}: {status}, due {due}.")
    return Answer(
        value, [said.format(code=done.code, status=status_name(done.status), due=moment(done.due_at)), *_named(paper)]
    )


def link(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_CODE)],
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help=N_("The other system's name."))],
    other: Annotated[str, typer.Argument(metavar="OTHERCODE", help=N_("The code it gave."))],
) -> Answer:
    """Record another code."""
    desk: AtDesk = ctx.obj
    found, others = desk.services.moves.link(code, system, other, desk.officer())
    value = {"code": found, "other_codes": [{"system": name, "code": there} for name, there in others]}
    return Answer(value, [found, *(f"  {name}: {there}" for name, there in others)])


def give(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_CODE)],
    receiver: Annotated[
        str, typer.Option("--receiver", metavar="FILE", help=N_("A JSON person, where another than the owner came."))
    ] = "",
    lost_slip: Annotated[
        bool, typer.Option("--lost-slip", help=N_("The receiver signed a statement in place of the slip."))
    ] = False,
    by: Annotated[str, typer.Option("--by", metavar="counter|post", help=N_("How it is handed over."))] = "counter",
    consignment: Annotated[str, typer.Option("--consignment", metavar="NO", help=N_("The post's number."))] = "",
) -> Answer:
    """Hand the result over."""
    from desk.cases.form_input import person_of, read_json
    from desk.commands.written import one_of

    desk: AtDesk = ctx.obj
    one_of(by, ("counter", "post"), "--by", "return")
    if (by == "post") != bool(consignment.strip()):
        raise UsageWrong(cause=_("--by post and --consignment belong together."), command="desk return")
    taker = person_of(read_json(text_of(receiver)), "receiver") if receiver else None
    officer = desk.officer()
    done = desk.services.returning.give(code, officer, receiver=taker, lost_slip=lost_slip, consignment=consignment)
    receipt = _paper(desk, done.dossier, "result_receipt")
    value = {"code": done.code, "returned_at": iso(done.returned_at), "receipt": receipt}
    said = _("The result of {code} was handed over to {receiver}.")
    return Answer(value, [said.format(code=done.code, receiver=done.receiver), *_named(receipt)])


def survey(
    ctx: typer.Context,
    level: Annotated[
        str,
        typer.Option(
            "--level",
            metavar="very_satisfied|satisfied|dissatisfied|declined",
            help=N_("What the citizen answered."),
        ),
    ],
    code: Annotated[str, typer.Argument(metavar="CODE", help=_CODE)] = "",
    walk_in: Annotated[bool, typer.Option("--walk-in", help=N_("Somebody without a dossier."))] = False,
    reason: Annotated[str, typer.Option("--reason", metavar="ID", help=N_("What was not good."))] = "",
    comment: Annotated[str, typer.Option("--comment", metavar="TEXT", help=N_("In the citizen's words."))] = "",
) -> Answer:
    """Record one form; it was written on paper, since nobody answers on this screen."""
    desk: AtDesk = ctx.obj
    if bool(code) == walk_in:
        raise UsageWrong(cause=_("name a dossier's code, or --walk-in."), command="desk survey")
    done = desk.services.survey.capture(
        code or None, level, desk.officer(), how="paper", reason=reason, comment=comment
    )
    return Answer({"form": done.form, "level": done.level}, [_("The form is recorded.")])


def _paper(desk: AtDesk, dossier: str, kind: str) -> str | None:
    """Return the path of a paper of an act that is saved; None, and a warning, where it cannot be made."""
    try:
        return str(desk.services.papers.make(dossier, kind, None).path)
    except DeskError as trouble:
        desk.warn_of_paper(trouble)
        return None


def _owed_paper(desk: AtDesk, dossier: str, kind: str) -> str | None:
    """Return the path of the paper that a move owes, None where it owes none or it cannot be made now."""
    if not kind:
        return None
    try:
        made = desk.services.papers.make_owed(dossier)
    except DeskError as trouble:
        desk.warn_of_paper(trouble)
        return None
    return next((str(one.path) for one in made if one.kind == kind), None)


def _named(paper: str | None) -> list[str]:
    return [] if paper is None else [_("Paper: {path}").format(path=paper)]
