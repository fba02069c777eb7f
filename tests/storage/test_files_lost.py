"""Files that were settled and are lost or damaged on a disk since: noticed within a day, and brought from elsewhere."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from storage.blobs import Blobs
from storage.center.looking import looking
from storage.sync import files_look
from storage.sync.files_look import EVERY, look_anew
from tests.storage.desks import Desk
from tests.storage.places import SCAN, SMALL, Place, attach, files_of, has


@pytest.fixture
def settled(place: Place) -> Place:
    """A file that both desks of the unit and the center have."""
    attach(place.one, SMALL)
    place.carry(place.one)
    place.carry(place.two)
    return place


def path_in(files: Blobs) -> Path:
    """Return where the file lies or would lie."""
    return files.path(hashlib.sha256(SMALL).hexdigest())


def spoil(files: Blobs, how: str) -> None:
    """Lose the file, or damage it without changing its size."""
    if how == "lost":
        path_in(files).unlink()
    else:
        path_in(files).write_bytes(SMALL.swapcase())


def a_day_later(place: Place, *desks: Desk) -> list[tuple[int, int]]:
    """Return what each desk brought and fetched in two exchanges of the next day."""
    found = []
    for desk in desks:
        desk.clock.now += EVERY
        runs = [place.carry(desk) for _exchange in range(2)]
        found.append((sum(run.brought for run in runs), sum(run.fetched for run in runs)))
    return found


@pytest.mark.parametrize("how", ["lost", "damaged"])
def test_at_the_desk_it_is_fetched_again_whoever_attached_it(settled: Place, how: str) -> None:
    for desk in (settled.one, settled.two):
        spoil(files_of(desk), how)
    assert [settled.carry(desk).fetched for desk in (settled.one, settled.two)] == [0, 0]
    assert a_day_later(settled, settled.one, settled.two) == [(0, 1), (0, 1)]
    assert has(files_of(settled.one), SMALL) and has(files_of(settled.two), SMALL)


@pytest.mark.parametrize("how", ["lost", "damaged"])
def test_at_the_center_it_is_brought_again_by_any_desk_that_has_it(settled: Place, how: str) -> None:
    spoil(settled.files, how)
    assert settled.center.look_at_files(1 << 20) == (how == "damaged")
    assert len(list(settled.files.folder.glob(".altered/*"))) == (how == "damaged")  # until the right one is here
    spoil(files_of(settled.one), "lost")  # who attached it has it no longer
    assert a_day_later(settled, settled.two) == [(1, 0)]
    assert has(settled.files, SMALL)
    assert a_day_later(settled, settled.one) == [(0, 1)]
    assert list(settled.files.folder.glob(".altered/*")) == []


def test_damaged_and_nowhere_else_it_waits_for_whoever_attaches_it_again(place: Place) -> None:
    attach(place.one, SMALL)
    place.carry(place.one, most_bytes=0)
    spoil(files_of(place.one), "damaged")
    assert a_day_later(place, place.one) == [(0, 0)]
    attach(place.one, SMALL)
    place.carry(place.one)
    assert has(place.files, SMALL)


def test_a_technician_need_not_wait_for_the_next_day(settled: Place) -> None:
    spoil(files_of(settled.two), "damaged")
    with settled.two.store.writing() as session:
        look_anew(session)
    assert settled.carry(settled.two).fetched == 1


def test_the_round_goes_on_where_it_was_and_then_rests(settled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    attach(settled.one, SCAN)
    settled.carry(settled.one)
    monkeypatch.setattr(files_look, "MOST_FILES", 1)
    settled.one.clock.now += EVERY
    asked: list[int] = []

    def counted(message: bytes) -> bytes:
        asked.append(len(message))
        return settled.line(message)

    for _exchange in range(4):
        settled.carry(settled.one, counted)
    assert len(asked) == 2


def test_a_line_that_breaks_forgets_nothing_of_what_was_found(settled: Place) -> None:
    spoil(files_of(settled.two), "damaged")
    settled.two.clock.now += EVERY
    assert settled.carry(settled.two, most_bytes=0).fetched == 0
    assert settled.carry(settled.two).fetched == 1
    assert has(files_of(settled.two), SMALL)


def test_a_serving_center_looks_by_itself(settled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(settled.files, "damaged")
    gone, set_aside = threading.Event(), Blobs.set_aside

    def watched(files: Blobs, sha256: str) -> None:
        set_aside(files, sha256)
        gone.set()

    monkeypatch.setattr(Blobs, "set_aside", watched)
    with looking(settled.center, every_s=0.001):
        assert gone.wait(60)
    assert not path_in(settled.files).exists()
