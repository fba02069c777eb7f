"""Time and identity: the only room that may read the machine's clock, a random source or make ids.

Instants are aware UTC datetimes; the office's day is always +07:00 (Vietnam has no summer time), so that
no time zone database is needed on an old Windows.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

Clock = Callable[[], datetime]
"""Returns the present instant, aware, UTC."""

OFFICE_ZONE = timezone(timedelta(hours=7))
OFFICE_OFFSET_MIN = 420
"""Minutes of the office's zone east of UTC."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def system_clock() -> datetime:
    """Return the machine's present instant in UTC."""
    return datetime.now(UTC)


def monotonic_s() -> float:
    """Return seconds of a clock that never jumps; for time limits only."""
    return time.monotonic()


def machine_offset_minutes() -> int:
    """Return the machine's own zone as minutes east of UTC (420 is the office's)."""
    offset = datetime.now().astimezone().utcoffset()
    return int(offset.total_seconds() // 60) if offset is not None else 0


def standing_clock(text: str) -> Clock:
    """Return a clock that stands at the ISO instant `text`, or at the one in the file after `@`.

    The file is read at each look, so that a test can move the clock of a running program.
    Raises ValueError if the text (or the file's text) is no ISO instant with an offset.
    """
    if text.startswith("@"):
        path = Path(text[1:])
        return lambda: parse_instant(path.read_text(encoding="utf-8").strip())
    standing = parse_instant(text)
    return lambda: standing


def parse_instant(text: str) -> datetime:
    """Return the UTC instant of ISO `text`; raises ValueError without an offset."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"no offset in {text!r}")
    return instant.astimezone(UTC)


def office_day(instant: datetime) -> date:
    """Return the day at the office (+07:00) on which `instant` lies."""
    return instant.astimezone(OFFICE_ZONE).date()


def office_time(instant: datetime) -> datetime:
    """Return `instant` as the office's wall time, aware (+07:00)."""
    return instant.astimezone(OFFICE_ZONE)


def whole_minute(instant: datetime) -> datetime:
    """Return `instant` cut to its minute (decisions: every instant is cut before any rule)."""
    return instant.replace(second=0, microsecond=0)


def to_ms(instant: datetime) -> int:
    """Return `instant` as whole milliseconds since 1970 UTC, exactly (no float on the way)."""
    return (instant - _EPOCH) // _MS


def from_ms(ms: int) -> datetime:
    """Return the UTC instant of `ms` milliseconds since 1970."""
    return _EPOCH + timedelta(0, 0, ms * 1000)  # in whole numbers and by place: a center reads millions


class Chance(NamedTuple):
    """Where ids and random bytes come from; passed in, so that practice and tests can repeat a run."""

    new_id: Callable[[], str]
    random_bytes: Callable[[int], bytes]


def uuid7(ms: int, random10: bytes) -> str:
    """Return the UUIDv7 of `ms` (milliseconds since 1970) and ten random bytes, lower case, hyphened.

    Source: RFC 9562, 5.7.
    """
    value = bytearray(ms.to_bytes(6, "big") + random10)
    value[6] = 0x70 | (value[6] & 0x0F)
    value[8] = 0x80 | (value[8] & 0x3F)
    text = value.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def chance(clock: Clock, random_bytes: Callable[[int], bytes] = os.urandom) -> Chance:
    """Return a source of UUIDv7 ids by `clock` and of random bytes."""
    return Chance(lambda: uuid7(to_ms(clock()), random_bytes(10)), random_bytes)
