"""Names that would break markup, the terminal or the direction of writing: harmless on every screen."""

from __future__ import annotations

import unicodedata
from datetime import date

from desk.rules.receipt_numbers import ReceiptRange
from screens.errands import OpenDossier, ReturnDossier, ShowList
from tests.screens.desks import OTHER_PIN, PIN, Desk, sign_in
from tests.screens.playing import Player

HOSTILE = "A [/] B [@click=app.boom]x[/] [b]\x1b[31;5mđỏ\x1b]0;tiêu đề\x07\u202eevil\u2066\u200b"
SEEN = "A [/] B [@click=app.boom]x[/] [b][31;5mđỏ]0;tiêu đềevil"
"""What is left of it: only what can be seen, and the brackets are no markup."""
FREE = {"procedure": "1.004873", "fee_dong": 0, "fee_ground": HOSTILE}


def hostile(desk: Desk, number: int = 1) -> str:
    """Accept a dossier with everything that comes from outside hostile; returns its id."""
    person = {"name": HOSTILE, "address": HOSTILE, "phone": f"0912{number:06d}"}
    dossier = desk.accept(
        number, owner=person, submitter=person | {"name": HOSTILE + "2"}, summary=HOSTILE, note=HOSTILE, **FREE
    )
    desk.services.moves.link(dossier, HOSTILE, HOSTILE, desk.officer)
    return dossier


def looked_at(officer: Player, *, shows: bool = True) -> None:
    """Look at the screen: nothing in it steers a terminal, and the name stands there as far as it can be seen."""
    screen = officer.screen()
    assert not [c for c in screen if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn") and c != "\n"]
    if shows:
        assert "A [/]" in screen


async def test_the_name_is_harmless_wherever_it_is_shown(desk: Desk) -> None:
    dossier = hostile(desk)
    desk.services.moves.move(dossier, "supplement_requested", desk.officer, reason=HOSTILE)
    async with desk.playing(size=(120, 40)) as officer:
        await sign_in(officer)
        looked_at(officer, shows=False)
        await officer.press("4")
        looked_at(officer)
        await officer.type("a")
        looked_at(officer)
        await officer.press("enter")
        assert SEEN in officer.screen()
        looked_at(officer)
        await officer.press("f4")
        looked_at(officer)
        await officer.press("end", "escape", "1")
        looked_at(officer)
        await officer.press("enter", "s")
        looked_at(officer)
        await officer.press("escape", "m")
        await officer.type(HOSTILE.replace("\x1b", "").replace("\x07", ""))
        looked_at(officer)
        await officer.press("escape", "enter")
        looked_at(officer)
        await officer.press("f7")
        looked_at(officer, shows=False)
        await officer.press("ctrl+g")
        await officer.type(" fig")
        await officer.press("enter")
        looked_at(officer, shows=False)


async def test_the_name_is_harmless_in_return_survey_and_undo(desk: Desk) -> None:
    dossier = hostile(desk)
    desk.services.moves.move(dossier, "resolved", desk.officer, note=HOSTILE)
    async with desk.playing(size=(120, 40)) as officer:
        await sign_in(officer)
        officer.app.keys.act(lambda: officer.app.rooms.go("returning", ReturnDossier(dossier)))
        await officer.settled()
        looked_at(officer)
        await officer.press("p")
        await officer.type(HOSTILE.replace("\x1b", "").replace("\x07", ""))
        looked_at(officer)
        await officer.press("enter", "enter", "enter")
        await officer.type(HOSTILE.replace("\x1b", "").replace("\x07", ""))
        await officer.press("enter", "enter")
        assert officer.here == "SurveyScreen"
        looked_at(officer, shows=False)
        await officer.press("3", "enter", "enter", "ctrl+z")
        looked_at(officer, shows=False)
        await officer.press("enter")
        officer.app.keys.act(lambda: officer.app.rooms.go("dossier", OpenDossier(dossier)))
        await officer.settled()
        looked_at(officer)


async def test_an_officer_and_a_unit_may_be_called_anything(desk: Desk) -> None:
    desk.services.officers.add(HOSTILE, OTHER_PIN, "officer", badge="4711", by=desk.officer.id)
    async with desk.playing(size=(120, 40)) as officer:
        looked_at(officer)
        names = [one.name for one in desk.services.officers.all()]
        await officer.press(str(names.index(desk.officer.name) % 2 + 1))
        await officer.press("escape", str((names.index(desk.officer.name) + 1) % 2 + 1))
        looked_at(officer)
        await officer.type(OTHER_PIN)
        assert officer.here == "HomeScreen"
        looked_at(officer)
        await officer.press("ctrl+l", "escape", str(names.index(desk.officer.name) + 1))
        await officer.type(PIN)
        assert officer.here == "HomeScreen"


async def test_officers_receipts_drawers_and_books_show_them_harmlessly(desk: Desk) -> None:
    services, officer_id = desk.services, desk.officer
    services.officers.join(HOSTILE, OTHER_PIN, "officer", officer_id)
    services.fees.give_range(ReceiptRange(HOSTILE, HOSTILE, 1, 9), HOSTILE, date(2026, 11, 25), officer_id)
    waiting = hostile(desk)
    services.moves.move(waiting, "resolved", officer_id)
    services.returning.keep_at(waiting, HOSTILE, officer_id)
    desk.accept(2, owner={"name": HOSTILE}, procedure="2.000815", pages=1, copies=1)
    async with desk.playing(size=(120, 40)) as officer:
        names = [one.name for one in services.officers.all()]
        await officer.press(str(names.index(officer_id.name) + 1))
        await sign_in(officer)
        for place in ("officers", "ranges", "certify"):
            await officer.app.rooms.go(place)
            await officer.settled()
            looked_at(officer)
        await officer.app.rooms.go("lookup", ShowList("uncollected"))
        await officer.settled()
        looked_at(officer)
        await officer.press("f4", "2")
        looked_at(officer)
        await officer.press("enter", "s", "f4")
        looked_at(officer)
        await officer.press("escape", "escape", "k")
        looked_at(officer)
