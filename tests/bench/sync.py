"""What a center takes in a second beside the bare insert of the same rows: on SQLite, and by COPY on PostgreSQL.

Both sides sync each batch to the disk. Ours proves signature, seal and chain, moves the cursor, feeds the units and
makes every projection in the transaction: the small ones, which might follow within 5 s, cost too little to part.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import psycopg

from desk import wiring
from desk.cases.simulating import Wanted
from desk.clock import chance, system_clock
from storage import chain
from storage.center import ingest
from storage.center.opening import open_center
from storage.center.serve import collect_seldom
from storage.messages import request, sealed
from storage.packing import NEWEST
from storage.store import Store
from storage.sync.enrolling import enrol
from storage.wire import Event
from tests import homes, postgres
from tests.bench.figures import Figure

DOSSIERS = 2500
BATCH = 1000
ROUNDS = 5
_COLUMNS = "position, desk, epoch, seq, id, dossier, kind, head_hash, head, body, private"


class Rate(NamedTuple):
    """How many events a second went in by the clock, and how many by the CPU seconds of this process."""

    by_clock: float
    by_cpu: float


def measure() -> list[Figure]:
    """Return the figures of the exchange."""
    collect_seldom()
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        services, batches = _log(Path(folder))
        rounds: dict[str, list[Rate]] = {}
        for number in range(ROUNDS):
            place = Path(folder) / str(number)
            place.mkdir()
            for name, found in _round(services, place, server, batches):
                rounds.setdefault(name, []).append(found)
        packed = _bytes(services, batches, 100) / 100
        live, plain = (_bytes(services, batches, 1, number) for number in (NEWEST, 0))
        services.close()
    clock = {name: statistics.median(one.by_clock for one in found) for name, found in rounds.items()}
    cpu = {name: statistics.median(one.by_cpu for one in found) for name, found in rounds.items()}
    unit, many, copy = f"events/s, batches of {BATCH}", "raw executemany", "raw COPY"
    seconds = f"events a CPU second, batches of {BATCH}"

    def rated(name: str, rate: dict[str, float], raw: str, unit: str, baseline: str, goal: float) -> Figure:
        return Figure("sync", name, rate[name.partition(",")[0]], unit, baseline, rate[raw], goal, smaller=False)

    return [
        rated("SQLite, all projections", clock, "sqlite raw", unit, many, 0.42),
        rated("SQLite, all projections, CPU", cpu, "sqlite raw", seconds, many, 0.42),
        rated("SQLite log only", clock, "sqlite raw", unit, many, 0.6),
        rated("SQLite log only, CPU", cpu, "sqlite raw", seconds, many, 0.6),
        rated("PostgreSQL, all projections", clock, "copy raw", unit, copy, 0.38),
        rated("PostgreSQL log only", clock, "copy raw", unit, copy, 0.6),
        Figure("sync", "bytes an event at 100 a batch", packed, "bytes", "110 bytes allowed", 110.0, 1.0),
        Figure("sync", "one live event, the whole request", live, "bytes", "without the dictionary", plain, 0.65),
    ]


def _round(
    services: homes.Services, place: Path, server: str, batches: list[list[Event]]
) -> Iterator[tuple[str, Rate]]:
    """Yield every case measured once, one after another, so that a slower moment of the machine hits all."""
    yield "sqlite raw", _raw_sqlite(place, batches)
    yield "SQLite", _center(services, place / "s", None, batches)
    yield "copy raw", _raw_copy(postgres.fresh_database(server), batches)
    yield "PostgreSQL", _center(services, place / "p", postgres.fresh_database(server), batches)
    with mock.patch.object(ingest, "project_each", lambda *_given, **_named: []):
        yield "SQLite log only", _center(services, place / "sl", None, batches)
        yield "PostgreSQL log only", _center(services, place / "pl", postgres.fresh_database(server), batches)


def _log(folder: Path) -> tuple[homes.Services, list[list[Event]]]:
    around = homes.new_home(folder)
    services = wiring.open_home(around)
    wiring.simulating(services).run(Wanted(DOSSIERS, 3916))
    return services, list(_batches(services, BATCH))


def _batches(services: homes.Services, size: int) -> Iterator[list[Event]]:
    desk = services.context.settings.desk
    with services.context.store.reading() as session:
        after = 0
        while events := chain.events(session, desk, 1, after, size):
            yield events
            after += len(events)


def _timed(count: int, act: Callable[[], None]) -> Rate:
    began, cpu = time.perf_counter(), time.process_time()
    act()
    return Rate(count / (time.perf_counter() - began), count / (time.process_time() - cpu))


def _rows(batch: list[Event], first: int) -> list[tuple[object, ...]]:
    return [
        (
            first + place,
            event.head.desk,
            event.head.epoch,
            event.head.seq,
            event.head.id,
            event.head.dossier,
            event.head.kind,
            event.head_hash,
            event.head_bytes,
            event.body_bytes,
            event.private_bytes,
        )
        for place, event in enumerate(batch)
    ]


def _raw_sqlite(place: Path, batches: list[list[Event]]) -> Rate:
    ready = [_rows(batch, place_of * BATCH + 1) for place_of, batch in enumerate(batches)]
    Store.on_file(place / "raw.db", "center").close()
    with closing(sqlite3.connect(place / "raw.db", isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = FULL")

        def act() -> None:
            for rows in ready:
                database.execute("BEGIN IMMEDIATE")
                database.executemany(f"INSERT INTO event ({_COLUMNS}) VALUES ({', '.join('?' * 11)})", rows)
                database.execute("COMMIT")

        return _timed(sum(map(len, batches)), act)


def _raw_copy(address: str, batches: list[list[Event]]) -> Rate:
    Store.on_url(address, "center").close()
    ready = [_rows(batch, place_of * BATCH + 1) for place_of, batch in enumerate(batches)]
    with psycopg.connect(address, autocommit=False) as database:

        def act() -> None:
            for rows in ready:
                with database.cursor().copy(f"COPY event ({_COLUMNS}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                database.commit()

        return _timed(sum(map(len, batches)), act)


def _center(services: homes.Services, folder: Path, address: str | None, batches: list[list[Event]]) -> Rate:
    center = open_center(folder, folder / "keys", system_clock, chance(system_clock), db=address)
    try:
        context = services.context
        assert context.key is not None
        token = center.make_token(context.log.identity.unit, 0).token
        enrol(context.log, lambda message: center.enrol(message)[1], "http://bench", token, app="bench")
        desk, key = context.settings.desk, context.key
        ready = [request(desk, "bench", 0, [sealed(batch, key)], key) for batch in batches]

        def act() -> None:
            for message in ready:
                status, _answer = center.exchange(message)
                assert status == 200, status

        return _timed(sum(map(len, batches)), act)
    finally:
        center.close()


def _bytes(services: homes.Services, batches: list[list[Event]], count: int, dictionary: int = NEWEST) -> float:
    """Return the bytes of a request with `count` events; of one event the mean over a batch."""
    context = services.context
    assert context.key is not None
    middle = batches[len(batches) // 2]
    runs = [middle[at : at + count] for at in range(0, 100, count)]
    desk, key = context.settings.desk, context.key
    return statistics.mean(
        len(request(desk, "bench", 0, [sealed(run, key)], key, dictionary=dictionary)) for run in runs
    )
