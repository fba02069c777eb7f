"""The center as a process of its own: it says when it answers, stops when asked, and loses nothing when killed."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desk.errors.base import DeskError, SyncTrouble
from desk.errors.store import FileUnreadable
from desk.errors.sync import CannotListen, CenterUnreachable, CertificateDoubted, NotTheCenter
from storage.center import serve as serve_module
from storage.center.serve import serve
from storage.messages import read_answer, request, sealed
from storage.sync.enrolling import enrol
from storage.sync.exchange import exchange_once
from storage.sync.http import Line, post
from storage.sync.segments import Pace
from storage.sync.state import status
from tests.storage.centers import APP, lines, new_center
from tests.storage.desks import Desk

_SERVING = """
import sys
from pathlib import Path
from storage.center.serve import serve
from storage.messages import read_answer, request, sealed
from tests.storage.centers import new_center
folder, db, cert, key = (argument or None for argument in sys.argv[1:])
serve(new_center(Path(folder), db), lambda said: print(said, flush=True), port=0,
      cert=cert and Path(cert), key=key and Path(key))
print("stopped", flush=True)
"""


@contextmanager
def serving(
    folder: Path, db: str | None = None, cert: str = "", key: str = ""
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the address of a center that runs as a process of its own, and the process."""
    command = [sys.executable, "-c", _SERVING, str(folder), db or "", cert, key]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = process.stdout.readline().split()
        assert said[:1] == ["ready"]
        yield said[1], process
    finally:
        process.kill()
        process.wait()


def _join(desk: Desk, folder: Path, url: str) -> bytes:
    """Join over HTTP with a token made beside the running center; returns the center's key."""
    center = new_center(folder)
    token = center.make_token("H49.35", 0).token
    center.close()
    with Line(url) as line:
        return enrol(desk.log, line.enrol, url, token, app=APP).center_key


def test_a_desk_joins_and_syncs_over_http(desk: Desk, tmp_path: Path, db: str | None) -> None:
    desk.accept(5)
    with serving(tmp_path, db) as (url, process):
        key = _join(desk, tmp_path, url)
        with Line(url) as line:
            assert exchange_once(desk.log, line.sync, key, app=APP).sent == len(desk.events())
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert process.stdout is not None and process.stdout.read() == "stopped\n"
    assert lines(new_center(tmp_path)) == [event.line() for event in desk.events()]


def test_what_is_on_its_way_when_the_center_is_asked_to_stop_is_still_answered(desk: Desk, tmp_path: Path) -> None:
    with serving(tmp_path) as (url, process):
        key = _join(desk, tmp_path, url)
        message = request(desk.id, APP, 0, [sealed(desk.events(), desk.key)], desk.key)
        head = f"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: {len(message)}\r\nExpect: 100-continue\r\n\r\n"
        place = urlsplit(url)
        with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as line:
            line.sendall(head.encode())
            assert line.recv(64).startswith(b"HTTP/1.1 100")  # the center reads this request now
            process.send_signal(signal.SIGTERM)
            with pytest.raises(OSError):
                while True:  # until it takes no new ones
                    socket.create_connection((place.hostname or "", place.port or 0), timeout=60).close()
            line.sendall(message)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        assert process.wait(30) == 0
    headers, _, body = answer.partition(b"\r\n\r\n")
    assert headers.startswith(b"HTTP/1.1 200")
    assert read_answer(body, key)["have"]["seq"] == len(desk.events())
    assert lines(new_center(tmp_path)) == [event.line() for event in desk.events()]


def test_a_center_killed_at_any_moment_has_what_it_answered_for(desk: Desk, tmp_path: Path, db: str | None) -> None:
    with serving(tmp_path, db) as (url, _process):
        key = _join(desk, tmp_path, url)
    desk.accept(40)
    rng = random.Random(11)
    for _kill in range(2):
        with serving(tmp_path, db) as (url, process), Line(url) as line:
            killer = threading.Timer(rng.uniform(0.02, 0.2), process.kill)
            killer.start()
            with suppress(SyncTrouble):
                while True:
                    exchange_once(desk.log, line.sync, key, app=APP, pace=Pace(1))
                    desk.accept(1)
            killer.join()
        _holds_what_it_answered(desk, tmp_path)
    with serving(tmp_path, db) as (url, _process), Line(url) as line:
        exchange_once(desk.log, line.sync, key, app=APP)
    assert lines(new_center(tmp_path)) == [event.line() for event in desk.events()]


def _holds_what_it_answered(desk: Desk, folder: Path) -> None:
    """Check that the center has a beginning of the desk's log, at least as long as it ever said."""
    with desk.store.reading() as session:
        have = status(session, desk.id).have
    center = new_center(folder)
    held = lines(center)
    center.close()
    assert held == [event.line() for event in desk.events()][: len(held)]
    assert len(held) >= (0 if have is None else have["seq"])


def test_nobody_at_the_address_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(CenterUnreachable), Line(f"http://127.0.0.1:{port}") as line:
        line.sync(b"x")


def test_an_address_in_use_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CannotListen):
        serve(new_center(tmp_path), print, port=taken.getsockname()[1])
    for host, port in (("203.0.113.1", 0), ("no.such.host.invalid", 0), ("127.0.0.1", 70_000)):
        with pytest.raises(CannotListen):
            serve(new_center(tmp_path), print, host=host, port=port)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate that nobody trusts, and its key."""
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return str(folder / "cert.pem"), str(folder / "key.pem")


def test_over_https_a_certificate_nobody_trusts_is_told(tmp_path: Path, certificate: tuple[str, str]) -> None:
    with serving(tmp_path, None, *certificate) as (url, _process):
        assert url.startswith("https://127.0.0.1:")
        with pytest.raises(CertificateDoubted):
            post(f"{url}/v1/sync", b"x")
        with pytest.raises(DeskError):
            post(f"http{url[5:]}/v1/sync", b"x")


def test_a_certificate_that_cannot_be_read_is_told(tmp_path: Path, certificate: tuple[str, str]) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("no certificate", encoding="utf-8")
    for cert, key in ((wrong, Path(certificate[1])), (tmp_path / "none.pem", None), (Path(certificate[0]), wrong)):
        with pytest.raises(FileUnreadable):
            serve(new_center(tmp_path), print, port=0, cert=cert, key=key)


def test_another_page_of_the_center_is_no_answer(tmp_path: Path) -> None:
    with serving(tmp_path) as (url, _process), pytest.raises(NotTheCenter):
        post(f"{url}/healthz", b"x")


def test_an_answer_in_two_pieces_does_not_wait_for_the_other_side() -> None:
    with serve_module._socket("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        connection, _address = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
