"""The folder of backups: how they are named, which of them are kept, which is the newest.

`desk-3f9a1c-2026-11-25-02.db.zst` is the second of that business day; `3f9a1c` ends the desk's id, so that one stick
may serve several desks. `-before-d0007` stands at one made before the tables were changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from storage.backups.form import Said, Unsound, said_by

NEWEST_KEPT: Final = 10
DAYS_KEPT: Final = 30
"""Of so many days that have a backup the last one is kept: days, not their distance from a clock that may be wrong."""

_NAME: Final = re.compile(r"desk-([0-9a-f]{6})-(\d{4}-\d{2}-\d{2})-(\d{2,6})(?:-before-([0-9a-z]{1,20}))?\.db\.zst")


class Name(NamedTuple):
    """What the name of a backup says; in the order of time where clocks were right."""

    day: date
    number: int
    """Of the day, from 1."""
    before: str
    """The revision of the tables that was about to come, "" where none was."""
    desk: str
    """How the desk's id ends."""

    def __str__(self) -> str:
        """Return the file's name."""
        mark = f"-before-{self.before}" if self.before else ""
        return f"desk-{self.desk}-{self.day.isoformat()}-{self.number:02d}{mark}.db.zst"


class Kept(NamedTuple):
    """A backup in a folder."""

    path: Path
    name: Name


def read_name(name: str) -> Name | None:
    """Return what a file's name says, None where it is no backup's."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return Name(date.fromisoformat(found[2]), int(found[3]), found[4] or "", found[1])
    except ValueError:
        return None


def next_name(folder: Path, desk: str, day: date, before: str = "") -> Name:
    """Return the name of the next backup of `desk` in `folder`; raises OSError."""
    numbers = [one.name.number for one in of_desk(folder, desk) if one.name.day == day]
    return Name(day, max(numbers, default=0) + 1, before, ending(desk))


def ending(desk: str) -> str:
    """Return what the names of a desk's backups bear of its id."""
    return desk.replace("-", "")[-6:]


def of_desk(folder: Path, desk: str) -> list[Kept]:
    """Return the backups in `folder` that are named as those of `desk`, the oldest first; raises OSError."""
    if not folder.is_dir():
        return []
    named = [(path, read_name(path.name)) for path in folder.iterdir()]
    found = [Kept(path, name) for path, name in named if name is not None and name.desk == ending(desk)]
    return sorted(found, key=lambda one: one.name)


def newest(folder: Path, desk: str) -> tuple[Path, Said] | None:
    """Return the backup of `desk` that holds most and what it says of itself, None without one; raises OSError."""
    found = [(path, said) for path, said in _readable(folder, desk) if said.desk == desk]
    return max(found, key=lambda one: (one[1].place, one[0].name), default=None)


def last_made(folder: Path, desk: str) -> Said | None:
    """Return what the last backup of `desk` by its name says of itself, None without one; raises OSError."""
    for one in reversed(of_desk(folder, desk)):
        try:
            return said_by(one.path)
        except (Unsound, OSError):
            continue
    return None


def _readable(folder: Path, desk: str) -> Iterator[tuple[Path, Said]]:
    for one in of_desk(folder, desk):
        try:
            yield one.path, said_by(one.path)
        except (Unsound, OSError):
            continue


def spare(names: Iterable[Name]) -> list[Name]:
    """Return those that need not be kept, the oldest first.

    Kept are the ten newest, the last one of each of the thirty last days that have one, and those before a change of
    the tables.
    """
    ordered = sorted(names)
    last_of_day = {name.day: name for name in ordered}
    kept = {*ordered[-NEWEST_KEPT:], *list(last_of_day.values())[-DAYS_KEPT:]}
    return [name for name in ordered if name not in kept and not name.before]


def thin_out(folder: Path, desk: str) -> int:
    """Delete what need not be kept of `desk` in `folder`; returns how many files, raises OSError."""
    found = {one.name: one.path for one in of_desk(folder, desk)}
    gone = spare(found)
    for name in gone:
        found[name].unlink(missing_ok=True)
    return len(gone)


def put_away_halves(folder: Path, desk: str) -> None:
    """Delete what killed programs left half written of `desk` in `folder`; raises OSError."""
    for path in folder.glob(f"desk-{ending(desk)}-*.part"):
        path.unlink(missing_ok=True)
