"""Kill -9 of desks and center, and cuts in requests and answers, on both engines: nothing lost, nothing doubled.

Three desks take dossiers and exchange with one center over a line that is cut. Each of them is a process
forked from one that has loaded everything, so that a kill costs milliseconds. What was told as saved, and what
the center had answered for, is looked for by an oracle that shares no code with the program.
"""

from __future__ import annotations

import gc
import itertools
import os
import random
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from desk import wiring
from desk.cases.form_input import form_of
from desk.clock import chance, standing_clock
from desk.errors.base import SyncTrouble
from storage.center.app import make_app
from storage.center.center import Center
from storage.center.opening import open_center
from storage.center.serve import serve
from storage.sync.enrolling import enrol
from storage.sync.exchange import exchange_once
from tests import homes, postgres
from tests.promises import cutting, sync_oracle
from tests.promises.cutting import Dial
from tests.promises.sync_oracle import Told
from tests.storage import centers

DESKS = 3
_PATIENCE_S = 120.0
_CUT_PERCENT = 40
_DAY_LASTS = 60
"""Kills until the day is over: a desk has 499 numbers a day."""
_SERVER_DIES = 15
"""Every so many kills of the center on PostgreSQL, the database server is killed instead."""


@dataclass
class Outcome:
    """What the kills and cuts came to."""

    desk_kills: int = 0
    center_kills: int = 0
    server_kills: int = 0
    in_requests: int = 0
    in_answers: int = 0
    saved: int = 0
    events: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        verdict = "0 lost, 0 doubled, 0 gaps" if not self.faults else "; ".join(self.faults[:5])
        return (
            f"{self.desk_kills + self.center_kills + self.server_kills} kills ({self.desk_kills} of desks,"
            f" {self.center_kills} of the center, {self.server_kills} of PostgreSQL),"
            f" {self.in_requests + self.in_answers} cuts ({self.in_requests} in requests, {self.in_answers} in"
            f" answers), {self.saved} dossiers told as saved, {self.events} events: {verdict}"
        )


class Worker:
    """A forked process that says what it does, one line at a time."""

    def __init__(self, act: Callable[[Callable[[str], None]], None]) -> None:
        self._reading, writing = os.pipe()
        self.pid = cutting.forked(lambda: act(lambda said: _say(writing, said)))
        os.close(writing)
        self._text = b""
        self.alive = True

    def hear(self) -> list[str]:
        """Return the whole lines said since the last time, without waiting."""
        while select.select([self._reading], [], [], 0)[0]:
            part = os.read(self._reading, 1 << 16)
            if not part:
                break
            self._text += part
        *said, self._text = self._text.split(b"\n")
        return [line.decode() for line in said]

    def wait_for_words(self) -> None:
        """Wait until it says something, or for a moment; raises AssertionError where it ended by itself."""
        if select.select([self._reading], [], [], 0.05)[0] and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.alive = False
            raise AssertionError("a process ended by itself")

    def kill(self, number: int = signal.SIGKILL) -> list[str]:
        """End it; returns what it had still said."""
        if self.alive:
            os.kill(self.pid, number)
        return self.last()

    def last(self) -> list[str]:
        """Return what it says until it ends."""
        if self.alive:
            os.waitpid(self.pid, 0)
        self.alive = False
        said = self.hear()
        os.close(self._reading)
        return said


def _say(writing: int, said: str) -> None:
    os.write(writing, f"{said}\n".encode())


def work(around: wiring.Surroundings, seed: int, say: Callable[[str], None]) -> None:
    """Take some dossiers, bring them to the center however often the line is cut, and so on for ever."""
    services = wiring.open_home(around)
    officer = services.officers.the_one()
    dice = random.Random(seed)
    for number in itertools.count(1):
        for _dossier in range(dice.choice((1, 1, 2, 5))):
            saved = services.intake.accept(form_of(homes.birth(number)), officer)
            say(f"saved {saved.code}")
        while not _brought(services, say):
            time.sleep(0.05)  # a dead center is not asked a thousand times a second


