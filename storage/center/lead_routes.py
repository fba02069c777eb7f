"""The leads' pages over HTTP: signed in by a cookie that only this room sees and no script can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from desk.clock import monotonic_s
from desk.errors.base import StoreTrouble
from desk.rules.calendar import Calendar
from storage.center import work_queue
from storage.center.bodies import Refused, body_of
from storage.center.center import RETRY_AFTER_S, Center
from storage.center.lead_page import Facts, Names, Shown, apology, queue_page, reminder, sign_in_page
from storage.center.lead_token import Lead
from storage.center.page import busy, too_often
from storage.center.throttle import Throttle, asker
from storage.tables.projected import DossierRow

COOKIE: Final = "lead"
LARGEST_FORM: Final = 2048
TRIES_AT_ONCE: Final = 10
TRIES_PER_S: Final = 0.1


def lead_pages(center: Center, unit_name: Callable[[str], str], throttle: Throttle | None = None) -> APIRouter:
    """Return the pages of `center` for leads; throttle: how often a token may be tried."""
    pages = APIRouter()
    tries = throttle or Throttle(monotonic_s, TRIES_AT_ONCE, TRIES_PER_S)

    def shown(lead: Lead) -> str:
        now = center.clock()
        with center.store.reading() as session:
            return queue_page(
                Shown(
                    lead.unit,
                    lead.until_at,
                    work_queue.tasks(session, lead.unit, now, Calendar()),
                    work_queue.on_time(session, lead.unit, now),
                    work_queue.survey(session, lead.unit, now),
                ),
                Names(unit_name),
            )

    def paper(lead: Lead, kind: str, dossier: str) -> str | None:
        with center.store.reading() as session:
            row = session.get(DossierRow, dossier)
            if row is None or lead.unit not in ("", row.unit, row.holder):
                return None
            holder = unit_name(row.holder) if row.holder else ""
            made_at = center.clock()
            facts = Facts(
                row.code or "", row.procedure, unit_name(row.unit), holder, row.accepted_at, row.due_at, made_at
            )
        return apology(facts) if kind == "apology" else reminder(facts)

    @pages.get("/lead")
    async def queue(request: Request) -> Response:
        try:
            lead = await run_in_threadpool(center.lead, request.cookies.get(COOKIE, ""))
            if lead is None:
                return _html(sign_in_page(is_wrong=False), 401)
            return _html(await run_in_threadpool(shown, lead))
        except StoreTrouble:
            return _busy()

    @pages.post("/lead")
    async def sign_in(request: Request) -> Response:
        peer = request.client.host if request.client else ""
        wait_s = tries.wait_s(asker(peer, request.headers.get("x-forwarded-for", "")))
        if wait_s:
            return _html(too_often(wait_s), 429, {"Retry-After": str(wait_s)})
        try:
            form = parse_qs((await body_of(request, LARGEST_FORM)).decode("ascii", "replace"))
            token = form.get("token", [""])[0].strip()
            lead = await run_in_threadpool(center.lead, token)
        except Refused as too_large:
            return Response(status_code=too_large.http)
        except StoreTrouble:
            return _busy()
        if lead is None:
            return _html(sign_in_page(is_wrong=True), 401)
        answer = _to_queue()
        age_s = int((lead.until_at - center.clock()).total_seconds())
        answer.set_cookie(
            COOKIE, token, age_s, path="/lead", secure=request.url.scheme == "https", httponly=True, samesite="strict"
        )
        return answer

    @pages.post("/lead/out")
    async def sign_out() -> Response:
        answer = _to_queue()
        answer.delete_cookie(COOKIE, path="/lead", httponly=True, samesite="strict")
        return answer

    @pages.get("/lead/{kind}/{dossier}")
    async def to_print(request: Request, kind: str, dossier: str) -> Response:
        try:
            lead = await run_in_threadpool(center.lead, request.cookies.get(COOKIE, ""))
            if lead is None:
                return _html(sign_in_page(is_wrong=False), 401)
            found = await run_in_threadpool(paper, lead, kind, dossier) if kind in ("apology", "reminder") else None
        except StoreTrouble:
            return _busy()
        return Response(status_code=404) if found is None else _html(found)

    return pages


def _html(html: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(html, status, media_type="text/html; charset=utf-8", headers=headers)


def _to_queue() -> Response:
    return Response(status_code=303, headers={"Location": "/lead"})


def _busy() -> Response:
    return _html(busy(), 503, {"Retry-After": str(RETRY_AFTER_S)})
