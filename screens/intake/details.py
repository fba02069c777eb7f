"""F4 and Ctrl+R on the page: what does not fit on it, all procedures, a document in full, why a day is due."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk.rules.reference.search import search_procedures
from desk.rules.trail import why_said
from desk.words import N_, _
from screens import phrases
from screens.dialogs.choose import Choice, Choose
from screens.dialogs.document import DocumentDetail, Shown
from screens.intake import choosing, filling
from screens.intake.more_dialog import More, MoreAsked
from screens.intake.offers import PROCEDURE_COLUMNS, procedure_line
from screens.intake.people_dialog import People, PeopleAsked
from screens.intake.sheet import PERSON_FIELDS
from screens.intake.trail_dialog import Trail
from screens.widgets.desk_input import DeskInput
from screens.widgets.documents import Documents
from screens.widgets.message_line import Spoken

if TYPE_CHECKING:
    from screens.intake.held import HeldPage

_REPEATED = (*PERSON_FIELDS, "pages", "copies", "ground", "code", "other", "note")


async def open_for(screen: HeldPage, field: str) -> bool:
    """Open what belongs to a field; return False where nothing does."""
    if field in PERSON_FIELDS:
        await _people(screen)
    elif field in ("procedure", "choices") and screen.offers.kind in ("procedures", ""):
        await _all_procedures(screen)
    elif field in ("documents", "reason"):
        await _document(screen)
    elif field in ("due", "review"):
        await why_due(screen)
    elif field in ("fee", "ground") and screen.procedure is not None:
        basis = screen.procedure.fee_basis_vi or _("The catalogue names no basis.")
        await screen.desk.explain(Spoken(basis, (screen.procedure.name_vi, basis)))
    elif field in ("code", "other", "channel", "note"):
        await _more(screen)
    else:
        return False
    return True


async def _people(screen: HeldPage) -> None:
    sheet = screen.sheet
    answer = await screen.ask(
        People,
        PeopleAsked(
            sheet.kind,
            sheet.tax_code,
            sheet.nationality,
            sheet.email,
            sheet.submitter,
            sheet.proxy,
            sheet.representative,
        ),
    )
    if answer is not None:
        screen.change(
            replace(
                screen.sheet,
                kind=answer.kind,
                tax_code=answer.tax_code,
                nationality=answer.nationality,
                email=answer.email,
                submitter=answer.submitter,
                proxy=answer.proxy,
                representative=answer.representative,
            )
        )
        screen.show_hints()


async def _all_procedures(screen: HeldPage) -> None:
    found = search_procedures(screen.offers.in_force(), screen.page.typed("procedure").strip())
    rows = [procedure_line(one) for one in found]
    index = await screen.ask(Choose, Choice(N_("Which procedure?"), PROCEDURE_COLUMNS, rows))
    if index is not None:
        await choosing.choose_procedure(screen, found[index])


async def _document(screen: HeldPage) -> None:
    documents = screen.page.of("documents", Documents)
    document = documents.under_cursor
    if document is not None:
        count = await screen.ask(DocumentDetail, Shown(document, documents.count_of(document)))
        if count is not None:
            documents.put(count)


async def _more(screen: HeldPage) -> None:
    sheet = screen.sheet
    answer = await screen.ask(More, MoreAsked(sheet.summary, sheet.sets, sheet.assisted_by))
    if answer is not None:
        screen.change(replace(screen.sheet, summary=answer.summary, sets=answer.sets, assisted_by=answer.assisted_by))


async def why_due(screen: HeldPage) -> None:
    """Show each day of the due date's trail, counted or not, and why."""
    if screen.outlook is None:
        screen.tell(N_("No procedure is chosen yet."))
        return
    trail = screen.outlook.due.trail
    await screen.ask(
        Trail, [(phrases.weekday(day.on), _("counts") if day.counted else "–", why_said(day)) for day in trail]
    )


async def repeat(screen: HeldPage) -> None:
    """Ctrl+R: the same value as in the dossier before; where the due date is meant, why then."""
    field = screen.field
    if field not in _REPEATED and field != "procedure":
        await why_due(screen)
        return
    last = screen.last
    if last is None:
        screen.tell(N_("There is no dossier before this one."))
    elif field == "procedure":
        procedure = screen.offers.catalogue.procedures.get(last.procedure)
        if procedure is not None:
            await choosing.choose_procedure(screen, procedure)
    elif field == "sex":
        screen.change(replace(screen.sheet, sex=last.sex))
    else:
        screen.page.of(field, DeskInput).value = getattr(last, field)
        filling.complete_from_number(screen, field)
