"""TLS under a wrong clock: the pinned authority is believed whatever the hour, and nobody else ever."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from desk.errors.sync import AuthorityUnreadable, CertificateDoubted
from storage.messages import CONTENT_TYPE
from storage.sync.http import Line
from tests.authorities import AROUND, YEARS_AGO, YEARS_AHEAD, Authority


class _Center(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", CONTENT_TYPE)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_given: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(file: Path) -> Iterator[str]:
    """Yield the address of a center that shows the certificate in `file`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with HTTPServer(("127.0.0.1", 0), _Center) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"https://localhost:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("span", [AROUND, YEARS_AGO, YEARS_AHEAD], ids=["in time", "clock ahead", "clock behind"])
def test_the_pinned_authority_is_believed_whatever_this_machines_hour(
    tmp_path: Path, span: tuple[datetime, datetime]
) -> None:
    ours = Authority(tmp_path, "ours", span)
    with serving(ours.center()) as url, Line(url, pinned=ours.file) as line:
        assert line.sync(b"x") == line.sync(b"y") == b"ok"


@pytest.mark.parametrize("span", [AROUND, YEARS_AGO], ids=["in time", "clock ahead"])
def test_another_authority_and_another_host_are_refused_also_where_the_hour_is_not_looked_at(
    tmp_path: Path, span: tuple[datetime, datetime]
) -> None:
    ours, foreign = Authority(tmp_path, "ours", span), Authority(tmp_path, "foreign", span)
    for file in (foreign.center(), ours.center("other.example")):
        with serving(file) as url, Line(url, pinned=ours.file) as line:
            for _time in range(2):
                with pytest.raises(CertificateDoubted):
                    line.sync(b"x")


def test_without_a_pinned_authority_nothing_is_believed_past_its_hour(tmp_path: Path) -> None:
    late = Authority(tmp_path, "ours", YEARS_AGO).center()
    with serving(late) as url, Line(url) as line, pytest.raises(CertificateDoubted):
        line.sync(b"x")


def test_a_file_without_a_certificate_is_told(tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("nothing", encoding="ascii")
    for name in ("none.pem", "missing.pem"):
        with pytest.raises(AuthorityUnreadable):
            Line("https://localhost:1", pinned=tmp_path / name)
