"""A dossier that leaves a unit, or was only looked up: hidden at once, gone after 90 days, whole when it returns."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from storage.blobs import Blobs
from storage.center.center import Center
from storage.projections.dossiers import events_of
from storage.projections.project import dump, rebuild
from storage.queries import dossiers, stubs
from storage.sync.leaving import KEPT, let_files_go
from storage.sync.looking_up import look_up
from storage.sync.segments import Pace
from storage.wire import Event
from tests.storage.centers import APP, join, line, new_center, sync
from tests.storage.desks import Desk, new_desk

HERE, THERE = "H49.35", "H49.36"


class Two:
    """A desk of one unit, a desk of another, and their center."""

    def __init__(self, folder: Path, center: Center) -> None:
        self.center = center
        self.one = new_desk(folder / "1", "0192f0a1-7c3a-7b11-8a55-000000000001", unit=HERE)
        self.other = new_desk(folder / "3", "0192f0a1-7c3a-7b11-8a55-000000000003", unit=THERE, seed=3)
        join(self.one, center, 0, HERE)
        join(self.other, center, 0, THERE)

    def sync(self) -> None:
        """Let both exchange, one after the other."""
        sync(self.one, self.center)
        sync(self.other, self.center)

    def hand(self, dossier: str) -> Event:
        """Hand `dossier` to the other unit."""
        return _act(self.one, "dossier.processing", dossier, to=THERE)

    def take_back(self, handed: Event) -> None:
        """Undo that, so that it concerns the other unit no longer."""
        assert handed.head.dossier is not None
        _act(self.one, "dossier.undone", handed.head.dossier, events=[handed.head.id])


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Two units; what is tried lies at the desk, so one kind of center is enough."""
    made = Two(tmp_path, new_center(tmp_path))
    yield made
    for store in (made.one.store, made.other.store, made.center.store):
        store.close()


def _act(desk: Desk, kind: str, dossier: str, **body: object) -> Event:
    with desk.log.act("officer-1") as act:
        return act.append(kind, body, dossier=dossier)


def _attach(desk: Desk, dossier: str, files: Blobs, text: str) -> Path:
    """Attach a scan that shows `text`, and return where it lies among `files`."""
    content = f"%PDF-1.7 {text}".encode()
    digest = hashlib.sha256(content).hexdigest()
    files.receive(digest, len(content), io.BytesIO(content))
    _act(desk, "document.attached", dossier, sha256=digest, size=len(content), mime="application/pdf")
    return files.path(digest)


def _lines(desk: Desk, dossier: str) -> set[bytes]:
    with desk.store.reading() as session:
        return {event.line() for event in events_of(session, dossier)}


def _later(desk: Desk, by: timedelta) -> None:
    """Let time go by at `desk`, and let something else be the last that its log holds."""
    desk.clock.now += by
    desk.accept(1)


def _is_as_its_log_says(desk: Desk) -> bool:
    with desk.store.writing() as session:
        return rebuild(session, searchable=True) == (True, [])


def test_a_dossier_that_left_is_gone_after_ninety_days_and_comes_back_whole(two: Two) -> None:
    dossier, stays = two.one.accept(2)
    handed = two.hand(dossier)
    two.hand(stays)
    two.sync()
    two.take_back(handed)
    two.sync()
    _later(two.other, KEPT - timedelta(days=1))
    two.sync()
    assert _lines(two.other, dossier)
    _later(two.other, timedelta(days=2))
    two.sync()
    assert not _lines(two.other, dossier)
    with two.other.store.reading() as session:
        assert dossiers.by_id(session, dossier) is None and stubs.guest(session, dossier) is None
        assert stubs.stub(session, dossier) is not None  # what every desk may know
        found = session.connection().exec_driver_sql(
            "SELECT dossier FROM lookup_key UNION SELECT dossier FROM name_entry"
        )
        assert dossier not in {row[0] for row in found}
    assert _lines(two.other, stays) == _lines(two.one, stays)
    assert _is_as_its_log_says(two.other)
    two.hand(dossier)
    two.sync()
    assert _lines(two.other, dossier) == _lines(two.one, dossier)
    with two.other.store.reading() as there, two.one.store.reading() as here:
        shown = [{row for row in dump(one) if row[:2] == ("dossier", dossier)} for one in (here, there)]
        assert shown[0] == shown[1] and len(shown[0]) == 1
    assert _is_as_its_log_says(two.other)


