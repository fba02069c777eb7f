"""The workplaces together: where the officer stands after a return, a lock, another officer; what loads when."""

from __future__ import annotations

import subprocess
import sys

from desk.errors.store import HomeTaken
from desk.rules.scans import badge_digits
from screens import office
from screens.widgets.desk_input import DeskInput
from tests.screens.desks import OTHER_PIN, PIN, Desk, sign_in


async def test_a_return_during_an_intake_leads_back_to_the_intake_its_page_parked(desk: Desk) -> None:
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f2")
        await officer.type("022185000777")
        first = officer.here
        await officer.scan(desk.slip_text(dossier))
        await officer.press("enter", "enter", "escape")
        assert officer.here == first
        assert "022185000777" not in officer.screen()
        await officer.press("f6")
        assert "022185000777" in officer.screen()
    assert desk.status(dossier) == "returned"


async def test_another_officer_leaves_the_first_ones_page_in_his_drafts(desk: Desk) -> None:
    other = desk.services.officers.add("Hoàng Thị Giao", OTHER_PIN, "officer", badge="4711", by=desk.officer.id)
    async with desk.playing() as officer:
        numbers = [one.id for one in desk.services.officers.all()]
        await officer.press(str(numbers.index(desk.officer.id) + 1))
        await officer.type(PIN)
        await officer.press("f2")
        await officer.type("022185000777")
        await officer.scan(badge_digits(4711))
        await officer.type(OTHER_PIN)
        assert officer.here == "HomeScreen"
        assert len(desk.services.drafts.of(desk.officer)) == 1
        assert desk.services.drafts.of(other) == ()
        await officer.press("f2")
        assert "022185000777" not in officer.screen()
        await officer.press("ctrl+l", "escape", str(numbers.index(desk.officer.id) + 1))
        await officer.type(PIN)
        assert officer.here == "HomeScreen"
        await officer.press("f3", "f6")
        assert "022185000777" in officer.screen()


async def test_a_window_that_only_reads_says_so_before_anything_is_typed_and_leaves_the_drafts_alone(
    desk: Desk,
) -> None:
    dossier = desk.services.drafts.new_id()
    desk.services.drafts.keep(dossier, desk.officer, "intake", {"owner": {"name": "Lan"}})
    desk.services.context.log.closed = HomeTaken(since="08:00")
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f2")
        assert officer.here == "IntakeScreen" and "here you can only look" in officer.said()
        await officer.type("022185000777")
        await officer.press("escape")
    assert [(one.dossier, one.is_parked) for one in desk.services.drafts.all()] == [(dossier, False)]


async def test_esc_goes_back_step_by_step_and_ends_at_home(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type("lan")
        await officer.press("enter", "enter", "f7")
        seen = []
        for _ in range(6):
            await officer.press("escape")
            seen.append(officer.here)
        assert seen[:4] == ["MovesScreen", "DossierScreen", "LookupScreen", "LookupScreen"]
        assert seen[-1] == "HomeScreen"
        assert officer.app.rooms.here == "home"
        assert desk.status(dossier) == "accepted"


async def test_the_language_changes_on_every_screen(desk: Desk) -> None:
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        for go in ("home", "lookup", "papers", "figures"):
            officer.app.keys.act(lambda go=go: officer.app.rooms.go(go))  # type: ignore[misc]
            await officer.settled()
            english = officer.screen()
            await officer.press("ctrl+g", "l")
            assert officer.screen() != english, go
            await officer.press("ctrl+g", "l")
            assert officer.screen() == english, go
        await officer.scan(desk.short_form(dossier))
        await officer.press("enter", "ctrl+g", "l")
        assert "Ai nhận?" in officer.screen() and "in biên nhận" in officer.screen()
        await officer.press("ctrl+g", "l")


async def test_the_palette_lists_home_under_0_and_finds_words_without_accents(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3", "ctrl+g", "0")
        assert officer.here == "HomeScreen"
        await officer.press("ctrl+g", "l", "ctrl+g")
        assert desk.services.devices.settings.language == "vi"
        await officer.type(" so lieu")
        await officer.press("enter")
        assert officer.here == "FiguresScreen"
        await officer.press("ctrl+g", "l")


async def test_what_is_typed_ahead_through_a_whole_return_reaches_the_next_search(desk: Desk) -> None:
    desk.resolve(1)
    desk.resolve(2, owner={"name": "Trần Văn Bình", "phone": "0987654321"})
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.burst(*"lan", "enter", "enter", "enter", *"4321")
        assert officer.here == "SurveyScreen"
        await officer.press("escape")
        assert officer.here == "LookupScreen"
        assert officer.top.query_one("#typed", DeskInput).value == "4321"
        assert "Trần Văn Bình" in officer.screen()


def test_naming_the_workplaces_loads_neither_sql_nor_their_screens() -> None:
    code = (
        "import sys; from screens import office; office.workplaces(); office.everywhere();"
        "print([m for m in sys.modules if m.startswith(('sqlalchemy', 'sqlmodel', 'reportlab', 'screens.lookup'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_day_begins_at_the_sign_in() -> None:
    assert office.workplaces()[0].name == "signin"
