"""What is kept but not believed: the seals of a revoked key, and the branch of a copied desk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlmodel import col, select

from desk.errors.sync import DeskUnknown
from storage.center.center import Center
from storage.center.tables import SetAside
from storage.messages import Segment, chained, request, seal_holds
from tests.storage.centers import APP, join, lines, push, told
from tests.storage.desks import Desk, open_desk


@pytest.fixture
def joined(desk: Desk, center: Center) -> Desk:
    """A desk that joined the center and has some events."""
    join(desk, center)
    desk.accept(8)
    return desk


def _lines(desk: Desk) -> list[bytes]:
    return [event.line() for event in desk.events()]


def test_what_a_revoked_desk_seals_is_set_aside_and_never_projected(joined: Desk, center: Center) -> None:
    before, after = joined.events()[:6], joined.events()[6:]
    push(joined, center, before)
    known = center.dump()
    center.revoke(joined.id)
    for _twice in range(2):
        http, answer = push(joined, center, joined.events()[4:9], joined.events()[9:])
        assert (http, answer["status"], answer["revoked"]) == (200, "ok", True)
        assert answer["have"] == {
            "desk": joined.id,
            "epoch": 1,
            "seq": len(joined.events()),
            "head": joined.events()[-1].head_hash,
        }
        assert {one["reason"] for one in answer["quarantined"]} == {"revoked"}
    assert lines(center) == [event.line() for event in before]
    assert center.dump() == known
    assert center.rebuild().same
    with center.store.reading() as session:
        rows = session.exec(select(SetAside).order_by(col(SetAside.first))).all()
    kept = [
        Segment(row.desk, row.epoch, row.first, row.last, row.head_hash, row.key, row.seal, _split(row.lines))
        for row in rows
    ]
    assert all(seal_holds(segment, joined.key.public) for segment in kept)
    assert [event for segment in kept for event in chained(segment)][-len(after) :] == after


def _split(lines: bytes) -> tuple[bytes, ...]:
    return tuple(line + b"\n" for line in lines.split(b"\n")[:-1])


def test_a_revoked_desk_is_given_nothing_back_and_its_slot_is_free(joined: Desk, center: Center) -> None:
    push(joined, center, joined.events())
    since = center.revoke(joined.id)
    assert center.revoke(joined.id) == since
    message = request(joined.id, APP, 0, [], joined.key, (1, 0))
    assert "own" not in told(center, center.exchange(message))[1]
    center.make_token("H49.35", 0)
    with pytest.raises(DeskUnknown):
        center.revoke("nobody")


def test_both_branches_of_a_fork_are_kept(joined: Desk, center: Center, tmp_path: Path) -> None:
    count = len(joined.events())
    shutil.copytree(joined.folder, tmp_path / "twin")
    joined.accept(2)
    push(joined, center, joined.events())
    twin = open_desk(tmp_path / "twin", joined.id, joined.key, clock=joined.clock, seed=60)
    twin.accept(3)
    for _twice in range(2):
        http, answer = push(twin, center, twin.events()[count:])
        assert (http, answer["status"]) == (409, "fork")
        assert answer["quarantined"] == [{"epoch": 1, "seq": count + 1, "reason": "fork"}]
    with center.store.reading() as session:
        (row,) = session.exec(select(SetAside)).all()
    assert (row.why, row.last, row.head_hash) == ("fork", count + 3, twin.events()[-1].head_hash)
    assert lines(center) == _lines(joined)
    twin.store.close()
