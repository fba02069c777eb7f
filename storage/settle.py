"""Brings log and mirror together: what one of them lost is taken from the other, and no number is used twice.

A mirror that lies behind is filled up; one that is ahead and joins the chain is replayed into the log. One
that does not join means that either may be an old copy, so a new epoch is opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from sqlmodel import Session

from storage import chain
from storage.chain import Identity
from storage.mirror import Mirror, Tail
from storage.projections.project import project_each
from storage.wire import Event

Standing = Literal["same", "behind", "ahead", "missing", "apart"]
"""How the mirror stands to the log: behind is a prefix of it, apart does not join it."""

_BATCH = 1000


def standing(session: Session, mirror: Mirror, identity: Identity, last: Tail) -> Standing:
    """Return how the newest epoch of the mirror stands to the log, whose tail is `last`; raises OSError."""
    epochs = mirror.epochs()
    if epochs and epochs[-1] > last.epoch:
        return "ahead"
    try:
        mirrored = mirror.tail(last.epoch)
    except ValueError:
        return "apart"
    if mirrored is None:
        return "missing" if last.seq else "behind"
    if mirrored.seq > last.seq:
        return "ahead"
    if not _is_prefix(session, identity, mirrored):
        return "apart"
    return "same" if mirrored.seq == last.seq else "behind"


def _is_prefix(session: Session, identity: Identity, mirrored: Tail) -> bool:
    if not mirrored.seq:
        return True
    return chain.head_hash(session, identity.desk, mirrored.epoch, mirrored.seq) == mirrored.head_hash


def replay(session: Session, mirror: Mirror, identity: Identity) -> bool:
    """Take into the log what the mirror has beyond it; returns whether all of it joined the chain.

    What joined stays taken in either case. Raises OSError where the mirror cannot be read.
    """
    before = chain.tail(session, identity)
    taken: list[Event] = []
    for event in _beyond(mirror, before):
        if not follows(event, before, identity):
            if taken:
                before = _before(taken.pop())  # its head is not the one that the next event names
            break
        if len(taken) >= _BATCH:
            take(session, taken)
            taken = []
        before = Tail(event.head.epoch, event.head.seq, event.head_hash)
        taken.append(event)
    take(session, taken)
    newest = mirror.epochs()[-1]
    try:
        return mirror.tail(newest) == (before if before.epoch == newest else None)
    except ValueError:
        return False


def _before(event: Event) -> Tail:
    """Return what names the place before `event`; equal to no tail of a mirror."""
    return Tail(event.head.epoch, event.head.seq - 1, event.head.prev)


def _beyond(mirror: Mirror, last: Tail) -> Iterator[Event]:
    for epoch in mirror.epochs():
        if epoch >= last.epoch:
            yield from mirror.events(epoch, last.seq if epoch == last.epoch else 0)


def follows(event: Event, before: Tail, identity: Identity) -> bool:
    """Return whether `event` may stand right behind `before` in the log of `identity`."""
    head = event.head
    is_next = head.seq == before.seq + 1 if head.epoch == before.epoch else head.epoch > before.epoch and head.seq == 1
    return is_next and head.desk == identity.desk and head.prev == before.head_hash


def take(session: Session, taken: list[Event]) -> None:
    """Put own events, which join the log, into it and let the tables show them."""
    chain.store(session, taken)
    project_each(session, taken, searchable=True)


def take_back(session: Session, identity: Identity, epoch: int, after: int, given: Sequence[Event]) -> None:
    """Take into the log own events that it lost: those of `epoch` right behind number `after`.

    Raises ValueError where there are none, or where they do not join what is here.
    """
    before = Tail(epoch, after, _head_before(session, identity, epoch, after, given))
    for event in given:
        if not follows(event, before, identity):
            raise ValueError("what was given back does not join the log")
        before = Tail(epoch, event.head.seq, event.head_hash)
    take(session, list(given))


def _head_before(session: Session, identity: Identity, epoch: int, after: int, given: Sequence[Event]) -> str:
    """Return the head hash that the first of `given` must name; raises ValueError where it is not known."""
    if not given:
        raise ValueError("nothing was given back")
    if after:
        known = chain.head_hash(session, identity.desk, epoch, after)
    elif epoch == 1:
        known = identity.genesis.head_hash
    else:
        body = given[0].body
        old_epoch, last_seq = body.get("old_epoch"), body.get("last_seq")
        if not isinstance(old_epoch, int) or not isinstance(last_seq, int):
            raise ValueError("an epoch does not say what it follows")
        known = chain.head_hash(session, identity.desk, old_epoch, last_seq)
        if last_seq == 0:
            known = identity.genesis.head_hash
    if known is None:
        raise ValueError("what it follows is not here")
    return known


def fill(session: Session, mirror: Mirror, identity: Identity, epoch: int) -> None:
    """Write to the mirror, which is a prefix of it, what the log has of `epoch` beyond; raises OSError."""
    mirrored = mirror.tail(epoch)
    if mirrored is None:
        mirror.begin(epoch, identity.record)
        mirrored = Tail(epoch, 0, "")
    after = mirrored.seq
    while lines := [event.line() for event in chain.events(session, identity.desk, epoch, after, _BATCH)]:
        mirror.append(epoch, lines)
        after += len(lines)


def fill_all(session: Session, mirror: Mirror, identity: Identity) -> None:
    """Make every file of the mirror what the log holds; a file that is no prefix of it is set aside, not deleted.

    Raises OSError where the mirror cannot be written.
    """
    held = chain.lengths(session, identity.desk) or {1: 0}
    for epoch in mirror.epochs():
        if epoch not in held or not _is_part(session, mirror, identity, epoch, held[epoch]):
            mirror.set_aside(epoch)
    for epoch in held:
        fill(session, mirror, identity, epoch)


def is_whole(session: Session, mirror: Mirror, identity: Identity) -> bool:
    """Return whether every epoch of the log lies in the mirror to its last event; raises OSError."""
    held = chain.lengths(session, identity.desk) or {1: 0}
    try:
        tails = {epoch: mirror.tail(epoch) for epoch in held}
    except ValueError:
        return False
    return mirror.epochs() == list(held) and all(
        mirrored is not None and mirrored.seq == held[epoch] and _is_prefix(session, identity, mirrored)
        for epoch, mirrored in tails.items()
    )


def _is_part(session: Session, mirror: Mirror, identity: Identity, epoch: int, length: int) -> bool:
    try:
        mirrored = mirror.tail(epoch)
    except ValueError:
        return False
    return mirrored is None or (mirrored.seq <= length and _is_prefix(session, identity, mirrored))
