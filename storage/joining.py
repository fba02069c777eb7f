"""How a desk joins a center: the token, the request, the certificate, and the first answer ever read.

A desk does not know the center's key before it joins. The token therefore names it: whoever has another key
cannot answer in the center's place, over whatever line the request goes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from desk.keys import SigningKey, verified
from storage.messages import PROTOCOL, BadMessage, claimed_desk, read_answer, read_signed, signed, typed
from storage.wire import compact, hash_of, identity_message

SECRET_BYTES: Final = 16
"""A token's secret: 128 random bits."""
_NAME_BYTES: Final = 16
_CHECK_BYTES: Final = 3
AUTHORITY_FILE: Final = "center-ca.pem"
"""In a desk's home: the certificate of the authority that alone is believed about the center."""
LONGEST_HOST: Final = 65
"""Characters of a tracking host (with its port) that still fit the QR of a slip."""

_MISREAD: Final = str.maketrans("018", "OIB")
_FORM: Final = {
    "unit": re.compile(r"[^\x00-\x1f\"\\]{1,100}"),
    "agency_code": re.compile(r"[^\x00-\x1f\"\\]{0,100}"),
    "app": re.compile(r"[^\x00-\x1f]{0,100}"),
    "url": re.compile(r"https?://[0-9A-Za-z.\-\[\]:]{1,300}(/[!-~]*)?"),
}
_CERTIFIED: Final = (
    "desk",
    "public_key",
    "unit",
    "agency_code",
    "slot",
    "epoch",
    "center",
    "center_key",
    "tracking_url",
    "issued_at",
)


class OtherCenter(BadMessage):
    """An answer of a center that is not the one the token names."""


class Token(NamedTuple):
    """What a token says."""

    secret: bytes
    center: bytes
    """The first 16 bytes of the sha256 of the center's public key."""


def name_of(public_key: bytes) -> bytes:
    """Return the 16 bytes by which a token names the center's key."""
    return hashlib.sha256(public_key).digest()[:_NAME_BYTES]


def token_text(secret: bytes, public_key: bytes) -> str:
    """Return the token as people type it: 56 letters and digits in groups of four, with a check of its own."""
    raw = secret + name_of(public_key)
    letters = base64.b32encode(raw + hashlib.sha256(raw).digest()[:_CHECK_BYTES]).decode()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def read_token(text: str) -> Token:
    """Return the token in `text` as typed (case, blanks and hyphens are free); raises ValueError for none."""
    letters = re.sub(r"[\s\-]", "", text).upper().translate(_MISREAD)
    raw = base64.b32decode(letters)
    whole, check = raw[:-_CHECK_BYTES], raw[-_CHECK_BYTES:]
    if len(whole) != SECRET_BYTES + _NAME_BYTES or hashlib.sha256(whole).digest()[:_CHECK_BYTES] != check:
        raise ValueError("no token")
    return Token(whole[:SECRET_BYTES], whole[SECRET_BYTES:])


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What a desk says of itself when it asks to join."""

    desk: str
    unit: str
    agency_code: str
    epoch: int
    secret: bytes
    """The token's."""
    identity: bytes
    """The self-signed identity record."""
    url: str
    """How the desk reaches the center; the citizens' address where the center names no other."""
    app: str

    @property
    def public_key(self) -> bytes:
        """The desk's key, as its identity record names it."""
        return bytes.fromhex(json.loads(self.identity)["public_key"])

    @property
    def genesis(self) -> str:
        """The hash of the identity record: `prev` of the desk's first event."""
        return hash_of(self.identity)


def join_request(asked: JoinRequest, clock_ms: int, key: SigningKey) -> bytes:
    """Return the signed request of a desk to join."""
    payload = {
        "proto": PROTOCOL,
        "desk": asked.desk,
        "app": asked.app,
        "clock": clock_ms,
        "unit": asked.unit,
        "agency_code": asked.agency_code,
        "epoch": asked.epoch,
        "token": asked.secret.hex(),
        "identity": asked.identity.decode(),
        "url": asked.url,
    }
    return signed({"desk": asked.desk}, compact(payload), key)


def read_join_request(message: bytes) -> JoinRequest:
    """Return the request in `message`, signed by the key of the identity record in it; raises BadMessage."""
    desk = claimed_desk(message)
    value = read_signed(message, None)
    identity = typed(value, "identity", str).encode("utf-8", "replace")
    public_key = _identified(identity, desk)
    if read_signed(message, public_key)["desk"] != desk:
        raise BadMessage("the envelope names another desk")
    epoch = typed(value, "epoch", int)
    if not 1 <= epoch < 10**9:
        raise BadMessage("epoch")
    texts = {key: _formed(value, key) for key in _FORM}
    secret = _unhex(typed(value, "token", str))
    return JoinRequest(desk, epoch=epoch, secret=secret, identity=identity, **texts)


def _formed(value: Mapping[str, Any], key: str) -> str:
    text = typed(value, key, str)
    if _FORM[key].fullmatch(text) is None or not text.isprintable():
        raise BadMessage(f"{key} is not of its form")
    return text


def _identified(identity: bytes, desk: str) -> bytes:
    """Return the public key that a self-signed identity record of `desk` names; raises BadMessage."""
    try:
        record = json.loads(identity)
    except (ValueError, RecursionError) as error:
        raise BadMessage("no identity record") from error
    public_key = _unhex(typed(record, "public_key", str))
    message = identity_message(typed(record, "desk", str), public_key, typed(record, "made_at", int))
    if record["desk"] != desk or not verified(public_key, _unhex(typed(record, "signature", str)), message):
        raise BadMessage("the identity record is not of this desk")
    return public_key


def _unhex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise BadMessage("not hexadecimal") from error


def certified(values: Mapping[str, Any], key: SigningKey) -> dict[str, Any]:
    """Return the certificate over `values` (desk, public_key, unit, ... issued_at), signed by the center."""
    plain = {name: values[name] for name in _CERTIFIED}
    return {**plain, "signature": key.sign(compact(plain)).hex()}


def certificate_holds(certificate: Mapping[str, Any], center_key: bytes) -> bool:
    """Return whether `certificate` is whole and signed by `center_key`; the order of its keys is free."""
    try:
        plain = {name: certificate[name] for name in _CERTIFIED}
        return verified(center_key, bytes.fromhex(certificate["signature"]), compact(plain))
    except (KeyError, TypeError, ValueError):
        return False


def read_join_answer(message: bytes, center: bytes) -> tuple[bytes, dict[str, Any]]:
    """Return the center's key and its answer; raises OtherCenter where it is not the one the token names."""
    public_key = _unhex(typed(typed(read_signed(message, None), "center", dict), "key", str))
    if name_of(public_key) != center:
        raise OtherCenter("another center answered")
    return public_key, read_answer(message, public_key)


def tracking_url_of(url: str) -> str:
    """Return the citizens' address at the host of `url`, as in `https://host/t/`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}/t/"


def host_fits(tracking_url: str) -> bool:
    """Return whether the host of `tracking_url` is short enough for a slip's QR."""
    return len(urlsplit(tracking_url).netloc) <= LONGEST_HOST
