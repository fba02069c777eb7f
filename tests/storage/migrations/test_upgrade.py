"""The tables: strict, as the classes map them, made in one piece or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import storage.migrations
import storage.tables.elsewhere
import storage.tables.kept
import storage.tables.own
import storage.tables.projected
import storage.tables.reference
from storage.migrations.upgrade import HEADS, End, stamped, upgrade
from storage.projections.project import rebuild
from storage.store import Store
from storage.tables.columns import Day, Instant, JsonText
from storage.tables.projected import DossierRow
from tests.storage.desks import new_desk

_WORDS = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
_SEARCH = {"name_entry", "name_index"}
"""Tables of the search that no class maps."""


def _tables(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    try:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new desk's database."""
    Store.on_file(tmp_path / "desk.db", "desk").close()
    return tmp_path / "desk.db"


def test_every_table_is_strict(path: Path) -> None:
    ours = {
        name: sql
        for name, sql in _tables(path).items()
        if not name.startswith(("sqlite_", "name_index")) and name != "alembic_version"
    }
    assert len(ours) > 10
    assert [name for name, sql in ours.items() if not sql.endswith("STRICT")] == []


def test_the_classes_map_exactly_the_tables_that_are_made(path: Path) -> None:
    there = {
        name for name in _tables(path) if not name.startswith(("sqlite_", "name_index")) and name != "alembic_version"
    }
    assert there - _SEARCH == set(SQLModel.metadata.tables)


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_each_column_is_the_one_its_class_names(path: Path, name: str) -> None:
    table = SQLModel.metadata.tables[name]
    connection = sqlite3.connect(path)
    found = {row[1]: row for row in connection.execute(f"PRAGMA table_info({name})")}
    connection.close()
    assert list(found) == [column.name for column in table.columns]
    for column in table.columns:
        _cid, _name, kind, is_not_null, _default, key = found[column.name]
        assert _WORDS[kind] is _python_type(column.type), column
        assert bool(key) == column.primary_key, column
        if not column.primary_key and not isinstance(column.type, JsonText):
            assert bool(is_not_null) == (not column.nullable), column


def _python_type(kind: Any) -> type:
    if isinstance(kind, Instant):
        return int
    if isinstance(kind, Day | JsonText | AutoString):
        return str
    found: type = kind.python_type
    return found


@pytest.mark.parametrize("end", ["desk", "center"])
def test_the_newest_revision_is_the_one_the_code_names(end: End) -> None:
    folder = Path(storage.migrations.__file__).parent / end
    revisions = {file.stem.split("_")[0] for file in folder.glob("[cd][0-9]*.py")}
    assert max(revisions) == HEADS[end]


@pytest.mark.parametrize("end", ["desk", "center"])
def test_an_upgrade_is_done_once(tmp_path: Path, end: End) -> None:
    store = Store.on_file(tmp_path / "x.db", end)
    with store.engine.execution_options(write=True).begin() as connection:
        assert stamped(connection) == HEADS[end]
        assert upgrade(connection, end) is False
    before = _tables(tmp_path / "x.db")
    store.close()
    Store.on_file(tmp_path / "x.db", end).close()
    assert _tables(tmp_path / "x.db") == before


@pytest.mark.parametrize("end", ["desk", "center"])
def test_an_upgrade_broken_off_at_any_statement_leaves_the_old_state_whole(tmp_path: Path, end: End) -> None:
    path = tmp_path / "x.db"
    statements = 0
    for breaks_at in range(1, 1000):
        if _broken_upgrade(path, end, breaks_at):
            statements = breaks_at
            break
        tables = _tables(path)
        assert tables == {}, f"statement {breaks_at}"
    assert statements > 20
    assert len(_tables(path)) > 5


def _broken_upgrade(path: Path, end: End, breaks_at: int) -> bool:
    """Upgrade, but die before statement `breaks_at`; returns whether the end was reached before."""
    store = Store(create_engine(f"sqlite:///{path}"))
    event.listen(store.engine, "connect", lambda connection, _record: setattr(connection, "isolation_level", None))
    event.listen(store.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    count = 0

    def dies(*_arguments: object) -> None:
        nonlocal count
        count += 1
        if count == breaks_at:
            raise KeyboardInterrupt

    event.listen(store.engine, "before_cursor_execute", dies)
    try:
        with store.engine.begin() as connection:
            upgrade(connection, end)
    except KeyboardInterrupt:
        return False
    finally:
        store.close()
    return True


def test_a_desk_of_the_first_version_keeps_its_dossiers_and_then_counts_in_books(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    (dossier,) = desk.accept(1)
    desk.store.close()
    with closing(sqlite3.connect(desk.database)) as connection:
        connection.executescript(
            "DROP INDEX dossier_with_incidents; DROP TRIGGER event_is_kept; DROP TABLE stub; DROP TABLE guest;"
            "CREATE TRIGGER event_is_kept BEFORE DELETE ON event"
            " BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;"
            "DROP TABLE book; DROP INDEX dossier_by_book; ALTER TABLE dossier DROP COLUMN book;"
            "ALTER TABLE dossier DROP COLUMN place;"
            "ALTER TABLE dossier DROP COLUMN book_year; ALTER TABLE dossier DROP COLUMN book_number;"
            "UPDATE alembic_version SET version_num = 'd0001'"
        )
    store = Store.on_file(desk.database, "desk")
    with store.reading() as session:
        row = session.get(DossierRow, dossier)
        assert row is not None
        assert (row.book, row.book_year, row.book_number) == ("", None, None)
    with store.writing() as session:
        assert rebuild(session, searchable=True) == (True, [])
    store.close()
