"""Ways to a receipt printer that bytes can be written to: a file, a network socket, a character device.

Two of them are two-way: such a printer can be asked how it is.
"""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

PORT = 9100
"""Where network printers take raw bytes (JetDirect)."""
_CHUNK = 4096


class Line(Protocol):
    """An open way to a printer."""

    def write(self, data: bytes, until: float) -> None:
        """Write all of `data` before the monotonic moment `until`; raises OSError, TimeoutError past it."""
        ...

    def read(self, count: int, until: float) -> bytes:
        """Return up to `count` bytes that come before `until`, b"" where the printer does not speak."""
        ...


class Way(Protocol):
    """How a printer is reached."""

    @property
    def name(self) -> str:
        """The printer as the officer knows it."""
        ...

    def opened(self, until: float) -> AbstractContextManager[Line]:
        """Open the way before the monotonic moment `until`; raises OSError where nobody is there."""
        ...


def left(until: float) -> float:
    """Return the seconds left; raises TimeoutError where none are."""
    rest = until - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    return rest


@dataclass(frozen=True, slots=True)
class SocketLine:
    """A network printer, two-way."""

    connection: socket.socket

    def write(self, data: bytes, until: float) -> None:
        """Write all of it."""
        view = memoryview(data)
        while view:
            self.connection.settimeout(left(until))
            view = view[self.connection.send(view[:_CHUNK]) :]

    def read(self, count: int, until: float) -> bytes:
        """Return what it answers in time."""
        found = b""
        while len(found) < count:
            try:
                self.connection.settimeout(left(until))
                part = self.connection.recv(count - len(found))
            except TimeoutError:
                break
            if not part:
                break
            found += part
        return found


@dataclass(frozen=True, slots=True)
class NetworkWay:
    """A printer on the network that takes raw bytes on a port."""

    host: str
    port: int = PORT

    @property
    def name(self) -> str:
        """Its address."""
        return self.host if self.port == PORT else f"{self.host}:{self.port}"

    @contextmanager
    def opened(self, until: float) -> Iterator[Line]:
        """Connect, and close in order: the printer gets every byte before the end."""
        with socket.create_connection((self.host, self.port), left(until)) as connection:
            yield SocketLine(connection)
            with suppress(OSError):  # it may have hung up first: all bytes are written
                connection.shutdown(socket.SHUT_WR)


@dataclass(frozen=True, slots=True)
class DescriptorLine:
    """A device file, written and read without waiting longer than asked."""

    number: int
    is_two_way: bool

    def write(self, data: bytes, until: float) -> None:
        """Write all of it as fast as the device takes it."""
        view = memoryview(data)
        while view:
            _, ready, _ = select.select([], [self.number], [], left(until))
            if not ready:
                raise TimeoutError
            try:
                view = view[os.write(self.number, view[:_CHUNK]) :]
            except BlockingIOError:
                continue

    def read(self, count: int, until: float) -> bytes:
        """Return what it answers in time."""
        found = b""
        while self.is_two_way and len(found) < count:
            try:
                ready, _, _ = select.select([self.number], [], [], left(until))
            except TimeoutError:
                break
            part = os.read(self.number, count - len(found)) if ready else b""
            if not part:
                break
            found += part
        return found


@dataclass(frozen=True, slots=True)
class DeviceWay:
    """A character device: `/dev/usb/lp0`, a serial line."""

    path: Path

    @property
    def name(self) -> str:
        """The device's name."""
        return str(self.path)

    @contextmanager
    def opened(self, until: float) -> Iterator[Line]:
        """Open it for writing and reading, for writing alone where it gives no answers."""
        left(until)
        flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        try:
            number, is_two_way = os.open(self.path, os.O_RDWR | flags), True
        except PermissionError:
            number, is_two_way = os.open(self.path, os.O_WRONLY | flags), False
        try:
            yield DescriptorLine(number, is_two_way)
        finally:
            os.close(number)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that is added to."""

    number: int

    def write(self, data: bytes, until: float) -> None:
        """Add all of it."""
        left(until)
        view = memoryview(data)
        while view:
            view = view[os.write(self.number, view) :]

    def read(self, count: int, until: float) -> bytes:
        """A file does not answer."""
        return b""


@dataclass(frozen=True, slots=True)
class FileWay:
    """A file at whose end each paper is added: for tests, and for a program that passes it on."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return str(self.path)

    @contextmanager
    def opened(self, until: float) -> Iterator[Line]:
        """Open it, and bring it to the disk at the end."""
        left(until)
        number = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        try:
            yield FileLine(number)
            os.fsync(number)
        finally:
            os.close(number)
