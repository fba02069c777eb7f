"""`desk fee take|void|range`: money taken for a dossier, receipts voided, the numbers that receipts may have."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from desk.clock import office_day
from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import day_of, one_of, table
from desk.errors.base import DeskError
from desk.words import N_, _

_CODE = N_("The dossier's code.")
_WAYS = ("cash", "transfer", "online")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    fee = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    fee.command("take", cls=DeskCommand, help=N_("Take what is left to pay for a dossier and make its receipt."))(take)
    fee.command("void", cls=DeskCommand, help=N_("Void a receipt; its number stays used."))(void)
    fee.command("range", cls=DeskCommand, help=N_("Keep a range of receipt numbers, or list those kept."))(give_range)
    app.add_typer(fee, name="fee", help=COMMANDS["fee"].said)


def take(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_CODE)],
    amount: Annotated[str, typer.Option("--amount", metavar="DONG", help=N_("A part; else all that is left."))] = "",
    paid_by: Annotated[str, typer.Option("--paid-by", metavar="WAY", help=N_("cash, transfer or online."))] = "cash",
    receipt: Annotated[
        str, typer.Option("--receipt", metavar="NO", help=N_("The receipt's number; else the next of the range."))
    ] = "",
    series: Annotated[str, typer.Option("--series", metavar="TEXT", help=N_("The receipt's series."))] = "",
) -> Answer:
    """Take a fee."""
    # the rules of money: with the home
    from desk.rules.money import dong_of, written

    desk: AtDesk = ctx.obj
    way = one_of(paid_by, _WAYS, "--paid-by", "fee take")
    dong = int(dong_of(amount)) if amount else None
    done = desk.services.fees.take(
        code,
        desk.officer(),
        amount_dong=dong,
        paid_by=way,  # type: ignore[arg-type]  # one of the three
        number=receipt,
        series=series,
    )
    paper: str | None = None
    try:
        made = desk.services.papers.make_owed(done.dossier)
        paper = next((str(one.path) for one in made if one.kind == "fee_receipt"), None)
    except DeskError as trouble:
        desk.warn_of_paper(trouble)
    number = None if done.receipt is None else done.receipt.number
    value = {
        "code": done.code,
        "amount_dong": done.amount_dong,
        "paid_by": way,
        "series": None if done.receipt is None else done.receipt.series or None,
        "receipt": number,
        "paper": paper,
    }
    said = _("{code}: {amount} taken, receipt {number}.")
    lines = [said.format(code=done.code, amount=written(done.amount_dong), number=number or "–")]
    return Answer(value, lines + ([] if paper is None else [_("Paper: {path}").format(path=paper)]))


def void(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_CODE)],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=N_("Why the receipt is void."))],
    receipt: Annotated[
        str, typer.Option("--receipt", metavar="NO", help=N_("Which one; else the last one in force."))
    ] = "",
) -> Answer:
    """Void a receipt."""
    from desk.rules.money import written  # the rules of money: with the home

    desk: AtDesk = ctx.obj
    done = desk.services.fees.void(code, reason, desk.officer(), number=receipt)
    value = {"code": done.code, "amount_dong": done.amount_dong, "receipt": done.receipt or None}
    said = _("{code}: receipt {number} over {amount} is void.")
    return Answer(value, [said.format(code=done.code, number=done.receipt or "–", amount=written(done.amount_dong))])


def give_range(
    ctx: typer.Context,
    series: Annotated[str, typer.Option("--series", metavar="TEXT", help=N_("The receipts' series."))] = "",
    first: Annotated[str, typer.Option("--from", metavar="NO", help=N_("The first number, with its zeros."))] = "",
    last: Annotated[str, typer.Option("--to", metavar="NO", help=N_("The last number."))] = "",
    form: Annotated[str, typer.Option("--form", metavar="TEXT", help=N_("The receipts' form number."))] = "",
    given_by: Annotated[str, typer.Option("--given-by", metavar="NAME", help=N_("The finance officer."))] = "",
    given_on: Annotated[str, typer.Option("--on", metavar="DAY", help=N_("When it was given; else today."))] = "",
) -> Answer:
    """Keep a range of receipt numbers where one is named; list those kept."""
    desk: AtDesk = ctx.obj
    fees = desk.services.fees
    if series or first or last:
        from desk.rules.receipt_numbers import range_of  # the rules: with the home

        day = day_of(given_on) if given_on else office_day(desk.services.context.clock())
        fees.give_range(range_of(form, series, first, last), given_by, day, desk.officer())
    found: list[dict[str, Any]] = [
        {
            "form": one.numbers.form or None,
            "series": one.numbers.series,
            "from": one.numbers.written(one.numbers.first),
            "to": one.numbers.written(one.numbers.last),
            "given_by": one.given_by or None,
            "given_on": one.given_on.isoformat(),
            "used": one.used,
        }
        for one in fees.ranges()
    ]
    heads = [_("Form"), _("Series"), _("First number"), _("Last number"), _("Given by"), _("Given on"), _("Used")]
    rows = [tuple("" if value is None else value for value in one.values()) for one in found]
    return Answer(found, table(heads, rows) if rows else [_("Nothing.")])
