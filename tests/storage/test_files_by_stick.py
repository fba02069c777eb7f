"""Attached files by stick: behind every act, torn and doubled without harm, and the reply says what arrived."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from desk.keys import key_id, locked_for
from storage import bundle
from storage.blobs import PIECE
from storage.bundle import LARGEST_FILE, Part
from storage.center import sticks as center_sticks
from storage.center.sticks import Taken
from storage.messages import signed
from storage.sync import sticks
from storage.sync.sticks import Exported, Replied
from storage.wire import compact
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


def bring(place: Place, stick: Path, room: int = LARGEST_FILE) -> Taken:
    """Take a stick in at the center; its reply lies beside."""
    taken = center_sticks.take(place.center, bundle.read([stick]), room)
    bundle.write(stick.with_name("reply"), taken.replies)
    return taken


def bring_back(place: Place, desk: Desk, stick: Path) -> int:
    """Take the reply in at `desk`; returns how many files are known to have arrived by it."""
    return replied(place, desk, stick).files


def replied(place: Place, desk: Desk, stick: Path) -> Replied:
    """Take the reply in at `desk`."""
    found = bundle.read([stick.with_name("reply")])
    return sticks.take_replies(desk.log, found, place.center.key.public, files_of(desk))


def round_trip(place: Place, desk: Desk, stick: Path, room: int = LARGEST_FILE) -> int:
    """Bring a stick to the center and its reply back; returns how many files of others came with it."""
    export(place, desk, stick)
    bring(place, stick, room)
    return replied(place, desk, stick).files_taken


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


def test_files_of_others_come_back_to_a_desk_without_a_line(place: Place, stick: Path) -> None:
    for content in (SCAN, SMALL):
        attach(place.one, content)
    place.carry(place.one)
    assert round_trip(place, place.two, stick) == 0, "it learns of the files by this reply"
    assert round_trip(place, place.two, stick) == 2
    assert has(files_of(place.two), SCAN) and has(files_of(place.two), SMALL)
    assert [part.kind for part in export(place, place.two, stick).parts] == ["sync"], "all is at both ends"


def test_of_a_small_reply_the_pieces_that_fit_are_kept_and_the_next_brings_the_rest(place: Place, stick: Path) -> None:
    attach(place.one, SCAN)
    place.carry(place.one)
    came = [round_trip(place, place.two, stick, room=10 * PIECE) for _stick in range(4)]
    assert came == [0, 0, 0, 1]  # what there is, and then its three parts
    assert has(files_of(place.two), SCAN)


def test_a_desk_whom_the_dossier_does_not_concern_and_a_revoked_one_get_no_file_by_stick(
    place: Place, stick: Path
) -> None:
    event = attach(place.one, SMALL)
    place.carry(place.one)
    asked = compact({"ask": [event], "lacks": [None]})
    assert place.center.pieces(signed({"desk": place.one.id}, compact({"ask": [event]}), place.one.key), 9) == []
    assert len(place.center.pieces(signed({"desk": place.one.id}, asked, place.one.key), 9)) == 1
    place.center.revoke(place.two.id)
    for desk in (place.other, place.two):
        locked = locked_for(place.center.key.public, signed({"desk": desk.id}, asked, desk.key))
        to = key_id(place.center.key.public).hex()
        bundle.write(stick, [Part("b", desk.id, "lacking", 1, 1, to, (0, 0), locked)])
        assert bring(place, stick).pieces == 0


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
