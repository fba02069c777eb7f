"""Home: counts by digits, drafts, troubles, and the slips that a crash left out."""

from __future__ import annotations

from desk.errors.store import MirrorBehind
from screens.widgets.rows import Rows
from tests.screens.desks import Desk, sign_in


def counts(officer: object) -> list[int]:
    rows = officer.top.query_one("#lists", Rows)  # type: ignore[attr-defined]
    return [int(row[1]) for row in rows._rows]


async def test_nine_lists_stand_with_their_counts(desk: Desk) -> None:
    desk.accept()
    desk.resolve(2)
    async with desk.playing() as officer:
        await sign_in(officer)
        assert counts(officer) == [1, 0, 0, 0, 0, 1, 2, 0, 0]
        assert "2 accepted, 0 handed over" in officer.screen()
        assert "Wednesday, 25/11/2026" in officer.screen()


async def test_a_digit_opens_its_list_with_what_it_counted(desk: Desk) -> None:
    desk.accept()
    desk.resolve(2, owner={"name": "Trần Văn Bình"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("6")
        assert officer.here == "LookupScreen"
        assert "Result here, not collected" in officer.screen()
        assert "Trần Văn Bình" in officer.screen() and "Nguyễn Thị Lan" not in officer.screen()


async def test_counts_are_fresh_after_coming_back_and_at_the_next_minute(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        assert counts(officer)[0] == 0
        desk.accept()
        officer.top.show_facts()
        await officer.settled()
        assert counts(officer)[0] == 1


async def test_slips_that_a_crash_left_out_are_made_at_the_first_visit(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        assert "1 papers that were missing have been made" in officer.said()
        assert [paper.kind for paper in desk.services.lookup.show(dossier).papers] == ["slip"]
        assert "waiting" in officer.screen()


async def test_drafts_and_a_broken_mirror_are_told(desk: Desk) -> None:
    desk.services.drafts.keep("d1", desk.officer, "intake", {})
    async with desk.playing() as officer:
        await sign_in(officer)
        desk.services.context.log.trouble = MirrorBehind(cause="OSError")
        officer.top.show_facts()
        await officer.settled()
        assert "1 waiting; F6 brings the newest back" in officer.screen()
        assert "STORE-06" in officer.screen()


async def test_esc_at_home_leads_nowhere(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("escape")
        assert officer.here == "HomeScreen"
