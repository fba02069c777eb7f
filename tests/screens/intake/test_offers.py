"""What the intake offers by itself: people it knows, procedures, duplicates, the due line and why it is this one."""

from __future__ import annotations

from screens.intake.screen import IntakeScreen
from screens.widgets.desk_input import DeskInput
from tests.screens.desks import Desk, sign_in
from tests.screens.intake.script import calmly, card, printed, stored, typed
from tests.screens.playing import Player

LAN, OTHER = card(), card("022085004321", "TRẦN VĂN BÌNH", "02031985", "Nam")
HOSTILE = "A [/] B [@click=app.boom]x[/] \x1b[31m\u202eevil"


def page(officer: Player) -> IntakeScreen:
    """Return the intake that is seen."""
    screen = officer.top
    assert isinstance(screen, IntakeScreen)
    return screen


def field(officer: Player, name: str) -> str:
    """Return what a field of the page holds."""
    return page(officer).page.of(name, DeskInput).value


async def test_known_people_are_listed_while_the_name_is_typed_and_a_digit_takes_one(desk: Desk) -> None:
    desk.accept(1234)
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", "tab", *typed("lan")))
        assert "022•••••1234" in officer.screen()
        await officer.type("1")
        assert field(officer, "number") == "022190001234" and page(officer).field == "procedure"


async def test_a_name_is_found_from_the_field_of_the_number_too(desk: Desk) -> None:
    desk.accept(1234)
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", *typed("nguyen thi lan"), "enter"))
        assert field(officer, "number") == "022190001234" and page(officer).field == "procedure"


async def test_one_of_several_people_with_the_same_tail_is_chosen(desk: Desk) -> None:
    desk.accept(1234)
    desk.accept(1234, owner={"name": "Lò Văn Ón", "personal_id": "022085001234"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", *typed("001234"), "enter"))
        assert page(officer).field == "choices" and "Several people" in officer.said()
        await officer.press("escape")
        assert page(officer).field == "number"
        await officer.press("enter", "1")
        assert page(officer).field == "procedure"


async def test_a_whole_number_that_nobody_has_names_a_new_citizen(desk: Desk) -> None:
    desk.accept(1234)
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", *typed("022085004321"), "enter"))
        assert page(officer).field == "name"
        assert page(officer).sheet.sex == "male"


async def test_a_word_with_a_digit_is_typed_on_and_another_digit_chooses(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, *typed("kt3")))
        assert field(officer, "procedure") == "kt3"
        await officer.press("enter")
        assert page(officer).procedure is not None
        assert page(officer).procedure.alias == "Đăng ký tạm trú"


async def test_a_blank_before_a_digit_searches_by_code(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, *typed(" 1.000894"), "enter"))
        assert page(officer).procedure is not None
        assert page(officer).procedure.alias == "Kết hôn"


async def test_an_open_dossier_of_the_same_kind_is_pointed_out_and_blocks_nothing(desk: Desk) -> None:
    desk.accept(1234)
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1"))
        assert "open already: H49.22.11-261125-0001" in officer.screen()
        await officer.press("f9")
        await printed(officer)
    assert len(stored(desk)) == 2


async def test_the_due_line_says_how_long_it_is_to_the_cut_off_and_ctrl_r_says_why(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        desk.at("2026-11-25T14:50:00+07:00")
        await calmly(officer, (LAN, "1"))
        assert "10 min left until 15:00" in officer.screen()
        desk.at("2026-11-25T15:01:00+07:00")
        await calmly(officer, (*typed("0912345678"), "enter", "ctrl+r"))
        assert "accepted after the cut-off" in officer.screen()


async def test_ctrl_r_repeats_the_value_of_the_dossier_before(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "6", "1", "enter", "1", "f5", "tab", "tab", "tab", "tab", "tab", "ctrl+r"))
        assert field(officer, "address") == "Tổ 1, khu 2, Móng Cái 2, Quảng Ninh"


async def test_esc_puts_the_list_of_people_away_first(desk: Desk) -> None:
    desk.accept(1234)
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", "tab", *typed("lan"), "escape"))
        assert officer.here == "IntakeScreen" and "Known here" not in officer.screen()
        await officer.type("1")
        assert field(officer, "name") == "lan1"


async def test_a_duplicate_is_pointed_out_for_typed_people_too(desk: Desk) -> None:
    desk.accept(1, owner={"name": "Lò Văn Ón"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", "tab", *typed("lò văn ón"), "escape", "enter"))
        assert "same name within 30 days" in officer.screen()
