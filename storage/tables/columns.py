"""Column types shared by all tables: the database only ever sees whole numbers, text and bytes.

So one schema serves SQLite's STRICT tables and PostgreSQL, and a dump of both is the same to the byte.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

from desk.clock import from_ms, to_ms


def canonical(value: Any) -> str:
    """Return `value` as compact JSON with sorted keys."""
    return _CANONICAL.encode(value).decode()


_CANONICAL = msgspec.json.Encoder(order="sorted")

decoded = msgspec.json.decode
"""Returns the value of a JSON text."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as whole milliseconds since 1970 UTC."""

    impl = BigInteger
    cache_ok = True
    packed = staticmethod(to_ms)
    unpacked = staticmethod(from_ms)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return milliseconds for the database."""
        return None if value is None else to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the aware UTC instant."""
        return None if value is None else from_ms(value)


class Day(TypeDecorator[date]):
    """An office day, kept as ISO text."""

    impl = Text
    cache_ok = True
    packed = staticmethod(date.isoformat)
    unpacked = staticmethod(date.fromisoformat)

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Return ISO text for the database."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Return the day."""
        return None if value is None else date.fromisoformat(value)


class JsonText(TypeDecorator[Any]):
    """A JSON value, kept as compact text with sorted keys, so that equal values are equal bytes."""

    impl = Text
    cache_ok = True
    packed = staticmethod(canonical)
    unpacked = staticmethod(decoded)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return canonical text for the database."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the decoded value."""
        return None if value is None else decoded(value)
