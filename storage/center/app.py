"""The center over HTTP: its addresses in front of one `Center`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from storage.center.center import Answer, Center
from storage.center.own import tracking_url
from storage.center.page import HEADERS, page
from storage.center.proof_page import known_keys, proof_page, script_policy
from storage.center.tracking import standing
from storage.messages import CONTENT_TYPE

LARGEST_SYNC: Final = 16 << 20
"""Bytes of a request to /v1/sync; a desk sends about 1 MiB at a time."""
LARGEST_ENROL: Final = 64 << 10
PATIENCE_S: Final = 60
"""How long the next piece of a body is waited for, in seconds; 20 KB pass on the slowest lines."""


class _Refused(Exception):
    """A body that is not taken, with its HTTP status."""

    def __init__(self, http: int) -> None:
        super().__init__(http)
        self.http = http


def make_app(center: Center, unit_name: Callable[[str], str] = str) -> FastAPI:
    """Return the HTTP application of `center`; unit_name says a unit's code in words on the citizens' page."""
    app = FastAPI(title="motcua center", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/v1/sync")
    async def sync(request: Request) -> Response:
        return await _answered(request, LARGEST_SYNC, center.exchange)

    @app.post("/v1/enrol")
    async def enrol(request: Request) -> Response:
        return await _answered(request, LARGEST_ENROL, center.enrol)

    @app.api_route("/t/{digits:path}", methods=["GET", "HEAD"])
    @app.api_route("/T/{digits:path}", methods=["GET", "HEAD"])
    async def track(digits: str) -> Response:
        found = await run_in_threadpool(standing, center.store, digits)
        status, html = page(found, unit_name)
        return Response(html, status, media_type="text/html; charset=utf-8")

    @app.api_route("/verify", methods=["GET", "HEAD"])
    async def verify() -> Response:
        html = await run_in_threadpool(_proof_page, center, unit_name)
        headers = {"Content-Security-Policy": script_policy()}
        return Response(html, media_type="text/html; charset=utf-8", headers=headers)

    @app.get("/healthz")
    async def healthz() -> Response:
        well = await run_in_threadpool(center.is_well)
        return Response(
            "ok\n" if well else "the database does not answer\n", 200 if well else 503, media_type="text/plain"
        )

    @app.middleware("http")
    async def guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return app


def _proof_page(center: Center, unit_name: Callable[[str], str]) -> str:
    with center.store.reading() as session:
        return proof_page(known_keys(session), tracking_url(session), unit_name)


async def _answered(request: Request, largest: int, act: Callable[[bytes], Answer]) -> Response:
    try:
        body = await _body(request, largest)
    except _Refused as refused:
        return Response(status_code=refused.http)
    status, message = await run_in_threadpool(act, body)
    retry = {"Retry-After": "10"} if status == 503 else {}
    return Response(message, status, media_type=CONTENT_TYPE, headers=retry)


async def _body(request: Request, largest: int) -> bytes:
    """Return the request's body; raises _Refused where it is too large, too slow or broken off."""
    said = request.headers.get("content-length", "0")
    if said.isdigit() and int(said) > largest:
        raise _Refused(413)
    body = bytearray()
    pieces = request.stream()
    try:
        while True:
            piece = await asyncio.wait_for(anext(pieces, None), PATIENCE_S)
            if piece is None:
                return bytes(body)
            body += piece
            if len(body) > largest:
                raise _Refused(413)
    except (TimeoutError, ClientDisconnect) as error:
        raise _Refused(408) from error
