"""Receipt printers that are not there: one on a socket that answers, dies, hangs; a decoder of what came out."""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PIL import Image

READY = b"\x16\x12\x12\x12"
OFFLINE = b"\x1e\x12\x12\x12"
COVER_OPEN = b"\x1e\x16\x12\x12"
OUT_OF_PAPER = b"\x1e\x32\x12\x72"
LOW_PAPER = b"\x16\x12\x12\x1e"
KNIFE_STUCK = b"\x1e\x52\x1a\x12"

_QUERY = re.compile(rb"\x10\x04[\x01-\x04]")
_QUESTIONS = 12
"""Bytes of the four questions before a paper."""


@dataclass
class FakePrinter:
    """What it does: `answers` by turn (the last one stays), b"" says nothing; it hangs up after `dies_after` bytes.

    stops_after: it reads no more after so many bytes, as a printer whose buffer is full for ever.
    """

    answers: list[bytes] = field(default_factory=lambda: [READY])
    dies_after: int | None = None
    stops_after: int | None = None
    papers: list[bytes] = field(default_factory=list)
    """What each connection wrote, the questions taken out."""
    port: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        """Wait until a connection has ended."""
        assert self._ended.wait(20)
        self._ended.clear()

    def serve(self, listening: socket.socket) -> None:
        """Take connections until the socket is closed."""
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                self._take(connection)
            self._ended.set()

    def _take(self, connection: socket.socket) -> None:
        came, asked, turn = bytearray(), 0, 0
        while True:
            limit = self.dies_after if self.dies_after is not None else self.stops_after
            want = 65536 if limit is None else max(1, min(65536, limit + _QUESTIONS - len(came)))
            try:
                part = connection.recv(want)
            except OSError:
                break
            if not part:
                break
            came += part
            if limit is not None and len(came) >= limit:
                if self.dies_after is not None:  # reset, not closed: what was on its way is lost
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    self._ended.wait(10)
                break
            while came.count(b"\x10\x04", -64 if len(came) > 64 else 0) and _asked(came) - asked >= 4:
                asked += 4
                reply = self.answers[min(turn, len(self.answers) - 1)]
                turn += 1
                connection.sendall(reply)
        self.papers.append(_QUERY.sub(b"", bytes(came)))


def _asked(came: bytearray) -> int:
    """Return how many questions stand at the beginning and at the end of what came."""
    edges = bytes(came) if len(came) < 128 else bytes(came[:64] + came[-64:])
    return len(_QUERY.findall(edges))


@contextmanager
def listening(printer: FakePrinter, port: int = 0) -> Iterator[FakePrinter]:
    """Let `printer` listen on this machine; `printer.port` tells where."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # a small window: a full buffer is felt at once
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        server.bind(("127.0.0.1", port))
        server.listen()
        printer.port = server.getsockname()[1]
        worker = threading.Thread(target=printer.serve, args=(server,), daemon=True)
        worker.start()
        yield printer
        printer._ended.set()
        server.shutdown(socket.SHUT_RDWR)


@dataclass
class Printed:
    """What a receipt printer would have put on paper."""

    picture: Image.Image
    cuts: int
    feeds: int


def decoded(data: bytes) -> Printed:
    """Return the paper that ESC/POS bytes make; raises AssertionError for a command that is none of the few."""
    rows: list[bytes] = []
    width = cuts = feeds = at = 0
    while at < len(data):
        if data.startswith(b"\x1b@", at):
            at += 2
        elif data.startswith(b"\x1bd", at):
            feeds += data[at + 2]
            at += 3
        elif data.startswith(b"\x1dV\x00", at):
            cuts += 1
            at += 3
        elif data.startswith(b"\x1dv0\x00", at):
            across, down = struct.unpack_from("<HH", data, at + 4)
            at += 8
            assert width in (0, across), "bands of one width"
            width = across
            rows += [data[at + row * across : at + (row + 1) * across] for row in range(down)]
            at += across * down
        else:
            raise AssertionError(f"no command we send: {data[at : at + 4]!r}")
    assert at == len(data)
    black = b"".join(rows)
    picture = Image.frombytes("1", (width * 8, len(rows)), bytes(255 - byte for byte in black))
    return Printed(picture, cuts, feeds)
