"""Receipt numbers from the finance officer's list, typed in on the screen."""

from __future__ import annotations

from tests.screens.desks import Desk, sign_in


async def test_a_range_is_typed_in_and_the_next_receipt_takes_its_first_number(desk: Desk) -> None:
    dossier = desk.accept(procedure="2.000815", pages=2, copies=1)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("ctrl+g")
        await officer.type(" receipt numbers")
        await officer.press("enter")
        assert "has to be typed" in officer.screen()
        await officer.press("n")
        for text in ("01BLP0-001", "QN-26P", "0000101", "0000150", "Lê Thị Hoa [/]", "24112026"):
            await officer.type(text)
            await officer.press("enter")
        await officer.press("enter")
        assert "Kept: series QN-26P, 0000101 to 0000150" in officer.said()
        assert "0000101–0000150      50 Lê Thị Hoa [/]" in officer.screen() and "24/11/2026" in officer.screen()
        taken = desk.services.fees.take(dossier, desk.officer)
        assert taken.receipt is not None and taken.receipt.number == "0000101"


async def test_a_wrong_range_is_said_with_what_was_typed_and_numbers_given_before_are_refused(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.app.rooms.go("ranges")
        await officer.settled()
        for first, said in (("9", "no range of receipts"), ("1", "Kept"), ("5", "were given before")):
            await officer.press("enter", "enter")
            await officer.type("QN")
            await officer.press("enter")
            await officer.type(first)
            await officer.press("enter")
            await officer.type("8")
            await officer.press(*["enter"] * 4)
            assert said in officer.said()
            await officer.press("escape")
            if said == "Kept":
                await officer.app.rooms.go("ranges")
                await officer.settled()
    (one,) = desk.services.fees.ranges()
    assert (one.numbers.first, one.numbers.last, one.used) == (1, 8, 0)
