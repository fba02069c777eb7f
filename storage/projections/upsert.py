"""Reads and writes rows by their primary key, many at once, on SQLite and PostgreSQL alike.

The statements and the columns' converters are put together once a table; rows go through them column by
column and straight to the driver. That is what lets a center fold thousands of dossiers a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

Convert = Callable[[Any], Any]

_AT_ONCE: Final = 500
"""Keys asked for in one statement."""
_WORTH_A_COPY: Final = 20
"""From so many rows on, PostgreSQL takes a COPY and one merge faster than statement by statement."""
_DEAD_ROWS: Final = 5000
"""So many rows may lie dead beside a table: deleting costs a tenth of truncating, but each merge reads over them."""


class _Shape(NamedTuple):
    """How rows with certain columns are written into one table by one driver, and read from it."""

    table: str
    names: tuple[str, ...]
    keys: tuple[str, ...]
    columns: str
    values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    """Returns the values of a row in the order of `names`."""
    mark: str
    """What stands for a value in a statement."""
    on_conflict: str
    write: tuple[Convert | None, ...]
    read: tuple[Convert | None, ...]


def table_of(model: type[SQLModel]) -> Table:
    """Return the table that `model` maps."""
    table = model.__table__  # type: ignore[attr-defined]  # SQLModel does not declare what its metaclass adds
    assert isinstance(table, Table)
    return table


def upsert(session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows` (all with the same keys), or overwrite the rows that have their primary key."""
    if not rows:
        return
    connection = session.connection()
    shape = _shape(table_of(model), tuple(rows[0]), connection.dialect)
    newest = {tuple(row[key] for key in shape.keys): row for row in rows}  # of two with one key the last counts
    packed = _packed(shape, newest.values())
    if connection.dialect.name == "sqlite" or len(packed) < _WORTH_A_COPY:
        connection.exec_driver_sql(f"{_insert(shape)} {shape.on_conflict}", packed)
    else:
        _merge(connection, shape, packed)


def insert(session: Session, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows` (all with the same keys), none of which may be there already: no row is looked for."""
    if rows:
        connection = session.connection()
        shape = _shape(table_of(model), tuple(rows[0]), connection.dialect)
        append_rows(connection, table_of(model).name, shape.names, _packed(shape, rows))


def raise_to(session: Session, model: type[SQLModel], column: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, or raise `column` of the rows that have their primary key to the value given, never lower it."""
    if not rows:
        return
    connection = session.connection()
    shape = _shape(table_of(model), tuple(rows[0]), connection.dialect)
    packed = _packed(shape, rows)
    change = f"DO UPDATE SET {column} = excluded.{column} WHERE excluded.{column} > {shape.table}.{column}"
    connection.exec_driver_sql(f"{_insert(shape)} ON CONFLICT ({', '.join(shape.keys)}) {change}", packed)


def append(session: Session, model: type[SQLModel], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`, tuples of plain values in the order of `names`; none of them may be there already."""
    append_rows(session.connection(), table_of(model).name, names, rows)


def found(session: Session, model: type[SQLModel], keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the rows whose one primary key is among `keys`, each by its key as column and Python value."""
    connection = session.connection()
    table = table_of(model)
    shape = _shape(table, tuple(column.name for column in table.columns), connection.dialect)
    place, key = shape.names.index(shape.keys[0]), shape.keys[0]
    rows: dict[str, dict[str, Any]] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = tuple(keys[start : start + _AT_ONCE])
        places = _places(shape.mark, len(some))
        statement = f"SELECT {shape.columns} FROM {shape.table} WHERE {key} IN ({places})"  # noqa: S608
        there = connection.exec_driver_sql(statement, some).all()
        packed = _converted(shape.read, zip(*there, strict=True)) if there else []
        rows.update({row[place]: dict(zip(shape.names, row, strict=True)) for row in packed})
    return rows


def append_rows(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows` of plain values into any table by name, in the order of `columns`."""
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table)} ({', '.join(map(quote, columns))})"
    if connection.dialect.name == "sqlite":
        places = _places("?", len(columns))
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({places})", list(rows))  # noqa: S608
    else:
        _copy(connection, into, rows)


@lru_cache(maxsize=64)
def _shape(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Shape:
    quote = dialect.identifier_preparer.quote
    keys = tuple(column.name for column in table.primary_key)
    changed = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in names if name not in keys)
    return _Shape(
        table=quote(table.name),
        names=names,
        keys=keys,
        columns=", ".join(map(quote, names)),
        values=_getter(names),
        mark="?" if dialect.name == "sqlite" else "%s",
        on_conflict=f"ON CONFLICT ({', '.join(map(quote, keys))}) DO "
        + (f"UPDATE SET {changed}" if changed else "NOTHING"),
        write=tuple(_packer(table.c[name].type, dialect) for name in names),
        read=tuple(_unpacker(table.c[name].type, dialect) for name in names),
    )


def _getter(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) == 1:  # then itemgetter would return the bare value
        return lambda row: (row[names[0]],)
    return itemgetter(*names)


def _packer(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """Return what makes a value of a column's type one of the driver's; our own types say it without a detour."""
    return getattr(kind, "packed", None) or kind.bind_processor(dialect)


def _unpacker(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return getattr(kind, "unpacked", None) or kind.result_processor(dialect, None)


def _insert(shape: _Shape) -> str:
    places = _places(shape.mark, len(shape.names))
    return f"INSERT INTO {shape.table} ({shape.columns}) VALUES ({places})"  # noqa: S608


def _places(mark: str, count: int) -> str:
    return ", ".join([mark] * count)


def _packed(shape: _Shape, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Return `rows` as the driver takes them."""
    return _converted(shape.write, zip(*map(shape.values, rows), strict=True))


def _converted(converters: Sequence[Convert | None], columns: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Return the rows of `columns` after each column has gone through its converter."""
    changed = (
        column if convert is None else [None if value is None else convert(value) for value in column]
        for convert, column in zip(converters, columns, strict=True)
    )
    return list(zip(*changed, strict=True))


def _merge(connection: Connection, shape: _Shape, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write `rows` on PostgreSQL: all by one COPY beside the table, from there into it.

    The commit empties the table beside; within one transaction (a rebuild) the rows taken over are deleted.
    """
    beside = f"new_{shape.table}"
    create = f"CREATE TEMPORARY TABLE IF NOT EXISTS {beside} (LIKE {shape.table} INCLUDING DEFAULTS)"
    connection.exec_driver_sql(f"{create} ON COMMIT DELETE ROWS")
    _copy(connection, f"{beside} ({shape.columns})", rows)
    taken = f"SELECT {shape.columns} FROM {beside}"  # noqa: S608
    connection.exec_driver_sql(f"INSERT INTO {shape.table} ({shape.columns}) {taken} {shape.on_conflict}")
    dead = connection.info.get(beside, 0) + len(rows)
    away = "TRUNCATE" if dead > _DEAD_ROWS else "DELETE FROM"
    connection.exec_driver_sql(f"{away} {beside}")
    connection.info[beside] = 0 if dead > _DEAD_ROWS else dead


def _copy(connection: Connection, into: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows by PostgreSQL's COPY, in the transaction that `connection` is in."""
    driver: Any = connection.connection.driver_connection
    with _as_sqlalchemy(connection), driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _as_sqlalchemy(connection: Connection) -> Iterator[None]:
    """Raise what the driver raises as SQLAlchemy would have, so that a lost database looks the same everywhere."""
    base = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except base as error:
        raise DBAPIError.instance(None, None, error, base, dialect=connection.dialect) from error
