"""The line to a center over HTTP: bytes to bytes. The only room with an HTTP client.

Whether an answer is the center's is not decided here but by its signature; what plainly is none (a network's
sign-in page, a proxy's error) is refused at once.

Desks' clocks are wrong, and TLS with a wrong clock fails. So a center of a province has a private authority of its
own, whose certificate each desk keeps (`pinned`): no other is believed, and where the hour alone is what a certificate
fails by, the line is opened again without looking at the hour. What the hour really is, the signed answer says.
"""

from __future__ import annotations

import shutil
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import httpx2

from desk.errors.base import SyncTrouble
from desk.errors.causes import cause_of
from desk.errors.sync import (
    AddressUnreadable,
    AuthorityUnreadable,
    CenterUnreachable,
    CertificateDoubted,
    LinkCut,
    NotTheCenter,
)
from storage.joining import AUTHORITY_FILE
from storage.messages import CONTENT_TYPE
from storage.sync.address import center_url

CONNECT_S: Final = 15
PATIENCE_S: Final = 60
"""How long the line may stand still in either direction, in seconds."""
LARGEST_ANSWER: Final = 4 << 20
_ANY_HOUR: Final = ssl.VerifyFlags(0x200000)
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which the standard library does not name."""
_BY_THE_HOUR: Final = (9, 10)
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""

_Found = TypeVar("_Found", bound=BaseException)


class Line:
    """A line to the center at `url`; its connection is kept from one request to the next until it is closed.

    pinned: the certificate file of the only authority that is believed, None for those of the system. Raises
    AddressUnreadable where `url` is no http or https address, AuthorityUnreadable.
    """

    def __init__(self, url: str, *, patience_s: float = PATIENCE_S, pinned: Path | None = None) -> None:
        self.url = center_url(url)
        self._patience_s = patience_s
        self._trust = None if pinned is None else trust(pinned)
        self._client = self._opened()
        self._stream: Any = None
        """The connection that was opened last."""
        self._is_given_up = False

    def sync(self, message: bytes) -> bytes:
        """Return the answer to an exchange; raises SyncTrouble."""
        return self.post("/v1/sync", message)

    def enrol(self, message: bytes) -> bytes:
        """Return the answer to the request to join; raises SyncTrouble."""
        return self.post("/v1/enrol", message)

    def files(self, message: bytes) -> bytes:
        """Return the answer about files of attachments; raises SyncTrouble."""
        return self.post("/v1/blobs", message)

    def wait(self, message: bytes) -> bytes:
        """Return the answer to a question that waits at the center; raises SyncTrouble."""
        return self.post("/v1/wait", message)

    def post(self, path: str, message: bytes) -> bytes:
        """Return what is answered at `path` to `message`; raises SyncTrouble."""
        try:
            try:
                return self._posted(self.url + path, message)
            except httpx2.RequestError as error:
                if not self._fails_by_the_hour(error):
                    raise
                self._forget_the_hour()
                return self._posted(self.url + path, message)
        except httpx2.InvalidURL as error:
            raise AddressUnreadable(url=self.url) from error
        except httpx2.RequestError as error:
            raise _told(error) from error

    def give_up(self) -> None:
        """Break off what is on its way, from any thread: it fails there. The line is of no use afterwards."""
        self._is_given_up = True
        self._shut()

    def _shut(self) -> None:
        found = None if self._stream is None else self._stream.get_extra_info("socket")
        if found is not None:
            with suppress(OSError):  # it ended by itself
                socket.socket.shutdown(found, socket.SHUT_RDWR)  # below TLS, whose state is the other thread's

    def _traced(self, event: str, told: dict[str, Any]) -> None:
        """Keep each connection as it is made: the HTTP client names it only with the answer."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = told["return_value"]
            if self._is_given_up:
                self._shut()

    def close(self) -> None:
        """Give the connection up."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _opened(self) -> httpx2.Client:
        time_out = httpx2.Timeout(self._patience_s, connect=min(self._patience_s, CONNECT_S))
        return httpx2.Client(timeout=time_out, follow_redirects=False, verify=self._trust or True)

    def _fails_by_the_hour(self, error: httpx2.RequestError) -> bool:
        """Return whether the center's certificate is of the pinned authority and fails by this machine's hour alone."""
        doubted = _cause(error, ssl.SSLCertVerificationError)
        return self._trust is not None and doubted is not None and doubted.verify_code in _BY_THE_HOUR

    def _forget_the_hour(self) -> None:
        assert self._trust is not None
        self._trust.verify_flags |= _ANY_HOUR
        self._client.close()
        self._client = self._opened()

    def _posted(self, url: str, message: bytes) -> bytes:
        headers = {"Content-Type": CONTENT_TYPE, "Accept": CONTENT_TYPE}
        with self._client.stream(
            "POST", url, content=message, headers=headers, extensions={"trace": self._traced}
        ) as response:
            if response.headers.get("content-type", "").split(";")[0].strip() != CONTENT_TYPE:
                raise NotTheCenter()
            answer = bytearray()
            for piece in response.iter_bytes():
                answer += piece
                if len(answer) > LARGEST_ANSWER:
                    raise NotTheCenter()
            return bytes(answer)


def line_of(home: Path, url: str) -> Line:
    """Return the line of the desk in `home` to the center at `url`; raises AddressUnreadable, AuthorityUnreadable."""
    pinned = home / AUTHORITY_FILE
    return Line(url, pinned=pinned if pinned.exists() else None)


def pin(home: Path, file: Path) -> None:
    """Keep the certificate in `file` as the one authority the desk in `home` believes; raises AuthorityUnreadable."""
    trust(file)
    shutil.copyfile(file, home / AUTHORITY_FILE)


def trust(pinned: Path) -> ssl.SSLContext:
    """Return what believes only the authority whose certificate is in the file `pinned`; raises AuthorityUnreadable."""
    try:
        return ssl.create_default_context(cafile=str(pinned))
    except (OSError, ssl.SSLError) as error:  # no such file, or no certificate in it
        raise AuthorityUnreadable(file=pinned.name) from error


def post(url: str, message: bytes) -> bytes:
    """Return what is answered at the whole address `url` to one `message`; raises SyncTrouble."""
    base = center_url(url)
    with Line(base) as line:
        return line.post(url[len(base) :], message)


def _told(error: httpx2.RequestError) -> SyncTrouble:
    doubted = _cause(error, ssl.SSLCertVerificationError)
    if doubted is not None:
        return CertificateDoubted(cause=doubted.verify_message)
    name = type(error).__name__
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
        system = _cause(error, OSError)
        return CenterUnreachable(cause=cause_of(system) if system else name)
    if isinstance(error, httpx2.UnsupportedProtocol):
        return NotTheCenter()
    return LinkCut(cause=name)


def _cause(error: BaseException, kind: type[_Found]) -> _Found | None:
    """Return the error of `kind` that led to `error`, if there is one."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, kind):
        found = found.__cause__ or found.__context__
    return found
