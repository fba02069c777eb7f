"""How the screens are shown: the officer chooses another terminal profile, and sees it at once."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from desk.errors.base import DeskError
from desk.words import N_, _
from screens.dialogs.choose import Choice, Choose
from screens.profiles import profile_of
from screens.widgets.rows import Column

if TYPE_CHECKING:
    from screens.app import DeskApp
    from screens.seat import Seat

_SAID = {
    "full": N_("All colours"),
    "16": N_("Eight colours: old terminals, slow lines"),
    "mono": N_("Without colours"),
    "console": N_("Linux console: only signs that its fonts have"),
    "ascii": N_("Without accents: no letters but those of English (names are shown, never kept, without accents)"),
    "contrast": N_("Strong contrast: for tired eyes and bright rooms"),
    "auto": N_("As the terminal says of itself"),
}


async def choose_display(app: DeskApp[Seat], seat: Seat) -> None:
    """Ask for the profile, draw in it from now on, and keep it for the next start."""
    lines = [(_(said),) for said in _SAID.values()]
    question = Choice(
        N_("How is this terminal to be drawn? Now: {now}."), (Column(""),), lines, {"now": _(_SAID[app.profile.name])}
    )
    chosen = await app.rooms.ask(Choose, question)
    if chosen is None:
        return
    name = tuple(_SAID)[chosen]
    app.draw_for(profile_of(name, os.environ))
    app.show_facts(app.facts)
    try:
        await asyncio.to_thread(seat.services.devices.choose_profile, name)
    except DeskError as error:  # it is drawn so all the same, until the program ends
        app.top.say(error)
    else:
        app.top.tell(N_("Kept: {what}."), what=_(_SAID[name]))
