"""Papers on disk: written whole and synced under a new name, never over another."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from desk.errors.causes import cause_of
from desk.errors.printing import PaperNotKept


def keep_file(folder: Path, name: str, content: bytes) -> Path:
    """Return the path of the file `name` in `folder` that holds exactly `content`, synced to disk.

    The bytes go into a file beside it first, so that a power cut leaves the whole paper or none. A file
    with the same bytes already there is the answer; one with other bytes is never written over.
    Raises PaperNotKept.
    """
    target = folder / name
    part = folder / f".{name}.{os.getpid()}.{threading.get_ident()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if _holds(target, content):
            return target
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _name(part, target)
    except FileExistsError as error:
        if _holds(target, content):  # another process has drawn the same paper meanwhile
            return target
        raise PaperNotKept(where=str(target), reason=cause_of(error)) from error
    except OSError as error:
        raise PaperNotKept(where=str(target), reason=cause_of(error)) from error
    finally:
        _drop(part)
    return target


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _name(part: Path, target: Path) -> None:
    """Give the written file its name; raises FileExistsError where the name is taken."""
    if sys.platform == "win32":
        part.rename(target)  # refuses a name that is taken
        return
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        # A stick or a share without links: the look before leaves a gap, but names here are of one paper.
        if target.exists():
            raise FileExistsError(17, "taken", str(target)) from None
        part.rename(target)


def _drop(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # a left-over part is harmless
