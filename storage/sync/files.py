"""The lowest lane of the exchange: files of attachments, after every act was sent and every page taken.

Which files are still to be settled follows from the log and from what this center said it has; a center that was put
back from a copy is asked of all anew. A part is small, and after each it is looked whether an act waits.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final, NamedTuple

from desk.clock import monotonic_s
from desk.errors.sync import CenterConfused, LinkCut, NotTheCenter
from storage import blobs
from storage.log import Log
from storage.messages import BadMessage, read_answer, signed, typed
from storage.projections.attachments import Attached
from storage.sync import nonce
from storage.sync.exchange import TRIES, Exchange, trouble_of
from storage.sync.files_open import Unsettled
from storage.wire import compact, hash_of

LARGEST: Final = 8
"""Pieces of 32 KiB in one part: 256 KiB."""
MOST_BYTES: Final = 8 << 20
MOST_S: Final = 20.0
"""What one exchange carries at most: the next one is half a minute later."""
SLOW_S: Final = 5.0
"""A part that takes longer is followed by a small one: an act waits for one part at most."""
_AT_ONCE: Final = 100


@dataclass
class Stride:
    """How many pieces go into one part: one after a failure, doubled by each success."""

    pieces: int = LARGEST

    def went_well(self) -> None:
        """Take twice as many next time, to the most there may be."""
        self.pieces = min(self.pieces * 2, LARGEST)

    def went_wrong(self) -> None:
        """Take one next time."""
        self.pieces = 1


class Carried(NamedTuple):
    """What one exchange carried: whole files, and bytes of parts in both directions."""

    brought: int
    fetched: int
    bytes: int


class Told(NamedTuple):
    """What the center says of one file."""

    state: str
    missing: list[int]
    data: bytes | None


class _Enough(Exception):
    """This exchange has carried what it may, or an act waits."""


def carry(
    log: Log,
    exchange: Exchange,
    center_key: bytes,
    store: blobs.Blobs,
    stride: Stride,
    *,
    most_bytes: int = MOST_BYTES,
    most_s: float = MOST_S,
) -> Carried:
    """Bring the center what it lacks and fetch what lacks here, the newest first; returns what was carried.

    Call it after an exchange that ended well. Raises SyncTrouble, OSError; what was carried stays carried, and a file
    that was cut goes on at its next part.
    """
    run = _Run(log, exchange, center_key, store, stride, most_bytes, most_s)
    try:
        run.all()
    except _Enough:
        pass
    finally:
        run.open.keep()
    return Carried(run.brought, run.fetched, run.bytes)


class _Run:
    """The files of one exchange."""

    def __init__(
        self,
        log: Log,
        exchange: Exchange,
        center_key: bytes,
        store: blobs.Blobs,
        stride: Stride,
        most_bytes: int,
        most_s: float,
    ) -> None:
        self.log = log
        self.exchange = exchange
        self.center_key = center_key
        self.store = store
        self.stride = stride
        self.most_bytes = most_bytes
        self.until_s = monotonic_s() + most_s
        self.brought = self.fetched = self.bytes = 0
        self.word = ""
        """The center's word for the next part to be fetched, good once; an older center gives none."""
        with log.store.reading() as session:
            self.tail = log.tail(session)
        self.open = Unsettled(log, store, looks=True)

    def all(self) -> None:
        """Settle what is open: first what is here, then what others brought; raises _Enough."""
        files = self.open.files()
        for here in (True, False):
            wanted = [(event, file) for event, file in files if self.open.is_here(event, file) is here]
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                for (event, file), told in zip(some, self._asked([event for event, _file in some]), strict=True):
                    if self._settle(event, file, told):
                        self.open.settle(event)

    def _settle(self, event: str, file: Attached, told: Told) -> bool:
        """Return whether the file is at both ends now."""
        here = self.open.is_here(event, file)
        if told.state == "present":
            return here or self._fetch(event, file)
        return told.state == "wanted" and here and self._bring(event, file, told.missing)

    def _bring(self, event: str, file: Attached, missing: list[int]) -> bool:
        if self.store.fault(file.sha256, file.size) is not None:
            return False  # what was altered here goes nowhere; `desk check` says it
        path = self.store.path(file.sha256)
        while missing:

            def part(pieces: int, missing: list[int] = missing) -> dict[str, Any]:
                first, count = run_of(missing, pieces)
                data = blobs.pieces(path, first, count)
                return {"put": {"first": first, "data": base64.b64encode(data).decode()}}

            told = self._part(event, part)
            if told.state == "present":
                self.brought += 1
                return True
            missing = told.missing
        return False

    def _fetch(self, event: str, file: Attached) -> bool:
        if self.store.used() + file.size > blobs.QUOTA:
            return False
        whole = self.store.part(file.sha256, file.size)
        while missing := whole.missing():

            def part(pieces: int, missing: list[int] = missing) -> dict[str, Any]:
                first, count = run_of(missing, pieces)
                return {"get": {"first": first, "count": count}}

            told = self._part(event, part)
            if told.data is None:
                return False
            try:
                whole.put(missing[0], told.data)
            except ValueError as error:
                raise CenterConfused() from error
        is_right = self.store.settle(whole)
        self.fetched += is_right
        return is_right

    def _part(self, event: str, part: Callable[[int], dict[str, Any]]) -> Told:
        """Return the answer to one part, made smaller where the line breaks; raises _Enough before it."""
        with self.log.store.reading() as session:
            waits = self.log.tail(session) != self.tail
        if waits or self.bytes >= self.most_bytes or monotonic_s() >= self.until_s:
            raise _Enough()
        for tries_left in range(TRIES - 1, -1, -1):
            began = monotonic_s()
            try:
                told = self._asked([event], **part(self.stride.pieces))[0]
            except (LinkCut, NotTheCenter):
                self.stride.went_wrong()
                if not tries_left:
                    raise
            else:
                slow = monotonic_s() - began > SLOW_S
                self.stride.went_wrong() if slow else self.stride.went_well()
                return told
        raise AssertionError("unreachable")

    def _asked(self, events: Sequence[str], **more: Any) -> list[Told]:
        """Return what the center says of the files of `events`; raises SyncTrouble."""
        value = self._answer(events, more)
        for _refused in range(TRIES):
            if not nonce.is_over(value):
                break
            value = self._answer(events, more)  # with the word that the last one brought
        try:
            data = base64.b64decode(typed(value, "data", str), validate=True) if "data" in value else None
            told = [read_told(one, data) for one in typed(value, "files", list)]
        except ValueError as error:
            raise NotTheCenter() from error
        if len(told) != len(events):
            raise CenterConfused()
        return told

    def _answer(self, events: Sequence[str], more: Mapping[str, Any]) -> dict[str, Any]:
        """Return the center's answer to one question; raises SyncTrouble."""
        desk, key = self.log.identity.desk, self.log.key
        assert key is not None
        word = {"nonce": self.word} if "get" in more and self.word else {}
        message = signed({"desk": desk}, compact({"ask": list(events), **more, **word}), key)
        raw = self.exchange(message)
        self.bytes += max(len(message), len(raw)) if more else 0
        try:
            value = read_answer(raw, self.center_key)
            status = typed(value, "status", str)
            if typed(value, "request", str) != hash_of(message):
                raise NotTheCenter()
        except ValueError as error:
            raise NotTheCenter() from error
        if status != "ok":
            raise trouble_of(status, value)
        word_given = value.get("nonce")
        self.word = word_given if isinstance(word_given, str) else ""
        return value


def read_told(value: object, data: bytes | None) -> Told:
    """Return what `value` of an answer says, with the part that came with it; raises BadMessage."""
    state = typed(value, "state", str)
    missing = typed(value, "missing", list) if state == "wanted" else []
    if any(type(number) is not int or number < 0 for number in missing):
        raise BadMessage("what is missing is not readable")
    return Told(state, missing, data)


def run_of(missing: Sequence[int], pieces: int) -> tuple[int, int]:
    """Return the first missing piece and how many follow it without a gap, `pieces` at most."""
    first = missing[0]
    return first, sum(1 for _one in takewhile(lambda at: at[1] == first + at[0], enumerate(missing[:pieces])))
