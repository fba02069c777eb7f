"""QR codes as plain squares: for paper in version 7 or 8 with a fixed mask, for a screen as small as it gets.

A code that cannot be made is None, never an error: the paper is then printed without it, because its code
in large digits always works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from desk.rules.proof import qr_text

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules, True is dark; without the quiet zone."""

QUIET_MODULES = 4
"""The quiet zone that the standard asks for on each side (ISO/IEC 18004)."""
MODULE_PT = 1.44
"""0.508 mm: whole dots of a printer with 200, 300 or 600 dots an inch (4, 6 or 12)."""
LONGEST_HOST = 65
"""A host with more characters than that does not fit version 8 beside 236 digits."""

_MASK = 2
_VERSIONS = (7, 8)
_PATTERN = re.compile(r"([0-9A-Z $%*+\-./:]*?)([0-9]*)")


@lru_cache(maxsize=4)  # a paper is laid out twice where smaller letters may save its second sheet
def paper_matrix(text: str) -> Matrix | None:
    """Return the code of a paper's text at error correction M: version 7, or 8 where 7 is too small.

    One fixed mask saves the search for the best one. A block of data bytes that are all zero makes the
    library fail (lincolnloop/python-qrcode, issues 330 and 423): then the next mask is tried, then the next
    version, whose blocks begin elsewhere. None if the text holds other signs than such a code has.
    """
    for version in _VERSIONS:
        for step in range(8):
            try:
                matrix = _matrix(text, version, (_MASK + step) % 8)
            except ValueError:
                continue
            if matrix is not None:
                return matrix
            break
    return None


def screen_matrix(text: str) -> Matrix | None:
    """Return the smallest code of a short text, or None: at correction M to version 3, else at L.

    A terminal has few lines: version 3 is 17 of them as half blocks.
    """
    for low, versions in ((False, range(1, 4)), (True, range(2, 8))):
        for version in versions:
            try:
                matrix = _matrix(text, version, _MASK, low=low)
            except ValueError:
                continue
            if matrix is not None:
                return matrix
    return None


def _matrix(text: str, version: int, mask: int, *, low: bool = False) -> Matrix | None:
    """Return the modules, or None where `version` is too small or the text has other signs.

    Raises ValueError where the library stumbles over its logarithm of zero.
    """
    # qrcode: 40 ms, paid with the first paper.
    from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError
    from qrcode.main import QRCode
    from qrcode.util import MODE_ALPHA_NUM, MODE_NUMBER, QRData

    parts = _PATTERN.fullmatch(text)
    if parts is None or not text:
        return None
    code = QRCode(version, ERROR_CORRECT_L if low else ERROR_CORRECT_M, border=0, mask_pattern=mask)
    for part, mode in zip(parts.groups(), (MODE_ALPHA_NUM, MODE_NUMBER), strict=True):
        if part:
            code.add_data(QRData(part.encode("ascii"), mode, check_data=False))
    try:
        code.make(fit=False)
    except DataOverflowError:
        return None
    return tuple(tuple(map(bool, row)) for row in code.modules)


Cell = tuple[str, bool, bool]
"""One terminal cell: its character, and whether foreground and background are dark."""


def screen_cells(tracking_url: str, short: str, *, console: bool = False) -> list[list[Cell]]:
    """Return the short form of a paper as terminal cells that a phone reads; [] if no code can be made.

    tracking_url: up to and with `/t/`, "" before enrolment. short: its 22 digits.
    console: for a console whose letters have no half blocks; the digits alone, so that it fits 23 lines.
    """
    return cells_of(short if console else qr_text(tracking_url, short), console=console)


def cells_of(text: str, *, console: bool = False) -> list[list[Cell]]:
    """Return any short text as terminal cells; [] if no code can be made."""
    matrix = screen_matrix(text)
    if matrix is None:
        return []
    return full_blocks(matrix) if console else half_blocks(matrix)


def half_blocks(matrix: Matrix, quiet: int = 2) -> list[list[Cell]]:
    """Return the code as terminal cells, two modules high each, `quiet` modules of margin around.

    Every cell is an upper half block with both colours set, the foreground for the upper module and the
    background for the lower: so the gap that many terminals leave between lines has the cell's colour and a
    camera reads the code all the same. Dark must be shown dark and light light, whatever the theme.
    """
    rows = list(_with_margin(matrix, quiet))
    if len(rows) % 2:
        rows.append((False,) * len(rows[0]))
    return [
        [("▀", upper, lower) for upper, lower in zip(rows[at], rows[at + 1], strict=True)]
        for at in range(0, len(rows), 2)
    ]


def full_blocks(matrix: Matrix, quiet: int = 1) -> list[list[Cell]]:
    """Return the code with two full cells a module, for letters without half blocks."""
    return [[("█", dark, dark) for dark in row for _ in range(2)] for row in _with_margin(matrix, quiet)]


def _with_margin(matrix: Matrix, quiet: int) -> Iterator[tuple[bool, ...]]:
    side = (False,) * quiet
    blank = (False,) * (len(matrix[0]) + 2 * quiet)
    yield from [blank] * quiet
    for row in matrix:
        yield side + row + side
    yield from [blank] * quiet
