"""How a lead signs in: a token that the center's own command makes and signs; no password is kept anywhere.

The token names the unit it may see ("" = all), its last moment and the generation of tokens it belongs to.
A new generation ends all earlier tokens at once. The browser keeps it in a cookie that no script can read.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from desk.clock import from_ms, to_ms
from desk.keys import SigningKey, verified
from storage.wire import compact

_PURPOSE: Final = b"motcua lead token 1\n"
"""Before what is signed, so that no other signature of the center's key can pass as a token."""
_LONGEST: Final = 1000


class Lead(NamedTuple):
    """Who signed in."""

    unit: str
    """The unit whose work is shown, "" for all."""
    until_at: datetime


def make(key: SigningKey, unit: str, until_at: datetime, generation: int, salt: bytes) -> str:
    """Return the token's text."""
    said = {"unit": unit, "until": to_ms(until_at), "generation": generation, "salt": salt.hex()}
    payload = compact(said)
    return f"{_text(payload)}.{_text(key.sign(_PURPOSE + payload))}"


def read(text: str, public: bytes, now: datetime, generation: int) -> Lead | None:
    """Return whose token it is, None for one that is not ours, is over, or is of an earlier generation."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    payload_text, _dot, signature = text.strip().partition(".")
    try:
        payload, sealed = _bytes(payload_text), _bytes(signature)
    except ValueError:
        return None
    if not verified(public, sealed, _PURPOSE + payload):
        return None
    said: Mapping[str, Any] = json.loads(payload)
    until_at = from_ms(said["until"])
    if until_at <= now or said["generation"] != generation:
        return None
    return Lead(said["unit"], until_at)


def _text(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
