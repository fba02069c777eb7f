"""The one file of a backup: what it says of itself, the database compressed, and a hash over all of it.

It is a Zstandard file (RFC 8878) whose first and last frames are skippable ones: so `zstd -d` on any machine takes the
database out of it, and this program needs no other to know that not one bit of it changed.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, Literal, NamedTuple

import msgspec
import zstandard

Pause = Callable[[], None]
"""Called every few milliseconds of a long work: lets others go first, and raises to give the work up."""

FORMAT: Final = 1
_SAID: Final = 0x184D2A50
_SEAL: Final = 0x184D2A51
_FRAME: Final = struct.Struct("<II")
_DIGEST_BYTES: Final = 32
_SEAL_BYTES: Final = _FRAME.size + _DIGEST_BYTES
_LARGEST_SAID: Final = 1 << 20
_LEVEL: Final = 3
_READ: Final = 1 << 18
_LARGEST_WINDOW: Final = 1 << 27

Fault = Literal["no backup", "newer", "cut", "altered"]


class Unsound(ValueError):
    """The file is no whole backup; its argument is the Fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Final = fault


class Said(msgspec.Struct, frozen=True):
    """What a backup says of itself, in the open."""

    format: int
    desk: str
    unit: str
    kind: Literal["real", "practice"]
    made_at: int
    """Milliseconds since 1970 UTC."""
    app: str
    revision: str
    """Of the tables."""
    epoch: int
    seq: int
    head: str
    """Hash of the desk's own last event; of its identity record before the first."""
    events: int
    """Of all desks."""
    dossiers: int
    size: int
    """Bytes of the database."""
    sha256: str
    """Of the database."""
    settings: str
    """The text of the settings file."""
    authority: str = ""
    """The certificate by which the center is believed, "" where none is pinned."""

    @property
    def place(self) -> tuple[int, int, int]:
        """What says which of two backups of a desk is newer, whatever its clock did."""
        return self.epoch, self.seq, self.made_at


class Packed(NamedTuple):
    """A file of bytes as it was read."""

    size: int
    sha256: str


def no_pause() -> None:
    """Go on."""


def measured(path: Path, pause: Pause = no_pause) -> Packed:
    """Return size and hash of a file; raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_READ):
            digest.update(piece)
            size += len(piece)
            pause()
    return Packed(size, digest.hexdigest())


def pack(database: Path, said: Said, target: Path, pause: Pause = no_pause) -> int:
    """Write the backup of the file `database` to `target`, synced to disk; returns its bytes. Raises OSError."""
    with database.open("rb") as source, private_file(target) as file:
        written = _Hashing(file)
        words = msgspec.json.encode(said)
        written.write(_FRAME.pack(_SAID, len(words)) + words)
        compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compressobj(size=said.size)
        while piece := source.read(_READ):
            written.write(compressor.compress(piece))
            pause()
        written.write(compressor.flush())
        file.write(_FRAME.pack(_SEAL, _DIGEST_BYTES) + written.digest.digest())
        file.flush()
        os.fsync(file.fileno())
        _forget(file)
        return file.tell()


def private_file(path: Path) -> BinaryIO:
    """Return a new file to be written, which nobody else on the machine may read; raises OSError."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(handle, "wb")


def said_by(path: Path) -> Said:
    """Return what a backup says of itself, the rest of it unread; raises Unsound, OSError."""
    with path.open("rb") as file:
        return _said(file)[0]


def unpack(path: Path, target: Path, pause: Pause = no_pause) -> Said:
    """Write the database of the backup `path` to `target` and return what the backup says of itself.

    Every byte of the backup is read and proved; raises Unsound, with nothing of worth in `target`, and OSError.
    """
    with path.open("rb") as file, private_file(target) as copy:
        said, opening = _said(file)
        left = os.fstat(file.fileno()).st_size - len(opening) - _SEAL_BYTES
        if left <= 0:
            raise Unsound("cut")
        whole, inside, size = hashlib.sha256(opening), hashlib.sha256(), 0
        opener = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()
        while left:
            piece = file.read(min(_READ, left))
            if not piece:
                raise Unsound("cut")
            left -= len(piece)
            whole.update(piece)
            opened = _opened(opener, piece)
            size += len(opened)
            if size > said.size:
                raise Unsound("altered")
            inside.update(opened)
            copy.write(opened)
            pause()
        seal = file.read(_SEAL_BYTES + 1)
    if seal != _FRAME.pack(_SEAL, _DIGEST_BYTES) + whole.digest():
        raise Unsound("altered" if opener.eof else "cut")
    if not opener.eof or (size, inside.hexdigest()) != (said.size, said.sha256):
        raise Unsound("altered")
    return said


def _said(file: BinaryIO) -> tuple[Said, bytes]:
    """Return what the backup in `file` says of itself, and its bytes; the file stands behind them then."""
    frame = file.read(_FRAME.size)
    if len(frame) < _FRAME.size:
        raise Unsound("no backup")
    magic, size = _FRAME.unpack(frame)
    if magic != _SAID or size > _LARGEST_SAID:
        raise Unsound("no backup")
    words = file.read(size)
    if len(words) < size:
        raise Unsound("cut")
    try:
        if msgspec.json.decode(words, type=_Form).format > FORMAT:
            raise Unsound("newer")
        return msgspec.json.decode(words, type=Said), frame + words
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unsound("altered") from error


class _Form(msgspec.Struct):
    format: int


def _opened(opener: zstandard.ZstdDecompressionObj, piece: bytes) -> bytes:
    if opener.eof:
        raise Unsound("altered")
    try:
        return opener.decompress(piece)
    except zstandard.ZstdError as error:
        raise Unsound("altered") from error


class _Hashing:
    """A file of which a hash is kept while it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        self.digest.update(piece)
        self._file.write(piece)


def _forget(file: BinaryIO) -> None:
    """Let the system forget what it keeps of a file in memory, where it can: what is read next comes from the disk."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
