"""The loop beside the work under a virtual clock: no outcome leaves it without a next time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from desk.cases import syncing
from desk.cases.form_input import form_of
from desk.cases.syncing import LOOK_S, Syncing, SyncLoop
from desk.errors.base import SyncTrouble
from desk.errors.store import StoreBusy
from desk.errors.sync import (
    CenterBusy,
    CenterConfused,
    CenterUnreachable,
    CertificateDoubted,
    DeskRevoked,
    DeskUnknown,
    ForkFound,
    LinkCut,
    NotEnrolled,
    NotTheCenter,
    SegmentRefused,
)
from storage.sync.state import SyncStatus
from storage.sync.waiting import LISTENING_POLL_S, LONGEST_S, POLL_S, SHORTEST_S
from tests import oracle
from tests.desk.cases.conftest import Office
from tests.homes import birth


class Virtual:
    """A clock, the chance and the exchange of a loop, all in the test's hand."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.outcomes: list[BaseException | None] = []
        self.tried_at: list[float] = []
        self.unsent = 0
        self.looks_fail: BaseException | None = None
        self.context = self
        self.chance = self
        self.drawn = 0.5
        self.is_listening = False
        self.asked_on = 0

    def listener(self, _heard: Callable[[], None]) -> Virtual:
        return self

    def go_on(self) -> None:
        self.asked_on += 1

    def random_bytes(self, count: int) -> bytes:
        return int(self.drawn * (1 << (8 * count))).to_bytes(count, "big")

    def status(self) -> SyncStatus:
        if self.looks_fail is not None:
            raise self.looks_fail
        return SyncStatus("up", self.unsent, None, None, None, [], "")

    def once(self) -> None:
        self.tried_at.append(self.now_s)
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if outcome is not None:
            raise outcome

    def run(self, loop: SyncLoop, seconds: float) -> list[float]:
        """Let `seconds` pass; returns how long after the beginning each exchange was tried."""
        began, self.tried_at = self.now_s, []
        while self.now_s < began + seconds:
            loop.turn()
            self.now_s += LOOK_S
        return [at - began for at in self.tried_at]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Virtual:
    """A virtual world."""
    fresh = Virtual()
    monkeypatch.setattr(syncing, "monotonic_s", lambda: fresh.now_s)
    return fresh


def loop_in(world: Any) -> SyncLoop:
    """Return a loop in `world` that no thread drives."""
    return SyncLoop(world)


TROUBLES = [
    CenterUnreachable(cause="x"),
    LinkCut(cause="x"),
    NotTheCenter(),
    CertificateDoubted(cause="x"),
    ForkFound(),
    DeskUnknown(),
    DeskRevoked(),
    SegmentRefused(seq=1),
    CenterBusy(wait_s=10),
    CenterConfused(),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: one.code)
def test_after_every_trouble_it_is_tried_again_within_ten_minutes(world: Virtual, trouble: SyncTrouble) -> None:
    world.drawn = 0.999
    world.outcomes = [trouble] * 1000
    tried = world.run(loop_in(world), 3 * 86_400)
    gaps = [later - before for before, later in pairwise(tried)]
    assert len(tried) >= 3 * 86_400 / (LONGEST_S + LOOK_S)
    assert min(gaps) >= SHORTEST_S and max(gaps) <= LONGEST_S + LOOK_S


@pytest.mark.parametrize("fault", [NotEnrolled(), StoreBusy(), RuntimeError("nobody foresaw it")], ids=repr)
def test_what_is_no_trouble_of_the_line_is_tried_again_at_the_next_poll(world: Virtual, fault: Exception) -> None:
    world.outcomes = [fault]
    tried = world.run(loop_in(world), 2 * POLL_S)
    assert tried == [0, POLL_S]


def test_a_database_that_cannot_be_read_for_an_hour_ends_nothing(world: Virtual) -> None:
    loop = loop_in(world)
    world.looks_fail = StoreBusy()
    assert world.run(loop, 3600) == []
    world.looks_fail = None
    assert world.run(loop, POLL_S + LOOK_S)


@pytest.mark.parametrize(("asked", "waited"), [(10, 10), (240, 240), (900, 900), (10**9, 3600), (-5, 5)])
def test_what_the_center_asked_for_is_waited_for(world: Virtual, asked: int, waited: int) -> None:
    world.drawn = 0.0
    world.outcomes = [CenterBusy(wait_s=asked)]
    first, second = world.run(loop_in(world), waited + 2 * LOOK_S)[:2]
    assert waited <= second - first <= waited + LOOK_S


def test_what_was_saved_goes_out_at_the_next_look_but_never_hammers_a_dead_line(world: Virtual) -> None:
    loop = loop_in(world)
    world.run(loop, LOOK_S)
    world.unsent = 3
    assert world.run(loop, LOOK_S) == [0]
    world.drawn = 0.0
    world.outcomes = [CenterUnreachable(cause="x")] * 100
    tried = world.run(loop, 60)
    assert min(later - before for before, later in pairwise(tried)) >= SHORTEST_S


def test_after_a_long_outage_the_second_call_is_spread_over_two_minutes(world: Virtual) -> None:
    for drawn in (0.0, 0.5, 0.999):
        world.drawn = drawn
        world.outcomes = [CenterUnreachable(cause="x")] * 400
        loop = loop_in(world)
        world.run(loop, 1200)
        world.outcomes = []
        first, second = world.run(loop, 900)[:2]
        assert 0 <= second - first - POLL_S - 120 * drawn <= LOOK_S


def test_while_the_center_says_by_itself_what_is_new_it_is_called_seldom_but_at_once_when_it_says_so(
    world: Virtual,
) -> None:
    loop = loop_in(world)
    world.run(loop, LOOK_S)
    assert world.asked_on == 1
    world.is_listening = True
    tried = world.run(loop, 1200)
    assert len(tried) == 4 and all(later - before <= LISTENING_POLL_S + LOOK_S for before, later in pairwise(tried))
    loop.come()
    assert world.run(loop, LOOK_S) == [0]
    world.unsent = 1
    assert world.run(loop, LOOK_S) == [0]
    world.unsent = 0
    world.is_listening = False
    assert world.run(loop, POLL_S + LOOK_S)[-1] <= POLL_S


def test_a_broken_line_is_tried_as_before_whatever_the_center_said_last(world: Virtual) -> None:
    world.is_listening = True
    world.outcomes = [CenterUnreachable(cause="x")] * 1000
    tried = world.run(loop_in(world), 86_400)
    assert max(later - before for before, later in pairwise(tried)) <= LONGEST_S + LOOK_S


def test_while_nobody_writes_the_status_is_not_read_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = [0]
    status = Syncing.status

    def counted(self: Syncing) -> SyncStatus:
        looks[0] += 1
        return status(self)

    monkeypatch.setattr(Syncing, "status", counted)
    loop = SyncLoop(office.services.syncing)
    with office.services.context.store.watching() as loop._version:
        for _turn in range(5):
            loop.turn()
        assert looks == [1]
        office.services.intake.accept(form_of(birth()), office.officer)
        for _turn in range(5):
            loop.turn()
        assert looks == [2]
        assert loop.status is not None and loop.status.unsent == len(oracle.look(office.services.context.home).heads)
