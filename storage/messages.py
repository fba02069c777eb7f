"""The form of the exchange between a desk and the center: bytes to bytes, over whatever line there is.

A message is one envelope line (who signs, and the Ed25519 signature of the rest) and a zstd payload. A
request's payload is a header line and the lines of its sealed segments; an answer's is one JSON value.
What a desk sends next follows from the `have` of the last answer alone.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

from desk.keys import SigningKey, key_id, verified
from storage import packing
from storage.lean import lean_line, read_lean_line
from storage.wire import Event, compact, read_line

PROTOCOL: Final = 1
CONTENT_TYPE: Final = "application/vnd.motcua.segments+zstd"
MAX_PAYLOAD: Final = 64 << 20
"""A payload that unpacks to more bytes than this is refused (a zip bomb)."""
_ENVELOPE_BYTES = 1000
_DESK: Final = re.compile("[0-9a-zA-Z-]{1,64}", re.ASCII)
_T = TypeVar("_T")


class BadMessage(ValueError):
    """Bytes that are no message of ours, or not of the signer they name."""


class BrokenSegment(BadMessage):
    """A segment whose lines are not what its seal names; `seq` is the first bad number."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"event {seq}: {why}")
        self.seq = seq


class Place(NamedTuple):
    """One event of a desk by its number, with its head hash."""

    epoch: int
    seq: int
    head: str


@dataclass(frozen=True, slots=True)
class Have:
    """What the center holds of a desk: the last event of its newest epoch there; seq 0 for none."""

    desk: str
    epoch: int
    seq: int
    head: str
    older: tuple[Place, ...] | None = None
    """The last event of each older epoch that the center has any of; None where it does not say."""

    def value(self) -> dict[str, Any]:
        """Return the JSON value."""
        newest = {"desk": self.desk, "epoch": self.epoch, "seq": self.seq, "head": self.head}
        return newest if self.older is None else {**newest, "older": [list(place) for place in self.older]}

    def of(self, epoch: int) -> Place | None:
        """Return the last event of `epoch` that the center has, as far as it says; None for none."""
        return next((place for place in self.places if place.epoch == epoch), None)

    @property
    def places(self) -> tuple[Place, ...]:
        """The last event of each epoch that it speaks of, the newest epoch first."""
        return (Place(self.epoch, self.seq, self.head), *(self.older or ()))

    @property
    def total(self) -> int:
        """How many events there are of all epochs it speaks of."""
        return self.seq + sum(place.seq for place in self.older or ())


@dataclass(frozen=True, slots=True)
class Segment:
    """A contiguous run of events of one desk and epoch under the desk's seal."""

    desk: str
    epoch: int
    first: int
    last: int
    head: str
    """The head hash of the last event."""
    key: str
    """Key id of the signing key, hex."""
    seal: str
    """The signature, hex."""
    lines: tuple[bytes, ...]


class Request(NamedTuple):
    """A desk's request as read by the center."""

    desk: str
    app: str
    clock_ms: int
    segments: tuple[Segment, ...]
    want: tuple[int, int] | None = None
    """Epoch and number beyond which the desk asks for its own events back."""
    pull: Any = None
    """What it wants to be given of other desks' events (storage.pages), as it came."""
    look_up: Any = None
    """Which dossier it looks up, and by which event, as it came."""
    nonce: Any = None
    """The word of the center's last answer, by which it shows that it asks now, as it came."""

    @property
    def asks_events(self) -> bool:
        """Whether it asks to be given any events."""
        return any(one is not None for one in (self.want, self.pull, self.look_up))


def seal_message(desk: str, epoch: int, first: int, last: int, head: str, key: str) -> bytes:
    """Return the bytes a seal signs."""
    return compact({"desk": desk, "epoch": epoch, "from": first, "to": last, "head": head, "key": key})


def sealed(events: Sequence[Event], key: SigningKey) -> Segment:
    """Return `events` (one desk and epoch, contiguous, at least one) as a segment sealed by `key`."""
    first, last = events[0].head, events[-1].head
    name = key_id(key.public).hex()
    message = seal_message(last.desk, last.epoch, first.seq, last.seq, events[-1].head_hash, name)
    return Segment(
        last.desk,
        last.epoch,
        first.seq,
        last.seq,
        events[-1].head_hash,
        name,
        key.sign(message).hex(),
        tuple(lean_line(event, is_first=number == 0) for number, event in enumerate(events)),
    )


