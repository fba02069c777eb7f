"""Printing beside the officer's work: one paper after the other, and a dead printer stops nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from desk.errors.base import DeskError
from screens.base import DeskScreen
from screens.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from desk.cases.papers import JobLine, Papers
    from screens.app import DeskApp

PRINTING: Final = "press"
"""Group of the workers that wait for a printer."""


class Press:
    """Hands print jobs to the printer in a thread and tells the officer of what did not come out."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        self._one_at_a_time = asyncio.Lock()
        self.listeners: list[Callable[[], None]] = []
        """Called after each job, in the screens' own thread: a list of papers shows the new state."""

    def send(self, app: DeskApp[Any], *jobs: str) -> None:
        """Hand `jobs` to the printer, in this order; returns at once."""
        app.run_worker(self._sent(app, jobs), group=PRINTING, exit_on_error=False)

    def send_waiting(self, app: DeskApp[Any]) -> None:
        """Hand every waiting job to its printer; those that waited too long ask first."""
        app.run_worker(self._sent_waiting(app), group=PRINTING, exit_on_error=False)

    async def _sent_waiting(self, app: DeskApp[Any]) -> None:
        async with self._one_at_a_time:
            for line in await asyncio.to_thread(self._papers.send_all):
                if line.trouble is not None:
                    tell_beneath(app, line.trouble)
            self._tell_listeners()

    async def _sent(self, app: DeskApp[Any], jobs: tuple[str, ...]) -> None:
        async with self._one_at_a_time:
            for job in jobs:
                try:
                    line: JobLine = await asyncio.to_thread(self._papers.send, job)
                except DeskError as error:
                    tell_beneath(app, error)
                else:
                    if line.trouble is not None:
                        tell_beneath(app, line.trouble)
                self._tell_listeners()

    def _tell_listeners(self) -> None:
        for listener in self.listeners:
            listener()


def tell_beneath(app: DeskApp[Any], error: DeskError) -> None:
    """Tell the officer of `error` on his own screen: a citizen before the survey reads nothing of it."""
    for screen in reversed(app.screen_stack):
        if isinstance(screen, DeskScreen) and not screen.LOCKED and not isinstance(screen, Dialog):
            screen.say_beside(error)
            return
