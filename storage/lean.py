"""The lean form of an event's line in a segment: what the receiver knows already is left out of the head.

Desk and epoch stand in the seal, `prev` is the hash of the line before (only the first line says it), and
the hashes of body and private part follow from these. The fixed order of the keys lets the receiver put the
head together again byte for byte, which the seal proves. Without them a line packs to half its size.
"""

from __future__ import annotations

import re
from typing import Final

from storage.wire import Event, hash_of, proved, read_line

_FULL: Final = re.compile(
    rb'\{("id":"[^"]*",)"desk":"[^"]*","epoch":[0-9]+,("seq":[0-9]+,)("prev":"[^"]*",)("hlc":.*)'
    rb'(,"body_hash":"[^"]*")(,"private_hash":(?:null|"[^"]*"))\}',
    re.DOTALL,
)
_LEAN: Final = re.compile(
    rb'\{("id":"[^"]*",)("seq":[0-9]+,)("prev":"[0-9a-f]{64}",)?("hlc":.*"actor":(?:null|"[^"]*"))'
    rb'(,"body_hash":"[0-9a-f]{64}")?(,"private_hash":"[0-9a-f]{64}")?\}',
    re.DOTALL,
)


def lean_line(event: Event, *, is_first: bool) -> bytes:
    """Return the line of `event` in a segment, with its LF; the first of a segment says its `prev`."""
    found = _FULL.fullmatch(event.head_bytes)
    if found is None:
        raise ValueError("not the form of a head")
    number, seq, prev, middle, body_hash, private_hash = found.groups()
    head = b"".join(
        (
            b"{",
            number,
            seq,
            prev if is_first else b"",
            middle,
            b"" if event.body_bytes else body_hash,
            private_hash if event.is_erased else b"",
            b"}",
        )
    )
    return b"\t".join((head, event.body_bytes, event.private_bytes or b"")) + b"\n"


def read_lean_line(line: bytes, desk: str, epoch: int, prev: str | None) -> Event:
    """Return the event of a lean or full line; raises ValueError where it is not one.

    prev: the head hash of the line before, None for the first of a segment.
    """
    head, body, private = _parts(line)
    found = _LEAN.fullmatch(head)
    if found is None:
        return read_line(line)
    number, seq, said, middle, body_hash, private_hash = found.groups()
    if said is None and prev is None:
        raise ValueError("the first line does not say what it follows")
    whole = b"".join(
        (
            b"{",
            number,
            f'"desk":"{desk}","epoch":{epoch},'.encode(),
            seq,
            said or f'"prev":"{prev}",'.encode(),
            middle,
            body_hash or f',"body_hash":"{hash_of(body)}"'.encode(),
            private_hash or f',"private_hash":{_quoted(private)}'.encode(),
            b"}",
        )
    )
    event = Event.of_head(whole, body, private or None)
    return event if body_hash is None and private_hash is None else proved(event)


def _parts(line: bytes) -> tuple[bytes, bytes, bytes]:
    parts = line.rstrip(b"\n").split(b"\t")
    if len(parts) != 3:
        raise ValueError("a line has three parts")
    return parts[0], parts[1], parts[2]


def _quoted(private: bytes) -> str:
    return f'"{hash_of(private)}"' if private else "null"
