"""Undo on every screen: Ctrl+Z names what will be reversed, Enter reverses it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from desk.cases.kind_names import event_name
from desk.errors.acts import NoUndo
from desk.words import N_
from screens.dialogs.confirm import Confirm, Question

if TYPE_CHECKING:
    from screens.app import DeskApp
    from screens.seat import Seat

_QUESTION = N_("Reverse this? {what}, dossier {code}. Papers made by it become void; it stays in the history.")


async def undo(app: DeskApp[Seat], seat: Seat) -> None:
    """Ask, and reverse the officer's last act of the past five minutes; raises NoUndo where there is none."""
    correcting = seat.services.correcting
    last = await asyncio.to_thread(correcting.last, seat.officer)
    if last is None:
        raise NoUndo()
    what = ", ".join(event_name(kind) for kind in last.kinds)
    answer = await app.rooms.ask(Confirm, Question(_QUESTION, {"what": what, "code": last.code}))
    if answer is not True:
        return
    undone = await asyncio.to_thread(correcting.undo, seat.officer)
    await app.top.look_again()
    app.top.tell(N_("Reversed: {what}, dossier {code}."), what=what, code=undone.code)
