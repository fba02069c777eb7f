"""The exchange by stick: the same as over a line, whatever is done to the files on the way."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from desk.errors.store import FileUnreadable, FileUnwritable, KeyMissing
from desk.errors.sync import BundleForAnother, BundleTorn, NoBundle, NoReply, SlotTaken
from desk.keys import key_id, locked_for
from storage import bundle
from storage.bundle import Found, Part
from storage.center import own as center_own
from storage.center import sticks as center_sticks
from storage.center.center import Center
from storage.center.sticks import Taken
from storage.sync import sticks
from storage.sync.state import status
from storage.sync.sticks import Replied
from tests.storage.centers import APP, URL, join, lines, new_center, push, sync
from tests.storage.desks import Desk, Ticking, new_desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a part hold three events, so that a short log fills many."""
    monkeypatch.setattr(sticks, "LARGEST_SIZE", 3)


def export(desk: Desk, center: Center, file: Path) -> int:
    """Write the bundle of `desk` for `center`; returns how many parts it has."""
    written = sticks.export(desk.log, center.key.public, app=APP)
    bundle.write(file, written.parts)
    return len(written.parts)


def carry(center: Center, reply: Path, *places: Path) -> Taken:
    """Take files in at `center` and write its reply."""
    taken = center_sticks.take(center, bundle.read(places))
    bundle.write(reply, taken.replies)
    return taken


def bring_back(desk: Desk, center: Center, reply: Path) -> Replied:
    """Take the reply in at `desk`."""
    return sticks.take_replies(desk.log, bundle.read([reply]), center.key.public)


def unsent(desk: Desk) -> int:
    """Return how many events the desk does not know to be at the center."""
    with desk.store.reading() as session:
        return status(session, desk.id).unsent


def ours(desk: Desk) -> list[bytes]:
    """Return the lines of the desk's log."""
    return [event.line() for event in desk.events()]


def test_a_stick_brings_everything_and_its_reply_says_so(desk: Desk, center: Center, stick: Path) -> None:
    join(desk, center)
    desk.accept(3)
    before = len(desk.events())
    export(desk, center, stick / "a")
    taken = carry(center, stick / "reply", stick / "a")
    assert (taken.events, taken.desks, taken.refused, taken.missing) == (before, [desk.id], [], [])
    assert lines(center) == ours(desk)
    assert unsent(desk) == before
    replied = bring_back(desk, center, stick / "reply")
    assert (replied.confirmed, unsent(desk)) == (before, 0)
    assert replied.have is not None
    assert replied.have.seq == before


@pytest.mark.usefixtures("small_parts")
def test_a_bundle_may_be_brought_twice_by_two_people_in_any_order(joined: Desk, one: Center, stick: Path) -> None:
    export(joined, one, stick / "a")
    joined.accept(3)
    export(joined, one, stick / "b")
    for place in (stick / "b", stick / "a", stick / "b", stick / "a"):
        carry(one, stick / "reply", place)
    assert lines(one) == ours(joined)
    bring_back(joined, one, stick / "reply")
    bring_back(joined, one, stick / "reply")
    assert unsent(joined) == 0


@pytest.mark.usefixtures("small_parts")
def test_what_was_exported_is_kept_until_the_reply_and_the_next_bundle_begins_there(
    joined: Desk, one: Center, stick: Path
) -> None:
    export(joined, one, stick / "lost")
    assert export(joined, one, stick / "again") == len(bundle.read([stick / "lost"]).parts)
    carry(one, stick / "reply", stick / "again")
    bring_back(joined, one, stick / "reply")
    joined.accept(1)
    export(joined, one, stick / "next")
    (part,) = bundle.read([stick / "next"]).parts
    assert part.first == (1, len(joined.events()))
    carry(one, stick / "reply", stick / "next")
    assert lines(one) == ours(joined)


@pytest.mark.usefixtures("small_parts")
def test_one_stick_serves_many_desks_and_each_takes_only_its_own_answer(
    joined: Desk, one: Center, stick: Path, tmp_path: Path
) -> None:
    other = new_desk(tmp_path / "other", "0192f0a1-7c3a-7b11-8a55-000000000002")
    join(other, one, slot=1)
    other.accept(2)
    export(joined, one, stick / "a")
    export(other, one, stick / "b")
    (stick / "letter.txt").write_text("not ours", encoding="utf-8")
    (stick / "folder").mkdir()
    taken = carry(one, stick / "reply", stick)
    assert sorted(taken.desks) == [joined.id, other.id]
    assert set(lines(one)) == {*ours(joined), *ours(other)}
    for desk in (joined, other):
        assert bring_back(desk, one, stick / "reply").answers == 1
        assert unsent(desk) == 0
    other.store.close()


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("seed", range(8))
def test_a_torn_part_loses_only_itself_and_two_torn_copies_make_a_whole(
    joined: Desk, one: Center, stick: Path, seed: int
) -> None:
    dice = random.Random(seed)
    count = export(joined, one, stick / "a")
    whole = (stick / "a").read_bytes()
    shutil.copy(stick / "a", stick / "b")
    starts = [at for at in range(len(whole)) if whole.startswith(bundle._MARK, at)]
    hurt = dice.sample(range(count), 2)
    for name, number in zip("ab", hurt, strict=True):
        torn = bytearray(whole)
        end = starts[number + 1] if number + 1 < count else len(whole)
        torn[dice.randrange(starts[number], end)] ^= 1 << dice.randrange(8)
        (stick / name).write_bytes(torn)
        found = bundle.read([stick / name])
        assert [missing.number for missing in found.missing] == [number + 1]
        assert len(found.parts) == count - 1
    carry(one, stick / "reply", stick / "a", stick / "b")
    assert lines(one) == ours(joined)


