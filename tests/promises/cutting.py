"""A line that is cut: a process that carries HTTP from desks to a center and closes both ends in the middle.

It reads each request and each answer whole, so that a cut falls on any byte of it with the same chance.
"""

from __future__ import annotations

import asyncio
import ctypes
import mmap
import os
import random
import re
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_BROKEN = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class Dial(ctypes.Structure):
    """What the processes of one run share: whoever has it may turn it while they work."""

    _fields_ = (
        ("center", ctypes.c_int),
        ("cut_percent", ctypes.c_int),
        ("in_requests", ctypes.c_int),
        ("in_answers", ctypes.c_int),
    )
    center: int
    """The port at which the center answers now."""
    cut_percent: int
    in_requests: int
    """Requests that were cut."""
    in_answers: int

    @classmethod
    def fresh(cls) -> Dial:
        """Return a dial in memory that forked processes share."""
        return cls.from_buffer(mmap.mmap(-1, ctypes.sizeof(cls)))


def forked(act: Callable[[], None]) -> int:
    """Do `act` in a forked process that ends with it; returns its id."""
    child = os.fork()
    if child:
        return child
    status = 3
    try:
        act()
        status = 0
    except BaseException as error:  # nothing may return into the code that forked
        print(f"process {os.getpid()}: {error!r}", file=sys.stderr, flush=True)
    os._exit(status)


def start(dial: Dial, seed: int) -> tuple[int, int]:
    """Start the line in a process of its own; returns its id and the port at which desks reach the center."""
    reading, writing = os.pipe()
    child = forked(lambda: asyncio.run(_carry(dial, random.Random(seed), writing)))
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        return child, int(told.readline())


def end(process: int) -> None:
    """Kill a process of this module and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


async def _carry(dial: Dial, dice: random.Random, told: int) -> None:
    async def one(from_desk: asyncio.StreamReader, to_desk: asyncio.StreamWriter) -> None:
        with suppress(*_BROKEN):
            await _one(dial, dice, from_desk, to_desk)
        to_desk.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    os.write(told, f"{server.sockets[0].getsockname()[1]}\n".encode())
    await server.serve_forever()


async def _one(dial: Dial, dice: random.Random, from_desk: asyncio.StreamReader, to_desk: asyncio.StreamWriter) -> None:
    """Carry the requests of one connection, to its end or to the first cut."""
    from_center, to_center = await asyncio.open_connection("127.0.0.1", dial.center)
    try:
        while True:
            request = await _message(from_desk)
            fate = dice.choice(("request", "answer")) if dice.randrange(100) < dial.cut_percent else ""
            if fate == "request":
                to_center.write(request[: dice.randrange(len(request))])
                await to_center.drain()
                dial.in_requests += 1
                return
            to_center.write(request)
            answer = await _message(from_center)
            if fate == "answer":
                to_desk.write(answer[: dice.randrange(len(answer))])
                await to_desk.drain()
                dial.in_answers += 1
                return
            to_desk.write(answer)
            await to_desk.drain()
    finally:
        to_center.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head + await reader.readexactly(int(length[1]) if length else 0)
