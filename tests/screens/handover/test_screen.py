"""Hand-over: a batch to a department by ticks and scans, its results back, each with its list."""

from __future__ import annotations

from pathlib import Path

from tests.receipts.looking import text_of
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player


async def at_handover(officer: Player) -> None:
    await sign_in(officer)
    await officer.press("ctrl+g")
    await officer.type("hand-over with")
    await officer.press("enter")
    assert officer.here == "HandoverScreen", officer.screen()


async def to_police(officer: Player) -> None:
    await officer.type("cong an tinh")
    await officer.press("enter")


def newest(desk: Desk, kind: str) -> str:
    """Return what stands on the newest list of `kind`, which was given to the printer."""
    paper = next(one for one in desk.services.papers.newest() if one.kind == kind)
    assert paper.state == "handed"
    return text_of(Path(paper.path).read_bytes()).replace("\u00a0", " ")


def holders(desk: Desk, dossiers: list[str]) -> list[str]:
    name = desk.services.context.reference.unit_name
    return [name(desk.services.lookup.show(dossier).line.holder) for dossier in dossiers]


async def test_ticked_and_scanned_dossiers_go_to_a_department_with_one_list(desk: Desk) -> None:
    dossiers = [desk.accept(number) for number in (1, 2, 3)]
    async with desk.playing() as officer:
        await at_handover(officer)
        await to_police(officer)
        await officer.press("1")
        await officer.scan(desk.short_form(dossiers[2]))
        assert officer.here == "HandoverScreen"
        assert "2 dossiers to Công an tỉnh" in officer.screen()
        await officer.press("enter")
        await officer.type("Lê Văn Sơn")
        await officer.press("enter", "enter")
        assert "2 dossiers were handed over" in officer.said()
    assert [name.startswith("Công an tỉnh") for name in holders(desk, dossiers)] == [True, False, True]
    text = newest(desk, "handover")
    assert "261125-0001" in text and "261125-0003" in text and "261125-0002" not in text
    assert "Lê Văn Sơn" in text


async def test_results_come_back_from_the_department_that_holds_them(desk: Desk) -> None:
    dossiers = [desk.accept(number) for number in (1, 2, 3)]
    async with desk.playing() as officer:
        await at_handover(officer)
        await to_police(officer)
        await officer.press("a", "enter", "enter", "enter")
        assert "3 dossiers were handed over" in officer.said()
        await officer.press("f4")
        assert "Results back" in officer.screen() and "First name the department" in officer.screen()
        await to_police(officer)
        await officer.press("1", "space", "2", "3", "enter")
        assert "No. of 261125-0002" in officer.text(), officer.screen()
        await officer.type("215/2026")
        await officer.press("enter")
        assert "No. of 261125-0003" in officer.text(), officer.screen()
        await officer.press("up")
        await officer.press("ctrl+u")
        await officer.type("Công văn trả lời")
        await officer.press("enter", "enter", "enter", "enter")
        assert "2 results came back" in officer.said(), officer.screen()
    assert [desk.status(dossier) for dossier in dossiers] == ["processing", "resolved", "resolved"]
    text = newest(desk, "results")
    assert "261125-0003" in text and "215/2026" in text and "Công văn trả lời" in text


async def test_results_without_numbers_are_left_by_one_key(desk: Desk) -> None:
    dossiers = [desk.accept(number) for number in (1, 2)]
    async with desk.playing() as officer:
        await at_handover(officer)
        await to_police(officer)
        await officer.press("a", "enter", "enter", "enter", "f4")
        await to_police(officer)
        await officer.press("a", "enter", "tab", "enter", "enter")
        assert "2 results came back" in officer.said(), officer.screen()
    assert [desk.status(dossier) for dossier in dossiers] == ["resolved", "resolved"]


async def test_nothing_ticked_and_no_department_are_told(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await at_handover(officer)
        await officer.press("up", "enter")
        assert "No body of this name" in officer.said()
        await to_police(officer)
        await officer.press("enter", "enter", "enter")
        assert "No dossier was chosen" in officer.said()
        await officer.press("f4")
        await officer.scan(desk.short_form(dossier))
        assert "does not stand in this list" in officer.said()
        await officer.press("escape")
        assert officer.here == "HomeScreen"
    assert desk.status(dossier) == "accepted"


async def test_a_list_that_cannot_be_printed_is_told_and_the_act_is_saved(desk: Desk) -> None:
    dossier = desk.accept()
    desk.fault[0] = "paper"
    async with desk.playing() as officer:
        await at_handover(officer)
        await to_police(officer)
        await officer.press("a", "enter", "enter", "enter")
        assert "has no paper" in officer.said() and "1 dossier was" in officer.screen()
    assert desk.status(dossier) == "processing"
    assert {(paper.kind, paper.state) for paper in desk.services.papers.newest() if paper.kind == "handover"} == {
        ("handover", "failed")
    }
