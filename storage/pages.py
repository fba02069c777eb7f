"""The form of a page: what the center gives a desk beside its answer, of what other desks wrote.

A page is part of the center's signed answer, and that signature is its proof: of other units' logs a desk holds
only the events that concern its own, so their chains have holes here. Of the desks of its own unit it is given
everything, in order. Of every other dossier of the province it is given a stub, without anybody's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from storage.messages import BadMessage, typed
from storage.wire import Event, read_line

LARGEST_SIZE: Final = 250
"""Events, and stubs, of one page: a desk takes it in one transaction, for which an officer's act may have to wait."""
NEWEST_FIRST: Final = "~"
"""Above every dossier's id: where the first reading of all stubs begins, the newest first."""
_LARGEST_NUMBER: Final = 1 << 53
_ID: Final = re.compile(r"[0-9a-zA-Z-]{1,64}", re.ASCII)
_LONGEST: Final = 500
_MARKS: Final = ("joined", "left")

Mark = tuple[Literal["joined", "left"], str]
"""A dossier that concerns the desk's unit from now on, or no longer."""


class Stub(NamedTuple):
    """What every desk of the province may know of a dossier: where it is and how it stands, of nobody."""

    dossier: str
    code: str | None
    tracking: str | None
    unit: str
    """The receiving unit."""
    status: str
    holder: str
    due_at: int | None
    """ms UTC."""


class Key(NamedTuple):
    """The public key of a desk of the province, by which its papers are proved."""

    public_key: str
    desk: str
    unit: str
    agency_code: str
    revoked_at: int | None
    """ms UTC."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a desk has read; all of it is forgotten when the center is another, or was put back from a copy."""

    feed: int = 0
    """The last entry of its unit's feed."""
    stubs: tuple[int, str] | None = None
    """Up to which position of the center's log, and below which id the first reading still goes on ("" = done)."""
    keys: str = ""
    """Which set of keys it knows."""

    def value(self) -> dict[str, Any]:
        """Return the JSON value."""
        return {"feed": self.feed, "stubs": None if self.stubs is None else list(self.stubs), "keys": self.keys}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a desk asks for: what lies beyond its cursor."""

    cursor: Cursor
    unit: Mapping[str, Mapping[int, int]]
    """The last number of each epoch that it holds of the other desks of its unit."""
    size: int
    """How many events, and how many stubs, at most."""

    def after(self, page: Page) -> Wanted:
        """Return what is asked for once `page` was taken."""
        unit = {desk: dict(epochs) for desk, epochs in self.unit.items()}
        for event in page.unit:
            unit.setdefault(event.head.desk, {})[event.head.epoch] = event.head.seq
        return Wanted(page.to, unit, self.size)

    def value(self) -> dict[str, Any]:
        """Return the JSON value."""
        unit = {desk: {str(epoch): seq for epoch, seq in epochs.items()} for desk, epochs in self.unit.items()}
        return {"cursor": self.cursor.value(), "unit": unit, "size": self.size}


@dataclass(frozen=True, slots=True)
class Page:
    """What the center gives."""

    to: Cursor
    more: bool
    """Whether the next page can be asked for at once."""
    unit: Sequence[Event] = ()
    """Of the other desks of the unit: everything, in the order of their chains."""
    feed: Sequence[Event] = ()
    """Of desks of other units: the events of dossiers that concern the unit."""
    marks: Sequence[Mark] = ()
    stubs: Sequence[Stub] = ()
    keys: Sequence[Key] | None = field(default=None)
    """All keys of the province, None where the desk knows them."""

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing new."""
        return not (self.unit or self.feed or self.marks or self.stubs or self.keys)

    def value(self) -> dict[str, Any]:
        """Return the JSON value."""
        return {
            "to": self.to.value(),
            "more": self.more,
            "unit": lines_text(self.unit),
            "feed": lines_text(self.feed),
            "marks": [list(mark) for mark in self.marks],
            "stubs": [list(stub) for stub in self.stubs],
            "keys": None if self.keys is None else [list(key) for key in self.keys],
        }


