"""Questions about the log's own soundness: does the chain hold, does the mirror say the same, is the file whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from storage import chain
from storage.chain import Identity
from storage.mirror import Mirror
from storage.wire import Event, hash_of

_BATCH = 2000


class Break(NamedTuple):
    """Where something does not hold; seq 0 is the file as a whole."""

    epoch: int
    seq: int
    cause: str


def database_fault(session: Session) -> str:
    """Return what SQLite finds wrong with its file, "" for nothing."""
    found = str(session.connection().execute(text("PRAGMA quick_check(1)")).scalar())
    return "" if found == "ok" else found[:200]


def chain_break(session: Session, identity: Identity) -> Break | None:
    """Return the first own event that does not follow from the one before it, None where all do.

    Every head names the hash of the head before, of its body and of its private part; an erased private part
    is passed over, since its event says that it is gone.
    """
    known = {hash_of(identity.record)}
    prev = hash_of(identity.record)
    for epoch in chain.lengths(session, identity.desk):
        for seq, event in enumerate(_own(session, identity, epoch), 1):
            cause = _fault(event, identity.desk, epoch, seq)
            if cause is None and event.head.prev != prev and (seq > 1 or event.head.prev not in known):
                cause = "prev"
            if cause is not None:
                return Break(epoch, seq, cause)
            prev = event.head_hash
            known.add(prev)
    return None


def head_at(session: Session, identity: Identity, epoch: int, seq: int) -> str | None:
    """Return the head hash of the own event with this number, None where there is none."""
    return chain.head_hash(session, identity.desk, epoch, seq)


def _fault(event: Event, desk: str, epoch: int, seq: int) -> str | None:
    try:
        head = event.head
    except ValueError:
        return "head"
    if (head.desk, head.epoch, head.seq) != (desk, epoch, seq):
        return "number"
    if hash_of(event.body_bytes) != head.body_hash:
        return "body"
    if event.private_bytes and hash_of(event.private_bytes) != head.private_hash:
        return "private"
    return None


def mirror_break(session: Session, mirror: Mirror, identity: Identity) -> Break | None:
    """Return where the mirror first says something else than the log, None where it says the same.

    A private part that the log erased may still stand in the mirror until it is rotated. Raises OSError.
    """
    for epoch in chain.lengths(session, identity.desk):
        path = mirror.path(epoch)
        if not path.exists():
            return Break(epoch, 0, "missing")
        with path.open("rb") as file:
            if file.readline().rstrip(b"\n") != identity.record:
                return Break(epoch, 0, "identity")
            seq = 0
            for event in _own(session, identity, epoch):
                seq += 1
                line = file.readline()
                if line != event.line() and not line.startswith(event.head_bytes + b"\t"):
                    return Break(epoch, seq, "other" if line else "missing")
            if file.readline():
                return Break(epoch, seq + 1, "more")
    return None


def _own(session: Session, identity: Identity, epoch: int) -> Iterator[Event]:
    after = 0
    while batch := chain.events(session, identity.desk, epoch, after, _BATCH):
        yield from batch
        after += len(batch)
