"""The officers' page: who joins, whose badge is made or replaced, and that it signs in."""

from __future__ import annotations

from tests.screens.desks import OTHER_PIN, PIN, Desk, sign_in


async def test_an_officer_joins_gets_a_badge_and_signs_in_by_it(desk: Desk) -> None:
    officers = desk.services.officers
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.app.rooms.go("officers")
        await officer.settled()
        await officer.press("n")
        await officer.type("Lý Văn Minh")
        await officer.press("enter", "enter")
        await officer.type(OTHER_PIN + OTHER_PIN)
        assert "Lý Văn Minh may sign in now" in officer.said()
        await officer.press("b")
        assert "badge of Lý Văn Minh is made" in officer.said()
        assert "ends in" in officer.screen()
        (minh,) = [one for one in officers.all() if one.name == "Lý Văn Minh"]
        first = officers.badges()[minh.id]
        await officer.press("b", "enter")
        assert "the old one signs nobody in" in officer.said()
        second = officers.badges()[minh.id]
        await officer.scan(first)
        assert "belongs to nobody" in officer.screen()
        await officer.scan(second)
        assert "Lý Văn Minh: type your PIN" in officer.screen()
        await officer.type(OTHER_PIN)
        assert officer.here == "HomeScreen"
    assert len(list(desk.printed.iterdir())) == 2


async def test_a_wrong_name_is_said_and_an_officer_is_taken_out(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.app.rooms.go("officers")
        await officer.settled()
        await officer.press("e", "enter")
        assert "RULE-88" in officer.screen() or "is needed at this desk" in officer.said()
        await officer.press("n", "enter", "3", "enter")
        assert "1 for an officer" in officer.said()
        await officer.press("2", "enter")
        await officer.type(OTHER_PIN + OTHER_PIN)
        assert "name is missing" in officer.said()
        await officer.type("Lý Văn Minh")
        await officer.press("enter", "enter")
        await officer.type(OTHER_PIN + OTHER_PIN)
        await officer.press("e", "enter")
        assert "Lý Văn Minh is taken out" in officer.said()
    assert [one.name for one in desk.services.officers.all()] == [desk.officer.name]
    desk.services.officers.check_pin(desk.officer, PIN)
