"""Who waits for the center's one writer: what comes live never behind what catches up, and not without end.

A desk that was dark for a month sends a thousand events at a time, another one the dossier it has just taken.
Each lane has threads of its own, so the small ones wait for one batch at most, and pages for citizens, which
have theirs, for none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

LIVE_BYTES: Final = 16 << 10
"""A request up to this size is live: some twenty events, however badly they pack."""
LARGEST_WAITING: Final = 128 << 20
"""Bytes of requests that may wait; what comes beyond is asked to come again."""
_LIVE_THREADS: Final = 4
_BULK_THREADS: Final = 2
"""One waits for the disk while the other reads and proves."""

_T = TypeVar("_T")


class Lanes:
    """The two lanes of one process; for use in one event loop."""

    def __init__(self, largest_waiting: int = LARGEST_WAITING) -> None:
        self._largest = largest_waiting
        self._live = CapacityLimiter(_LIVE_THREADS)
        self._bulk = CapacityLimiter(_BULK_THREADS)
        self.waiting = 0
        """Bytes of the requests that wait or are worked on."""

    def has_room(self, size: int) -> bool:
        """Return whether a request of `size` bytes may wait; a live one always may."""
        return size <= LIVE_BYTES or self.waiting + size <= self._largest

    async def run(self, act: Callable[[bytes], _T], body: bytes) -> _T:
        """Return what `act` answers to `body`, in a thread of its lane, the first come first."""
        self.waiting += len(body)
        try:
            limiter = self._live if len(body) <= LIVE_BYTES else self._bulk
            return await to_thread.run_sync(act, body, limiter=limiter)
        finally:
            self.waiting -= len(body)
