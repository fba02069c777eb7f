"""Asks the center to say when there is something for this desk: a question that waits, beside the exchange."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from desk.errors.store import KeyMissing
from desk.errors.sync import NotTheCenter
from storage.log import Log
from storage.messages import BadMessage, read_answer, signed, typed
from storage.pages import LARGEST_SIZE
from storage.sync import pages
from storage.sync.exchange import trouble_of
from storage.wire import compact, hash_of

WAIT_S: Final = 25
"""How long the center is asked to wait, in seconds: well within a line's patience."""


class News(NamedTuple):
    """What the center said."""

    is_there: bool
    """Whether there is something to take."""
    is_held: bool
    """Whether it lets this desk wait; if not it has no room, and the desk calls by its own clock."""


def ask(log: Log, wait: Callable[[bytes], bytes], center_key: bytes, wait_s: int = WAIT_S) -> News:
    """Return what the center says once there is something, or after `wait_s`; raises SyncTrouble, KeyMissing."""
    if log.key is None:
        raise KeyMissing()
    with log.store.reading() as session:
        life = pages.center_of(session)
        wanted = pages.wanted(session, log, life, LARGEST_SIZE)
    desk = log.identity.desk
    asked = {"desk": desk, "wait": wait_s, "life": life, "pull": wanted.value()}
    message = signed({"desk": desk}, compact(asked), log.key)
    try:
        value = read_answer(wait(message), center_key)
        status = typed(value, "status", str)
        if typed(value, "request", str) != hash_of(message):
            raise NotTheCenter()
        if status != "ok":
            raise trouble_of(status, value)
        return News(typed(value, "news", bool), typed(value, "held", bool))
    except BadMessage as error:
        raise NotTheCenter() from error
