"""The leads' pages over HTTP: signed in by a cookie that only this room sees and no script can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
from storage.center.description import form, html
from storage.center.lead_page import Facts, Names, Shown, apology, queue_page, reminder, sign_in_page
from storage.center.lead_token import Lead
from storage.center.page import busy, page, too_often
from storage.center.throttle import Throttle, asker
from storage.center.tracking import Standing
from storage.queries.twins import Memory
from storage.tables.projected import DossierRow

COOKIE: Final = "lead"
LARGEST_FORM: Final = 2048
TRIES_AT_ONCE: Final = 10
TRIES_PER_S: Final = 0.1


def lead_pages(center: Center, unit_name: Callable[[str], str], throttle: Throttle | None = None) -> APIRouter:
    """Return the pages of `center` for leads; throttle: how often a token may be tried."""
    tries = throttle or Throttle(monotonic_s, TRIES_AT_ONCE, TRIES_PER_S)
    pages = _Pages(center, unit_name, tries)
    router = APIRouter(default_response_class=Response)
    router.get("/lead", responses=html(200, 401, 503))(pages.queue)
    signed = html(303, 401, 408, 413, 429, 503)
    router.post("/lead", status_code=303, responses=signed, openapi_extra=form("token"))(pages.sign_in)
    router.post("/lead/out", status_code=303, responses=html(303))(pages.sign_out)
    router.get("/lead/{kind}/{dossier}", responses=html(200, 401, 404, 503))(pages.to_print)
    return router


@dataclass(frozen=True, slots=True)
class _Pages:
    """What is answered to a lead's browser."""

    center: Center
    unit_name: Callable[[str], str]
    tries: Throttle
    memory: Memory = field(default_factory=Memory)

    async def queue(self, request: Request) -> Response:
        try:
            lead = await self._lead(request.cookies.get(COOKIE, ""))
            if lead is None:
                return _html(sign_in_page(is_wrong=False), 401)
            return _html(await run_in_threadpool(self._shown, lead))
        except StoreTrouble:
            return _busy()

    async def sign_in(self, request: Request) -> Response:
        peer = request.client.host if request.client else ""
        wait_s = self.tries.wait_s(asker(peer, request.headers.get("x-forwarded-for", "")))
        if wait_s:
            return _html(too_often(wait_s), 429, {"Retry-After": str(wait_s)})
        try:
            form = parse_qs((await body_of(request, LARGEST_FORM)).decode("ascii", "replace"))
            token = form.get("token", [""])[0].strip()
            lead = await self._lead(token)
        except Refused as too_large:
            return Response(status_code=too_large.http)
        except StoreTrouble:
            return _busy()
        if lead is None:
            return _html(sign_in_page(is_wrong=True), 401)
        answer = _to_queue()
        age_s = int((lead.until_at - self.center.clock()).total_seconds())
        answer.set_cookie(
            COOKIE, token, age_s, path="/lead", secure=request.url.scheme == "https", httponly=True, samesite="strict"
        )
        return answer

    async def sign_out(self) -> Response:
        answer = _to_queue()
        answer.delete_cookie(COOKIE, path="/lead", httponly=True, samesite="strict")
        return answer

    async def to_print(self, request: Request, kind: str, dossier: str) -> Response:
        try:
            lead = await self._lead(request.cookies.get(COOKIE, ""))
            if lead is None:
                return _html(sign_in_page(is_wrong=False), 401)
            is_known = kind in ("apology", "reminder")
            found = await run_in_threadpool(self._paper, lead, kind, dossier) if is_known else None
        except StoreTrouble:
            return _busy()
        return _html(page(Standing("asked"))[1], 404) if found is None else _html(found)

    async def _lead(self, token: str) -> Lead | None:
        return await run_in_threadpool(self.center.lead, token)

    def _shown(self, lead: Lead) -> str:
        center, now = self.center, self.center.clock()
        with center.store.reading() as session:
            return queue_page(
                Shown(
                    lead.unit,
                    lead.until_at,
                    work_queue.tasks(session, lead.unit, now, Calendar(), self.memory),
                    work_queue.on_time(session, lead.unit, now),
                    work_queue.survey(session, lead.unit, now),
                ),
                Names(self.unit_name),
            )

    def _paper(self, lead: Lead, kind: str, dossier: str) -> str | None:
        with self.center.store.reading() as session:
            row = session.get(DossierRow, dossier)
            if row is None or lead.unit not in ("", row.unit, row.holder):
                return None
            holder = self.unit_name(row.holder) if row.holder else ""
            made_at = self.center.clock()
            unit = self.unit_name(row.unit)
            facts = Facts(row.code or "", row.procedure, unit, holder, row.accepted_at, row.due_at, made_at)
        return apology(facts) if kind == "apology" else reminder(facts)


def _html(html: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(html, status, media_type="text/html; charset=utf-8", headers=headers)


def _to_queue() -> Response:
    return Response(status_code=303, headers={"Location": "/lead"})


def _busy() -> Response:
    return _html(busy(), 503, {"Retry-After": str(RETRY_AFTER_S)})
