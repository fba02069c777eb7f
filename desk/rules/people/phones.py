"""Phone numbers in all spellings, stored in one."""

from __future__ import annotations

import re

from desk.text import clean_line

_OLD_MOBILE = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
"""Mobile prefixes of eleven digits and what became of them in 2018 (recalled; Bộ TT&TT's plan of May 2018)."""

_ABROAD = re.compile(r"\+(?!84)[1-9][0-9]{6,14}")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_BETWEEN = re.compile(r"[\s.()\-/]")


def phone_of(text: str) -> str | None:
    """Return a phone number in its stored form, or None where `text` is none.

    Vietnamese: digits from 0 on (mobile ten from 03, 05, 07, 08, 09; landline eleven from 02, as 0203
    and seven digits in Quảng Ninh). Foreign: `+`, country and number (E.164, 7 to 15 digits).
    `+84`, `0084`, `84`, `(+84) 0`, blanks, dots, hyphens and brackets are read; a mobile number from
    before 2018 gets its prefix of today.
    """
    bare = _BETWEEN.sub("", clean_line(text))
    bare = re.sub(r"^00(?=[1-9])", "+", bare)
    if re.fullmatch(r"84[235789][0-9]{8,9}", bare):
        bare = f"+{bare}"
    if bare.startswith("+84"):
        bare = "0" + bare[3:].removeprefix("0")
    if re.fullmatch(r"01[0-9]{9}", bare):
        bare = _OLD_MOBILE.get(bare[:4], "?") + bare[4:]
    known = _MOBILE.fullmatch(bare) or _LANDLINE.fullmatch(bare) or _ABROAD.fullmatch(bare)
    return bare if known and bare.isascii() else None


def phone_shown(number: str) -> str:
    """Return a stored number in groups to be read aloud: 0912 345 678, 0203 3881 234."""
    if _MOBILE.fullmatch(number):
        return f"{number[:4]} {number[4:7]} {number[7:]}"
    if _LANDLINE.fullmatch(number):
        area = 3 if number.startswith(("024", "028")) else 4
        return f"{number[:area]} {number[area : area + 4]} {number[area + 4 :]}"
    return number
