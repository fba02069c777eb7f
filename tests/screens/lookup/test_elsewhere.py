"""A dossier of another commune on the screens: found as a stub, looked up with a reason, returned here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.cases.form_input import form_of
from desk.cases.papers import Papers
from receipts.practice_printer import PracticePrinter
from tests.homes import birth
from tests.provinces import Place, two_communes
from tests.screens.desks import Desk, sign_in
from tests.storage.centers import new_center


@dataclass
class Scene:
    """The desk whose screens are looked at, the one that received the dossier, and its code."""

    desk: Desk
    here: Place
    there: Place
    dossier: str
    code: str


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """A desk of phường Hà Tu that knows the stub of a dossier of phường Móng Cái 2, whose result is there."""
    center = new_center(tmp_path)
    with two_communes(tmp_path, center) as (here, there):
        accepted = here.services.intake.accept(form_of(birth()), here.officer)
        here.services.moves.move(accepted.dossier, "resolved", here.officer)
        here.sync()
        there.sync()
        printer = PracticePrinter(tmp_path / "printed", lambda: "ok", timeout_s=0.1)
        vars(there.services)["papers"] = Papers(there.services.context, printer)
        desk = Desk(there.services, there.officer, there.clock, tmp_path / "printed", ["ok"])
        yield Scene(desk, here, there, accepted.dossier, accepted.code)
    center.close()


async def test_it_is_found_looked_up_and_returned_in_nine_keys_and_the_code(scene: Scene) -> None:
    async with scene.desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type(scene.code[-8:])
        said = officer.screen()
        assert "another unit's" in said and "Phường Móng Cái 2" in said and "Nguyễn" not in said
        await officer.press("enter")
        assert "Another reason, in your own words." in officer.screen()
        await officer.press("2")
        assert officer.here == "DossierScreen"
        said = officer.screen()
        assert "Nguyễn Thị Lan" in said and "A dossier of" in said
        await officer.press("enter", "enter")
        assert scene.desk.status(scene.dossier) == "returned"
    scene.there.sync()
    scene.here.sync()
    told = scene.here.services.lookup.show(scene.dossier)
    assert told.line.status == "returned"
    assert [one.note for one in told.history if one.kind == "dossier.viewed"] == [
        "The citizen is here to take the result."
    ]


async def test_a_scanned_slip_of_another_commune_leads_to_the_look_up(scene: Scene) -> None:
    digits = scene.here.services.lookup.show(scene.dossier).short_form
    async with scene.desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(digits)
        said = officer.screen()
        assert scene.code in said and "Enter: look it up at the center" in said and "Nguyễn" not in said
        await officer.press("enter", "4")
        await officer.type("Hỏi hộ cha")
        await officer.press("enter")
        assert "Nguyễn Thị Lan" in officer.screen()


async def test_without_a_line_the_screen_says_what_can_be_done(scene: Scene) -> None:
    scene.there.line.down = True
    async with scene.desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type(scene.code[-8:])
        await officer.press("enter", "1")
        assert officer.here == "LookupScreen"
        assert "SYNC-40" in officer.screen()
        await officer.press("f1")
        assert "Scan the slip: its QR proves itself without a line." in " ".join(officer.screen().split())


async def test_esc_looks_nothing_up(scene: Scene) -> None:
    async with scene.desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type(scene.code[-8:])
        await officer.press("enter", "escape")
        assert officer.here == "LookupScreen"
    assert scene.desk.services.elsewhere.looked(scene.dossier) is None
