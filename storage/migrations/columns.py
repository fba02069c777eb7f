"""How a revision writes a table: STRICT on SQLite, the same columns on PostgreSQL.

Only whole numbers, text and bytes exist, so each type has one word on either engine; text sorts by its
bytes on both (COLLATE "C").
"""

from __future__ import annotations

from alembic import op

_SQLITE = {"int": "INTEGER", "text": "TEXT", "bytes": "BLOB"}
_POSTGRES = {"int": "BIGINT", "text": 'TEXT COLLATE "C"', "bytes": "BYTEA"}


def is_sqlite() -> bool:
    """Return whether the revision runs on SQLite."""
    return op.get_bind().dialect.name == "sqlite"


def make_table(name: str, columns: str, *constraints: str) -> None:
    """Make the table `name`; a line of `columns` is `column type [rest of its SQL]`, type int, text or bytes."""
    sqlite = is_sqlite()
    types = _SQLITE if sqlite else _POSTGRES
    parts = []
    for line in columns.strip().splitlines():
        column, kind, *rest = line.split()
        parts.append(" ".join((column, types[kind], *rest)))
    body = ", ".join((*parts, *constraints))
    op.execute(f"CREATE TABLE {name} ({body}){' STRICT' if sqlite else ''}")


def add_column(table: str, column: str) -> None:
    """Add a column to a table that has rows; `column` as a line of make_table's, NOT NULL only with a DEFAULT."""
    name, kind, *rest = column.split()
    types = _SQLITE if is_sqlite() else _POSTGRES
    op.execute(f"ALTER TABLE {table} ADD COLUMN {' '.join((name, types[kind], *rest))}")


def make_index(name: str, on: str, *, where: str = "", unique: bool = False) -> None:
    """Make an index `on` a table's columns (`table (column, ...)`), partial where `where` is given."""
    condition = f" WHERE {where}" if where else ""
    op.execute(f"CREATE {'UNIQUE ' if unique else ''}INDEX {name} ON {on}{condition}")
