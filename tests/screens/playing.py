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

from screens.app import DeskApp
from screens.base import DeskScreen

SIZE = (80, 23)
"""An attached tmux keeps one line of 24."""
_SCAN_S = 0.002
_HAND_S = 0.2


class Player:
    """Presses keys one after the other, each when the act of the last is done, and counts them."""

    def __init__(self, app: DeskApp[Any], pilot: Pilot[Any]) -> None:
        self.app = app
        self._pilot = pilot
        self.keys = 0
        self.scans = 0

    async def press(self, *names: str) -> None:
        """Press keys by Textual's names."""
        for name in names:
            self.keys += 1
            character = name if len(name) == 1 else {"enter": "\r", "space": " "}.get(name)
            self.app.take_key(events.Key(name, character), self.app.monotonic())
            await self.settled()

    async def type(self, text: str) -> None:
        """Type letters at a hand's speed; each is a key."""
        now_s = self.app.monotonic()
        for at, letter in enumerate(text):
            self.keys += 1
            key = events.Key(_character_to_key(letter), letter)
            self.app.take_key(key, now_s - (len(text) - at) * _HAND_S)
        await self.settled()

    async def burst(self, *names: str) -> None:
        """Press keys all at once, ahead of what they cause."""
        at_s = self.app.monotonic()
        for name in names:
            self.keys += 1
            character = name if len(name) == 1 else {"enter": "\r", "space": " "}.get(name)
            key = _character_to_key(name) if len(name) == 1 else name
            self.app.take_key(events.Key(key, character), at_s)
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
        await self._pilot.pause()

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


async def _ended(worker: Worker[Any]) -> None:
    with suppress(WorkerCancelled, WorkerFailed):  # a newer search took its place; a failure is told by its screen
        await worker.wait()


@asynccontextmanager
async def playing(app: DeskApp[Any], size: tuple[int, int] = SIZE) -> AsyncIterator[Player]:
    """Run an App as tests see it; nothing may fail unforeseen."""
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        player = Player(app, pilot)
        await player.settled()
        yield player
        assert app.failures == []
