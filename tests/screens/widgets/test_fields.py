"""The fields on a screen: what they hold, show and refuse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from desk.rules.codes import with_check
from desk.words import speak
from screens.app import DeskApp
from screens.base import DeskScreen
from screens.widgets.desk_input import DeskInput
from screens.widgets.header import HeaderFacts
from screens.widgets.notes_area import NotesArea
from screens.widgets.rows import Column, Rows
from screens.widgets.typed_fields import DateInput, DigitsInput, MoneyInput, PinInput
from screens.workplace import Workplace
from tests.screens.pressing import press, shown

CODE = with_check("12345678901234567890")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The tests read English."""
    speak("en")
    yield
    speak("en")


class Services:
    def header_facts(self) -> HeaderFacts:
        return HeaderFacts()

    def keep_language(self, language: str) -> None:
        """Keep nothing."""


class Page(DeskScreen):
    """Any widgets, and what they told."""

    SAID = "Page"

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets
        self.told: list[Any] = []

    def body(self) -> ComposeResult:
        yield from self.widgets

    @on(DeskInput.Changed)
    def _changed(self, event: DeskInput.Changed) -> None:
        self.told.append(event.value)

    @on(NotesArea.Changed)
    def _notes_changed(self, event: NotesArea.Changed) -> None:
        self.told.append(event.area.value)

    async def entered(self, field: Widget | None) -> None:
        self.told.append(f"entered {field.id if field is not None else ''}")
        await super().entered(field)

    async def chosen(self, rows: Rows, index: int) -> None:
        self.told.append(f"chosen {index}")


@asynccontextmanager
async def page_of(*widgets: Widget) -> AsyncIterator[tuple[Page, DeskApp[Services]]]:
    page = Page(*widgets)
    app = DeskApp(Services, [Workplace("page", "Page", lambda _services: page)])
    async with app.run_test(size=(80, 24)):
        await app.keys_settled()
        yield page, app
        assert app.failures == []


async def paste(app: DeskApp[Any], text: str) -> None:
    app.keys.put_paste(text, app.monotonic())
    await app.keys_settled()


def seen(app: DeskApp[Any], line: int) -> str:
    """Return one line of what is seen, without the blanks behind it."""
    return shown(app)[line].rstrip()


async def test_a_proposal_is_replaced_by_the_first_letter_and_taken_by_enter() -> None:
    field = DeskInput(id="copies")
    async with page_of(field) as (_page, app):
        field.offer("1")
        await press(app, "enter")
        assert field.value == "1"
        field.offer("1")
        await press(app, "3")
        assert field.value == "3"
        field.offer("12")
        await press(app, "end", "3")
        assert field.value == "123"


async def test_a_change_is_told_once_and_a_refused_key_is_none() -> None:
    field = DeskInput(limit=2)
    async with page_of(field) as (page, app):
        await press(app, "a", "b", "c", "left", "backspace")
        assert page.told == ["a", "ab", "b"]


async def test_a_text_wider_than_the_field_keeps_the_cursor_in_view() -> None:
    field = DeskInput()
    async with page_of(field) as (_page, app):
        await press(app, *"abcdefghij" * 12)
        assert seen(app, 1).endswith("hij")
        await press(app, "home")
        assert seen(app, 1).startswith("abc")


async def test_a_password_is_never_shown_and_cannot_be_copied() -> None:
    field = DeskInput(password=True)
    async with page_of(field) as (_page, app):
        await press(app, *"geheim", "ctrl+c", "ctrl+x", "ctrl+v")
        assert seen(app, 1) == "******"
        assert field.value == "geheim"
        assert app.clipboard == ""


async def test_a_pin_submits_itself_and_leaves_nothing_behind() -> None:
    field = PinInput(id="pin")
    async with page_of(field) as (page, app):
        await press(app, *"123456")
        assert page.told[-1] == "entered pin"
        assert field.take() == "123456"
        assert field.value == ""


async def test_what_is_pasted_is_cleaned_and_goes_where_the_cursor_is() -> None:
    field = DeskInput("ab")
    async with page_of(field) as (_page, app):
        await press(app, "left")
        await paste(app, "  X\x1b[31m\r\nY\u202e ")
        assert field.value == "aX[31m Yb"


async def test_a_pasted_code_is_a_scan_and_not_text() -> None:
    field = DeskInput()
    async with page_of(field) as (_page, app):
        await paste(app, CODE)
        assert field.value == ""


async def test_a_field_of_digits_takes_digits_only_from_keys_and_pastes() -> None:
    field = DigitsInput(limit=12)
    async with page_of(field) as (_page, app):
        await press(app, *"0a2b")
        await paste(app, "22.190-0000012345")
        assert field.value == "022219000000"


