"""Textual's private names on which the queue of keys rests: when Textual is raised, these are looked at first."""

from __future__ import annotations

import inspect
from importlib.metadata import version

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message_pump import MessagePump
from textual.widget import Widget

from screens.app import DeskApp
from screens.keys import inside
from screens.keys.parser import DeskParser


def test_textual_is_the_one_that_was_read() -> None:
    assert version("textual") == "8.2.8"


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (App, "_check_bindings"),
        (App, "_fatal_error"),
        (App, "_handle_exception"),
        (App, "_close_messages_no_wait"),
        (MessagePump, "_dispatch_message"),
        (MessagePump, "_context"),
        (MessagePump, "_mounted_event"),
        (MessagePump, "_get_dispatch_methods"),
    ],
)
def test_the_private_names_exist(owner: type, name: str) -> None:
    assert hasattr(owner, name)


def test_the_private_fields_exist() -> None:
    source = inspect.getsource(MessagePump.__init__) + inspect.getsource(App.__init__)
    for name in ("_closing", "_closed", "_exit_renderables", "_exception"):
        assert f"self.{name}" in source


def test_a_fault_goes_through_the_replaced_crash_screen() -> None:
    assert "self._fatal_error()" in inspect.getsource(App._handle_exception)
    assert DeskApp._fatal_error is not App._fatal_error
    assert "show_locals" in inspect.getsource(App._fatal_error)


def test_the_thread_that_reads_windows_consoles_makes_its_parser_by_the_name_that_is_replaced() -> None:
    from pathlib import Path

    import textual

    source = (Path(textual.__file__).parent / "drivers" / "win32.py").read_text(encoding="utf-8")
    assert "parser = XTermParser(debug=" in source
    assert {"feed", "tick"} <= set(dir(DeskParser))


class _Told(Widget, can_focus=True):
    def __init__(self, told: list[str], stops: str = "") -> None:
        super().__init__()
        self.told, self.stops = told, stops

    def on_key(self, event: events.Key) -> None:
        self.told.append(f"widget {event.key}")
        if event.key == self.stops:
            event.stop()


class _Sample(App[None]):
    BINDINGS = [Binding("a,b", "tell('binding')"), Binding("ctrl+q", "tell('first')", priority=True)]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield _Told(self.told, stops="b")

    async def action_tell(self, what: str) -> None:
        self.told.append(what)


async def test_a_key_goes_from_the_focused_widget_up_to_the_bindings_before_press_returns() -> None:
    app = _Sample()
    async with app.run_test():
        await inside.press(app, "a", "a", 0.0)
        assert app.told == ["widget a", "binding"]


async def test_a_key_that_is_stopped_goes_no_further() -> None:
    app = _Sample()
    async with app.run_test():
        await inside.press(app, "b", "b", 0.0)
        assert app.told == ["widget b"]


async def test_a_binding_with_priority_comes_first() -> None:
    app = _Sample()
    async with app.run_test():
        await inside.press(app, "ctrl+q", None, 0.0)
        assert app.told == ["first"]


async def test_settled_waits_for_what_messages_caused_and_for_widgets_that_went_away() -> None:
    app = _Sample()
    async with app.run_test():
        focused = app.focused
        assert focused is not None
        focused.call_later(lambda: app.screen.call_later(lambda: app.told.append("late")))
        await inside.settled(app)
        assert app.told == ["late"]
        removing = focused.remove()
        await inside.settled(app)
        await removing
