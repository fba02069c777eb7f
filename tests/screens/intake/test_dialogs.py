"""What opens with F4 and Ctrl+R."""

from __future__ import annotations

from tests.homes import catalogue
from tests.screens.desks import Desk, sign_in
from tests.screens.intake.script import calmly, card, printed, stored, typed
from tests.screens.intake.test_screen import field, page

LAN, OTHER = card(), card("022085004321", "TRẦN VĂN BÌNH", "02031985", "Nam")


async def test_an_enterprise_with_someone_who_files_for_it(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", "f4", "2", "enter", "enter", "enter", "enter", "enter", "enter", "2", "enter"))
        await officer.scan(OTHER.text)
        await officer.press("enter", "enter", "enter")
        assert "Tax code" in officer.screen() and "TRẦN VĂN BÌNH" in officer.screen()
        await calmly(officer, (*typed("0100233488"), "enter", *typed("HTX Hải Hà"), "enter", "enter", "enter", "6"))
        await calmly(officer, ("1", "enter", "1", "f9"))
        await printed(officer)
    (one,) = stored(desk)
    assert (one["owner"]["kind"], one["owner"]["tax_code"]) == ("enterprise", "0100233488")
    assert one["submitter"]["name"] == "TRẦN VĂN BÌNH"


async def test_a_representative_stands_apart_from_the_proxy_who_files(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", "f4", "2", "enter", "enter", "enter", "enter"))
        await officer.scan(OTHER.text)
        await calmly(officer, ("enter", "enter", "3", "enter"))
        await officer.scan(LAN.text)
        await officer.press("enter", "enter", "enter")
        await calmly(officer, (*typed("0100233488"), "enter", *typed("HTX Hải Hà"), "enter", "enter", "enter", "6"))
        await calmly(officer, ("1", "enter", "1", "f9"))
        await printed(officer)
    (one,) = stored(desk)
    assert (one["representative"]["name"], one["representative"]["personal_id"]) == ("TRẦN VĂN BÌNH", "022085004321")
    assert one["proxy"]["name"] == "NGUYỄN THỊ LAN" and one["submitter"] is None


async def test_a_representative_without_a_name_is_asked_for(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", "f4", "1", "enter", "enter", "enter", "enter", "enter", *typed("022085004321")))
        await officer.press("enter", "enter")
        assert "name of the representative is missing" in officer.said()


async def test_esc_in_the_details_changes_nothing(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, ("f2", "f4", "2", "escape"))
        assert page(officer).rest.kind == "individual"


async def test_all_procedures_are_listed_and_one_is_taken(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "f4"))
        assert "Which procedure?" in officer.screen()
        await officer.press("down", "enter")
        assert page(officer).procedure is not None


async def test_a_document_is_shown_in_full_and_counted(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "1", *typed("0912345678"), "enter", "f4"))
        assert "Asked for: a form" in officer.screen()
        await calmly(officer, (*typed("12"), "enter", "enter", "enter", "enter", "enter", "enter", "enter"))
        await printed(officer)
    (one,) = stored(desk)
    assert one["documents"][0]["original"] == 12


async def test_more_about_the_dossier(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, "6", "1", "enter", "1", "tab", "tab", "tab", "tab", "tab", "tab", "tab"))
        assert page(officer).field == "note"
        await calmly(officer, ("f4", *typed("sao bằng"), "enter", "2", "enter", "enter", "f9"))
        await printed(officer)
    (one,) = stored(desk)
    assert (one["summary"], one["set_count"]) == ("sao bằng", 2)


async def test_f1_says_what_belongs_into_the_field(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f2", "f1")
        assert "twelve digits" in officer.screen()
        await officer.press("enter")
        assert field(officer, "number") == ""


async def test_where_the_time_depends_on_the_case_the_case_is_asked_for_and_kept(desk: Desk) -> None:
    cases = "counter 1 within_day: trong nước; counter 3 working_day: có yếu tố nước ngoài"
    desk.services.importing.bring_in("catalogue", catalogue("1.001193", time_variants=cases), desk.officer)
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, *typed("khai sinh"), "enter"))
        assert "Which case?" in officer.screen()
        await calmly(officer, ("2", *typed("0912345678"), "enter", "f9"))
        await printed(officer)
    (one,) = stored(desk)
    assert one["procedure_case"] == "có yếu tố nước ngoài"
    assert f"{desk.services.lookup.newest(1)[0].due_at:%d/%m}" == "30/11"


async def test_a_case_that_another_channel_has_not_is_said_and_asked_anew(desk: Desk) -> None:
    cases = (
        "counter 1 within_day: trong nước; counter 3 working_day: có yếu tố nước ngoài;"
        " online 2 working_day: trong nước; online 4 working_day: qua đại diện"
    )
    desk.services.importing.bring_in("catalogue", catalogue("1.001193", time_variants=cases), desk.officer)
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (LAN, *typed("khai sinh"), "enter", "2"))
        page = officer.top
        page.set_focus(page.query_one("#channel"))
        await officer.settled()
        await officer.press("right")
        assert "“có yếu tố nước ngoài” does not exist online" in officer.said()
        await officer.press("enter")
        assert "Which case?" in officer.screen()
        await officer.press("2")
        assert page.sheet.case == "qua đại diện"


async def test_a_paper_that_the_owner_brought_before_is_said_to_be_on_file(desk: Desk) -> None:
    counted = [{"seq": 1, "original": 1}, {"seq": 2, "original": 1}]
    code = desk.services.lookup.show(desk.accept(1, documents=counted)).line.code
    async with desk.playing() as officer:
        await sign_in(officer)
        await calmly(officer, (card("022190000001"), *typed("khai sinh"), "enter"))
        page = officer.top
        page.set_focus(page.query_one("#documents"))
        await officer.settled()
        await officer.press("down")
        assert f"on file: {code}, 25/11/2026" in officer.screen()
        await officer.press("up")
        assert "on file" not in officer.screen()
