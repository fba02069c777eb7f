"""What a province asks of one center: three dark days taken in, a desk that catches up, everybody back at once.

The center is a process of its own (`desk center serve`) behind real HTTP; the desks are one process that sends
what was sealed before. Desks are copies of one simulated desk under names and keys of their own.
DESK_BENCH_LOAD=0.1 takes a tenth of the desks and of what waits, with the goals for all of them.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import httpx2
import psutil
from msgspec.structs import replace

from desk.clock import chance, system_clock
from desk.keys import SigningKey, key_id
from storage import chain
from storage.center.opening import open_center
from storage.center.tables import EnrolledDesk
from storage.messages import CONTENT_TYPE, request, sealed
from storage.sync.segments import FIRST_SIZE, LARGEST_SIZE, Pace
from storage.sync.waiting import SHORTEST_S, first_contact_wait_s
from storage.wire import Event, hash_of
from tests import postgres
from tests.bench.figures import Figure

PART = float(os.environ.get("DESK_BENCH_LOAD", "1"))
A_DAY = 360
"""Events of a busy desk."""
DARK = 216_000
DARK_S = 30.0
LIVE_DESKS = 200
BACKLOG = 100_000
LAG_S = 5.0
DEBOUNCE_S = 2.0
"""A desk sends so long after it saved (sync.md 2.3); counted in the lag."""
BACK_DESKS = 2_000
BACK_S = 600.0
REFUSED = 0.01
_CONNECTIONS = 4
_GENESIS = hash_of(b"bench")


class Sender(NamedTuple):
    """One desk: its id, its key, and what it sends, a request at a time."""

    desk: str
    key: SigningKey
    messages: list[bytes]


@dataclass
class Tally:
    """What was answered."""

    seconds: list[float] = field(default_factory=list)
    """From each request to its answer."""
    refused: int = 0
    """Answers 503."""
    without_wait: int = 0
    """Of them those without Retry-After."""
    cut: int = 0
    """Connections that ended without an answer; the request is sent again, as a desk does."""


def measure() -> list[Figure]:
    """Return the figures of the center under load, on both engines."""
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        base = simulated(Path(folder) / "base")
        figures: list[Figure] = []
        for name in ("SQLite", "PostgreSQL"):
            place = Path(folder) / name
            for number, scenario in enumerate((_dark, _catching_up, _all_back)):
                db = None if name == "SQLite" else postgres.fresh_database(server)
                figures += scenario(base, place / str(number), db, name)
        return figures


def _dark(base: Sequence[Event], folder: Path, db: str | None, name: str) -> list[Figure]:
    count = max(1, round(DARK * PART / (3 * A_DAY)))
    senders = [sending(base, number, 3 * A_DAY, [LARGEST_SIZE]) for number in range(count)]
    with _serving(folder, senders, db) as (url, process):
        before = cpu_s(process)
        began = time.perf_counter()
        asyncio.run(_by_few(url, senders))
        wall, cpu = time.perf_counter() - began, cpu_s(process) - before
        _check_all_in(folder, db, count * 3 * A_DAY)
    said, allowed = f"{count * 3 * A_DAY:,} events of 3 dark days, {name}", DARK_S * PART
    return [
        Figure("load", said, wall, "s", f"{allowed:g} s allowed", allowed, 1.0),
        Figure("load", f"the center's CPU for them, {name}", cpu, "s", f"{allowed:g} s", allowed),
    ]


def _catching_up(base: Sequence[Event], folder: Path, db: str | None, name: str) -> list[Figure]:
    backlog = sending(base, 0, round(BACKLOG * PART), _paced(round(BACKLOG * PART)))
    chosen = random.Random(1)
    live = [
        sending(base, number, A_DAY, [chosen.randint(1, 3) for _push in range(A_DAY)])
        for number in range(1, max(2, round(LIVE_DESKS * PART)) + 1)
    ]
    with _serving(folder, [backlog, *live], db) as (url, _process):
        tally = asyncio.run(_live_beside(url, backlog, live))
    said = f"{len(live)} live desks beside {round(BACKLOG * PART):,}, p95, {name}"
    lag = DEBOUNCE_S + statistics.quantiles(tally.seconds, n=20)[-1]
    return [Figure("load", said, lag, f"s over {len(tally.seconds)} saves", f"{LAG_S:g} s allowed", LAG_S, 1.0)]


def _all_back(base: Sequence[Event], folder: Path, db: str | None, name: str) -> list[Figure]:
    count = max(2, round(BACK_DESKS * PART))
    senders = [sending(base, number, A_DAY, _paced(A_DAY)) for number in range(count)]
    with _serving(folder, senders, db) as (url, _process):
        began = time.perf_counter()
        tally = asyncio.run(_at_once(url, senders))
        wall = time.perf_counter() - began
        _check_all_in(folder, db, count * A_DAY)
    assert not tally.without_wait, tally
    share = 100 * tally.refused / len(tally.seconds)
    slowest = statistics.quantiles(tally.seconds, n=100)[-1]
    return [
        Figure("load", f"{count:,} back at once, all in, {name}", wall, "s", f"{BACK_S:g} s allowed", BACK_S, 1.0),
        Figure("load", f"their answers 503, {name}", share, "%", "1 % allowed", 100 * REFUSED, 1.0),
        Figure("load", f"their answers, p99, {name}", slowest, f"s, {tally.cut} cut", "60 s a desk waits", 60.0, 1.0),
    ]


async def _by_few(url: str, senders: Sequence[Sender]) -> None:
    """Send everything over a few connections, desk by desk."""
    left = iter(senders)

    async def one(client: httpx2.AsyncClient) -> None:
        for sender in left:
            for message in sender.messages:
                await _taken(client, message, Tally())

    async with _client(url) as client:
        await asyncio.gather(*(one(client) for _connection in range(_CONNECTIONS)))


async def _live_beside(url: str, backlog: Sender, live: Sequence[Sender]) -> Tally:
    """Let the live desks save at random moments, one every twenty seconds on average, until the backlog is in."""
    tally, done, chosen = Tally(), asyncio.Event(), random.Random(2)

    async def one(client: httpx2.AsyncClient, sender: Sender) -> None:
        for message in sender.messages:
            await asyncio.sleep(chosen.uniform(0, 40 * min(1.0, PART * 4)))
            await _taken(client, message, tally)
            if done.is_set():
                return

    async def catch_up(client: httpx2.AsyncClient) -> None:
        for message in backlog.messages:
            await _taken(client, message, Tally())
        done.set()

    async with _client(url) as client:
        await asyncio.gather(catch_up(client), *(one(client, sender) for sender in live))
    return tally


async def _at_once(url: str, senders: Sequence[Sender]) -> Tally:
    """Let every desk's line come back in the same moment: each waits its own part of two minutes first, as ours do."""
    tally, chosen = Tally(), random.Random(3)

    async def one(client: httpx2.AsyncClient, sender: Sender) -> None:
        await asyncio.sleep(first_contact_wait_s(3600, chosen.random()) * min(1.0, PART))
        for message in sender.messages:
            await _taken(client, message, tally)

    async with _client(url) as client:
        await asyncio.gather(*(one(client, sender) for sender in senders))
    return tally


