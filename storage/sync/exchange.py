"""One exchange with the center: ask what it has, send what it lacks, until it lacks nothing.

The center's last signed answer alone says what comes next. So a lost answer, a request that arrived twice
and a center restored from a backup need no case of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from desk.clock import to_ms
from desk.errors.base import SyncTrouble
from desk.errors.store import KeyMissing
from desk.errors.sync import (
    CenterBusy,
    CenterConfused,
    CenterUnreachable,
    CertificateDoubted,
    CopyAlive,
    DeskRevoked,
    DeskUnknown,
    ForkFound,
    LinkCut,
    NotTheCenter,
    SegmentRefused,
)
from storage import chain, packing
from storage.log import Log
from storage.messages import BadMessage, Have, Place, read_answer, read_have, read_lines_value, request, sealed, typed
from storage.pages import read_page
from storage.queries import kept
from storage.sync import nonce, pages
from storage.sync.segments import LARGEST_BYTES, Pace, Span, next_segments
from storage.sync.state import have_of, state_of
from storage.wire import hash_of

Exchange = Callable[[bytes], bytes]
"""Brings a request to the center and returns its answer; raises SyncTrouble. HTTP, or the center in-process."""

_LINK_DOWN: Final = (CenterUnreachable, LinkCut, NotTheCenter, CertificateDoubted)
"""Failures of the line itself, as the link's own log keeps them; a busy or confused center is none."""

TRIES: Final = 3
"""How often in a row a broken line is tried again at once, each time with half as much."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an exchange ended: the center has everything this log holds."""

    sent: int
    """Events brought to the center."""
    requests: int
    have: Have
    center_offset_ms: int
    """The center's time minus this machine's."""
    tracking_url: str
    quarantined: list[dict[str, Any]]
    taken_back: int = 0
    """Own events that only the center still had."""
    taken: int = 0
    """Events of other desks that were new here."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One answer of the center, its form checked."""

    status: str
    have: Have | None
    value: Mapping[str, Any]
    raw: bytes
    offset_ms: int
    center: str
    """Which life of which center: its id and incarnation."""


def exchange_once(log: Log, exchange: Exchange, center_key: bytes, *, app: str, pace: Pace | None = None) -> Outcome:
    """Exchange until the center has all of `log`; returns how it ended, raises SyncTrouble, KeyMissing.

    Whatever was taken before a failure stays taken: the next exchange goes on from there. pace: kept by the
    caller over many exchanges, so that a bad line is met with small requests.
    """
    if log.key is None:
        raise KeyMissing()
    run = _Run(log, exchange, center_key, app, pace or Pace())
    try:
        return run.to_the_end()
    except SyncTrouble as trouble:
        run.keep_failure(trouble)
        raise


def request_with(log: Log, have: Have | None, spans: list[Span], app: str, **asked: Any) -> tuple[bytes, list[Span]]:
    """Return the signed request with the events of `spans`, made smaller until it is no larger than it may be.

    asked: what else is asked for (`pull`). Returns the spans that are in it, too. Raises KeyMissing.
    """
    if log.key is None:
        raise KeyMissing()
    desk = log.identity.desk
    size = sum(span.length for span in spans)
    while True:
        with log.store.reading() as session:
            segments = [
                sealed(chain.events(session, desk, span.epoch, span.first - 1, span.length), log.key) for span in spans
            ]
            lengths = chain.lengths(session, desk)
        message = request(desk, app, to_ms(log.clock()), segments, log.key, **asked)
        if len(message) <= LARGEST_BYTES or size <= 1:
            return message, spans
        size //= 2
        spans = next_segments(have, lengths, size)


