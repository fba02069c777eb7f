"""Dossier codes: read and made, with check digits by ISO 7064 MOD 97-10.

A code is {agency}-{yymmdd}-{serial of the day}; the date is the business date of reception (Thông tư
03/2025/TT-VPCP; Quyết định 20/2020/QĐ-TTg for the agency). Serials have 4 digits at a province and up to 7
on a ministry's system; the old form begins 000.00.; a provisional code begins T. (decisions, 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desk.errors.rule import AgencyCodeUnreadable, CheckDigitsWrong, CodeUnreadable

SERIAL_DIGITS = range(4, 8)

_PROVISIONAL = "T."
_AGENCY = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)*", re.ASCII)
_CODE = re.compile(r"(T\.)?([A-Z0-9]+(?:\.[A-Z0-9]+)*)-([0-9]{6})-([0-9]{4,7})", re.ASCII)
_WITH_CHECK = re.compile(r"(.+-[0-9]{6}-[0-9]{4,7}) ?[-/( ] ?([0-9]{2})\)?", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A code in its parts; str() writes it."""

    agency: str
    day: date
    serial: int
    digits: int = 4
    """How many digits the serial is written with, 4 to 7."""
    provisional: bool = False

    def __str__(self) -> str:
        prefix = _PROVISIONAL if self.provisional else ""
        return f"{prefix}{self.agency}-{self.day:%y%m%d}-{self.serial:0{self.digits}d}"


def make_code(agency: str, day: date, serial: int, *, digits: int = 4, provisional: bool = False) -> str:
    """Return the code of the `serial`-th dossier of `day`.

    Raises AgencyCodeUnreadable for an agency that no code could carry; ValueError for a serial below 1 or
    too long for `digits`, or a day outside 2000 to 2099.
    """
    _agency(agency)
    if digits not in SERIAL_DIGITS or not 1 <= serial < 10**digits or not 2000 <= day.year <= 2099:
        raise ValueError(f"no code has serial {serial} in {digits} digits on {day}")
    return str(DossierCode(agency, day, serial, digits, provisional))


def make_provisional(agency: str, day: date, serial: int) -> str:
    """Return the provisional code of a desk whose slot is used up: T.{agency}-{yymmdd}-{7 digits}."""
    return make_code(agency, day, serial, digits=7, provisional=True)


def parse_code(text: str) -> DossierCode:
    """Return the parts of a code as typed (small letters, long dashes and blanks around are taken).

    Raises CodeUnreadable, also for a date that does not exist.
    """
    match = _CODE.fullmatch(_tidy(text))
    if match is None:
        raise CodeUnreadable(text=text)
    provisional, agency, day, serial = match.groups()
    try:
        on = date(2000 + int(day[:2]), int(day[2:4]), int(day[4:]))
    except ValueError as error:
        raise CodeUnreadable(text=text) from error
    return DossierCode(agency, on, int(serial), len(serial), provisional is not None)


def check_agency(agency: str) -> str:
    """Return `agency` in capitals; raises AgencyCodeUnreadable if it is no agency code.

    A first part "T" is the mark of provisional codes and therefore no agency.
    """
    tidy = _tidy(agency)
    _agency(tidy)
    return tidy


def check_digits(code: str) -> str:
    """Return the two check digits of a code, "02" to "98" (ISO 7064 MOD 97-10).

    Letters count A = 10 to Z = 35; dots and hyphens are dropped. They are no part of the national code.
    """
    return _check(str(int(sign, 36)) for sign in _tidy(code) if sign not in ".-")


def split_check(text: str) -> str:
    """Return the code of a text typed with or without its check digits, "H49.35-261008-0003 42".

    The digits stand apart: after a blank, a hyphen, a slash or in brackets. Raises CodeUnreadable for no
    code, CheckDigitsWrong where the digits do not fit.
    """
    tidy = _tidy(text)
    match = _WITH_CHECK.fullmatch(tidy)
    if match is None:
        return str(parse_code(tidy))
    code = str(parse_code(match[1]))
    if check_digits(code) != match[2]:
        raise CheckDigitsWrong(code_typed=code, check=match[2])
    return code


def code_readings(text: str) -> tuple[str, ...]:
    """Return every code that `text` may mean, the likeliest first; () if it is none.

    Check digits typed without a gap look like a longer serial: then both readings are given, and the reader
    looks which one exists. Wrong check digits give ().
    """
    try:
        code = split_check(text)
    except (CodeUnreadable, CheckDigitsWrong):
        return ()
    shorter = code[:-2]
    if _CODE.fullmatch(shorter) and check_digits(shorter) == code[-2:]:
        return (code, shorter)
    return (code,)


def with_check(digits: str) -> str:
    """Return a decimal number followed by its two check digits, so that the whole mod 97 is 1.

    Raises ValueError if `digits` is not a run of ASCII digits.
    """
    if not _is_number(digits):
        raise ValueError("not a run of digits")
    return digits + _check(digits)


def has_right_check(digits: str) -> bool:
    """Tell whether the last two digits are the check digits of those before them."""
    return len(digits) > 2 and _is_number(digits) and digits[-2:] == _check(digits[:-2])


def _check(parts: Iterable[str]) -> str:
    rest = 0
    for part in (*parts, "00"):
        rest = (rest * 10 ** len(part) + int(part)) % 97
    return f"{98 - rest:02d}"


def _is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def _agency(agency: str) -> None:
    if not _AGENCY.fullmatch(agency) or agency.startswith(_PROVISIONAL):
        raise AgencyCodeUnreadable(text=agency)


def _tidy(text: str) -> str:
    return " ".join(text.translate(_DASHES).split()).upper()
