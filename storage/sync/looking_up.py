"""The need-to-know look-up: a dossier of another unit, asked of the center with a reason.

The reason comes first: it is an event of this desk, and the center answers only when it has that event. So
there is no look without a trace, and the unit that received the dossier is given the trace with it.
"""

from __future__ import annotations

from typing import Final

from desk.clock import to_ms
from desk.errors.base import SyncTrouble
from desk.errors.elsewhere import DossierNotAtCenter, LookUpRefused
from desk.errors.sync import CenterConfused, NotTheCenter
from storage.log import Log
from storage.messages import BadMessage, read_answer, request, typed
from storage.pages import read_lines_text
from storage.queries import dossiers, stubs
from storage.sync import nonce, pages
from storage.sync.exchange import Exchange, exchange_once
from storage.sync.segments import Pace
from storage.wire import Event, hash_of

_TROUBLES: Final[dict[str, type[SyncTrouble]]] = {"unknown": DossierNotAtCenter, "no_reason": LookUpRefused}


def look_up(
    log: Log, exchange: Exchange, center_key: bytes, dossier: str, reason: str, actor: str, *, app: str, pace: Pace
) -> None:
    """Bring all events of `dossier` here, for `reason`; it is a guest unless it concerns this unit.

    Without a line nothing is written. Raises SyncTrouble, KeyMissing, StoreTrouble.
    """
    exchange_once(log, exchange, center_key, app=app, pace=pace)  # the line holds, before a look is written down
    with log.act(actor) as act:
        event = act.append("dossier.viewed", {"looked_up": True}, {"reason": reason}, dossier)
    exchange_once(log, exchange, center_key, app=app, pace=pace)
    with log.store.reading() as session:
        concerns_us = dossiers.by_id(session, dossier) is not None and stubs.guest(session, dossier) is None
    events = _answer(log, exchange, center_key, dossier, event.head.id, app)
    with log.store.writing() as session:
        pages.take_events(session, log, events)
        if not concerns_us:
            pages.as_guest(session, dossier, log.clock())


def _answer(log: Log, exchange: Exchange, center_key: bytes, dossier: str, event: str, app: str) -> list[Event]:
    """Return the events that the center gives for the look written down as `event`; raises SyncTrouble."""
    assert log.key is not None
    asked = {"dossier": dossier, "event": event}
    with log.store.reading() as session:
        brought = nonce.asking(session)
    message = request(log.identity.desk, app, to_ms(log.clock()), [], log.key, look_up=asked, **brought)
    try:
        value = read_answer(exchange(message), center_key)
        if typed(value, "request", str) != hash_of(message):
            raise NotTheCenter()
        with log.store.writing() as session:
            nonce.keep(session, value)
        found = typed(value, "looked_up", dict)
        status = typed(found, "status", str)
        events = read_lines_text(typed(found, "lines", str)) if status == "ok" else []
    except BadMessage as error:
        raise NotTheCenter() from error
    if status != "ok":
        raise _TROUBLES.get(status, LookUpRefused)()
    if any(one.head.dossier != dossier for one in events):
        raise CenterConfused()
    return events
