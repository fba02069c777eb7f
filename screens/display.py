"""How the screens are shown: the officer chooses another terminal profile or layout, and sees it at once."""

from __future__ import annotations

import asyncio
import os
from functools import partial
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


_LAYOUTS = {
    False: N_("Large layout: a blank line between the rows of every list"),
    True: N_("Close layout: as many rows as there is room for"),
}


async def choose_display(app: DeskApp[Seat], seat: Seat) -> None:
    """Ask for the profile or the other layout, draw in it from now on, and keep it for the next start."""
    lines = [(_(said),) for said in (*_SAID.values(), _LAYOUTS[app.is_large])]
    question = Choice(
        N_("How is this terminal to be drawn? Now: {now}."), (Column(""),), lines, {"now": _(_SAID[app.profile.name])}
    )
    chosen = await app.rooms.ask(Choose, question)
    if chosen is None:
        return
    devices = seat.services.devices
    if chosen == len(_SAID):
        said = _LAYOUTS[app.is_large]
        app.lay_out(large=not app.is_large)
        keep = partial(devices.choose_layout, large=app.is_large)
    else:
        name = tuple(_SAID)[chosen]
        said = _SAID[name]
        app.draw_for(profile_of(name, os.environ))
        keep = partial(devices.choose_profile, name)
    app.show_facts(app.facts)
    try:
        await asyncio.to_thread(keep)
    except DeskError as error:  # it is drawn so all the same, until the program ends
        app.top.say(error)
    else:
        app.top.tell(N_("Kept: {what}."), what=_(said))
