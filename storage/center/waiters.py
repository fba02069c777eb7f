"""Desks that wait for something new: each holds one small place of the event loop, no thread and no transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from typing import Final, NamedTuple

MOST: Final = 2000
"""So many desks may wait at once; the next one is answered at once and calls again by its own clock."""


class _Bell(NamedTuple):
    unit: str
    rung: asyncio.Event


class Waiters:
    """The desks that wait at one process; for use in one event loop, rung from any thread."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bells: dict[str, _Bell] = {}
        self._rung: dict[str, int] = {}
        """By unit: the number of the ring that it was last rung by."""
        self._rings = 0
        self._is_closed = False

    @property
    def count(self) -> int:
        """How many wait now."""
        return len(self._bells)

    def mark(self) -> int:
        """Return this moment: to be taken before a desk's answer is looked for, so that no ring falls in between."""
        self._loop = asyncio.get_running_loop()
        return self._rings

    async def wait(self, desk: str, unit: str, seconds: float, mark: int) -> bool:
        """Wait until `unit` is rung after `mark`, at most `seconds`; returns False at once where there is no place.

        A desk has one place: its older question, of a line that broke, is answered then.
        """
        if self._is_closed or self._rung.get(unit, 0) > mark:
            return True
        before = self._bells.pop(desk, None)
        if before is not None:
            before.rung.set()
        if len(self._bells) >= self._most:
            return False
        bell = self._bells[desk] = _Bell(unit, asyncio.Event())
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.rung.wait(), seconds)
        finally:
            if self._bells.get(desk) is bell:
                del self._bells[desk]
        return True

    def ring(self, units: Collection[str]) -> None:
        """Let the desks of `units` be answered: something was stored for them. From any thread."""
        loop = self._loop
        if loop is not None and units:
            with suppress(RuntimeError):  # the loop has ended: nobody waits
                loop.call_soon_threadsafe(self._ring, frozenset(units))

    def _ring(self, units: frozenset[str]) -> None:
        self._rings += 1
        self._rung.update(dict.fromkeys(units, self._rings))
        for bell in self._bells.values():
            if bell.unit in units:
                bell.rung.set()

    def close(self) -> None:
        """Let everybody be answered now, and nobody wait any more: the center stops."""
        self._is_closed = True
        for bell in self._bells.values():
            bell.rung.set()
