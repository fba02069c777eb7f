"""The exchange at the center: each event once, in its chain's order, whatever comes twice, late, cut or changed."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from sqlalchemy.exc import DBAPIError

from desk.errors.store import DatabaseUnreachable, StoreBusy
from storage.center.center import Center
from storage.center.tables import CenterTable, EnrolledDesk
from storage.messages import read_answer, read_lines_value, request, sealed
from storage.projections import others
from storage.projections.project import dump
from storage.wire import Event, compact, hash_of
from tests.storage.centers import APP, join, lines, nonce, push, stored, sync, told
from tests.storage.desks import Desk, new_desk


@pytest.fixture
def joined(desk: Desk, center: Center) -> Desk:
    """A desk that joined and has accepted six dossiers, of which the center has nothing yet."""
    join(desk, center)
    desk.accept(6, then=("dossier.processing",))
    return desk


def _lines(desk: Desk) -> list[bytes]:
    return [event.line() for event in desk.events()]


def _have(desk: Desk, count: int) -> dict[str, Any]:
    last = desk.events()[count - 1]
    return {"desk": desk.id, "epoch": last.head.epoch, "seq": last.head.seq, "head": last.head_hash}


def test_what_is_sent_is_stored_once_and_answered_with_what_the_center_has(joined: Desk, center: Center) -> None:
    http, answer = push(joined, center, joined.events()[:9])
    assert (http, answer["status"], answer["have"], answer["position"]) == (200, "ok", _have(joined, 9), 9)
    assert answer["tracking_url"] == "https://tracuu.example.vn/t/"
    assert stored(center) == list(enumerate(_lines(joined)[:9], 1))


def test_a_question_without_events_is_answered_with_the_beginning(joined: Desk, center: Center) -> None:
    http, answer = push(joined, center)
    genesis = joined.log.identity.genesis.head_hash
    assert (http, answer["have"]) == (200, {"desk": joined.id, "epoch": 1, "seq": 0, "head": genesis})


@pytest.mark.parametrize("first", [0, 3, 8])
def test_a_batch_sent_twice_stores_nothing_twice(joined: Desk, center: Center, first: int) -> None:
    push(joined, center, joined.events()[:9])
    http, answer = push(joined, center, joined.events()[first:9])
    assert (http, answer["status"], answer["have"]) == (200, "ok", _have(joined, 9))
    assert lines(center) == _lines(joined)[:9]


def test_of_an_overlapping_batch_the_new_tail_is_stored(joined: Desk, center: Center) -> None:
    push(joined, center, joined.events()[:9])
    http, answer = push(joined, center, joined.events()[4:12])
    assert (http, answer["have"]) == (200, _have(joined, 12))
    assert stored(center) == list(enumerate(_lines(joined)[:12], 1))


def test_a_gap_is_told_and_not_stored_over(joined: Desk, center: Center) -> None:
    push(joined, center, joined.events()[:4])
    http, answer = push(joined, center, joined.events()[6:9])
    assert (http, answer["status"], answer["have"]) == (409, "gap", _have(joined, 4))
    assert lines(center) == _lines(joined)[:4]


def test_of_many_segments_those_before_the_first_bad_one_are_stored(joined: Desk, center: Center) -> None:
    events = joined.events()
    http, answer = push(joined, center, events[:3], events[3:6], events[8:])
    assert (http, answer["status"], answer["seq"], answer["have"]) == (409, "gap", 9, _have(joined, 6))
    assert lines(center) == _lines(joined)[:6]


def _twin(desk: Desk, folder: Path, count: int) -> Desk:
    """Return a desk under the same key whose log is the other one's to `count` and then its own."""
    twin = new_desk(folder, seed=99)
    with twin.store.writing() as session:
        session.connection().exec_driver_sql("DROP TRIGGER event_is_kept")
        session.connection().exec_driver_sql("DELETE FROM event")
    for epoch in twin.log.mirror.epochs():
        twin.log.mirror.path(epoch).unlink()
    twin.log.mirror.begin(1, twin.log.identity.record)
    twin.log.mirror.append(1, _lines(desk)[:count])
    twin.log.settle()
    twin.accept(6)
    return twin


