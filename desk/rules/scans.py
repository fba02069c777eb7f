"""What a scanned text is, known by its form and never by its speed (decisions, 4).

A card has twelve digits and at least five bars. A slip ends in a run of 236 digits, the short form in 22,
an officer's badge in 26, each with right check digits (ISO 7064 MOD 97-10), so that a typed number is not
taken for a scan. The letters before the digits are never trusted: input methods and Caps Lock change them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from desk.rules.cards import Card, card_of
from desk.rules.codes import has_right_check, with_check
from desk.rules.layout_digits import SHORT_LENGTH, SIGNED_LENGTH, last_digits

SCAN_LIMIT = 2_000
"""Characters of the longest text looked at: a slip has about 300, a card a few hundred."""
BADGE_LENGTH = 26
"""Digits of a badge: its prefix, 22 digits of the officer's number, 2 check digits."""

ScanKind = Literal["card", "slip", "short", "badge"]
"""What a scan is, for those who need none of its parts."""

_BADGE_PREFIX = "77"
_BADGE_NUMBERS = 10**22


@dataclass(frozen=True, slots=True)
class CardScan:
    """A citizen's card."""

    kind: ClassVar[ScanKind] = "card"

    card: Card


@dataclass(frozen=True, slots=True)
class SlipScan:
    """The signed digits of a paper (236); whether they are genuine is for the proof to say."""

    kind: ClassVar[ScanKind] = "slip"

    digits: str


@dataclass(frozen=True, slots=True)
class ShortScan:
    """A tracking number with its check digits (22)."""

    kind: ClassVar[ScanKind] = "short"

    digits: str

    @property
    def tracking(self) -> int:
        """The tracking number."""
        return int(self.digits[:-2])


@dataclass(frozen=True, slots=True)
class BadgeScan:
    """An officer's badge: it names the officer, the PIN proves him."""

    kind: ClassVar[ScanKind] = "badge"

    number: int


Scan = CardScan | SlipScan | ShortScan | BadgeScan


def classify(text: str) -> Scan | None:
    """Return what `text` is by its form, None where it is no scan of ours.

    text: as the keys came in, without the scanner's suffix; digits typed under the layout "Vietnamese"
    are put back (`desk.rules.layout_digits`). A text longer than SCAN_LIMIT is none.
    """
    if len(text) > SCAN_LIMIT:
        return None
    card = card_of(text)
    if card is not None:
        return CardScan(card)
    digits = last_digits(text, (SIGNED_LENGTH, SHORT_LENGTH, BADGE_LENGTH))
    if len(digits) not in (SIGNED_LENGTH, SHORT_LENGTH, BADGE_LENGTH) or not has_right_check(digits):
        return None
    if len(digits) == SIGNED_LENGTH:
        return SlipScan(digits)
    if len(digits) == SHORT_LENGTH:
        return ShortScan(digits)
    return BadgeScan(int(digits[2:-2])) if digits.startswith(_BADGE_PREFIX) else None


def badge_digits(number: int) -> str:
    """Return the digits that an officer's badge carries.

    number: the officer's, from 0 to below 10^22; raises ValueError outside.
    """
    if not 0 <= number < _BADGE_NUMBERS:
        raise ValueError(f"no badge number: {number}")
    return with_check(f"{_BADGE_PREFIX}{number:022d}")