def bring(around: wiring.Surroundings, say: Callable[[str], None]) -> None:
    """Exchange until the center has everything."""
    services = wiring.open_home(around)
    while not _brought(services, say):
        time.sleep(0.05)
    services.close()


def _brought(services: homes.Services, say: Callable[[str], None]) -> bool:
    try:
        have = services.syncing.once().have
    except SyncTrouble as trouble:
        say(f"trouble {trouble.code}")
        return False
    say(f"has {have.desk} {have.epoch} {have.seq} {have.head}")
    return True


class World:
    """Three desks, a center on one engine, and the line between them."""

    def __init__(self, folder: Path, server: postgres.Server | None, seed: int) -> None:
        self.folder = folder
        self.server = server
        self.dice = random.Random(seed)
        self.clock_file = folder / "clock.txt"
        self._set_clock(datetime.fromisoformat(homes.CLOCK))
        clock_text = f"@{self.clock_file}"
        self.db = None if server is None else postgres.fresh_database(server.address)
        self.database = self.db or str(folder / "center" / "center.db")
        self.homes = [homes.new_home(_made(folder / f"desk-{slot}"), clock_text, slot=slot) for slot in range(DESKS)]
        self.dial = Dial.fresh()
        self.line, port = cutting.start(self.dial, seed)
        self.address = f"http://127.0.0.1:{port}"
        self.center = self._start_center()
        self.desks: list[Worker] = []
        self.outcome = Outcome()
        self.codes: list[str] = []
        self.words = 0
        """Lines heard from the desks, whatever they said."""
        self.told: dict[int, Told] = {}
        self._join_all()

    def run(self, kills: int, cuts: int) -> Outcome:
        """Kill `kills` processes, cut `cuts` lines, let all be brought, and judge."""
        self.dial.cut_percent = _CUT_PERCENT
        self.desks = [self._start_desk(slot) for slot in range(DESKS)]
        for number in range(kills):
            if number % _DAY_LASTS == _DAY_LASTS - 1:
                self._set_clock(standing_clock(f"@{self.clock_file}")() + timedelta(days=1))
            (self._kill_desk if self.dice.random() < 0.5 else self._kill_center)()
        self._until(lambda: self.dial.in_requests + self.dial.in_answers >= cuts)
        self.dial.cut_percent = 0
        for slot, desk in enumerate(self.desks):
            self._heard(slot, desk.kill())
        self.desks = [Worker(lambda say, around=around: bring(around, say)) for around in self.homes]
        for slot, desk in enumerate(self.desks):
            self._heard(slot, desk.last())
        self.desks = []
        self.center.kill(signal.SIGTERM)
        return self._judged()

    def close(self) -> None:
        """End every process of this world."""
        for worker in (*self.desks, self.center):
            with suppress(OSError):
                worker.kill()
        cutting.end(self.line)

    def _judged(self) -> Outcome:
        outcome = self.outcome
        outcome.faults += sync_oracle.lost(self.database, list(self.told.values()))
        outcome.events, faults = sync_oracle.compare(self.database, [around.home for around in self.homes], self.codes)
        outcome.faults += faults
        outcome.saved = len(self.codes)
        outcome.in_requests, outcome.in_answers = self.dial.in_requests, self.dial.in_answers
        return outcome

    def _kill_desk(self) -> None:
        """Kill a desk that has begun to work, at a moment of its own."""
        slot = self.dice.randrange(DESKS)
        count = len(self.codes)
        self._until(lambda: len(self.codes) > count)
        self._moment()
        self._heard(slot, self.desks[slot].kill())
        self.desks[slot] = self._start_desk(slot)
        self.outcome.desk_kills += 1

    def _kill_center(self) -> None:
        """Kill the center while desks exchange with it, and look into its database before it starts again."""
        before = dict(self.told)
        self._until(lambda: self.told != before)
        self._moment()
        if self.server is not None and self.outcome.center_kills % _SERVER_DIES == _SERVER_DIES - 1:
            self.server.kill()
            self._hear_all()
            self.server.start()
            self.outcome.server_kills += 1
        self.center.kill()
        self._hear_all()
        self.outcome.faults += sync_oracle.lost(self.database, list(self.told.values()))
        self.center = self._start_center()
        self.outcome.center_kills += 1

    def _moment(self) -> None:
        time.sleep(self.dice.random() * 0.03)  # the moment itself is what is random here

    def _until(self, true: Callable[[], bool]) -> None:
        heard, deadline = self.words, time.monotonic() + _PATIENCE_S
        for slot in itertools.cycle(range(DESKS)):
            self._hear_all()
            if true():
                return
            if self.words != heard:
                heard, deadline = self.words, time.monotonic() + _PATIENCE_S
            assert time.monotonic() < deadline, "the desks told nothing"
            self.desks[slot].wait_for_words()

    def _hear_all(self) -> None:
        for slot, desk in enumerate(self.desks):
            self._heard(slot, desk.hear())

    def _heard(self, slot: int, said: list[str]) -> None:
        self.words += len(said)
        for word, *rest in map(str.split, said):
            if word == "saved":
                self.codes.append(rest[0])
            if word == "has":
                self.told[slot] = Told(rest[0], int(rest[1]), int(rest[2]), rest[3])

    def _start_desk(self, slot: int) -> Worker:
        around, seed = self.homes[slot], self.dice.randrange(1 << 30)
        return Worker(lambda say: work(around, seed, say))

    def _start_center(self) -> Worker:
        center = Worker(lambda say: serve(self._opened(), say, port=0))
        deadline = time.monotonic() + _PATIENCE_S
        while not (said := center.hear()):
            assert time.monotonic() < deadline, "the center does not answer"
            center.wait_for_words()
        self.dial.center = int(said[0].rpartition(":")[2])
        return center

    def _opened(self) -> Center:
        clock = standing_clock(f"@{self.clock_file}")
        return open_center(_made(self.folder / "center"), self.folder / "keys", clock, chance(clock), db=self.db)

    def _join_all(self) -> None:
        """Let every desk join, in a process of its own: whoever forks must have no database open."""

        def join(say: Callable[[str], None]) -> None:
            center = self._opened()
            for slot, around in enumerate(self.homes):
                services = wiring.open_home(around)
                token = center.make_token("06709", slot).token
                services.syncing.enrol(self.address, token, services.officers.the_one().id)
                services.close()
            center.close()
            say("joined")

        assert Worker(join).last() == ["joined"]

    def _set_clock(self, moment: datetime) -> None:
        fresh = self.clock_file.with_suffix(".new")
        fresh.write_text(moment.isoformat(), encoding="utf-8")
        fresh.replace(self.clock_file)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _world(folder: Path, server: postgres.Server | None, seed: int) -> Iterator[World]:
    world = World(_made(folder), server, seed)
    try:
        yield world
    finally:
        world.close()


