"""A lesson on the real screens: played by itself, and taken by a trainee with the coach beside him."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desk import lessons, wiring, words
from desk.assembly import Screens
from desk.cases.lesson_sheet import write_sheet
from desk.cases.practising import PIN
from desk.clock import to_ms
from desk.errors.practice import StepNotDone
from desk.errors.store import RealHomeRefused
from sample_data.shipped import new_lesson_text
from screens.practice.coach import Coach
from screens.widgets.coach_line import CoachLine
from screens.widgets.message_line import MessageLine
from tests.screens.playing import Player

SHORT = new_lesson_text("ngan").replace('say.en = "Receive', 'say.en = "Press **F9** [b]now[/b]. Receive')
TWO = (
    SHORT + '[[step]]\nid = "tim"\nsay = { vi = "Tìm", en = "Find it" }\nwant.screen = "lookup"\ndo = [["key", "f2"]]\n'
)
ASKS = (
    TWO
    + '[[step]]\nid = "hoi"\nask = { vi = "Lưu chưa?", en = "Is it **saved**?" }\nanswer = 2\n'
    + 'choices = { vi = ["Chưa", "Rồi"], en = ["Not yet", "It is"] }\n'
)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave the language and the environment as they were: the screens forget what is Textual's own in it."""
    spoken, environment = words.language(), dict(os.environ)
    words.speak("en")
    yield
    words.speak(spoken)
    os.environ.update(environment)


@asynccontextmanager
async def taken(around: wiring.Surroundings, script: lessons.Script) -> AsyncIterator[tuple[Player, Coach]]:
    """Take a lesson at 80x23, the PIN typed."""
    own = lessons.prepare(around, script, language="en")
    screens = Screens(own, lang="en", lesson=lambda services: lessons.learning_of(services, script))
    app = screens.app()
    try:
        async with app.run_test(size=(80, 23)) as pilot:
            officer = Player(app, pilot)
            await officer.settled()
            assert screens.coach is not None
            await officer.type(PIN)
            yield officer, screens.coach
            screens.coach.learning.keep()
    finally:
        screens.close()


async def seen(coach: Coach, steps: int) -> None:
    """Wait until the coach has seen so many steps done."""
    for _look in range(600):
        await coach.look()
        if coach.learning.progress.step == steps:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(coach.learning.progress)


async def drawn(officer: Player, coach: Coach) -> list[str]:
    """Return what is seen once the coach has spoken, line by line."""
    for _draw in range(2):  # the line is mounted at the first one
        await coach.look()
        await officer.settled()
    return officer.screen().splitlines()


def idle(officer: Player) -> str:
    return officer.top.query_one("#said", MessageLine)._idle


async def test_a_trainee_is_coached_on_any_route_and_how_far_he_got_is_kept(tmp_path: Path) -> None:
    script = lessons.script_of(ASKS)
    around = wiring.Surroundings(tmp_path, tmp_path / "no-keys")
    async with taken(around, script) as (officer, coach):
        await coach.look()
        await officer.press("ctrl+g", "p")
        assert "Scan the identity card of Nguyễn Thị Lan" in officer.screen()
        assert "Hint 1/2" in officer.screen()
        await officer.press("3")
        assert "Type “khai sinh” in the field Procedure" in officer.text()
        await officer.press("enter", "ctrl+g", "p", "1")
        # complete at 23 lines: the coach speaks where nothing else is said
        assert officer.here == "IntakeScreen"
        lines = await drawn(officer, coach)
        assert "Note" in lines[-3] and lines[-2].startswith(" Step 1/3 Press F9 [b]now[/b]. Receive")
        await officer.resize((80, 24))
        lines = await drawn(officer, coach)
        assert "Note" in lines[-4] and lines[-3].startswith(" Step 1/3  Press F9 [b]now[/b]. Receive")
        assert lines[-3].endswith("… ^G p") and idle(officer) == ""
        await officer.resize((120, 40))
        await drawn(officer, coach)
        assert officer.top.query_one(CoachLine).size.height == 4
        await officer.press("1", "f9")  # by its digit: another way than the lesson's own
        await seen(coach, 1)
        assert (await drawn(officer, coach))[-6].startswith(" ✓ Step 2/3")
        await officer.resize((80, 23))
        await officer.press("f3")
        await seen(coach, 2)
        await officer.press("ctrl+g", "p", "3")
        assert "Is it saved?" in officer.screen() and "It is" in officer.screen()
        await officer.press("1")
        assert officer.said() == "That is not right; think again."
        assert (await drawn(officer, coach))[-2].startswith(" That is not right")
        await officer.press("ctrl+g", "p", "3", "2")
        assert officer.said() == "That is right."
        await officer.press("escape")
        assert (await drawn(officer, coach))[-2].startswith(" ✓ The lesson is done 73 of 100 points")
        sheet = write_sheet(coach.learning, "=HYPERLINK(1)").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[:5] for line in sheet[1:]] == [
        ["ngan", " =HYPERLINK(1)", "nhan", "yes", "1"],
        ["ngan", " =HYPERLINK(1)", "tim", "yes", "0"],
        ["ngan", " =HYPERLINK(1)", "hoi", "yes", "0"],
        ["ngan", " =HYPERLINK(1)", "not passed", "no", "1"],
    ]
    kept = lessons.progress_of(around, script)
    assert kept is not None and (kept.step, kept.done[0].hints, kept.done[2].mistakes) == (3, 1, 1)
    assert kept.at_ms - to_ms(script.lesson.clock) < 24 * 60_000
    assert lessons.progress_of(around, lessons.script_of(ASKS + "\n")) is None
    lessons.prepare(around, script, language="en", reset=True)
    anew = lessons.progress_of(around, script)
    assert anew is not None and (anew.step, anew.done[0].hints) == (0, 0)


def test_what_an_interrupted_making_left_is_made_anew_and_a_real_home_is_refused(tmp_path: Path) -> None:
    around, script = wiring.Surroundings(tmp_path, tmp_path / "no-keys"), lessons.script_of(SHORT)
    own = lessons.home_of(around, script.lesson).home
    own.mkdir(parents=True)
    (own / "clock.txt").write_text("0", encoding="utf-8")
    lessons.prepare(around, script, language="en")
    assert lessons.progress_of(around, script) is not None
    (own / "desk.toml").write_text((own / "desk.toml").read_text(encoding="utf-8").replace('"practice"', '"real"'))
    with pytest.raises(RealHomeRefused):
        lessons.prepare(around, script, language="en", reset=True)


def test_a_lesson_played_by_itself_holds_or_names_the_step_that_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.practice.playing._WAIT_S", 0.2)
    told: list[str] = []
    with pytest.raises(StepNotDone) as stopped:
        lessons.play(lessons.script_of(TWO), tell=told.append)
    assert told == ["✓ 1/2 nhan"]
    assert stopped.value.facts["step"] == "tim"