def seal_holds(segment: Segment, public_key: bytes) -> bool:
    """Return whether the seal of `segment` is of `public_key`."""
    key = key_id(public_key).hex()
    try:
        message = seal_message(segment.desk, segment.epoch, segment.first, segment.last, segment.head, key)
        return verified(public_key, bytes.fromhex(segment.seal), message)
    except ValueError:
        return False


def chained(segment: Segment) -> list[Event]:
    """Return the events of `segment`; raises BrokenSegment where a line, a hash, a number or the chain is wrong."""
    events: list[Event] = []
    for number, line in enumerate(segment.lines, start=segment.first):
        prev = events[-1].head_hash if events else None
        try:
            event = read_lean_line(line, segment.desk, segment.epoch, prev)
        except ValueError as error:
            raise BrokenSegment(number, str(error)) from error
        head = event.head
        if (head.desk, head.epoch, head.seq) != (segment.desk, segment.epoch, number):
            raise BrokenSegment(number, "not the one its place asks for")
        if prev is not None and head.prev != prev:
            raise BrokenSegment(number, "the chain is broken")
        events.append(event)
    if not events or events[-1].head.seq != segment.last or events[-1].head_hash != segment.head:
        raise BrokenSegment(segment.last, "the segment does not end where its seal says")
    return events


def request(
    desk: str,
    app: str,
    clock_ms: int,
    segments: Sequence[Segment],
    key: SigningKey,
    want: tuple[int, int] | None = None,
    dictionary: int = 0,
    **asked: Any,
) -> bytes:
    """Return a signed request with `segments` (may be none: the desk only asks what the center has).

    want: epoch and number beyond which the desk's own events are asked back. asked: `pull`, `look_up`, and `nonce`.
    dictionary: the one that the center said it has (storage.packing), 0 before it said so.
    """
    header = {
        "proto": PROTOCOL,
        "desk": desk,
        "app": app,
        "clock": clock_ms,
        "segments": [
            {"epoch": s.epoch, "from": s.first, "to": s.last, "head": s.head, "key": s.key, "seal": s.seal}
            for s in segments
        ],
        **({} if want is None else {"want": list(want)}),
        **asked,
    }
    lines = b"".join(line for segment in segments for line in segment.lines)
    return signed({"desk": desk}, compact(header) + b"\n" + lines, key, dictionary)


def claimed_desk(message: bytes) -> str:
    """Return the desk that a request says it comes from, before any proof; raises BadMessage."""
    desk = typed(_opened(message)[0], "desk", str)
    if _DESK.fullmatch(desk) is None:
        raise BadMessage("no desk is named")
    return desk


def read_request(message: bytes, public_key: bytes) -> Request:
    """Return the request in `message`, signed by `public_key`; raises BadMessage."""
    header_line, _, rest = _payload(message, public_key).partition(b"\n")
    header = _value(header_line)
    desk = typed(header, "desk", str)
    if desk != claimed_desk(message):
        raise BadMessage("the envelope names another desk")
    lines = rest.split(b"\n")
    if lines.pop():
        raise BadMessage("the last line is torn")
    segments: list[Segment] = []
    for seal in typed(header, "segments", list):
        count = typed(seal, "to", int) - typed(seal, "from", int) + 1
        if not 1 <= count <= len(lines):
            raise BadMessage("a segment lacks lines")
        taken, lines = lines[:count], lines[count:]
        segments.append(_segment(desk, seal, taken))
    if lines:
        raise BadMessage("lines beyond the last segment")
    app, clock = typed(header, "app", str), typed(header, "clock", int)
    asked = (header.get(name) for name in ("pull", "look_up", "nonce"))
    return Request(desk, app, clock, tuple(segments), _wanted(header), *asked)


def _wanted(header: dict[str, Any]) -> tuple[int, int] | None:
    want = header.get("want")
    if want is None:
        return None
    if not isinstance(want, list) or [type(one) for one in want] != [int, int]:
        raise BadMessage("what is asked back is not readable")
    if not all(0 <= one < 1 << 31 for one in want):
        raise BadMessage("what is asked back is no place of a log")
    return want[0], want[1]


