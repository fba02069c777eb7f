"""The center: bytes to bytes, whatever carries them. HTTP calls it, and practice does in its own process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from desk.clock import Chance, Clock, to_ms
from desk.errors.base import StoreTrouble
from desk.errors.store import StoreBusy
from desk.errors.sync import DeskUnknown, SlotTaken
from desk.keys import SigningKey
from desk.rules.serials import check_slot
from storage import packing
from storage.center import audience, enrolment, ingest, lead_token, news, own, pages, phone_survey, set_aside, tracking
from storage.center.enrolment import Refused
from storage.center.files import Files, Piece
from storage.center.lead_token import Lead
from storage.center.nonces import Nonces
from storage.center.own import About
from storage.center.tables import EnrolledDesk
from storage.joining import SECRET_BYTES, read_join_request, token_text
from storage.messages import (
    BadMessage,
    BrokenSegment,
    Request,
    answer,
    chained,
    claimed_desk,
    lines_value,
    read_request,
    read_signed,
    seal_holds,
)
from storage.pages import Wanted, read_wanted
from storage.projections.project import Rebuilt, dump, rebuild
from storage.store import Store
from storage.wire import hash_of

RETRY_AFTER_S: Final = 10
"""What a desk is asked to wait when the database cannot take anything, in seconds."""

_LOCK: Final = 0x4D435541
"""PostgreSQL advisory lock under which positions are given, so that they follow the order of the commits."""

_HTTP: Final = {"ok": 200, "gap": 409, "fork": 409, "broken": 422}

LEAD_SALT_BYTES: Final = 16
_GENERATION: Final = "lead_generation"

Answer = tuple[int, bytes]
"""An HTTP status and the center's signed answer."""


class NewToken(NamedTuple):
    """A token as it is given to a desk or a lead, shown this once."""

    token: str
    expires_at: datetime


