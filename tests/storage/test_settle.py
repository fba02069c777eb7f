"""Log and mirror after every accident: nothing that was saved is lost, no number is used twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.projections.project import dump, rebuild
from tests.storage.desks import Desk


def _copy(desk: Desk, name: str) -> Path:
    """Copy the desk's whole home as a backup program would find it, closed."""
    desk.store.close()
    return Path(shutil.copytree(desk.folder, desk.folder.parent / name))


def _put_back(desk: Desk, copy: Path, *, database: bool = False, mirror: bool = False) -> Desk:
    desk.store.close()
    if database:
        for old in desk.folder.glob("desk.db*"):
            old.unlink()
        shutil.copy(copy / "desk.db", desk.database)
    if mirror:
        shutil.rmtree(desk.folder / "mirror")
        shutil.copytree(copy / "mirror", desk.folder / "mirror")
    return desk.reopened()


def _agrees(desk: Desk) -> None:
    """Check that mirror and log hold the same lines and that the projections follow from them."""
    assert desk.mirrored() == [event.line() for event in desk.events()]
    with desk.store.writing() as session:
        assert rebuild(session, searchable=True) == (True, [])
    assert desk.log.settle() == "same"


def _places(desk: Desk) -> list[tuple[int, int]]:
    return [(event.head.epoch, event.head.seq) for event in desk.events()]


def test_an_untouched_home_needs_nothing(desk: Desk) -> None:
    desk.accept(3)
    assert desk.reopened().log.settle() == "same"
    _agrees(desk)


def test_a_mirror_cut_anywhere_is_filled_up_from_the_log(desk: Desk) -> None:
    desk.accept(2)
    path = desk.log.mirror.path(1)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for length in (*range(first, len(whole) - 1, 97), len(whole) - 1):
        path.write_bytes(whole[:length])
        assert desk.log.settle() == "filled"
        assert path.read_bytes() == whole


def test_a_deleted_database_is_replayed_from_the_mirror_whole(desk: Desk) -> None:
    desk.accept(5, then=("dossier.resolved", "dossier.returned", "survey.asked"))
    with desk.store.reading() as session:
        before = list(dump(session))
    lines = desk.mirrored()
    desk.store.close()
    for file in desk.folder.glob("desk.db*"):
        file.unlink()
    again = desk.reopened()
    assert again.log.settle() == "replayed"
    with again.store.reading() as session:
        assert list(dump(session)) == before
    assert [event.line() for event in again.events()] == lines
    assert again.accept(1)
    assert _places(again)[-1] == (1, len(lines) + 1)
    _agrees(again)


def test_a_database_from_before_is_brought_up_by_the_mirror_in_the_same_epoch(desk: Desk) -> None:
    desk.accept(2)
    copy = _copy(desk, "copy")
    desk.accept(3)
    lines = desk.mirrored()
    again = _put_back(desk, copy, database=True)
    assert again.log.settle() == "replayed"
    assert [event.line() for event in again.events()] == lines
    _agrees(again)


def test_the_next_act_brings_an_old_database_up_even_without_a_start(desk: Desk) -> None:
    desk.accept(2)
    copy = _copy(desk, "copy")
    desk.accept(3)
    lines = desk.mirrored()
    again = _put_back(desk, copy, database=True)
    again.accept(1)
    assert again.mirrored()[: len(lines)] == lines
    _agrees(again)


def test_a_missing_mirror_opens_a_new_epoch_chained_to_the_old(desk: Desk) -> None:
    desk.accept(2)
    last = desk.events()[-1]
    shutil.rmtree(desk.folder / "mirror")
    assert desk.log.settle() == "new_epoch"
    first = desk.events()[-1].head
    assert (first.kind, first.epoch, first.seq, first.prev) == ("desk.epoch_opened", 2, 1, last.head_hash)
    assert desk.events()[-1].body == {"old_epoch": 1, "last_seq": 4, "head": last.head_hash}
    desk.accept(1)
    _agrees(desk)


def test_a_mirror_that_does_not_join_opens_a_new_epoch_and_is_kept(desk: Desk) -> None:
    copy = _copy(desk, "copy")
    desk.accept(2)
    twin = _put_back(desk, copy, database=True, mirror=True)
    twin.accept(3)
    other = (twin.folder / "mirror").joinpath(twin.log.mirror.path(1).name).read_bytes()
    twin.store.close()
    shutil.copytree(twin.folder / "mirror", twin.folder.parent / "other")
    third = _put_back(twin, copy, database=True, mirror=True)
    third.accept(1)
    third.store.close()
    shutil.rmtree(third.folder / "mirror")
    shutil.copytree(third.folder.parent / "other", third.folder / "mirror")
    again = third.reopened()
    assert again.log.settle() == "new_epoch"
    assert _places(again) == [(1, 1), (1, 2), (1, 3), (2, 1)]
    aside = list((again.folder / "mirror").glob("*.aside-1"))
    assert [file.read_bytes() for file in aside] == [other]
    again.accept(1)
    _agrees(again)


def test_a_mirror_behind_that_is_no_prefix_is_never_appended_to(desk: Desk) -> None:
    copy = _copy(desk, "copy")
    desk.accept(1)
    shutil.copytree(desk.folder / "mirror", desk.folder.parent / "other")
    twin = _put_back(desk, copy, database=True, mirror=True)
    twin.accept(3)
    shutil.rmtree(twin.folder / "mirror")
    shutil.copytree(twin.folder.parent / "other", twin.folder / "mirror")
    twin.accept(1)
    assert _places(twin)[-2:] == [(2, 1), (2, 2)]
    _agrees(twin)


