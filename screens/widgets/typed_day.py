"""A day typed on the numeric keys alone: `15051990`, `150590`, `155`, `15/5` or `1/2/26`. No widget here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

STROKE = "/"
_OTHER_STROKES = "-. ,"
_PIVOT_YEARS = 10
"""A year of two digits lies at most so far ahead of this year, else in the century before."""


def strokes(character: str) -> str:
    """Return the sign that a typed character writes in a day: a digit, or the stroke for all that divides."""
    if character.isascii() and character.isdigit():
        return character
    return STROKE if character in STROKE + _OTHER_STROKES else ""


def day_of(typed: str, year: int) -> date | None:
    """Return the day that `typed` means, None where it means none.

    year: the one that is meant where none is typed. Digits without strokes are read with a day of two digits
    where that gives a day, else of one: `155` is 15/5, `1512` 15/12, `311` 31/1, `321` 3/21 and so none.
    """
    for day, month, years in _readings(typed):
        try:
            return date(_whole_year(years, year), int(month), int(day))
        except ValueError:
            continue
    return None


def written(day: date) -> str:
    """Return a day as it is shown: `15/05/1990`."""
    return f"{day:%d/%m}/{day.year:04d}"


def _readings(typed: str) -> Iterator[tuple[str, str, str]]:
    """Yield day, month and year ("" where it is not typed) as they may be meant, the likeliest first."""
    parts = [part for part in typed.split(STROKE) if part]
    if len(parts) in (2, 3):
        if all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
            yield parts[0], parts[1], parts[2] if len(parts) == 3 else ""
        return
    if not re.fullmatch(r"[0-9]{2,8}", typed):
        return
    for years in {8: (4,), 7: (4,), 6: (2, 4), 5: (2,)}.get(len(typed), (0,)):
        rest = typed[: len(typed) - years]
        for days in (2, 1):
            if 1 <= len(rest) - days <= 2:
                yield rest[:days], rest[days:], typed[len(rest) :]


def _whole_year(typed: str, year: int) -> int:
    if not typed:
        return year
    if len(typed) == 4:
        return int(typed)
    if len(typed) == 2:
        of_this_century = year - year % 100 + int(typed)
        return of_this_century if of_this_century <= year + _PIVOT_YEARS else of_this_century - 100
    raise ValueError(typed)
