"""The line over HTTP: strangers, broken and standing lines are told apart, and none is taken for the center."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desk.errors.sync import AddressUnreadable, CenterUnreachable, LinkCut, NotTheCenter
from storage.messages import CONTENT_TYPE
from storage.sync import http
from storage.sync.address import center_url
from storage.sync.http import Line, post

OK = f"HTTP/1.1 200 OK\r\nContent-Type: {CONTENT_TYPE}\r\n"


@contextmanager
def answering(act: Callable[[socket.socket, bytes], None]) -> Iterator[str]:
    """Yield the address of a server that reads one request and then does `act` with its connection."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return
            with connection:
                act(connection, _request(connection))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def _request(connection: socket.socket) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        piece = connection.recv(65536)
        if not piece:
            return read
        read += piece
    head, _, body = read.partition(b"\r\n\r\n")
    length = next(int(row.split(b":")[1]) for row in head.lower().split(b"\r\n") if row.startswith(b"content-length"))
    while len(body) < length and (piece := connection.recv(65536)):
        body += piece
    return head + b"\r\n\r\n" + body


def _says(answer: bytes) -> Callable[[socket.socket, bytes], None]:
    return lambda connection, _request: connection.sendall(answer)


def test_bytes_go_there_and_come_back() -> None:
    seen: list[bytes] = []

    def echo(connection: socket.socket, request: bytes) -> None:
        seen.append(request)
        body = request.partition(b"\r\n\r\n")[2][::-1]
        connection.sendall(f"{OK}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)

    with answering(echo) as url, Line(url) as line:
        assert line.sync(b"\x00\xff message") == b"egassem \xff\x00"
        assert line.enrol(b"abc") == b"cba"
    assert seen[0].startswith(b"POST /v1/sync HTTP/1.1") and seen[1].startswith(b"POST /v1/enrol HTTP/1.1")
    assert CONTENT_TYPE.encode() in seen[0]


@pytest.mark.parametrize("http_status", ["409 Conflict", "503 Service Unavailable", "401 Unauthorized", "200 OK"])
def test_an_answer_of_the_center_is_handed_on_whatever_its_status(http_status: str) -> None:
    answer = f"HTTP/1.1 {http_status}\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: 2\r\n\r\nhi"
    with answering(_says(answer.encode())) as url:
        assert post(f"{url}/v1/sync", b"x") == b"hi"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
        b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        f"{OK}Content-Length: 5000000\r\n\r\n".encode() + b"x" * 5_000_000,
    ],
)
def test_a_portals_page_a_redirect_and_a_flood_are_not_the_center(answer: bytes) -> None:
    with answering(_says(answer)) as url, pytest.raises(NotTheCenter):
        post(f"{url}/v1/sync", b"x")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200",
        b"no http at all\r\n\r\n",
        f"{OK}Content-Length: 100\r\n\r\nonly this".encode(),
        f"{OK}Transfer-Encoding: chunked\r\n\r\n5\r\nab".encode(),
        f"{OK}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc".encode(),
    ],
)
def test_a_line_that_breaks_off_is_told(answer: bytes) -> None:
    with answering(_says(answer)) as url, pytest.raises(LinkCut):
        post(f"{url}/v1/sync", b"x")


def test_a_line_that_stands_still_is_given_up() -> None:
    done = threading.Event()

    def silent(_connection: socket.socket, _request: bytes) -> None:
        done.wait(20)

    with answering(silent) as url:
        with pytest.raises(LinkCut), Line(url, patience_s=0.2) as line:
            line.sync(b"x")
        done.set()
    assert http.PATIENCE_S >= 30


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://no.such.host.invalid"])
def test_nobody_there_is_told(url: str) -> None:
    with pytest.raises(CenterUnreachable) as caught, Line(url) as line:
        line.sync(b"x")
    assert caught.value.facts["cause"]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://center.vn", "https://center.vn"),
        (" https://Center.vn/ \n", "https://Center.vn"),
        ("http://10.0.0.5:8470/v1/sync", "http://10.0.0.5:8470"),
        ("http://[::1]:8470", "http://[::1]:8470"),
    ],
)
def test_an_address_is_read_as_people_type_it(typed: str, url: str) -> None:
    assert center_url(typed) == url


@pytest.mark.parametrize(
    "url",
    ["", "center.vn", "ftp://center.vn", "http://", "http://a:99999", "http://[", "file:///etc/passwd", "javascript:1"],
)
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(AddressUnreadable):
        Line(url)
