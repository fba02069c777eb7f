"""Bundles: the exchange as a file, for a stick that is carried by hand.

Each part is one whole message of the exchange (a desk's signed request, a center's signed answer), locked by
age for whom it is meant and framed by itself. So a file may be torn, doubled or put together from many: every
part that is whole is found, and a damaged one loses only itself. One part at a time is held, whatever the file's size.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple, get_args

from desk.errors.causes import cause_of
from desk.errors.store import FileUnreadable, FileUnwritable
from desk.errors.sync import NoBundle
from storage.wire import compact

_MARK: Final = b"\nmotcua-part 1 "
_HEADER_BYTES: Final = 2000
LARGEST_FILE: Final = (4 << 30) - 1
"""A file of more bytes is not read as a bundle, and a stick (FAT32) takes none."""
LARGEST_PART: Final = 8 << 20
_MOST_PARTS: Final = 100_000
_READ: Final = 64 << 10
_LEFT_FREE: Final = 1 << 20

Kind = Literal["sync", "join", "answer", "joined", "page", "file", "files", "filed", "lacking", "piece"]
"""A desk's request to exchange or to join, the center's answers to the two, and what it gives beyond one answer; part
of an attached file, a desk's question which files are there, and the center's answer to it; a desk's question for
files it lacks, and a piece of one of them."""


class Part(NamedTuple):
    """One message in a bundle; everything but `locked` stands in the open, for lists and for the order only."""

    bundle: str
    """The id of the bundle it was written with."""
    sender: str
    """The id of the desk, or of the center, that wrote it."""
    kind: Kind
    number: int
    of: int
    """How many parts its bundle was written with."""
    to: str
    """The key id (hex) of the only one who can open it; "" where it is not locked (a request to join)."""
    first: tuple[int, int]
    """Epoch and number of its first event; (0, 0) without any."""
    locked: bytes | Callable[[], bytes]
    """The message; of what lies in a file, or is yet to be made, what returns it (none where that fails)."""

    @property
    def message(self) -> bytes:
        """The locked message, read or made when it is asked for."""
        return self.locked if isinstance(self.locked, bytes) else self.locked()


class Missing(NamedTuple):
    """A part that its fellows speak of and that is not whole in the files read."""

    bundle: str
    sender: str
    number: int


class Found(NamedTuple):
    """What was found in one or more files."""

    parts: Sequence[Part]
    missing: Sequence[Missing]


def write(path: Path, parts: Iterable[Part]) -> None:
    """Write `parts` to the file `path`, whole or not at all, synced; raises FileUnwritable.

    A file that was there is replaced only by a whole new one.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            for part in parts:
                file.write(_framed(part))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise FileUnwritable(file=path.name, cause=cause_of(error)) from error


def room_for(path: Path) -> int:
    """Return how many bytes a bundle at `path` may have: what is free there, and what is read as one."""
    try:
        free = shutil.disk_usage(path.absolute().parent).free
    except OSError:
        return 0  # `write` says why
    return min(free - _LEFT_FREE, LARGEST_FILE)


def read(places: Sequence[Path]) -> Found:
    """Return the parts in `places`, each a file or a folder (a whole stick), each part once.

    A folder's files are known by what is in them, never by their names. Raises FileUnreadable, and NoBundle
    where there is no part at all.
    """
    found: dict[tuple[str, int], Part] = {}
    spoken_of: dict[str, Part] = {}
    seen = False
    for path in _files(places):
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size > LARGEST_FILE:
                    raise NoBundle(file=path.name)
                seen = seen or _next_mark(file, 0) >= 0
                for part in _parts(path, file):
                    found.setdefault((part.bundle, part.number), part)
                    spoken_of.setdefault(part.bundle, part)
        except OSError as error:
            raise FileUnreadable(file=path.name, cause=cause_of(error)) from error
    if not seen:
        raise NoBundle(file=", ".join(place.name for place in places)[:200])
    missing = [
        Missing(part.bundle, part.sender, number)
        for part in spoken_of.values()
        for number in range(1, part.of + 1)
        if (part.bundle, number) not in found
    ]
    return Found(list(found.values()), missing)


def _files(places: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for place in places:
        try:
            inside = sorted(place.iterdir()) if place.is_dir() else [place]
        except OSError as error:
            raise FileUnreadable(file=place.name, cause=cause_of(error)) from error
        found += [path for path in inside if path == place or _begins_with_a_part(path)]
    return found


def _begins_with_a_part(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK
    except OSError:
        return False


def _framed(part: Part) -> bytes:
    locked = part.message
    header = {
        "bundle": part.bundle,
        "from": part.sender,
        "kind": part.kind,
        "part": part.number,
        "of": part.of,
        "to": part.to,
        "first": list(part.first),
        "bytes": len(locked),
    }
    said = compact(header)
    return b"".join((_MARK, _check(said, locked), b" ", said, b"\n", locked))


def _check(said: bytes, locked: bytes) -> bytes:
    """Return the hash by which a part is known to be whole, what it says in the open included."""
    return hashlib.sha256(said + b"\n" + locked).hexdigest().encode()


def _parts(path: Path, file: BinaryIO) -> Iterator[Part]:
    """Yield the whole parts in a file; after a damaged one the search goes on right behind its mark."""
    at = _next_mark(file, 0)
    while at >= 0:
        begin = at + len(_MARK)
        file.seek(begin)
        header, ends, _rest = file.read(_HEADER_BYTES).partition(b"\n")
        part, size = _part(header, path, file, begin + len(header) + 1) if ends else (None, 0)
        if part is not None:
            yield part
            begin += len(header) + 1 + size
        at = _next_mark(file, begin)


def _next_mark(file: BinaryIO, start: int) -> int:
    """Return where the next mark from `start` on begins, -1 where there is none."""
    file.seek(start)
    before = b""
    while piece := file.read(_READ):
        at = (before + piece).find(_MARK)
        if at >= 0:
            return start - len(before) + at
        start += len(piece)
        before = (before + piece)[1 - len(_MARK) :]
    return -1


def _part(header: bytes, path: Path, file: BinaryIO, begin: int) -> tuple[Part | None, int]:
    """Return the part whose bytes begin in `file` at `begin` and their number; no part where one is not right."""
    check, _blank, opened = header.partition(b" ")
    try:
        said = json.loads(opened.decode())
        size, (epoch, seq) = said["bytes"], said["first"]
        part = Part(said["bundle"], said["from"], said["kind"], said["part"], said["of"], said["to"], (epoch, seq), b"")
    except (ValueError, KeyError, TypeError, RecursionError):
        return None, 0
    if not _is_formed(part, size):
        return None, 0
    file.seek(begin)
    locked = file.read(size)
    if len(locked) != size or _check(opened, locked) != check:
        return None, 0
    return part._replace(locked=partial(_read, path, begin, size)), size


def _read(path: Path, begin: int, size: int) -> bytes:
    """Return bytes that were found whole before; none where the stick was pulled since."""
    try:
        with path.open("rb") as file:
            file.seek(begin)
            return file.read(size)
    except OSError:
        return b""


def _is_formed(part: Part, size: object) -> bool:
    texts: tuple[object, ...] = (part.bundle, part.sender, part.to)
    numbers: tuple[object, ...] = (size, part.number, part.of, *part.first)
    if not all(isinstance(one, str) and len(one) <= 64 and one.isprintable() for one in texts):
        return False
    if not all(type(one) is int and 0 <= one < 10**15 for one in numbers):
        return False
    return (
        part.kind in get_args(Kind) and 1 <= part.number <= part.of <= _MOST_PARTS and numbers[0] in range(LARGEST_PART)
    )