def test_one_that_comes_back_before_its_time_is_over_is_whole_too(two: Two) -> None:
    (dossier,) = two.one.accept(1)
    handed = two.hand(dossier)
    two.sync()
    two.take_back(handed)
    two.sync()
    _act(two.one, "dossier.linked", dossier, system="tỉnh", code="X1")
    two.hand(dossier)
    two.sync()
    _later(two.other, KEPT + timedelta(days=1))
    two.sync()
    assert _lines(two.other, dossier) == _lines(two.one, dossier)


def test_what_the_own_unit_wrote_of_it_stays_with_its_chain(two: Two) -> None:
    (dossier,) = two.one.accept(1)
    handed = two.hand(dossier)
    two.sync()
    done = _act(two.other, "dossier.resolved", dossier)
    undone = _act(two.other, "dossier.undone", dossier, events=[done.head.id])
    two.sync()
    two.take_back(handed)
    two.sync()
    own = {event.line() for event in two.other.events()}
    _later(two.other, KEPT + timedelta(days=1))
    two.sync()
    assert _lines(two.other, dossier) == {done.line(), undone.line()}
    assert own <= {event.line() for event in two.other.events()}
    with two.other.store.reading() as session:
        assert stubs.guest(session, dossier) is not None  # still in no list
    assert _is_as_its_log_says(two.other)


def test_one_that_was_looked_up_goes_too_and_the_reason_stays(two: Two) -> None:
    (dossier,) = two.one.accept(1)
    two.sync()
    exchange, key = line(two.center), two.center.key.public
    look_up(two.other.log, exchange, key, dossier, "người dân hỏi", "officer-1", app=APP, pace=Pace())
    assert len(_lines(two.other, dossier)) == 2
    _later(two.other, KEPT + timedelta(days=1))
    two.sync()
    with two.other.store.reading() as session:
        (look,) = events_of(session, dossier)
        assert look.head.kind == "dossier.viewed" and look.private["reason"] == "người dân hỏi"
        assert dossiers.by_id(session, dossier) is None
    assert _is_as_its_log_says(two.other)


def test_its_files_go_with_it_unless_another_dossier_or_an_own_event_names_them(two: Two, tmp_path: Path) -> None:
    leaves, stays = two.one.accept(2)
    mine = two.other.accept(1)[0]
    files = Blobs(tmp_path / "attachments")
    only, shared, own = (_attach(two.one, leaves, files, name) for name in ("only", "shared", "own"))
    _attach(two.one, stays, files, "shared")
    _attach(two.other, mine, files, "own")
    handed = two.hand(leaves)
    two.hand(stays)
    two.sync()
    two.take_back(handed)
    two.sync()
    let_files_go(two.other.log, files)
    assert all(path.exists() for path in (only, shared, own))
    _later(two.other, KEPT + timedelta(days=1))
    two.sync()
    assert not _lines(two.other, leaves)
    assert let_files_go(two.other.log, files) == 1  # as the next exchange does, though the power was cut here
    assert [path.exists() for path in (only, shared, own)] == [False, True, True]
    assert let_files_go(two.other.log, files) == 0


def test_a_file_that_is_attached_again_before_it_went_stays(two: Two, tmp_path: Path) -> None:
    (leaves,) = two.one.accept(1)
    files = Blobs(tmp_path / "attachments")
    path = _attach(two.one, leaves, files, "once and again")
    handed = two.hand(leaves)
    two.sync()
    two.take_back(handed)
    two.sync()
    _later(two.other, KEPT + timedelta(days=1))
    two.sync()
    assert not _lines(two.other, leaves)
    _attach(two.other, two.other.accept(1)[0], files, "once and again")
    assert let_files_go(two.other.log, files) == 0 and path.exists()


def test_the_last_number_of_a_log_is_not_given_twice(two: Two) -> None:
    (dossier,) = two.one.accept(1)
    handed = two.hand(dossier)
    two.sync()
    two.take_back(handed)
    two.sync()
    two.other.clock.now += KEPT + timedelta(days=1)
    two.sync()
    assert _lines(two.other, dossier)  # its event is the last of this log: it goes once another one is
    two.other.accept(1)
    two.sync()
    assert not _lines(two.other, dossier)


def test_the_database_lets_no_other_event_go(two: Two) -> None:
    mine, (dossier,) = two.other.accept(1)[0], two.one.accept(1)
    two.hand(dossier)
    two.sync()
    with two.other.store.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("INSERT INTO guest (dossier, why, since_at) VALUES (?, 'left', 0)", (mine,))
        for gone in (mine, dossier):
            with pytest.raises(IntegrityError, match="never deleted"):
                connection.exec_driver_sql("DELETE FROM event WHERE dossier = ?", (gone,))
        with pytest.raises(IntegrityError, match="never deleted"):
            connection.exec_driver_sql("DELETE FROM event WHERE dossier IS NULL")
