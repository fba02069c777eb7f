"""What is written down and told when something failed: never anybody's data."""

from __future__ import annotations

import logging
import traceback
from pathlib import PurePath

from desk.errors.base import DeskError
from desk.words import told

_log = logging.getLogger("desk.screens")


def write_down(error: BaseException) -> None:
    """Log an error: its code, or type and place of one that nobody foresaw; no message, it may hold a name."""
    if isinstance(error, DeskError):
        _log.info("%s told", error.code)
        return
    frames = reversed(traceback.extract_tb(error.__traceback__))
    places = " < ".join(f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames)
    _log.error("%s %s at %s", DeskError.code, type(error).__name__, places)


def foreseen(error: BaseException | None) -> DeskError:
    """Return what is told to the officer: the error itself, or one sentence for all that nobody foresaw."""
    return error if isinstance(error, DeskError) else DeskError()


def last_words(error: BaseException | None) -> str:
    """Return the sentence left in the terminal when the program had to end."""
    return told(foreseen(error)).sentence()
