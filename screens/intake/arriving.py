"""What an intake begins with: nothing, a scanned card, a dossier filed online, a person, a draft."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from desk.clock import office_time
from desk.errors.intake import NotWaiting
from desk.rules.dossier import DocumentCount, IntakeForm
from desk.rules.scans import CardScan
from desk.words import N_
from screens.dialogs.confirm import Confirm, Question
from screens.errands import AcceptFiled, Resume, SamePerson
from screens.intake import filling, parking, scans
from screens.intake.sheet import Sheet, read, with_person

if TYPE_CHECKING:
    from desk.cases.drafts import Draft
    from screens.intake.held import HeldPage


async def arrive(screen: HeldPage, errand: object) -> None:
    """Show the page that `errand` asks for; a half-made one is parked first, and never lost."""
    left = await _own_page(screen)
    if isinstance(errand, CardScan):
        await scans.card(screen, errand.card)
        if left:
            screen.tell(N_("A page that was not finished is parked: F6 on an empty page brings it back."))
        return
    if isinstance(errand, Resume) and errand.draft is not None and errand.draft.dossier == screen.keeper.dossier:
        parking.aim_where_it_stood(screen, read(errand.draft.form))
        return
    if (
        isinstance(errand, AcceptFiled)
        and errand.waiting.dossier == screen.keeper.dossier
        and not screen.sheet.is_blank
    ):
        await screen.onward()  # it was left by Esc, and nothing of it is parked
        return
    person = screen.sheet.person
    if await parking.park(screen):
        parking.tell_parked(screen, person)
    if isinstance(errand, AcceptFiled):
        await _accept(screen, errand)
    elif isinstance(errand, SamePerson):
        owner, submitter = await asyncio.to_thread(screen.seat.services.people.of_dossier, errand.dossier)
        await filling.begin_with(screen, replace(with_person(Sheet(), owner), submitter=submitter))
    elif isinstance(errand, Resume):
        await (parking.resume(screen, errand.draft) if errand.draft is not None else parking.park_or_resume(screen))
    else:
        screen.aim("number")
        if left is not None:
            await _offer_back(screen, left)


async def _own_page(screen: HeldPage) -> Draft | None:
    """Let the page be this officer's; return what a crash left of him, marked as parked.

    The page of an officer before is parked under his name.
    """
    officer, keeper = screen.seat.officer, screen.keeper
    if keeper.officer == officer:
        return None
    if keeper.officer is not None and not screen.sheet.is_blank:
        await keeper.keep(screen.sheet_here(), parked=True)
    screen.last, screen.saved = None, None
    screen.clear()
    left = [draft for draft in await keeper.parked(officer) if not draft.is_parked]
    for draft in left:
        await keeper.park(draft)
    return left[0] if left else None


async def _offer_back(screen: HeldPage, left: Draft) -> None:
    sheet = read(left.form)
    facts: dict[str, object] = {
        "person": sheet.person or "–",
        "at": f"{office_time(left.changed_at):%H:%M %d/%m}",
    }
    question = N_("The dossier of {person} was not finished (typed at {at}). Go on with it now? Esc leaves it parked.")
    if await screen.ask(Confirm, Question(question, facts)):
        await parking.resume(screen, left)


async def _accept(screen: HeldPage, errand: AcceptFiled) -> None:
    """Fill the page with a dossier filed online; it will be accepted under the portal's code."""
    services, dossier = screen.seat.services, errand.waiting.dossier
    for draft in await screen.keeper.parked(screen.seat.officer):
        if draft.dossier == dossier:
            await parking.resume(screen, draft)
            return
    waiting = await asyncio.to_thread(lambda: (*services.inbox.waiting(), *services.inbox.supplementing()))
    if all(one.dossier != dossier for one in waiting):
        raise NotWaiting()
    form = await asyncio.to_thread(services.inbox.form, dossier)
    person, _is_known = await asyncio.to_thread(services.people.completed, form.owner)
    screen.clear()
    screen.keeper.begin(screen.seat.officer, dossier)
    sheet = replace(
        with_person(Sheet(), person, is_known=True),
        procedure=form.procedure,
        case=form.case or "",
        channel=form.channel,
        submitter=form.submitter,
        proxy=form.proxy,
        representative=form.representative,
        code=form.code or "",
        filed_at=form.filed_at,
        summary=form.summary,
        counts=_electronic(screen, form),
    )
    screen.change(sheet)
    screen.seen.update(("number", "name", "born", "sex", "phone", "address", "procedure"))
    filling.look_for_alike(screen)
    screen.show_hints()
    await screen.onward()


def _electronic(screen: HeldPage, form: IntakeForm) -> tuple[DocumentCount, ...] | None:
    """Return the required documents as they come with a dossier filed online: electronic copies."""
    procedure = screen.offers.catalogue.procedures.get(form.procedure)
    if procedure is None:
        return None
    return tuple(DocumentCount(one.seq, electronic_copy=1) for one in procedure.documents if one.required)
