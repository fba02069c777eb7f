"""The lead's page: only with a good token, only his unit, each row with its action, nothing personal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.clock import to_ms
from desk.keys import SigningKey
from desk.rules.calendar import Calendar
from storage.center import lead_token, work_queue
from storage.center.app import make_app
from storage.center.center import Center
from storage.center.work_queue import Task
from storage.queries.twins import Memory
from tests.storage.browser import dom
from tests.storage.centers import join, new_center, sync
from tests.storage.desks import FIRST, NAMES, Desk

DUE = FIRST + timedelta(days=3)


@pytest.fixture
def center(desk: Desk, tmp_path: Path) -> Iterator[Center]:
    """A center with a desk that joined."""
    with closing(new_center(tmp_path)) as fresh:
        join(desk, fresh)
        yield fresh


def _move(desk: Desk, dossier: str, kind: str, body: dict[str, Any]) -> None:
    with desk.log.act("officer-1") as act:
        act.append(kind, body, dossier=dossier)


def _tasks(center: Center, now: datetime, unit: str = "") -> list[Task]:
    with center.store.reading() as session:
        return work_queue.tasks(session, unit, now, Calendar(), Memory())


def _of(found: list[Task], why: str) -> list[str]:
    return [task.what for task in found if task.why == why]


def test_what_is_due_within_two_days_is_listed_and_nothing_later(center: Center, desk: Desk) -> None:
    desk.accept(1)
    sync(desk, center)
    assert _of(_tasks(center, DUE - timedelta(days=3)), "due_soon") == []
    assert _of(_tasks(center, DUE - timedelta(days=2)), "due_soon") == ["H49.35-261005-0001"]
    assert _of(_tasks(center, DUE + timedelta(minutes=1)), "due_soon") == []


def test_a_late_dossier_asks_for_its_cause_and_its_apology_until_they_are_there(center: Center, desk: Desk) -> None:
    first, _second, third = desk.accept(3)
    _move(desk, first, "delay.recorded", {"cause": "other"})
    _move(desk, third, "dossier.supplement_requested", {"reason": "x"})
    sync(desk, center)
    found = _tasks(center, DUE + timedelta(days=1))
    assert _of(found, "no_cause") == ["H49.35-261005-0002"]
    assert _of(found, "no_apology") == ["H49.35-261005-0001", "H49.35-261005-0002"]
    _move(desk, first, "dossier.apologised", {"due_at": to_ms(DUE + timedelta(days=30))})
    sync(desk, center)
    assert _of(_tasks(center, DUE + timedelta(days=1)), "no_apology") == ["H49.35-261005-0002"]


def test_a_desk_is_silent_after_four_working_hours(center: Center, desk: Desk) -> None:
    desk.accept(1)
    sync(desk, center)
    assert _of(_tasks(center, FIRST + timedelta(hours=3)), "silent") == []
    assert _of(_tasks(center, FIRST + timedelta(hours=8)), "silent") == [desk.id]


def test_last_months_table_is_asked_for_until_it_is_closed(center: Center, desk: Desk) -> None:
    desk.accept(1)
    sync(desk, center)
    november = datetime.fromisoformat("2026-11-02T09:00:00+07:00")
    (task,) = [one for one in _tasks(center, november) if one.why == "not_closed"]
    assert (task.what, task.unit) == ("2026-10", "H49.35")
    with desk.log.act("officer-1") as act:
        act.append("report.closed", {"period": {"from": "2026-10-01", "to": "2026-10-31"}})
    sync(desk, center)
    assert _of(_tasks(center, november), "not_closed") == []


def test_an_event_that_fits_no_dossier_is_an_incident(center: Center, desk: Desk) -> None:
    (dossier,) = desk.accept(1)
    _move(desk, dossier, "survey.asked", {})
    sync(desk, center)
    assert _of(_tasks(center, FIRST), "incident") == ["H49.35-261005-0001"]


def test_a_code_and_a_number_that_two_dossiers_have_are_incidents_of_the_later_one(center: Center, desk: Desk) -> None:
    dossiers = []
    for number, code in ((7, "H49.35-261005-0801"), (8, "H49.35-261005-0801"), (7, "H49.35-261005-0803")):
        dossiers.append(desk.chance.new_id())
        body = {"code": code, "procedure": "2.000908", "book": "copies", "book_year": 2026, "book_number": number}
        _move(desk, dossiers[-1], "dossier.accepted", body)
    sync(desk, center)
    shown = [task for task in _tasks(center, FIRST) if task.why == "incident"]
    assert [(task.dossier, task.what[-4:]) for task in shown] == [(dossiers[1], "0801"), (dossiers[2], "0803")]
    assert _of(_tasks(center, FIRST, "06712"), "incident") == []
    accepted = next(event.head.id for event in desk.events() if event.head.dossier == dossiers[1])
    _move(desk, dossiers[1], "incident.resolved", {"incident": accepted})
    sync(desk, center)
    assert [task.dossier for task in _tasks(center, FIRST) if task.why == "incident"] == [dossiers[2]]


def test_another_units_work_is_not_shown(center: Center, desk: Desk) -> None:
    desk.accept(2)
    sync(desk, center)
    late = DUE + timedelta(days=40)
    assert _tasks(center, late, "06712") == []
    assert _tasks(center, late, "H49.35") == _tasks(center, late)


def test_on_time_is_counted_by_the_month_of_the_result(center: Center, desk: Desk) -> None:
    desk.accept(3, then=("dossier.resolved",))
    sync(desk, center)
    with center.store.reading() as session:
        months = work_queue.on_time(session, "H49.35", FIRST + timedelta(days=40))
        assert [month.first.month for month in months] == [6, 7, 8, 9, 10, 11]
        assert [(month.resolved, month.on_time) for month in months[-2:]] == [(3, 3), (0, 0)]
        assert work_queue.on_time(session, "06712", FIRST)[-1].resolved == 0


KEY = SigningKey.make(b"c" * 32)


def test_a_token_is_good_until_its_end_and_within_its_generation() -> None:
    text = lead_token.make(KEY, "06709", DUE, 1, b"s" * 16)
    found = lead_token.read(text, KEY.public, FIRST, 1)
    assert found is not None
    assert (found.unit, found.until_at) == ("06709", DUE)
    assert lead_token.read(text, KEY.public, DUE, 1) is None
    assert lead_token.read(text, KEY.public, FIRST, 2) is None
    assert lead_token.read(text, SigningKey.make(b"d" * 32).public, FIRST, 1) is None


@pytest.mark.parametrize("place", range(0, 230, 7))
def test_no_changed_token_is_good(place: int) -> None:
    text = lead_token.make(KEY, "06709", DUE, 1, b"s" * 16)
    place %= len(text) - 1  # the last letter of base64 has bits that say nothing
    changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    assert lead_token.read(changed, KEY.public, FIRST, 1) is None


@pytest.mark.parametrize("text", ["", ".", "a.b", "é", "x" * 5000, "=.=", "e30.e30"])
def test_what_is_no_token_is_none(text: str) -> None:
    assert lead_token.read(text, KEY.public, FIRST, 1) is None


def test_nobody_sees_the_queue_without_a_token(center: Center, desk: Desk) -> None:
    desk.accept(1)
    sync(desk, center)
    center.clock.now = DUE + timedelta(days=1)  # type: ignore[attr-defined]  # the clock of tests
    with TestClient(make_app(center), base_url="https://center.vn", follow_redirects=False) as client:
        for path in ("/lead", "/lead/apology/x", "/lead/reminder/x"):
            assert client.get(path).status_code == 401
        assert client.post("/lead", data={"token": "wrong"}).status_code == 401
        token = center.make_lead_token("", 30).token
        entered = client.post("/lead", data={"token": f" {token}\n"})
        assert (entered.status_code, entered.headers["location"]) == (303, "/lead")
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and "secure" in cookie and "path=/lead" in cookie
        shown = client.get("/lead")
        assert shown.status_code == 200
        assert "H49.35-261005-0001" in shown.text
        for path in re.findall(r'href="(/lead/[^"]+)"', shown.text):
            paper = client.get(path)
            assert paper.status_code == 200
            assert "H49.35-261005-0001" in paper.text
            for secret in (*NAMES, "0221900", "0912345678"):
                assert secret not in paper.text + shown.text
        assert "<script" not in shown.text and "<svg" in shown.text
        center.end_lead_tokens()
        assert client.get("/lead").status_code == 401
        assert client.post("/lead/out").headers["set-cookie"].startswith("lead=")


def test_a_lead_prints_no_paper_of_another_unit(center: Center, desk: Desk) -> None:
    (dossier,) = desk.accept(1)
    sync(desk, center)
    with TestClient(make_app(center), base_url="https://center.vn") as client:
        client.post("/lead", data={"token": center.make_lead_token("06712", 1).token})
        assert client.get("/lead").status_code == 200
        assert client.get(f"/lead/apology/{dossier}").status_code == 404
        client.post("/lead", data={"token": center.make_lead_token("H49.35", 1).token})
        assert "Mẫu 04" in client.get(f"/lead/apology/{dossier}").text
        assert client.get(f"/lead/other/{dossier}").status_code == 404


def test_tokens_cannot_be_tried_without_end(center: Center) -> None:
    with TestClient(make_app(center)) as client:
        answers = [client.post("/lead", data={"token": "x"}).status_code for _try in range(11)]
    assert answers == [401] * 10 + [429]


def test_a_browser_draws_the_queue_with_its_charts(center: Center, desk: Desk, tmp_path: Path) -> None:
    desk.accept(2)
    sync(desk, center)
    center.clock.now = DUE + timedelta(days=1)  # type: ignore[attr-defined]  # the clock of tests
    with TestClient(make_app(center), base_url="https://center.vn") as client:
        client.post("/lead", data={"token": center.make_lead_token("", 1).token})
        file = tmp_path / "lead.html"
        file.write_text(client.get("/lead").text, encoding="utf-8")
    shown = dom(file.as_uri(), tmp_path / "profile")
    assert shown.count("<rect") == 12
    assert shown.count("Mẫu 04</a>") == 2
