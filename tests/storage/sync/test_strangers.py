"""Answers that are not the center's, or lead nowhere: none is taken, and the desk says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desk.errors.sync import (
    CenterBusy,
    CenterConfused,
    DeskRevoked,
    ForkFound,
    LinkCut,
    NotTheCenter,
    SegmentRefused,
)
from desk.keys import SigningKey
from storage.center.center import Center
from storage.messages import answer, read_answer
from storage.sync.exchange import Exchange, exchange_once
from storage.sync.segments import Pace
from storage.sync.state import status
from storage.wire import hash_of
from tests.storage.centers import APP, line, lines, sync
from tests.storage.desks import Desk


def _lines(desk: Desk) -> list[bytes]:
    return [event.line() for event in desk.events()]


def _over(desk: Desk, center: Center, exchange: Exchange, pace: Pace | None = None) -> Any:
    return exchange_once(desk.log, exchange, center.key.public, app=APP, pace=pace)


def _html(message: bytes) -> bytes:
    return b"<html><body>Please sign in</body></html>"


def _empty(message: bytes) -> bytes:
    return b""


def _another(message: bytes) -> bytes:
    return answer({"status": "ok", "request": hash_of(message)}, SigningKey.make(b"x" * 32))


def _signed(one: Center, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Exchange:
    """Return a line on which the center itself says something else."""

    def exchange(message: bytes) -> bytes:
        value = read_answer(one.exchange(message)[1], one.key.public)
        return answer(change(value), one.key)

    return exchange


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
