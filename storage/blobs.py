"""The files of attachments, each named by the sha256 of its content: outside the log, which holds only the hash.

A file is written under another name, hashed as it is written, synced, and then named: what stands under a hash was
that content when it was named. The same content is stored once, whoever attaches it and to however many dossiers.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

LARGEST: Final = 20 << 20
"""Bytes of one file: a hundred pages of a usual scan."""
QUOTA: Final = 10 << 30
"""Bytes of all files of one home."""
_PIECE: Final = 1 << 20
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
        part = self.folder / f".{os.getpid()}.{threading.get_ident()}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            blob = _copied(source, part)
            if self.fault(blob.sha256, blob.size) is not None:
                if self.used() + blob.size > QUOTA:
                    raise Full()
                target = self.path(blob.sha256)
                target.parent.mkdir(exist_ok=True)
                part.replace(target)
                for folder in (target.parent, self.folder):
                    _sync_folder(folder)
            return blob
        finally:
            part.unlink(missing_ok=True)

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


def _sync_folder(folder: Path) -> None:
    """Put the names in `folder` on disk, where the system knows that (Windows syncs them with the file)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _copied(source: Path, part: Path) -> Blob:
    digest, size, mime = hashlib.sha256(), 0, ""
    with source.open("rb") as file, part.open("wb") as copy:
        while piece := file.read(_PIECE):
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
