"""Makes a backup while the screens run: copied by SQLite itself, compressed, read back, proved, and only then named.

The copy is one moment of the database, whoever writes meanwhile. What is compressed is read back from the disk and
proved as a whole, so that a backup of that name was once brought back already. The key is no part of it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Final, Literal, NamedTuple

from desk.disk import sync_folder
from desk.errors.backups import (
    FAULTS,
    BackupGone,
    BackupNoRoom,
    BackupOfDamage,
    BackupRefused,
    BackupRuns,
    BackupUnproved,
)
from desk.errors.base import StoreTrouble
from desk.errors.causes import cause_of
from desk.errors.store import NO_ROOM, HomeUnreadable
from desk.settings import FILE_NAME, Settings
from desk.words import _
from storage.backups import files, shelf
from storage.backups.form import FORMAT, Packed, Pause, Said, Unsound, measured, no_pause, pack, unpack
from storage.backups.proof import Damaged, Holds, counted, proved
from storage.chain import Identity
from storage.joining import AUTHORITY_FILE
from storage.store import has_no_room

LOCK: Final = "backup.lock"
ATTACHMENTS: Final = "attachments"
"""Where a home has the files of its attachments."""
_SCRATCH: Final = ".backup-scratch"
_REFUSALS: Final = (PermissionError, NotADirectoryError, FileExistsError)
_READ_ONLY: Final = 30
"""EROFS: the same number on Linux and macOS; Windows answers with a PermissionError."""
_SPARE_BYTES: Final = 4 << 20
"""What must be left on the disk beside the copy: a backup never takes the last room from the officer's acts."""


class Source(NamedTuple):
    """What is backed up."""

    home: Path
    database: Path
    identity: Identity
    kind: Literal["real", "practice"]
    settings: str
    authority: str
    attachments: Path
    app: str

    @classmethod
    def of(cls, home: Path, database: Path, found: Settings, app: str) -> Source:
        """Return the source that `home` with the settings `found` is; raises HomeUnreadable."""
        identity = Identity(found.desk, found.unit, found.identity.encode())
        authority = home / AUTHORITY_FILE
        try:
            text = (home / FILE_NAME).read_text(encoding="utf-8")
            pinned = authority.read_text(encoding="ascii") if authority.exists() else ""
        except (OSError, ValueError) as error:
            raise HomeUnreadable(cause=type(error).__name__) from error
        return cls(home, database, identity, found.kind, text, pinned, home / ATTACHMENTS, app)


class Made(NamedTuple):
    """A proved backup."""

    path: Path
    said: Said
    bytes: int
    attachments: files.Carried
    thinned: int
    """Older backups that need not be kept any more and were deleted."""
    same_disk: bool
    """Whether it lies on the disk of the home, where it does not outlive that disk."""


def make(source: Source, folder: Path, day: date, made_at: int, *, before: str = "", pause: Pause = no_pause) -> Made:
    """Make a backup of `source` in `folder`, prove it, carry attachments beside it and thin the older ones out.

    day: the business day it is named by. made_at: ms since 1970 UTC. before: the revision that the tables are about to
    be brought to. Raises BackupNoRoom, BackupRefused, BackupGone, BackupOfDamage, BackupUnproved, BackupRuns; then
    neither the home nor any earlier backup has changed.
    """
    with _told(source, folder), _alone(source.home):
        folder.mkdir(parents=True, exist_ok=True)
        shelf.put_away_halves(folder, source.identity.desk)
        name = shelf.next_name(folder, source.identity.desk, day, before)
        part, path = folder / f"{name}.part", folder / str(name)
        try:
            with _scratch(source, folder) as scratch:
                said = _written(source, scratch, part, made_at, pause)
                _prove_again(source, scratch, part, said, pause)
            carried = files.carry(source.attachments, folder / files.FOLDER, pause)
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        sync_folder(folder)
        thinned = shelf.thin_out(folder, source.identity.desk)
        return Made(path, said, path.stat().st_size, carried, thinned, on_same_disk(source.home, folder))


def on_same_disk(home: Path, folder: Path) -> bool:
    """Return whether both lie on one disk, as far as the system tells; raises OSError."""
    return home.stat().st_dev == folder.stat().st_dev


