"""The dossier: opened by a scan, its next step by Enter, corrected, linked, and told in full."""

from __future__ import annotations

import pytest

from desk.errors.acts import NotReturnable
from desk.rules.codes import with_check
from screens.widgets.desk_input import DeskInput
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player


async def opened(desk: Desk, officer: Player, dossier: str) -> None:
    """Sign in and open a dossier by its short form, as a phone's screen shows it."""
    await sign_in(officer)
    await officer.scan(desk.short_form(dossier))
    assert officer.here == "DossierScreen"
    officer.keys = officer.scans = 0


async def test_it_shows_what_an_officer_must_know_and_records_that_it_was_opened(desk: Desk) -> None:
    dossier = desk.accept()
    line = desk.services.lookup.show(dossier).line
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        screen = officer.screen()
        for part in (line.code, "check digits", "Accepted · due soon", "Nguyễn Thị Lan · 022190000001"):
            assert part in screen, part
        for part in ("Khai sinh · ", "25/11/2026 08:30, at the counter", "8 h left", "Held by", "Fee", "no center"):
            assert part in screen, part
    context = desk.services.context
    with context.store.reading() as session:
        tail = context.log.tail(session)
        kinds = [event.head.kind for event in context.log.events(session, tail.epoch, 0, 1000)]
    assert kinds.count("dossier.viewed") == 1


async def test_enter_leads_to_the_return_when_the_result_is_here_and_else_to_the_moves(desk: Desk) -> None:
    open_one, ready = desk.accept(1), desk.resolve(2)
    async with desk.playing() as officer:
        await opened(desk, officer, open_one)
        await officer.press("enter")
        assert officer.here == "MovesScreen"
        await officer.scan(desk.short_form(ready))
        await officer.press("enter")
        assert officer.here == "ReturningScreen"
        await officer.press("escape")
        assert officer.here == "DossierScreen"


