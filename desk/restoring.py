"""Brings a home back from a backup: refuses what does not belong, keeps aside what was there, tells what is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desk import settings, swapping, wiring
from desk.clock import office_day
from desk.errors.backups import (
    FAULTS,
    BackupBad,
    BackupOfOther,
    BackupOfOtherKind,
    HomeIsNewer,
    RestoreFailed,
    RestoreNoRoom,
)
from desk.errors.base import StoreTrouble
from desk.errors.causes import cause_of
from desk.errors.store import NO_ROOM, FileUnreadable, HomeTaken, SettingsWrong
from desk.settings import Settings
from desk.wiring import Surroundings
from desk.words import _

if TYPE_CHECKING:  # SQLModel: paid by the restore only
    from storage.backups.files import Carried
    from storage.backups.form import Said
    from storage.backups.restoring import Own, Prepared

_OLD: Final = "old.db"
_SPARE_BYTES: Final = 8 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """A home that was brought back."""

    file: Path
    prepared: Prepared
    files: Carried
    aside: Path | None
    """Where the database and settings that were there lie now, None where there were none."""
    has_key: bool


def restore(around: Surroundings, file: Path, *, over_newer: bool = False) -> Restored:
    """Bring the home back from the backup `file` (or the newest in the folder `file`).

    The mirror and what can be read of the home's own database bring it up to the last act; what was there is moved
    aside. Until the last moment the home is as it was, whatever ends the program. Raises BackupBad, BackupOfOther,
    BackupOfOtherKind, HomeIsNewer, HomeTaken, RestoreNoRoom, RestoreFailed, FileUnreadable.
    """
    home = around.home
    found = _settings(home)
    file, said = _chosen(file, found)
    wanted = _belonging(home, found, file, said)
    with _told(home, said), _alone(home):
        stage = home / swapping.STAGE
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        return _restored(around, file, said, wanted, over_newer=over_newer)


def _restored(around: Surroundings, file: Path, said: Said, wanted: Settings, *, over_newer: bool) -> Restored:
    from storage.backups import files
    from storage.backups.making import ATTACHMENTS
    from storage.backups.restoring import prepare, read_own
    from storage.chain import Identity
    from storage.joining import AUTHORITY_FILE
    from storage.mirror import Mirror

    home, stage = around.home, around.home / swapping.STAGE
    today = office_day(wiring.clock_of(around, wanted)())
    identity = Identity(wanted.desk, wanted.unit, wanted.identity.encode())
    own = read_own(home / wiring.DATABASE, stage / _OLD, identity, (said.epoch, said.seq))
    if not over_newer:
        _refuse_newer(own, said)
    mirror = Mirror(wanted.mirror_in(home), wanted.desk)
    prepared = prepare(file, stage / wiring.DATABASE, identity, mirror, own)
    for path in stage.glob(f"{_OLD}*"):
        path.unlink()
    carried = files.bring_back(file.parent / files.FOLDER, home / ATTACHMENTS, prepared.files)
    names = [wiring.DATABASE]
    if said.authority and not (home / AUTHORITY_FILE).exists():
        _write(stage / AUTHORITY_FILE, said.authority)
        names.insert(0, AUTHORITY_FILE)
    if _settings(home) is None:
        _write(stage / settings.FILE_NAME, said.settings)
        names.insert(0, settings.FILE_NAME)  # first: from here on it is a home, and whoever opens it goes on
    aside = home / swapping.free_name(home, today.isoformat())
    swapping.decide(home, names, aside.name)
    swapping.finish(home)
    is_kept = any(aside.iterdir())
    if not is_kept:
        aside.rmdir()
    has_key = (wiring.keys_folder(around, wanted) / f"{wanted.desk}.key").exists()
    wiring.open_home(around).close()
    return Restored(file, prepared, carried, aside if is_kept else None, has_key)


def _settings(home: Path) -> Settings | None:
    """Return the home's own settings, None where it has none that can be read."""
    try:
        return settings.load(home) if wiring.is_home(home) else None
    except SettingsWrong:
        return None


def _chosen(file: Path, found: Settings | None) -> tuple[Path, Said]:
    """Return the backup and what it says of itself; of a folder the one that holds most of this desk."""
    from storage.backups.form import Unsound, said_by
    from storage.backups.shelf import newest

    try:
        if file.is_dir():
            best = None if found is None else newest(file, found.desk)
            if best is None:
                raise _bad(file, "no backup")
            return best
        return file, said_by(file)
    except Unsound as error:
        raise _bad(file, error.fault) from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(file=file.name[:80], cause=cause_of(error)) from error


def _belonging(home: Path, found: Settings | None, file: Path, said: Said) -> Settings:
    """Return the settings under which the backup is brought back; raises where it does not belong in `home`."""
    try:
        brought = settings.parse(said.settings)
    except SettingsWrong as error:
        raise _bad(file, "altered") from error
    if brought.desk != said.desk or brought.kind != said.kind:
        raise _bad(file, "altered")
    if found is None:
        if said.kind == "practice":
            raise BackupOfOtherKind(file=file.name)
        mirrored = [path.name for path in (home / "mirror").glob("*-[0-9][0-9][0-9][0-9].log")]
        if mirrored and not any(name.startswith(said.desk) for name in mirrored):
            raise BackupOfOther(file=file.name)
        return brought
    if found.kind != said.kind:
        raise BackupOfOtherKind(file=file.name)
    if found.desk != said.desk or found.identity != brought.identity:
        raise BackupOfOther(file=file.name)
    return found


def _refuse_newer(own: Own, said: Said) -> None:
    if own.tail is None:
        return
    newer = {(event.head.epoch, event.head.seq) for event in own.events}
    if newer:
        raise HomeIsNewer(count=len(newer))


def _bad(file: Path, fault: str) -> BackupBad:
    return BackupBad(file=file.name, cause=_(FAULTS[fault]))


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the home as screens do; raises HomeTaken where screens work on it."""
    from filelock import FileLock, Timeout

    from desk.assembly import LOCK, since

    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / LOCK, blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise HomeTaken(since=since(home)) from error
    with lock:
        yield


@contextmanager
def _told(home: Path, said: Said) -> Iterator[None]:
    """Say in words what goes wrong with the disk; what was prepared is put away where nothing was decided yet."""
    try:
        yield
    except OSError as error:
        raise _trouble(home, said, error) from error
    finally:
        if not (home / swapping.MARK).exists():
            shutil.rmtree(home / swapping.STAGE, ignore_errors=True)


def _trouble(home: Path, said: Said, error: OSError) -> StoreTrouble:
    if error.errno in NO_ROOM:
        free = shutil.disk_usage(home if home.exists() else home.parent).free
        return RestoreNoRoom(wanted_mb=(2 * said.size + _SPARE_BYTES) >> 20, free_mb=free >> 20)
    return RestoreFailed(cause=cause_of(error))