def lines_text(events: Sequence[Event]) -> str:
    """Return the lines of `events` as one text, a letter a byte: it packs to a third less than base64."""
    return b"".join(event.line() for event in events).decode("latin-1")


def read_lines_text(text: str) -> list[Event]:
    """Return the events in such a text, each proved by its own hashes; raises BadMessage."""
    try:
        return [read_line(line) for line in text.encode("latin-1").split(b"\n")[:-1]]
    except ValueError as error:
        raise BadMessage("the lines of a page are not readable") from error


def read_wanted(value: object) -> Wanted:
    """Return what a desk asks for; raises BadMessage."""
    unit: dict[str, dict[int, int]] = {}
    for desk, epochs in typed(value, "unit", dict).items():
        if not isinstance(epochs, dict):
            raise BadMessage("unit")
        unit[read_id(desk)] = {_epoch(epoch): _number(seq) for epoch, seq in epochs.items()}
    size = min(max(typed(value, "size", int), 1), LARGEST_SIZE)
    return Wanted(read_cursor(typed(value, "cursor", dict)), unit, size)


def read_page(value: object) -> Page:
    """Return the page in a center's answer; raises BadMessage."""
    keys = value.get("keys") if isinstance(value, dict) else None
    return Page(
        read_cursor(typed(value, "to", dict)),
        typed(value, "more", bool),
        read_lines_text(typed(value, "unit", str)),
        read_lines_text(typed(value, "feed", str)),
        [_mark(mark) for mark in typed(value, "marks", list)],
        [Stub(*_row(stub, _STUB)) for stub in typed(value, "stubs", list)],
        None if keys is None else [Key(*_row(key, _KEY)) for key in typed(value, "keys", list)],
    )


def read_cursor(value: object) -> Cursor:
    """Return the cursor in `value`; raises BadMessage."""
    stubs = value.get("stubs") if isinstance(value, dict) else None
    if stubs is not None and (not isinstance(stubs, list) or [type(one) for one in stubs] != [int, str]):
        raise BadMessage("stubs")
    keys = typed(value, "keys", str)
    if len(keys) > _LONGEST:
        raise BadMessage("cursor")
    place = None if stubs is None else (_number(stubs[0]), _below(stubs[1]))
    return Cursor(_number(typed(value, "feed", int)), place, keys)


_TEXT, _TEXT_OR_NULL, _NUMBER_OR_NULL = (str,), (str, type(None)), (int, type(None))
_STUB: Final = (_TEXT, _TEXT_OR_NULL, _TEXT_OR_NULL, _TEXT, _TEXT, _TEXT, _NUMBER_OR_NULL)
_KEY: Final = (_TEXT, _TEXT, _TEXT, _TEXT, _NUMBER_OR_NULL)


def _row(value: object, kinds: Sequence[tuple[type, ...]]) -> list[Any]:
    if not isinstance(value, list) or len(value) != len(kinds):
        raise BadMessage("a row of a page is not readable")
    for one, kind in zip(value, kinds, strict=True):
        if type(one) not in kind or (isinstance(one, str) and len(one) > _LONGEST):
            raise BadMessage("a row of a page is not readable")
    return value


def _mark(value: object) -> Mark:
    what, dossier = _row(value, (_TEXT, _TEXT))
    if what not in _MARKS:
        raise BadMessage("a mark is not readable")
    return what, dossier


def read_id(value: object) -> str:
    """Return the id of a dossier, a desk or an event; raises BadMessage where it is none."""
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        raise BadMessage("no id")
    return value


def _below(text: str) -> str:
    return text if text in ("", NEWEST_FIRST) else read_id(text)


def _epoch(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise BadMessage("no epoch")
    return int(text)


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < _LARGEST_NUMBER:
        raise BadMessage("no number")
    return value
