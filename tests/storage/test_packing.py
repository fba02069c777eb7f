"""Packing with a dictionary: only for who has it, smaller for live events, bounded, and given up at a failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import zstandard

from storage import packing
from storage.center.center import Center
from storage.messages import BadMessage, claimed_desk, read_request, request, sealed, signed
from storage.packing import KNOWN, NEWEST, SMALL, dictionary_of, packed, unpacked
from storage.sync.exchange import exchange_once
from storage.sync.segments import Pace
from tests.storage.centers import APP, join, lines, new_center
from tests.storage.desks import Desk

MOST = 1 << 20


def frame(message: bytes) -> bytes:
    """Return what is packed in a message."""
    return message.partition(b"\n")[2]


def test_a_live_event_packs_smaller_and_is_read_as_it_was(desk: Desk) -> None:
    desk.accept(3)
    last = [sealed(desk.events()[-1:], desk.key)]
    plain, small = (request(desk.id, APP, 0, last, desk.key, dictionary=number) for number in (0, NEWEST))
    assert len(frame(small)) < 0.65 * len(frame(plain))
    assert (dictionary_of(frame(small)), dictionary_of(frame(plain))) == (NEWEST, 0)
    assert read_request(small, desk.key.public) == read_request(plain, desk.key.public)


def test_a_large_payload_is_packed_plainly() -> None:
    for size, number in ((SMALL, NEWEST), (SMALL + 1, 0)):
        found = packed(b"x" * size, NEWEST)
        assert dictionary_of(found) == number and unpacked(found, MOST) == b"x" * size


def test_what_is_packed_with_a_dictionary_that_is_not_here_is_no_message(desk: Desk) -> None:
    message = request(desk.id, APP, 0, [], desk.key, dictionary=NEWEST)
    with mock.patch.object(packing, "KNOWN", ()), pytest.raises(BadMessage):
        read_request(message, desk.key.public)
    assert claimed_desk(message) == desk.id


def test_with_a_dictionary_too_nothing_unpacks_without_end(desk: Desk) -> None:
    known = zstandard.ZstdCompressionDict(Path(packing.__file__).with_name(f"exchange-{NEWEST}.zdict").read_bytes())
    bomb = zstandard.ZstdCompressor(level=19, dict_data=known).compress(b"\0" * (65 << 20))
    assert len(bomb) < 20_000 and dictionary_of(bomb) == NEWEST
    with (
        mock.patch("storage.messages.packing.packed", lambda _payload, _dictionary: bomb),
        pytest.raises(BadMessage, match="too large"),
    ):
        read_request(signed({"desk": desk.id}, b"", desk.key), desk.key.public)
    wide = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(window_log=27, write_content_size=0)
    )
    with pytest.raises(ValueError, match="cannot be unpacked"):
        unpacked(wide.compress(b"x" * MOST * 9), MOST)


@pytest.mark.parametrize("number", [None, "40001", True, 7, {}])
def test_what_names_no_dictionary_of_ours_is_none(number: Any) -> None:
    assert packing.known(number) == 0 and packing.known(KNOWN[0]) == NEWEST


class Recorded:
    """A center in this process, and by which dictionary each request and answer was packed."""

    def __init__(self, center: Center) -> None:
        self.center = center
        self.used: list[tuple[int, int]] = []

    def __call__(self, message: bytes) -> bytes:
        answer = self.center.exchange(message)[1]
        self.used.append((dictionary_of(frame(message)), dictionary_of(frame(answer))))
        return answer


def test_a_desk_packs_with_what_the_center_has_and_plainly_with_an_older_one(desk: Desk, tmp_path: Path) -> None:
    center = new_center(tmp_path)
    join(desk, center)
    line, pace = Recorded(center), Pace(5)
    desk.accept(8)
    exchange_once(desk.log, line, center.key.public, app=APP, pace=pace)
    assert line.used[0] == (0, 0) and set(line.used[1:]) == {(NEWEST, NEWEST)}
    assert pace.dictionary == NEWEST

    def older(message: bytes) -> bytes:
        with mock.patch.object(packing, "KNOWN", ()), mock.patch.object(packing, "NEWEST", 0):
            return line(message)

    desk.accept(1)
    line.used.clear()
    exchange_once(desk.log, older, center.key.public, app=APP, pace=pace)  # what it cannot read comes again at once
    assert pace.dictionary == 0 and len(line.used) == 2
    assert lines(center) == [event.line() for event in desk.events()]
    center.close()
