"""Texts cut to a number of cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def cut(text: str, cells: int, *, right: bool = False) -> str:
    """Return `text` in exactly `cells` cells: filled with blanks, or cut with a sign that says so."""
    length = cell_len(text)
    if length <= cells:
        blanks = " " * (cells - length)
        return blanks + text if right else text + blanks
    return set_cell_size(text, cells - 1) + "…" if cells > 1 else " " * cells
