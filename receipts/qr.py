"""QR codes as plain squares: for paper in version 7 or 8 with a fixed mask (for a screen: receipts.screen_code).

A code that cannot be made is None, never an error: the paper is then printed without it, because its code
in large digits always works.
"""

from __future__ import annotations

import re
from functools import lru_cache

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules, True is dark; without the quiet zone."""

QUIET_MODULES = 4
"""The quiet zone that the standard asks for on each side (ISO/IEC 18004)."""
MODULE_PT = 1.44
"""0.508 mm: whole dots of a printer with 200, 300 or 600 dots an inch (4, 6 or 12)."""
LONGEST_HOST = 65
"""A host with more characters than that does not fit version 8 beside 236 digits."""

MASK = 2
"""The one mask of our codes."""
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
                matrix = matrix_of(text, version, (MASK + step) % 8)
            except ValueError:
                continue
            if matrix is not None:
                return matrix
            break
    return None


def matrix_of(text: str, version: int, mask: int, *, low: bool = False) -> Matrix | None:
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
