"""A line to the center that can be cut: a small TCP relay on this machine."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self


class Line:
    """Relays connections to `port`; while cut, it refuses new ones and drops those that run."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._cut = threading.Event()
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._listener.close()

    def cut(self) -> None:
        """Cut the line in the middle of whatever runs over it."""
        self._cut.set()
        for running in list(self._open):
            with contextlib.suppress(OSError):
                running.shutdown(socket.SHUT_RDWR)
                running.close()
        self._open.clear()

    def mend(self) -> None:
        """Let connections through again."""
        self._cut.clear()

    def _accept(self) -> None:
        while True:
            try:
                here, _address = self._listener.accept()
            except OSError:
                return
            if self._cut.is_set():
                here.close()
                continue
            try:
                there = socket.create_connection(("127.0.0.1", self._target), timeout=10)
            except OSError:
                here.close()
                continue
            self._open |= {here, there}
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._relay, args=(one, other), daemon=True).start()

    def _relay(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while part := one.recv(65536):
                other.sendall(part)
        for end in (one, other):
            self._open.discard(end)
            with contextlib.suppress(OSError):
                end.close()
