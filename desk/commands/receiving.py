"""`desk intake`, `desk inbox`, `desk correct`: what comes in, from a file or standard input."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.commands.at_desk import AtDesk, text_of
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment, table, trail, trail_lines
from desk.errors.base import DeskError
from desk.words import N_, _, told

if TYPE_CHECKING:  # SQLModel: with the home
    from desk.cases.inbox import Waiting
    from desk.cases.intake import Accepted
    from desk.cases.views import DossierView, Warned

_FILE = N_("A JSON file, or - for standard input.")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("intake", cls=DeskCommand, help=COMMANDS["intake"].said)(intake)
    inbox = typer.Typer(cls=DeskGroup, invoke_without_command=True, rich_markup_mode=None)
    inbox.callback(help=COMMANDS["inbox"].said)(waiting)
    inbox.command("import", cls=DeskCommand, help=N_("Take in dossiers filed online: JSON lines or CSV."))(take)
    app.add_typer(inbox, name="inbox")
    app.command("correct", cls=DeskCommand, help=COMMANDS["correct"].said)(correct)


def intake(ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE|-", help=_FILE)]) -> Answer:
    """Accept one dossier."""
    # the cases: with SQLModel, only for those commands that open a home
    from desk.cases.form_input import read_json

    desk: AtDesk = ctx.obj
    value = read_json(text_of(file))
    services = desk.services
    form = services.inbox.form_with(value)
    officer = desk.officer()
    saved = services.intake.accept(form, officer)
    slip, troubles = _slip(desk, saved)
    warnings = [*_warnings(saved.warnings), *troubles]
    answer = {
        "code": saved.code,
        "dossier": saved.dossier,
        "status": saved.status,
        "accepted_at": iso(saved.accepted_at),
        "due_at": iso(saved.due.due_at),
        "fee_dong": saved.fee_dong,
        "certification_number": saved.book_number or None,
        "slip": slip,
        "trail": trail(saved.due.trail),
        "warnings": warnings,
    }
    lines = [
        *_told(saved.code, moment(saved.due.due_at), saved.fee_dong, slip, saved.book_number),
        *trail_lines(saved.due.trail),
        *(f"! {warning['said']}" for warning in warnings),
    ]
    return Answer(answer, lines)


def correct(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("The dossier's code."))],
    file: Annotated[str, typer.Argument(metavar="FILE|-", help=_FILE)],
) -> Answer:
    """Correct one dossier: only the fields that the file names change."""
    from desk.cases.form_input import read_json

    desk: AtDesk = ctx.obj
    changes = read_json(text_of(file))
    services = desk.services
    officer = desk.officer()
    done = services.correcting.correct(code, changes, officer)
    view = services.lookup.show(done.dossier)
    slip, warnings = None, []
    if done.slip_due:
        try:
            slip = str(services.papers.make(done.dossier, "slip", officer).path)
        except DeskError as trouble:
            warnings.append(_no_slip(desk.warn_of_paper(trouble)))
    return Answer(
        _corrected(view, slip, [*_warnings(done.warnings), *warnings], trail(done.trail)), _corrected_lines(view, slip)
    )


def waiting(ctx: typer.Context) -> Answer | None:
    """List what waits; with a subcommand, leave it the word."""
    if ctx.invoked_subcommand is not None:
        return None
    desk: AtDesk = ctx.obj
    return _waiting(desk.services.inbox.waiting())


def take(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("JSON lines or CSV, or - for standard input."))],
) -> Answer:
    """Take in dossiers filed online; those that are there already are passed over."""
    desk: AtDesk = ctx.obj
    text = text_of(file)
    return _waiting(desk.services.inbox.take(text, desk.officer()))


def _waiting(found: Iterable[Waiting]) -> Answer:
    value = [
        {
            "code": one.code,
            "filed_at": iso(one.filed_at),
            "owner": one.owner,
            "procedure": one.procedure,
            "hours_left": one.hours_left,
        }
        for one in found
    ]
    heads = [_("Code"), _("Filed"), _("Owner"), _("Procedure"), _("Hours left")]
    return Answer(
        value, table(heads, [(one.code, moment(one.filed_at), one.owner, one.alias, one.hours_left) for one in found])
    )


def _slip(desk: AtDesk, saved: Accepted) -> tuple[str | None, list[dict[str, Any]]]:
    """Return the path of the slip, None where none is due; what went wrong with it is a warning: all is saved."""
    if not saved.slip_due:
        return None, []
    try:
        return str(desk.services.papers.make(saved.dossier, "slip", None).path), []
    except DeskError as trouble:
        return None, [_no_slip(desk.warn_of_paper(trouble))]


def _no_slip(trouble: DeskError) -> dict[str, Any]:
    return {"id": trouble.code, "field": "slip", "said": told(trouble).message}


def _warnings(warnings: Iterable[Warned]) -> list[dict[str, Any]]:
    return [{"id": one.id, "field": one.field, "said": one.said} for one in warnings]


def _told(code: str, due: str, fee_dong: int | None, slip: str | None, book_number: str) -> list[str]:
    from desk.rules.codes import check_digits
    from desk.rules.money import written

    lines = [
        _("Accepted: {code}, check digits {check}.").format(code=code, check=check_digits(code)),
        _("Due: {due}.").format(due=due),
    ]
    if book_number:
        lines.append(_("Certification number: {number}").format(number=book_number))
    if fee_dong is not None:
        lines.append(_("Fee: {fee}.").format(fee=written(fee_dong)))
    if slip is not None:
        lines.append(_("Slip: {path}").format(path=slip))
    return lines


def _corrected(
    view: DossierView, slip: str | None, warnings: list[dict[str, Any]], days: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "code": view.line.code,
        "dossier": view.line.id,
        "status": view.line.status,
        "accepted_at": iso(view.line.accepted_at),
        "due_at": iso(view.line.due_at),
        "fee_dong": view.fee_dong,
        "certification_number": view.book_number or None,
        "slip": slip,
        "trail": days,
        "warnings": warnings,
    }


def _corrected_lines(view: DossierView, slip: str | None) -> list[str]:
    lines = [_("Corrected: {code}.").format(code=view.line.code)]
    if slip is not None:
        lines.append(_("New slip: {path}; take the old one back, it no longer holds.").format(path=slip))
    return lines