def _load_all(folder: Path) -> None:
    """Do everything once, so that no forked process has to load anything; leaves no database open."""
    services = homes.opened(_made(folder))
    services.intake.accept(form_of(homes.birth()), services.officers.the_one())
    center = centers.new_center(folder)
    token = center.make_token("06709", 0).token
    enrol(services.context.log, lambda message: center.enrol(message)[1], "http://127.0.0.1:1", token, app=centers.APP)
    with suppress(SyncTrouble):
        services.syncing.once()
    exchange_once(services.context.log, centers.line(center), center.key.public, app=centers.APP)
    make_app(center)
    services.close()
    center.close()
    gc.freeze()  # nothing of it is rubbish: no forked process walks through it again


def run(folder: Path, kills: int, cuts: int, seed: int = 1) -> Outcome:
    """Kill and cut, half of it with the center on SQLite and half on PostgreSQL; returns what was found."""
    whole = Outcome()
    _load_all(folder / "loaded")
    with postgres.serving() as server:
        for name, engine, share in (("sqlite", None, kills // 2), ("postgres", server, kills - kills // 2)):
            with _world(folder / name, engine, seed) as world:
                found = world.run(share, cuts // 2)
            found.faults = [f"{name}: {fault}" for fault in found.faults]
            for key, value in vars(found).items():
                setattr(whole, key, getattr(whole, key) + value)
    return whole
