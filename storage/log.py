"""The event log of one desk: the only writer of events, of their mirror and, with them, of every projection.

An act is one transaction: writer lock, BEGIN IMMEDIATE, time read, mirror compared with the log, the act's
events and their projections, COMMIT, mirror, fsync, unlock. When `act` has ended, both are on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sqlalchemy import delete
from sqlmodel import Session, col

from desk.clock import Chance, Clock, to_ms
from desk.errors.base import StoreTrouble
from desk.errors.store import KeyMissing, MirrorBehind, StoreBusy
from desk.keys import SigningKey
from storage import chain, settle
from storage.chain import Identity
from storage.mirror import Mirror, Tail
from storage.projections.project import project, project_gained, readable
from storage.projections.upsert import found
from storage.store import Store
from storage.tables.kept import SettingRow
from storage.tables.projected import DossierRow
from storage.versions import newest
from storage.wire import SALT_BYTES, Event, Head, compact, hash_of, next_hlc, private_part

if TYPE_CHECKING:
    from filelock import FileLock

__all__ = ["LOCK_S", "Act", "Clk", "Identity", "Log", "Settled"]

Settled = Literal["same", "filled", "replayed", "new_epoch"]
"""What the start did to bring log and mirror together."""

LOCK_S: Final = 30
"""How long an act waits for another process's act, in seconds."""

_READ: Final = "kinds_read"
"""The setting that says which kinds, in which versions, the tables were made by."""

