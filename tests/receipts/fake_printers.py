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
        came, asked, turn = b"", 0, 0
        while True:
            limit = self.dies_after if self.dies_after is not None else self.stops_after
            try:
                part = connection.recv(65536 if limit is None else min(65536, max(limit - len(came), 0)) or 1)
            except OSError:
                break
            if not part:
                break
            came += part
            if self.dies_after is not None and len(_QUERY.sub(b"", came)) >= self.dies_after:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                break  # reset, not closed: what was on its way is lost
            if self.stops_after is not None and len(_QUERY.sub(b"", came)) >= self.stops_after:
                self._ended.wait(10)
                break
            while len(_QUERY.findall(came)) - asked >= 4:
                asked += 4
                reply = self.answers[min(turn, len(self.answers) - 1)]
                turn += 1
                connection.sendall(reply)
        self.papers.append(_QUERY.sub(b"", came))


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
