"""A terminal made as small as one cell and large again, on every screen: nothing fails and the screen is whole."""

from __future__ import annotations

from functools import partial
from typing import Any

from screens import errands, office
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import SIZE

NAMES = [place.name for place in office.workplaces()]


def errand_of(name: str, desk: Desk) -> Any:
    """Return what leads to a workplace that only an errand opens."""
    if name in ("dossier", "moves", "explaining"):
        kinds = {"dossier": errands.OpenDossier, "moves": errands.MoveDossier, "explaining": errands.ExplainDelay}
        return kinds[name](desk.accept())
    return errands.ReturnDossier(desk.resolve()) if name == "returning" else None


async def test_every_screen_is_whole_again_after_one_cell(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        for name in NAMES:
            go = partial(officer.app.rooms.go, name, errand_of(name, desk))
            officer.app.keys.act(go)
            await officer.settled()
            assert officer.app.screen is officer.app.get_screen(name)
            before = officer.screen()
            for size in ((1, 1), (10, 3), (200, 60), SIZE):
                await officer.resize(size)
            assert (name, officer.screen()) == (name, before)
            assert len(before.split("\n")) == SIZE[1]
