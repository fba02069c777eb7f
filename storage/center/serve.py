"""Runs the center's one process: listens, says so when it answers, stops when it is asked to."""

from __future__ import annotations

import gc
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import uvicorn

from desk.errors.causes import cause_of
from desk.errors.store import FileUnreadable
from desk.errors.sync import CannotListen
from storage.center.app import make_app
from storage.center.center import Center
from storage.center.looking import looking
from storage.center.waiters import Waiters

HOST: Final = "127.0.0.1"
PORT: Final = 8470
KEPT_S: Final = 75
"""How long a connection is kept for the next request, in seconds: a desk calls every thirty, and a new TLS
connection costs it several times the line's delay."""
_FAREWELL_S: Final = 10
"""How long requests on their way may take when the center is asked to stop, in seconds."""


class _Server(uvicorn.Server):
    """A server that says where it listens as soon as it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], waiters: Waiters) -> None:
        super().__init__(config)
        self._ready = ready
        self._waiters = waiters

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer the desks that wait, then finish what is on its way."""
        self._waiters.close()
        await super().shutdown(sockets)


def serve(
    center: Center,
    say: Callable[[str], None],
    *,
    host: str = HOST,
    port: int = PORT,
    cert: Path | None = None,
    key: Path | None = None,
    unit_name: Callable[[str], str] = str,
) -> None:
    """Serve `center` until the process is asked to stop (SIGINT, SIGTERM); then finish what is on its way.

    say: told `ready http://H:P` once it answers. port: 0 takes a free one. cert, key: PEM files for HTTPS.
    Raises CannotListen where the address is in use, FileUnreadable for a wrong certificate or key.
    """
    scheme = "https" if cert is not None else "http"
    _check_certificate(cert, key)
    listening = _socket(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"{scheme}://{shown}:{listening.getsockname()[1]}"
    waiters = Waiters()
    config = uvicorn.Config(
        make_app(center, unit_name, waiters),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=KEPT_S,
        timeout_graceful_shutdown=_FAREWELL_S,
        ssl_certfile=None if cert is None else str(cert),
        ssl_keyfile=None if key is None else str(key),
    )
    collect_seldom()
    try:
        with looking(center), _stopped_by_sigterm(), suppress(KeyboardInterrupt):
            _Server(config, lambda: say(f"ready {address}"), waiters).run(sockets=[listening])
    finally:
        listening.close()
        center.close()


def collect_seldom() -> None:
    """Let Python look for cycles seldom: a batch makes a hundred thousand objects and hardly a cycle.

    Looking after each 700 of them took a sixth of the center's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end in a normal return: uvicorn sends itself the signal once more after it has stopped."""
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _socket(host: str, port: int) -> socket.socket:
    try:
        listening = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048
        )
        # Connections inherit it, and asyncio sets it on sockets of its own making only: without it every answer, which
        # goes out in two writes, waits 40 ms for the other side's acknowledgement.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except (OSError, OverflowError) as error:
        raise CannotListen(address=f"{host}:{port}", cause=cause_of(error)) from error


def _check_certificate(cert: Path | None, key: Path | None) -> None:
    if cert is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
    except (OSError, ssl.SSLError) as error:
        raise FileUnreadable(file=cert.name, cause=getattr(error, "reason", None) or type(error).__name__) from error
