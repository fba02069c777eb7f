"""The form of an event: exact bytes, hashes that prove them, nothing else let through."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from storage.wire import KINDS, Event, Head, compact, hash_of, next_hlc, private_part, read_head, read_line
from tests.storage.desks import Desk

_IDS = st.uuids().map(str)
_HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
_WORDS = st.text(st.characters(codec="utf-8", exclude_characters='"\\', exclude_categories=["Cc"]), max_size=50)
_FIELDS = st.dictionaries(
    st.text("abcdefgh_", min_size=1, max_size=8),
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    max_size=6,
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Return any event that a desk may write."""
    body = compact(draw(_FIELDS))
    private = private_part(draw(_FIELDS), draw(st.binary(min_size=16, max_size=16)))
    head = Head(
        id=draw(_IDS),
        desk=draw(_IDS),
        epoch=draw(st.integers(1, 10**6)),
        seq=draw(st.integers(1, 10**12)),
        prev=draw(_HASHES),
        hlc=draw(st.binary(min_size=8, max_size=8).map(bytes.hex)),
        at=draw(st.integers(-(10**12), 10**13 - 1)),
        clk={"trust": draw(st.integers(0, 3)), "offset_ms": draw(st.none() | st.integers(-(10**9), 10**9))},
        kind=draw(st.sampled_from(sorted(KINDS))),
        v=draw(st.integers(1, 99)),
        unit=draw(_WORDS),
        dossier=draw(st.none() | _IDS),
        parents=tuple(draw(st.lists(_IDS, max_size=3))),
        actor=draw(st.none() | _WORDS),
        body_hash=hash_of(body),
        private_hash=None if private is None else hash_of(private),
    )
    return Event(head.written(), body, private)


@given(events())
def test_a_line_gives_back_the_very_bytes_that_were_written(event: Event) -> None:
    line = event.line()
    read = read_line(line)
    assert (read.head_bytes, read.body_bytes, read.private_bytes) == (
        event.head_bytes,
        event.body_bytes,
        event.private_bytes,
    )
    assert read.head.written() == event.head_bytes
    assert line.count(b"\n") == 1 and line.count(b"\t") == 2


@given(events())
def test_a_head_is_written_as_the_one_exact_form_of_the_log(event: Event) -> None:
    assert compact(asdict(event.head)) == event.head_bytes == compact(json.loads(event.head_bytes))


@given(events(), st.data())
def test_any_other_byte_in_body_or_private_part_is_noticed(event: Event, data: st.DataObject) -> None:
    line = event.line()
    place = data.draw(st.integers(len(event.head_bytes) + 1, len(line) - 2))
    other = bytes([data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))])
    changed = line[:place] + other + line[place + 1 :]
    with pytest.raises(ValueError):
        assert read_line(changed).line() == line


@given(events())
def test_an_erased_private_part_leaves_head_and_chain_as_they_were(event: Event) -> None:
    erased = read_line(Event(event.head_bytes, event.body_bytes, None).line())
    assert erased.head_hash == event.head_hash
    assert erased.is_erased == (event.private_bytes is not None)
    assert erased.private == {}


def _values(desk: Desk) -> dict[str, Any]:
    return dict(json.loads(desk.events()[0].head_bytes))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seq", 0),
        ("seq", -1),
        ("seq", 1.5),
        ("seq", True),
        ("seq", 10**16),
        ("epoch", 0),
        ("epoch", 2**63),
        ("at", 10**13),
        ("at", None),
        ("id", 'a"b'),
        ("id", ""),
        ("desk", "a b"),
        ("kind", "Dossier.Accepted"),
        ("kind", "nothing"),
        ("prev", "A" * 64),
        ("prev", "a" * 63),
        ("hlc", "g" * 16),
        ("unit", "\x00"),
        ("unit", "x" * 300),
        ("dossier", 5),
        ("parents", "x"),
        ("parents", [1]),
        ("parents", [None]),
        ("clk", []),
        ("clk", {"a": {}}),
        ("clk", {"a": "x" * 41}),
        ("clk", {str(number): 1 for number in range(6)}),
        ("parents", ["x"] * 1001),
        ("actor", "x" * 201),
        ("body_hash", None),
        ("private_hash", ""),
    ],
)
def test_a_head_with_a_field_of_another_form_is_refused(desk: Desk, key: str, value: Any) -> None:
    with pytest.raises(ValueError):
        read_head(compact({**_values(desk), key: value}))


def test_a_head_with_keys_missing_added_twice_or_in_another_order_is_refused(desk: Desk) -> None:
    values = _values(desk)
    assert read_head(compact(values)).seq == 1
    for wrong in (
        compact(dict(reversed(values.items()))),
        compact({**values, "more": 1}),
        compact({key: values[key] for key in values if key != "hlc"}),
        compact(values)[:-1] + b',"seq":2}',
        compact(values).replace(b'"seq":1,', b'"seq":1.0,'),
        compact(values).replace(b'"seq":1,', b'"seq":1,"seq":1,'),
        compact({**values, "unit": "x"}).replace(b'"x"', b'"\\u0078"'),
        json.dumps(values).encode(),
        compact(values).decode().encode("utf-16"),
        compact({**values, "unit": "x"}).replace(b'"x"', b'"\xed\xa0\x80"'),
        compact({**values, "unit": "x"}).replace(b'"x"', b'"\xff"'),
        b"[" * 100_000,
        b"",
    ):
        with pytest.raises(ValueError):
            read_head(wrong)


@pytest.mark.parametrize(
    "body",
    [b"[1]", b"{", b"\xff", b'{"a":' + b"[" * 100_000, b'{"a":"\\ud800"}', b'{"a":"x\\u0000"}', b"nul", b'{"a":NaN}'],
)
def test_a_body_that_no_database_could_hold_is_unreadable(desk: Desk, body: bytes) -> None:
    with pytest.raises(ValueError):
        _ = Event(desk.events()[0].head_bytes, body, None).body


def test_other_control_characters_of_a_body_are_read(desk: Desk) -> None:
    assert Event(desk.events()[0].head_bytes, compact({"a": "\x1b\t\n"}), None).body == {"a": "\x1b\t\n"}


def test_the_salt_of_a_private_part_is_no_field_of_it() -> None:
    part = private_part({"name": "Lan"}, b"s" * 16)
    assert part is not None and b"73737373" in part
    assert Event(b"", b"", part).private == {"name": "Lan"}
    assert private_part({}, b"s" * 16) is None


@given(st.lists(st.integers(0, 2**47), min_size=1, max_size=30))
def test_the_hybrid_clock_never_goes_back_whatever_the_clock_does(moments: list[int]) -> None:
    last: str | None = None
    for now in moments:
        after = next_hlc(last, now)
        assert len(after) == 16 and (last is None or after > last)
        assert int(after[:12], 16) >= now
        last = after


def test_the_hybrid_clock_carries_its_counter_into_the_milliseconds() -> None:
    assert next_hlc("00000000000affff", 10) == "00000000000b0000"