@pytest.mark.parametrize(
    ("line", "before", "after"), [(5, b'"unit":"H49', b'"unit":"H48'), (5, b"1.001193", b"1.001194")]
)
def test_a_mirror_ahead_with_a_changed_line_gives_what_joins_and_opens_a_new_epoch(
    desk: Desk, line: int, before: bytes, after: bytes
) -> None:
    copy = _copy(desk, "copy")
    desk.accept(4)
    path = desk.log.mirror.path(1)
    lines = path.read_bytes().splitlines(keepends=True)
    assert before in lines[line]
    lines[line] = lines[line].replace(before, after, 1)
    path.write_bytes(b"".join(lines))
    again = _put_back(desk, copy, database=True)
    assert again.log.settle() == "new_epoch"
    assert _places(again) == [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1)]
    again.accept(1)
    _agrees(again)


def test_a_flipped_bit_in_the_mirrors_last_line_opens_a_new_epoch_at_the_next_act(desk: Desk) -> None:
    desk.accept(1)
    path = desk.log.mirror.path(1)
    path.write_bytes(path.read_bytes()[:-10] + b"012345678\n")
    desk.accept(1)
    assert _places(desk)[-2:] == [(2, 1), (2, 2)]
    _agrees(desk)


def test_an_old_database_takes_later_epochs_from_the_mirror_too(desk: Desk) -> None:
    copy = _copy(desk, "copy")
    again = desk.reopened()
    again.accept(1)
    again.log.open_epoch()
    again.accept(1)
    again.log.open_epoch()
    again.accept(1)
    lines = again.mirrored()
    third = _put_back(again, copy, database=True)
    assert third.log.settle() == "replayed"
    assert [event.line() for event in third.events()] == lines
    _agrees(third)


def test_an_older_epoch_half_written_in_the_mirror_is_completed(desk: Desk) -> None:
    desk.accept(3)
    desk.log.open_epoch()
    desk.accept(1)
    path = desk.log.mirror.path(1)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert desk.log.settle() == "filled"
    assert path.read_bytes() == whole
    _agrees(desk)


def test_an_older_epoch_gone_from_the_mirror_is_written_again(desk: Desk) -> None:
    desk.accept(3)
    desk.log.open_epoch()
    desk.log.mirror.path(1).unlink()
    assert desk.log.settle() == "filled"
    _agrees(desk)


def _no_folder(desk: Desk) -> Path:
    folder = desk.folder / "mirror"
    shutil.rmtree(folder)
    folder.write_bytes(b"a file is in the way")
    return folder


def test_a_mirror_that_cannot_be_written_stops_no_act_and_is_filled_up_later(desk: Desk) -> None:
    in_the_way = _no_folder(desk)
    desk.accept(2)
    assert desk.log.trouble is not None and desk.log.trouble.code == "STORE-06"
    in_the_way.unlink()
    desk.accept(1)
    assert desk.log.trouble is None
    assert len(desk.events()) == 5
    _agrees(desk)


@pytest.mark.parametrize("kill_in", ["set_aside", "begin", "append"])
def test_a_crash_while_a_new_epoch_is_mirrored_never_leads_back_to_the_old_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kill_in: str
) -> None:
    desk.accept(2)
    path = desk.log.mirror.path(1)
    path.write_bytes(path.read_bytes()[:-10] + b"012345678\n")
    _dies_in(monkeypatch, desk, kill_in)
    with pytest.raises(KeyboardInterrupt):
        desk.log.settle()
    monkeypatch.undo()
    again = desk.reopened()
    again.log.settle()
    again.accept(1)
    places = _places(again)
    assert places[:4] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    assert all(epoch > 1 for epoch, _seq in places[4:])
    _agrees(again)


def _dies_in(monkeypatch: pytest.MonkeyPatch, desk: Desk, act: str) -> None:
    def dead(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(desk.log.mirror, act, dead)


def test_a_refused_act_after_an_accident_leaves_a_mirror_that_joins(desk: Desk) -> None:
    copy = _copy(desk, "copy")
    desk.accept(2)
    again = _put_back(desk, copy, database=True)
    with pytest.raises(RuntimeError), again.log.act("officer-1") as act:
        act.append("dossier.viewed", {}, dossier="d")
        raise RuntimeError
    _agrees(again)
    again.accept(1)
    assert _places(again)[-1] == (1, 5)


def test_without_the_key_a_start_changes_nothing(desk: Desk) -> None:
    desk.accept(1)
    shutil.rmtree(desk.folder / "mirror")
    desk.log.key = None
    assert desk.log.settle() == "same"
    assert not (desk.folder / "mirror").exists()


def test_every_accident_after_every_act_keeps_all_saved_events(desk: Desk) -> None:
    accidents: list[Callable[[Desk, Path], Desk]] = [
        lambda d, copy: _put_back(d, copy, database=True),
        lambda d, copy: _put_back(d, copy, mirror=True),
        lambda d, copy: d.reopened(),
    ]
    for number, accident in enumerate(accidents * 2):
        copy = _copy(desk, f"copy-{number}")
        saved = {event.head.id for event in desk.events()}
        desk.accept(2)
        saved |= {event.head.id for event in desk.events()}
        desk = accident(desk, copy)
        desk.log.settle()
        assert saved <= {event.head.id for event in desk.events()}
        assert len(set(_places(desk))) == len(_places(desk))
    _agrees(desk)
