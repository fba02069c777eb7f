"""The exchange: whatever the line does, the center ends with exactly the desk's events, and the desk knows it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.clock import to_ms
from desk.errors.base import SyncTrouble
from desk.errors.store import KeyMissing, StoreBusy
from desk.errors.sync import (
    CenterBusy,
    CenterConfused,
    CenterUnreachable,
    DeskRevoked,
    DeskUnknown,
    ForkFound,
    LinkCut,
    NotTheCenter,
    SegmentRefused,
)
from desk.keys import SigningKey
from storage.center import ingest
from storage.center.center import Center
from storage.center.tables import EnrolledDesk
from storage.messages import answer, read_answer, read_request, request
from storage.projections.project import dump
from storage.queries import own
from storage.sync import segments
from storage.sync.exchange import TRIES, Exchange, exchange_once
from storage.sync.segments import Pace
from storage.sync.state import status
from storage.tables.own import SyncStateRow
from storage.wire import hash_of
from tests.storage.centers import APP, join, line, lines, new_center, push, sync
from tests.storage.desks import Desk, new_desk, open_desk


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Center]:
    """A center on SQLite."""
    fresh = new_center(tmp_path)
    yield fresh
    fresh.close()


@pytest.fixture
def joined(desk: Desk, one: Center) -> Desk:
    """A desk that joined `one` and has a dozen events it has not sent."""
    join(desk, one)
    desk.accept(5, then=("dossier.processing",))
    return desk


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
            return own.link_gaps(session)

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


def _html(message: bytes) -> bytes:
    return b"<html><body>Please sign in</body></html>"


def _empty(message: bytes) -> bytes:
    return b""


def _another(message: bytes) -> bytes:
    return answer({"status": "ok", "request": hash_of(message)}, SigningKey.make(b"x" * 32))


@pytest.mark.parametrize("stranger", [_html, _empty, _another])
def test_what_is_not_signed_by_the_center_is_no_answer(joined: Desk, one: Center, stranger: Exchange) -> None:
    sync(joined, one)
    joined.accept(1)
    with joined.store.reading() as session:
        before = status(session, joined.id)
    with pytest.raises(NotTheCenter):
        _over(joined, one, stranger)
    with joined.store.reading() as session:
        after = status(session, joined.id)
    assert (after.have, after.unsent, after.last_exchange_at) == (before.have, 1, before.last_exchange_at)
    assert after.last_failure == "SYNC-03"


def test_an_old_answer_given_again_is_no_answer(joined: Desk, one: Center) -> None:
    kept: list[bytes] = []

    def replaying(message: bytes) -> bytes:
        kept.append(line(one)(message))
        return kept[0]

    with pytest.raises(NotTheCenter):
        _over(joined, one, replaying)
    assert len(kept) > 1


def _signed(one: Center, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Exchange:
    """Return a line on which the center itself says something else."""

    def exchange(message: bytes) -> bytes:
        value = read_answer(one.exchange(message)[1], one.key.public)
        return answer(change(value), one.key)

    return exchange


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda v: {**v, "have": {**v["have"], "seq": 0}}, (CenterConfused, ForkFound)),
        (lambda v: {**v, "have": {**v["have"], "desk": "other"}}, NotTheCenter),
        (lambda v: {**v, "have": {**v["have"], "seq": "1"}}, NotTheCenter),
        (lambda v: {**v, "have": {**v["have"], "head": "0" * 64}}, ForkFound),
        (lambda v: {**v, "status": "gap", "have": {**v["have"], "seq": 0}}, (CenterConfused, ForkFound)),
        (lambda v: {**v, "status": "fork"}, ForkFound),
        (lambda v: {**v, "status": "broken", "seq": 7}, SegmentRefused),
        (lambda v: {k: x for k, x in v.items() if k != "have"} | {"status": "busy", "retry_after": 33}, CenterBusy),
        (lambda v: {k: x for k, x in v.items() if k != "have"} | {"status": "revoked"}, DeskRevoked),
        (lambda v: {k: x for k, x in v.items() if k != "have"} | {"status": "bad"}, LinkCut),
        (lambda v: {k: x for k, x in v.items() if k != "have"} | {"status": "what?"}, CenterConfused),
        (lambda v: {**v, "status": 5}, NotTheCenter),
        (lambda v: {**v, "center": {}}, NotTheCenter),
        (lambda v: {k: x for k, x in v.items() if k != "request"}, NotTheCenter),
    ],
)
def test_answers_that_do_not_lead_on_end_the_exchange_with_a_sentence(
    joined: Desk, one: Center, change: Callable[[dict[str, Any]], dict[str, Any]], error: Any
) -> None:
    with pytest.raises(error):
        _over(joined, one, _signed(one, change))
    assert all(found in _lines(joined) for found in lines(one))
    try:
        sync(joined, one)
    except ForkFound:
        pytest.fail("one odd answer must not stay")
    assert lines(one) == _lines(joined)


def test_a_center_restored_from_yesterday_is_filled_up_again(joined: Desk, one: Center, tmp_path: Path) -> None:
    sync(joined, one)
    one.close()
    shutil.copytree(tmp_path / "center", tmp_path / "backup")
    again = new_center(tmp_path)
    joined.accept(3)
    sync(joined, again)
    again.close()
    shutil.rmtree(tmp_path / "center")
    shutil.move(tmp_path / "backup", tmp_path / "center")
    restored = new_center(tmp_path)
    joined.accept(1)
    sync(joined, restored)
    assert lines(restored) == _lines(joined)


def test_an_old_copy_of_a_desk_begins_a_new_epoch_before_any_number_is_used_twice(
    joined: Desk, one: Center, tmp_path: Path
) -> None:
    sync(joined, one)
    joined.store.close()
    shutil.copytree(joined.folder, tmp_path / "old")
    joined.accept(2)
    sync(joined, one)
    both = _lines(joined)
    joined.store.close()
    shutil.rmtree(joined.folder)
    shutil.move(tmp_path / "old", joined.folder)
    copy = joined.reopened()
    assert copy.log.settle() == "same"
    assert sync(copy, one).taken_back == 2
    places = [(event.head.epoch, event.head.seq) for event in copy.events()]
    assert places[-1] == (2, 1)
    assert _lines(copy)[:-1] == both == copy.mirrored()[:-1]
    with copy.store.reading() as session:
        assert list(dump(session)) == one.dump()
    copy.accept(2)
    sync(copy, one)
    assert lines(one) == [*both, *_lines(copy)[-3:]]
    sync(copy, one)
    assert copy.events()[-1].head.epoch == 2


def test_what_is_given_back_over_a_bad_line_is_complete_in_the_end(joined: Desk, one: Center, tmp_path: Path) -> None:
    sync(joined, one)
    joined.store.close()
    shutil.copytree(joined.folder, tmp_path / "old")
    joined.accept(12)
    sync(joined, one)
    both = _lines(joined)
    old = open_desk(tmp_path / "old", joined.id, joined.key, clock=joined.clock, seed=60)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ingest, "_GIVEN_BACK", 5)
        for answers in (2, 1, 1):
            left = iter([True] * answers)

            def cut(message: bytes, left: Iterator[bool] = left) -> bytes:
                if not next(left, False):
                    raise CenterUnreachable(cause="cut")
                return line(one)(message)

            with pytest.raises(CenterUnreachable):
                exchange_once(old.log, cut, one.key.public, app=APP)
        sync(old, one)
    assert _lines(old)[:-1] == both == old.mirrored()[:-1]
    assert [event.head.kind for event in old.events() if event.head.epoch == 2] == ["desk.epoch_opened"]
    old.store.close()


def test_what_does_not_join_the_own_chain_is_not_taken_back(joined: Desk, one: Center) -> None:
    before = _lines(joined)
    stranger = joined.events()[3:6]
    for events in ([], stranger, stranger[:1]):
        with pytest.raises(ValueError):
            joined.log.take_back(1, len(before), events)
    assert _lines(joined) == before == joined.mirrored()


def test_a_home_found_in_a_drawer_brings_its_late_acts_and_takes_what_came_after(
    joined: Desk, one: Center, tmp_path: Path
) -> None:
    sync(joined, one)
    joined.store.close()
    shutil.copytree(joined.folder, tmp_path / "drawer")
    drawer = open_desk(tmp_path / "drawer", joined.id, joined.key, clock=joined.clock, seed=60)
    drawer.count = 60
    drawer.accept(3)
    joined.log.open_epoch()
    joined.accept(2)
    sync(joined, one)
    sync(drawer, one)
    assert set(lines(one)) == {*_lines(joined), *_lines(drawer)} == set(_lines(drawer))
    assert drawer.events()[-1].head.epoch == 3
    assert one.rebuild().same
    drawer.store.close()


def test_a_copied_desk_that_went_on_is_told_and_keeps_what_it_wrote(joined: Desk, one: Center, tmp_path: Path) -> None:
    sync(joined, one)
    joined.store.close()
    shutil.copytree(joined.folder, tmp_path / "copy")
    joined.accept(2)
    sync(joined, one)
    twin = open_desk(tmp_path / "copy", joined.id, joined.key, clock=joined.clock, seed=50)
    twin.count = 50
    twin.accept(3)
    before = _lines(twin)
    for _again in range(2):
        with pytest.raises(ForkFound):
            sync(twin, one)
    assert _lines(twin) == before and lines(one) == _lines(joined)
    twin.accept(1)
    joined.accept(1)
    sync(joined, one)
    assert lines(one) == _lines(joined)


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


def test_a_revoked_desk_works_on_and_is_told(joined: Desk, one: Center) -> None:
    with one.store.writing() as session:
        row = session.get(EnrolledDesk, joined.id)
        assert row is not None
        row.revoked_at = one.clock()
        session.add(row)
    with pytest.raises(DeskRevoked):
        sync(joined, one)
    joined.accept(1)


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
