"""Real desks in a temporary folder: a database, a mirror and a key, with invented dossiers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desk.clock import Chance, chance, to_ms
from desk.keys import SigningKey
from storage.log import Identity, Log
from storage.mirror import Mirror
from storage.store import Store
from storage.wire import Event, identity_message, identity_record

FIRST = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
NAMES = ("Nguyễn Thị Lan", "Trần Văn Bình", "Lê Hoàng Đức", "Phạm Thuỳ Dương", "Đặng Ngọc Hường")


class Ticking:
    """A clock that moves on by a second at every look."""

    def __init__(self, start: datetime = FIRST, step_s: float = 1) -> None:
        self.now = start
        self.step = timedelta(seconds=step_s)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now


@dataclass
class Desk:
    """One desk of a test."""

    folder: Path
    id: str
    key: SigningKey
    store: Store
    log: Log
    clock: Ticking
    chance: Chance
    unit: str = "H49.35"
    count: int = 0

    @property
    def database(self) -> Path:
        """The file of its database."""
        return self.folder / "desk.db"

    def accept(self, many: int = 1, *, then: tuple[str, ...] = ()) -> list[str]:
        """Accept `many` invented dossiers, one act each, with the moves `then`; returns their ids."""
        ids = []
        for _number in range(many):
            with self.log.act("officer-1") as act:
                ids.append(self.chance.new_id())
                act.append("dossier.accepted", *self.accepted(), ids[-1])
                for kind in then:
                    act.append(kind, {"answer": "answered"}, dossier=ids[-1])
        return ids

    def accepted(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return body and private part of the next invented dossier."""
        self.count += 1
        name = NAMES[self.count % len(NAMES)]
        unit = self.unit
        body = {
            "code": f"{unit}-261005-{self.count:04d}",
            "provisional": False,
            "business_on": "2026-10-05",
            "serial": self.count,
            "slot": 0,
            "agency_code": "H49.35",
            "tracking": str(int(self.id[-1]) * 10**15 + self.count),
            "procedure": "1.001193",
            "field": "TP",
            "channel": "counter",
            "catalogue": "abcdef012345",
            "due_at": to_ms(FIRST + timedelta(days=3)),
            "term": {"value": 3, "unit": "working_day"},
            "documents": [],
            "set_count": 1,
            "fee_dong": 0,
            "competent_unit": unit,
            "returning_unit": unit,
            "slip": "due",
            "other_codes": [],
        }
        people = {"owner": {"name": name, "personal_id": f"0221900{self.count:05d}", "phone": "0912345678"}}
        return body, {"people": people, "note": "ghi chú"}

    def events(self) -> list[Event]:
        """Return every event of its log, in the order of its chain."""
        with self.store.reading() as session:
            last = self.log.tail(session)
            return [
                event for epoch in range(1, last.epoch + 1) for event in self.log.events(session, epoch, 0, 1_000_000)
            ]

    def mirrored(self) -> list[bytes]:
        """Return the lines of its mirror's newest files, their first lines apart."""
        mirror = self.log.mirror
        return [
            line for epoch in mirror.epochs() for line in mirror.path(epoch).read_bytes().splitlines(keepends=True)[1:]
        ]

    def reopened(self) -> Desk:
        """Return the desk as a second start of the program finds it; this one is closed."""
        self.store.close()
        fresh = open_desk(self.folder, self.id, self.key, clock=self.clock, seed=self.count + 1000)
        fresh.count = self.count
        return fresh


def identity(desk: str, key: SigningKey, unit: str = "H49.35") -> Identity:
    """Return the identity that `key` signs for `desk`."""
    made_at = to_ms(FIRST)
    signature = key.sign(identity_message(desk, key.public, made_at))
    return Identity(desk, unit, identity_record(desk, key.public, made_at, signature))


def open_desk(
    folder: Path,
    desk: str = "0192f0a1-7c3a-7b11-8a55-000000000001",
    key: SigningKey | None = None,
    *,
    clock: Ticking | None = None,
    seed: int = 1,
    unit: str = "H49.35",
) -> Desk:
    """Return the desk in `folder` as it stands there, not yet settled."""
    folder.mkdir(parents=True, exist_ok=True)
    key = key or SigningKey.make(random.Random(desk).randbytes(32))
    clock = clock or Ticking()
    source = chance(clock, random.Random(seed).randbytes)
    store = Store.on_file(folder / "desk.db", "desk")
    mirror = Mirror(folder / "mirror", desk)
    log = Log(store, mirror, identity(desk, key, unit), key, clock, source, folder / "desk.lock")
    return Desk(folder, desk, key, store, log, clock, source, unit)


def new_desk(folder: Path, desk: str = "0192f0a1-7c3a-7b11-8a55-000000000001", **options: Any) -> Desk:
    """Return a new desk in `folder`, opened by its first events."""
    fresh = open_desk(folder, desk, **options)
    fresh.log.settle()
    with fresh.log.act(None) as act:
        act.append(
            "desk.opened", {"agency_code": "H49.35", "slot": 0, "public_key": fresh.key.public.hex(), "practice": False}
        )
        act.append(
            "officer.added", {"officer": f"officer-{desk[-1]}", "role": "lead", "badge": ""}, {"name": "Cán bộ 1"}
        )
    return fresh
