"""The certifications of the day."""

from __future__ import annotations

from desk.rules.dossier import IntakeForm
from desk.rules.people.person import Person
from tests.screens.desks import Desk, sign_in
from tests.screens.intake.script import card

LAN = Person("A [/] B Lan", personal_id="022190001234")


async def test_the_day_is_listed_with_its_sums_and_enter_opens_a_dossier(desk: Desk) -> None:
    for pages in (5, 1):
        desk.services.intake.accept(
            IntakeForm("2.000815", LAN, pages=pages, copies=3), desk.officer, hand_over_now=True
        )
    desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.app.rooms.go("certify")
        await officer.settled()
        seen = officer.screen()
        assert "2 certifications, copies: 6, 27.000 đồng" in seen and "A [/] B Lan" in seen
        assert "1 BS" in seen and "2 BS" in seen
        await officer.press("enter")
        assert officer.here == "DossierScreen"
        assert "2/2026-SCT/BS" in officer.screen()
        await officer.press("escape")
        await officer.scan(card().text)
        assert officer.here == "IntakeScreen"
        await officer.press("6", "5", "enter", "3", "f5")
        assert "Saved and handed over as number 3/2026-SCT/BS, fee 21.000 đồng: H49" in officer.said()


async def test_a_day_without_any_says_so(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.app.rooms.go("certify")
        await officer.settled()
        assert "Nothing was certified today" in officer.screen()
