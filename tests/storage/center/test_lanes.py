"""Requests wait in two lanes: live ones never behind what catches up, and nobody without end."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from storage.center import app
from storage.center.lanes import LIVE_BYTES, Lanes
from storage.messages import read_answer, request, sealed
from tests.storage.centers import APP, join, new_center
from tests.storage.desks import new_desk

BULK = b"x" * (LIVE_BYTES + 1)
LIVE = b"x"


async def test_what_comes_live_is_answered_while_every_thread_for_bulk_is_taken() -> None:
    lanes, go_on, order = Lanes(), threading.Event(), list[str]()

    def slow(body: bytes) -> None:
        assert go_on.wait(60)
        order.append("bulk")

    waiting = [asyncio.create_task(lanes.run(slow, BULK)) for _request in range(10)]
    while lanes.waiting < 10 * len(BULK):
        await asyncio.sleep(0)
    await lanes.run(lambda _body: order.append("live"), LIVE)
    go_on.set()
    await asyncio.gather(*waiting)
    assert order == ["live", *["bulk"] * 10]
    assert lanes.waiting == 0


async def test_only_so_much_waits_and_live_requests_always_may() -> None:
    lanes, go_on = Lanes(2 * len(BULK)), threading.Event()
    assert lanes.has_room(len(BULK))
    waiting = [asyncio.create_task(lanes.run(lambda _body: go_on.wait(60), BULK)) for _request in range(2)]
    while lanes.waiting < 2 * len(BULK):
        await asyncio.sleep(0)
    assert not lanes.has_room(len(BULK))
    assert lanes.has_room(len(LIVE))
    go_on.set()
    await asyncio.gather(*waiting)
    assert lanes.has_room(len(BULK))


async def test_who_would_wait_longer_than_a_desk_does_is_told_to_come_again() -> None:
    now, go_on = [0.0], threading.Event()
    lanes = Lanes(monotonic=lambda: now[0])

    def slow(_body: bytes) -> None:
        now[0] += 31

    await lanes.run(slow, BULK)  # so one takes 31 seconds, and two are worked on at once
    waiting = []
    for _request in range(3):
        assert lanes.has_room(len(BULK))
        waiting.append(asyncio.create_task(lanes.run(lambda _body: go_on.wait(60), BULK)))
        await asyncio.sleep(0)
    assert not lanes.has_room(len(BULK))
    assert lanes.wait_s == 46.5
    assert lanes.has_room(len(LIVE))
    go_on.set()
    await asyncio.gather(*waiting)


async def test_an_act_that_fails_leaves_its_place() -> None:
    lanes = Lanes()

    def fails(_body: bytes) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError):
        await lanes.run(fails, BULK)
    assert lanes.waiting == 0


def test_whoever_finds_no_room_is_told_by_the_center_when_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, center = new_desk(tmp_path / "home"), new_center(tmp_path)
    join(desk, center)
    monkeypatch.setattr(app, "Lanes", lambda *_given, **_more: Lanes(-1, live_bytes=0))
    message = request(desk.id, APP, 0, [sealed(desk.events(), desk.key)], desk.key)
    with TestClient(app.make_app(center)) as client:
        response = client.post("/v1/sync", content=message)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    told = read_answer(response.content, center.key.public)
    assert (told["status"], told["retry_after"]) == ("busy", 10)
    desk.store.close()
    center.close()