async def _taken(client: httpx2.AsyncClient, message: bytes, tally: Tally) -> None:
    """Send one request until it is taken."""
    while (wait_s := await _sent(client, message, tally)) is not None:
        await asyncio.sleep(wait_s)


async def _sent(client: httpx2.AsyncClient, message: bytes, tally: Tally) -> float | None:
    """Send one request; returns None when it was taken, else how long to wait before it is sent again."""
    began = time.perf_counter()
    try:
        response = await client.post("/v1/sync", content=message, headers={"Content-Type": CONTENT_TYPE})
    except httpx2.RequestError:
        tally.cut += 1
        return SHORTEST_S
    tally.seconds.append(time.perf_counter() - began)
    if response.status_code == 200:
        return None
    assert response.status_code == 503, response.status_code
    tally.refused += 1
    wait = response.headers.get("Retry-After")
    tally.without_wait += wait is None
    return float(wait or 5)


def _client(url: str) -> httpx2.AsyncClient:
    limits = httpx2.Limits(max_connections=BACK_DESKS, max_keepalive_connections=BACK_DESKS)
    return httpx2.AsyncClient(base_url=url, timeout=httpx2.Timeout(BACK_S), limits=limits)


@contextmanager
def _serving(folder: Path, senders: Sequence[Sender], db: str | None) -> Iterator[tuple[str, psutil.Process]]:
    """Yield address and process of a center that knows the desks of `senders`."""
    center = open_center(folder, folder / "keys", system_clock, chance(system_clock), db=db)
    with center.store.writing() as session:
        session.add_all(enrolled(sender) for sender in senders)
    center.close()
    command = [sys.executable, "-m", "desk", "--home", str(folder), "center", "serve", "--port", "0"]
    environment = {**os.environ, "DESK_KEYS": str(folder / "keys")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            ready, url = process.stdout.readline().split()
            assert ready == "ready"
            yield url, psutil.Process(process.pid)
        finally:
            process.terminate()


def enrolled(sender: Sender) -> EnrolledDesk:
    """Return the row by which a center knows the desk of `sender`."""
    return EnrolledDesk(
        desk=sender.desk,
        public_key=sender.key.public.hex(),
        key_id=key_id(sender.key.public).hex(),
        unit=sender.desk,
        agency_code="H49.35",
        slot=0,
        genesis=_GENESIS,
        certificate={"tracking_url": "https://bench.example.vn/t/"},
        enrolled_at=system_clock(),
    )


def _check_all_in(folder: Path, db: str | None, count: int) -> None:
    center = open_center(folder, folder / "keys", system_clock, chance(system_clock), db=db)
    with center.store.reading() as session:
        held = session.connection().exec_driver_sql("SELECT count(*), max(position) FROM event").one()
        dossiers = session.connection().exec_driver_sql("SELECT count(*) FROM dossier").scalar()
        refused = session.connection().exec_driver_sql("SELECT count(*) FROM quarantined_event").scalar()
    center.close()
    assert tuple(held) == (count, count) and dossiers and not refused, (held, dossiers, refused)


def cpu_s(process: psutil.Process) -> float:
    """Return the CPU seconds that `process` has taken."""
    spent = process.cpu_times()
    return float(spent.user + spent.system)


def simulated(folder: Path) -> list[Event]:
    """Return the log of a desk with some hundred invented dossiers."""
    from desk import wiring
    from desk.cases.simulating import Wanted
    from tests import homes

    folder.mkdir()
    services = wiring.open_home(homes.new_home(folder))
    wiring.simulating(services).run(Wanted(300, 3916))
    with services.context.store.reading() as session:
        events = chain.events(session, services.context.settings.desk, 1, 0, 3 * A_DAY)
    services.close()
    assert len(events) == 3 * A_DAY, len(events)
    return events


def _paced(count: int) -> list[int]:
    """Return how many events a desk puts into each of its requests until `count` have gone."""
    pace, sizes = Pace(FIRST_SIZE), list[int]()
    while count > 0:
        sizes.append(min(pace.size, count))
        count -= sizes[-1]
        pace.went_well()
    return sizes


def sending(base: Sequence[Event], number: int, count: int, sizes: Sequence[int]) -> Sender:
    """Return a desk with `count` events copied from `base`, sent in runs of `sizes`, the last size to the end."""
    desk, key = f"0192f0a1-7c3a-7b11-8a55-{number:012x}", SigningKey.make(number.to_bytes(32, "big"))
    events = list(copied(base, desk, number, count))
    messages, at, place = list[bytes](), 0, 0
    while at < count:
        size = sizes[min(place, len(sizes) - 1)]
        messages.append(request(desk, "bench", 0, [sealed(events[at : at + size], key)], key))
        at, place = at + size, place + 1
    return Sender(desk, key, messages)


def copied(base: Sequence[Event], desk: str, number: int, count: int) -> Iterator[Event]:
    """Yield `count` events with the bodies of `base`, over and over, chained anew under other ids."""
    prev = _GENESIS
    for place in range(count):
        turn, at = divmod(place, len(base))
        event, other = base[at], f"{number:06x}{turn:06x}"
        head = event.head
        fresh = replace(
            head,
            id=_renamed(head.id, other),
            desk=desk,
            seq=place + 1,
            prev=prev,
            dossier=head.dossier and _renamed(head.dossier, other),
            parents=tuple(_renamed(parent, other) for parent in head.parents),
        )
        copy = Event(fresh.written(), event.body_bytes, event.private_bytes)
        prev = copy.head_hash
        yield copy


def _renamed(name: str, other: str) -> str:
    """Return another id for each `other` (12 hex digits), the same for the same."""
    return f"{name[:-12]}{int(name[-12:], 16) ^ int(other, 16):012x}"
