"""Old copies, drawers and backups: whatever went back in time ends with every event once, and no number twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.errors.sync import CenterUnreachable, CopyAlive, ForkFound
from storage.center import ingest
from storage.center.center import Center
from storage.projections.project import dump
from storage.sync.exchange import Exchange, exchange_once
from storage.sync.segments import Pace
from tests.storage.centers import APP, join, line, lines, new_center, sync
from tests.storage.desks import Desk, open_desk


def _lines(desk: Desk) -> list[bytes]:
    return [event.line() for event in desk.events()]


def _over(desk: Desk, center: Center, exchange: Exchange, pace: Pace | None = None) -> Any:
    return exchange_once(desk.log, exchange, center.key.public, app=APP, pace=pace)


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


def test_two_machines_under_one_name_do_not_begin_epochs_in_turn_and_the_copy_is_told(
    joined: Desk, one: Center, tmp_path: Path
) -> None:
    copy = _older_copy(joined, one, tmp_path)
    sync(copy, one)  # alone it is a desk put back from a backup: a new epoch, and its acts given back
    for _round in range(4):
        joined.accept(1)
        sync(joined, one)
        copy.accept(1)
        with pytest.raises(CopyAlive):
            sync(copy, one)
    assert joined.events()[-1].head.epoch == 3 and copy.events()[-1].head.epoch == 2
    sync(joined, one)
    assert set(lines(one)) == {*_lines(joined), *_lines(copy)} == set(_lines(joined))
    assert one.rebuild().same
    copy.store.close()


def test_a_copy_that_joins_anew_is_the_desk_from_then_on(joined: Desk, one: Center, tmp_path: Path) -> None:
    copy = _older_copy(joined, one, tmp_path)
    sync(copy, one)
    joined.accept(1)
    sync(joined, one)
    with pytest.raises(CopyAlive):
        sync(copy, one)
    join(copy, one, slot=1)
    sync(copy, one)
    copy.accept(1)
    sync(copy, one)
    assert set(lines(one)) == set(_lines(copy))
    with pytest.raises(CopyAlive):
        sync(joined, one)
    copy.store.close()


def _older_copy(desk: Desk, center: Center, folder: Path) -> Desk:
    """Return a copy of the desk's folder from before its last two dossiers, which the center has."""
    sync(desk, center)
    desk.store.close()
    shutil.copytree(desk.folder, folder / "copy")
    desk.accept(2)
    sync(desk, center)
    copy = open_desk(folder / "copy", desk.id, desk.key, clock=desk.clock, seed=50)
    copy.count = 50
    return copy