@pytest.mark.usefixtures("small_parts")
def test_a_stick_pulled_at_any_byte_gives_what_was_whole_and_the_next_one_the_rest(
    joined: Desk, one: Center, stick: Path
) -> None:
    count = export(joined, one, stick / "a")
    whole = (stick / "a").read_bytes()
    for size in range(0, len(whole), 211):
        (stick / "a").write_bytes(whole[:size])
        try:
            found = bundle.read([stick / "a"])
        except NoBundle:
            assert size < len(bundle._MARK)
            continue
        assert [part.number for part in found.parts] == list(range(1, len(found.parts) + 1))
        if not found.parts:
            with pytest.raises(BundleTorn):
                center_sticks.take(one, found)
            continue
        assert len(found.parts) + len(found.missing) == count
        carry(one, stick / "reply", stick / "a")
        assert lines(one) == ours(joined)[: len(lines(one))]
    bring_back(joined, one, stick / "reply")
    assert 0 < unsent(joined) < len(joined.events())
    export(joined, one, stick / "rest")
    carry(one, stick / "reply", stick / "rest")
    assert lines(one) == ours(joined)


@pytest.mark.usefixtures("small_parts")
def test_a_missing_part_is_listed_and_told_to_the_desk(joined: Desk, one: Center, stick: Path) -> None:
    export(joined, one, stick / "a")
    parts = bundle.read([stick / "a"]).parts
    bundle.write(stick / "a", [part for part in parts if part.number != 2])
    taken = carry(one, stick / "reply", stick / "a")
    assert [(missing.sender, missing.number) for missing in taken.missing] == [(joined.id, 2)]
    assert {one["status"] for one in taken.refused} == {"gap"}
    assert bring_back(joined, one, stick / "reply").confirmed == 3
    export(joined, one, stick / "b")
    assert carry(one, stick / "reply", stick / "b").refused == []
    assert lines(one) == ours(joined)


def test_a_bundle_for_another_center_is_told_and_not_read(
    joined: Desk, one: Center, stick: Path, tmp_path: Path
) -> None:
    stranger = new_center(tmp_path / "stranger", seed=8)
    export(joined, one, stick / "a")
    with pytest.raises(BundleForAnother):
        carry(stranger, stick / "reply", stick / "a")
    assert lines(stranger) == []
    assert not (stick / "reply").exists()
    stranger.close()


def test_two_sticks_crossed_are_told_at_the_desk(joined: Desk, one: Center, stick: Path, tmp_path: Path) -> None:
    other = new_desk(tmp_path / "other", "0192f0a1-7c3a-7b11-8a55-000000000002")
    join(other, one, slot=1)
    export(other, one, stick / "b")
    carry(one, stick / "reply", stick / "b")
    with pytest.raises(BundleForAnother):
        bring_back(joined, one, stick / "reply")
    with pytest.raises(NoReply):
        bring_back(joined, one, stick / "b")
    assert unsent(joined) == len(joined.events())
    other.store.close()


def test_nothing_personal_can_be_read_on_a_stick(joined: Desk, one: Center, stick: Path) -> None:
    export(joined, one, stick / "a")
    carry(one, stick / "reply", stick / "a")
    for raw in ((stick / "a").read_bytes(), (stick / "reply").read_bytes()):
        assert b"0221900" not in raw
        assert b"age-encryption.org/v1" in raw


def test_an_old_reply_does_not_take_back_what_is_known(joined: Desk, one: Center, stick: Path) -> None:
    export(joined, one, stick / "a")
    carry(one, stick / "old", stick / "a")
    joined.accept(2)
    sync(joined, one)
    assert bring_back(joined, one, stick / "old").confirmed == 0
    assert unsent(joined) == 0


