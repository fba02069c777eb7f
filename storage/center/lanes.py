"""Who waits for the center's one writer: what comes live never behind what catches up, and not without end.

A desk that was dark for a month sends a thousand events at a time, another one the dossier it has just taken.
Each lane has threads of its own, so the small ones wait for one batch at most, and pages for citizens, which
have theirs, for none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from desk.clock import monotonic_s

LIVE_BYTES: Final = 4 << 10
"""A request up to this size is live: some twenty events."""
LARGEST_WAITING: Final = 128 << 20
"""Bytes of requests that may wait; what comes beyond is asked to come again."""
LONGEST_WAIT_S: Final = 45.0
"""Who would wait longer is asked to come again: a desk's patience is a minute, and then it sends all of it anew."""
_WEIGHT: Final = 0.1
"""Of the last request in the mean of how long a byte takes."""
_LIVE_THREADS: Final = 4
_BULK_THREADS: Final = 2
"""One waits for the disk while the other reads and proves."""

_T = TypeVar("_T")


class Lanes:
    """The two lanes of one process; for use in one event loop."""

    def __init__(
        self,
        largest_waiting: int = LARGEST_WAITING,
        monotonic: Callable[[], float] = monotonic_s,
        *,
        live_bytes: int = LIVE_BYTES,
        threads: int = _BULK_THREADS,
    ) -> None:
        self._largest = largest_waiting
        self._live_bytes = live_bytes
        self._threads = threads
        self._monotonic = monotonic
        self._live = CapacityLimiter(_LIVE_THREADS)
        self._bulk = CapacityLimiter(threads)
        self._s_a_byte = 0.0
        self.waiting = 0
        """Bytes of the requests of the slow lane that wait or are worked on."""

    def has_room(self, size: int) -> bool:
        """Return whether a request of `size` bytes may wait; a live one always may."""
        if size <= self._live_bytes:
            return True
        return self.waiting + size <= self._largest and self.wait_s <= LONGEST_WAIT_S

    @property
    def wait_s(self) -> float:
        """Seconds until what waits in the slow lane is done, at the pace of the last requests."""
        return self.waiting * self._s_a_byte / self._threads

    async def run(self, act: Callable[[bytes], _T], body: bytes) -> _T:
        """Return what `act` answers to `body`, in a thread of its lane, the first come first."""
        if len(body) <= self._live_bytes:
            return await to_thread.run_sync(act, body, limiter=self._live)
        self.waiting += len(body)
        try:
            return await to_thread.run_sync(self._measured, act, body, limiter=self._bulk)
        finally:
            self.waiting -= len(body)

    def _measured(self, act: Callable[[bytes], _T], body: bytes) -> _T:
        began = self._monotonic()
        try:
            return act(body)
        finally:
            found = (self._monotonic() - began) / len(body)
            self._s_a_byte += _WEIGHT * (found - self._s_a_byte) if self._s_a_byte else found
