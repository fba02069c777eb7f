"""Home: counts by digits, drafts, troubles, and the slips that a crash left out."""

from __future__ import annotations

import itertools

from desk.errors.store import MirrorBehind
from screens import phrases
from screens.widgets.rows import Rows
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player


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
        assert "1 paper that was missing has been made" in officer.said()
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
        desk.at("2026-11-30T08:30:00+07:00")
        officer.top.show_facts()
        await officer.settled()
        assert "events since 25/11/2026 are in no backup: `desk backup`" in officer.screen()
        desk.services.backups.make()
        officer.top.show_facts()
        await officer.settled()
        assert "backup" not in officer.screen()


async def test_esc_at_home_leads_nowhere(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("escape")
        assert officer.here == "HomeScreen"


async def test_a_large_terminal_shows_the_dossiers_of_the_list_under_the_cursor(desk: Desk) -> None:
    desk.accept()
    desk.resolve(2, owner={"name": "Trần Văn Bình"})
    async with desk.playing(size=(120, 40)) as officer:
        await sign_in(officer)
        await officer.settled()
        assert "Nguyễn Thị Lan · 17:00" in officer.screen() and "Trần Văn Bình" not in officer.screen()
        await officer.press(*["down"] * 5)
        await officer.settled()
        assert "Trần Văn Bình" in officer.screen() and "Nguyễn Thị Lan" not in officer.screen()
        await officer.resize((80, 24))
        assert "Trần Văn Bình" not in officer.screen()
        await officer.press("ctrl+l")
        await officer.resize((120, 40))
        assert "Trần Văn Bình" not in officer.screen()


async def test_the_printer_that_papers_go_to_is_said(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        assert "Printer" in officer.screen()
        assert phrases.main_printer(desk.services.context.settings) in officer.screen()


async def test_the_large_layout_parts_the_rows_by_a_line_and_is_kept(desk: Desk) -> None:
    async with desk.playing(size=(120, 40)) as officer:
        await sign_in(officer)
        await display(officer)
        assert "8 Large layout" in officer.screen()
        await officer.press("8")
        assert gaps(officer) == [2] * 8
        await officer.press("end", "up")
        assert ">8" in officer.screen() and " 1 Due today" in officer.screen()
        await officer.resize((80, 23))  # nine rows fit close, and no digit may change its list
        assert gaps(officer) == [1] * 8
        await display(officer)
        await officer.press("8")
        await officer.resize((120, 40))
        assert gaps(officer) == [1] * 8
        await display(officer)
        await officer.press("8")
    assert desk.services.devices.settings.layout == "large"


def gaps(officer: Player) -> list[int]:
    """Return how many lines lie between the rows of the nine lists."""
    rows = [at for at, line in enumerate(officer.screen().splitlines()) if line[2:3] in "123456789" and line[4:5] > " "]
    return [after - before for before, after in itertools.pairwise(rows)]


async def display(officer: Player) -> None:
    """Open the choice of colours, letters and layout."""
    await officer.press("ctrl+g")
    await officer.type(" colours")
    await officer.press("enter")