def _segment(desk: str, seal: object, lines: list[bytes]) -> Segment:
    return Segment(
        desk,
        typed(seal, "epoch", int),
        typed(seal, "from", int),
        typed(seal, "to", int),
        typed(seal, "head", str),
        typed(seal, "key", str),
        typed(seal, "seal", str),
        tuple(line + b"\n" for line in lines),
    )


def typed(value: object, key: str, kind: type[_T]) -> _T:
    """Return `value[key]`, which must be exactly of `kind`; raises BadMessage."""
    found = value.get(key) if isinstance(value, dict) else None
    if type(found) is not kind:
        raise BadMessage(f"{key} is missing or of another type")
    return found


def _value(part: bytes) -> dict[str, Any]:
    try:
        found = json.loads(part.decode())
    except (ValueError, RecursionError) as error:
        raise BadMessage("not readable as JSON") from error
    if not isinstance(found, dict):
        raise BadMessage("no object")
    return found


def answer(value: dict[str, Any], key: SigningKey, request: bytes = b"") -> bytes:
    """Return the center's signed answer `value` (center, have, status ...), packed as `request` was."""
    dictionary = packing.dictionary_of(request.partition(b"\n")[2])
    return signed({"center": key_id(key.public).hex()}, compact(value), key, dictionary)


def read_answer(message: bytes, center_key: bytes) -> dict[str, Any]:
    """Return the answer in `message`, signed by `center_key`; raises BadMessage (a portal's page, a cut line)."""
    return read_signed(message, center_key)


def read_have(value: object, desk: str) -> Have:
    """Return the `have` of an answer for `desk`; raises BadMessage where it is not one."""
    if not isinstance(value, dict) or value.get("desk") != desk:
        raise BadMessage("the answer speaks of another desk")
    older = None
    if "older" in value:
        older = tuple(_read_place(one) for one in typed(value, "older", list))
    have = Have(desk, typed(value, "epoch", int), typed(value, "seq", int), typed(value, "head", str), older)
    if have.epoch < 1 or have.seq < 0:
        raise BadMessage("what the center has is not readable")
    return have


def _read_place(value: object) -> Place:
    if not isinstance(value, list) or [type(one) for one in value] != [int, int, str] or min(value[:2]) < 1:
        raise BadMessage("what the center has of an older epoch is not readable")
    return Place(*value)


def lines_value(events: Sequence[Event]) -> str:
    """Return `events` as one text of an answer: their lines as written, in base64."""
    return base64.b64encode(b"".join(event.line() for event in events)).decode()


def read_lines_value(text: str) -> list[Event]:
    """Return the events in a text of an answer; raises BadMessage."""
    try:
        raw = base64.b64decode(text, validate=True)
        return [read_line(line) for line in raw.split(b"\n")[:-1]]
    except ValueError as error:
        raise BadMessage("the lines given back are not readable") from error


def read_signed(message: bytes, public_key: bytes | None) -> dict[str, Any]:
    """Return the one JSON value in `message`; raises BadMessage.

    public_key: whose signature it must carry; None only to look for the key that the message itself names.
    """
    return _value(_payload(message, public_key))


def signed(envelope: dict[str, Any], payload: bytes, key: SigningKey, dictionary: int = 0) -> bytes:
    """Return the message of `payload` (bytes of any form) under `envelope` and the signature of `key`."""
    packed = packing.packed(payload, dictionary)
    return compact({**envelope, "signature": key.sign(packed).hex()}) + b"\n" + packed


def _opened(message: bytes) -> tuple[dict[str, Any], bytes]:
    envelope_line, found, packed = message.partition(b"\n")
    if not found or len(envelope_line) > _ENVELOPE_BYTES:
        raise BadMessage("no envelope")
    return _value(envelope_line), packed


def _payload(message: bytes, public_key: bytes | None) -> bytes:
    envelope, packed = _opened(message)
    try:
        signature = bytes.fromhex(typed(envelope, "signature", str))
    except ValueError as error:
        raise BadMessage("no signature") from error
    if public_key is not None and not verified(public_key, signature, packed):
        raise BadMessage("the signature is not right")
    try:
        payload = packing.unpacked(packed, MAX_PAYLOAD)
    except ValueError as error:
        raise BadMessage(str(error)) from error
    if len(payload) > MAX_PAYLOAD:
        raise BadMessage("the payload is too large")
    return payload
