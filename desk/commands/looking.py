"""`desk find`, `desk show`, `desk register`: reading what the desk holds, without a PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment, person, table
from desk.words import N_, _

if TYPE_CHECKING:  # SQLModel: with the home
    from desk.cases.views import DossierLine, DossierView


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("find", cls=DeskCommand, help=COMMANDS["find"].said)(find)
    app.command("show", cls=DeskCommand, help=COMMANDS["show"].said)(show)
    app.command("look-up", cls=DeskCommand, help=COMMANDS["look-up"].said)(look_up)


def find(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help=N_("What somebody remembers of it."))],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=10_000, help=N_("At most so many."))] = 50,
) -> Answer:
    """Find dossiers."""
    desk: AtDesk = ctx.obj
    found = desk.services.lookup.find(" ".join(words), limit)
    return Answer([_found(line) for line in found], found_lines(found))


def show(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("Its code here or in another system."))],
) -> Answer:
    """Show one dossier."""
    desk: AtDesk = ctx.obj
    view = desk.services.lookup.show(code)
    return Answer(whole(view), shown_lines(view))


def look_up(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("The code of a dossier that another unit received."))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=N_("Why; it is kept and shown to them."))],
) -> Answer:
    """Look one dossier of another unit up at the center."""
    desk: AtDesk = ctx.obj
    officer = desk.officer()
    elsewhere = desk.services.elsewhere
    found = [line for line in elsewhere.find(code) if line.code == code or line.id == code] or elsewhere.find(code)
    if len(found) != 1:
        view = desk.services.lookup.show(code)  # it is this unit's, or nobody spoke of it: that says which
    else:
        elsewhere.look_up(found[0], reason, officer)
        view = desk.services.lookup.show(found[0].id)
    return Answer(whole(view), shown_lines(view))


def _found(line: DossierLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "owner": line.owner,
        "procedure": line.procedure,
        "status": line.status,
        "due_at": iso(line.due_at),
        "timeliness": line.timeliness,
        "unit": line.unit,
        "presence": line.presence,
    }


def found_lines(found: tuple[DossierLine, ...]) -> list[str]:
    """Return dossiers as lines for people."""
    heads = [_("Code"), _("Owner"), _("Number"), _("Procedure"), _("Status"), _("Due"), _("Timeliness")]
    rows = [
        (
            line.code,
            line.owner,
            line.masked_id,
            line.alias,
            status_name(line.status),
            moment(line.due_at),
            timeliness_name(line.timeliness),
        )
        for line in found
    ]
    return table(heads, rows)


def status_name(status: str) -> str:
    """Return the name of a status in the language spoken."""
    from desk.rules.lifecycle import STATUS_NAMES

    return _(next((name for known, name in STATUS_NAMES.items() if known == status), status))


_TIMELINESS = {
    "": "",
    "in_time": N_("in time"),
    "due_soon": N_("due soon"),
    "overdue": N_("overdue"),
    "early": N_("early"),
    "on_time": N_("on time"),
}


def timeliness_name(word: str) -> str:
    """Return how a dossier stands to its due moment, in the language spoken."""
    return _(_TIMELINESS.get(word, word))


def whole(view: DossierView) -> dict[str, Any]:
    """Return one dossier as JSON."""
    line = view.line
    return {
        "dossier": line.id,
        **_found(line),
        "check_digits": view.check_digits,
        "provisional": view.is_provisional,
        "short_form": view.short_form,
        "other_codes": [{"system": other.system, "code": other.code} for other in view.other_codes],
        "procedure_name": view.procedure_name,
        "case": view.procedure_case or None,
        "field": view.field,
        "channel": view.channel,
        "filed_at": iso(line.filed_at),
        "accepted_at": iso(line.accepted_at),
        "promised_at": iso(view.promised_at),
        "resolved_at": iso(line.resolved_at),
        "returned_at": iso(view.returned_at),
        "waiting_since_at": iso(view.waiting_since_at),
        **_held(view),
        "supplement_requests": view.supplement_count,
        "causes": list(view.causes),
        "incidents": [_(said) for said in view.incidents],
        "apologised_at": iso(view.apologised_at),
        "owner": person(view.owner),
        "submitter": person(view.submitter),
        "representative": person(view.representative),
        "proxy": person(view.proxy),
        "receiver": person(view.receiver),
        **_entered(view),
        **_paid(view),
        **_followed(view),
    }


def _held(view: DossierView) -> dict[str, Any]:
    line = view.line
    return {
        "holder": line.holder or None,
        "held_since_at": iso(line.held_since_at) if line.holder else None,
        "holdings": [
            {
                "unit": one.unit,
                "name": one.name,
                "since_at": iso(one.since_at),
                "until_at": iso(one.until_at),
                "minutes": one.minutes,
            }
            for one in view.holdings
        ],
        "minutes_by_unit": minutes_by_unit(view),
        "receiving_unit": view.receiving_unit or None,
        "competent_unit": view.competent_unit or None,
        "returning_unit": view.returning_unit or None,
    }


def _entered(view: DossierView) -> dict[str, Any]:
    return {
        "summary": view.summary or None,
        "note": view.note or None,
        "set_count": view.set_count,
        "pages": view.pages,
        "copies": view.copies,
        "certification_number": view.book_number or None,
        "place": view.line.place or None,
        "documents": [
            {
                "seq": count.seq,
                "name": name,
                "original": count.original,
                "certified_copy": count.certified_copy,
                "copy": count.copy,
                "electronic_copy": count.electronic_copy,
            }
            for count, name in zip(view.documents, view.document_names, strict=True)
        ],
    }


def _paid(view: DossierView) -> dict[str, Any]:
    return {
        "fee_dong": view.fee_dong,
        "fee_ground": view.fee_ground or None,
        "fees": [
            {
                "at": iso(fee.at),
                "amount_dong": fee.amount_dong,
                "paid_by": fee.paid_by,
                "series": fee.series or None,
                "receipt": fee.receipt or None,
                "voided": fee.is_void,
            }
            for fee in view.fees
        ],
        "taken_dong": view.taken_dong,
    }


def _followed(view: DossierView) -> dict[str, Any]:
    return {
        "survey": view.survey or None,
        "sent": view.is_sent,
        "papers": [
            {
                "id": paper.id,
                "kind": paper.kind,
                "copy": paper.copy,
                "state": paper.state,
                "made_at": iso(paper.made_at),
                "paper": paper.path,
            }
            for paper in view.papers
        ],
        "attachments": [
            {
                "sha256": one.sha256,
                "name": one.name,
                "size": one.size,
                "mime": one.mime,
                "document": one.document if one.document > 0 else None,
                "result": one.is_result,
                "at": iso(one.at),
                "here": one.is_here,
            }
            for one in view.attachments
        ],
        "history": [
            {"at": iso(event.at), "kind": event.kind, "officer": event.officer, "note": event.note}
            for event in view.history
        ],
    }


def minutes_by_unit(view: DossierView) -> dict[str, int]:
    """Return the working minutes that each body has had the dossier, in the order in which they first held it."""
    total: dict[str, int] = {}
    for one in view.holdings:
        total[one.unit] = total.get(one.unit, 0) + one.minutes
    return total


def _units(view: DossierView) -> list[tuple[str, str]]:
    """Return receiving, competent and returning unit apart, and who holds the dossier since when."""
    names = {one.unit: one.name for one in view.holdings}
    now = view.holdings[-1] if view.holdings and view.holdings[-1].until_at is None else None
    held = view.line.holder
    if now is not None:
        held = _("{unit}, since {since} ({hours} h {rest:02d} min)").format(
            unit=now.name, since=moment(now.since_at), hours=now.minutes // 60, rest=now.minutes % 60
        )
    return [
        (_("Receiving unit"), names.get(view.receiving_unit, view.receiving_unit)),
        (_("Competent unit"), names.get(view.competent_unit, view.competent_unit)),
        (_("Returning unit"), names.get(view.returning_unit, view.returning_unit)),
        (_("Held by"), held),
    ]


def shown_lines(view: DossierView) -> list[str]:
    from desk.cases.fee_words import fee_words
    from desk.cases.kind_names import event_name, state_name
    from desk.cases.paper_kinds import said as paper_said

    line = view.line
    rows = [
        (_("Code"), f"{line.code} ({view.check_digits})" if view.check_digits else line.code),
        (_("Procedure"), f"{line.procedure} {view.procedure_name}"),
        (_("Owner"), view.owner.name),
        (_("Certification number"), view.book_number),
        (_("Result kept in"), line.place),
        (_("Fee"), fee_words(view)),
        (_("Status"), status_name(line.status)),
        (_("Accepted"), moment(line.accepted_at)),
        (_("Due"), f"{moment(line.due_at)} {timeliness_name(line.timeliness)}"),
        *_units(view),
        (_("Two desks"), " ".join(_(said) for said in view.incidents)),
        (_("Other codes"), ", ".join(f"{other.system}: {other.code}" for other in view.other_codes)),
        (_("Sent to the center"), _("yes") if view.is_sent else _("not yet")),
    ]
    wide = max(len(name) for name, _said in rows)
    lines = [f"{name:{wide}}  {said}" for name, said in rows if said.strip()]
    if len(view.holdings) > 1:
        lines += ["", _("Time of each body")]
        lines += [
            _("  {name}: {hours} h {rest:02d} min").format(
                name=next(one.name for one in view.holdings if one.unit == unit), hours=minutes // 60, rest=minutes % 60
            )
            for unit, minutes in minutes_by_unit(view).items()
        ]
    if view.documents:
        lines += ["", _("Documents")]
        lines += [f"  {count.total} × {name}" for count, name in zip(view.documents, view.document_names, strict=True)]
    lines += ["", _("History")]
    said = f"{{at}}  {{what:{max((len(event_name(event.kind)) for event in view.history), default=0)}}}  {{rest}}"
    lines += [
        "  "
        + said.format(at=moment(event.at), what=event_name(event.kind), rest=f"{event.officer}  {event.note}").rstrip()
        for event in view.history
    ]
    if view.papers:
        lines += ["", _("Papers")]
        lines += [
            f"  {paper_said(paper.kind)} {paper.copy} ({state_name(paper.state)})  {paper.path}"
            for paper in view.papers
        ]
    return [*lines, *_attached(view)]


def _attached(view: DossierView) -> list[str]:
    if not view.attachments:
        return []
    away = "  ({})".format(_("not on this machine"))
    return [
        "",
        _("Attachments"),
        *(f"  {one.name or one.sha256[:12]}  {one.size:,} B{'' if one.is_here else away}" for one in view.attachments),
    ]
