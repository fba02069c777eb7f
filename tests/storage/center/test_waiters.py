"""Desks that wait at the center: rung by unit, bounded, one place a desk, and let go when the center stops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from storage.center.waiters import Waiters

LONG_S = 60


def played(play: Callable[[Waiters], Awaitable[None]], most: int = 10) -> None:
    """Run `play` in an event loop of its own."""

    async def run() -> None:
        await play(Waiters(most))

    asyncio.run(run())


async def waiting(waiters: Waiters, count: int) -> None:
    """Return once so many wait."""
    while waiters.count != count:
        await asyncio.sleep(0)


def test_a_desk_is_answered_when_its_unit_is_rung_from_any_thread_and_no_other_is() -> None:
    async def play(waiters: Waiters) -> None:
        mark = waiters.mark()
        here = asyncio.create_task(waiters.wait("a", "06709", LONG_S, mark))
        there = asyncio.create_task(waiters.wait("b", "06712", LONG_S, mark))
        await waiting(waiters, 2)
        await asyncio.to_thread(waiters.ring, {"06709"})
        assert await here and not there.done()
        assert await waiters.wait("c", "06712", 0.01, mark)
        waiters.close()
        assert await there and waiters.count == 0
        assert await waiters.wait("d", "06712", LONG_S, waiters.mark())

    played(play)


def test_a_ring_between_the_look_and_the_wait_is_not_missed() -> None:
    async def play(waiters: Waiters) -> None:
        mark = waiters.mark()
        await asyncio.to_thread(waiters.ring, {"06709"})
        await asyncio.sleep(0)
        assert await waiters.wait("a", "06709", LONG_S, mark)

    played(play)


def test_where_there_is_no_place_it_is_said_at_once() -> None:
    async def play(waiters: Waiters) -> None:
        mark = waiters.mark()
        first = asyncio.create_task(waiters.wait("a", "06709", LONG_S, mark))
        await waiting(waiters, 1)
        assert await waiters.wait("b", "06709", LONG_S, mark) is False
        second = asyncio.create_task(waiters.wait("a", "06709", LONG_S, mark))  # its line broke, and it asks anew
        assert await first
        waiters.ring({"06709"})
        assert await second

    played(play, most=1)


def test_a_ring_where_nobody_ever_waited_is_nothing() -> None:
    Waiters().ring({"06709"})