class _Run:
    """One exchange on its way."""

    def __init__(self, log: Log, exchange: Exchange, center_key: bytes, app: str, pace: Pace) -> None:
        self.log = log
        self.desk = log.identity.desk
        self.exchange = exchange
        self.center_key = center_key
        self.app = app
        self.pace = pace
        self.requests = 0
        self.sent = 0
        self.taken_back = 0
        self.taken = 0
        self.corrections = 0
        self.is_copied = False
        self.has_asked = False
        """Whether others' events were asked for in this run."""
        self.refusals = 0
        """How often the center gave nothing because the word that came with the question was not good."""
        with log.store.reading() as session:
            self.have = have_of(state_of(session), self.desk)
            self.center = pages.center_of(session)
            """Of which life of which center the cursor speaks by which pages are asked for; "" before the first."""

    def to_the_end(self) -> Outcome:
        """Ask once, then send until nothing is unsent, and take what others wrote until nothing is left."""
        while True:
            spans = next_segments(self.have, self._lengths(), self.pace.size)
            said, spans = self._asked(spans)
            assert said.have is not None
            before, self.have = self.have, said.have
            self._keep(said)
            self._judge(said, before, spans)
            self._know_own_place()
            has_more = self._take_page(said)
            if not has_more and not next_segments(self.have, self._lengths(), 1):
                if said.value.get("revoked") is True:
                    raise DeskRevoked()  # only now: what the officer did lies at the center first, set aside
                if self.is_copied:
                    raise CopyAlive()
                return Outcome(
                    self.sent,
                    self.requests,
                    said.have,
                    said.offset_ms,
                    str(said.value.get("tracking_url", "")),
                    _quarantined(said.value),
                    self.taken_back,
                    self.taken,
                )

    def _lengths(self) -> dict[int, int]:
        with self.log.store.reading() as session:
            return chain.lengths(session, self.desk)

    def _asked(self, spans: list[Span]) -> tuple[_Said, list[Span]]:
        """Return the center's answer to `spans`, or to fewer of them where the line broke."""
        for tries_left in range(TRIES - 1, -1, -1):
            message, spans = request_with(
                self.log, self.have, spans, self.app, dictionary=self.pace.dictionary, **self._wanted(spans)
            )
            try:
                return self._answer(message), spans
            except (LinkCut, NotTheCenter):
                self.pace.went_wrong()
                if not tries_left or not spans:
                    raise
                spans = next_segments(self.have, self._lengths(), self.pace.size)
        raise AssertionError("unreachable")

    def _wanted(self, spans: list[Span]) -> dict[str, Any]:
        """Return what to ask for beside: others' events, once this request sends the last of the own ones."""
        if self.have is None or sum(span.length for span in spans) >= self.pace.size:
            return {}
        self.has_asked = True
        with self.log.store.reading() as session:
            wanted = pages.wanted(session, self.log, self.center, self.pace.size)
            return {"pull": wanted.value(), **nonce.asking(session)}

    def _take_page(self, said: _Said) -> bool:
        """Take the page of an answer into the log; returns whether there is more. Raises CenterConfused."""
        if nonce.is_over(said.value):
            self.refusals += 1
            return self.refusals <= TRIES  # asked again with the word that the answer brought
        if "page" not in said.value:
            return not self.has_asked  # else the center is an older one, which has no pages
        asked, self.center = self.center, said.center
        if asked not in ("", said.center):
            return True  # another center, or one put back from a copy: all is asked for anew
        try:
            page = read_page(said.value["page"])
            self.taken += pages.take(self.log, page, said.center)
        except ValueError as error:
            raise CenterConfused() from error
        if page.more:
            self.pace.went_well()
            if page.is_empty:
                raise CenterConfused()
        return page.more

    def _answer(self, message: bytes) -> _Said:
        """Send `message` and return the answer to it; raises SyncTrouble where it is not the center's."""
        before = self.log.clock()
        self.requests += 1
        raw = self.exchange(message)
        after = self.log.clock()
        try:
            value = read_answer(raw, self.center_key)
            status = typed(value, "status", str)
            if typed(value, "request", str) != hash_of(message):
                raise NotTheCenter()  # an answer to something else, given again by whoever is in between
            center = typed(value, "center", dict)
            self.pace.dictionary = packing.known(value.get("dictionary"))
            offset_ms = typed(center, "time", int) - _middle_ms(before, after)
            life = f"{typed(center, 'id', str)} {typed(center, 'incarnation', str)}"
            have = read_have(value["have"], self.desk) if "have" in value else None
        except BadMessage as error:
            raise NotTheCenter() from error
        if have is None:
            raise trouble_of(status, value)
        return _Said(status, have, value, raw, offset_ms, life)

    def _judge(self, said: _Said, before: Have | None, spans: list[Span]) -> None:
        """Go on after an answer that leads on; raises SyncTrouble after one that does not."""
        if said.status == "broken":
            raise SegmentRefused(seq=said.value.get("seq", 0))
        if said.status == "fork":
            raise ForkFound()
        moved = before is not None and said.have is not None and _moved(before, said.have)
        if moved and said.status == "ok" and spans:
            self.sent += sum(span.length for span in spans)
            self.pace.went_well()
            return
        if spans or said.status != "ok":
            self.corrections += 1
            if said.have == before or self.corrections > TRIES:
                raise CenterConfused()

    def _know_own_place(self) -> None:
        """Compare what the center has with the own log; a log that turns out to be an old copy begins a new epoch.

        Then what it lacks of its own is taken back from the center. A log that began its epoch for this reason and
        finds a newer one again is not alone: the machine it was copied from works on. It sends what it has and
        begins none. Raises ForkFound where the center holds another event under one of this log's numbers.
        """
        have = self.have
        assert have is not None
        with self.log.store.reading() as session:
            lengths = chain.lengths(session, self.desk) or {1: 0}
            for place in have.places:
                mine = chain.head_hash(session, self.desk, place.epoch, place.seq)
                if place.seq == 0:
                    mine = self.log.identity.genesis.head_hash
                if mine not in (None, place.head):
                    raise ForkFound()
            self.is_copied = have.epoch > max(lengths) and chain.went_back_to(session, self.desk, max(lengths))
        if self.is_copied:
            return  # else the two would begin epochs in turn for ever
        lost = {place.epoch: place for place in have.places if place.seq > lengths.get(place.epoch, 0)}
        if lost and max(lost) >= max(lengths):
            # first: nothing may be written behind what is given back
            self.log.open_epoch(above=have.epoch, because=chain.WENT_BACK)
        for epoch, place in sorted(lost.items()):
            self._take_back(epoch, lengths.get(epoch, 0), place)

    def _take_back(self, epoch: int, after: int, last: Place) -> None:
        """Take the own events of `epoch` beyond `after`, up to `last`, back from the center."""
        assert self.log.key is not None
        while after < last.seq:
            want = (epoch, after)
            with self.log.store.reading() as session:
                brought = nonce.asking(session)
            message = request(self.desk, self.app, to_ms(self.log.clock()), [], self.log.key, want, **brought)
            said = self._answer(message)
            self._keep(said)
            if nonce.is_over(said.value) and self.refusals < TRIES:
                self.refusals += 1
                continue
            try:
                given = read_lines_value(typed(said.value, "own", str))
                self.log.take_back(epoch, after, given)
            except ValueError as error:
                raise CenterConfused() from error
            after += len(given)
            self.taken_back += len(given)

    def _keep(self, said: _Said) -> None:
        with self.log.store.writing() as session:
            state = state_of(session)
            have = None if said.have is None else said.have.value()
            if have != state.have or state.proof is None:
                state.proof = said.raw  # what proves the delivery, not every page that came since
            state.have = have
            state.last_exchange_at = state.last_try_at = self.log.clock()
            state.last_failure = ""
            kept.note_link(session, to_ms(state.last_exchange_at), is_up=True)
            state.center_offset_ms = said.offset_ms
            state.quarantined = _quarantined(said.value)
            nonce.keep(session, said.value)
            session.merge(state)

    def keep_failure(self, trouble: SyncTrouble) -> None:
        """Write down why the exchange failed."""
        with self.log.store.writing() as session:
            state = state_of(session)
            state.last_try_at = self.log.clock()
            state.last_failure = trouble.code
            if isinstance(trouble, _LINK_DOWN):
                kept.note_link(session, to_ms(state.last_try_at), is_up=False)
            session.merge(state)


def _moved(before: Have, now: Have) -> bool:
    return (now.epoch, now.total) > (before.epoch, before.total)


def _middle_ms(before: datetime, after: datetime) -> int:
    return (to_ms(before) + to_ms(after)) // 2


def _quarantined(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = value.get("quarantined", [])
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def trouble_of(status: str, value: Mapping[str, Any]) -> SyncTrouble:
    """Return what the desk is told of an answer without `have`."""
    if status == "busy":
        wait = value.get("retry_after")
        return CenterBusy(wait_s=wait if isinstance(wait, int) else 10)
    if status == "unknown_desk":
        return DeskUnknown()
    if status == "revoked":
        return DeskRevoked()
    if status == "bad":
        return LinkCut(cause="bytes were changed on the way")
    return CenterConfused()
