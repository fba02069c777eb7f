"""The center's own events: what reaches it from nobody's desk (a citizen's survey form, an incident it finds).

They lie in the log's one table under the center's id, chained from its own identity record, and are
projected like any desk's. A center restored from a backup has a new incarnation and opens a new epoch,
because numbers after the backup may have been given already.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from sqlmodel import Session

from desk.clock import Chance, to_ms
from desk.keys import SigningKey
from storage import chain
from storage.center import audience, ingest, own
from storage.center.own import About
from storage.chain import Identity
from storage.log import Act, Clk
from storage.mirror import Tail
from storage.projections.project import project
from storage.wire import identity_message, identity_record

_RECORD: Final = "identity_record"
_INCARNATION: Final = "own_log_incarnation"


@contextmanager
def act(
    session: Session, about: About, key: SigningKey, now: datetime, chance: Chance, *, unit: str = ""
) -> Iterator[Act]:
    """Yield an act of the center in this writing session, stored and projected when the block ends well.

    unit: whose matter it is. The caller holds the lock under which positions are given.
    """
    identity = Identity(about.id, unit, _record(session, about, key, now))
    last = chain.tail(session, identity)
    opens = _is_restored(session, about) and last.seq > 0
    start = Tail(last.epoch + 1, 0, last.head_hash) if opens else last
    hlc = chain.last_hlc(session, about.id)
    fresh = Act(session, now, None, start, hlc, Clk(trust=3, offset_ms=0), identity, chance)
    if opens:
        fresh.append("desk.epoch_opened", {"old_epoch": last.epoch, "last_seq": last.seq, "head": last.head_hash})
    yield fresh
    if fresh.events:
        first = ingest.store(session, fresh.events)
        project(session, fresh.events, searchable=False)
        audience.spread(session, fresh.events, first, "")
        own.keep(session, _INCARNATION, about.incarnation)


def _record(session: Session, about: About, key: SigningKey, now: datetime) -> bytes:
    """Return the center's self-signed identity record, made at its first own event."""
    kept = own.kept(session, _RECORD)
    if kept:
        return kept.encode()
    made_at = to_ms(now)
    record = identity_record(about.id, key.public, made_at, key.sign(identity_message(about.id, key.public, made_at)))
    own.keep(session, _RECORD, record.decode())
    return record


def _is_restored(session: Session, about: About) -> bool:
    return own.kept(session, _INCARNATION) not in ("", about.incarnation)