@pytest.mark.parametrize(("first", "last"), [(2, 5), (5, 6), (3, 9), (4, 5), (6, 9)])
def test_a_fork_is_told_and_neither_branch_is_lost(
    joined: Desk, center: Center, tmp_path: Path, first: int, last: int
) -> None:
    twin = _twin(joined, tmp_path / "twin", 4)
    push(joined, center, joined.events()[:6])
    http, answer = push(twin, center, twin.events()[first:last])
    assert (http, answer["status"], answer["have"]) == (409, "fork", _have(joined, 6))
    assert lines(center) == _lines(joined)[:6]
    push(joined, center, joined.events())
    assert lines(center) == _lines(joined)


def test_a_later_epoch_is_taken_where_it_follows_what_the_center_has(joined: Desk, center: Center) -> None:
    joined.log.open_epoch()
    joined.accept(2)
    old = [event for event in joined.events() if event.head.epoch == 1]
    new = [event for event in joined.events() if event.head.epoch == 2]
    http, answer = push(joined, center, new)
    assert (http, answer["status"], answer["have"]["seq"]) == (409, "gap", 0)
    http, answer = push(joined, center, old, new)
    older = [[1, len(old), old[-1].head_hash]]
    assert (http, answer["have"]) == (200, {**_have(joined, len(old) + len(new)), "older": older})
    http, answer = push(joined, center, old)
    assert (http, answer["status"], answer["have"]["epoch"]) == (200, "ok", 2)
    assert lines(center) == _lines(joined)


def test_a_later_epoch_of_an_older_copy_joins_below_what_the_center_has(
    joined: Desk, center: Center, tmp_path: Path
) -> None:
    push(joined, center, joined.events())
    copy = _twin(joined, tmp_path / "copy", 4)
    with copy.store.writing() as session:
        session.connection().exec_driver_sql("DROP TRIGGER IF EXISTS event_is_kept")
        session.connection().exec_driver_sql("DELETE FROM event WHERE seq > 4")
    copy.log.mirror.set_aside(1)
    copy.log.settle()
    copy.accept(1)
    new = [event for event in copy.events() if event.head.epoch == 2]
    http, answer = push(copy, center, new)
    assert (http, answer["status"], answer["have"]["epoch"]) == (200, "ok", 2)
    assert lines(center) == [*_lines(joined), *(event.line() for event in new)]


def test_the_late_end_of_an_epoch_that_the_desk_left_is_taken(joined: Desk, center: Center, tmp_path: Path) -> None:
    drawer = _twin(joined, tmp_path / "drawer", len(joined.events()))
    push(joined, center, joined.events())
    joined.log.open_epoch()
    push(joined, center, [event for event in joined.events() if event.head.epoch == 2])
    late = drawer.events()[len(joined.events()) - 1 :]
    assert late[0].head.epoch == 1
    http, answer = push(drawer, center, late[1:])
    assert (http, answer["status"]) == (409, "gap")
    http, answer = push(drawer, center, late[:2], late)
    assert (http, answer["have"]["epoch"], answer["have"]["older"][0][1]) == (200, 2, late[-1].head.seq)
    assert lines(center) == [*_lines(joined), *(event.line() for event in late)]
    assert center.rebuild().same


def test_a_desk_is_given_its_own_events_back_and_nobody_elses(joined: Desk, center: Center) -> None:
    push(joined, center, joined.events())
    for want, wanted in (((1, 0), joined.events()), ((1, 9), joined.events()[9:]), ((2, 0), []), ((1, 2**31 - 1), [])):
        message = request(joined.id, APP, 0, [], joined.key, want, nonce=nonce(center, joined.id, joined.key))
        answer = told(center, center.exchange(message))[1]
        assert read_lines_value(answer["own"]) == wanted
    for no_place in ((-1, 2), (1, 2**31)):
        message = request(joined.id, APP, 0, [], joined.key, no_place)
        assert told(center, center.exchange(message))[0] == 400


