"""The event log of one desk: the only writer of events, of their mirror and, with them, of every projection.

An act is one transaction: writer lock, BEGIN IMMEDIATE, time read, mirror compared with the log, the act's
events and their projections, COMMIT, mirror, fsync, unlock. When `act` has ended, both are on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from filelock import FileLock, Timeout
from sqlalchemy import insert, select
from sqlmodel import Session, col

from desk.clock import Chance, Clock, to_ms
from desk.errors.store import ChainBroken, KeyMissing, MirrorBehind, StoreBusy
from desk.keys import SigningKey
from storage.mirror import Mirror, Tail
from storage.projections import dossiers
from storage.projections.project import project
from storage.projections.upsert import table_of
from storage.store import Store
from storage.tables.events import EventRow
from storage.wire import SALT_BYTES, Event, Head, compact, hash_of, next_hlc, private_part

LOCK_S: Final = 30
"""How long an act waits for another process's act, in seconds."""


class Identity(NamedTuple):
    """Who writes this log."""

    desk: str
    unit: str
    record: bytes
    """The self-signed identity record."""


class Clk(NamedTuple):
    """How far the desk's clock is trusted (0 not, 1 plausible, 2 confirmed by an officer, 3 by the center)."""

    trust: int = 1
    offset_ms: int | None = None


@dataclass
class Act:
    """One act of an officer being written: its session, its moment and the events appended so far."""

    session: Session
    now: datetime
    actor: str | None
    tail: Tail
    hlc: str | None
    clk: Clk
    identity: Identity
    chance: Chance
    events: list[Event] = field(default_factory=list)
    _heads: dict[str, list[str]] = field(default_factory=dict)

    def append(
        self,
        kind: str,
        body: Mapping[str, Any] | None = None,
        private: Mapping[str, Any] | None = None,
        dossier: str | None = None,
        *,
        event_id: str | None = None,
        at: datetime | None = None,
    ) -> Event:
        """Append one event and return it; it is projected when the act ends.

        private: the personal fields, kept apart from the body. at: the act's moment where it is not now
        (a simulated history).
        """
        body_bytes = compact(dict(body or {}))
        private_bytes = private_part(private or {}, self.chance.random_bytes(SALT_BYTES)) if private else None
        at_ms = to_ms(at or self.now)
        self.hlc = next_hlc(self.hlc, at_ms)
        head = Head(
            id=event_id or self.chance.new_id(),
            desk=self.identity.desk,
            epoch=self.tail.epoch,
            seq=self.tail.seq + 1,
            prev=self.tail.head_hash,
            hlc=self.hlc,
            at=at_ms,
            clk={"trust": self.clk.trust, "offset_ms": self.clk.offset_ms},
            kind=kind,
            v=1,
            unit=self.identity.unit,
            dossier=dossier,
            parents=tuple(self._parents(dossier)),
            actor=self.actor,
            body_hash=hash_of(body_bytes),
            private_hash=None if private_bytes is None else hash_of(private_bytes),
        )
        event = Event(head.written(), body_bytes, private_bytes)
        self.tail = Tail(head.epoch, head.seq, event.head_hash)
        if dossier is not None:
            self._heads[dossier] = [head.id]
        self.events.append(event)
        return event

    def _parents(self, dossier: str | None) -> list[str]:
        if dossier is None:
            return []
        if dossier not in self._heads:
            state = dossiers.load(self.session, [dossier]).get(dossier)
            self._heads[dossier] = list(state["heads"]) if state else []
        return self._heads[dossier]


