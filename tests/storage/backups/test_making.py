"""A backup is proved before it has its name; what goes wrong leaves the home and every earlier backup as they were."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from desk.errors.backups import BackupGone, BackupNoRoom, BackupOfDamage, BackupRefused, BackupRuns
from desk.keys import SigningKey
from storage.backups import shelf
from storage.backups.form import unpack
from storage.backups.making import LOCK
from storage.backups.proof import proved
from storage.backups.rehearsal import rehearse
from storage.blobs import Blobs
from tests.full_disk import full_disk, needs_limits
from tests.promises.cutting import forked
from tests.storage.backups.conftest import Make
from tests.storage.desks import Desk

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that are forked here")


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_backup_holds_everything_and_is_proved(desk: Desk, backed_up: Make, tmp_path: Path) -> None:
    desk.accept(5, then=("dossier.resolved",))
    made = backed_up()
    last = desk.events()[-1]
    assert (made.said.epoch, made.said.seq, made.said.head) == (1, last.head.seq, last.head_hash)
    assert (made.said.dossiers, made.said.events) == (5, len(desk.events()))
    assert unpack(made.path, tmp_path / "out.db") == made.said
    assert proved(tmp_path / "out.db", desk.log.identity).tail.seq == last.head.seq
    assert _files(tmp_path / "stick") == [made.path.name]
    assert not [name for name in _files(desk.folder) if "scratch" in name]


def test_it_is_made_beside_an_act_that_is_being_written(desk: Desk, backed_up: Make) -> None:
    desk.accept(1)
    with closing(sqlite3.connect(desk.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO setting (name, value) VALUES ('half', '1')")
        made = backed_up()
        other.execute("ROLLBACK")
    assert made.said.dossiers == 1
    desk.accept(1)
    assert backed_up().said.dossiers == 2


def test_the_key_is_never_in_it(desk: Desk, backed_up: Make, tmp_path: Path) -> None:
    made = backed_up()
    unpack(made.path, tmp_path / "out.db")
    content = made.path.read_bytes() + (tmp_path / "out.db").read_bytes()
    assert desk.key.public.hex().encode() in content
    secret = random.Random(desk.id).randbytes(32)
    assert SigningKey.make(secret).public == desk.key.public
    assert secret not in content and secret.hex().encode() not in content


@needs_limits
def test_a_full_disk_is_told_with_how_much_is_needed(desk: Desk, backed_up: Make, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (desk.folder / LOCK).touch()
    with full_disk(), pytest.raises(BackupNoRoom) as raised:
        backed_up()
    assert raised.value.facts["wanted_mb"]
    assert _files(tmp_path / "stick") == []
    assert desk.accept(1)
    assert backed_up().said.dossiers == 1


def test_a_folder_that_cannot_be_one_is_told(backed_up: Make, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(BackupRefused):
            backed_up(folder)


def test_a_stick_pulled_out_in_the_middle_is_told_and_leaves_nothing(
    desk: Desk, backed_up: Make, tmp_path: Path
) -> None:
    desk.accept(2)
    pulled = _at(3, lambda: shutil.rmtree(tmp_path / "stick"))
    with pytest.raises(BackupGone):
        backed_up(pause=pulled)
    assert not [name for name in _files(desk.folder) if "scratch" in name]
    assert backed_up().said.dossiers == 2


def _at(count: int, act: Callable[[], object]) -> Callable[[], None]:
    """Return a pause that does `act` at its `count`-th call."""
    calls = [0]

    def pause() -> None:
        calls[0] += 1
        if calls[0] == count:
            act()

    return pause


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = CAST(replace(body, '1.001193', '1.000894') AS BLOB) WHERE kind = 'dossier.accepted'",
        "UPDATE event SET private = CAST(replace(private, 'ghi', 'ghj') AS BLOB)",
        "DELETE FROM event WHERE seq = 2",
    ],
)
def test_damaged_data_makes_no_backup_and_takes_no_good_one_away(
    desk: Desk, backed_up: Make, tmp_path: Path, statement: str
) -> None:
    desk.accept(2)
    good = backed_up()
    with closing(sqlite3.connect(desk.database)) as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(statement)
        database.commit()
    with pytest.raises(BackupOfDamage):
        backed_up()
    assert _files(tmp_path / "stick") == [good.path.name]


def test_two_are_not_made_at_once(desk: Desk, backed_up: Make) -> None:
    with FileLock(desk.folder / LOCK), pytest.raises(BackupRuns):
        backed_up()


@needs_fork
def test_killed_anywhere_it_leaves_only_whole_backups_and_the_next_puts_the_halves_away(
    desk: Desk, backed_up: Make, tmp_path: Path
) -> None:
    desk.accept(3)
    stick, calls = tmp_path / "stick", [0]
    backed_up(pause=lambda: calls.append(0))
    desk.store.close()
    for count in range(1, len(calls)):
        killed = _at(count, lambda: os.kill(os.getpid(), signal.SIGKILL))
        os.waitpid(forked(lambda killed=killed: _ignored(backed_up(pause=killed))), 0)  # type: ignore[misc]
    assert any(name.endswith(".part") for name in _files(stick))
    made = backed_up()
    assert not any(name.endswith(".part") for name in _files(stick))
    assert not [name for name in _files(desk.folder) if "scratch" in name]
    for one in shelf.of_desk(stick, desk.id):
        assert unpack(one.path, tmp_path / "out.db").seq == made.said.seq


def _ignored(_made: object) -> None:
    """Take what a forked process has no use for."""


def test_attached_files_lie_beside_it_once_and_stay(desk: Desk, backed_up: Make, tmp_path: Path) -> None:
    blobs = Blobs(desk.folder / "attachments")
    kept = []
    for number in range(3):
        scan = tmp_path / f"{number}.pdf"
        scan.write_bytes(b"%PDF-1.7 " + bytes([number]) * 5000)
        kept.append(blobs.keep(scan))
    assert backed_up().attachments == (3, 0, 0)
    blobs.path(kept[0].sha256).unlink()
    there = Blobs(tmp_path / "stick" / "attachments")
    there.path(kept[1].sha256).unlink()
    blobs.path(kept[1].sha256).write_bytes(b"%PDF-1.7 rotten")
    assert backed_up().attachments == (0, 1, 1)
    blobs.keep(tmp_path / "1.pdf")
    assert backed_up().attachments == (1, 1, 0)
    assert [there.fault(one.sha256, one.size) for one in kept] == [None, None, None]


def test_a_rehearsal_finds_a_backup_right_and_a_foreign_or_rotten_one_wrong(
    desk: Desk, backed_up: Make, tmp_path: Path
) -> None:
    desk.accept(3)
    made = backed_up()
    desk.accept(1)
    scratch = iter(tmp_path / f"scratch-{number}" for number in range(9))

    def rehearsed() -> str:
        folder = next(scratch)
        folder.mkdir()
        return rehearse(made.path, folder, desk.log).fault

    assert rehearsed() == ""
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[:-9])
    assert rehearsed() == "cut"
    made.path.write_bytes(whole)
    desk.store.close()
    for file in (*desk.folder.glob("desk.db*"), *desk.folder.glob("mirror/*")):
        file.unlink()
    other = desk.reopened()
    other.accept(9)
    folder = next(scratch)
    folder.mkdir()
    assert rehearse(made.path, folder, other.log).fault == "1/5"
    other.store.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a folder nobody may write into: Linux has one")
def test_a_folder_that_is_only_to_be_read_is_told(backed_up: Make) -> None:
    with pytest.raises(BackupRefused):
        backed_up(Path("/sys/backups"))
