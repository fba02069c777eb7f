"""Where the exchange stands: what the center said it has, and what follows from it. Nothing is marked as sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlmodel import Session

from desk.clock import from_ms
from storage import chain
from storage.messages import BadMessage, Have, read_have
from storage.sync.segments import next_segments, unsent
from storage.tables.own import CenterKeyRow, SyncStateRow

Link = Literal["none", "new", "up", "down"]
"""none: no center joined. new: joined, not yet spoken with. up, down: how the last try ended."""


class SyncStatus(NamedTuple):
    """What `desk sync status` and the home screen say; everything follows from log and `have`."""

    link: Link
    unsent: int
    oldest_unsent_at: datetime | None
    last_exchange_at: datetime | None
    have: dict[str, Any] | None
    quarantined: list[dict[str, Any]]
    last_failure: str
    """The code of the last failure, "" after a success."""


def state_of(session: Session) -> SyncStateRow:
    """Return the one row, a fresh one before the first exchange."""
    return session.get(SyncStateRow, 1) or SyncStateRow()


def have_of(state: SyncStateRow, desk: str) -> Have | None:
    """Return what the center said it has of `desk`, None before it said so."""
    try:
        return read_have(state.have, desk) if state.have is not None else None
    except BadMessage:
        return None


def status(session: Session, desk: str) -> SyncStatus:
    """Return where the exchange of `desk` with its center stands."""
    state = state_of(session)
    have = have_of(state, desk)
    lengths = chain.lengths(session, desk)
    joined = session.get(CenterKeyRow, 1) is not None
    return SyncStatus(
        _link(state, joined),
        unsent(have, lengths),
        _oldest(session, desk, have, lengths),
        state.last_exchange_at,
        None if have is None else have.value(),
        state.quarantined or [],
        state.last_failure,
    )


def _link(state: SyncStateRow, joined: bool) -> Link:
    if not joined:
        return "none"
    if state.last_failure:
        return "down"
    return "new" if state.last_exchange_at is None else "up"


def _oldest(session: Session, desk: str, have: Have | None, lengths: dict[int, int]) -> datetime | None:
    beginning = Have(desk, 1, 0, "") if have is None else have
    for span in next_segments(beginning, lengths, 1):
        return from_ms(chain.events(session, desk, span.epoch, span.first - 1, 1)[0].head.at)
    return None
