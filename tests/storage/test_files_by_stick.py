"""Attached files by stick: behind every act, torn and doubled without harm, and the reply says what arrived."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from desk.keys import locked_for
from storage import bundle
from storage.blobs import PIECE
from storage.bundle import LARGEST_FILE, Part
from storage.center import sticks as center_sticks
from storage.center.sticks import Taken
from storage.sync import sticks
from storage.sync.sticks import Exported
from tests.storage.centers import APP, lines
from tests.storage.desks import Desk
from tests.storage.places import SCAN, SMALL, Place, attach, files_of, has


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A file on a stick."""
    return tmp_path / "stick"


def export(place: Place, desk: Desk, stick: Path, room: int = LARGEST_FILE) -> Exported:
    """Write the bundle of `desk`."""
    written = sticks.export(desk.log, place.center.key.public, app=APP, store=files_of(desk), room=room)
    bundle.write(stick, written.parts)
    return written


def bring(place: Place, stick: Path) -> Taken:
    """Take a stick in at the center; its reply lies beside."""
    taken = center_sticks.take(place.center, bundle.read([stick]))
    bundle.write(stick.with_name("reply"), taken.replies)
    return taken


def bring_back(place: Place, desk: Desk, stick: Path) -> int:
    """Take the reply in at `desk`; returns how many files are known to have arrived by it."""
    found = bundle.read([stick.with_name("reply")])
    return sticks.take_replies(desk.log, found, place.center.key.public, files_of(desk)).files


def files_on(written: Exported) -> int:
    """Return how many parts of files are in a bundle."""
    return sum(part.kind == "file" for part in written.parts)


def test_files_go_behind_every_act_and_the_reply_says_that_they_arrived(place: Place, stick: Path) -> None:
    for content in (SCAN, SMALL):
        attach(place.one, content)
    attach(place.one, SMALL)  # once more: its content travels once
    written = export(place, place.one, stick)
    assert (written.files, written.files_left, files_on(written)) == (2, 0, 4)
    assert [part.kind for part in written.parts] == ["sync", *["file"] * 4, "files"]
    taken = bring(place, stick)
    assert (taken.files, taken.refused, taken.missing) == (3, [], [])
    assert has(place.files, SCAN) and has(place.files, SMALL)
    assert bring_back(place, place.one, stick) == 3
    assert export(place, place.one, stick).files == 0
    assert place.carry(place.one).brought == 0, "nor over a line"


def test_twice_and_without_its_reply_nothing_is_harmed(place: Place, stick: Path) -> None:
    attach(place.one, SCAN)
    for _time in range(2):
        assert export(place, place.one, stick).files == 1
        for _again in range(2):
            assert bring(place, stick).files == 1
    assert has(place.files, SCAN)
    assert [bring_back(place, place.one, stick) for _time in range(2)] == [1, 0]


def test_a_torn_part_loses_only_itself_and_the_next_stick_brings_no_more_than_that(place: Place, stick: Path) -> None:
    attach(place.one, SCAN)
    whole = export(place, place.one, stick)
    raw = bytearray(stick.read_bytes())
    raw[raw.find(b'"kind":"file","part":3') + 1000] ^= 1
    stick.write_bytes(raw)
    taken = bring(place, stick)
    assert (taken.files, [one.number for one in taken.missing]) == (0, [3])
    assert lines(place.center) == [event.line() for event in place.one.events()]
    assert bring_back(place, place.one, stick) == 0
    rest = export(place, place.one, stick)
    assert (files_on(whole), files_on(rest)) == (3, 1)
    assert bring(place, stick).files == 1
    assert bring_back(place, place.one, stick) == 1


def test_a_small_stick_takes_the_acts_and_the_files_that_fit(place: Place, stick: Path) -> None:
    attach(place.one, SMALL)
    attach(place.one, SCAN)
    written = export(place, place.one, stick, room=4 * PIECE)
    assert (written.files, written.files_left) == (1, 1)
    assert stick.stat().st_size < 4 * PIECE
    assert export(place, place.one, stick, room=0).files_left == 2
    bring(place, stick)
    assert lines(place.center) == [event.line() for event in place.one.events()]


def test_where_the_acts_did_not_arrive_their_files_wait(place: Place, stick: Path) -> None:
    attach(place.one, SMALL)
    written = export(place, place.one, stick)
    bundle.write(stick, [part for part in written.parts if part.kind != "sync"])
    assert bring(place, stick).files == 0
    assert not has(place.files, SMALL)
    export(place, place.one, stick)
    assert bring(place, stick).files == 1


def test_an_answer_of_an_earlier_life_of_the_center_settles_nothing(place: Place, stick: Path) -> None:
    attach(place.one, SMALL)
    place.carry(place.one, most_bytes=0)
    export(place, place.one, stick)
    bring(place, stick)
    place.center.about = place.center.about._replace(incarnation="put back from a copy")
    place.carry(place.one, most_bytes=0)
    assert bring_back(place, place.one, stick) == 0


def test_a_file_that_went_while_the_stick_was_written_keeps_no_act_back(place: Place, stick: Path) -> None:
    attach(place.one, SMALL)
    written = sticks.export(
        place.one.log, place.center.key.public, app=APP, store=files_of(place.one), room=LARGEST_FILE
    )
    for path in files_of(place.one).paths():
        path.unlink()
    bundle.write(stick, written.parts)
    taken = bring(place, stick)
    assert [one["status"] for one in taken.refused] == ["damaged"]
    assert lines(place.center) == [event.line() for event in place.one.events()]


def test_a_bundle_of_any_size_is_held_one_part_at_a_time(place: Place, stick: Path) -> None:
    key = place.center.key.public
    parts = [Part("b", "d", "file", n, 40, "", (0, 0), lambda: locked_for(key, bytes(1 << 20))) for n in range(1, 41)]
    tracemalloc.start()
    try:
        bundle.write(stick, parts)
        found = bundle.read([stick])
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(found.parts) == 40 and stick.stat().st_size > 40 << 20
    assert most < 8 << 20