_UNTIED: Final = ("survey.captured",)
"""Events that must not name the others of their act: an answer never leads to its dossier."""


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
    serials: dict[tuple[str, Any, int], int] = field(default_factory=dict)
    """Numbers given within this act, which no projection shows yet: by agency, day and slot."""
    books: dict[tuple[str, int, int], int] = field(default_factory=dict)
    """Numbers of certification given within this act: by book, year and slot."""
    _kept: int = 0
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
        """Append one event and return it; it is projected when the act ends, or at the next `project`.

        private: the personal fields, kept apart from the body. at: the act's moment where it is not now
        (a simulated history).
        """
        written = dict(body or {})
        if self.events and kind not in _UNTIED:
            written["act"] = self.events[0].head.id  # what one undo reverses together
        body_bytes = compact(written)
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
            v=newest(kind),
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

    def project(self) -> None:
        """Let the tables show the events appended so far to the rest of this act."""
        fresh = self.events[self._kept :]
        chain.store(self.session, fresh)
        project(self.session, fresh, searchable=True)
        self._kept = len(self.events)

    def remember(self, dossier: str, heads: Sequence[str]) -> None:
        """Take the heads of a dossier from the caller, who has its state in hand."""
        self._heads.setdefault(dossier, list(heads))

    def _parents(self, dossier: str | None) -> list[str]:
        if dossier is None:
            return []
        if dossier not in self._heads:
            state = found(self.session, DossierRow, [dossier]).get(dossier)
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
        self.closed: StoreTrouble | None = None
        """Why nothing may be written here although the key is there (other screens hold the home)."""
        self._is_put_back = False
        """Whether the log was brought back from a backup and began no epoch since."""
        self._lock_path = lock

    @contextmanager
    def act(self, actor: str | None) -> Iterator[Act]:
        """Yield an act of the officer `actor`; all of it is saved and mirrored when the block ends well.

        Raises KeyMissing without the desk's key, StoreBusy where another program keeps the lock.
        """
        self._may_write()
        with self._locked():
            self._begin_after_restore()
            with self._joined() as (session, last):
                act = self._act(session, last, actor)
                yield act
                act.project()
            self._mirror(act.tail.epoch, act.events)

    def tail(self, session: Session) -> Tail:
        """Return the log's own last event: epoch 1, seq 0 and the identity's hash before the first."""
        return chain.tail(session, self.identity)

    def events(self, session: Session, epoch: int, after: int, limit: int) -> list[Event]:
        """Return the desk's own events of `epoch` beyond seq `after`, in order, at most `limit`."""
        return chain.events(session, self.identity.desk, epoch, after, limit)

    def settle(self) -> Settled:
        """Bring log and mirror together at start; returns what was done.

        A mirror that is behind is filled up; one that is ahead and joins the chain is replayed into the log;
        one that is missing (while the log has events) or does not join opens a new epoch, because then
        either may be an old copy and numbers must not be used twice. A mirror that cannot be read is left.
        """
        with self.store.reading() as session, self._troubled():
            self._is_put_back = session.get(SettingRow, chain.PUT_BACK) is not None
            if settle.is_whole(session, self.mirror, self.identity):
                return "same"
        if self.key is None or self.trouble is not None:
            return "same"
        with self._locked():
            return self._settled()

    def read_anew(self) -> bool:
        """Make the tables anew if this version reads events that the last one only kept; returns whether it did."""
        with self.store.reading() as session:
            kept = session.get(SettingRow, _READ)
            if kept is not None and kept.value == readable():
                return False
        done = False
        with suppress(StoreTrouble), self._locked(), self.store.writing() as session:  # else the next start does it
            done = kept is not None and project_gained(session, kept.value, searchable=True)
            session.merge(SettingRow(name=_READ, value=readable()))
        return done

    def open_epoch(self, above: int = 0, because: str = "") -> None:
        """Begin the next epoch: this log turned out to be an old copy, so its next numbers were used before.

        above: the newest epoch that somebody else knows of this desk. because: what the event says of the reason.
        """
        self._may_write()
        with self._locked():
            with self.store.writing() as session:
                self._next_epoch(session, above, because)
            self._fill_all()

    def take_back(self, epoch: int, after: int, given: Sequence[Event]) -> None:
        """Store own events that this log lost, `given` as those of `epoch` right behind number `after`.

        Raises ValueError, and stores nothing, where they do not join the chain of what is here.
        """
        self._may_write()
        with self._locked():
            with self.store.writing() as session:
                settle.take_back(session, self.identity, epoch, after, given)
            self._fill_all()

    @property
    def refusal(self) -> StoreTrouble | None:
        """Why nothing can be written here, None where it can."""
        return self.closed or (KeyMissing() if self.key is None else None)

    def _may_write(self) -> None:
        if (refusal := self.refusal) is not None:
            raise refusal

    @contextmanager
    def _joined(self) -> Iterator[tuple[Session, Tail]]:
        """Yield a writing session and the log's tail, the mirror filled up to it."""
        for is_settled in (False, True):
            with self.store.writing() as session:
                last = self.tail(session)
                joins = self._joins(session, last)
                if is_settled and not joins:
                    self.trouble = MirrorBehind(cause="NotJoined")
                if is_settled or joins:
                    yield session, last
                    return
            self._settled()

    def _joins(self, session: Session, last: Tail) -> bool:
        """Return whether the mirror holds nothing but the log's own events; fills it up where it lies behind."""
        with self._troubled():
            found = settle.standing(session, self.mirror, self.identity, last)
            if found in ("ahead", "apart"):
                return False
            if found in ("behind", "missing"):
                settle.fill(session, self.mirror, self.identity, last.epoch)
        return True

    def _settled(self) -> Settled:
        done: Settled = "filled"
        with self.store.writing() as session, self._troubled():
            found = settle.standing(session, self.mirror, self.identity, self.tail(session))
            if found == "ahead" and settle.replay(session, self.mirror, self.identity):
                done = "replayed"
            elif found not in ("same", "behind"):
                self._next_epoch(session)
                done = "new_epoch"
        self._fill_all()
        return done

    def _begin_after_restore(self) -> None:
        """Begin the epoch that a restored log must have before anything new is written into it.

        Only now, and not when it was restored: the center may have been asked in between, and what it knows decides.
        """
        if not self._is_put_back:
            return
        with self.store.writing() as session:
            mark = session.get(SettingRow, chain.PUT_BACK)
            if mark is not None:
                self._next_epoch(session, int(mark.value), chain.RESTORED)
        self._is_put_back = False
        self._fill_all()

    def _next_epoch(self, session: Session, above: int = 0, because: str = "") -> None:
        """Begin an epoch above every one known, its first event chained to the last one known of the old."""
        session.execute(delete(SettingRow).where(col(SettingRow.name) == chain.PUT_BACK))
        last = self.tail(session)
        newest = max([last.epoch, above, *self.mirror.epochs()])
        act = self._act(session, Tail(newest + 1, 0, last.head_hash), None)
        follows = {"old_epoch": last.epoch, "last_seq": last.seq, "head": last.head_hash}
        act.append("desk.epoch_opened", {**follows, "because": because} if because else follows)
        act.project()

    def _act(self, session: Session, last: Tail, actor: str | None) -> Act:
        hlc = chain.last_hlc(session, self.identity.desk)
        return Act(session, self.clock(), actor, last, hlc, self.clk, self.identity, self.chance)

    def _fill_all(self) -> None:
        with self.store.reading() as session, self._troubled():
            settle.fill_all(session, self.mirror, self.identity)

    def _mirror(self, epoch: int, events: list[Event]) -> None:
        if events and self.trouble is None:  # else the next act fills it up from the log
            with self._troubled():
                self.mirror.append(epoch, [event.line() for event in events])

    @contextmanager
    def _troubled(self) -> Iterator[None]:
        """Keep what goes wrong with the mirror as a trouble to show: it never stops an act."""
        try:
            yield
        except OSError as error:
            self.trouble = MirrorBehind(cause=type(error).__name__)
        else:
            self.trouble = None

    @cached_property
    def _lock(self) -> FileLock:
        # filelock: paid by what writes
        from filelock import FileLock

        return FileLock(self._lock_path, timeout=LOCK_S, poll_interval=0.005)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import Timeout

        try:
            held = self._lock.acquire()
        except Timeout as error:
            raise StoreBusy() from error
        with held:
            yield
