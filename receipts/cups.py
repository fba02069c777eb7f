"""What the system's print service knows of a job: asked by its title, as `lpstat` cannot.

IPP/2.0, Get-Jobs (RFC 8011, 4.2.6) over the service's socket or address; nothing is printed or changed.
"""

from __future__ import annotations

import getpass
import http.client
import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TIMEOUT_S: Final = 5.0
_SOCKETS: Final = ("/run/cups/cups.sock", "/var/run/cups/cups.sock")
_LARGEST_ANSWER = 8 << 20
_GET_JOBS: Final = 0x000A
_OPERATION, _END = 0x01, 0x03
_KEYWORD, _URI, _CHARSET, _LANGUAGE, _NAME = 0x44, 0x45, 0x47, 0x48, 0x42
_TAKEN: Final = frozenset({3, 4, 5, 6, 9})
"""Pending, held, processing, stopped, completed (RFC 8011, 5.3.7); not canceled, not aborted."""


def has_job(title: str, timeout_s: float = TIMEOUT_S) -> bool | None:
    """Tell whether the print service has or had a job with this title that nobody cancelled.

    None where no service answers. A service that died within half a minute may have forgotten what it took:
    it writes its jobs to disk with such a delay (DirtyCleanInterval in cups-files.conf(5)).
    """
    try:
        answer = _asked(timeout_s)
        return any(name == title and state in _TAKEN for name, state in _jobs(answer))
    except (OSError, http.client.HTTPException, ValueError, struct.error, IndexError):
        return None


class _Connection(http.client.HTTPConnection):
    """HTTP to a host and port, or to a socket of this machine."""

    def __init__(self, address: str, timeout_s: float) -> None:
        self._path = address if address.startswith("/") else ""
        host, port = ("localhost", 631) if self._path else _host(address)
        super().__init__(host, port, timeout=timeout_s)

    def connect(self) -> None:
        if not self._path:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _host(address: str) -> tuple[str, int]:
    plain = address.split("/", 1)[0]  # "host:port/version=1.1"
    if plain.startswith("["):
        host, _, port = plain[1:].partition("]")
        return host, int(port.lstrip(":") or 631)
    host, _, port = plain.partition(":")
    return host, int(port or 631)


def _address() -> str:
    """Return where the print service listens: CUPS_SERVER as for `lp`, else this machine's socket or port."""
    named = os.environ.get("CUPS_SERVER", "")
    if named:
        return named
    return next((path for path in _SOCKETS if Path(path).exists()), "localhost:631")


def _asked(timeout_s: float) -> bytes:
    connection = _Connection(_address(), timeout_s)
    try:
        connection.request("POST", "/", _request(), {"Content-Type": "application/ipp"})
        return connection.getresponse().read(_LARGEST_ANSWER)
    finally:
        connection.close()


def _request() -> bytes:
    parts = [
        struct.pack(">HHIB", 0x0200, _GET_JOBS, 1, _OPERATION),
        _attribute(_CHARSET, "attributes-charset", "utf-8"),
        _attribute(_LANGUAGE, "attributes-natural-language", "en"),
        _attribute(_URI, "printer-uri", "ipp://localhost/"),
        _attribute(_NAME, "requesting-user-name", getpass.getuser()),
        _attribute(_KEYWORD, "which-jobs", "all"),
        _attribute(_KEYWORD, "requested-attributes", "job-name"),
        _attribute(_KEYWORD, "", "job-state"),
        # cupsd 2.4 leaves the name of an ended job out, unless something is asked for that it must load the job for
        _attribute(_KEYWORD, "", "job-originating-host-name"),
        bytes([_END]),
    ]
    return b"".join(parts)


def _attribute(tag: int, name: str, value: str) -> bytes:
    key, text = name.encode("ascii"), value.encode()
    return struct.pack(">BH", tag, len(key)) + key + struct.pack(">H", len(text)) + text


def _jobs(answer: bytes) -> Iterator[tuple[str, int]]:
    """Yield name and state of each job in an answer; raises ValueError, struct.error or IndexError for another."""
    if len(answer) < 9 or struct.unpack(">H", answer[2:4])[0] > 0x00FF:
        raise ValueError("no success")
    at, name, state = 8, "", 0
    while answer[at] != _END:
        tag = answer[at]
        at += 1
        if tag < 0x10:  # a delimiter: the next group begins
            if name:
                yield name, state
            name, state = "", 0
            continue
        (length,) = struct.unpack_from(">H", answer, at)
        key = answer[at + 2 : at + 2 + length]
        at += 2 + length
        (length,) = struct.unpack_from(">H", answer, at)
        value = answer[at + 2 : at + 2 + length]
        at += 2 + length
        if key == b"job-name":
            name = value.decode("utf-8", "replace")
        elif key == b"job-state" and len(value) == 4:
            (state,) = struct.unpack(">i", value)
    if name:
        yield name, state
