"""Puts restored files in the place of a home's own: decided by one mark, and finished by whoever opens the home next.

Until the mark is there the home is the old one; from then on it is the new one, although a kill may fall between two
renames. What stood there is moved into a folder of its own and never deleted.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from desk.disk import sync_folder

STAGE: Final = "restore.new"
"""In a home: where what is brought back is prepared."""
MARK: Final = "restore.ready"
_LOCK: Final = "restore.lock"
_BESIDE: Final = ("-shm", "-wal", "-journal", "")
"""A database moves with the files beside it, and these go first: a log must never stand beside another database."""


def decide(home: Path, names: Sequence[str], aside: str) -> None:
    """Let the files `names` of the stage be the home's own from now on; then `finish`. Raises OSError.

    aside: the folder in the home into which its own go.
    """
    import json  # every start looks here for a mark, and finds one after a restore only

    half = home / f"{MARK}.new"
    with half.open("w", encoding="utf-8") as file:
        json.dump({"names": list(names), "aside": aside}, file)
        file.flush()
        os.fsync(file.fileno())
    half.replace(home / MARK)
    sync_folder(home)


def finish(home: Path) -> bool:
    """Put what was decided in its place, from wherever an earlier try was cut off; returns whether there was any.

    Raises OSError, and the next call goes on from there.
    """
    if not (home / MARK).exists():
        return False
    # filelock: paid by the start after a restore
    from filelock import FileLock

    with FileLock(home / _LOCK):
        if (home / MARK).exists():
            _finish(home)
    return True


def _finish(home: Path) -> None:
    import json

    decided = json.loads((home / MARK).read_text(encoding="utf-8"))
    aside = home / decided["aside"]
    aside.mkdir(exist_ok=True)
    for name in decided["names"]:
        fresh = home / STAGE / name
        if not fresh.exists():
            continue  # in its place already
        for ending in _BESIDE if name.endswith(".db") else ("",):
            own = home / f"{name}{ending}"
            if own.exists():
                own.replace(aside / own.name)
        fresh.replace(home / name)
    sync_folder(aside)
    sync_folder(home)
    (home / MARK).unlink()
    shutil.rmtree(home / STAGE, ignore_errors=True)


def free_name(home: Path, day: str) -> str:
    """Return the name of a folder for what stands in the home now, which nothing has yet."""
    number = 1
    while (home / f"aside-{day}-{number}").exists():
        number += 1
    return f"aside-{day}-{number}"
