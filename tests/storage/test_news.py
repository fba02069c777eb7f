"""A desk asks to be told when there is something for it: what counts, who is answered, and over a real line."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desk.errors.sync import DeskRevoked, DeskUnknown, LinkCut, NotTheCenter
from storage.center.center import Center
from storage.messages import signed
from storage.sync.exchange import exchange_once
from storage.sync.http import PATIENCE_S, Line
from storage.sync.listening import WAIT_S, News, ask
from storage.wire import compact
from tests.storage.center.test_serve import serving
from tests.storage.centers import APP, join, new_center, sync
from tests.storage.desks import Desk, new_desk

TWO = "0192f0a1-7c3a-7b11-8a55-000000000002"
LONG_S = 60
NOTHING, NEWS = News(is_there=False, is_held=True), News(is_there=True, is_held=True)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """A second desk of the unit."""
    fresh = new_desk(tmp_path / "two", TWO, seed=2)
    yield fresh
    fresh.store.close()


@pytest.fixture
def center(desk: Desk, other: Desk, tmp_path: Path) -> Iterator[Center]:
    """A center that both joined and that each knows all of."""
    with closing(new_center(tmp_path)) as fresh:
        for slot, one in enumerate((desk, other)):
            join(one, fresh, slot)
        for one in (desk, other, desk):
            sync(one, fresh)
        yield fresh


def asked(desk: Desk, center: Center) -> News:
    """Return what `center` says to `desk` now."""
    return ask(desk.log, lambda message: center.news(message, is_held=True)[1], center.key.public)


def waits(desk: Desk, center: Center) -> bool:
    """Return whether the center would let the question of `desk` wait."""
    kept: list[bytes] = []

    def keep(message: bytes) -> bytes:
        kept.append(message)
        return center.news(message, is_held=True)[1]

    ask(desk.log, keep, center.key.public)
    return center.waiting(kept[0]) is not None


def test_what_another_desk_of_the_unit_wrote_is_news_until_it_was_taken(
    desk: Desk, other: Desk, center: Center
) -> None:
    rung: list[Any] = []
    center.heard = lambda units: rung.extend(units)
    assert asked(desk, center) == NOTHING and waits(desk, center)
    other.accept(1)
    sync(other, center)
    assert rung == ["H49.35"]
    assert asked(desk, center) == NEWS and not waits(desk, center)
    sync(desk, center)
    assert asked(desk, center) == NOTHING and waits(desk, center)
    assert rung == ["H49.35"]


def test_who_is_unknown_or_revoked_is_told_and_never_waits(desk: Desk, other: Desk, center: Center) -> None:
    stranger = new_desk(other.folder.parent / "three", "0192f0a1-7c3a-7b11-8a55-000000000003", seed=3)
    with pytest.raises(DeskUnknown):
        asked(stranger, center)
    stranger.store.close()
    center.revoke(desk.id)
    with pytest.raises(DeskRevoked):
        asked(desk, center)


@pytest.mark.parametrize(
    "value",
    [{}, {"wait": "x"}, {"desk": TWO, "wait": 5, "life": "", "pull": {}}, {"wait": 5, "life": 3, "pull": None}],
)
def test_what_is_no_question_is_refused_and_never_waits(desk: Desk, center: Center, value: dict[str, Any]) -> None:
    message = signed({"desk": desk.id}, compact({"desk": desk.id, **value}), desk.key)
    assert center.waiting(message) is None and center.news(message, is_held=True)[0] == 400
    with pytest.raises(NotTheCenter):
        ask(desk.log, lambda _message: message, center.key.public)


def test_the_wait_fits_into_the_patience_of_a_line() -> None:
    assert WAIT_S * 2 < PATIENCE_S


def test_over_a_line_a_waiting_desk_is_told_at_once_and_when_the_center_stops(
    desk: Desk, other: Desk, tmp_path: Path
) -> None:
    with closing(new_center(tmp_path)) as center:
        key = center.key.public
        for slot, one in enumerate((desk, other)):
            join(one, center, slot)
        for one in (desk, other, desk):
            sync(one, center)
    with serving(tmp_path) as (url, process), ThreadPoolExecutor(2) as threads, Line(url) as line, Line(url) as again:
        waiting = threads.submit(ask, desk.log, line.wait, key, WAIT_S)
        other.accept(1)
        with Line(url) as sending:
            exchange_once(other.log, sending.sync, key, app=APP)
        assert waiting.result(LONG_S) == NEWS
        exchange_once(desk.log, line.sync, key, app=APP)
        first = threads.submit(ask, desk.log, line.wait, key, WAIT_S)
        second = threads.submit(ask, desk.log, again.wait, key, WAIT_S)
        done = wait([first, second], LONG_S, FIRST_COMPLETED).done  # a desk has one place: now the other one has it
        assert [one.result() for one in done] == [NOTHING]
        process.send_signal(signal.SIGTERM)
        assert (second if first in done else first).result(LONG_S) == NOTHING
        assert process.wait(LONG_S) == 0


def test_a_question_on_its_way_is_broken_off_from_another_thread() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        line = Line(f"http://127.0.0.1:{silent.getsockname()[1]}")
        failed = threading.Event()

        def put() -> None:
            with pytest.raises(LinkCut):
                line.wait(b"x")
            failed.set()

        thread = threading.Thread(target=put, daemon=True)
        thread.start()
        taken, _address = silent.accept()
        assert taken.recv(1)  # it is under way, and nobody answers
        line.give_up()
        assert failed.wait(LONG_S)
        with pytest.raises(LinkCut):  # nor is another one put
            line.wait(b"x")
        line.close()
        taken.close()
