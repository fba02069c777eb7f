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
from functools import cached_property, lru_cache
from typing import Any, Final

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
_HEAD_KEYS: Final = (
    "id",
    "desk",
    "epoch",
    "seq",
    "prev",
    "hlc",
    "at",
    "clk",
    "kind",
    "v",
    "unit",
    "dossier",
    "parents",
    "actor",
    "body_hash",
    "private_hash",
)

_TEXT: Final = rb'"([^"\\\x00-\x1f]{0,200})"'
_TEXT_OR_NULL: Final = rb"(?:null|" + _TEXT + rb")"
_TEXTS: Final = rb'"[^"\\\x00-\x1f]{0,200}"(?:,"[^"\\\x00-\x1f]{0,200}"){0,999}'
_HASH: Final = rb'"([0-9a-f]{64})"'
_INSTANT: Final = rb"(0|-?[1-9][0-9]{0,12})"  # the years 1653 to 2286, which every datetime holds
_HEAD_FORM: Final = re.compile(
    rb'\{"id":"([0-9a-zA-Z-]{1,64})","desk":"([0-9a-zA-Z-]{1,64})","epoch":([1-9][0-9]{0,8}),'
    rb'"seq":([1-9][0-9]{0,14}),"prev":%(hash)b,"hlc":"([0-9a-f]{16})","at":%(instant)b,'
    rb'"clk":(?P<clk>\{[^{}\\\x00-\x1f]{0,200}\}),"kind":"([a-z_]{1,40}\.[a-z_]{1,60})","v":([1-9][0-9]{0,5}),'
    rb'"unit":%(text)b,"dossier":%(null)b,"parents":\[(%(texts)b)?\],"actor":%(null)b,"body_hash":%(hash)b,'
    rb'"private_hash":(?:null|%(hash)b)\}'
    % {b"hash": _HASH, b"instant": _INSTANT, b"text": _TEXT, b"null": _TEXT_OR_NULL, b"texts": _TEXTS}
)
"""The one form of a head's bytes, a group a field: what it lets through fits every database, whoever wrote it.

No text in it can hold an escape, so what stands between the quotes is the text and nothing is left to decode
but UTF-8: a center reads a head faster than a JSON decoder would.
"""

Json = Mapping[str, Any]


def compact(value: object) -> bytes:
    """Return `value` as the one exact JSON of the log: UTF-8, no blanks, no ASCII escaping, keys as given."""
    return _COMPACT.encode(value).encode()


_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def hash_of(part: bytes) -> str:
    """Return the sha256 of `part` as lower-case hex."""
    return hashlib.sha256(part).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The decoded head of an event; `at` in ms UTC, `hlc` as 16 hex digits (48 bits of ms, 16 of counter)."""

    id: str
    desk: str
    epoch: int
    seq: int
    prev: str
    hlc: str
    at: int
    clk: Json
    kind: str
    v: int
    unit: str
    dossier: str | None
    parents: tuple[str, ...]
    actor: str | None
    body_hash: str
    private_hash: str | None

    def written(self) -> bytes:
        """Return the head's exact bytes."""
        values = {key: getattr(self, key) for key in _HEAD_KEYS}
        values["parents"] = list(self.parents)
        values["clk"] = dict(self.clk)
        return compact(values)


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
        """The decoded body, {} where it was withheld; raises ValueError if the bytes are no JSON object."""
        return _object(self.body_bytes) if self.body_bytes else {}

    @cached_property
    def private(self) -> dict[str, Any]:
        """The decoded personal fields without their salt, {} where there are none or they were erased."""
        found = _object(self.private_bytes) if self.private_bytes else {}
        found.pop("salt", None)
        return found

    @property
    def is_erased(self) -> bool:
        """Whether the event had a private part that is gone."""
        return self.head.private_hash is not None and not self.private_bytes

    @cached_property
    def head_hash(self) -> str:
        """The sha256 of the head bytes: what the next event's `prev` holds."""
        return hash_of(self.head_bytes)

    def line(self) -> bytes:
        """Return the line of a mirror or segment: head TAB body TAB private LF."""
        return b"\t".join((self.head_bytes, self.body_bytes, self.private_bytes or b"")) + b"\n"


def read_head(head_bytes: bytes) -> Head:
    """Return the head in `head_bytes`; raises ValueError where it is not exactly one of ours."""
    found = _HEAD_FORM.fullmatch(head_bytes)
    if found is None:
        raise ValueError("not the form of a head")
    texts: list[Any] = [None if field is None else field.decode() for field in found.groups()]
    own_id, desk, epoch, seq, prev, hlc, at, _, kind, v, unit, dossier, parents, actor, body_hash, private_hash = texts
    return Head(
        own_id,
        desk,
        int(epoch),
        int(seq),
        prev,
        hlc,
        int(at),
        {**_clock(found["clk"])},
        kind,
        int(v),
        unit,
        dossier,
        tuple(parents[1:-1].split('","')) if parents else (),
        actor,
        body_hash,
        private_hash,
    )


@lru_cache(maxsize=256)
def _clock(part: bytes) -> dict[str, Any]:
    """Return the `clk` of a head; a desk that keeps time says the same in nearly every event."""
    return _object(part)


def _object(part: bytes) -> dict[str, Any]:
    try:
        found = _DECODER.decode(part.decode())  # decoded here, because json would let lone surrogates through
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    if b"\\u" in part and (b"\\u0000" in part or not _is_text(found)):
        raise ValueError("a text that no database holds")
    return found


_DECODER: Final = json.JSONDecoder()


def _is_text(value: object) -> bool:
    try:
        compact(value)
    except ValueError:
        return False
    return True


def private_part(fields: Json, salt: bytes) -> bytes | None:
    """Return the private bytes of `fields` with a 16-byte `salt`, or None for no fields at all."""
    return compact({"salt": salt.hex(), **fields}) if fields else None


def read_line(line: bytes) -> Event:
    """Return the event of one line (with or without its LF); raises ValueError if a part or hash is wrong."""
    parts = line.rstrip(b"\n").split(b"\t")
    if len(parts) != 3:
        raise ValueError("a line has three parts")
    return proved(Event(parts[0], parts[1], parts[2] or None))


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
