"""The files of attachments beside backups: each once, for all backups of a folder, and never deleted from there.

A file bears its content's hash as its name and never changes, so only what is not there yet is carried. On the disk of
the home a second name of the same file costs no room, and keeps it when the home's is deleted; on another disk it is a
copy.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from desk.disk import sync_folder
from storage.backups.form import Pause, no_pause
from storage.blobs import Blobs

FOLDER: Final = "attachments"


class Carried(NamedTuple):
    """What became of the files."""

    fresh: int
    """Carried now."""
    there: int
    """There already."""
    altered: int = 0
    """Not what their name promises: left where they are."""


def carry(source: Path, target: Path, pause: Pause = no_pause) -> Carried:
    """Bring every file of `source` that `target` lacks there, proved; raises OSError."""
    if not source.is_dir():
        return Carried(0, 0)
    from_here, to_there = Blobs(source), Blobs(target)
    fresh = there = altered = 0
    for path in sorted(from_here.paths()):
        pause()
        size = path.stat().st_size
        if to_there.has(path.name, size):
            there += 1
        elif from_here.fault(path.name, size) is not None:
            altered += 1
        else:
            _bring(path, to_there.path(path.name))
            fresh += 1
    return Carried(fresh, there, altered)


def bring_back(backups: Path, target: Path, wanted: Iterable[tuple[str, int]]) -> Carried:
    """Bring the files of `wanted` (hash and size) that `target` lacks back from beside backups; raises OSError.

    `altered` counts those that are nowhere as they were.
    """
    from_there, to_here = Blobs(backups), Blobs(target)
    fresh = there = lacking = 0
    for sha256, size in sorted(set(wanted)):
        if to_here.fault(sha256, size) is None:
            there += 1
        elif from_there.fault(sha256, size) is None:
            _bring(from_there.path(sha256), to_here.path(sha256))
            fresh += 1
        else:
            lacking += 1
    return Carried(fresh, there, lacking)


def _bring(path: Path, target: Path) -> None:
    """Give the file `path` the place `target`, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.link(path, part)
    except OSError:  # another disk, or one that knows no second names
        with path.open("rb") as file, part.open("wb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
    part.replace(target)
    sync_folder(target.parent)