class Center:
    """One center on one database; safe to use from many threads."""

    def __init__(
        self, store: Store, key: SigningKey, about: About, clock: Clock, chance: Chance, files: Files | None = None
    ) -> None:
        self.store = store
        self.key = key
        self.about = about
        self.clock = clock
        self.chance = chance
        self._files = files
        self._nonces = Nonces(key, clock)
        self._writer = threading.Lock()
        self.heard: Callable[[Collection[str]], None] = lambda _units: None
        """Called with the units for whom something was stored, after the commit, in the thread that stored it."""

    def exchange(self, message: bytes) -> Answer:
        """Take what a desk sends and answer what the center has; what is answered `ok` is on disk."""
        return self._answered(message, self._exchange)

    def exchange_locked(self, message: bytes) -> Answer:
        """Do the same for an answer that goes back locked for the desk's key: an old request is of use to nobody."""
        return self._answered(message, lambda one: self._exchange(one, is_locked=True))

    def busy(self, message: bytes, retry_after_s: int = RETRY_AFTER_S) -> Answer:
        """Answer that `message` was not looked at and may come again after `retry_after_s` seconds."""
        return self._answered(message, _refused, retry_after_s)

    def further_pages(self, message: bytes, most: int) -> list[bytes]:
        """Return, each signed, at most `most` pages that follow the one in the answer to `message`.

        For who cannot ask again at once: a stick that goes back. None for a message that asks for no page.
        """
        with self.store.reading() as session:
            desk = session.get(EnrolledDesk, claimed_desk(message))
            if desk is None or desk.revoked_at is not None:
                return []
            asked = read_request(message, bytes.fromhex(desk.public_key))
            if asked.pull is None:
                return []
            told = islice(self._pages(session, desk, read_wanted(asked.pull)), 1, 1 + most)
            return [answer({"status": "ok", **one, "center": self._itself()}, self.key) for one in told]

    def enrol(self, message: bytes) -> Answer:
        """Let a desk join by its token and answer its certificate."""
        return self._answered(message, self._enrol)

    def files(self, message: bytes) -> Answer:
        """Say which files of attachments are here, and take or give a part of one; what is `present` is on disk.

        A part is given only for a word of an earlier answer: an old request is of use to nobody.
        """
        return self._answered(message, self._carry)

    def pieces(self, message: bytes, most: int) -> list[Callable[[], bytes]]:
        """Return what makes, each signed, at most `most` pieces of files that `message` names as lacking at its desk.

        For a stick: they go back locked for the desk's key. Of a desk that is not known or revoked, or to a message
        that is not readable, none.
        """
        with self.store.reading() as session, suppress(BadMessage):
            desk = session.get(EnrolledDesk, claimed_desk(message))
            if desk is not None and desk.revoked_at is None and self._files is not None:
                asked = read_signed(message, bytes.fromhex(desk.public_key))
                found = islice(self._files.pieces(session, desk, asked), most)
                return [partial(self._piece, piece) for piece in found]
        return []

    def _piece(self, piece: Piece) -> bytes:
        return answer({"status": "ok", "piece": piece.value(), "center": self._itself()}, self.key)

    def look_at_files(self, most_bytes: int) -> int:
        """Read on in the files of attachments; returns how many of `most_bytes` were altered on this disk."""
        return 0 if self._files is None else self._files.look(most_bytes)

    def waiting(self, message: bytes) -> news.Question | None:
        """Return the question of a desk that may wait for its answer; None where it is to be answered at once."""
        try:
            with self.store.reading() as session:
                asked = news.read(session, message)
                if asked is None or asked.desk.revoked_at is not None:
                    return None
                is_there = news.is_there(session, asked, self._life, self.clock(), all_of_it=False)
                return None if is_there else asked
        except (BadMessage, StoreTrouble):
            return None

    def news(self, message: bytes, *, is_held: bool) -> Answer:
        """Say whether there is something for the desk now; is_held: whether it was, or could have been, let wait."""
        return self._answered(message, lambda one: self._news(one, is_held=is_held))

    def make_token(self, unit: str, slot: int) -> NewToken:
        """Return a new one-time token for a desk of `unit` at `slot`; raises SlotUnknown, SlotTaken."""
        check_slot(slot)
        secret = self.chance.random_bytes(SECRET_BYTES)
        with self._writing() as session:
            if enrolment.slot_holder(session, unit, slot) is not None:
                raise SlotTaken(unit=unit, slot=slot)
            expires_at = enrolment.keep_token(session, secret, unit, slot, self.clock())
        return NewToken(token_text(secret, self.key.public), expires_at)

    def take_survey(self, text: str, level: str) -> bool:
        """Write down a form of the citizen whose paper's digits are in `text`; returns whether one was due."""
        with self._writing() as session:
            row = tracking.named(session, text)
            if row is None:
                return False
            return phone_survey.capture(session, row, level, self.about, self.key, self.clock(), self.chance)

    def make_lead_token(self, unit: str, days: int) -> NewToken:
        """Return a new token by which a lead of `unit` ("" = all units) signs in for `days` days."""
        until_at = self.clock() + timedelta(days=days)
        salt = self.chance.random_bytes(LEAD_SALT_BYTES)
        with self.store.reading() as session:
            generation = _lead_generation(session)
        return NewToken(lead_token.make(self.key, unit, until_at, generation, salt), until_at)

    def end_lead_tokens(self) -> None:
        """Make every token given to a lead so far invalid."""
        with self._writing() as session:
            own.keep(session, _GENERATION, _lead_generation(session) + 1)

    def lead(self, token: str) -> Lead | None:
        """Return whose token it is, None for one that is not good (any more)."""
        with self.store.reading() as session:
            generation = _lead_generation(session)
        return lead_token.read(token, self.key.public, self.clock(), generation)

    def revoke(self, desk: str) -> datetime:
        """Take the trust from a desk's key; returns since when. What it seals from now on is only set aside.

        Its slot is free again. Raises DeskUnknown.
        """
        with self._writing() as session:
            row = session.get(EnrolledDesk, desk)
            if row is None:
                raise DeskUnknown()
            row.revoked_at = row.revoked_at or self.clock()
            session.add(row)
            return row.revoked_at

    def set_tracking_url(self, url: str) -> None:
        """Keep the citizens' address that desks are told when they join (`https://host/t/`)."""
        with self._writing() as session:
            own.keep(session, "tracking_url", url)

    def rebuild(self) -> Rebuilt:
        """Make every projection anew from the log and compare."""
        with self._writing() as session:
            return rebuild(session, searchable=False)

    def dump(self) -> list[tuple[str, str, str]]:
        """Return (table, key, canonical JSON) of every projected row: the same as at a desk with these events."""
        with self.store.reading() as session:
            return list(dump(session))

    def is_well(self) -> bool:
        """Return whether the database answers."""
        try:
            with self.store.reading() as session:
                session.connection().execute(text("SELECT 1"))
        except StoreTrouble:
            return False
        return True

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def _exchange(self, message: bytes, *, is_locked: bool = False) -> tuple[int, dict[str, Any]]:
        with self.store.reading() as session:
            desk = session.get(EnrolledDesk, claimed_desk(message))
        if desk is None:
            return 401, {"status": "unknown_desk"}
        public_key = bytes.fromhex(desk.public_key)
        asked = read_request(message, public_key)
        found: dict[str, Any] = {"status": "ok"}
        runs = []
        try:
            for segment in asked.segments:
                if not seal_holds(segment, public_key):
                    raise BrokenSegment(segment.first, "the seal is not right")
                runs.append(ingest.Run(segment, chained(segment)))
        except BrokenSegment as error:
            found = {"status": "broken", "seq": error.seq}
        wanted = None if asked.pull is None else read_wanted(asked.pull)
        if asked.asks_events and not is_locked and not self._nonces.takes(desk.desk, asked.nonce):
            asked, wanted = asked._replace(want=None, pull=None, look_up=None), None
            found["session"] = "over"
        return self._taken(desk, runs, {**found, "nonce": self._nonces.fresh(desk.desk)}, asked, wanted)

    def _taken(
        self,
        desk: EnrolledDesk,
        runs: list[ingest.Run],
        found: dict[str, Any],
        asked: Request,
        wanted: Wanted | None,
    ) -> tuple[int, dict[str, Any]]:
        """Store `runs` up to the first that cannot be, say what the center then has, and give what is asked."""
        writes = bool(runs) or asked.look_up is not None
        with self._writing() if writes else self.store.reading() as session:
            row = session.get(EnrolledDesk, desk.desk)  # again: it may have been revoked since
            is_revoked = row is not None and row.revoked_at is not None
            room = set_aside if is_revoked else ingest
            fed = audience.newest(session) if runs else 0
            for run in runs:
                status = room.take(session, desk, run, self.clock())
                if status == "fork":
                    set_aside.keep(session, run, "fork", self.clock())
                if status != "ok":
                    found.update(status=status, seq=run.segment.first)
                    break
            told = {
                **found,
                "have": room.have(session, desk).value(),
                "position": ingest.newest_position(session),
                "quarantined": [*ingest.quarantined(session, desk.desk), *set_aside.listed(session, desk.desk)],
                "tracking_url": desk.certificate["tracking_url"],
            }
            if is_revoked:
                told["revoked"] = True
            else:
                told.update(self._given(session, desk, asked, wanted))
            units = {desk.unit, *audience.fed_since(session, fed)} if runs else set()
        self.heard(units)
        return _HTTP[found["status"]], told

    def _news(self, message: bytes, *, is_held: bool) -> tuple[int, dict[str, Any]]:
        with self.store.reading() as session:
            asked = news.read(session, message)
            if asked is None:
                return 401, {"status": "unknown_desk"}
            if asked.desk.revoked_at is not None:
                return 403, {"status": "revoked"}
            found = news.is_there(session, asked, self._life, self.clock(), all_of_it=True)
            return 200, news.told(found, is_held=is_held)

    def _given(self, session: Session, desk: EnrolledDesk, asked: Request, wanted: Wanted | None) -> dict[str, Any]:
        """Return what a desk in good standing is given of the log: its own back, others' pages, a look-up."""
        given: dict[str, Any] = {}
        if asked.want is not None:
            given["own"] = lines_value(ingest.given_back(session, desk.desk, *asked.want))
        if wanted is not None:
            given.update(next(self._pages(session, desk, wanted)))
        if asked.look_up is not None:
            given["looked_up"] = pages.looked_up(session, desk, asked.look_up, self.clock())
        return given

    def _pages(self, session: Session, desk: EnrolledDesk, wanted: Wanted) -> Iterator[dict[str, Any]]:
        """Yield what an answer says of each page from `wanted` on, until `desk` has been given everything."""
        has_more = True
        while has_more:
            page = pages.page(session, desk, wanted, self.clock())
            yield {"from": wanted.value(), "page": page.value()}
            wanted, has_more = wanted.after(page), page.more

    def _carry(self, message: bytes) -> tuple[int, dict[str, Any]]:
        with self.store.reading() as session:
            desk = session.get(EnrolledDesk, claimed_desk(message))
            if desk is None:
                return 401, {"status": "unknown_desk"}
            asked = read_signed(message, bytes.fromhex(desk.public_key))
            if desk.revoked_at is not None:
                return 403, {"status": "revoked"}
            if self._files is None:
                raise StoreBusy()
            words = f"{desk.desk} files"  # apart from those of the exchange, which goes on beside
            found: dict[str, Any] = {"status": "ok"}
            if "get" in asked and not self._nonces.takes(words, asked.get("nonce")):
                del asked["get"]
                found["session"] = "over"
            return 200, {**found, **self._files.answer(session, desk, asked), "nonce": self._nonces.fresh(words)}

    def _enrol(self, message: bytes) -> tuple[int, dict[str, Any]]:
        asked = read_join_request(message)
        new_salt = self.chance.random_bytes(enrolment.SALT_BYTES)
        try:
            with self._writing() as session:
                joined = enrolment.join(session, asked, self.key, self.about, new_salt, self.clock())
        except Refused as refused:
            return refused.http, {"status": refused.status, **refused.facts}
        return 200, {"status": "ok", "certificate": joined.certificate, "unit_salt": joined.unit_salt}

    def _answered(
        self, message: bytes, act: Callable[[bytes], tuple[int, dict[str, Any]]], retry_after_s: int = RETRY_AFTER_S
    ) -> Answer:
        try:
            http, told = act(message)
        except BadMessage:
            http, told = 400, {"status": "bad"}
        except StoreTrouble:
            http, told = 503, {"status": "busy", "retry_after": retry_after_s}
        whole = {
            **told,
            "center": self._itself(),
            "request": hash_of(message),
            "dictionary": packing.NEWEST,
        }
        return http, answer(whole, self.key, message)

    @property
    def _life(self) -> str:
        return f"{self.about.id} {self.about.incarnation}"

    def _itself(self) -> dict[str, Any]:
        return {
            "id": self.about.id,
            "incarnation": self.about.incarnation,
            "time": to_ms(self.clock()),
            "key": self.about.public_key,
        }

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """Yield a session that writes alone, in this process and in every other on the same database."""
        with self._writer, self.store.writing() as session:
            if not self.store.is_sqlite:
                session.connection().exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                # A planner that has not counted the growing log yet would read all of it for every batch.
                session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
            yield session


def _refused(_message: bytes) -> tuple[int, dict[str, Any]]:
    raise StoreBusy()


def _lead_generation(session: Session) -> int:
    return int(own.kept(session, _GENERATION) or 1)
