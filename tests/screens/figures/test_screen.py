"""Figures: two days, the table, and the checks that stand beside it."""

from __future__ import annotations

from screens.widgets.desk_input import DeskInput
from screens.widgets.facts import Facts
from screens.widgets.rows import Rows
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player


async def at_figures(officer: Player) -> None:
    await sign_in(officer)
    officer.app.keys.act(lambda: officer.app.rooms.go("figures"))
    await officer.settled()


def table(officer: Player) -> list[list[str]]:
    return [list(row) for row in officer.top.query_one("#table", Rows)._rows]


async def test_the_month_up_to_today_is_counted_on_arrival(desk: Desk) -> None:
    desk.accept(1)
    desk.resolve(2)
    async with desk.playing() as officer:
        await at_figures(officer)
        assert "Birth" not in officer.screen()
        assert table(officer) == [
            ["Civil status", "2", "0", "1", "0", "1", "1", "1"],
            ["All together", "2", "0", "1", "0", "1", "1", "1"],
        ]
        assert "sums agree" in officer.screen()
        named = officer.top.query_one("#checks", Facts)
        assert named.facts[0].value == "Civil status"
        await officer.press("down")
        assert named.facts[0].value == "All together"


async def test_another_period_is_typed_by_digits_alone(desk: Desk) -> None:
    desk.accept(1)
    async with desk.playing() as officer:
        await at_figures(officer)
        await officer.type("01102026")
        await officer.press("enter")
        await officer.type("31102026")
        await officer.press("enter")
        assert table(officer) == [["All together", "0", "0", "0", "0", "0", "0", "0"]]


async def test_days_that_are_none_are_said_with_the_cursor_in_their_field(desk: Desk) -> None:
    async with desk.playing() as officer:
        await at_figures(officer)
        await officer.type("31022026")
        await officer.press("enter", "enter")
        assert "no day of the calendar" in officer.said()
        assert officer.top.focused is officer.top.query_one("#from", DeskInput)


async def test_f4_makes_other_rows(desk: Desk) -> None:
    desk.accept(1)
    async with desk.playing() as officer:
        await at_figures(officer)
        await officer.press("f4")
        assert "By procedure" in officer.screen()
        await officer.press("f4")
        assert table(officer)[0][0] == desk.officer.name
