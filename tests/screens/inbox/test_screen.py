"""The inbox: dossiers filed online, accepted under the portal's code, refused, or sent back for papers."""

from __future__ import annotations

import json

from screens.intake.screen import IntakeScreen
from tests.homes import citizen
from tests.screens.desks import Desk, sign_in
from tests.screens.playing import Player

FIRST, SECOND = "000.00.22.H49-261123-0001", "000.00.22.H49-261125-0007"


def file(desk: Desk, code: str, filed_at: str, name: str = "Nguyễn Thị Lan") -> str:
    """Let a birth registration be filed online; returns the dossier's id."""
    value = {"code": code, "procedure": "1.001193", "filed_at": filed_at, "owner": {**citizen(7), "name": name}}
    desk.services.inbox.take(json.dumps(value), desk.officer)
    return next(one.dossier for one in desk.services.inbox.waiting() if one.code == code)


async def at_inbox(officer: Player) -> None:
    """Sign in and open the inbox."""
    await sign_in(officer)
    await officer.app.rooms.go("inbox")
    await officer.settled()


async def test_the_oldest_stands_first_with_the_hours_left(desk: Desk) -> None:
    file(desk, SECOND, "2026-11-25T08:00:00+07:00")
    file(desk, FIRST, "2026-11-23T07:30:00+07:00")
    async with desk.playing() as officer:
        await at_inbox(officer)
        seen = officer.screen()
        assert seen.index(FIRST) < seen.index(SECOND)
        assert "Dossiers filed online: 2, past their time: 1" in seen and "late" in seen


async def test_enter_fills_the_intake_and_it_is_accepted_under_the_portals_code(desk: Desk) -> None:
    dossier = file(desk, FIRST, "2026-11-23T15:00:00+07:00")
    async with desk.playing() as officer:
        await at_inbox(officer)
        await officer.press("1")
        assert isinstance(officer.top, IntakeScreen)
        assert FIRST in officer.screen() and "Nguyễn Thị Lan" in officer.screen()
        await officer.press("escape", "1")
        assert FIRST in officer.screen() and officer.said() == ""
        await officer.press("enter", "enter", "enter")
        await officer.settled()
        assert f"Saved: {FIRST}" in officer.said()
        await officer.press("escape")
        assert officer.here == "InboxScreen" and "Nothing waits" in officer.screen()
    view = desk.services.lookup.show(FIRST)
    assert (view.line.id, view.line.status, view.channel) == (dossier, "accepted", "online")
    assert view.documents[0].electronic_copy == 1
    assert desk.services.drafts.all() == ()


async def test_a_parked_acceptance_goes_on_where_it_was(desk: Desk) -> None:
    file(desk, FIRST, "2026-11-23T15:00:00+07:00")
    async with desk.playing() as officer:
        await at_inbox(officer)
        await officer.press("1", "tab", "tab", "tab", "tab", "tab", "tab")
        await officer.type("9")
        await officer.press("f6", "escape", "1")
        assert isinstance(officer.top, IntakeScreen) and officer.top.sheet.code.startswith(FIRST)
        await officer.press("f9")


async def test_a_dossier_is_refused_with_a_reason(desk: Desk) -> None:
    dossier = file(desk, FIRST, "2026-11-23T15:00:00+07:00")
    async with desk.playing() as officer:
        await at_inbox(officer)
        await officer.press("f4")
        assert officer.here == "MovesScreen"
        moves = [move.to for move in desk.services.moves.possible(dossier, desk.officer)]
        await officer.press(str(moves.index("refused") + 1))
        await officer.type("Không thuộc thẩm quyền")
        await officer.press("enter", "enter", "enter")
        await officer.app.rooms.go("inbox")
        await officer.settled()
        assert "Nothing waits" in officer.screen()
    assert desk.status(dossier) == "refused"


async def test_a_supplement_keeps_the_dossier_in_the_list_until_the_papers_come(desk: Desk) -> None:
    dossier = file(desk, FIRST, "2026-11-23T15:00:00+07:00")
    desk.services.moves.move(dossier, "supplement_requested", desk.officer, reason="thiếu tờ khai")
    async with desk.playing() as officer:
        await at_inbox(officer)
        assert FIRST in officer.screen() and "suppl." in officer.screen()
        await officer.press("1", "f9")
        await officer.settled()
    assert desk.status(dossier) == "accepted"


async def test_a_hostile_name_is_harmless(desk: Desk) -> None:
    file(desk, FIRST, "2026-11-23T15:00:00+07:00", "A [/] B [@click=app.boom]x\x1b[31m")
    async with desk.playing() as officer:
        await at_inbox(officer)
        assert "A [/] B" in officer.screen() and "\x1b" not in officer.screen()


async def test_what_was_answered_meanwhile_is_said_so(desk: Desk) -> None:
    dossier = file(desk, FIRST, "2026-11-23T15:00:00+07:00")
    async with desk.playing() as officer:
        await at_inbox(officer)
        desk.services.moves.move(dossier, "refused", desk.officer, reason="trùng")
        await officer.press("1")
        assert "does not wait in the inbox" in officer.said()
