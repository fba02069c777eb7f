"""The form of the exchange between a desk and the center: bytes to bytes, over whatever line there is.

A message is one envelope line (who signs, and the Ed25519 signature of the rest) and a zstd payload. A
request's payload is a header line and the lines of its sealed segments; an answer's is one JSON value.
What a desk sends next follows from the `have` of the last answer alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import zstandard

from desk.keys import SigningKey, key_id, verified
from storage.wire import Event, compact, read_line

PROTOCOL: Final = 1
CONTENT_TYPE: Final = "application/vnd.motcua.segments+zstd"
MAX_PAYLOAD: Final = 64 << 20
"""A payload that unpacks to more bytes than this is refused (a zip bomb)."""
_LEVEL = 3


class BadMessage(ValueError):
    """Bytes that are no message of ours, or not of the signer they name."""


@dataclass(frozen=True, slots=True)
class Have:
    """What the center holds of a desk: the last event of its newest epoch there; seq 0 for none."""

    desk: str
    epoch: int
    seq: int
    head: str

    def value(self) -> dict[str, Any]:
        """Return the JSON value."""
        return {"desk": self.desk, "epoch": self.epoch, "seq": self.seq, "head": self.head}


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
        tuple(event.line() for event in events),
    )


def seal_holds(segment: Segment, public_key: bytes) -> bool:
    """Return whether the seal of `segment` is of `public_key`."""
    message = seal_message(
        segment.desk, segment.epoch, segment.first, segment.last, segment.head, key_id(public_key).hex()
    )
    try:
        return verified(public_key, bytes.fromhex(segment.seal), message)
    except ValueError:
        return False


def chained(segment: Segment) -> list[Event]:
    """Return the events of `segment`; raises BadMessage where a line, a hash, a number or the chain is wrong."""
    events: list[Event] = []
    for number, line in enumerate(segment.lines, start=segment.first):
        try:
            event = read_line(line)
        except ValueError as error:
            raise BadMessage(f"event {number}: {error}") from error
        head = event.head
        if (head.desk, head.epoch, head.seq) != (segment.desk, segment.epoch, number):
            raise BadMessage(f"event {number}: not the one its place asks for")
        if events and head.prev != events[-1].head_hash:
            raise BadMessage(f"event {number}: the chain is broken")
        events.append(event)
    if not events or events[-1].head.seq != segment.last or events[-1].head_hash != segment.head:
        raise BadMessage("the segment does not end where its seal says")
    return events


def request(desk: str, app: str, clock_ms: int, segments: Sequence[Segment], key: SigningKey) -> bytes:
    """Return a signed request with `segments` (may be none: the desk only asks what the center has)."""
    header = {
        "proto": PROTOCOL,
        "desk": desk,
        "app": app,
        "clock": clock_ms,
        "segments": [
            {"epoch": s.epoch, "from": s.first, "to": s.last, "head": s.head, "key": s.key, "seal": s.seal}
            for s in segments
        ],
    }
    lines = b"".join(line for segment in segments for line in segment.lines)
    return _message({"desk": desk}, compact(header) + b"\n" + lines, key)


def claimed_desk(message: bytes) -> str:
    """Return the desk that a request says it comes from, before any proof; raises BadMessage."""
    envelope, _packed = _opened(message)
    desk = envelope.get("desk")
    if not isinstance(desk, str):
        raise BadMessage("no desk is named")
    return desk


def read_request(message: bytes, public_key: bytes) -> Request:
    """Return the request in `message`, signed by `public_key`; raises BadMessage."""
    payload = _payload(message, public_key)
    header_line, _, rest = payload.partition(b"\n")
    try:
        header = json.loads(header_line)
        if header["desk"] != claimed_desk(message):
            raise BadMessage("the envelope names another desk")
        lines = rest.splitlines(keepends=True)
        segments = []
        for seal in header["segments"]:
            count = int(seal["to"]) - int(seal["from"]) + 1
            if count < 1 or count > len(lines):
                raise BadMessage("a segment lacks lines")
            taken, lines = tuple(lines[:count]), lines[count:]
            segments.append(
                Segment(
                    str(header["desk"]),
                    int(seal["epoch"]),
                    int(seal["from"]),
                    int(seal["to"]),
                    str(seal["head"]),
                    str(seal["key"]),
                    str(seal["seal"]),
                    taken,
                )
            )
        if lines:
            raise BadMessage("lines beyond the last segment")
        return Request(str(header["desk"]), str(header["app"]), int(header["clock"]), tuple(segments))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadMessage(str(error)) from error


def answer(value: dict[str, Any], key: SigningKey) -> bytes:
    """Return the center's signed answer `value` (center, have, status ...)."""
    return _message({"center": key_id(key.public).hex()}, compact(value), key)


def read_answer(message: bytes, center_key: bytes) -> dict[str, Any]:
    """Return the answer in `message`, signed by `center_key`; raises BadMessage (a portal's page, a cut line)."""
    payload = _payload(message, center_key)
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise BadMessage(str(error)) from error
    if not isinstance(found, dict):
        raise BadMessage("the answer is no object")
    return found


def read_have(value: object, desk: str) -> Have:
    """Return the `have` of an answer for `desk`; raises BadMessage where it is not one."""
    if not isinstance(value, dict) or value.get("desk") != desk:
        raise BadMessage("the answer speaks of another desk")
    epoch, seq, head = value.get("epoch"), value.get("seq"), value.get("head")
    if not (type(epoch) is int and type(seq) is int and isinstance(head, str) and epoch >= 1 and seq >= 0):
        raise BadMessage("what the center has is not readable")
    return Have(desk, epoch, seq, head)


def _message(envelope: dict[str, Any], payload: bytes, key: SigningKey) -> bytes:
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(payload)
    return compact({**envelope, "signature": key.sign(packed).hex()}) + b"\n" + packed


def _opened(message: bytes) -> tuple[dict[str, Any], bytes]:
    envelope_line, found, packed = message.partition(b"\n")
    if not found or len(envelope_line) > 1000:
        raise BadMessage("no envelope")
    try:
        envelope = json.loads(envelope_line)
    except (ValueError, RecursionError) as error:
        raise BadMessage("no envelope") from error
    if not isinstance(envelope, dict):
        raise BadMessage("no envelope")
    return envelope, packed


def _payload(message: bytes, public_key: bytes) -> bytes:
    envelope, packed = _opened(message)
    try:
        signature = bytes.fromhex(envelope.get("signature", ""))
    except (TypeError, ValueError) as error:
        raise BadMessage("no signature") from error
    if not verified(public_key, signature, packed):
        raise BadMessage("the signature is not right")
    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
            payload = reader.read(MAX_PAYLOAD + 1)
    except zstandard.ZstdError as error:
        raise BadMessage("the payload cannot be unpacked") from error
    if len(payload) > MAX_PAYLOAD:
        raise BadMessage("the payload is too large")
    return payload
