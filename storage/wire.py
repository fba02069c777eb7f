"""The form of an event: three byte strings that are stored, mirrored and forwarded as they were written.

`head` names and chains the event, `body` holds what is no personal data, `private` the rest with a salt.
The head holds the hashes of the other two, so the chain proves an event although a part of it was withheld
or erased. The envelope is frozen for ever; bodies may gain fields.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Final

import msgspec
from msgspec import DecodeError, Meta, Struct

from storage.versions import UPCASTERS, brought_up, newest

KINDS: Final = frozenset(
    """
    desk.opened desk.enrolled desk.epoch_opened
    officer.added officer.changed officer.signed_in officer.signed_out
    clock.set calendar.changed reference.imported
    dossier.filed dossier.accepted dossier.refused dossier.processing dossier.supplement_requested
    dossier.supplemented dossier.payment_requested dossier.paid dossier.withdrawal_requested
    dossier.withdrawal_cancelled dossier.stopped dossier.resolved dossier.returned dossier.corrected
    dossier.extended dossier.apologised dossier.undone dossier.viewed dossier.linked
    delay.recorded outage.recorded document.attached fee.taken fee.voided
    paper.made paper.handed paper.confirmed paper.failed paper.unknown paper.voided
    survey.asked survey.captured handover.made handover.received report.closed
    incident.opened incident.resolved private.erased
    """.split()
)
"""Every kind of event this version writes; unknown kinds of newer versions are kept, never refused."""

SALT_BYTES: Final = 16

_Id = Annotated[str, Meta(min_length=1, max_length=64)]
_Hash = Annotated[str, Meta(min_length=64, max_length=64)]
_Text = Annotated[str, Meta(max_length=200)]
_Short = Annotated[str, Meta(max_length=40)]
_HEX: Final = "0123456789abcdef"
_KIND: Final = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,60}")

Json = Mapping[str, Any]


def compact(value: object) -> bytes:
    """Return `value` as the one exact JSON of the log: UTF-8, no blanks, no ASCII escaping, keys as given."""
    return _COMPACT.encode(value).encode()


_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def hash_of(part: bytes) -> str:
    """Return the sha256 of `part` as lower-case hex."""
    return hashlib.sha256(part).hexdigest()


class Head(Struct, frozen=True, gc=False):
    """The decoded head of an event; `at` in ms UTC, `hlc` as 16 hex digits (48 bits of ms, 16 of counter).

    The fields stand in the order in which they are written.
    """

    id: _Id
    desk: _Id
    epoch: Annotated[int, Meta(ge=1, lt=10**9)]
    seq: Annotated[int, Meta(ge=1, lt=10**15)]
    prev: _Hash
    hlc: Annotated[str, Meta(min_length=16, max_length=16)]
    at: Annotated[int, Meta(gt=-(10**13), lt=10**13)]  # the years 1653 to 2286, which every datetime holds
    clk: Annotated[dict[_Short, _Short | int | float | bool | None], Meta(max_length=5)]
    kind: str
    v: Annotated[int, Meta(ge=1, lt=10**6)]
    unit: _Text
    dossier: _Text | None
    parents: Annotated[tuple[_Text, ...], Meta(max_length=1000)]
    actor: _Text | None
    body_hash: _Hash
    private_hash: _Hash | None

    def written(self) -> bytes:
        """Return the head's exact bytes."""
        return _ENCODER.encode(self)


@dataclass(frozen=True)
class Event:
    """One event: its bytes as written, decoded on demand. `private` is None where there is none (any more)."""

    head_bytes: bytes
    body_bytes: bytes
    private_bytes: bytes | None

    @cached_property
    def head(self) -> Head:
        """The decoded head; raises ValueError if the bytes are no head."""
        return read_head(self.head_bytes)

    @cached_property
    def body(self) -> dict[str, Any]:
        """The body in its newest version, {} where it was withheld; raises ValueError if the bytes are no object."""
        found = _object(self.body_bytes) if self.body_bytes else {}
        return self._brought_up(found, None)[0] if self._is_older else found

    @cached_property
    def private(self) -> dict[str, Any]:
        """The decoded personal fields without their salt, {} where there are none or they were erased."""
        found = _object(self.private_bytes) if self.private_bytes else {}
        found.pop("salt", None)
        return self._brought_up(None, found)[1] if self._is_older else found

    @property
    def is_newer(self) -> bool:
        """Whether a later version of the program wrote it than this one can read: it is kept and not read."""
        return self.head.v > 1 and self.head.v > newest(self.head.kind)

    @property
    def _is_older(self) -> bool:
        return bool(UPCASTERS) and (self.head.kind, self.head.v) in UPCASTERS

    def _brought_up(self, body: dict[str, Any] | None, private: dict[str, Any] | None) -> tuple[Any, Any]:
        if body is None:
            body = _object(self.body_bytes) if self.body_bytes else {}
        if private is None:
            private = _object(self.private_bytes) if self.private_bytes else {}
            private.pop("salt", None)
        return brought_up(self.head.kind, self.head.v, body, private)

    @property
    def is_erased(self) -> bool:
        """Whether the event had a private part that is gone."""
        return self.head.private_hash is not None and not self.private_bytes

    @cached_property
    def head_hash(self) -> str:
        """The sha256 of the head bytes: what the next event's `prev` holds."""
        return hash_of(self.head_bytes)

    @classmethod
    def of_head(cls, head_bytes: bytes, body_bytes: bytes, private_bytes: bytes | None) -> Event:
        """Return the event of a head that was not read before; raises ValueError where it is none of ours."""
        event = cls(head_bytes, body_bytes, private_bytes)
        kept = event.__dict__  # a cached property costs more to fill than a head to read
        kept["head"] = read_head(head_bytes)
        kept["head_hash"] = hash_of(head_bytes)
        return event

    def line(self) -> bytes:
        """Return the line of a mirror or segment: head TAB body TAB private LF."""
        return b"\t".join((self.head_bytes, self.body_bytes, self.private_bytes or b"")) + b"\n"


