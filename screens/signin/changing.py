"""An officer changes his own PIN on any screen: the old one, the new one, and the new one again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from desk.errors.acts import PinClosed, PinUnfit, PinWrong
from desk.errors.base import DeskError
from desk.words import N_
from screens.dialogs.ask_pin import AskPin, PinAsked, new_pin

if TYPE_CHECKING:
    from desk.cases.context import Officer
    from screens.app import DeskApp
    from screens.seat import Seat


async def change_pin(app: DeskApp[Seat], seat: Seat) -> None:
    """Ask three times and change the PIN; Esc at any of them changes nothing.

    Raises StoreTrouble where nothing may be written, PinClosed after five wrong ones.
    """
    if seat.practice_pin:
        app.top.tell(N_("In practice everybody uses the PIN {pin}."), pin=seat.practice_pin)
        return
    if (refusal := seat.services.context.log.refusal) is not None:
        raise refusal
    officer = seat.officer
    if await _is_his(app, seat, officer) and (pin := await new_pin(app, officer.name)) is not None:
        try:
            await asyncio.to_thread(seat.services.officers.change_pin, officer, pin)
        except PinUnfit as error:
            app.top.say(error)
        else:
            app.top.tell(N_("Your PIN is changed; the old one is no longer valid."))


async def _is_his(app: DeskApp[Seat], seat: Seat, officer: Officer) -> bool:
    """Return whether the present PIN was typed; wrong ones count as at the sign-in."""
    wrong: DeskError | None = None
    while (typed := await app.rooms.ask(AskPin, PinAsked(officer.name, wrong))) is not None:
        try:
            await asyncio.to_thread(seat.services.officers.check_pin, officer, typed)
        except PinWrong as error:
            wrong = error
        except PinClosed as error:
            app.top.say(error)
            return False
        else:
            return True
    return False
