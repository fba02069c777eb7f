"""The App with the sample's workplaces: going, coming back, asking, speaking, two languages, hostile text."""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from textual import on
from textual.pilot import Pilot
from textual.widget import Widget

from desk.errors.base import RuleBroken
from desk.words import N_, speak
from screens.app import DeskApp
from screens.base import DeskScreen
from screens.dialogs.confirm import Confirm
from screens.dialogs.explain import Explain
from screens.palette import Palette
from screens.widgets.desk_input import DeskInput
from screens.widgets.header import HeaderFacts, LinkFacts
from screens.widgets.message_line import MessageLine
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said
from screens.workplace import Everywhere, Workplace
from tests.screens.pressing import press, shown
from tests.screens.sample import PLACES, Form, Home, Search, Seen, sample_app

HOSTILE = ["A [/] B", "[@click=app.bell]x[/]", "\x1b]0;title\x07", "\x9b2J", "\u202egnp.exe", "\x00\x07\x08", "{name}"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sample speaks English at first, and every test ends as it began."""
    speak("en")
    yield
    speak("en")


@asynccontextmanager
async def running(app: DeskApp[Seen], size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await app.keys_settled()
        yield pilot


def said(app: DeskApp[Seen]) -> str:
    spoken = app.top.query_one(MessageLine).spoken
    return spoken.short if spoken is not None else ""


async def test_workplaces_open_by_their_keys_and_esc_goes_the_way_back() -> None:
    app = sample_app(Seen())
    async with running(app):
        await press(app, "f3", "f2")
        assert isinstance(app.top, Form)
        await press(app, "escape")
        assert isinstance(app.top, Search)
        await press(app, "escape", "escape", "escape")
        assert isinstance(app.top, Home)
        assert app.failures == []


async def test_a_workplace_is_built_once() -> None:
    app = sample_app(Seen())
    async with running(app):
        await press(app, "f3")
        first = app.top
        await press(app, "escape", "f3")
        assert app.top is first


async def test_keys_whose_act_is_not_built_are_neither_bound_nor_listed() -> None:
    app = sample_app(Seen())
    async with running(app):
        await press(app, "f7", "f8", "f6", "ctrl+z")
        assert isinstance(app.top, Home)
        assert not any("F7" in line or "^Z" in line for line in shown(app)[-1:])


async def test_a_question_is_answered_by_enter_and_refused_by_esc() -> None:
    seen = Seen()
    app = sample_app(seen, "search")
    async with running(app):
        for key in ("enter", "escape"):
            await press(app, *"ask", "enter")
            assert isinstance(app.top, Confirm)
            assert "Really?" in "".join(shown(app))
            await press(app, key)
            assert isinstance(app.top, Search)
        assert [line[1] for line in seen.lines if line[0] == "answer"] == [True, None]


async def test_going_elsewhere_answers_an_open_question_with_none() -> None:
    seen = Seen()
    app = sample_app(seen, "search")
    async with running(app):
        await press(app, *"ask", "enter", "ctrl+l")
        assert seen.lines[-1] == ["answer", None]
        assert app.rooms.here == "pin"
        assert app.failures == []


async def test_an_error_stands_on_the_line_last_but_one_until_the_next_act_and_f1_opens_the_whole() -> None:
    app = sample_app(Seen(), "search")
    async with running(app):
        await press(app, *"far", "enter")
        line = shown(app)[-2]
        assert line.startswith(" That is too far. Go back.")
        assert "RULE-00" in line
        await press(app, "f1")
        assert isinstance(app.top, Explain)
        assert "Nothing was saved or changed." in "".join(shown(app))
        await press(app, "enter", "x", "enter")
        assert said(app) == ""


async def test_f1_says_what_belongs_into_a_field() -> None:
    app = sample_app(Seen(), "form")
    async with running(app):
        await press(app, "tab", "f1")
        assert "Help of b" in "".join(shown(app))


async def test_an_unforeseen_fault_is_told_in_one_sentence_without_its_text() -> None:
    app = sample_app(Seen(), "search")
    async with running(app):
        await press(app, *"bug", "enter")
        assert said(app).startswith("Something went wrong.")
        assert "Bí Mật" not in "".join(shown(app))
        assert [type(error) for error in app.failures] == [ValueError]


async def test_the_palette_runs_digits_and_letters_at_once() -> None:
    app = sample_app(Seen())
    async with running(app):
        await press(app, "ctrl+g", "3")
        assert isinstance(app.top, Search)
        await press(app, "ctrl+g", "0")
        assert isinstance(app.top, Home)


async def test_the_palette_finds_names_without_accents() -> None:
    app = sample_app(Seen())
    async with running(app):
        await press(app, "ctrl+g", *"tra cuu", "enter")
        assert isinstance(app.top, Search)


async def test_a_blank_first_lets_a_letter_be_searched_that_would_run_a_command() -> None:
    app = sample_app(Seen())
    async with running(app):
        await press(app, "ctrl+g", "space", *"qui")
        assert isinstance(app.top, Palette)
        assert any("Quit" in line for line in shown(app))


async def test_a_command_of_the_screen_itself_is_in_the_palette() -> None:
    seen = Seen()
    app = sample_app(seen, "form")
    async with running(app):
        await press(app, *"Lan", "ctrl+g", "9")
        assert ["saved", ["Lan", "", "", "", "", ""]] in seen.lines


async def test_the_language_changes_on_every_screen() -> None:
    app = sample_app(Seen(), "search")
    async with running(app):
        assert "Help" in shown(app)[-1]
        await press(app, "ctrl+g", "l")
        assert "Trợ giúp" in shown(app)[-1]
        await press(app, "f2")
        assert "Trợ giúp" in shown(app)[-1]


async def test_an_act_that_works_everywhere_is_led_to_by_its_key_and_its_letter() -> None:
    seen = Seen()

    async def undo(app: DeskApp[Seen], services: Seen) -> None:
        services.tell("undone")

    places = [Workplace("search", "Search", Search)]
    acts = [Everywhere("Undo", undo, key="undo"), Everywhere("Practice", undo, letter="p")]
    app = DeskApp(lambda: seen, places, acts)
    async with running(app):
        await press(app, "ctrl+z", "ctrl+g", "z", "ctrl+g", "p")
        assert seen.lines == [["undone"]] * 3


class Reading(DeskScreen):
    """Its reads fail."""

    SAID = "Reading"

    async def action_choices(self) -> None:
        self.read(self._refused(), "one")

    async def action_help(self) -> None:
        self.read(self._broken(), "two")

    async def _refused(self) -> None:
        raise Broken(name="A")

    async def _broken(self) -> None:
        raise KeyError("Bí Mật")


async def test_a_read_that_fails_is_told_and_ends_nothing() -> None:
    app = DeskApp(Seen, [Workplace("reading", "Reading", lambda _seen: Reading())])
    async with running(app) as pilot:
        await press(app, "f4")
        await pilot.pause()
        assert said(app).startswith("Wrong: A")
        await press(app, "f1")
        await pilot.pause()
        assert said(app).startswith("Something went wrong.")
        assert [type(error) for error in app.failures] == [KeyError]


class Hasty(DeskScreen):
    """Leads elsewhere and comes back out of handlers of messages, which run in the screen's own task."""

    SAID = "Hasty"

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def body(self) -> Iterator[Widget]:  # type: ignore[override]  # an iterator is what compose wants
        yield DeskInput(id="words")

    @on(DeskInput.Changed)
    async def _changed(self, event: DeskInput.Changed) -> None:
        if event.value == "h":
            await self.go("hasty")
        if event.value == "hf":
            await self.go("form")


async def test_a_handler_of_a_message_may_lead_elsewhere_before_the_next_key() -> None:
    seen = Seen()
    app = DeskApp(lambda: seen, [Workplace("hasty", "Hasty", Hasty), *PLACES])
    async with running(app):
        await press(app, *"hfLan", "f9")
        assert ["saved", ["Lan", "", "", "", "", ""]] in seen.lines


async def test_hundreds_of_screen_changes_leave_nothing_behind() -> None:
    app = sample_app(Seen(), "search")
    async with running(app):

        async def changes(count: int) -> int:
            for _ in range(count):
                await press(app, "ctrl+g", "0", "f3", *"far", "enter", "f1", "escape", "escape")
            gc.collect()
            return len(gc.get_objects())

        await changes(10)
        first, later = [await changes(20) for _ in range(2)], [await changes(20) for _ in range(2)]
        # objects in use waver by two in a hundred; three left behind at each change would be six in a hundred
        assert min(later) < min(first) * 1.03


class Ugly(DeskScreen):
    """Shows what it is given in every widget of the desk."""

    SAID = "Ugly"

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.texts = texts

    def body(self) -> Iterator[Widget]:  # type: ignore[override]  # an iterator is what compose wants
        yield Said(N_("Name: {name}"), name="\n".join(self.texts))
        yield Rows([Column("A", 10), Column("B")], id="rows")
        for text in self.texts:
            yield DeskInput(text, placeholder=text, help=text)

    async def arrive(self, errand: object) -> None:
        self.query_one(Rows).show([(text, text) for text in self.texts])
        self.tell(N_("Saved: {name}"), name="".join(self.texts))


class Broken(RuleBroken):
    code = "RULE-00"
    said = N_("Wrong: {name}")


async def test_hostile_text_is_harmless_in_every_widget() -> None:
    app = DeskApp(Seen, [Workplace("ugly", "Ugly", lambda _seen: Ugly(HOSTILE))])
    async with running(app):
        app.show_facts(HeaderFacts(HOSTILE[0], "".join(HOSTILE), practice=True, link=LinkFacts(up=True)))
        app.top.say(Broken(name="".join(HOSTILE)))
        await press(app, "f1", "enter", "f1")
        everything = "".join(shown(app)) + "".join(str(app.export_screenshot()))
        assert not [c for c in everything if c != "\n" and unicodedata.category(c) in ("Cc", "Cf")]
        assert "A [/] B" in "".join(shown(app))
        assert app.failures == []


async def test_a_terminal_of_one_cell_and_back_breaks_nothing() -> None:
    app = sample_app(Seen(), "form")
    async with running(app) as pilot:
        for size in ((1, 1), (10, 3), (200, 60), (80, 23)):
            await pilot.resize_terminal(*size)
            await press(app, *"Lan", "tab")
        assert len(shown(app)) == 23
        assert "F1" in shown(app)[-1]


async def test_the_first_line_shows_place_officer_practice_link_and_time() -> None:
    app = sample_app(Seen())
    async with running(app):
        first = shown(app)[0]
        for part in ("Home", "Móng Cái 2", "Nguyễn Thị Lan", "PRACTICE", "unsent 3"):
            assert part in first
