"""A hand that types by itself: keys and scans through the App's queue, each when the act of the last is done."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from screens.printing import PRINTING

if TYPE_CHECKING:
    from screens.app import DeskApp

KEYS_A_SECOND: Final = 6.0
"""How fast it types at speed 1, so that people can follow."""
PAUSE_KEYS: Final = 12
"""A pause is as long as so many keys."""
_LOOK_S: Final = 0.01
_PATIENCE_S: Final = 60.0
"""Longer it waits for nothing; for a printer not at all, because that works beside the keys and may hang."""
_CHARACTERS: Final = {"enter": "\r", "space": " ", "tab": "\t"}


@dataclass
class Hand:
    """Types at one App. speed: 0 as fast as the screens take it, 1 so that people can follow."""

    app: DeskApp[Any]
    speed: float = 0.0

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names."""
        for key in keys:
            await self._see()
            character = key if len(key) == 1 else _CHARACTERS.get(key)
            self.app.keys.put(_name_of(key), character, self.app.monotonic())
            await self.app.keys_settled()
            await self._rest(1)

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            await self.press("space" if letter == " " else letter)

    async def scan(self, text: str) -> None:
        """Let the scanner read `text`."""
        self.app.keys.put_paste(text, self.app.monotonic())
        await self.app.keys_settled()
        await self.pause()

    async def pause(self) -> None:
        """Let people see what has happened."""
        await self._rest(PAUSE_KEYS)

    async def _see(self) -> None:
        """Look before the next key, as a person does.

        Until what is read beside the keys has come (the counts of a list, a live search), and until a screen is painted
        that takes no key from before (the survey).
        """
        waited_s = 0.0
        while self.app.is_running and waited_s < _PATIENCE_S and self._is_coming():
            await asyncio.sleep(_LOOK_S)
            waited_s += _LOOK_S

    def _is_coming(self) -> bool:
        top = self.app.top
        is_unpainted = top.ONLY_FRESH_KEYS and top.painted_at_s is None
        return is_unpainted or any(not one.is_finished and one.group != PRINTING for one in self.app.workers)

    async def _rest(self, keys: int) -> None:
        if self.speed:
            await asyncio.sleep(keys / (KEYS_A_SECOND * self.speed))


def _name_of(key: str) -> str:
    """Return what Textual calls the key of a letter or sign."""
    if len(key) > 1 or key.isalnum():
        return key
    return unicodedata.name(key).casefold().replace("-", "_").replace(" ", "_")