def test_a_restored_center_says_on_the_stick_what_it_lacks(joined: Desk, tmp_path: Path, stick: Path) -> None:
    folder = tmp_path / "restored"
    with closing(new_center(folder)) as before:
        join(joined, before)
        push(joined, before, joined.events()[:3])
    shutil.copytree(folder / "center", tmp_path / "backup")
    with closing(new_center(folder)) as later:
        sync(joined, later)
    assert unsent(joined) == 0
    shutil.rmtree(folder / "center")
    shutil.copytree(tmp_path / "backup", folder / "center")
    with closing(new_center(folder, clock=Ticking(joined.clock.now + timedelta(days=1)))) as restored:
        with restored.store.writing() as session:
            center_own.keep(session, "incarnation", "another life")
        restored.about = restored.about._replace(incarnation="another life")
        joined.accept(1)
        for file in (stick / "a", stick / "b"):
            export(joined, restored, file)
            carry(restored, stick / "reply", file)
            bring_back(joined, restored, stick / "reply")
        assert lines(restored) == ours(joined)


def test_a_desk_joins_by_stick_and_the_answer_opens_only_there(
    desk: Desk, one: Center, stick: Path, tmp_path: Path
) -> None:
    other = new_desk(tmp_path / "other", "0192f0a1-7c3a-7b11-8a55-000000000002")
    token = one.make_token("H49.35", 4).token
    bundle.write(stick / "ask", sticks.ask_to_join(desk.log, URL, token, app=APP).parts)
    taken = carry(one, stick / "reply", stick / "ask")
    assert (taken.parts, taken.desks) == (1, [desk.id])
    with pytest.raises(BundleForAnother):
        sticks.join_from(other.log, bundle.read([stick / "reply"]), URL, token, app=APP, actor=None)
    carry(one, stick / "reply", stick / "ask")  # brought twice
    enrolled = sticks.join_from(desk.log, bundle.read([stick / "reply"]), URL, token, app=APP, actor=None)
    assert (enrolled.slot, enrolled.center_key) == (4, one.key.public)
    export(desk, one, stick / "a")
    carry(one, stick / "reply", stick / "a")
    bring_back(desk, one, stick / "reply")
    assert lines(one) == ours(desk)
    other.store.close()


def test_a_refusal_to_join_comes_back_by_stick(desk: Desk, one: Center, stick: Path, tmp_path: Path) -> None:
    token = one.make_token("H49.35", 4).token
    other = new_desk(tmp_path / "other", "0192f0a1-7c3a-7b11-8a55-000000000002")
    second = one.make_token("H49.35", 4).token
    bundle.write(stick / "ask", sticks.ask_to_join(desk.log, URL, second, app=APP).parts)
    bundle.write(stick / "ask2", sticks.ask_to_join(other.log, URL, token, app=APP).parts)
    carry(one, stick / "reply2", stick / "ask2")
    carry(one, stick / "reply", stick / "ask")
    with pytest.raises(SlotTaken):
        sticks.join_from(desk.log, bundle.read([stick / "reply"]), URL, second, app=APP, actor=None)
    other.store.close()


def test_a_desk_without_its_key_writes_and_reads_no_bundle(joined: Desk, one: Center, stick: Path) -> None:
    export(joined, one, stick / "a")
    carry(one, stick / "reply", stick / "a")
    joined.log.key = None
    with pytest.raises(KeyMissing):
        export(joined, one, stick / "b")
    with pytest.raises(KeyMissing):
        bring_back(joined, one, stick / "reply")


def test_a_file_that_is_none_of_ours_is_told(stick: Path) -> None:
    (stick / "letter").write_text("hello", encoding="utf-8")
    for place in (stick / "letter", stick):
        with pytest.raises(NoBundle):
            bundle.read([place])
    with pytest.raises(FileUnreadable):
        bundle.read([stick / "nowhere"])
    with pytest.raises(FileUnwritable):
        bundle.write(stick / "nowhere" / "a", [])


@pytest.mark.parametrize("seed", range(20))
def test_no_changed_bundle_makes_the_center_fail(joined: Desk, one: Center, stick: Path, seed: int) -> None:
    dice = random.Random(seed)
    export(joined, one, stick / "a")
    raw = bytearray((stick / "a").read_bytes())
    for _hurt in range(dice.randint(1, 30)):
        raw[dice.randrange(min(len(raw), 700))] = dice.randrange(256)
    (stick / "a").write_bytes(raw)
    try:
        taken = carry(one, stick / "reply", stick / "a")
    except (NoBundle, BundleTorn, BundleForAnother):
        assert lines(one) == []
        return
    assert lines(one) == ours(joined)[: taken.events]


def test_a_part_that_somebody_else_locked_for_the_center_stores_nothing(joined: Desk, one: Center) -> None:
    forged = locked_for(one.key.public, b'{"desk":"x","signature":"00"}\nrubbish')
    part = Part("b", joined.id, "sync", 1, 1, key_id(one.key.public).hex(), (0, 0), forged)
    broken = part._replace(bundle="c", locked=b"no age file")
    taken = center_sticks.take(one, Found([part, broken], []))
    assert (taken.parts, taken.events, taken.replies) == (0, 0, [])
    assert sorted(one["status"] for one in taken.refused) == ["damaged", "unknown_desk"]
