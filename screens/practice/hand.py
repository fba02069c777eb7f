"""A hand that types by itself: keys and scans through the App's queue, each when the act of the last is done."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from screens.app import DeskApp

KEYS_A_SECOND: Final = 6.0
"""How fast it types at speed 1, so that people can follow."""
PAUSE_KEYS: Final = 12
"""A pause is as long as so many keys."""
_LOOK_S: Final = 0.01
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
        """Wait for the paint of a screen that takes no key from before it (the survey)."""
        while self.app.is_running and self.app.top.ONLY_FRESH_KEYS and self.app.top.painted_at_s is None:
            await asyncio.sleep(_LOOK_S)

    async def _rest(self, keys: int) -> None:
        if self.speed:
            await asyncio.sleep(keys / (KEYS_A_SECOND * self.speed))


def _name_of(key: str) -> str:
    """Return what Textual calls the key of a letter or sign."""
    if len(key) > 1 or key.isalnum():
        return key
    return unicodedata.name(key).casefold().replace("-", "_").replace(" ", "_")
