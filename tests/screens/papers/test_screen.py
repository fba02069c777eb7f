"""Papers: the last one again in two keys (P1), unsure ones asked about, a dead printer that blocks nothing."""

from __future__ import annotations

from screens.widgets.rows import Rows
from tests.screens.desks import Desk, sign_in


def states(desk: Desk) -> list[str]:
    return [paper.state for paper in desk.services.papers.newest()]


async def test_f7_and_enter_print_the_last_paper_again_as_a_marked_copy(desk: Desk) -> None:  # P1
    dossier = desk.accept()
    desk.services.papers.send(desk.services.papers.make(dossier, "slip", desk.officer).job)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7", "enter")
        assert officer.keys == 2
        assert "copy 2, is being printed" in officer.said()
    papers = desk.services.lookup.show(dossier).papers
    assert {(paper.copy, paper.state) for paper in papers} == {(1, "handed"), (2, "handed")}
    assert len(list(desk.printed.iterdir())) == 2


async def test_a_paper_that_waits_is_printed_and_not_copied(desk: Desk) -> None:
    dossier = desk.accept()
    desk.services.papers.make(dossier, "slip", desk.officer)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7")
        assert "waits for the printer" in officer.screen()
        await officer.press("enter")
        assert "given to the printer" in officer.screen()
    assert [paper.copy for paper in desk.services.lookup.show(dossier).papers] == [1]


async def test_an_unsure_paper_is_asked_about_and_never_printed_by_itself(desk: Desk) -> None:
    dossier = desk.accept()
    made = desk.services.papers.make(dossier, "slip", desk.officer)
    desk.fault[0] = "hanging"
    desk.services.papers.send(made.job)
    desk.fault[0] = "ok"
    async with desk.playing() as officer:
        await sign_in(officer)
        assert "unsure whether printed: 1; F7" in officer.screen()
        await officer.press("f7")
        assert "not known whether it came out" in officer.screen()
        await officer.press("f9")
        assert states(desk) == ["unknown"]
        await officer.press("enter")
        assert "Did this paper come out?" in officer.screen()
        await officer.press("escape")
        assert states(desk) == ["unknown"]
        await officer.press("enter", "1")
        assert states(desk) == ["confirmed"]
    assert not desk.printed.exists()


async def test_a_paper_that_did_not_come_out_is_printed_under_the_same_job(desk: Desk) -> None:
    dossier = desk.accept()
    made = desk.services.papers.make(dossier, "slip", desk.officer)
    desk.fault[0] = "hanging"
    desk.services.papers.send(made.job)
    desk.fault[0] = "ok"
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7", "enter", "2")
        assert states(desk) == ["handed"]
    assert [path.stem for path in desk.printed.iterdir()] == [made.job]


async def test_a_failed_print_says_why_and_the_paper_can_be_printed_later(desk: Desk) -> None:
    dossier = desk.accept()
    desk.services.papers.make(dossier, "slip", desk.officer)
    desk.fault[0] = "paper"
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7", "enter")
        assert "has no paper" in officer.said()
        assert states(desk) == ["failed"]
        desk.fault[0] = "ok"
        await officer.press("enter")
        assert states(desk) == ["handed"]


async def test_f9_prints_everything_that_waits_in_its_order(desk: Desk) -> None:
    made = [desk.services.papers.make(desk.accept(number), "slip", desk.officer).job for number in (1, 2, 3)]
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7", "f9")
        assert "3 papers are being printed" in officer.said()
    assert set(states(desk)) == {"handed"}
    assert {path.stem for path in desk.printed.iterdir()} == set(made)


async def test_x_takes_a_waiting_paper_out_of_the_queue(desk: Desk) -> None:
    desk.services.papers.make(desk.accept(), "slip", desk.officer)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7", "x")
        assert "taken out of the queue" in officer.screen()
        await officer.press("x")
        assert "Only a paper that waits" in officer.said()