async def test_a_slip_not_known_here_is_judged_and_not_opened(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(with_check("12345678901234567890"))
        assert officer.here == "DossierScreen"
        assert "This machine does not know the dossier" in officer.screen()
        assert "This is no paper of ours." in officer.screen()
        await officer.press("enter", "f4", "f8", "p", "escape")
        assert officer.here == "HomeScreen"
        await officer.scan(desk.short_form(dossier))
        assert officer.top.focused is officer.top.query_one("#history")


async def test_a_slip_that_was_replaced_is_told(desk: Desk) -> None:
    dossier = desk.accept()
    text = desk.slip_text(dossier)
    desk.services.papers.make(dossier, "slip", desk.officer)
    desk.services.papers.make(dossier, "slip", desk.officer, reprint=True)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(text)
        assert "replaced by copy 2" in officer.said()


async def test_f4_tells_everything_and_the_event_under_the_cursor(desk: Desk) -> None:
    dossier = desk.accept(note="Gọi trước khi đến")
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("f4")
        for part in ("25/11/2026 08:30 · Paper made", "Short form", desk.short_form(dossier), "15/05/1990"):
            assert part in officer.screen(), part
        await officer.press("end")
        await officer.press("enter")
        assert officer.here == "DossierScreen"


async def test_a_digit_tells_one_event_in_full(desk: Desk) -> None:
    dossier = desk.accept()
    desk.services.moves.move(dossier, "supplement_requested", desk.officer, reason="Thiếu giấy chứng sinh bản chính")
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        kinds = desk.history(dossier)
        await officer.press(str(len(kinds) - kinds.index("dossier.supplement_requested")))
        assert officer.here == "Explain"
        assert "Thiếu giấy chứng" in officer.text()
        await officer.press("enter")
        assert officer.here == "DossierScreen"


async def test_f5_says_why_a_result_that_is_not_here_cannot_be_handed_over(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("f5")
        assert officer.here == "DossierScreen"
        assert "cannot be handed over" in officer.said()


async def test_a_second_code_is_typed_shown_and_found(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("m")
        await officer.type("000.00.19.H49-261125-0042")
        await officer.press("enter", "enter", "enter")
        assert "000.00.19.H49-261125-0042" in officer.screen()
        assert desk.services.lookup.find("000.00.19.H49-261125-0042")[0].id == dossier
        await officer.press("m", "enter", "enter", "enter")
        assert "empty or already there" in officer.said()
        await officer.press("escape")
        assert officer.here == "DossierScreen"


async def test_a_correction_makes_the_old_slip_void_and_prints_a_new_one(desk: Desk) -> None:
    dossier = desk.accept()
    desk.services.papers.make(dossier, "slip", desk.officer)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("s")
        name = officer.top.query_one("#name", DeskInput)
        assert name.value == "Nguyễn Thị Lan"
        await officer.press("ctrl+u")
        await officer.type("Nguyễn Thị Lành")
        await officer.press("f9")
        assert "the old slip is void" in officer.said()
        assert "Nguyễn Thị Lành" in officer.screen()
    view = desk.services.lookup.show(dossier)
    assert view.owner.personal_id == "022190000001"
    states = {paper.copy: paper.state for paper in view.papers}
    assert states[1] == "voided" and states[2] == "handed"
    assert len(list(desk.printed.iterdir())) == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("born_on", "31/02/1990", "no day"), ("fee_dong", "viele", "no whole sum"), ("name", "", "name is missing")],
)
async def test_a_wrong_correction_is_said_and_what_was_typed_stays(
    desk: Desk, field: str, typed: str, said: str
) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("s")
        officer.top.query_one("#summary", DeskInput).value = "Khai sinh cho con"
        officer.top.query_one(f"#{field}", DeskInput).value = typed
        await officer.press("f9")
        assert said in officer.said()
        assert officer.top.query_one("#summary", DeskInput).value == "Khai sinh cho con"
        await officer.press("escape")
    assert desk.history(dossier) == ["dossier.accepted", "paper.made"]


async def test_pages_and_copies_are_corrected_with_the_fee_that_follows_and_the_old_slip_is_void(desk: Desk) -> None:
    dossier = desk.accept(procedure="2.000815", pages=5, copies=3)
    desk.services.papers.make(dossier, "slip", desk.officer)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("s")
        assert "Pages" in officer.screen() and "Enter: save the correction" in officer.screen()
        assert "21.000" in officer.screen()
        officer.top.query_one("#pages", DeskInput).value = "2"
        officer.top.query_one("#set_count", DeskInput).value = "2"
        await officer.press("f9")
        assert "the old slip is void" in officer.said()
    view = desk.services.lookup.show(dossier)
    assert (view.pages, view.copies, view.set_count, view.fee_dong) == (2, 3, 2, 3 * 2 * 2_000)
    assert {paper.copy: paper.state for paper in view.papers} == {1: "voided", 2: "handed"}


async def test_what_was_handed_in_is_corrected_by_kind_and_number_and_the_old_slip_is_void(desk: Desk) -> None:
    dossier = desk.accept()
    desk.services.papers.make(dossier, "slip", desk.officer)
    before = desk.services.lookup.show(dossier).documents
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("s", "f4")
        assert "What was handed in" in officer.screen()
        await officer.press("0", "right", "2", "f4", "escape", "enter")
        assert "kinds handed in" in officer.screen()
        await officer.press("f9")
        assert "the old slip is void" in officer.said()
    view = desk.services.lookup.show(dossier)
    assert view.documents != before
    assert (view.documents[0].original, view.documents[0].certified_copy) == (0, 2)
    assert {paper.copy: paper.state for paper in view.papers} == {1: "voided", 2: "handed"}
    assert desk.services.checking.rebuild().same


async def test_a_required_document_that_was_not_there_after_all_needs_a_reason_that_is_kept(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("s", "f4", "space", "f9")
        assert "say why the dossier goes on without it" in officer.said()
        await officer.type("mai nop")
        await officer.press("enter", "f9")
        assert "correction is saved" in officer.said()
    view = desk.services.lookup.show(dossier)
    assert 1 not in [count.seq for count in view.documents]
    assert [line.note for line in view.history if line.kind == "dossier.corrected"] == ["mai nop"]


async def test_documents_that_were_only_looked_at_are_no_correction(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("s", "f4", "enter", "f9")
        assert "dossier.corrected" not in desk.history(dossier)


async def test_pages_are_asked_only_where_they_were_counted(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        await officer.press("s")
        assert "Sets" in officer.screen() and "Pages" not in officer.screen()
        officer.top.query_one("#set_count", DeskInput).value = "0"
        await officer.press("f9")
        assert "Sets cannot be 0" in officer.said()


async def test_nothing_can_be_done_with_what_was_reversed(desk: Desk) -> None:
    dossier = desk.accept()
    desk.services.correcting.undo(desk.officer)
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        assert "The acceptance was reversed" in officer.screen()
        await officer.press("enter", "s")
        assert officer.here == "DossierScreen"


async def test_an_officer_who_is_not_the_lead_is_told_whose_step_it_is(desk: Desk) -> None:
    other = desk.services.officers.add("Hoàng Thị Giao", "862975", "officer", badge="4711", by=desk.officer.id)
    dossier = desk.accept()
    desk.services.moves.move(dossier, "supplement_requested", desk.officer, reason="Thiếu")
    moves = {move.to for move in desk.services.moves.possible(dossier, other)}
    assert "stopped" not in moves


async def test_leaving_forgets_the_citizen_on_the_screen(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await opened(desk, officer, dossier)
        screen = officer.top
        await officer.press("escape")
        assert officer.here == "HomeScreen"
        facts = screen.query_one("#glance")
        assert facts.facts == ()  # type: ignore[attr-defined]


async def test_a_result_is_kept_in_a_drawer_that_the_uncollected_show_by_age_and_place(desk: Desk) -> None:
    old = desk.resolve(1)
    desk.at("2026-12-04T08:30:00+07:00")
    desk.services.clockwork.confirm(desk.officer)
    new = desk.resolve(2, owner={"name": "Lý Văn Ba"})
    desk.services.returning.keep_at(new, "Hộp 1", desk.officer)
    async with desk.playing() as officer:
        await opened(desk, officer, old)
        await officer.press("k")
        await officer.type("Ngăn 3 [/]")
        await officer.press("enter")
        assert "The result is kept in Ngăn 3 [/]" in officer.said()
        await officer.press("k", "escape")
        assert officer.said() == ""  # a letter that acts ends what the line said, as any key that acts
        assert "Result kept in" in officer.screen()
        await officer.press("ctrl+g", "0")
        assert "oldest waits 9 days" in officer.screen()
        await officer.press("6")
        seen = officer.screen()
        assert "9 days" in seen and "today" in seen and seen.index("Ngăn 3") < seen.index("Hộp 1")
        await officer.press("f4", "2")
        seen = officer.screen()
        assert seen.index("Hộp 1") < seen.index("Ngăn 3")
        await officer.press("f4", "3")
        assert "Hộp 1" not in officer.screen() and "Ngăn 3" in officer.screen()
    assert desk.services.checking.rebuild().same
    desk.services.returning.give(old, desk.officer)
    assert desk.services.lookup.show(old).line.place == ""
    with pytest.raises(NotReturnable):
        desk.services.returning.keep_at(old, "Ngăn 4", desk.officer)
