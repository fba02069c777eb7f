"""The files of attachments, each named by the sha256 of its content: outside the log, which holds only the hash.

A file is written under another name, hashed as it is written, synced, and then named: what stands under a hash was
that content when it was named. The same content is stored once, whoever attaches it and to however many dossiers.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple

from desk.disk import sync_folder

LARGEST: Final = 20 << 20
"""Bytes of one file: a hundred pages of a usual scan."""
QUOTA: Final = 10 << 30
"""Bytes of all files of one home."""
PIECE: Final = 32 << 10
"""Bytes of the smallest part of a content that travels alone."""
_READ: Final = 1 << 20
_PARTS: Final = ".parts"
_ALTERED: Final = ".altered"
_HERE: Final = b"+"
_SHA: Final = re.compile(r"[0-9a-f]{64}")
_BEGINNINGS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
"""ISO 32000-1 7.5.2, ITU-T T.81 B.1, PNG 5.2, TIFF 6.0 section 2."""

Fault = Literal["missing", "altered"]


class Unfit(ValueError):
    """The content is none of the kinds that are kept."""


class TooLarge(ValueError):
    """The content has more than LARGEST bytes."""


class Full(ValueError):
    """The store holds QUOTA bytes with it."""


class Blob(NamedTuple):
    """A file by its content; size in bytes."""

    sha256: str
    size: int
    mime: str


def mime_of(beginning: bytes) -> str:
    """Return the media type that the first bytes of a file name; raises Unfit for every other kind."""
    for magic, mime in _BEGINNINGS:
        if beginning.startswith(magic):
            return mime
    raise Unfit()


def may_be(sha256: str, size: int) -> bool:
    """Return whether there can be a kept file of this hash and size in bytes."""
    return _SHA.fullmatch(sha256) is not None and 0 < size <= LARGEST


def examine(source: Path) -> int:
    """Return the size of a file that may be kept, in bytes; raises Unfit, TooLarge, OSError. Writes nothing."""
    if source.exists() and not source.is_file():
        raise Unfit()  # a folder, or a pipe that would be waited for
    with source.open("rb") as file:
        mime_of(file.read(16))
        size = os.fstat(file.fileno()).st_size
    if size > LARGEST:
        raise TooLarge()
    return size


@dataclass(frozen=True, slots=True)
class Blobs:
    """The files in one folder."""

    folder: Path

    def path(self, sha256: str) -> Path:
        """Return where the content with this hash lies or would lie; raises ValueError where it is no hash."""
        if not _SHA.fullmatch(sha256):
            raise ValueError("sha256")
        return self.folder / sha256[:2] / sha256

    def keep(self, source: Path) -> Blob:
        """Copy `source` into the store, synced to disk, and return what it is.

        A file that stands under its hash with other bytes is replaced. Raises Unfit, TooLarge, Full, OSError;
        then nothing is kept.
        """
        part = self._fresh_part()
        try:
            with source.open("rb") as file:
                blob = _copied(file, part, LARGEST + 1)
            if self.fault(blob.sha256, blob.size) is not None:
                if self.used() + blob.size > QUOTA:
                    raise Full()
                self._name(part, blob.sha256)
            return blob
        finally:
            part.unlink(missing_ok=True)

    def receive(self, sha256: str, size: int, source: BinaryIO) -> bool:
        """Keep the next `size` bytes of `source` where they are the content that this hash promises.

        Returns whether that content is here now, synced to disk; nothing is kept of another. Raises OSError.
        """
        if not may_be(sha256, size):
            return False
        if self.fault(sha256, size) is None:
            return True
        part = self._fresh_part()
        try:
            is_right = _copied(source, part, size)[:2] == (sha256, size)
            if is_right:
                self._name(part, sha256)
            return is_right
        except Unfit:
            return False
        finally:
            part.unlink(missing_ok=True)

    def part(self, sha256: str, size: int, of: str = "") -> Part:
        """Return what is here so far of a content on its way; of: who brings it, where there are many.

        Raises ValueError where it is no hash, or no size of a file that may be kept.
        """
        if not 0 < size <= LARGEST:
            raise ValueError("size")
        return Part(self.folder / _PARTS / of / self.path(sha256).name, size)

    def settle(self, part: Part) -> bool:
        """Name a part that has all its pieces by its hash; returns whether it is the content that hash promises.

        One that is not, or is of no kind that is kept, is thrown away. Raises OSError.
        """
        sha256 = part.path.name
        with part.path.open("rb+") as file:
            os.fsync(file.fileno())
            is_right = hashlib.file_digest(file, "sha256").hexdigest() == sha256
            file.seek(0)
            is_right = is_right and os.fstat(file.fileno()).st_size == part.size and _is_kept_kind(file.read(16))
        if is_right:
            self._name(part.path, sha256)
        part.drop()
        return is_right

    def set_aside(self, sha256: str) -> None:
        """Take a file away that is not what its hash says; its bytes stay beside until the right ones are here."""
        aside = self.folder / _ALTERED / sha256
        aside.parent.mkdir(exist_ok=True)
        self.path(sha256).replace(aside)

    def drop(self, sha256: str) -> None:
        """Delete the file of this hash and what came of it so far; raises OSError."""
        Part(self.folder / _PARTS / sha256, 0).drop()
        self.path(sha256).unlink(missing_ok=True)

    def has(self, sha256: str, size: int) -> bool:
        """Return whether a file of this hash and size is here, without reading it."""
        try:
            return self.path(sha256).stat().st_size == size
        except (OSError, ValueError):
            return False

    def fault(self, sha256: str, size: int) -> Fault | None:
        """Return what is wrong with a file that should be here, its content read; None for nothing."""
        try:
            path = self.path(sha256)
            if path.stat().st_size != size:
                return "altered"
            with path.open("rb") as file:
                return None if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else "altered"
        except FileNotFoundError:
            return "missing"
        except (OSError, ValueError):
            return "altered"

    def used(self) -> int:
        """Return the bytes of all files here."""
        return sum(path.stat().st_size for path in self.folder.glob("??/*"))

    def paths(self) -> Iterator[Path]:
        """Yield where each file lies, by its hash, whether it is whole or not; what comes meanwhile may be left out."""
        return (path for path in self.folder.glob("??/*") if _SHA.fullmatch(path.name))

    def _fresh_part(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f".{os.getpid()}.{threading.get_ident()}.part"

    def _name(self, content: Path, sha256: str) -> None:
        """Put a whole, synced content under its hash, in place of what may stand there."""
        target = self.path(sha256)
        target.parent.mkdir(exist_ok=True)
        content.replace(target)
        for folder in (target.parent, self.folder):
            sync_folder(folder)
        (self.folder / _ALTERED / sha256).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Part:
    """A content on its way, in pieces of PIECE bytes that come in any order and more than once.

    Beside its bytes lies a file of one mark a piece, set after the piece is on disk: so a cut costs the piece that
    was on its way and no other.
    """

    path: Path
    size: int

    @property
    def count(self) -> int:
        """How many pieces the whole has."""
        return -(-self.size // PIECE)

    def missing(self) -> list[int]:
        """Return the numbers of the pieces that are not here, in order."""
        try:
            marks = self._marks.read_bytes()
        except FileNotFoundError:
            marks = b""
        return [number for number in range(self.count) if marks[number : number + 1] != _HERE]

    def put(self, first: int, data: bytes) -> None:
        """Keep `data`, which begins with the piece `first`; raises ValueError where it is no run of whole pieces."""
        start = first * PIECE
        last = first + -(-len(data) // PIECE)
        if not data or first < 0 or start + len(data) > self.size:
            raise ValueError("beyond the content")
        if len(data) % PIECE and start + len(data) != self.size:
            raise ValueError("a piece is cut")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        _write_at(self.path, start, data)
        _write_at(self._marks, first, _HERE * (last - first))

    def drop(self) -> None:
        """Forget what is here of it."""
        self._marks.unlink(missing_ok=True)  # first: bytes without marks are only written anew
        self.path.unlink(missing_ok=True)

    @property
    def _marks(self) -> Path:
        return self.path.with_suffix(".have")


def pieces(path: Path, first: int, count: int) -> bytes:
    """Return `count` pieces of a file from the piece `first` on, fewer at its end; raises OSError."""
    with path.open("rb") as file:
        file.seek(first * PIECE)
        return file.read(count * PIECE)


def _write_at(path: Path, start: int, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.seek(start)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_kept_kind(beginning: bytes) -> bool:
    try:
        return bool(mime_of(beginning))
    except Unfit:
        return False


def _copied(source: BinaryIO, part: Path, most: int) -> Blob:
    """Write the next bytes of `source`, at most `most`, to `part`; raises Unfit, TooLarge, OSError."""
    digest, size, mime = hashlib.sha256(), 0, ""
    with part.open("wb") as copy:
        while piece := source.read(min(most - size, _READ)):
            mime = mime or mime_of(piece[:16])
            size += len(piece)
            if size > LARGEST:
                raise TooLarge()
            digest.update(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    if not mime:
        raise Unfit()
    return Blob(digest.hexdigest(), size, mime)
