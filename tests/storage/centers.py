"""Real centers for tests, on an SQLite file or on PostgreSQL, called in this process."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk.clock import chance
from desk.keys import SigningKey
from storage.center.center import Center
from storage.center.opening import open_center
from storage.messages import read_answer, request, sealed
from storage.sync.enrolling import Enrolled, enrol
from storage.sync.exchange import Outcome, exchange_once
from storage.sync.segments import Pace
from storage.wire import Event
from tests.storage.desks import Desk, Ticking

URL = "https://tracuu.example.vn"
APP = "test 1"


def new_center(folder: Path, db: str | None = None, *, clock: Ticking | None = None, seed: int = 7) -> Center:
    """Return the center in `folder`, made where there is none, its keys beside it."""
    clock = clock or Ticking()
    return open_center(folder / "center", folder / "keys", clock, chance(clock, random.Random(seed).randbytes), db=db)


def join(desk: Desk, center: Center, slot: int = 0, unit: str = "H49.35", url: str = URL) -> Enrolled:
    """Let `desk` join `center` with a token made for it."""
    token = center.make_token(unit, slot).token
    return enrol(desk.log, lambda message: center.enrol(message)[1], url, token, app=APP)


def sync(desk: Desk, center: Center, pace: Pace | None = None) -> Outcome:
    """Exchange until `center` has all of the desk's log."""
    return exchange_once(desk.log, line(center), center.key.public, app=APP, pace=pace)


def line(center: Center) -> Callable[[bytes], bytes]:
    """Return the way to `center` in this process."""
    return lambda message: center.exchange(message)[1]


def push(desk: Desk, center: Center, *runs: list[Event]) -> tuple[int, dict[str, Any]]:
    """Send runs of events as they are, each as one segment; returns HTTP status and answer."""
    segments = [sealed(run, desk.key) for run in runs]
    return told(center, center.exchange(request(desk.id, APP, 0, segments, desk.key)))


def nonce(center: Center, desk: str, key: SigningKey) -> str:
    """Return a word of `center` by which this desk may ask to be given events, once."""
    return str(told(center, center.exchange(request(desk, APP, 0, [], key)))[1]["nonce"])


def told(center: Center, answer: tuple[int, bytes]) -> tuple[int, dict[str, Any]]:
    """Return HTTP status and value of an answer that is the center's."""
    return answer[0], read_answer(answer[1], center.key.public)


def stored(center: Center) -> list[tuple[int, bytes]]:
    """Return position and line of every event the center holds, in the order of positions."""
    with center.store.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT position, head, body, private FROM event ORDER BY position")
        return [
            (row[0], Event(bytes(row[1]), bytes(row[2]), None if row[3] is None else bytes(row[3])).line())
            for row in rows
        ]


def lines(center: Center) -> list[bytes]:
    """Return the line of every event the center holds."""
    return [line for _position, line in stored(center)]