async def test_money_is_drawn_in_thousands() -> None:
    field = MoneyInput()
    async with page_of(field) as (_page, app):
        await press(app, *"1234567")
        assert seen(app, 1) == "1.234.567"
        assert field.dong == 1_234_567
        await press(app, "backspace", "backspace")
        assert seen(app, 1) == "12.345"


@pytest.mark.parametrize(
    ("typed", "drawn", "day"),
    [
        ("15051990", "15/05/1990", date(1990, 5, 15)),
        ("155", "15/05/2026", date(2026, 5, 15)),
        ("15-5", "15/05/2026", date(2026, 5, 15)),
        ("3113", "31/13/", None),
    ],
)
async def test_a_day_is_typed_on_digits_alone_and_written_out_when_left(
    typed: str, drawn: str, day: date | None
) -> None:
    field = DateInput(lambda: date(2026, 11, 25), id="born")
    async with page_of(field, DeskInput()) as (_page, app):
        await press(app, *typed, "enter")
        assert field.day == day
        assert seen(app, 1) == drawn


async def test_backspace_in_a_day_takes_digits_and_steps_over_strokes() -> None:
    field = DateInput(lambda: date(2026, 11, 25))
    async with page_of(field) as (_page, app):
        await press(app, *"15051991", "backspace", "0")
        assert field.day == date(1990, 5, 15)
        field.day = date(2001, 2, 3)
        assert field.value == "03/02/2001"


async def test_notes_hold_lines_and_tab_leaves_them() -> None:
    notes, field = NotesArea(id="notes"), DeskInput(id="next")
    async with page_of(notes, field) as (page, app):
        await press(app, *"một", "enter", *"hai", "up", "end", "!", "tab", "x")
        assert notes.value == "một!\nhai"
        assert field.value == "x"
        assert "entered notes" not in page.told


async def test_notes_take_back_their_own_typing() -> None:
    notes = NotesArea()
    async with page_of(notes) as (_page, app):
        await press(app, "a", "b", "ctrl+z")
        assert notes.value == "a"


async def test_up_on_the_first_line_and_down_on_the_last_leave_notes() -> None:
    first, notes, last = DeskInput(id="first"), NotesArea("a\nb"), DeskInput(id="last")
    async with page_of(first, notes, last) as (page, app):
        notes.focus()
        await press(app, "up", "up")
        assert page.focused is first
        notes.focus()
        await press(app, "down", "down")
        assert page.focused is last


async def test_long_notes_are_broken_behind_words_and_scroll() -> None:
    notes = NotesArea()
    async with page_of(notes) as (_page, app):
        await paste(app, "mười hai từ " * 60)
        await press(app, *"cuối")
        assert "cuối" in "".join(seen(app, line) for line in range(1, 5))


def hundred_thousand() -> list[tuple[str, str]]:
    return [(f"{n:06d}", f"Nguyễn Văn {n}") for n in range(100_000)]


async def test_a_list_of_a_hundred_thousand_rows_is_there_at_once() -> None:
    rows = Rows([Column("Code", 8), Column("Name")], id="rows")
    async with page_of(rows) as (_page, app):
        rows.show(hundred_thousand())
        await press(app, "end")
        assert rows.cursor == 99_999
        assert "Nguyễn Văn 99999" in seen(app, 21)
        assert "100000/100000" in seen(app, 1)


async def test_digits_choose_a_line_that_is_seen_and_enter_the_one_under_the_cursor() -> None:
    rows = Rows([Column("Code", 8), Column("Name")], id="rows")
    async with page_of(rows) as (page, app):
        rows.show(hundred_thousand()[:30])
        await press(app, "3", "down", "enter")
        assert page.told == ["chosen 2", "entered rows", "chosen 3"]
        await press(app, "pagedown", "pagedown", "1")
        top = int(seen(app, 2).split()[1])
        assert page.told[-1] == f"chosen {top}"


async def test_a_step_of_the_cursor_repaints_two_lines_and_the_heading() -> None:
    rows = Rows([Column("Code", 8), Column("Name")], id="rows")
    async with page_of(rows) as (_page, app):
        rows.show(hundred_thousand())
        await press(app, "down")
        shown(app)
        drawn: list[int] = []
        render = rows.render_line
        rows.render_line = lambda y: drawn.append(y) or render(y)  # type: ignore[method-assign,func-returns-value]
        await press(app, "down")
        shown(app)
        assert set(drawn) == {0, 2, 3}


async def test_an_empty_list_says_so_and_nothing_can_be_chosen() -> None:
    rows = Rows([Column("Code")], id="rows")
    async with page_of(rows) as (page, app):
        await press(app, "1", "enter", "down")
        assert rows.cursor is None
        assert page.told == ["entered rows"]
        assert "Nothing here." in seen(app, 2)
