"""Opening a database: what an officer is told of one that is newer, damaged, unwritable or no database."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desk.errors.base import DeskError
from desk.errors.store import (
    DatabaseDamaged,
    DatabaseUnreachable,
    DiskFull,
    HomeUnreadable,
    NewerDatabase,
    ReadOnlyHome,
)
from storage.store import PRACTICE_ID, REAL_ID, Store
from tests.full_disk import full_disk, needs_limits
from tests.storage.desks import Desk, new_desk


def test_a_store_is_strict_about_what_is_on_disk(desk: Desk) -> None:
    with desk.store.reading() as session:
        pragmas = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "recursive_triggers",
                "cache_size",
                "application_id",
            )
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "cache_size": -512,
        "application_id": REAL_ID,
    }


def test_a_practice_database_is_marked_once_and_for_all(tmp_path: Path) -> None:
    Store.on_file(tmp_path / "p.db", "desk", application_id=PRACTICE_ID).close()
    store = Store.on_file(tmp_path / "p.db", "desk")
    with store.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA application_id").scalar() == PRACTICE_ID


def test_a_reader_sees_one_state_while_another_writes(desk: Desk) -> None:
    with desk.store.reading() as session:
        count = text("SELECT count(*) FROM event")
        before = session.connection().execute(count).scalar()
        desk.accept(1)
        assert session.connection().execute(count).scalar() == before
    with desk.store.reading() as session:
        assert session.connection().execute(count).scalar() == 3


def _broken(path: Path, how: str) -> None:
    if how == "text":
        path.write_text("this is no database, whatever its name says; " * 100, encoding="utf-8")
    elif how == "header":
        with path.open("r+b") as file:
            file.write(b"x" * 16)
    elif how == "page":
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 4096 * 3)
    elif how == "folder":
        path.unlink()
        path.mkdir()


@pytest.mark.parametrize(
    ("how", "error"),
    [("text", DatabaseDamaged), ("header", DatabaseDamaged), ("page", DatabaseDamaged), ("folder", HomeUnreadable)],
)
def test_what_is_no_sound_database_is_told_and_kept(desk: Desk, how: str, error: type[DeskError]) -> None:
    desk.accept(1)
    desk.store.close()
    _broken(desk.database, how)
    kept = desk.database.read_bytes() if how != "folder" else b""
    with pytest.raises(error):
        _use(desk.database)
    assert how == "folder" or desk.database.read_bytes() == kept


def _use(path: Path) -> None:
    store = Store.on_file(path, "desk")
    with store.writing() as session:
        for table in ("event", "dossier", "lookup_key", "reference"):
            session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()


def test_a_home_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(HomeUnreadable):
        Store.on_file(tmp_path / "none" / "desk.db", "desk")


def test_a_newer_database_is_refused_untouched(desk: Desk) -> None:
    desk.store.close()
    with sqlite3.connect(desk.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'd9999'")
    connection.close()
    kept = desk.database.read_bytes()
    with pytest.raises(NewerDatabase) as caught:
        Store.on_file(desk.database, "desk")
    assert caught.value.facts["found"] == "d9999"
    assert desk.database.read_bytes() == kept


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres@127.0.0.1:1/none?connect_timeout=2",
        "mysql://x",
        "postgresql://",
        "postgresql://[",
        "postgresql://u@h:port/x",
        "",
    ],
)
def test_a_database_address_that_leads_nowhere_is_told(url: str) -> None:
    with pytest.raises(DatabaseUnreachable):
        Store.on_url(url, "center")


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A file system of one and a half megabytes of its own."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root; the log's own test fills a database instead")
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount; the log's own test fills a database instead")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_really_full_disk_loses_nothing_that_was_saved(tiny: Path) -> None:
    desk = new_desk(tiny / "home")
    desk.accept(1)
    ballast = tiny / "ballast"
    with pytest.raises(OSError), ballast.open("wb") as file:
        while True:
            file.write(b"x" * 4096)
            file.flush()
    saved = 3
    with pytest.raises((DiskFull, HomeUnreadable)) as caught:
        for _ in range(100):
            desk.accept(1)
            saved += 1
    assert caught.type is DiskFull
    assert len(desk.events()) == saved
    ballast.unlink()
    again = desk.reopened()
    assert again.log.settle() in ("same", "filled")
    again.accept(1)
    assert len(again.events()) == saved + 1
    assert again.mirrored() == [event.line() for event in again.events()]
    again.store.close()


@needs_limits
def test_a_limit_that_lets_no_file_grow_is_told_as_a_full_disk(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "home")
    desk.accept(1)
    saved = len(desk.events())
    with full_disk(), pytest.raises(DiskFull):
        desk.accept(1)
    desk.accept(1)
    assert len(desk.events()) == saved + 1
    assert desk.mirrored() == [event.line() for event in desk.events()]


def test_a_folder_that_cannot_be_written_is_told(tiny: Path) -> None:
    desk = new_desk(tiny / "home")
    desk.accept(1)
    desk.store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(tiny)], check=True)
    with pytest.raises((ReadOnlyHome, HomeUnreadable)):
        _use(desk.database)


def test_an_error_of_the_database_says_no_value_of_the_statement(tmp_path: Path) -> None:
    store = Store.on_file(tmp_path / "desk.db", "desk")
    with pytest.raises(IntegrityError) as told, store.writing() as session:
        session.connection().execute(text("INSERT INTO officer (id, name) VALUES ('1', :name)"), {"name": "Bà Lan"})
    store.close()
    assert "Lan" not in str(told.value)
