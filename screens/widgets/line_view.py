"""Which part of a long line is seen in a narrow field, and in which column its cursor stands. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len


@dataclass(slots=True)
class LineView:
    """A window on a line; first: the first letter that is seen."""

    first: int = 0

    def follow(self, letters: Sequence[str], cursor: int, width: int) -> bool:
        """Move the window so that the cursor is in it; return whether it moved.

        letters: what is shown for each letter; width: cells of the field, one of them for the cursor.
        """
        before = self.first
        if cell_len("".join(letters)) < width:
            self.first = 0
        self.first = min(self.first, cursor)
        while self.first < cursor and self.column(letters, cursor) >= width:
            self.first += 1
        return self.first != before

    def column(self, letters: Sequence[str], at: int) -> int:
        """Return the cell in which letter `at` begins (0 where it lies before the window)."""
        return cell_len("".join(letters[self.first : at]))

    def seen(self, letters: Sequence[str]) -> str:
        """Return the text from the window's beginning on."""
        return "".join(letters[self.first :])
