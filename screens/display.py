"""How the screens are shown: the officer chooses another terminal profile, and sees it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.words import N_, _
from screens.dialogs.choose import Choice, Choose
from screens.profiles import NAMES, PROFILES
from screens.widgets.rows import Column

if TYPE_CHECKING:
    from screens.app import DeskApp

_SAID = {
    "full": N_("All colours"),
    "16": N_("Eight colours: old terminals, slow lines"),
    "mono": N_("Without colours"),
    "console": N_("Linux console: only signs that its fonts have"),
    "ascii": N_("Without accents: no letters but those of English (names are shown, never kept, without accents)"),
    "contrast": N_("Strong contrast: for tired eyes and bright rooms"),
}


async def choose_display(app: DeskApp[Any]) -> None:
    """Ask for the profile and draw in it from now on, until the program ends."""
    lines = [(_(_SAID[name]),) for name in NAMES]
    question = Choice(
        N_("How is this terminal to be drawn? Now: {now}."), (Column(""),), lines, {"now": _(_SAID[app.profile.name])}
    )
    chosen = await app.rooms.ask(Choose, question)
    if chosen is not None:
        app.draw_for(PROFILES[NAMES[chosen]])
        app.show_facts(app.facts)