async def test_a_dossiers_papers_hold_what_is_owed_too(desk: Desk) -> None:
    dossier = desk.accept(1)
    other = desk.accept(2)
    async with desk.playing() as officer:
        await sign_in(officer)
        desk.services.correcting.correct(dossier, {"summary": "Khai sinh"}, desk.officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("f7")
        rows = officer.top.query_one("#papers", Rows)
        assert len(rows) == 2
        assert "not made yet" in officer.screen() and "void" in officer.screen()
        assert desk.services.lookup.show(other).line.code not in officer.screen()
        desk.at("2026-11-25T08:31:00+07:00")
        await officer.press("enter")
        assert "copy 2, is being printed" in officer.said()
        await officer.press("down", "down", "enter")
        assert "This paper is void" in officer.said()
        await officer.press("escape")
        assert officer.here == "DossierScreen"


async def test_where_the_file_lies_is_said(desk: Desk) -> None:
    made = desk.services.papers.make(desk.accept(), "slip", desk.officer)
    async with desk.playing(size=(240, 23)) as officer:
        await sign_in(officer)
        await officer.press("f7")
        assert str(made.path) in officer.screen()


async def test_the_control_slip_is_made_and_printed_from_the_dossier(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.press("f7", "k")
        assert "Control slip, copy 1, is being printed" in officer.said()
        desk.services.moves.move(dossier, "processing", desk.officer, unit="06712")
        await officer.press("k")
        assert "copy 2" in officer.said()
    papers = desk.services.lookup.show(dossier).papers
    assert {(paper.kind, paper.copy, paper.state) for paper in papers if paper.kind == "control"} == {
        ("control", 1, "handed"),
        ("control", 2, "handed"),
    }


async def test_one_slip_for_all_that_a_submitter_handed_in_that_day(desk: Desk) -> None:
    first = desk.accept(1)
    second = desk.accept(1)
    other = desk.accept(2)
    for dossier in (first, second, other):
        desk.services.papers.make(dossier, "slip", desk.officer)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(first))
        await officer.press("f7", "g")
        assert "One slip for 2 dossiers" in officer.screen()
        await officer.press("escape")
        assert "joint_slip" not in {paper.kind for paper in desk.services.papers.newest()}
        await officer.press("g", "enter")
        assert "copy 1, is being printed" in officer.said()
        await officer.scan(desk.short_form(other))
        await officer.press("f7", "g")
        assert "no other dossier" in officer.said()
    joint = [paper for paper in desk.services.papers.newest() if paper.kind == "joint_slip"]
    assert [(paper.state, paper.dossier) for paper in joint] == [("handed", "")]


async def test_a_list_is_printed_again_as_a_marked_copy(desk: Desk) -> None:
    papers, dossier = desk.services.papers, desk.accept()
    papers.send(papers.make(dossier, "slip", desk.officer).job)
    desk.at("2026-11-25T08:31:00+07:00")
    given = desk.services.handing_over.give([dossier], "06712", desk.officer)
    papers.send(papers.lists.of_event(given.event, given.paper, desk.officer).job)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7", "enter")
        assert "Hand-over list, copy 2, is being printed" in officer.said()
        await officer.press("k")
        assert "Choose a paper of one dossier" in officer.said()
    assert {(paper.kind, paper.copy, paper.state) for paper in papers.newest()} == {
        ("slip", 1, "handed"),
        ("handover", 1, "handed"),
        ("handover", 2, "handed"),
    }


async def test_the_cursor_stays_on_its_paper_while_papers_are_printed_and_made(desk: Desk) -> None:
    older = desk.accept(1)
    desk.services.papers.make(older, "slip", desk.officer)
    desk.services.papers.make(desk.accept(2), "slip", desk.officer)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f7", "down", "enter")
        assert officer.top.query_one("#papers", Rows).cursor == 1
        await officer.press("f9")
        assert states(desk) == ["handed", "handed"]
        assert officer.top.query_one("#papers", Rows).cursor == 1
        desk.services.papers.make(desk.accept(3), "slip", desk.officer)
        await officer.press("escape", "f7")
        assert officer.top.query_one("#papers", Rows).cursor == 0
