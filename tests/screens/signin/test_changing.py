"""An officer changes his own PIN from the palette: only he, only a fit one, and only when it was typed twice alike."""

from __future__ import annotations

import pytest

from desk.errors.acts import PinWrong
from screens.seat import Seat
from tests.screens.desks import OTHER_PIN, PIN, Desk, sign_in
from tests.screens.playing import Player, playing


async def ask_to_change(officer: Player) -> None:
    """Find the command by its words."""
    await officer.press("ctrl+g", "space")
    await officer.type("my pin")
    await officer.press("enter")


def is_his(desk: Desk, pin: str) -> bool:
    """Return whether `pin` is the officer's."""
    try:
        desk.services.officers.check_pin(desk.officer, pin)
    except PinWrong:
        return False
    return True


async def changed(desk: Desk, *typed: str) -> str:
    """Sign in, ask to change, type what is asked; return what is said then."""
    async with desk.playing() as officer:
        await sign_in(officer)
        await ask_to_change(officer)
        for pin in typed:
            await officer.type(pin)
        return officer.said()


async def test_the_old_one_and_twice_the_new_one_change_it(desk: Desk) -> None:
    assert "Your PIN is changed" in await changed(desk, PIN, OTHER_PIN, OTHER_PIN)
    assert is_his(desk, OTHER_PIN) and not is_his(desk, PIN)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((PIN, OTHER_PIN, "862976"), "The two new PINs differ"),
        ((PIN, "111111", "111111"), "A PIN has six digits"),
    ],
)
async def test_what_cannot_be_the_new_one_changes_nothing(desk: Desk, typed: tuple[str, ...], said: str) -> None:
    assert said in await changed(desk, *typed)
    assert is_his(desk, PIN)


async def test_who_does_not_know_the_old_one_changes_nothing_and_his_tries_are_counted(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await ask_to_change(officer)
        for _try in range(4):
            await officer.type("862900")
        assert "tries left: 1" in officer.said()
        await officer.type("862900")
        assert (officer.here, "in 1 min" in officer.said()) == ("HomeScreen", True)
    desk.at("2026-11-25T08:35:00+07:00")
    assert is_his(desk, PIN)


async def test_esc_at_the_new_one_changes_nothing(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await ask_to_change(officer)
        await officer.type(PIN)
        assert "type your new PIN" in officer.screen()
        await officer.press("escape")
        assert officer.here == "HomeScreen"
    assert is_his(desk, PIN)


async def test_practice_keeps_the_pin_that_everybody_knows(desk: Desk) -> None:
    app = desk.app()
    app.open_services = lambda: Seat(desk.services, practice_pin=PIN)
    async with playing(app) as officer:
        await sign_in(officer)
        await ask_to_change(officer)
        assert f"everybody uses the PIN {PIN}" in officer.said()
