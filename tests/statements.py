"""Statements compiled once for all databases of a test process.

The program opens one database and compiles each statement once; the tests open thousands, and a third of the time
of those of the storage and of the commands went into compiling the same few hundred statements for each.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_SIZE = 2000


def compile_once() -> None:
    """Let the connections of all engines share what was compiled.

    A statement's place in SQLAlchemy's cache is named by the engine's dialect too, an object of its own for each
    engine: here two of one kind are equal, because a process has one SQLite and one PostgreSQL.
    """
    compiled = LRUCache(_SIZE)
    DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)
    DefaultDialect.__hash__ = lambda one: hash(type(one))

    @event.listens_for(Engine, "engine_connect")
    def _share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)
