"""Lookup within the keystroke budget (L1 to L4), live, and silent about the last citizen."""

from __future__ import annotations

from screens.widgets.desk_input import DeskInput
from screens.widgets.facts import Facts
from screens.widgets.rows import Rows
from tests.screens.desks import Desk, sign_in


def typed(officer: object) -> str:
    return officer.top.query_one("#typed", DeskInput).value  # type: ignore[attr-defined,no-any-return]


async def test_a_scanned_slip_opens_its_dossier_from_anywhere_without_a_key(desk: Desk) -> None:  # L1
    dossier = desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.slip_text(dossier))
        assert (officer.here, officer.keys, officer.scans) == ("DossierScreen", 0, 1)
        assert desk.services.lookup.show(dossier).line.code in officer.screen()
        assert desk.history(dossier)[-1] != "dossier.viewed"


async def test_the_codes_last_six_digits_and_enter_open_it(desk: Desk) -> None:  # L2
    desk.accept(1)
    dossier = desk.accept(2)
    code = desk.services.lookup.show(dossier).line.code
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        assert ">1 " not in officer.screen()  # a digit is a part of the code here
        await officer.press("tab")
        assert ">1 " in officer.screen()
        await officer.press("shift+tab")
        officer.keys = 0
        await officer.type(code.replace("-", "")[-6:])
        await officer.press("enter")
        assert (officer.here, officer.keys) == ("DossierScreen", 7)
        assert code in officer.screen()


async def test_eight_letters_without_accents_find_a_name(desk: Desk) -> None:  # L3
    for number in range(1, 30):
        desk.accept(number)
    desk.accept(30, owner={"name": "Đặng Thị Hường"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        officer.keys = 0
        await officer.type("dang thi")
        await officer.press("enter")
        assert (officer.here, officer.keys) == ("DossierScreen", 9)
        assert "Đặng Thị Hường" in officer.screen()


async def test_the_last_four_digits_of_a_telephone_and_enter_open_it(desk: Desk) -> None:  # L4
    desk.accept(1)
    dossier = desk.accept(2, owner={"name": "Lê Văn Sơn", "phone": "0912345678"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        officer.keys = 0
        await officer.type("5678")
        await officer.press("enter")
        assert (officer.here, officer.keys) == ("DossierScreen", 5)
        assert desk.services.lookup.show(dossier).line.code in officer.screen()


async def test_all_typed_ahead_in_one_burst_opens_what_was_typed(desk: Desk) -> None:
    desk.accept(1)
    dossier = desk.accept(2, owner={"name": "Lê Văn Sơn", "phone": "0912345678"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.burst("f3", *"5678", "enter")
        assert officer.here == "DossierScreen"
        assert desk.services.lookup.show(dossier).line.code in officer.screen()


async def test_arrows_move_the_list_while_the_cursor_stays_in_the_field(desk: Desk) -> None:
    desk.accept(1, owner={"name": "Trần Văn Một"})
    desk.at("2026-11-25T08:31:00+07:00")
    desk.accept(2, owner={"name": "Trần Văn Hai"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type("tran")
        await officer.press("down", "enter")
        assert "Trần Văn Một" in officer.screen()


async def test_esc_from_the_dossier_brings_the_words_back(desk: Desk) -> None:
    desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type("lan")
        await officer.press("enter", "escape")
        assert (officer.here, typed(officer)) == ("LookupScreen", "lan")
        assert len(officer.top.query_one("#found", Rows)) == 1


async def test_a_new_visit_shows_nothing_of_the_last_citizen(desk: Desk) -> None:
    desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type("lan")
        await officer.press("enter", "f3")
        assert typed(officer) == ""


async def test_lists_mask_numbers(desk: Desk) -> None:
    desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        assert "022•••••0001" in officer.screen()
        assert "022190000001" not in officer.screen()


async def test_nothing_found_is_said(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type("khongco")
        assert "Nothing is found" in officer.screen()
        await officer.press("enter")
        assert officer.here == "LookupScreen"


async def test_a_list_without_dossiers_asks_for_no_fewer_letters(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("3")
        assert "Nothing stands in this list." in officer.screen() and "fewer letters" not in officer.screen()


async def test_a_list_stays_while_it_is_worked_off(desk: Desk) -> None:
    desk.resolve(1)
    desk.at("2026-11-25T08:31:00+07:00")
    desk.resolve(2, owner={"name": "Trần Văn Bình"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("6", "enter", "enter", "enter", "escape")
        assert "Result here, not collected" in officer.screen()
        assert len(officer.top.query_one("#found", Rows)) == 1


async def test_f4_narrows_the_list_and_esc_shows_all_again(desk: Desk) -> None:
    desk.accept(1)
    desk.resolve(2)
    desk.accept(3, procedure="2.000815", pages=1, copies=1)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3", "f4", "4")
        assert "Result here: 1 shown" in officer.screen()
        await officer.type("lan")
        assert len(officer.top.query_one("#found", Rows)) == 1
        await officer.press("escape", "escape")
        assert "Received last" in officer.screen()
        assert len(officer.top.query_one("#found", Rows)) == 3
        await officer.press("f4", "end", "enter")
        assert "Only: " in officer.screen() and len(officer.top.query_one("#found", Rows)) in (1, 2)
        await officer.press("f3")
        assert "Received last" in officer.screen()


async def test_a_large_terminal_shows_the_dossier_under_the_cursor_beside_the_list(desk: Desk) -> None:
    code = desk.services.lookup.show(desk.accept()).line.code
    async with desk.playing(size=(120, 40)) as officer:
        await sign_in(officer)
        await officer.press("f3")
        shown = officer.top.query_one("#beside", Facts)
        assert shown.display and shown.facts[0].value == code
        await officer.resize((80, 24))
        assert not shown.display and not shown.facts
        await officer.resize((120, 40))
        assert shown.display and shown.facts
        await officer.press("f2")
        assert not shown.facts
