"""What is written down and told when something failed: never anybody's data."""

from __future__ import annotations

from desk import diagnostics
from desk.errors.base import DeskError
from desk.words import told


def write_down(error: BaseException) -> None:
    """Note an error: its code, or type and place of one that nobody foresaw; no message, it may hold a name."""
    if isinstance(error, DeskError):
        diagnostics.note("told", code=error.code)
    else:
        diagnostics.failure(f"{DeskError.code} screens", error)


def foreseen(error: BaseException | None) -> DeskError:
    """Return what is told to the officer: the error itself, or one sentence for all that nobody foresaw."""
    return error if isinstance(error, DeskError) else DeskError()


def last_words(error: BaseException | None) -> str:
    """Return the sentence left in the terminal when the program had to end."""
    return told(foreseen(error)).sentence()
