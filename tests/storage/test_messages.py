"""Messages between desk and center: what was sealed and signed comes back, everything else is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.keys import SigningKey
from storage import messages
from storage.messages import (
    BadMessage,
    BrokenSegment,
    Have,
    Segment,
    answer,
    chained,
    claimed_desk,
    read_answer,
    read_have,
    read_request,
    request,
    seal_holds,
    sealed,
)
from storage.wire import compact
from tests.storage.desks import Desk

OTHER = SigningKey.make(b"o" * 32)


@pytest.fixture
def segments(desk: Desk) -> tuple[Segment, Segment]:
    """Two segments of a real log."""
    desk.accept(4)
    events = desk.events()
    return sealed(events[:2], desk.key), sealed(events[2:], desk.key)


def test_a_request_brings_the_very_events(desk: Desk, segments: tuple[Segment, Segment]) -> None:
    message = request(desk.id, "1.0", 5, segments, desk.key)
    assert claimed_desk(message) == desk.id
    read = read_request(message, desk.key.public)
    assert (read.desk, read.app, read.clock_ms) == (desk.id, "1.0", 5)
    assert all(seal_holds(segment, desk.key.public) for segment in read.segments)
    brought = [event.line() for segment in read.segments for event in chained(segment)]
    assert brought == [event.line() for event in desk.events()]


def test_a_request_without_segments_only_asks(desk: Desk) -> None:
    assert read_request(request(desk.id, "1.0", 5, [], desk.key), desk.key.public).segments == ()


def test_a_request_under_another_key_or_name_is_refused(desk: Desk, segments: tuple[Segment, Segment]) -> None:
    message = request(desk.id, "1.0", 5, segments, desk.key)
    with pytest.raises(BadMessage):
        read_request(message, OTHER.public)
    envelope, _, packed = message.partition(b"\n")
    renamed = compact({**json.loads(envelope), "desk": "another"}) + b"\n" + packed
    with pytest.raises(BadMessage):
        read_request(renamed, desk.key.public)


def test_any_flipped_or_missing_byte_is_noticed(desk: Desk, segments: tuple[Segment, Segment]) -> None:
    message = request(desk.id, "1.0", 5, segments, desk.key)
    for place in range(0, len(message), 7):
        for changed in (
            message[:place],
            message[:place] + bytes([message[place] ^ 1]) + message[place + 1 :],
            message[:place] + message[place + 1 :],
        ):
            with pytest.raises(BadMessage):
                assert read_request(changed, desk.key.public).desk == desk.id


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_bytes_from_anywhere_are_refused_politely(raw: bytes) -> None:
    for read in (claimed_desk, lambda m: read_request(m, OTHER.public), lambda m: read_answer(m, OTHER.public)):
        with pytest.raises(BadMessage):
            read(raw)


def _signed(payload: bytes, envelope: dict[str, Any] | None = None, key: SigningKey = OTHER) -> bytes:
    return messages.signed(envelope if envelope is not None else {"desk": "d"}, payload, key)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_SEAL = st.fixed_dictionaries(dict.fromkeys(("epoch", "from", "to", "head", "key", "seal"), _JSON))


@settings(max_examples=300)
@given(
    st.fixed_dictionaries(
        {"desk": st.just("d") | _JSON, "app": _JSON, "clock": _JSON, "segments": st.lists(_SEAL, max_size=2) | _JSON}
    ),
    st.binary(max_size=40),
)
def test_a_signed_request_of_any_shape_is_read_or_refused(header: dict[str, Any], rest: bytes) -> None:
    payload = json.dumps(header).encode() + b"\n" + rest
    try:
        read = read_request(_signed(payload), OTHER.public)
    except BadMessage:
        return
    for segment in read.segments:
        with pytest.raises(BrokenSegment):
            chained(segment)
        assert not seal_holds(segment, OTHER.public)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\n",
        b"[]",
        b"[" * 100_000,
        b'{"desk":"d","app":"","clock":0,"segments":[{"epoch":1,"from":1,"to":Infinity,"head":"","key":"","seal":""}]}\n',
        b'{"desk":"d","app":"","clock":0,"segments":[{"epoch":1,"from":-9,"to":-9,"head":"","key":"","seal":""}]}\n',
        b'{"desk":"d","app":"","clock":0,"segments":[]}\nline\n',
        b'{"desk":"d","app":"","clock":0,"segments":[]}\nline',
        b'{"desk":"d","app":"","clock":true,"segments":[]}\n',
        b'{"desk":"d","app":"","clock":' + b"9" * 5000 + b',"segments":[]}\n',
        b'\xff\xfe{"desk"',
    ],
)
def test_signed_nonsense_is_refused(payload: bytes) -> None:
    with pytest.raises(BadMessage):
        read_request(_signed(payload), OTHER.public)


def test_a_payload_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(BadMessage):
        read_request(_signed(b" " * (messages.MAX_PAYLOAD + 1)), OTHER.public)


@pytest.mark.parametrize("packed", [b"", b"no zstd", zstandard.compress(b'{"a":1}')[:-3]])
def test_a_payload_that_does_not_unpack_is_refused(packed: bytes) -> None:
    message = compact({"center": "x", "signature": OTHER.sign(packed).hex()}) + b"\n" + packed
    with pytest.raises(BadMessage):
        read_answer(message, OTHER.public)


def test_a_segment_with_a_line_changed_moved_or_missing_is_broken(desk: Desk, segments: tuple[Segment, ...]) -> None:
    segment = segments[1]
    lines = segment.lines
    for wrong, seq in (
        (replace(segment, lines=lines[:-1]), 6),
        (replace(segment, lines=lines[1:], first=4), 4),
        (replace(segment, lines=(lines[0], lines[2], lines[1], lines[3])), 4),
        (replace(segment, lines=(lines[0], lines[1].replace(b"H49.35-", b"H49.36-"), *lines[2:])), 6),
        (replace(segment, head="0" * 64), 6),
        (replace(segment, epoch=2), 6),
        (replace(segment, desk="d"), 6),
        (replace(segment, lines=()), 6),
        (replace(segment, lines=(lines[0], b"\n", *lines[2:])), 4),
    ):
        with pytest.raises(BrokenSegment) as caught:
            chained(wrong)
        assert caught.value.seq == seq


def test_a_seal_is_of_one_key_and_one_run(desk: Desk, segments: tuple[Segment, Segment]) -> None:
    segment = segments[0]
    assert seal_holds(segment, desk.key.public)
    assert not seal_holds(segment, OTHER.public)
    for wrong in (
        replace(segment, last=3),
        replace(segment, head="0" * 64),
        replace(segment, seal="xyz"),
        replace(segment, seal=""),
        replace(segment, head="\ud800"),
    ):
        assert not seal_holds(wrong, desk.key.public)


def test_an_answer_is_of_the_center_or_none() -> None:
    message = answer({"have": 1}, OTHER)
    assert read_answer(message, OTHER.public) == {"have": 1}
    for wrong in (b"<html>Xin vui long dang nhap</html>", message[:-1], message + b"x", b"{}\n" + message):
        with pytest.raises(BadMessage):
            assert read_answer(wrong, OTHER.public) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"desk": "e", "epoch": 1, "seq": 1, "head": ""},
        {"desk": "d", "epoch": 0, "seq": 1, "head": ""},
        {"desk": "d", "epoch": 1, "seq": -1, "head": ""},
        {"desk": "d", "epoch": 1.0, "seq": 1, "head": ""},
        {"desk": "d", "epoch": True, "seq": 1, "head": ""},
        {"desk": "d", "epoch": 1, "seq": 1, "head": None},
    ],
)
def test_a_have_of_another_desk_or_form_is_refused(value: object) -> None:
    with pytest.raises(BadMessage):
        read_have(value, "d")


def test_a_have_comes_back_as_it_was() -> None:
    have = Have("d", 2, 7, "a" * 64)
    assert read_have(have.value(), "d") == have


def test_a_hundred_events_take_at_most_110_bytes_each_on_the_wire(desk: Desk) -> None:
    desk.accept(40, then=("dossier.processing", "dossier.resolved"))
    events = desk.events()[2:102]
    message = request(desk.id, "1.0", 5, [sealed(events, desk.key)], desk.key)
    assert len(message) / len(events) <= 110