class Log:
    """The log of the desk `identity` in `store`, mirrored in `mirror`."""

    def __init__(
        self,
        store: Store,
        mirror: Mirror,
        identity: Identity,
        key: SigningKey | None,
        clock: Clock,
        chance: Chance,
        lock: Path,
    ) -> None:
        self.store = store
        self.mirror = mirror
        self.identity = identity
        self.key = key
        self.clock = clock
        self.chance = chance
        self.clk = Clk()
        self.trouble: MirrorBehind | None = None
        """Set while the mirror could not be written; the next act tries to fill it up."""
        self._lock = FileLock(lock, timeout=LOCK_S, poll_interval=0.005)

    @contextmanager
    def act(self, actor: str | None) -> Iterator[Act]:
        """Yield an act of the officer `actor`; all of it is saved and mirrored when the block ends well.

        Raises KeyMissing without the desk's key, StoreBusy where another program keeps the lock.
        """
        if self.key is None:
            raise KeyMissing()
        with self._locked():
            with self.store.writing() as session:
                last = self._joined_tail(session)
                act = Act(session, self.clock(), actor, last, _last_hlc(session), self.clk, self.identity, self.chance)
                yield act
                store_events(session, act.events)
                project(session, act.events, searchable=True)
            self._mirror(act.tail.epoch, act.events)

    def _joined_tail(self, session: Session) -> Tail:
        """Return the log's tail after the mirror was compared with it and filled up where it lay behind."""
        last = self.tail(session)
        if self._is_ahead(last):
            self._settled(session)
            return self.tail(session)
        self._fill_mirror(session, last)
        return last

    def _is_ahead(self, last: Tail) -> bool:
        """Return whether the mirror holds what the log does not: the database was replaced by an older one."""
        try:
            mirrored = self.mirror.tail(last.epoch)
        except (OSError, ValueError):
            return False
        if mirrored is None or mirrored.seq < last.seq:
            return False
        return mirrored.seq > last.seq or (last.seq > 0 and mirrored.head_hash != last.head_hash)

    def tail(self, session: Session) -> Tail:
        """Return the log's own last event: epoch 1, seq 0 and the identity's hash before the first."""
        row = session.connection().execute(
            select(col(EventRow.epoch), col(EventRow.seq), col(EventRow.head_hash))
            .where(col(EventRow.desk) == self.identity.desk)
            .order_by(col(EventRow.epoch).desc(), col(EventRow.seq).desc())
            .limit(1)
        )
        found = row.first()
        if found is None:
            return Tail(1, 0, hash_of(self.identity.record))
        return Tail(found[0], found[1], found[2])

    def events(self, session: Session, epoch: int, after: int, limit: int) -> list[Event]:
        """Return the desk's own events of `epoch` beyond seq `after`, in order, at most `limit`."""
        rows = session.connection().execute(
            select(col(EventRow.head), col(EventRow.body), col(EventRow.private))
            .where(col(EventRow.desk) == self.identity.desk, col(EventRow.epoch) == epoch, col(EventRow.seq) > after)
            .order_by(col(EventRow.seq))
            .limit(limit)
        )
        return [Event(bytes(row[0]), bytes(row[1]), None if row[2] is None else bytes(row[2])) for row in rows]

    def settle(self) -> str:
        """Bring log and mirror together at start; returns what was done: same, filled, replayed or new_epoch.

        A mirror that is behind is filled up; one that is ahead and joins the chain is replayed into the log;
        one that is missing (while the log has events) or does not join opens a new epoch, because then
        either may be an old copy and numbers must not be used twice.
        """
        with self.store.reading() as session:
            if self._same(self.tail(session)):
                return "same"
        if self.key is None:
            return "same"
        with self._locked(), self.store.writing() as session:
            return self._settled(session)

    def _same(self, last: Tail) -> bool:
        try:
            mirrored = self.mirror.tail(last.epoch) if self._newest_epoch() <= last.epoch else None
        except (OSError, ValueError):
            return False
        return mirrored is not None and mirrored.seq == last.seq and mirrored.head_hash in ("", last.head_hash)

    def _newest_epoch(self) -> int:
        epochs = self.mirror.epochs()
        return epochs[-1] if epochs else 0

    def _settled(self, session: Session) -> str:
        last = self.tail(session)
        if last.seq == 0 and last.epoch == 1 and not self.mirror.epochs():
            self.mirror.begin(1, self.identity.record)
            return "filled"
        try:
            replayed = self._replay(session, last)
        except ChainBroken:
            self._open_epoch(session, last)
            return "new_epoch"
        last = self.tail(session)
        self._fill_mirror(session, last)
        return "replayed" if replayed else "filled"

    def _replay(self, session: Session, last: Tail) -> int:
        """Take from the mirror what the log lacks; returns the count, raises ChainBroken if it does not join."""
        epochs = [epoch for epoch in self.mirror.epochs() if epoch >= last.epoch]
        if not epochs or (epochs[0] != last.epoch and last.seq):
            raise ChainBroken(seq=last.seq, cause="no mirror")
        taken: list[Event] = []
        joined = last.seq == 0
        before = last
        for epoch in epochs:
            try:
                tail = self.mirror.tail(epoch)
            except ValueError as error:
                raise ChainBroken(seq=last.seq, cause=str(error)) from error
            if tail is None or (epoch == last.epoch and tail.seq < last.seq):
                joined = joined or self._is_prefix(session, tail)
                continue
            for event in self.mirror.events(epoch, last.seq - 1 if epoch == last.epoch else 0):
                head = event.head
                if (head.epoch, head.seq) == (last.epoch, last.seq):
                    joined = event.head_hash == last.head_hash
                elif head.prev == before.head_hash:
                    taken.append(event)
                    before = Tail(head.epoch, head.seq, event.head_hash)
                else:
                    raise ChainBroken(seq=head.seq, cause="the mirror does not join")
        if not joined:
            raise ChainBroken(seq=last.seq, cause="the mirror does not join")
        store_events(session, taken)
        project(session, taken, searchable=True)
        return len(taken)

    def _is_prefix(self, session: Session, tail: Tail | None) -> bool:
        if tail is None:
            return False
        if tail.seq == 0:
            return True
        found = self.events(session, tail.epoch, tail.seq - 1, 1)
        return bool(found) and found[0].head_hash == tail.head_hash

    def _open_epoch(self, session: Session, last: Tail) -> None:
        """Begin the next epoch, its first event chained to the last one known of the old."""
        newest = max(last.epoch, self._newest_epoch())
        for epoch in self.mirror.epochs():
            if epoch >= last.epoch:
                self.mirror.set_aside(epoch)
        act = Act(
            session,
            self.clock(),
            None,
            Tail(newest + 1, 0, last.head_hash),
            _last_hlc(session),
            self.clk,
            self.identity,
            self.chance,
        )
        act.append("desk.epoch_opened", {"old_epoch": last.epoch, "last_seq": last.seq, "head": last.head_hash})
        store_events(session, act.events)
        project(session, act.events, searchable=True)
        self._fill_mirror(session, act.tail)

    def _fill_mirror(self, session: Session, last: Tail) -> None:
        """Write to the mirror what the log has beyond it, every epoch of it; a failure is kept as a trouble."""
        try:
            for epoch in range(1, last.epoch + 1):
                if epoch < last.epoch and self.mirror.path(epoch).exists():
                    continue
                tail = self.mirror.tail(epoch)
                if tail is None:
                    self.mirror.begin(epoch, self.identity.record)
                    tail = Tail(epoch, 0, "")
                after = tail.seq
                while lines := [event.line() for event in self.events(session, epoch, after, 1000)]:
                    self.mirror.append(epoch, lines)
                    after += len(lines)
        except (OSError, ValueError) as error:
            self.trouble = MirrorBehind(cause=type(error).__name__)
        else:
            self.trouble = None

    def _mirror(self, epoch: int, events: list[Event]) -> None:
        if not events or self.trouble is not None:
            return  # the next act fills it up from the log
        try:
            self.mirror.append(epoch, [event.line() for event in events])
        except OSError as error:
            self.trouble = MirrorBehind(cause=type(error).__name__)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            held = self._lock.acquire()
        except Timeout as error:
            raise StoreBusy() from error
        with held:
            yield


def store_events(session: Session, events: list[Event]) -> None:
    """Put `events` into the log's table in their order, as written."""
    if not events:
        return
    session.connection().execute(
        insert(table_of(EventRow)),
        [
            {
                "desk": event.head.desk,
                "epoch": event.head.epoch,
                "seq": event.head.seq,
                "id": event.head.id,
                "dossier": event.head.dossier,
                "kind": event.head.kind,
                "head_hash": event.head_hash,
                "head": event.head_bytes,
                "body": event.body_bytes,
                "private": event.private_bytes,
            }
            for event in events
        ],
    )


def _last_hlc(session: Session) -> str | None:
    row = session.connection().execute(select(col(EventRow.head)).order_by(col(EventRow.position).desc()).limit(1))
    found = row.first()
    return None if found is None else Event(bytes(found[0]), b"", None).head.hlc
