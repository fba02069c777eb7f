"""The survey: few keys (S1 to S3), silence is no answer, scans are refused, early keys never answer it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from desk.cases.survey import Captured
from desk.errors.store import DiskFull, HomeTaken
from desk.rules.survey import CRITERIA, LEVELS, REASONS
from sample_data.shipped import shipped_text
from screens.errands import AskSurvey
from screens.seat import Seat
from screens.survey.screen import SurveyScreen
from screens.workplace import Workplace
from tests.screens.desks import Desk, sign_in, with_other
from tests.screens.playing import Player, playing


def forms(desk: Desk) -> list[dict[str, Any]]:
    """Return the bodies of the survey forms, the oldest first."""
    context = desk.services.context
    with context.store.reading() as session:
        tail = context.log.tail(session)
        events = context.log.events(session, tail.epoch, 0, 10_000)
    return [dict(event.body) for event in events if event.head.kind == "survey.captured"]


async def asked(officer: Player, dossier: str = "") -> None:
    """Sign in and open the survey over the home screen."""
    await sign_in(officer)
    officer.app.keys.act(lambda: officer.app.rooms.go("survey", AskSurvey(dossier)))
    await officer.settled()
    assert officer.here == "SurveyScreen"


@pytest.mark.parametrize(("digit", "level"), [("1", "very_satisfied"), ("2", "satisfied"), ("0", "declined")])
async def test_one_key_and_enter_answer(desk: Desk, digit: str, level: str) -> None:  # S1
    dossier = desk.accept()
    async with desk.playing() as officer:
        await asked(officer, dossier)
        await officer.press(digit, "enter")
        assert (officer.here, officer.keys) == ("HomeScreen", 2)
    assert [form["level"] for form in forms(desk)] == [level]
    assert "dossier" not in forms(desk)[0]
    assert desk.services.lookup.show(dossier).survey == ("declined" if level == "declined" else "answered")


async def test_five_criteria_take_five_digits_and_enter(desk: Desk) -> None:  # S2
    context = desk.services.context
    longer = replace(context, settings=replace(context.settings, survey_form="criteria"))
    app = desk.app()
    app.open_services = lambda: Seat(with_other(desk.services, context=longer))
    async with playing(app) as officer:
        await asked(officer)
        await officer.press(*"12122", "enter")
        assert (officer.here, officer.keys) == ("HomeScreen", 6)
    form = forms(desk)[0]
    assert form["level"] == "satisfied"
    assert form["criteria"] == dict(
        zip(CRITERIA, ("very_satisfied", "satisfied", "very_satisfied", "satisfied", "satisfied"), strict=True)
    )


async def test_an_unhappy_citizen_says_why_in_two_keys_more(desk: Desk) -> None:  # S3
    async with desk.playing() as officer:
        await asked(officer)
        await officer.press("3", "enter")
        assert "Why are you dissatisfied?" in officer.screen()
        await officer.press("2", "enter")
        assert (officer.here, officer.keys) == ("HomeScreen", 4)
    assert (forms(desk)[0]["level"], forms(desk)[0]["reason"]) == ("dissatisfied", REASONS[1])


async def test_a_changed_mind_and_wrong_keys_do_no_harm(desk: Desk) -> None:
    async with desk.playing() as officer:
        await asked(officer)
        await officer.press("9", "x", "enter", "3", "backspace", "enter", "3", "1", "enter")
        assert officer.here == "HomeScreen"
    assert [form["level"] for form in forms(desk)] == ["very_satisfied"]


async def test_esc_is_no_answer_and_not_declined(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await asked(officer, dossier)
        await officer.press("escape")
        assert officer.here == "HomeScreen"
    assert forms(desk) == []
    assert desk.services.lookup.show(dossier).survey == "no_answer"


async def test_silence_is_no_answer(desk: Desk) -> None:
    dossier = desk.accept()
    app = desk.app()
    place = app.rooms.workplaces["survey"]
    app.rooms.workplaces["survey"] = replace(place, make=lambda seat: SurveyScreen(seat, silence_s=0.05))
    assert isinstance(app.rooms.workplaces["survey"], Workplace)
    async with playing(app) as officer:
        await sign_in(officer)
        officer.app.keys.act(lambda: officer.app.rooms.go("survey", AskSurvey(dossier)))
        for _ in range(200):
            await officer.settled()
            if desk.services.lookup.show(dossier).survey:
                break
        assert officer.here == "HomeScreen"
    assert forms(desk) == []
    assert desk.services.lookup.show(dossier).survey == "no_answer"


async def test_an_answer_that_cannot_be_saved_waits_and_is_saved_by_itself(desk: Desk) -> None:
    capture, refused = desk.services.survey.capture, [DiskFull(), DiskFull()]

    def failing(*args: Any, **options: Any) -> Captured:
        if refused:
            raise refused.pop()
        return capture(*args, **options)

    app = desk.app()
    place = app.rooms.workplaces["survey"]
    app.rooms.workplaces["survey"] = replace(place, make=lambda seat: SurveyScreen(seat, again_s=0.05))
    survey = SimpleNamespace(capture=failing)
    app.open_services = lambda: Seat(with_other(desk.services, survey=survey))
    async with playing(app) as officer:
        await asked(officer)
        await officer.press("1", "enter")
        assert officer.here == "HomeScreen" and "not saved yet (STORE-04)" in officer.said()
        for _ in range(600):
            await officer.settled()
            if forms(desk):
                break
            await asyncio.sleep(0.01)
        await officer.settled()
        assert officer.said() == "The citizen's answer is saved now."
    assert [form["level"] for form in forms(desk)] == ["very_satisfied"]


async def test_an_answer_that_waits_is_tried_once_more_when_the_program_ends(desk: Desk) -> None:
    capture, refused = desk.services.survey.capture, [DiskFull()]

    def failing(*args: Any, **options: Any) -> Captured:
        if refused:
            raise refused.pop()
        return capture(*args, **options)

    app = desk.app()
    app.open_services = lambda: Seat(with_other(desk.services, survey=SimpleNamespace(capture=failing)))
    async with playing(app) as officer:
        await asked(officer)
        await officer.press("2", "enter")
        assert forms(desk) == []
        for screen in officer.app.rooms.built:
            await screen.keep()
    assert [form["level"] for form in forms(desk)] == ["satisfied"]


async def test_nobody_is_asked_where_nothing_can_be_written(desk: Desk) -> None:
    desk.services.context.log.closed = HomeTaken(since="08:00")
    async with desk.playing() as officer:
        await sign_in(officer)
        officer.app.keys.act(lambda: officer.app.rooms.go("survey"))
        await officer.settled()
        assert officer.here == "HomeScreen" and "here you can only look" in officer.said()


async def test_keys_typed_before_it_was_seen_go_to_the_screen_after_it(desk: Desk) -> None:
    dossier = desk.resolve()
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("f3")
        await officer.type("lan")
        await officer.burst("enter", "enter", "enter", *"3", "enter", *"binh")
        assert officer.here == "SurveyScreen"
        assert officer.top.query_one("#levels").display
        await officer.press("1", "enter")
        assert officer.here == "LookupScreen"
    assert [form["level"] for form in forms(desk)] == ["very_satisfied"]
    assert desk.status(dossier) == "returned"


async def test_every_scan_is_refused(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await asked(officer)
        await officer.scan(desk.short_form(dossier))
        await officer.scan("022085000123|100123456|LÊ VĂN SƠN|15031985|Nam|Tổ 2, Móng Cái|01072021")
        await officer.press("f2", "f3", "f7", "ctrl+g", "ctrl+l", "ctrl+z", "f1", "f4")
        assert officer.here == "SurveyScreen"
    assert forms(desk) == []


async def test_it_speaks_every_language_at_once_and_nothing_personal(desk: Desk) -> None:
    dossier = desk.accept()
    async with desk.playing() as officer:
        await asked(officer, dossier)
        words = desk.services.context.reference.survey_words()
        for level in LEVELS:
            assert words[f"level.{level}"].vi in officer.screen() and words[f"level.{level}"].en in officer.screen()
        assert words["level.satisfied"].zh in officer.screen()  # Móng Cái 2 lies at the border
        for part in ("Lan", "022190", "H49.22.11-", desk.services.lookup.show(dossier).line.alias):
            assert part not in officer.screen()


async def test_a_visitor_without_a_dossier_is_asked_too(desk: Desk) -> None:
    async with desk.playing() as officer:
        await asked(officer)
        await officer.press("2", "enter")
    assert [form["level"] for form in forms(desk)] == ["satisfied"]


async def test_imported_words_are_asked_from_the_next_citizen_on(desk: Desk) -> None:
    text = shipped_text("survey").replace("Rất hài lòng", "Rất ưng ý")
    async with desk.playing() as officer:
        await asked(officer)
        assert "Rất hài lòng" in officer.screen()
        await officer.press("1", "enter")
        desk.services.importing.bring_in("survey", text, desk.officer)
        officer.app.keys.act(lambda: officer.app.rooms.go("survey", AskSurvey("")))
        await officer.settled()
        assert "Rất ưng ý" in officer.screen()


async def test_a_paper_form_is_typed_without_haste_and_kept_as_paper(desk: Desk) -> None:
    async with desk.playing() as officer:
        await sign_in(officer)
        await officer.press("ctrl+g")
        await officer.type(" paper form")
        await officer.press("enter")
        assert officer.here == "SurveyScreen"
        assert officer.top._silence is None
        await officer.press("2", "enter")
        assert officer.here == "HomeScreen"
    (form,) = forms(desk)
    assert (form["level"], form["how"], form["quick"]) == ("satisfied", "paper", False)