def _written(source: Source, scratch: Path, part: Path, made_at: int, pause: Pause) -> Said:
    """Copy the database and write it to `part`; returns what the backup says of itself."""
    _copy(source.database, scratch)
    pause()
    try:
        holds = counted(scratch, source.identity)
    except Damaged as error:
        raise BackupOfDamage(cause=str(error)[:200]) from error
    said = _said(source, holds, measured(scratch, pause), made_at)
    pack(scratch, said, part, pause)
    return said


def _prove_again(source: Source, scratch: Path, part: Path, said: Said, pause: Pause) -> None:
    """Read `part` back from the disk and prove what is in it; raises BackupUnproved, BackupOfDamage."""
    scratch.unlink()
    try:
        if unpack(part, scratch, pause) != said:
            raise Unsound("altered")
        proved(scratch, source.identity, pause)
    except Unsound as error:
        raise BackupUnproved(folder=str(part.parent), cause=_(FAULTS[error.fault])) from error
    except Damaged as error:  # every byte is the one that was copied: it is the home's database that is not right
        raise BackupOfDamage(cause=str(error)[:200]) from error


def _copy(database: Path, scratch: Path) -> None:
    """Copy one moment of the database, which others may be writing; raises sqlite3.Error."""
    with (
        closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as there,
        closing(sqlite3.connect(scratch, isolation_level=None)) as here,
    ):
        there.backup(here)
        here.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _said(source: Source, holds: Holds, packed: Packed, made_at: int) -> Said:
    return Said(
        format=FORMAT,
        desk=source.identity.desk,
        unit=source.identity.unit,
        kind=source.kind,
        made_at=made_at,
        app=source.app,
        revision=holds.revision,
        epoch=holds.tail.epoch,
        seq=holds.tail.seq,
        head=holds.tail.head_hash,
        events=holds.events,
        dossiers=holds.dossiers,
        size=packed.size,
        sha256=packed.sha256,
        settings=source.settings,
        authority=source.authority,
    )


@contextmanager
def _scratch(source: Source, folder: Path) -> Iterator[Path]:
    """Yield where the copy is laid out: beside the home's database, in `folder` where there is no room for it."""
    wanted = source.database.stat().st_size + _SPARE_BYTES
    has_room = shutil.disk_usage(source.home).free > wanted
    if not has_room and shutil.disk_usage(folder).free <= wanted:
        raise _no_room(source, folder)
    scratch = (source.home if has_room else folder) / _SCRATCH
    try:
        _remove(scratch)
        yield scratch
    finally:
        with suppress(OSError):
            _remove(scratch)


def _remove(scratch: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        Path(f"{scratch}{ending}").unlink(missing_ok=True)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let one backup of a home be made at a time."""
    # filelock: paid by what writes
    from filelock import FileLock, Timeout

    lock = FileLock(home / LOCK, blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise BackupRuns() from error
    with lock:
        yield


@contextmanager
def _told(source: Source, folder: Path) -> Iterator[None]:
    """Say in words what goes wrong with disks and folders."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise _trouble(error, source, folder) from error


def _trouble(error: OSError | sqlite3.Error, source: Source, folder: Path) -> StoreTrouble:
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "") or ""
        no_disk = name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN"))
        if "FULL" in name or (no_disk and (has_no_room(source.home) or has_no_room(folder))):
            return _no_room(source, folder)
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return BackupOfDamage(cause=str(error))
        return BackupRefused(folder=str(folder), cause=str(error))
    if error.errno in NO_ROOM:
        return _no_room(source, folder)
    if isinstance(error, _REFUSALS) or error.errno == _READ_ONLY:
        return BackupRefused(folder=str(folder), cause=cause_of(error))
    return BackupGone(folder=str(folder), cause=cause_of(error))


def _no_room(source: Source, folder: Path) -> BackupNoRoom:
    def mb(size: int) -> int:
        return -(-size // (1 << 20))

    wanted = free = 0
    with suppress(OSError):
        wanted = source.database.stat().st_size + _SPARE_BYTES
        free = shutil.disk_usage(folder if folder.is_dir() else source.home).free
    return BackupNoRoom(folder=str(folder), wanted_mb=mb(wanted), free_mb=free >> 20)
