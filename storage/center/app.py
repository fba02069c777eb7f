"""The center over HTTP: what answers desks, and what everybody may see, in front of one `Center`."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from desk import diagnostics
from desk.version import VERSION
from storage.center import description
from storage.center.bodies import Refused, body_of
from storage.center.center import RETRY_AFTER_S, Answer, Center
from storage.center.lanes import Lanes
from storage.center.lead_routes import lead_pages
from storage.center.metrics import OTHER, Metrics
from storage.center.page import HEADERS, page
from storage.center.public import public_pages
from storage.center.tracking import Standing
from storage.center.waiters import Waiters
from storage.messages import CONTENT_TYPE

LARGEST_SYNC: Final = 16 << 20
"""Bytes of a request to /v1/sync; a desk sends about 1 MiB at a time."""
LARGEST_FILES: Final = 1 << 20
"""Bytes of a request to /v1/blobs; one part of a file is a quarter of it."""
LARGEST_ENROL: Final = 64 << 10
LARGEST_WAIT: Final = 64 << 10
LARGEST_FILES_WAITING: Final = 16 << 20
_THIS_MACHINE: Final = ("127.0.0.1", "::1")
"""Who may read the figures of the process: a monitor on the same machine."""


def make_app(center: Center, unit_name: Callable[[str], str] = str, waiters: Waiters | None = None) -> FastAPI:
    """Return the HTTP application of `center`; unit_name says a unit's code in words on the citizens' page.

    waiters: of the desks that wait for news, where the caller lets them go when it stops.
    """
    app = FastAPI(
        title="motcua center",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        default_response_class=Response,
    )

    _serve_desks(app, center, waiters or Waiters())
    app.include_router(public_pages(center, unit_name))
    app.include_router(lead_pages(center, unit_name))

    @app.get("/healthz", responses=description.plain(200, 503))
    async def healthz() -> Response:
        well = await run_in_threadpool(center.is_well)
        return Response(
            "ok\n" if well else "the database does not answer\n", 200 if well else 503, media_type="text/plain"
        )

    metrics = Metrics(center.store, center.clock)

    @app.get("/metrics", responses=description.plain(200, 404))
    async def measured(request: Request) -> Response:
        if request.client is None or request.client.host not in _THIS_MACHINE:
            return Response(status_code=404)
        return Response(await run_in_threadpool(metrics.text), media_type=CONTENT_TYPE_LATEST)

    @app.exception_handler(HTTPException)
    async def elsewhere(_request: Request, error: HTTPException) -> Response:
        """Show whoever mistyped the address where to put his digits; other refusals need no words."""
        if error.status_code == 404:
            return Response(page(Standing("asked"))[1], 404, media_type="text/html")
        return Response(status_code=error.status_code, headers=error.headers)

    _guard(app, metrics)
    return app


def _serve_desks(app: FastAPI, center: Center, waiters: Waiters) -> None:
    """Add the addresses that desks call."""
    lanes = Lanes()
    lowest = Lanes(LARGEST_FILES_WAITING, live_bytes=0, threads=1)

    @app.post("/v1/sync", responses=description.SYNC, openapi_extra=description.SYNC_BODY)
    async def sync(request: Request) -> Response:
        return await _answered(request, LARGEST_SYNC, center, lanes, center.exchange)

    @app.post("/v1/wait", responses=description.WAIT, openapi_extra=description.WAIT_BODY)
    async def wait(request: Request) -> Response:
        return await _waited(request, center, lanes, waiters)

    @app.post("/v1/blobs", responses=description.BLOBS, openapi_extra=description.BLOBS_BODY)
    async def blobs(request: Request) -> Response:
        return await _answered(request, LARGEST_FILES, center, lowest, center.files)

    @app.post("/v1/enrol", responses=description.ENROL, openapi_extra=description.ENROL_BODY)
    async def enrol(request: Request) -> Response:
        return await _answered(request, LARGEST_ENROL, center, lanes, center.enrol)

    center.heard = waiters.ring


def _guard(app: FastAPI, metrics: Metrics) -> None:
    """Let no fault answer with its own words, and count and note every answer."""

    @app.middleware("http")
    async def guarded(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        began = time.monotonic()
        status = 500
        try:
            response = await call_next(request)
            status = response.status_code
        except Exception as error:  # a fault of ours: its place is noted, its words may hold what somebody wrote
            diagnostics.failure("failed", error)
            response = Response(status_code=status)
        finally:
            path = getattr(request.scope.get("route"), "path", OTHER)
            seconds = time.monotonic() - began
            metrics.answered(path, status, seconds)
            diagnostics.note("answered", path=path, status=status, ms=round(seconds * 1000))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


async def _answered(
    request: Request, largest: int, center: Center, lanes: Lanes, act: Callable[[bytes], Answer]
) -> Response:
    try:
        body = await body_of(request, largest)
    except Refused as refused:
        return Response(status_code=refused.http)
    return await _told(center, lanes, act, body)


async def _waited(request: Request, center: Center, lanes: Lanes, waiters: Waiters) -> Response:
    """Answer a desk when there is something for it, or when it has waited long enough; no thread waits with it."""
    try:
        body = await body_of(request, LARGEST_WAIT)
    except Refused as refused:
        return Response(status_code=refused.http)
    mark = waiters.mark()
    asked = await lanes.run(center.waiting, body) if lanes.has_room(len(body)) else None
    is_held = asked is None or await waiters.wait(asked.desk.desk, asked.desk.unit, asked.wait_s, mark)
    return await _told(center, lanes, partial(center.news, is_held=is_held), body)


async def _told(center: Center, lanes: Lanes, act: Callable[[bytes], Answer], body: bytes) -> Response:
    later_s = max(RETRY_AFTER_S, round(lanes.wait_s))
    status, message = await lanes.run(act, body) if lanes.has_room(len(body)) else center.busy(body, later_s)
    retry = {"Retry-After": str(later_s)} if status == 503 else {}
    return Response(message, status, media_type=CONTENT_TYPE, headers=retry)
