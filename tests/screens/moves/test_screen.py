"""Moves: only what is possible, only what a move demands, and the due moment said before and after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from screens.widgets.rows import Rows
from tests.receipts.looking import text_of
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player

LONG: dict[str, Any] = {"procedure": "1.004873", "fee_dong": 0, "fee_ground": "Miễn"}


async def at_moves(desk: Desk, officer: Player, dossier: str) -> None:
    await sign_in(officer)
    await officer.scan(desk.short_form(dossier))
    await officer.press("enter")
    assert officer.here == "MovesScreen"
    officer.keys = 0


def digit_of(officer: Player, title: str) -> str:
    rows = [row[0] for row in officer.top.query_one("#moves", Rows)._rows]
    return str(rows.index(title) + 1)


async def test_a_move_that_demands_nothing_takes_a_digit_and_enter(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "The result is here"), "enter")
        assert officer.keys == 2
        assert officer.here == "DossierScreen"
        assert "is now Resolved" in officer.said()
    assert desk.status(dossier) == "resolved"


async def test_a_supplement_request_asks_for_its_reason_and_prints_its_paper(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "Ask the citizen for missing papers"))
        assert "The time stands still" in officer.text()
        await officer.press("enter", "enter", "enter")
        assert officer.here == "MovesScreen" and "reason" in officer.said()
        await officer.type("Thiếu bản sao giấy chứng sinh")
        await officer.press("enter", "enter", "enter")
        assert officer.here == "DossierScreen"
    view = desk.services.lookup.show(dossier)
    assert view.line.status == "supplement_requested"
    assert "Thiếu bản sao giấy chứng sinh" in [line.note for line in view.history]
    assert "supplement" in {paper.kind for paper in view.papers}


async def test_a_paper_that_is_not_printed_leaves_the_saved_move_on_the_line(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    desk.fault[0] = "paper"
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "Ask the citizen for missing papers"), "enter", "enter", "enter")
        await officer.type("Thiếu bản sao giấy chứng sinh")
        await officer.press("enter", "enter", "enter")
        line = officer.screen().splitlines()[-2]
        assert "Saved: H49.22.11-261125-0001" in line
        assert "The paper was not printed" in line
    assert desk.status(dossier) == "supplement_requested"


async def test_the_new_due_moment_is_said_before_and_after(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    desk.services.moves.move(dossier, "supplement_requested", desk.officer, reason="Thiếu")
    desk.at("2026-11-26T08:30:00+07:00")
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "Papers received: go on"))
        assert "New due moment: 01/12/2026 08:30" in officer.text()
        await officer.press("enter")
        assert "due 01/12/2026 08:30" in officer.said()


async def test_a_body_is_found_by_letters_without_accents_and_holds_the_dossier_then(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    desk.services.moves.move(dossier, "processing", desk.officer)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "Pass it on to another body"))
        await officer.press("enter")
        assert "body" in officer.said().casefold()
        await officer.type("cong an tinh")
        await officer.press("enter", "enter", "enter")
        assert officer.here == "DossierScreen", officer.screen()
    line = desk.services.lookup.show(dossier).line
    assert line.status == "processing"
    assert "Công an tỉnh" in desk.services.context.reference.unit_name(line.holder)


async def test_a_body_may_be_left_out_where_the_dossier_stays(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "Take it into process"), "enter", "enter", "enter")
        assert officer.here == "DossierScreen"
    line = desk.services.lookup.show(dossier).line
    assert (line.status, line.holder) == ("processing", "06709")


async def test_an_unknown_body_is_not_taken(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "Take it into process"))
        await officer.type("khong co noi nay")
        await officer.press("enter")
        assert "No body of this name" in officer.said()
    assert desk.status(dossier) == "accepted"


async def test_a_second_request_for_papers_is_warned_of(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    desk.services.moves.move(dossier, "supplement_requested", desk.officer, reason="Thiếu")
    desk.services.moves.move(dossier, "processing", desk.officer)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "Ask the citizen for missing papers"))
        assert "counts as overdue" in officer.text()
        await officer.press("escape")
        assert officer.here == "MovesScreen"
        assert officer.top.query_one("#moves", Rows).display
        await officer.press(digit_of(officer, "Ask the citizen for missing papers"), "enter")
        assert officer.top.query_one("#reason-row").display


async def test_esc_leaves_the_chosen_move_first_and_then_the_screen(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press("1", "escape")
        assert officer.here == "MovesScreen"
        await officer.press("escape")
        assert officer.here == "DossierScreen"
    assert desk.status(dossier) == "accepted"


async def test_an_officer_is_not_offered_what_belongs_to_the_lead(desk: Desk) -> None:
    other = desk.services.officers.add("Hoàng Thị Giao", "862975", "officer", badge="4711", by=desk.officer.id)
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        names = [one.id for one in desk.services.officers.all()]
        await officer.press(str(names.index(other.id) + 1))
        await officer.type("862975")
        await officer.scan(desk.short_form(dossier))
        await officer.press("enter")
        assert "Stop it" not in officer.text()


def request(desk: Desk, dossier: str) -> str:
    """Return what stands on the newest supplement request."""
    paper = next(one for one in desk.services.lookup.show(dossier).papers if one.kind == "supplement")
    return text_of(Path(paper.path).read_bytes()).replace("\u00a0", " ")


async def test_the_papers_of_a_request_are_ticked_in_the_list_or_typed_and_stand_on_the_paper(desk: Desk) -> None:
    dossier = desk.accept()
    documents = desk.services.moves.may_be_asked_for(dossier)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press(digit_of(officer, "Ask the citizen for missing papers"))
        assert "none named yet" in officer.screen()
        await officer.type("Hồ sơ chưa đủ")
        await officer.press("f4", "2", "down", "space", "space", "enter")
        await officer.type("Giấy xác nhận nơi cư trú")
        await officer.press("enter")
        await officer.type("Bị gõ nhầm")
        await officer.press("enter", "up", "up", "down", "down", "enter")
        assert officer.here == "MovesScreen" and "3 named" in officer.screen()
        await officer.press("f4", str(len(documents) + 2), "enter", "enter")
        assert "2 named" in officer.screen()
        await officer.press("enter", "enter", "enter")
        assert officer.here == "DossierScreen", officer.screen()
    text = request(desk, dossier)
    assert documents[1].name_vi.split(",")[0][:24] in text
    assert "2 Giấy xác nhận nơi cư trú" in text
    assert "Bị gõ nhầm" not in text and documents[2].name_vi[:24] not in text


async def test_esc_leaves_the_named_papers_and_another_move_names_none(desk: Desk) -> None:
    dossier = desk.accept(**LONG)
    async with desk.playing() as officer:
        await at_moves(desk, officer, dossier)
        await officer.press("f4")
        assert "Only a request for papers" in officer.said()
        await officer.press(digit_of(officer, "Ask the citizen for missing papers"), "f4", "1", "enter", "enter")
        assert "1 named" in officer.screen()
        await officer.press("f4", "1", "escape")
        assert "1 named" in officer.screen()
        await officer.press("escape", digit_of(officer, "Ask the citizen for missing papers"))
        assert "none named yet" in officer.screen()
