"""The mirror: the log's own lines once more, in a plain file that outlives the database.

One file an epoch, `<desk>-<epoch>.log`; its first line is the desk's identity record, every other line an
event as written. A last line without its line feed was torn by a power cut and is cut off.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from storage.wire import Event, read_line

_CHUNK = 1 << 16


class Tail(NamedTuple):
    """The last event of an epoch: seq 0 and an empty hash where there is none yet."""

    epoch: int
    seq: int
    head_hash: str


class Mirror:
    """The mirror files of one desk in one folder."""

    def __init__(self, folder: Path, desk: str) -> None:
        self.folder = folder
        self.desk = desk

    def path(self, epoch: int) -> Path:
        """Return the file of `epoch`."""
        return self.folder / f"{self.desk}-{epoch:04d}.log"

    def epochs(self) -> list[int]:
        """Return the epochs that have a file, oldest first."""
        found = self.folder.glob(f"{self.desk}-[0-9][0-9][0-9][0-9].log")
        return sorted(int(path.stem[-4:]) for path in found)

    def identity(self) -> bytes | None:
        """Return the identity record at the head of the oldest file, None without a file."""
        epochs = self.epochs()
        if not epochs:
            return None
        with self.path(epochs[0]).open("rb") as file:
            return file.readline().rstrip(b"\n")

    def begin(self, epoch: int, identity: bytes) -> None:
        """Make the file of `epoch` with its first line, synced; one that has it already is kept."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.path(epoch)
        if not path.exists() or not path.stat().st_size:
            _append(path, identity + b"\n")

    def append(self, epoch: int, lines: Iterable[bytes]) -> None:
        """Write whole `lines` at the end of the file of `epoch` and sync it; raises OSError."""
        _append(self.path(epoch), b"".join(lines))

    def tail(self, epoch: int) -> Tail | None:
        """Return the last whole event of `epoch`, after cutting off a torn line.

        None without a file, or where not even its first line is whole. Raises ValueError where the last line
        is no event, OSError where the file cannot be read or cut.
        """
        path = self.path(epoch)
        if not path.exists():
            return None
        with path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            start, last = _last_line(file, size)
            if start + len(last) != size:
                file.truncate(start + len(last))
                os.fsync(file.fileno())
        if not last:
            return None
        if start == 0:
            return Tail(epoch, 0, "")
        event = read_line(last)
        return Tail(epoch, event.head.seq, event.head_hash)

    def events(self, epoch: int, after: int = 0) -> Iterator[Event]:
        """Yield the events of `epoch` beyond seq `after`, in order, up to the first that is torn or broken."""
        with self.path(epoch).open("rb") as file:
            file.readline()
            for line in file:
                try:
                    event = read_line(line)
                except ValueError:
                    return
                if line.endswith(b"\n") and event.head.seq > after:
                    yield event

    def set_aside(self, epoch: int) -> Path | None:
        """Rename the file of `epoch`, which does not join the log, to a name nobody reads; nothing is deleted."""
        path = self.path(epoch)
        if not path.exists():
            return None
        number = 1
        while (aside := path.with_suffix(f".aside-{number}")).exists():
            number += 1
        path.rename(aside)
        return aside


def _append(path: Path, whole: bytes) -> None:
    with path.open("ab") as file:
        file.write(whole)
        file.flush()
        os.fsync(file.fileno())


def _last_line(file: BinaryIO, size: int) -> tuple[int, bytes]:
    """Return where the last whole line starts, and the line with its LF; (0, b"") where there is none."""
    length = _CHUNK
    while True:
        start = max(0, size - length)
        file.seek(start)
        block = file.read(size - start)
        end = block.rfind(b"\n")
        if end >= 0:
            before = block.rfind(b"\n", 0, end)
            if before >= 0:
                return start + before + 1, block[before + 1 : end + 1]
            if start == 0:
                return 0, block[: end + 1]
        elif start == 0:
            return 0, b""
        length *= 4
