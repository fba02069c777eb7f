"""An officer at the screens: keys and scans through the App's queue, counted, and what is seen then.

async with playing(app) as officer:
    await officer.press("f3")
    await officer.type("nguyen")
    await officer.scan(digits)
    assert "Nguyễn Thị Lan" in officer.screen()
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from desk.clock import monotonic_s
from screens.app import DeskApp
from screens.base import DeskScreen

SIZE = (80, 23)
"""An attached tmux keeps one line of 24."""
_SCAN_S = 0.002
_HAND_S = 0.2
_PATIENCE_S = 60.0
"""After this long a screen that still has something to paint is a fault, and no slow machine."""


class HandClock:
    """The monotonic clock of an App that is played: it runs on while a hand rests between two keys.

    So a key that may begin a scan is known as a key at once, and no test waits for the silence that shows it.
    """

    def __init__(self) -> None:
        self._rested_s = 0.0

    def __call__(self) -> float:
        return monotonic_s() + self._rested_s

    def rest(self, seconds: float) -> None:
        """Let `seconds` go by at once."""
        self._rested_s += seconds


class Player:
    """Presses keys one after the other, each when the act of the last is done, and counts them."""

    def __init__(self, app: DeskApp[Any], pilot: Pilot[Any]) -> None:
        self.app = app
        self._pilot = pilot
        self._clock = app.monotonic if isinstance(app.monotonic, HandClock) else None
        self.keys = 0
        self.scans = 0

    async def press(self, *names: str) -> None:
        """Press keys by Textual's names."""
        for name in names:
            self.keys += 1
            character = name if len(name) == 1 else {"enter": "\r", "space": " "}.get(name)
            self.app.take_key(events.Key(name, character), self.app.monotonic())
            self.rest()
            await self.settled()

    async def type(self, text: str) -> None:
        """Type letters at a hand's speed; each is a key."""
        now_s = self.app.monotonic()
        for at, letter in enumerate(text):
            self.keys += 1
            key = events.Key(_character_to_key(letter), letter)
            self.app.take_key(key, now_s - (len(text) - at) * _HAND_S)
        self.rest()
        await self.settled()

    async def burst(self, *names: str) -> None:
        """Press keys all at once, ahead of what they cause."""
        at_s = self.app.monotonic()
        for name in names:
            self.keys += 1
            character = name if len(name) == 1 else {"enter": "\r", "space": " "}.get(name)
            key = _character_to_key(name) if len(name) == 1 else name
            self.app.take_key(events.Key(key, character), at_s)
        self.rest()
        await self.settled()

    async def scan(self, text: str) -> None:
        """Scan a code: its letters at a scanner's speed, then the suffix; no key of a hand."""
        self.scans += 1
        at_s = self.app.monotonic()
        for number, letter in enumerate(text):
            self.app.take_key(events.Key(_character_to_key(letter), letter), at_s + number * _SCAN_S / len(text))
        self.app.take_key(events.Key("enter", "\r"), at_s + _SCAN_S)
        await self.settled()

    async def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size."""
        await self._pilot.resize_terminal(*size)
        await self.settled()

    async def settled(self) -> None:
        """Wait until the keys are taken, no worker runs and everything is drawn."""
        await self.app.keys_settled()
        while workers := [worker for worker in self.app.workers if not worker.is_finished]:
            await asyncio.wait([asyncio.ensure_future(_ended(worker)) for worker in workers])
            await self.app.keys_settled()
        await painted(self.app, self._pilot)

    def rest(self, seconds: float = _HAND_S) -> None:
        """Let the hand rest: what it typed is not followed by more for `seconds` of the App's own clock."""
        if self._clock is not None:
            self._clock.rest(seconds)

    @property
    def top(self) -> DeskScreen:
        """The screen that is seen."""
        return self.app.top

    @property
    def here(self) -> str:
        """The name of the screen that is seen."""
        return type(self.top).__name__

    def screen(self) -> str:
        """Return what is seen, a line of text for each line."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    def text(self) -> str:
        """Return what is seen as one line, so that a sentence may be broken anywhere."""
        return " ".join(self.screen().split())

    def said(self) -> str:
        """Return what the message line says."""
        spoken = self.top._message.spoken
        return "" if spoken is None else spoken.short


async def painted(app: DeskApp[Any], pilot: Pilot[Any]) -> None:
    """Wait until every widget has read its mailbox and the screen has nothing left to paint.

    Textual's own pause waits for a moment in which the process takes no time: twenty milliseconds after each key,
    and up to a second beside a busy thread.
    """
    async with asyncio.timeout(_PATIENCE_S):
        await pilot.pause(0)
        while app.is_running and _has_work(app):  # one that has ended paints nothing any more
            await pilot.pause(0)


def _has_work(app: DeskApp[Any]) -> bool:
    screen = app.screen
    waits = screen._layout_required or screen._repaint_required or screen._dirty_widgets or screen._callbacks
    return bool(waits) or any(pump.message_queue_size for pump in (app, *screen.walk_children(with_self=True)))


async def _ended(worker: Worker[Any]) -> None:
    with suppress(WorkerCancelled, WorkerFailed):  # a newer search took its place; a failure is told by its screen
        await worker.wait()


@asynccontextmanager
async def playing(app: DeskApp[Any], size: tuple[int, int] = SIZE) -> AsyncIterator[Player]:
    """Run an App as tests see it; nothing may fail unforeseen."""
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        player = Player(app, pilot)
        await player.settled()
        yield player
        assert app.failures == []
