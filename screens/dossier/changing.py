"""What changes a dossier without moving it: a second code, and a correction with its new slip."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from desk.errors.acts import ProcedureUnknown
from desk.errors.base import DeskError
from desk.words import N_, _
from screens.dossier.correct import Correct, Filled, Form, changes, standing
from screens.dossier.other_code import PROVINCE, CodeAsked, OtherCode, TypedCode
from screens.dossier.place import Place, PlaceAsked

if TYPE_CHECKING:
    from desk.rules.dossier import Procedure
    from screens.base import DeskScreen
    from screens.dossier.opened import Opened
    from screens.seat import Seat


async def link(screen: DeskScreen, seat: Seat, found: Opened) -> None:
    """Ask for the code that another system gave the dossier, until it is saved or the officer has enough."""
    line = found.view.line
    asked = CodeAsked(line.code, TypedCode(_(PROVINCE), ""))
    while (typed := await screen.ask(OtherCode, asked)) is not None:
        try:
            await asyncio.to_thread(seat.services.moves.link, line.id, typed.system, typed.code, seat.officer)
        except DeskError as error:
            asked = CodeAsked(asked.dossier_code, typed, error)
            continue
        await screen.look_again()
        screen.tell(N_("Saved: {system} {code}."), system=typed.system, code=typed.code)
        return


async def keep_at(screen: DeskScreen, seat: Seat, found: Opened) -> None:
    """Ask where the result waits to be collected; an empty field takes the place back."""
    line = found.view.line
    typed = await screen.ask(Place, PlaceAsked(line.code, line.place))
    if typed is None:
        return
    place = await asyncio.to_thread(seat.services.returning.keep_at, line.id, typed, seat.officer)
    await screen.look_again()
    if place:
        screen.tell_done(N_("The result is kept in {place}."), place=place)
    else:
        screen.tell_done(N_("The result is kept in no place of its own."))


async def correct(screen: DeskScreen, seat: Seat, found: Opened) -> None:
    """Ask what is wrong, until it is saved or the officer has enough; print the slip that takes the old one's place."""
    form = Form(found.view.line.code, standing(found.view, await asyncio.to_thread(procedure_of, seat, found)))
    while (filled := await screen.ask(Correct, form)) is not None:
        try:
            slip_due = await asyncio.to_thread(_save, seat, found, filled)
        except DeskError as error:
            form = Form(form.code, filled, error)
            continue
        said, jobs = N_("The correction is saved."), []
        if slip_due:
            made = await asyncio.to_thread(seat.services.papers.make_owed, found.view.line.id, seat.officer)
            jobs = [paper.job for paper in made]
            said = N_("The correction is saved; the old slip is void, the new one is being printed.")
        await screen.look_again()
        screen.tell_done(said)
        seat.press.send(screen.desk, *jobs)
        return


def procedure_of(seat: Seat, found: Opened) -> Procedure | None:
    """Return the procedure as it was when the dossier was accepted, None where it is not known here."""
    try:
        return seat.services.context.reference.procedure(found.view.line.procedure, found.view.catalogue)
    except ProcedureUnknown:
        return None


def _save(seat: Seat, found: Opened, filled: Filled) -> bool:
    """Save the correction; return whether a new slip is due."""
    changed = changes(found.view, filled)
    return seat.services.correcting.correct(found.view.line.id, changed, seat.officer).slip_due