def test_a_later_epoch_that_follows_another_branch_is_a_fork(joined: Desk, center: Center, tmp_path: Path) -> None:
    twin = _twin(joined, tmp_path / "twin", 4)
    push(joined, center, joined.events()[:6])
    twin.log.open_epoch()
    new = [event for event in twin.events() if event.head.epoch == 2]
    assert push(twin, center, new)[1]["status"] == "gap"
    push(joined, center, joined.events())
    assert push(twin, center, new)[1]["status"] == "fork"
    assert lines(center) == _lines(joined)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"old_epoch": 1},
        {"old_epoch": "1", "last_seq": 2},
        {"old_epoch": 2, "last_seq": 2},
        {"old_epoch": 1, "last_seq": -1},
        {"old_epoch": 1, "last_seq": 10**30},
    ],
)
def test_an_epoch_that_does_not_say_what_it_follows_is_broken(
    joined: Desk, center: Center, body: dict[str, Any]
) -> None:
    push(joined, center, joined.events())
    written = compact(body)
    last = joined.events()[-1]
    head = structs.replace(
        last.head,
        epoch=2,
        seq=1,
        prev=last.head_hash,
        kind="desk.epoch_opened",
        body_hash=hash_of(written),
        private_hash=None,
    )
    http, answer = push(joined, center, [Event(head.written(), written, None)])
    assert (http, answer["status"]) == (422, "broken")


def test_a_line_under_a_right_seal_that_is_not_of_its_chain_is_named(joined: Desk, center: Center) -> None:
    segment = sealed(joined.events()[:6], joined.key)
    bad = replace(segment, lines=(*segment.lines[:3], segment.lines[3].replace(b"TP", b"XX"), *segment.lines[4:]))
    http, answer = told(center, center.exchange(request(joined.id, APP, 0, [bad], joined.key)))
    assert (http, answer["status"], answer["seq"], answer["have"]["seq"]) == (422, "broken", 6, 0)
    foreign = replace(segment, seal=sealed(joined.events()[:6], center.key).seal)
    http, answer = told(center, center.exchange(request(joined.id, APP, 0, [foreign], joined.key)))
    assert (http, answer["status"], answer["seq"]) == (422, "broken", 1)
    assert lines(center) == []


def test_a_desk_that_never_joined_is_not_known(desk: Desk, center: Center) -> None:
    http, answer = push(desk, center, desk.events())
    assert (http, answer["status"], "have" in answer) == (401, "unknown_desk", False)


def test_a_request_under_another_key_than_the_desks_is_refused(joined: Desk, center: Center, tmp_path: Path) -> None:
    other = new_desk(tmp_path / "other", "0192f0a1-7c3a-7b11-8a55-000000000009")
    message = request(joined.id, APP, 0, [sealed(joined.events(), other.key)], other.key)
    http, answer = told(center, center.exchange(message))
    assert (http, answer["status"]) == (400, "bad")
    message = request(joined.id, APP, 0, [sealed(other.events(), joined.key)], joined.key)
    assert told(center, center.exchange(message))[1]["status"] == "broken"
    assert lines(center) == []


def test_every_answer_is_signed_bound_to_its_request_and_says_who_answers(joined: Desk, center: Center) -> None:
    for message in (b"", b"nonsense", request(joined.id, APP, 0, [], joined.key)):
        answer = read_answer(center.exchange(message)[1], center.key.public)
        assert answer["request"] == hash_of(message)
        assert answer["center"] == {
            "id": center.about.id,
            "incarnation": center.about.incarnation,
            "time": answer["center"]["time"],
            "key": center.key.public.hex(),
        }


def test_a_message_cut_or_flipped_at_any_byte_stores_nothing(joined: Desk, center: Center) -> None:
    message = request(joined.id, APP, 0, [sealed(joined.events(), joined.key)], joined.key)
    for place in range(0, len(message), 53):
        flipped = message[:place] + bytes([message[place] ^ 4]) + message[place + 1 :]
        for wrong in (message[:place], flipped, message + message):
            assert center.exchange(wrong)[0] in (400, 401)
    assert lines(center) == []


def test_batches_in_any_order_end_in_the_same_log(joined: Desk, center: Center) -> None:
    events = joined.events()
    batches = [events[start : start + 4] for start in range(0, len(events), 4)]
    rng = random.Random(5)
    while lines(center) != _lines(joined):
        rng.shuffle(batches)
        for batch in batches:
            http, answer = push(joined, center, batch)
            assert (http, answer["status"]) in ((200, "ok"), (409, "gap"))
    assert [position for position, _line in stored(center)] == list(range(1, len(events) + 1))


