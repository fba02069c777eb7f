"""Answers that could not be saved: a citizen is gone and cannot be asked again, so each is tried until it is."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from desk.errors.base import DeskError, StoreTrouble
from desk.errors.store import AnswerWaits
from desk.words import N_

if TYPE_CHECKING:
    from screens.base import DeskScreen

AGAIN_S: Final = 5.0


class Waiting:
    """The answers of one survey screen on their way into the log, the oldest first.

    again_s: after so many seconds what could not be saved is tried again.
    """

    def __init__(self, screen: DeskScreen, again_s: float) -> None:
        self._screen = screen
        self._again_s = again_s
        self._answers: deque[Callable[[], object]] = deque()
        self._saving = asyncio.Lock()

    async def add(self, answer: Callable[[], object]) -> None:
        """Save an answer, in an act; raises AnswerWaits where it waits now, DeskError where it can never be saved."""
        self._answers.append(answer)
        await self.save()

    async def save(self) -> None:
        """Save what waits; raises AnswerWaits where something waits still, DeskError for what can never be saved."""
        async with self._saving:
            while self._answers:
                try:
                    await asyncio.to_thread(self._answers[0])
                except StoreTrouble as trouble:
                    self._screen.set_timer(self._again_s, lambda: self._screen.act(self._again))
                    raise AnswerWaits(cause=trouble.code) from trouble
                except DeskError:
                    self._answers.popleft()
                    raise
                self._answers.popleft()

    async def _again(self) -> None:
        if not self._answers:
            return
        with suppress(AnswerWaits):  # the officer was told, and it is tried again
            await self.save()
            if not (top := self._screen.desk.top).LOCKED:
                top.tell(N_("The citizen's answer is saved now."))
