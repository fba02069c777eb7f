"""The exchange: whatever the line does, the center ends with exactly the desk's events, and the desk knows it."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.clock import to_ms
from desk.errors.base import SyncTrouble
from desk.errors.store import KeyMissing, StoreBusy
from desk.errors.sync import (
    CenterBusy,
    CenterUnreachable,
    DeskRevoked,
    DeskUnknown,
    LinkCut,
)
from storage.center.center import Center
from storage.messages import read_answer, read_request, request
from storage.queries import kept
from storage.sync import segments
from storage.sync.exchange import TRIES, Exchange, exchange_once
from storage.sync.segments import Pace
from storage.sync.state import status
from storage.tables.own import SyncStateRow
from tests.storage.centers import APP, join, line, lines, new_center, push, sync
from tests.storage.desks import Desk, new_desk


def _lines(desk: Desk) -> list[bytes]:
    return [event.line() for event in desk.events()]


def _over(desk: Desk, center: Center, exchange: Exchange, pace: Pace | None = None) -> Any:
    return exchange_once(desk.log, exchange, center.key.public, app=APP, pace=pace)


def test_an_exchange_ends_when_the_center_has_everything(desk: Desk, center: Center) -> None:
    join(desk, center)
    desk.accept(60, then=("dossier.processing", "dossier.resolved"))
    outcome = sync(desk, center)
    events = desk.events()
    assert lines(center) == _lines(desk)
    assert (outcome.sent, outcome.have.seq, outcome.have.head) == (len(events), len(events), events[-1].head_hash)
    assert outcome.requests == 3  # a question, 100 events, the rest
    assert outcome.tracking_url == "https://tracuu.example.vn/t/"
    assert sync(desk, center).requests == 1


def test_before_it_joined_and_without_its_key_a_desk_sends_nothing(desk: Desk, one: Center) -> None:
    with pytest.raises(DeskUnknown):
        sync(desk, one)
    desk.log.key = None
    with pytest.raises(KeyMissing):
        sync(desk, one)
    assert lines(one) == []


def test_a_lost_answer_costs_a_question_and_no_duplicate(joined: Desk, one: Center) -> None:
    answers = 0

    def losing(message: bytes) -> bytes:
        nonlocal answers
        answers += 1
        raw = line(one)(message)
        if answers == 2:
            raise LinkCut(cause="test")
        return raw

    assert _over(joined, one, losing).have.seq == len(joined.events())
    assert lines(one) == _lines(joined)


def test_the_links_own_log_keeps_from_when_to_when_it_was_down(joined: Desk, one: Center) -> None:
    def down(_message: bytes) -> bytes:
        raise CenterUnreachable()

    def busy(_message: bytes) -> bytes:
        raise CenterBusy(wait_s=1)

    def gaps() -> list[tuple[int, int | None]]:
        with joined.store.reading() as session:
            return kept.link_gaps(session)

    for line_now in (busy, line(one)):
        with suppress(CenterBusy):
            _over(joined, one, line_now)
    assert gaps() == []  # a busy center answered: the line holds
    for _try in range(3):
        with pytest.raises(CenterUnreachable):
            _over(joined, one, down)
    ((began, ended),) = gaps()
    assert ended is None
    _over(joined, one, line(one))
    ((start, end),) = gaps()
    assert start == began
    assert end is not None and end > start


def test_a_broken_line_is_tried_again_with_half_as_much_and_then_left(joined: Desk, one: Center) -> None:
    sizes: list[int] = []

    def cutting(message: bytes) -> bytes:
        asked = _sizes(one, joined, message)
        if asked:
            sizes.append(asked)
            raise LinkCut(cause="test")
        return line(one)(message)

    pace = Pace(12)
    with pytest.raises(LinkCut):
        _over(joined, one, cutting, pace)
    assert sizes == [12, 6, 3] and len(sizes) == TRIES and pace.size == 1
    assert _over(joined, one, line(one), pace).have.seq == len(joined.events())


def _sizes(center: Center, desk: Desk, message: bytes) -> int:
    asked = read_request(message, desk.key.public)
    return sum(len(segment.lines) for segment in asked.segments)


def test_a_request_is_made_smaller_until_it_is_no_larger_than_it_may_be(
    joined: Desk, one: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sync.exchange.LARGEST_BYTES", 2500)
    largest = 0

    def measuring(message: bytes) -> bytes:
        nonlocal largest
        largest = max(largest, len(message))
        return line(one)(message)

    assert segments.LARGEST_BYTES == 1 << 20
    joined.accept(30)
    assert _over(joined, one, measuring).have.seq == len(joined.events())
    assert 500 < largest <= 2500
    assert lines(one) == _lines(joined)


def test_a_dead_line_is_not_tried_twice_and_changes_nothing(joined: Desk, one: Center) -> None:
    tries = 0

    def dead(message: bytes) -> bytes:
        nonlocal tries
        tries += 1
        raise CenterUnreachable(cause="test")

    with pytest.raises(CenterUnreachable):
        _over(joined, one, dead)
    assert tries == 1
    with joined.store.reading() as session:
        found = status(session, joined.id)
    assert (found.link, found.last_failure, found.unsent) == ("down", "SYNC-01", len(joined.events()))


def test_the_state_is_computed_and_says_how_far_the_center_is(joined: Desk, one: Center) -> None:
    def found() -> Any:
        with joined.store.reading() as session:
            return status(session, joined.id)

    first = found()
    assert (first.link, first.unsent, first.have, first.last_exchange_at) == ("new", 13, None, None)
    assert to_ms(first.oldest_unsent_at) == joined.events()[0].head.at
    sync(joined, one)
    second = found()
    assert (second.link, second.unsent, second.oldest_unsent_at, second.quarantined) == ("up", 0, None, [])
    assert second.have == {"desk": joined.id, "epoch": 1, "seq": 13, "head": joined.events()[-1].head_hash}
    joined.accept(2)
    joined.log.open_epoch()
    third = found()
    assert third.unsent == 3
    assert to_ms(third.oldest_unsent_at) == joined.events()[13].head.at
    with joined.store.reading() as session:
        state = session.get(SyncStateRow, 1)
    assert state is not None and state.proof is not None
    assert read_answer(state.proof, one.key.public)["have"] == second.have


def test_a_home_that_never_joined_says_so(desk: Desk) -> None:
    with desk.store.reading() as session:
        found = status(session, desk.id)
    assert (found.link, found.unsent, found.last_failure) == ("none", 2, "")


def test_the_centers_time_is_measured(joined: Desk, one: Center) -> None:
    one.clock = lambda: joined.clock.now + timedelta(minutes=7)
    outcome = sync(joined, one)
    assert abs(outcome.center_offset_ms - 7 * 60_000) < 2000
    with joined.store.reading() as session:
        state = session.get(SyncStateRow, 1)
    assert state is not None and state.center_offset_ms == outcome.center_offset_ms


def test_a_busy_center_is_told_with_its_wait(joined: Desk, one: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> Any:
        raise StoreBusy

    monkeypatch.setattr(one.store, "writing", failing)
    with pytest.raises(CenterBusy) as caught:
        sync(joined, one)
    assert caught.value.facts == {"wait_s": 10}


def test_a_revoked_desk_works_on_is_told_and_what_it_did_is_kept_at_the_center(joined: Desk, one: Center) -> None:
    one.revoke(joined.id)
    for _twice in range(2):
        with pytest.raises(DeskRevoked):
            sync(joined, one)
        joined.accept(1)
    with joined.store.reading() as session:
        found = status(session, joined.id)
    assert (found.unsent, found.last_failure) == (1, "SYNC-08")
    assert lines(one) == []


class _Unruly:
    """A line that loses, doubles, changes and delays messages by a seeded chance."""

    def __init__(self, center: Center, seed: int) -> None:
        self.center = center
        self.random = random.Random(seed)
        self.late: list[bytes] = []

    def __call__(self, message: bytes) -> bytes:
        fate = self.random.randrange(8)
        if fate == 0:
            raise CenterUnreachable(cause="lost on the way")
        if fate == 1:
            self.late.append(message)
            raise LinkCut(cause="delayed")
        if fate == 2:
            place = self.random.randrange(len(message))
            message = message[:place] + bytes([message[place] ^ 1 << self.random.randrange(8)]) + message[place + 1 :]
        if fate == 3:
            message = message[: self.random.randrange(len(message))]
        if self.late and self.random.random() < 0.5:
            self.center.exchange(self.late.pop(self.random.randrange(len(self.late))))
        raw = self.center.exchange(message)[1]
        if fate == 4:
            raise LinkCut(cause="answer lost")
        if fate == 5:
            self.center.exchange(message)
        if fate == 6:
            return raw[: self.random.randrange(len(raw))]
        return raw


@given(st.integers(0, 2**32))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_over_any_unruly_line_everything_arrives_once(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("unruly")
    center, desk = new_center(folder), new_desk(folder / "home")
    join(desk, center)
    unruly, pace = _Unruly(center, seed), Pace(4)
    for _round in range(200):
        if desk.count < 8:
            desk.accept(1, then=("dossier.processing",))
        try:
            _over(desk, center, unruly, pace)
        except SyncTrouble:
            continue
        if desk.count == 8:
            break
    assert lines(center) == _lines(desk)
    with desk.store.reading() as session:
        assert status(session, desk.id).unsent == 0
    for late in unruly.late:
        center.exchange(late)
    assert lines(center) == _lines(desk)
    desk.store.close()
    center.close()


def test_a_push_by_hand_and_an_exchange_do_not_disturb_each_other(joined: Desk, one: Center) -> None:
    push(joined, one, joined.events()[:4])
    sync(joined, one)
    one.exchange(request(joined.id, APP, 0, [], joined.key))
    assert lines(one) == _lines(joined)
