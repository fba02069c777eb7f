"""Numbers of people and organisations: what they say, and whether they have the form of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desk.rules.people.person import Sex
from desk.text import clean

IdentityKind = Literal["personal_number", "old_number", "vietnamese_passport", "foreign_passport"]

PROVINCES = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 "
    "040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 "
    "083 084 086 087 089 091 092 093 094 095 096".split()
)
"""Codes of the 63 provinces of registration, as before July 2025: a number once given never changes.

Source: Thông tư 07/2016/TT-BCA, annex 1. Codes from 100 on name a country.
"""

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_CENTURIES = {
    "0": 1900,
    "1": 1900,
    "2": 2000,
    "3": 2000,
    "4": 2100,
    "5": 2100,
    "6": 2200,
    "7": 2200,
    "8": 2300,
    "9": 2300,
}


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """What the twelve digits of a personal number say; there is no check digit.

    Source: Nghị định 137/2015/NĐ-CP, article 13 (domain, 6: recalled, widely used).
    """

    place: str
    """Three digits: province, or from 100 on country, of the registration of birth."""
    birth_year: int
    sex: Sex

    @property
    def born_abroad(self) -> bool:
        """Whether the place is a country."""
        return self.place >= "100"

    @property
    def place_known(self) -> bool:
        """Whether the place is a country or one of the 63 provinces."""
        return self.born_abroad or self.place in PROVINCES


def bare_number(text: str) -> str:
    """Return a number as it is stored: no blanks, dots or hyphens, letters in capitals."""
    return re.sub(r"[\s.\-]", "", clean(text)).upper()


def personal_number(text: str) -> PersonalNumber | None:
    """Return what a personal number says, or None where `text` is not twelve ASCII digits."""
    if not re.fullmatch(r"[0-9]{12}", text):
        return None
    sex: Sex = "female" if int(text[3]) % 2 else "male"
    return PersonalNumber(place=text[:3], birth_year=_CENTURIES[text[3]] + int(text[4:6]), sex=sex)


def identity_kind(number: str) -> IdentityKind | None:
    """Return which paper a bare number belongs to, None where no identity paper has this form.

    Nine digits may be a foreign passport too; the nationality decides, not the number.
    A foreign passport has five to twenty letters and digits with at least one of each: nine is the
    common limit, but other papers of foreigners are longer (domain, 6: recalled).
    """
    if re.fullmatch(r"[0-9]{12}", number):
        return "personal_number"
    if re.fullmatch(r"[0-9]{9}", number):
        return "old_number"
    if re.fullmatch(r"[A-Z][0-9]{7}", number):
        return "vietnamese_passport"
    if re.fullmatch(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{5,20}", number):
        return "foreign_passport"
    return None


def tax_code_of(text: str) -> str | None:
    """Return a tax code as it is written, or None where `text` has no such form.

    Ten digits; ten, a hyphen and three (a branch); or the twelve of a personal number, which the tax
    authority uses in place of a code of its own (domain, 6).
    """
    bare = bare_number(text)
    if re.fullmatch(r"[0-9]{10}|[0-9]{12}", bare):
        return bare
    if re.fullmatch(r"[0-9]{13}", bare) and bare[10:] != "000":
        return f"{bare[:10]}-{bare[10:]}"
    return None


def has_tax_check(tax_code: str) -> bool:
    """Return whether the tenth digit fits the nine before it; always true for a personal number.

    tax_code: as `tax_code_of` returns it. The tenth digit is 10 minus the weighted sum modulo 11
    (python-stdnum, vn.mst; domain, 6).
    """
    digits = tax_code[:10]
    if len(tax_code) == 12:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, digits[:9], strict=True))
    return 10 - total % 11 == int(digits[9])


def age_on(born_on: date, day: date) -> int:
    """Return the whole years of age on `day`; a birthday of 29 February comes on 1 March in other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