def read_head(head_bytes: bytes) -> Head:
    """Return the head in `head_bytes`; raises ValueError where it is not exactly one of ours.

    What it lets through fits every database, whoever wrote it: no text of it can hold an escape, so none
    holds a control character, and written again it is the same to the byte.
    """
    try:
        head = _HEADS.decode(head_bytes)
    except (DecodeError, RecursionError) as error:
        raise ValueError("not the form of a head") from error
    if b"\\" in head_bytes or _ENCODER.encode(head) != head_bytes or not _is_formed(head):
        raise ValueError("not the form of a head")
    return head


def _is_formed(head: Head) -> bool:
    """Return whether ids, hashes and kind are of the letters they are made of."""
    return (
        not (head.prev + head.hlc + head.body_hash + (head.private_hash or "")).strip(_HEX)
        and _is_id(head.id)
        and _is_id(head.desk)
        and (head.kind in KINDS or _KIND.fullmatch(head.kind) is not None)
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.replace("-", "0").isalnum()


def _object(part: bytes) -> dict[str, Any]:
    try:
        found = _OBJECTS.decode(part)
    except (DecodeError, RecursionError) as error:
        raise ValueError("not a JSON object") from error
    if b"\\u0000" in part:
        raise ValueError("a text that no database holds")
    return found


_ENCODER: Final = msgspec.json.Encoder()
_HEADS: Final = msgspec.json.Decoder(Head)
_OBJECTS: Final = msgspec.json.Decoder(dict[str, Any])


def private_part(fields: Json, salt: bytes) -> bytes | None:
    """Return the private bytes of `fields` with a 16-byte `salt`, or None for no fields at all."""
    return compact({"salt": salt.hex(), **fields}) if fields else None


def read_line(line: bytes) -> Event:
    """Return the event of one line (with or without its LF); raises ValueError if a part or hash is wrong."""
    parts = line.rstrip(b"\n").split(b"\t")
    if len(parts) != 3:
        raise ValueError("a line has three parts")
    return proved(Event.of_head(parts[0], parts[1], parts[2] or None))


def proved(event: Event) -> Event:
    """Return `event` if its head is one and names the parts it has; raises ValueError if not."""
    head = event.head
    if event.body_bytes and hash_of(event.body_bytes) != head.body_hash:
        raise ValueError("the body is not the one its head names")
    if event.private_bytes and hash_of(event.private_bytes) != head.private_hash:
        raise ValueError("the private part is not the one its head names")
    return event


def next_hlc(last: str | None, now_ms: int) -> str:
    """Return the hybrid clock after `last` (16 hex digits or None) at `now_ms`; it never goes back."""
    before_ms, counter = (int(last[:12], 16), int(last[12:], 16)) if last else (0, 0)
    if now_ms > before_ms:
        return f"{now_ms:012x}{0:04x}"
    counter += 1
    return f"{before_ms + (counter >> 16):012x}{counter & 0xFFFF:04x}"


def identity_record(desk: str, public_key: bytes, made_at: int, signature: bytes) -> bytes:
    """Return the self-signed identity record: the mirror's first line, without LF, and `prev` of event one."""
    return compact({"desk": desk, "public_key": public_key.hex(), "made_at": made_at, "signature": signature.hex()})


def identity_message(desk: str, public_key: bytes, made_at: int) -> bytes:
    """Return the bytes that the identity record's signature covers."""
    return compact({"desk": desk, "public_key": public_key.hex(), "made_at": made_at})
