"""Signing in: the PIN that submits itself, tries and waits, the badge, and the locked desk that keeps its work."""

from __future__ import annotations

import pytest

from desk.errors.base import StoreTrouble
from desk.errors.store import HomeTaken, KeyMissing
from desk.rules.scans import badge_digits
from screens.signin.screen import SigninScreen
from screens.widgets.desk_input import DeskInput
from tests.screens.desks import OTHER_PIN, PIN, Desk, sign_in
from tests.screens.playing import playing

HOSTILE = "A [/] B [@click=app.boom]x\x1b[31m\u202eevil"


async def test_six_digits_sign_the_only_officer_in(desk: Desk) -> None:
    async with desk.playing() as officer:
        assert officer.here == "SigninScreen"
        await officer.type(PIN)
        assert (officer.here, officer.keys) == ("HomeScreen", 6)
        assert desk.officer.name in officer.screen().splitlines()[0]


async def test_a_wrong_pin_says_how_many_tries_are_left(desk: Desk) -> None:
    async with desk.playing() as officer:
        await officer.type("111111")
        assert officer.here == "SigninScreen"
        assert "tries left: 4" in officer.said()
        assert officer.top.query_one("#pin", DeskInput).value == ""


async def test_the_fifth_wrong_pin_says_how_long_to_wait(desk: Desk) -> None:
    async with desk.playing() as officer:
        for _ in range(5):
            await officer.type("111111")
        assert "in 1 min" in officer.said()
        await officer.type(PIN)
        assert officer.here == "SigninScreen"
        desk.at("2026-11-25T08:32:00+07:00")
        await officer.type(PIN)
        assert officer.here == "HomeScreen"


async def test_of_several_officers_one_is_chosen_by_his_digit(desk: Desk) -> None:
    desk.at("2026-11-25T08:29:00+07:00")
    desk.services.officers.add(HOSTILE, OTHER_PIN, "officer", by=desk.officer.id)
    async with desk.playing() as officer:
        assert "Who works here now?" in officer.screen()
        names = [one.name for one in desk.services.officers.all()]
        await officer.press(str(names.index(desk.officer.name) + 1))
        await officer.type(PIN)
        assert officer.here == "HomeScreen"


async def test_a_badge_and_a_pin_change_the_officer_in_six_keys(desk: Desk) -> None:  # W1
    other = desk.services.officers.add("Hoàng Thị Giao", OTHER_PIN, "officer", badge="4711", by=desk.officer.id)
    async with desk.playing() as officer:
        await officer.scan(badge_digits(4711))
        await officer.type(OTHER_PIN)
        assert officer.here == "HomeScreen"
        officer.keys = officer.scans = 0
        await officer.scan(badge_digits(4711))
        assert officer.here == "SigninScreen"
        await officer.type(OTHER_PIN)
        assert (officer.here, officer.keys, officer.scans) == ("HomeScreen", 6, 1)
        assert officer.app.rooms.services.officer == other


async def test_the_same_officer_finds_the_locked_screen_as_he_left_it(desk: Desk) -> None:
    desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type("lan")
        await officer.press("ctrl+l")
        assert officer.here == "SigninScreen" and "Lan" not in officer.screen()
        await officer.type(PIN)
        assert officer.here == "LookupScreen"
        assert officer.top.query_one("#typed", DeskInput).value == "lan"


async def test_another_officer_begins_at_home_and_sees_nothing_of_the_first_ones_citizen(desk: Desk) -> None:
    desk.accept()
    desk.services.officers.add("Hoàng Thị Giao", OTHER_PIN, "officer", badge="4711", by=desk.officer.id)
    async with desk.playing() as officer:
        first = [one.id for one in desk.services.officers.all()].index(desk.officer.id) + 1
        await officer.press(str(first))
        await officer.type(PIN)
        await officer.press("f3")
        await officer.type("lan")
        await officer.scan(badge_digits(4711))
        await officer.type(OTHER_PIN)
        assert officer.here == "HomeScreen"
        await officer.press("f3")
        assert officer.top.query_one("#typed", DeskInput).value == ""


async def test_keys_of_the_locked_desk_open_nothing(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await officer.press("f3", "f7", "ctrl+z", "escape")
        await officer.scan(desk.short_form(dossier))
        assert officer.here == "SigninScreen"
        await sign_in(officer)
        assert officer.here == "HomeScreen"


async def test_an_idle_desk_locks_itself_and_keeps_what_is_on_it(desk: Desk) -> None:
    now = [1000.0]
    app = desk.app(monotonic=lambda: now[0])
    async with playing(app) as officer:
        await sign_in(officer)
        await officer.press("f3")
        now[0] += 14 * 60
        screen = app.rooms._built["signin"]
        assert isinstance(screen, SigninScreen)
        screen.lock_if_idle()
        await officer.settled()
        assert officer.here == "LookupScreen"
        now[0] += 60
        screen.lock_if_idle()
        await officer.settled()
        assert officer.here == "SigninScreen"
        await officer.type(PIN)
        assert officer.here == "LookupScreen"


@pytest.mark.parametrize("refusal", [KeyMissing(), HomeTaken(since="08:00")])
async def test_where_nothing_can_be_written_the_officer_may_still_look(desk: Desk, refusal: StoreTrouble) -> None:
    dossier = desk.accept()
    desk.services.context.log.closed = refusal
    async with desk.playing() as officer:
        await officer.type("111111")
        assert officer.here == "SigninScreen"
        await officer.type(PIN)
        assert officer.here == "HomeScreen"
        assert refusal.code in officer.screen()
        await officer.scan(desk.short_form(dossier))
        assert "Nguyễn Thị Lan" in officer.screen()
        assert "can only be read" in officer.screen()
        await officer.press("enter", "s", "m")
        assert officer.here == "DossierScreen"
