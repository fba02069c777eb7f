"""Old requests: what a desk sent counts once whenever it comes, and what it asked for then is given to nobody now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.center.center import Center
from storage.messages import request, sealed
from storage.sync.exchange import exchange_once
from tests.storage.centers import APP, join, lines, nonce, sync, told
from tests.storage.desks import Desk, new_desk
from tests.storage.test_whom_it_concerns import HERE, _logged


@pytest.fixture
def desks(tmp_path: Path, center: Center) -> Iterator[tuple[Desk, Desk]]:
    """Two desks of one unit, each of which is given what the other writes."""
    one, two = (
        new_desk(tmp_path / str(n), f"0192f0a1-7c3a-7b11-8a55-00000000000{n}", unit=HERE, seed=n) for n in (1, 2)
    )
    for slot, desk in enumerate((one, two)):
        join(desk, center, slot, HERE)
    yield one, two
    for desk in (one, two):
        desk.store.close()


def recorded(desk: Desk, center: Center) -> list[bytes]:
    """Let the desk exchange, and return what it sent."""
    sent: list[bytes] = []

    def line(message: bytes) -> bytes:
        sent.append(message)
        return center.exchange(message)[1]

    exchange_once(desk.log, line, center.key.public, app=APP)
    return sent


def written_meanwhile(desk: Desk, center: Center) -> None:
    """Let another desk of the unit accept and send two dossiers."""
    desk.accept(2)
    sync(desk, center)


def test_who_sends_an_old_request_again_is_given_nothing_that_came_since(
    desks: tuple[Desk, Desk], center: Center
) -> None:
    one, two = desks
    sync(one, center)
    old = [message for _time in range(2) for message in recorded(two, center)]
    written_meanwhile(one, center)
    for message in old:
        http, value = told(center, center.exchange(message))
        assert http == 200 and "page" not in value and "own" not in value and "looked_up" not in value
    assert sync(two, center).taken >= 2 and _logged(one) <= _logged(two)


@pytest.mark.parametrize("days", [1, -1], ids=["a day on", "a day back"])
def test_after_a_jump_of_the_centers_clock_a_desk_asks_once_more_by_itself(
    desks: tuple[Desk, Desk], center: Center, days: int
) -> None:
    one, two = desks
    sync(two, center)
    written_meanwhile(one, center)
    center.clock.now += timedelta(days=days)  # type: ignore[attr-defined]  # the test's own clock
    assert sync(two, center).taken >= 2 and _logged(one) <= _logged(two)


def test_after_a_new_start_of_the_center_a_desk_asks_once_more_by_itself(
    desks: tuple[Desk, Desk], center: Center
) -> None:
    one, two = desks
    sync(two, center)
    written_meanwhile(one, center)
    again = Center(center.store, center.key, center.about, center.clock, center.chance)
    assert sync(two, again).taken >= 2 and _logged(one) <= _logged(two)


def test_a_word_is_good_once_and_for_its_own_desk_only(desks: tuple[Desk, Desk], center: Center) -> None:
    one, two = desks
    word = nonce(center, one.id, one.key)
    forged = word[:-1] + ("0" if word[-1] != "0" else "1")

    def is_given(desk: Desk, brought: object) -> bool:
        message = request(desk.id, APP, 0, [], desk.key, (1, 0), nonce=brought)
        return "own" in told(center, center.exchange(message))[1]

    assert [is_given(two, word), is_given(one, forged), is_given(one, None), is_given(one, 7)] == [False] * 4
    assert [is_given(one, word), is_given(one, word)] == [True, False]
    late = nonce(center, one.id, one.key)
    center.clock.now += timedelta(hours=13)  # type: ignore[attr-defined]  # the test's own clock
    assert not is_given(one, late)


def test_events_are_taken_without_any_word(desks: tuple[Desk, Desk], center: Center) -> None:
    one, _two = desks
    one.accept(2)
    http, value = told(center, center.exchange(request(one.id, APP, 0, [sealed(one.events(), one.key)], one.key)))
    assert (http, value["status"], len(lines(center))) == (200, "ok", len(one.events()))
