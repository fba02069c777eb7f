"""The folder into which a scanner's program writes: what lies in it whole, and where it goes when it is attached.

A file is whole when its size and its time of change were the same at two looks SETTLE_S apart; names of files that
are still being made, by the programs that say so, are left out. Nothing here removes a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, NamedTuple

from storage import blobs

SETTLE_S: Final = 1.0
"""Seconds between the two looks: a scanner's program writes a page every few tenths of a second."""
AWAY: Final = "attached"
"""The folder inside, for what has been attached."""
MOST: Final = 200
"""Files that are told, the newest ones: each of them is opened."""
_UNFINISHED: Final = (".part", ".tmp", ".crdownload")
_SYSTEM: Final = ("thumbs.db", "desktop.ini")

Why = Literal["", "growing", "unfit", "large", "unreadable"]


class Scan(NamedTuple):
    """A file of the folder; size in bytes, written_ns: its time of change, as the file system tells it."""

    path: Path
    size: int
    written_ns: int
    why: Why = ""
    """Why it cannot be attached now, "" where it can."""


def waiting(folder: Path, pause: Callable[[float], None]) -> tuple[Scan, ...]:
    """Return the files that lie in `folder`, the newest first; raises OSError where it cannot be read.

    pause: waits for so many seconds; called once, where there is any file.
    """
    before = _look(folder)
    if not before:
        return ()
    pause(SETTLE_S)
    newest = sorted(_look(folder), key=lambda scan: (-scan.written_ns, scan.path.name))[:MOST]
    settled = set(before)
    return tuple(scan._replace(why=_why(scan) if scan in settled and scan.size else "growing") for scan in newest)


def is_same(scan: Scan) -> bool:
    """Return whether the file is still the one that was looked at."""
    try:
        now = scan.path.stat()
    except OSError:
        return False
    return (now.st_size, now.st_mtime_ns) == (scan.size, scan.written_ns)


def put_away(scan: Scan) -> bool:
    """Move an attached file into AWAY, under a name that is free there; return whether it is moved.

    A file that was written anew meanwhile stays where it is.
    """
    with suppress(OSError):
        if is_same(scan):
            away = scan.path.parent / AWAY
            away.mkdir(exist_ok=True)
            scan.path.rename(_free(away, scan.path))
            return True
    return False


def _look(folder: Path) -> list[Scan]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):  # it was moved or removed meanwhile
                if _is_told(entry.name) and entry.is_file(follow_symlinks=False):
                    known = Path(entry.path).stat()  # the entry's own may be out of date on Windows
                    found.append(Scan(Path(entry.path), known.st_size, known.st_mtime_ns))
    return found


def _is_told(name: str) -> bool:
    folded = name.casefold()
    return not (folded.startswith((".", "~")) or folded.endswith(_UNFINISHED) or folded in _SYSTEM)


def _why(scan: Scan) -> Why:
    try:
        blobs.examine(scan.path)
    except blobs.Unfit:
        return "unfit"
    except blobs.TooLarge:
        return "large"
    except OSError:
        return "unreadable"
    return ""


def _free(folder: Path, file: Path) -> Path:
    target, number = folder / file.name, 2
    while target.exists():
        target = folder / f"{file.stem} ({number}){file.suffix}"
        number += 1
    return target
