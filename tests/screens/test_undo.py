"""Undo on every screen: Ctrl+Z names what will be reversed, Enter reverses it (U1)."""

from __future__ import annotations

from tests.screens.desks import Desk, sign_in


async def test_two_keys_reverse_the_last_act(desk: Desk) -> None:  # U1
    dossier = desk.resolve()
    desk.services.returning.give(dossier, desk.officer)
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("ctrl+z")
        code = desk.services.lookup.show(dossier).line.code
        assert "Reverse this? Result handed over" in officer.text() and code in officer.text()
        await officer.press("enter")
        assert (officer.here, officer.keys) == ("HomeScreen", 2)
        assert "Reversed: Result handed over" in officer.said()
    assert desk.status(dossier) == "resolved"


async def test_the_dossier_on_the_screen_is_shown_as_it_is_then(desk: Desk) -> None:
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.scan(desk.short_form(dossier))
        assert "Resolved" in officer.screen()
        await officer.press("ctrl+z", "enter")
        assert officer.here == "DossierScreen"
        assert "Accepted · due soon" in officer.screen()


async def test_esc_reverses_nothing(desk: Desk) -> None:
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("ctrl+z", "escape")
    assert desk.status(dossier) == "resolved"


async def test_what_is_older_than_five_minutes_is_said_to_be_too_late(desk: Desk) -> None:
    desk.resolve()
    desk.at("2026-11-25T08:36:00+07:00")
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("ctrl+z")
        assert "no act of yours in the last five minutes" in officer.said()