def test_requests_of_many_desks_at_once_keep_positions_without_a_hole(center: Center, tmp_path: Path) -> None:
    desks = [new_desk(tmp_path / str(n), f"0192f0a1-7c3a-7b11-8a55-00000000001{n}", seed=n) for n in range(4)]
    for number, one in enumerate(desks):
        join(one, center, slot=number)
        one.accept(10)
    threads = [threading.Thread(target=_twice, args=(one, center)) for one in desks for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = stored(center)
    assert [position for position, _line in found] == list(range(1, len(found) + 1))
    assert sorted(line for _position, line in found) == sorted(line for one in desks for line in _lines(one))


def _twice(desk: Desk, center: Center) -> None:
    for start in range(0, len(desk.events()), 3):
        push(desk, center, desk.events()[: start + 3])


def test_an_event_that_cannot_be_projected_is_stored_told_and_stops_no_other(
    joined: Desk, center: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = joined.events()[6].head
    real = others.project

    def raising(session: Any, events: list[Event]) -> None:
        if any(event.head.id == bad.id for event in events):
            raise ZeroDivisionError
        real(session, events)

    monkeypatch.setattr(others, "project", raising)
    http, answer = push(joined, center, joined.events())
    assert (http, answer["status"], answer["have"]) == (200, "ok", _have(joined, len(joined.events())))
    assert answer["quarantined"] == [{"epoch": 1, "seq": bad.seq, "reason": bad.kind}]
    assert lines(center) == _lines(joined)
    monkeypatch.undo()
    assert not center.rebuild().same
    assert center.rebuild().same


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("dossier.accepted", {"code": "x\x00y", "serial": 10**40}),
        ("dossier.corrected", {"code": ["a"], "people": 7}),
        ("dossier.teleported", {"to": "the moon"}),
        ("paper.made", {"kind": {"a": 1}, "copy": 2**70}),
        ("paper.handed", {"paper": {"a": 1}}),
        ("officer.added", {"officer": 5}),
        ("survey.captured", {"level": None, "done_at": 10**50}),
        ("nobody.knows", {"a": [[[[]]]]}),
    ],
)
def test_nonsense_under_a_right_seal_is_stored_alike_on_every_database(
    joined: Desk, center: Center, kind: str, body: dict[str, Any]
) -> None:
    with joined.log.act("officer-1") as act:
        act.append(kind, body, {"note": "x"}, joined.chance.new_id())
    joined.accept(1)
    assert sync(joined, center).quarantined == []
    assert lines(center) == _lines(joined)
    assert center.dump() == _dump(joined)
    assert center.rebuild() == (True, [])


def _dump(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.store.reading() as session:
        return list(dump(session))


@pytest.mark.parametrize("error", [StoreBusy(), DatabaseUnreachable(cause="x")])
def test_a_database_that_takes_nothing_is_told_as_busy(
    joined: Desk, center: Center, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing() -> Any:
        raise error

    monkeypatch.setattr(center.store, "writing", failing)
    http, answer = push(joined, center, joined.events())
    assert (http, answer["status"], answer["retry_after"]) == (503, "busy", 10)
    monkeypatch.undo()
    assert push(joined, center, joined.events())[0] == 200


def test_a_written_event_is_never_changed_or_deleted_at_the_center(joined: Desk, center: Center) -> None:
    push(joined, center, joined.events())
    for statement in (
        "DELETE FROM event",
        "UPDATE event SET kind = 'x.y'",
        "UPDATE event SET private = head",
        "UPDATE event SET position = position + 1000",
    ):
        with pytest.raises((DBAPIError, DatabaseUnreachable)), center.store.writing() as session:
            session.connection().exec_driver_sql(statement)
    with center.store.writing() as session:
        session.connection().exec_driver_sql("UPDATE event SET private = NULL")
    assert len(lines(center)) == len(joined.events())


def test_the_tables_are_the_ones_its_classes_name(center: Center) -> None:
    with center.store.reading() as session:
        for table in CenterTable.metadata.sorted_tables:
            found = session.connection().exec_driver_sql(f"SELECT * FROM {table.name}")
            assert list(found.keys()) == [column.name for column in table.columns]


def test_a_certificate_is_kept_as_it_was_given(joined: Desk, center: Center) -> None:
    with center.store.reading() as session:
        row = session.get(EnrolledDesk, joined.id)
    assert row is not None
    enrolled = next(event for event in joined.events() if event.head.kind == "desk.enrolled")
    assert json.loads(json.dumps(row.certificate)) == enrolled.body["certificate"]
