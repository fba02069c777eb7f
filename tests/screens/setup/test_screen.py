"""The set-up: six fields, faults at their fields, and a home that is made by the function passed in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desk import settings, wiring, words
from screens import office
from screens.app import DeskApp
from screens.setup.newcomer import Answers, Newcomer, newcomer
from screens.setup.screen import MADE
from screens.widgets.desk_input import DeskInput
from tests.homes import CLOCK, surroundings
from tests.screens.playing import Player, playing


@pytest.fixture
def made() -> list[Answers]:
    """What the set-up was told to make."""
    words.speak("en")
    return []


def app(folder: Path, made: list[Answers]) -> DeskApp[Newcomer]:
    """Return the screens of an empty home in `folder`."""
    around = surroundings(folder, CLOCK)

    def make(answers: Answers) -> None:
        new = wiring.NewHome(
            answers.unit, answers.agency_code, answers.slot, answers.officer, answers.pin, allow_test_clock=True
        )
        wiring.make_home(around, new)
        made.append(answers)

    units = wiring.reference_texts()["units"]
    return DeskApp(lambda: newcomer(units, make, date(2026, 11, 25)), office.setup_workplaces())


async def fill(officer: Player, *, agency: str = "H49.22.11", slot: str = "0", pin: str = "135246") -> None:
    await officer.type("mong cai 2")
    await officer.press("enter")
    for text in (agency, slot, "Đỗ Thị Mai", pin, pin):
        await officer.type(text)
        await officer.press("enter")


async def test_six_answers_make_a_desk(tmp_path: Path, made: list[Answers]) -> None:
    screens = app(tmp_path, made)
    async with playing(screens) as officer:
        assert officer.here == "SetupScreen"
        await fill(officer)
        assert "Enter: make the desk" in officer.screen()
        await officer.press("enter")
    assert screens.return_value == MADE
    assert made == [Answers("06709", "H49.22.11", 0, "Đỗ Thị Mai", "135246")]
    assert settings.load(tmp_path / "home").unit == "06709"


async def test_an_old_name_finds_the_new_unit(tmp_path: Path, made: list[Answers]) -> None:
    async with playing(app(tmp_path, made)) as officer:
        await officer.type("ka long")
        assert "Phường Móng Cái 2" in officer.screen() and "Phường Ka Long" in officer.screen()


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"agency": "tờ"}, "agency", "agency code"),
        ({"slot": "99"}, "slot", "99"),
        ({"pin": "123456"}, "pin", "six digits"),
    ],
)
async def test_a_wrong_answer_is_said_with_the_cursor_in_its_field(
    tmp_path: Path, made: list[Answers], wrong: dict[str, str], field: str, said: str
) -> None:
    async with playing(app(tmp_path, made)) as officer:
        await fill(officer, **wrong)
        await officer.press("f9")
        assert said in officer.said()
        assert officer.top.focused is officer.top.query_one(f"#{field}", DeskInput)
    assert not (tmp_path / "home").exists() and made == []


async def test_two_different_pins_are_typed_again(tmp_path: Path, made: list[Answers]) -> None:
    async with playing(app(tmp_path, made)) as officer:
        await fill(officer)
        officer.top.query_one("#again", DeskInput).value = "135247"
        await officer.press("f9")
        assert "two PINs differ" in officer.said()
        assert officer.top.query_one("#pin", DeskInput).value == ""


async def test_a_pin_is_never_shown(tmp_path: Path, made: list[Answers]) -> None:
    async with playing(app(tmp_path, made)) as officer:
        await fill(officer)
        assert "135246" not in officer.screen()
