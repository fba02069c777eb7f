"""A copy of a center as one file: a tar with the database and then every attached file, each under its hash.

One file at a time goes through and none is held, whatever the size; any tar program takes a single file out. The
database stands first, so what is cut from the end of a copy are attached files, which the desks bring again. A
damaged place costs the file it lies in and no other: after it the next header is looked for.
"""

from __future__ import annotations

import hashlib
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from storage.blobs import Blobs
from storage.center.files import BROUGHT

_DATABASE: Final = "center.db"
_SUM: Final = "center.db.sha256"
_ATTACHED: Final = re.compile(r"attachments/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_BROUGHT: Final = re.compile(r"attachments/\.brought/([0-9a-zA-Z-]{1,64})")
_NOTED: Final = re.compile(rb"([0-9]{1,12}\n)*")
_NOTE_BYTES: Final = 64 << 20
_BLOCK: Final = 512
_READ: Final = 1 << 20
_BARE: Final = b"SQLite format 3\0"


class Damaged(ValueError):
    """The file is no copy, or the database in it is not whole."""


class Packed(NamedTuple):
    """What was put into a copy beside the database."""

    files: int
    left_out: int
    """Files that are not on the disk as their hash says: no copy keeps those."""


def pack(target: Path, database: Path, store: Blobs) -> Packed:
    """Write the new file `target` of `database` and of every whole file in `store`, which may grow meanwhile.

    What comes after the database was copied may be in it or not: its event is sent again, and the file with it.
    Raises OSError.
    """
    files = left_out = 0
    with target.open("xb") as tar:
        with database.open("rb") as file:
            said = f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {_DATABASE}\n".encode()
        _put(tar, _SUM, said)
        _put_file(tar, _DATABASE, database)
        for note in sorted((store.folder / BROUGHT).glob("*")):
            _put(tar, f"attachments/{BROUGHT}/{note.name}", note.read_bytes())
        for path in store.paths():
            try:
                if store.fault(path.name, path.stat().st_size) is None:
                    _put_file(tar, f"attachments/{path.parent.name}/{path.name}", path)
                    files += 1
                else:
                    left_out += 1
            except FileNotFoundError:
                left_out += 1  # it was found altered just now, by a desk that asked for it
        tar.write(bytes(2 * _BLOCK))
    return Packed(files, left_out)


def unpack(file: Path, database: Path, store: Blobs) -> int:
    """Write the database of the copy `file` to `database` and its files into `store`; returns how many are there.

    A file that is not what its hash says is left out. A bare database, as copies were before, has none. Raises
    Damaged, OSError; what was written of files is right all the same, and a second try finds it.
    """
    files, said, is_there = 0, "", False
    with file.open("rb") as tar:
        if tar.read(len(_BARE)) == _BARE:
            tar.seek(0)
            _take(tar, database, file.stat().st_size)
            return 0
        for info in _headers(tar):
            if info.name == _SUM:
                said = tar.read(64).decode("ascii", "replace")
            elif info.name == _DATABASE and not is_there:
                if _take(tar, database, info.size) != said:
                    raise Damaged(_DATABASE)
                is_there = True
            elif is_there and (attached := _ATTACHED.fullmatch(info.name)):
                files += store.receive(attached[2], info.size, tar)
            elif is_there and (note := _BROUGHT.fullmatch(info.name)) and info.size <= _NOTE_BYTES:
                _keep_note(store, note[1], tar.read(info.size))
    if not is_there:
        raise Damaged(file.name)
    return files


def _put(tar: BinaryIO, name: str, content: bytes) -> None:
    tar.write(_header(name, len(content)))
    tar.write(content)
    tar.write(bytes(-len(content) % _BLOCK))


def _put_file(tar: BinaryIO, name: str, path: Path) -> None:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        tar.write(_header(name, size))
        while piece := file.read(_READ):
            tar.write(piece)
    tar.write(bytes(-size % _BLOCK))


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)  # of the formats the one with a single block for any size


def _headers(tar: BinaryIO) -> Iterator[tarfile.TarInfo]:
    """Yield each member of `tar`, which then stands at its content."""
    at = 0
    while len(block := _at(tar, at).read(_BLOCK)) == _BLOCK:
        at += _BLOCK
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError):
            continue
        if info.size >= 0:
            yield info
            at += info.size + -info.size % _BLOCK


def _at(tar: BinaryIO, place: int) -> BinaryIO:
    tar.seek(place)
    return tar


def _take(tar: BinaryIO, target: Path, size: int) -> str:
    """Copy the next `size` bytes to the new file `target`; returns their hash, of fewer bytes where it is cut."""
    digest = hashlib.sha256()
    with target.open("xb") as file:
        while size > 0 and (piece := tar.read(min(size, _READ))):
            size -= len(piece)
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _keep_note(store: Blobs, desk: str, said: bytes) -> None:
    """Keep what a desk had brought, by which its quota is reckoned."""
    if _NOTED.fullmatch(said):
        path = store.folder / BROUGHT / desk
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(said)
