"""The mirror's file: whole lines, its tail, and what is done with a torn one."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.mirror import Mirror, Tail
from tests.storage.desks import Desk

IDENTITY = b'{"desk":"d"}'


@pytest.fixture
def lines(desk: Desk) -> list[bytes]:
    """Six real lines."""
    desk.accept(4)
    return [event.line() for event in desk.events()]


@pytest.fixture
def mirror(tmp_path: Path, desk: Desk) -> Mirror:
    """An empty mirror that has been begun."""
    fresh = Mirror(tmp_path / "other", desk.id)
    fresh.begin(1, IDENTITY)
    return fresh


def test_a_begun_file_has_its_identity_and_no_event(mirror: Mirror) -> None:
    assert mirror.tail(1) == Tail(1, 0, "")
    assert mirror.identity() == IDENTITY
    assert list(mirror.events(1)) == []
    mirror.begin(1, b"another")
    assert mirror.identity() == IDENTITY


def test_without_a_file_there_is_no_tail(tmp_path: Path) -> None:
    mirror = Mirror(tmp_path / "none", "d")
    assert mirror.tail(1) is None and mirror.epochs() == [] and mirror.identity() is None


def test_appended_lines_come_back_as_they_were(mirror: Mirror, lines: list[bytes]) -> None:
    mirror.append(1, lines[:2])
    mirror.append(1, lines[2:])
    assert [event.line() for event in mirror.events(1)] == lines
    assert [event.head.seq for event in mirror.events(1, after=4)] == [5, 6]
    tail = mirror.tail(1)
    assert tail is not None and tail.seq == 6


def test_a_line_torn_at_any_byte_is_cut_off(mirror: Mirror, lines: list[bytes]) -> None:
    mirror.append(1, lines[:2])
    whole = mirror.path(1).read_bytes()
    for length in (*range(1, len(lines[2]) - 1, 61), len(lines[2]) - 1):
        mirror.path(1).write_bytes(whole + lines[2][:length])
        tail = mirror.tail(1)
        assert tail is not None and tail.seq == 2
        assert mirror.path(1).read_bytes() == whole


@pytest.mark.parametrize("length", range(len(IDENTITY) + 1))
def test_a_torn_first_line_is_no_mirror_and_is_begun_anew(tmp_path: Path, lines: list[bytes], length: int) -> None:
    mirror = Mirror(tmp_path / "torn", "d")
    mirror.folder.mkdir()
    mirror.path(1).write_bytes(IDENTITY[:length])
    assert mirror.tail(1) is None
    mirror.begin(1, IDENTITY)
    mirror.append(1, lines[:1])
    tail = mirror.tail(1)
    assert tail is not None and tail.seq == 1
    assert mirror.identity() == IDENTITY


def test_a_line_longer_than_any_block_is_found_from_the_end(mirror: Mirror, lines: list[bytes], desk: Desk) -> None:
    with desk.log.act(None) as act:
        long = act.append("dossier.linked", {"system": "x" * 400_000, "code": "y"})
    mirror.append(1, [lines[0], long.line()])
    tail = mirror.tail(1)
    assert tail is not None and tail.head_hash == long.head_hash


def test_a_flipped_bit_in_the_last_line_is_an_error_and_ends_the_reading(mirror: Mirror, lines: list[bytes]) -> None:
    broken = bytearray(lines[2])
    broken[len(broken) // 2] ^= 1
    mirror.append(1, [*lines[:2], bytes(broken)])
    with pytest.raises(ValueError):
        mirror.tail(1)
    assert len(list(mirror.events(1))) == 2


def test_what_is_set_aside_is_kept_under_a_name_nobody_reads(mirror: Mirror, lines: list[bytes]) -> None:
    for number in (1, 2):
        mirror.begin(1, IDENTITY)
        mirror.append(1, lines[:number])
        aside = mirror.set_aside(1)
        assert aside is not None and aside.name.endswith(f".aside-{number}")
        assert mirror.epochs() == []
    assert mirror.set_aside(1) is None
    assert len(list(mirror.folder.iterdir())) == 2
