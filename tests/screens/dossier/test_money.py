"""The fee on the dossier's page: taken with a proposed receipt number, voided with a reason, reversed by Ctrl+Z."""

from __future__ import annotations

from datetime import date

from desk.rules.receipt_numbers import range_of
from tests.homes import citizen
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player

COPY = {"procedure": "2.000815", "owner": citizen(), "pages": 5, "copies": 3}


def give_range(desk: Desk, first: str = "0000101", last: str = "0000150") -> None:
    numbers = range_of("01BLP0-001", "QN-26P", first, last)
    desk.services.fees.give_range(numbers, "Lê Thị Hoa", date(2026, 11, 2), desk.officer)


async def opened(desk: Desk, officer: Player, dossier: str) -> None:
    await sign_in(officer)
    await officer.scan(desk.short_form(dossier))
    assert officer.here == "DossierScreen"


def taken(desk: Desk, dossier: str) -> int:
    return desk.services.lookup.show(dossier).taken_dong


async def test_enter_takes_the_whole_fee_with_the_next_number_and_prints_the_receipt(desk: Desk) -> None:
    give_range(desk)
    dossier = desk.accept(**COPY)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        assert "21.000 đồng · not taken yet" in officer.screen()
        assert "T take fee" in officer.screen()
        assert "B void receipt" not in officer.screen()
        await officer.press("t")
        for part in ("fee 21.000 đồng · taken 0 đồng", "21.000", "0000101", "QN-26P", "1 cash 2 transfer"):
            assert part in officer.text(), part
        await officer.press(*["enter"] * 5)
        assert officer.here == "DossierScreen"
        assert "Taken: 21.000 đồng, receipt 0000101." in officer.said()
        assert "taken 21.000 đồng · receipt 0000101" in officer.screen()
        assert "T take fee" not in officer.screen()
        await officer.press("t")
        assert "Nothing is left to pay" in officer.said()
    (paper,) = [one for one in desk.services.lookup.show(dossier).papers if one.kind == "fee_receipt"]
    assert paper.state != "voided"


async def test_a_part_by_transfer_is_taken_and_too_much_is_refused_in_its_field(desk: Desk) -> None:
    give_range(desk)
    dossier = desk.accept(**COPY)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("t")
        await officer.type("90000")
        await officer.press(*["enter"] * 5)
        assert "21.000 đồng are left to pay" in officer.said()
        assert officer.top.focused is officer.top.query_one("#amount")
        await officer.type("20000")
        await officer.press("enter")
        await officer.type("9")
        await officer.press("enter")
        assert "Type 1, 2 or 3." in officer.said()
        await officer.press("backspace")
        await officer.type("2")
        await officer.press(*["enter"] * 4)
        assert taken(desk, dossier) == 20_000
        await officer.press("t")
        assert "1.000" in officer.text() and "0000102" in officer.text()
        await officer.press("escape")
    assert desk.services.lookup.show(dossier).fees[0].paid_by == "transfer"


async def test_without_a_range_the_number_of_the_book_is_typed(desk: Desk) -> None:
    dossier = desk.accept(**COPY)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("t", *["enter"] * 5)
        assert "The receipt has no number yet" in officer.said()
        assert officer.top.focused is officer.top.query_one("#number")
        await officer.type("000777")
        await officer.press("enter")
        await officer.type("AB")
        await officer.press("enter", "enter")
        assert "receipt 000777" in officer.screen()
    (fee,) = desk.services.lookup.show(dossier).fees
    assert (fee.series, fee.receipt) == ("AB", "000777")


async def test_money_that_came_online_uses_no_number_up(desk: Desk) -> None:
    give_range(desk)
    dossier = desk.accept(**COPY)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("t", "enter")
        await officer.type("3")
        await officer.press(*["enter"] * 4)
        assert taken(desk, dossier) == 21_000
    assert desk.services.lookup.show(dossier).fees[0].receipt == ""
    assert desk.services.fees.ranges()[0].used == 0


async def test_a_receipt_is_voided_with_a_reason_and_the_fee_is_taken_anew(desk: Desk) -> None:
    give_range(desk)
    dossier = desk.accept(**COPY)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("b")
        assert "No fee was taken" in officer.said()
        await officer.press("t", *["enter"] * 5)
        await officer.press("b", "enter", "enter")
        assert "A voided receipt needs its reason" in officer.said()
        await officer.type("ghi sai")
        await officer.press("enter", "enter")
        assert "Receipt 0000101 is void." in officer.said()
        assert "21.000 đồng · not taken yet" in officer.screen()
        await officer.press("t")
        assert "0000102" in officer.text()
        await officer.press("escape", "f4", *["down"] * 30)
        assert "QN-26P 0000101 · 21.000 đồng" in officer.text()
    assert taken(desk, dossier) == 0


async def test_ctrl_z_takes_the_fee_back_and_its_number_stays_used(desk: Desk) -> None:
    give_range(desk)
    dossier = desk.accept(**COPY)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("t", *["enter"] * 5)
        await officer.press("ctrl+z")
        assert "Reverse this? Fee taken" in officer.text()
        await officer.press("enter")
        assert "Reversed: Fee taken" in officer.said()
        assert "21.000 đồng · not taken yet" in officer.screen()
    assert taken(desk, dossier) == 0
    assert desk.services.fees.owing(dossier).receipt == ("01BLP0-001", "QN-26P", "0000102")


async def test_an_exempt_dossier_says_that_nothing_is_paid(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        assert "T take fee" not in officer.screen()
        await officer.press("t")
        assert "Nothing is paid for" in officer.said()
        assert officer.here == "DossierScreen"


async def test_every_letter_is_seen_at_80_columns_when_a_part_is_paid(desk: Desk) -> None:
    give_range(desk)
    dossier = desk.accept(**COPY)
    desk.services.fees.take(dossier, desk.officer, amount_dong=1_000)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        for part in ("M second code", "S correct", "T take fee", "B void receipt", "N cause of delay", "X apology"):
            assert part in officer.text(), part
