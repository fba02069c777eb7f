"""The proof on a citizen's paper: 33 bytes and a signature as 236 digits (judged by desk.rules.verdict).

Layout 1, big endian: version 4 bits, kind 3, practice 1 · key id 4 bytes · tracking number 8 · days since
2020-01-01 of the code's date 2, serial 3 · procedure 3 · accepted and due minute since 2020-01-01 UTC,
27 bits each, 7 · copy 1 · tag 4; then the Ed25519 signature over these 33 bytes, 64. The 97 bytes are one
decimal number of 234 digits, followed by two check digits. Digits only, because a scanner types them
through any input method unharmed. Names, numbers and phones of people are never part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from desk.rules.codes import has_right_check, with_check
from desk.rules.layout_digits import SHORT_LENGTH, SIGNED_LENGTH, last_digits

if TYPE_CHECKING:
    from desk.keys import SigningKey

ProofKind = Literal["slip", "supplement", "refusal", "apology", "stop", "result_receipt", "other"]
"""The title of the paper, as the proof names it; `other` is any other paper for the citizen."""

KINDS: Mapping[ProofKind, int] = {
    "slip": 1,
    "supplement": 2,
    "refusal": 3,
    "apology": 4,
    "stop": 5,
    "result_receipt": 6,
    "other": 7,
}
_KIND_OF = {number: kind for kind, number in KINDS.items()}
_VERSION = 1
_BODY_BYTES = 33
_SIGNATURE_BYTES = 64
_FIRST_DAY = date(2020, 1, 1)
_FIRST_MINUTE = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SlipProof:
    """What a paper's QR says; `from_bytes(proof.to_bytes())` is the same proof."""

    kind: ProofKind
    practice: bool
    key_id: bytes
    """4 bytes, `desk.keys.key_id` of the desk's public key."""
    tracking: int
    """The random number made with the dossier, 0 to 2^64 - 1."""
    code_on: date | None
    """The date in the code; None (and serial 0) for a code that is not the desk's own form."""
    serial: int
    procedure: int
    """The procedure's code as a number (1.001193 is 1001193), 0 for none."""
    accepted_at: datetime
    """Cut to its minute; of a dossier never accepted, the moment of the paper."""
    due_at: datetime | None
    copy: int
    """1 is the original, 2 the first reprint; 255 stands for every later one."""
    tag: bytes
    """4 bytes, `desk.keys.owner_tag`."""

    def to_bytes(self) -> bytes:
        """Return the 33 bytes; raises ValueError or OverflowError for a value outside its field."""
        days = (self.code_on - _FIRST_DAY).days if self.code_on else 0
        if len(self.key_id) != 4 or len(self.tag) != 4 or (days > 0) != (self.serial > 0):
            raise ValueError("key id, tag, or a date without a serial")
        minutes = _minute(self.accepted_at) << 27 | (_minute(self.due_at) if self.due_at else 0)
        return b"".join(
            (
                bytes([_VERSION << 4 | KINDS[self.kind] << 1 | self.practice]),
                self.key_id,
                self.tracking.to_bytes(8, "big"),
                days.to_bytes(2, "big"),
                self.serial.to_bytes(3, "big"),
                self.procedure.to_bytes(3, "big"),
                minutes.to_bytes(7, "big"),
                min(self.copy, 255).to_bytes(1, "big"),
                self.tag,
            )
        )

    @classmethod
    def from_bytes(cls, body: bytes) -> SlipProof:
        """Return the proof in 33 bytes; raises ValueError if they are not layout 1."""
        if len(body) != _BODY_BYTES:
            raise ValueError("not 33 bytes")
        kind = _KIND_OF.get(body[0] >> 1 & 7)
        minutes = int.from_bytes(body[21:28], "big")
        days, serial = int.from_bytes(body[13:15], "big"), int.from_bytes(body[15:18], "big")
        if body[0] >> 4 != _VERSION or kind is None or minutes >> 54:
            raise ValueError("not layout 1")
        if (days > 0) != (serial > 0):
            raise ValueError("a date without a serial")
        due = minutes & (1 << 27) - 1
        return cls(
            kind=kind,
            practice=bool(body[0] & 1),
            key_id=body[1:5],
            tracking=int.from_bytes(body[5:13], "big"),
            code_on=_FIRST_DAY + timedelta(days=days) if days else None,
            serial=serial,
            procedure=int.from_bytes(body[18:21], "big"),
            accepted_at=_FIRST_MINUTE + timedelta(minutes=minutes >> 27),
            due_at=_FIRST_MINUTE + timedelta(minutes=due) if due else None,
            copy=body[28],
            tag=body[29:33],
        )


def _minute(instant: datetime) -> int:
    minutes = (instant - _FIRST_MINUTE) // timedelta(minutes=1)
    if not 0 <= minutes < 1 << 27:
        raise ValueError(f"{instant} is outside the proof's years")
    return minutes


def signed_digits(proof: SlipProof, key: SigningKey) -> str:
    """Return the 236 digits of `proof` signed by `key`, whose id the proof must name."""
    body = proof.to_bytes()
    return with_check(f"{int.from_bytes(body + key.sign(body), 'big'):0{SIGNED_LENGTH - 2}d}")


def short_digits(tracking: int) -> str:
    """Return the short form of a paper: its tracking number in 20 digits and two check digits."""
    return with_check(f"{tracking:0{SHORT_LENGTH - 2}d}")


def qr_text(tracking_url: str, digits: str) -> str:
    """Return what the QR says: the address in capitals, then the digits; "" gives the digits alone.

    tracking_url: up to and with `/t/`, as in `https://host/t/`.
    """
    return tracking_url.rstrip("/").upper() + "/" + digits if tracking_url else digits


def read_digits(text: str) -> str:
    """Return the last run of digits after the last `/` of what was scanned or typed; "" without one."""
    return last_digits(text)


def read_tracking(text: str) -> int | None:
    """Return the tracking number in `text` (either form, right check digits), or None; proves nothing."""
    digits = read_digits(text)
    if not has_right_check(digits):
        return None
    if len(digits) == SHORT_LENGTH:
        number = int(digits[:-2])
        return number if number < 1 << 64 else None
    signed = opened(digits)
    return signed.proof.tracking if signed else None


@dataclass(frozen=True, slots=True)
class SignedProof:
    """A proof as it was read, its signature not yet looked at."""

    proof: SlipProof
    body: bytes
    signature: bytes


def opened(digits: str) -> SignedProof | None:
    """Return the proof in 236 digits (their check digits apart), or None if they are not layout 1."""
    number = int(digits[:-2]) if len(digits) == SIGNED_LENGTH and digits.isascii() and digits.isdigit() else -1
    if not 0 <= number < 1 << 8 * (_BODY_BYTES + _SIGNATURE_BYTES):
        return None
    raw = number.to_bytes(_BODY_BYTES + _SIGNATURE_BYTES, "big")
    body = raw[:_BODY_BYTES]
    try:
        return SignedProof(SlipProof.from_bytes(body), body, raw[_BODY_BYTES:])
    except ValueError:
        return None
