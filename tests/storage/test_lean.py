"""Lean lines: half the bytes, the same event byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.lean import lean_line, read_lean_line
from storage.wire import Event
from tests.storage.desks import Desk
from tests.storage.test_wire import events


@given(events(), st.booleans(), st.booleans(), st.booleans())
def test_a_lean_line_gives_back_the_very_bytes(event: Event, first: bool, erased: bool, withheld: bool) -> None:
    held = Event(event.head_bytes, b"" if withheld else event.body_bytes, None if erased else event.private_bytes)
    line = lean_line(held, is_first=first)
    head = event.head
    read = read_lean_line(line, head.desk, head.epoch, None if first else head.prev)
    assert read.line() == held.line()
    assert len(line) < len(held.line())


@given(events())
def test_a_full_line_is_taken_as_well(event: Event) -> None:
    assert read_lean_line(event.line(), event.head.desk, event.head.epoch, None).line() == event.line()


def test_a_lean_line_under_another_desk_epoch_or_chain_is_another_event(desk: Desk) -> None:
    event = desk.events()[1]
    line = lean_line(event, is_first=False)
    for desk_id, epoch, prev in (("other", 1, event.head.prev), (desk.id, 2, event.head.prev), (desk.id, 1, "0" * 64)):
        assert read_lean_line(line, desk_id, epoch, prev).head_hash != event.head_hash


@pytest.mark.parametrize("line", [b"", b"{}\t\t\n", b"a\tb\n", b'{"id":"x","seq":1,"hlc":"0"}\t{}\t\n', b"\t\t\t\n"])
def test_what_is_no_line_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        read_lean_line(line, "desk", 1, "0" * 64)


def test_the_first_line_must_say_what_it_follows(desk: Desk) -> None:
    event = desk.events()[1]
    with pytest.raises(ValueError):
        read_lean_line(lean_line(event, is_first=False), desk.id, 1, None)
