"""What a person is told of the errors that were foreseen, whichever way the program was begun."""

from __future__ import annotations

from desk.errors.base import DeskError
from desk.errors.causes import cause_of
from desk.errors.commands import Interrupted
from desk.errors.store import NO_ROOM, DiskFull, HomeUnreadable


def foreseen(error: DeskError | OSError | KeyboardInterrupt) -> DeskError:
    """Return what a person is told of `error`."""
    if isinstance(error, DeskError):
        return error
    if isinstance(error, KeyboardInterrupt):
        return Interrupted()
    if error.errno in NO_ROOM:
        return DiskFull()
    return HomeUnreadable(cause=cause_of(error))
