"""The intake as an officer meets it: parking, scans, faults, drafts, a doubted clock, a dead printer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desk.cases.drafts import Drafts
from desk.cases.intake import Intake
from desk.errors.store import DiskFull
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


async def test_a_half_made_page_is_parked_and_brought_back_with_two_keys(desk: Desk) -> None:  # Q1
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1"))
        before = page(officer).sheet
        officer.keys = 0
        await officer.press("f6")
        assert page(officer).sheet.is_blank and "Parked" in officer.said()
        await calmly(officer, (OTHER, "6", "1", "enter", "1", "f9"))
        officer.keys -= 5
        await officer.press("f6")
        assert officer.keys == 2
        assert replace(page(officer).sheet, at="") == before
        await calmly(officer, (*typed("0912345678"), "enter", "enter", "enter", "enter"))
    assert [one["owner"]["name"] for one in stored(desk)] == ["TRẦN VĂN BÌNH", "NGUYỄN THỊ LAN"]
    assert desk.services.drafts.all() == ()


async def test_a_page_parked_among_its_documents_comes_back_there(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", "enter", "f6", "f6"))
        assert page(officer).field == "documents"


async def test_of_several_parked_pages_one_is_chosen(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "f6", OTHER, "f6", "f6"))
        assert "Which dossier goes on?" in officer.screen()
        row = 1 + [line for line in officer.screen().splitlines() if "NGUYỄN" in line or "TRẦN" in line].index(
            next(line for line in officer.screen().splitlines() if "NGUYỄN" in line)
        )
        await officer.press(str(row))
        assert field(officer, "name") == "NGUYỄN THỊ LAN"


async def test_a_new_citizen_parks_the_page(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", *typed("022190"), "f2"))
        assert page(officer).sheet.is_blank
        assert [draft.is_parked for draft in desk.services.drafts.all()] == [True]


async def test_the_card_of_the_person_on_the_page_fills_only_what_is_empty(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", *typed("001234"), "tab", "tab", "tab", "tab", *typed("0911222333")))
        await officer.scan(LAN.text)
        assert field(officer, "number") == "022190001234"
        assert (field(officer, "name"), field(officer, "phone")) == ("NGUYỄN THỊ LAN", "0911222333")
        await officer.press("shift+tab", "shift+tab")
        page(officer).page.of("address", DeskInput).value = "Nơi khác"
        await officer.scan(LAN.text)
        assert field(officer, "address") == "Nơi khác"


async def test_another_persons_card_never_replaces_and_asks_in_one_line(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", *typed("091"), OTHER))
        assert "Card of TRẦN VĂN BÌNH" in officer.screen()
        await officer.type("5")  # answers nothing, and runs into no field
        await officer.press("f9")
        assert field(officer, "phone") == "091" and stored(desk) == []
        await officer.press("escape")
        assert field(officer, "name") == "NGUYỄN THỊ LAN" and page(officer).field == "phone"
        await officer.type("2")
        assert field(officer, "phone") == "0912"


async def test_p_takes_another_persons_card_as_the_proxys(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", OTHER, "p", *typed("0912345678"), "enter", "enter", "enter", "enter"))
    (one,) = stored(desk)
    assert one["proxy"]["name"] == "TRẦN VĂN BÌNH" and one["owner"]["name"] == "NGUYỄN THỊ LAN"


async def test_f6_parks_and_begins_with_another_persons_card(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", OTHER, "f6"))
        assert field(officer, "name") == "TRẦN VĂN BÌNH"
        assert [draft.form["name"] for draft in desk.services.drafts.all() if draft.is_parked] == ["NGUYỄN THỊ LAN"]


async def test_the_scan_of_a_slip_parks_the_page_and_opens_the_dossier(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1"))
        await officer.scan(desk.short_form(dossier))
        assert officer.here == "DossierScreen"
        assert [draft.is_parked for draft in desk.services.drafts.all()] == [True]


async def test_a_damaged_card_names_the_fields_to_compare(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan("022190001234|012345678|NGUY?N TH? LAN|15051990|Nữ|Tổ 1|01012022")
        assert "compare with it: name" in officer.screen()


async def test_f9_goes_to_the_first_fault_and_says_it(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f2", "f9")
        assert page(officer).field == "name" and "name is missing" in officer.said()
        await officer.type("Lò Văn Ón")
        await officer.press("f9")
        assert page(officer).field == "procedure" and "No procedure is chosen" in officer.said()
        await officer.type("6")
        assert officer.said() == ""
        await officer.press("f9")
        assert page(officer).field == "pages" and "counted by pages" in officer.said()
        await calmly(officer, ("2", "enter", "1", "ctrl+s"))
        await printed(officer)
        assert "Saved" in officer.said()


async def test_an_unknown_fee_is_asked_for_and_proposed_the_next_time(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "3", *typed("0912345678"), "enter", "enter"))
        assert page(officer).field == "fee"
        await officer.press("f9")
        assert "set by the province" in officer.said()
        await calmly(officer, (*typed("50000"), "enter", "enter", "f8", "3", "enter"))
        assert "50.000" in officer.screen()
        await officer.press("f9")
        assert page(officer).field == "fee" and "Enter takes it" in officer.said()
        await officer.press("enter", "enter")
    assert [one["fee_dong"] for one in stored(desk)] == [50_000, 50_000]


async def test_a_fee_of_nothing_asks_for_its_ground(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "3", *typed("0912345678"), "enter", "enter", "0", "enter"))
        assert page(officer).field == "ground"
        await officer.type("hộ nghèo")
        await officer.press("enter", "enter")
    (one,) = stored(desk)
    assert (one["fee_dong"], one["fee_ground"]) == (0, "hộ nghèo")


async def test_a_missing_document_asks_for_a_reason_and_proposes_one(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", *typed("0912345678"), "enter", "space", "f9"))
        assert page(officer).field == "reason" and "missing" in officer.said()
        await officer.press("enter", "enter", "enter")
    (one,) = stored(desk)
    assert ("dossier.accepted", "The citizen brings what is missing by 26/11/2026.") in one["events"]


async def test_counts_of_a_document_are_typed_as_digits(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", *typed("0912345678"), "enter", "2", "right", "1", "enter", "enter", "enter"))
    (one,) = stored(desk)
    assert {key: one["documents"][0][key] for key in ("original", "certified_copy")} == {
        "original": 2,
        "certified_copy": 1,
    }


async def test_the_draft_is_on_disk_soon_and_back_after_a_crash(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", *typed("0912")))
        while not (kept := desk.services.drafts.all()) or kept[0].form.get("phone") != "0912":
            await officer.app.workers.wait_for_complete()
            await officer.settled()
        dossier = page(officer).keeper.dossier
        officer.app.rooms._built.clear()  # the screens die with the program; nothing is kept at the end
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f2")
        assert "was not finished" in officer.screen()
        await officer.press("enter")
        assert field(officer, "phone") == "0912" and page(officer).field == "phone"
        await calmly(officer, (*typed("345678"), "enter", "enter", "enter", "enter"))
    assert [line.id for line in desk.services.lookup.newest()] == [dossier]
    assert desk.services.drafts.all() == ()


async def test_a_page_left_by_a_crash_may_stay_parked(desk: Desk) -> None:
    desk.services.drafts.keep(desk.services.drafts.new_id(), desk.officer, "intake", {"name": "Lò Văn Ón"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f2", "escape")
        assert page(officer).sheet.is_blank
        await officer.press("f2")
        assert page(officer).sheet.is_blank and "was not finished" not in officer.screen()
        await officer.press("f6")
        assert field(officer, "name") == "Lò Văn Ón"


async def test_the_terminal_that_dies_keeps_the_page(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", *typed("Ây"), "tab", *typed("Lò Văn Ón")))
        await page(officer).keep()
        assert desk.services.drafts.all()[0].form["name"] == "Lò Văn Ón"


async def test_a_doubted_clock_is_confirmed_and_the_save_goes_on(desk: Desk) -> None:
    desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        desk.at("2026-11-25T07:30:00+07:00")
        await calmly(officer, (LAN, "6", "1", "enter", "1", "f9"))
        assert "25/11/2026 07:30" in officer.screen()
        await officer.press("escape")
        assert len(stored(desk)) == 1 and field(officer, "name") == "NGUYỄN THỊ LAN"
        await officer.press("f9", "enter")
        await printed(officer)
        assert "Saved" in officer.said()
    assert len(stored(desk)) == 2


@pytest.mark.parametrize(("fault", "code"), [("paper", "PRINT-03"), ("dead", "PRINT-04")])
async def test_a_printer_that_fails_is_told_and_the_dossier_is_saved(desk: Desk, fault: Any, code: str) -> None:
    desk.fault[0] = fault
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "6", "1", "enter", "1", "f9"))
        await printed(officer)
        spoken = officer.top._message.spoken
        assert spoken is not None and spoken.code == code
        assert "Saved as number 1/2026-SCT/BS" in officer.screen().splitlines()[-2]
        assert "Saved last: H49.22.11-261125-0001" in officer.screen()
    assert len(stored(desk)) == 1


async def test_handed_over_at_once_makes_no_slip(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "6", "1", "enter", "1", "f5"))
        await printed(officer)
    (one,) = stored(desk)
    assert (one["status"], one["papers"], one["slip_due"]) == ("returned", [], False)


async def test_esc_goes_back_and_the_page_stays(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", *typed("0912345678"), "enter", "enter", "enter"))
        assert page(officer).field == "review"
        await officer.press("escape")
        assert page(officer).field == "fee"
        await officer.press("escape")
        assert officer.here == "HomeScreen"
        await officer.press("f6")
        assert field(officer, "name") == "NGUYỄN THỊ LAN"


async def test_what_cannot_be_written_is_told_and_the_page_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise DiskFull

    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "6", "1", "enter", "1"))
        monkeypatch.setattr(Intake, "accept", full)
        monkeypatch.setattr(Drafts, "keep", full)
        await officer.press("f9")
        assert "NOT saved" in officer.said() and field(officer, "name") == "NGUYỄN THỊ LAN"
        await officer.press("tab")
        await officer.type("n")
        monkeypatch.undo()
        await officer.press("f9")
        await printed(officer)
        assert "Saved" in officer.said()
    assert len(stored(desk)) == 1


async def test_another_officer_finds_an_empty_page_and_the_first_one_his_own(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1"))
        other = desk.services.officers.add("Hoàng Thị Giao", "862975", "officer", by=desk.officer.id)
        await officer.press("escape")
        officer.app.rooms.services.take(other)
        await officer.press("f2")
        assert page(officer).sheet.is_blank
        assert [draft.officer for draft in desk.services.drafts.all()] == [desk.officer.id]
        officer.app.rooms.services.take(desk.officer)
        await officer.press("f2", "f6")
        assert field(officer, "name") == "NGUYỄN THỊ LAN"


async def test_hostile_text_is_harmless_in_every_field_list_and_paper(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f2")
        for name in ("name", "phone", "address", "other", "note"):
            page(officer).page.of(name, DeskInput).value = HOSTILE
        await calmly(officer, ("tab", "tab", "tab", "tab", "tab", "tab", "6", "1", "enter", "1", "enter"))
        assert "\x1b" not in officer.screen() and "A [/] B" in officer.screen()
        await calmly(officer, ("f6", "f6", "f9"))
        await printed(officer)
        await calmly(officer, ("f2", "tab", *typed("a b")))
        assert "A [/] B" in officer.screen()
    (one,) = stored(desk)
    assert one["owner"]["name"] == "A [/] B [@click=app.boom]x[/] [31mevil"


async def test_an_unreadable_portal_code_is_told_in_its_field(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "6", "1", "enter", "1"))
        page(officer).page.of("code", DeskInput).value = HOSTILE
        await officer.press("f9")
        assert page(officer).field == "code" and "is not a dossier code" in officer.said()


async def test_every_part_of_the_page_speaks_the_other_language(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "3", *typed("0912345678"), "enter", "ctrl+g", "l"))
        seen = officer.screen()
        assert "Số định danh" in seen and "ngày làm việc" in seen and "Tờ khai" in seen


async def test_a_dossier_is_not_saved_twice(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "6", "1", "enter", "1"))
        form_before, dossier = page(officer).sheet, page(officer).keeper.dossier
        await officer.press("f9")
        page(officer).keeper.begin(desk.officer, dossier)  # as if a draft had outlived its dossier
        page(officer).put(form_before)
        await officer.press("f9")
        assert "accepted already" in officer.said()
    assert len(stored(desk)) == 1


async def test_what_was_read_of_one_officers_page_is_never_kept_as_anothers_draft(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1"))
        keeper, sheet = page(officer).keeper, page(officer).sheet_here()
        was = keeper.dossier
        other = desk.services.officers.add("Hoàng Thị Giao", "862975", "officer", by=desk.officer.id)
        keeper.begin(other)
        await keeper.keep(sheet, of=was)
        assert [draft.officer for draft in desk.services.drafts.all()] in ([], [desk.officer.id])
