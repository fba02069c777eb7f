"""QR codes on a screen: a paper's short form as cells of a terminal, as small as it gets, read by a phone."""

from __future__ import annotations

from collections.abc import Iterator

from desk.rules.proof import qr_text
from receipts.qr import MASK, Matrix, matrix_of

Cell = tuple[str, bool, bool]
"""One terminal cell: its character, and whether foreground and background are dark."""


def screen_matrix(text: str) -> Matrix | None:
    """Return the smallest code of a short text, or None: at correction M to version 3, else at L.

    A terminal has few lines: version 3 is 17 of them as half blocks.
    """
    for low, versions in ((False, range(1, 4)), (True, range(2, 8))):
        for version in versions:
            try:
                matrix = matrix_of(text, version, MASK, low=low)
            except ValueError:
                continue
            if matrix is not None:
                return matrix
    return None


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
