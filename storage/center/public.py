"""What the center shows everybody: where a dossier stands, its survey form, and the proof of a paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from desk.clock import monotonic_s
from desk.errors.base import StoreTrouble
from desk.rules.proof import read_digits
from storage.center.bodies import Refused, body_of
from storage.center.center import RETRY_AFTER_S, Center
from storage.center.description import form, html
from storage.center.own import tracking_url
from storage.center.page import busy, page, too_often
from storage.center.proof_page import known_keys, proof_page, script_policy
from storage.center.throttle import Throttle, asker
from storage.center.tracking import LONGEST, Standing, standing

LARGEST_FORM: Final = 1024
"""Bytes of a survey form."""
_TAKEN: Final = html(303, 404, 408, 413, 429, 503)


def public_pages(center: Center, unit_name: Callable[[str], str], throttle: Throttle | None = None) -> APIRouter:
    """Return the pages of `center` for citizens; unit_name says a unit's code in words."""
    pages = APIRouter(default_response_class=Response)
    counted = throttle or Throttle(monotonic_s)

    def shown(found: Standing) -> Response:
        status, html = page(found, unit_name)
        return _html(html, status)

    def refused(request: Request) -> Response | None:
        peer = request.client.host if request.client else ""
        wait_s = counted.wait_s(asker(peer, request.headers.get("x-forwarded-for", "")))
        return _html(too_often(wait_s), 429, {"Retry-After": str(wait_s)}) if wait_s else None

    @pages.head("/t/{digits:path}", include_in_schema=False)
    @pages.head("/T/{digits:path}", include_in_schema=False)
    @pages.get("/t/{digits:path}", responses=html(200, 303, 404, 429, 503))
    @pages.get("/T/{digits:path}", responses=html(200, 303, 404, 429, 503))
    async def track(request: Request, digits: str) -> Response:
        if (answer := refused(request)) is not None:
            return answer
        if not digits:
            typed = read_digits(request.query_params.get("digits", "")[:LONGEST])
            return _elsewhere(f"/t/{typed}") if typed else shown(Standing("asked"))
        try:
            return shown(await run_in_threadpool(standing, center.store, digits, center.clock()))
        except StoreTrouble:
            return _busy()

    @pages.post("/t/{digits:path}", status_code=303, responses=_TAKEN, openapi_extra=form("level"))
    @pages.post("/T/{digits:path}", status_code=303, responses=_TAKEN, openapi_extra=form("level"))
    async def survey(request: Request, digits: str) -> Response:
        if (answer := refused(request)) is not None:
            return answer
        try:
            form = parse_qs((await body_of(request, LARGEST_FORM)).decode("ascii", "replace"))
            await run_in_threadpool(center.take_survey, digits, form.get("level", [""])[0])
        except Refused as too_large:
            return Response(status_code=too_large.http)
        except StoreTrouble:
            return _busy()
        return _elsewhere(f"/t/{read_digits(digits[:LONGEST])}")  # the page then says whether it was taken

    @pages.head("/verify", include_in_schema=False)
    @pages.get("/verify", responses=html(200, 503))
    async def verify() -> Response:
        try:
            html = await run_in_threadpool(_proof_page, center, unit_name)
        except StoreTrouble:
            return _busy()
        return _html(html, 200, {"Content-Security-Policy": script_policy()})

    return pages


def _proof_page(center: Center, unit_name: Callable[[str], str]) -> str:
    with center.store.reading() as session:
        return proof_page(known_keys(session), tracking_url(session), unit_name)


def _html(html: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(html, status, media_type="text/html; charset=utf-8", headers=headers)


def _busy() -> Response:
    return _html(busy(), 503, {"Retry-After": str(RETRY_AFTER_S)})


def _elsewhere(path: str) -> Response:
    """Send the browser to a page of ours, by GET."""
    return Response(status_code=303, headers={"Location": path})
