"""The line to a center over HTTP: bytes to bytes. The only room with an HTTP client.

Whether an answer is the center's is not decided here but by its signature; what plainly is none (a network's
sign-in page, a proxy's error) is refused at once.
"""

from __future__ import annotations

import ssl
from types import TracebackType
from typing import Final, Self, TypeVar

import httpx2

from desk.errors.base import SyncTrouble
from desk.errors.sync import AddressUnreadable, CenterUnreachable, CertificateDoubted, LinkCut, NotTheCenter
from storage.messages import CONTENT_TYPE
from storage.sync.address import center_url

CONNECT_S: Final = 15
PATIENCE_S: Final = 60
"""How long the line may stand still in either direction, in seconds."""
LARGEST_ANSWER: Final = 4 << 20

_Found = TypeVar("_Found", bound=BaseException)


class Line:
    """A line to the center at `url`; its connection is kept from one request to the next until it is closed.

    Raises AddressUnreadable where `url` is no http or https address.
    """

    def __init__(self, url: str, *, patience_s: float = PATIENCE_S) -> None:
        self.url = center_url(url)
        time_out = httpx2.Timeout(patience_s, connect=min(patience_s, CONNECT_S))
        self._client = httpx2.Client(timeout=time_out, follow_redirects=False)

    def sync(self, message: bytes) -> bytes:
        """Return the answer to an exchange; raises SyncTrouble."""
        return self.post("/v1/sync", message)

    def enrol(self, message: bytes) -> bytes:
        """Return the answer to the request to join; raises SyncTrouble."""
        return self.post("/v1/enrol", message)

    def post(self, path: str, message: bytes) -> bytes:
        """Return what is answered at `path` to `message`; raises SyncTrouble."""
        try:
            return self._posted(self.url + path, message)
        except httpx2.InvalidURL as error:
            raise AddressUnreadable(url=self.url) from error
        except httpx2.RequestError as error:
            raise _told(error) from error

    def close(self) -> None:
        """Give the connection up."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _posted(self, url: str, message: bytes) -> bytes:
        headers = {"Content-Type": CONTENT_TYPE, "Accept": CONTENT_TYPE}
        with self._client.stream("POST", url, content=message, headers=headers) as response:
            if response.headers.get("content-type", "").split(";")[0].strip() != CONTENT_TYPE:
                raise NotTheCenter()
            answer = bytearray()
            for piece in response.iter_bytes():
                answer += piece
                if len(answer) > LARGEST_ANSWER:
                    raise NotTheCenter()
            return bytes(answer)


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
        return CenterUnreachable(cause=(system.strerror if system else None) or name)
    if isinstance(error, httpx2.UnsupportedProtocol):
        return NotTheCenter()
    return LinkCut(cause=name)


def _cause(error: BaseException, kind: type[_Found]) -> _Found | None:
    """Return the error of `kind` that led to `error`, if there is one."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, kind):
        found = found.__cause__ or found.__context__
    return found
