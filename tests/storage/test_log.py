"""The log: one act is all or nothing, alone in its home, mirrored, and never changed afterwards."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from desk.errors.rule import RuleBroken
from desk.errors.store import DiskFull, KeyMissing, StoreBusy
from storage import chain
from storage.log import LOCK_S
from storage.projections.project import dump, rebuild
from tests.storage.desks import Desk


def _rows(desk: Desk) -> list[sqlite3.Row]:
    """Return the log's rows, read without the program's code."""
    connection = sqlite3.connect(f"file:{desk.database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return list(connection.execute("SELECT * FROM event ORDER BY epoch, seq"))
    finally:
        connection.close()


def _check_by_hand(desk: Desk) -> list[sqlite3.Row]:
    """Check chain, hashes and mirror with nothing of the program but the written form; returns the rows."""
    rows = _rows(desk)
    mirror = desk.folder / "mirror" / f"{desk.id}-0001.log"
    first, *lines = mirror.read_bytes().split(b"\n")
    prev = sha256(first).hexdigest()
    for number, row in enumerate(rows, 1):
        head = json.loads(row["head"])
        assert (head["seq"], head["epoch"], head["desk"], head["prev"]) == (number, 1, desk.id, prev)
        assert head["body_hash"] == sha256(row["body"]).hexdigest()
        assert head["private_hash"] == (None if row["private"] is None else sha256(row["private"]).hexdigest())
        assert row["head_hash"] == (prev := sha256(row["head"]).hexdigest())
        assert lines[number - 1] == b"\t".join((row["head"], row["body"], row["private"] or b""))
    assert lines[len(rows) :] == [b""]
    return rows


def test_an_act_writes_log_mirror_and_projections_at_once(desk: Desk) -> None:
    (dossier,) = desk.accept(1, then=("dossier.resolved", "dossier.returned"))
    rows = _check_by_hand(desk)
    assert [row["kind"] for row in rows[2:]] == ["dossier.accepted", "dossier.resolved", "dossier.returned"]
    heads = [json.loads(row["head"]) for row in rows[2:]]
    assert [head["parents"] for head in heads] == [[], [heads[0]["id"]], [heads[1]["id"]]]
    with desk.store.reading() as session:
        states = {row: json.loads(text) for table, row, text in dump(session) if table == "dossier"}
    assert states[dossier]["status"] == "returned" and states[dossier]["owner_name"] == "Trần Văn Bình"


def test_an_act_that_is_refused_leaves_nothing(desk: Desk) -> None:
    before = _rows(desk)
    with pytest.raises(RuleBroken), desk.log.act("officer-1") as act:
        act.append("dossier.accepted", *desk.accepted(), "d")
        act.project()
        raise RuleBroken
    assert _rows(desk) == before
    desk.accept(1)
    _check_by_hand(desk)


def test_the_rest_of_an_act_sees_what_was_projected_in_it(desk: Desk) -> None:
    with desk.log.act("officer-1") as act:
        act.append("dossier.accepted", *desk.accepted(), "d")
        act.project()
        with_status = act.session.connection().exec_driver_sql("SELECT status FROM dossier WHERE id = 'd'").scalar()
        act.append("dossier.processing", {}, dossier="d")
    assert with_status == "accepted"
    assert [row["kind"] for row in _check_by_hand(desk)[2:]] == ["dossier.accepted", "dossier.processing"]


def test_the_events_of_an_act_name_its_first_but_a_survey_names_none(desk: Desk) -> None:
    with desk.log.act("officer-1") as act:
        first = act.append("dossier.accepted", *desk.accepted(), "d")
        second = act.append("dossier.resolved", {}, dossier="d")
        form = act.append("survey.captured", {"level": "satisfied", "how": "screen"})
    assert second.body == {"act": first.head.id}
    assert b'"d"' not in form.head_bytes and first.head.id.encode() not in form.line()


def test_without_the_key_reading_works_and_writing_is_refused(desk: Desk) -> None:
    desk.accept(1)
    desk.log.key = None
    with pytest.raises(KeyMissing), desk.log.act("officer-1"):
        pass
    with pytest.raises(KeyMissing):
        desk.log.open_epoch()
    assert len(desk.events()) == 3


@contextmanager
def _raw(desk: Desk) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(desk.database)
    try:
        yield connection
    finally:
        connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM event",
        "UPDATE event SET body = x'00'",
        "UPDATE event SET head = x'00'",
        "UPDATE event SET position = position + 100",
        "UPDATE event SET kind = 'dossier.returned'",
        "UPDATE event SET private = x'00'",
        "UPDATE event SET dossier = NULL WHERE dossier IS NOT NULL",
        "UPDATE event SET head_hash = 'x', private = NULL",
    ],
)
def test_a_written_event_is_never_changed_or_deleted(desk: Desk, statement: str) -> None:
    desk.accept(1)
    before = _rows(desk)
    with _raw(desk) as connection, pytest.raises(sqlite3.IntegrityError, match="an event is never"):
        connection.execute(statement)
    assert _rows(desk) == before


def test_no_insert_takes_the_place_of_a_written_event(desk: Desk) -> None:
    row = dict(_rows(desk)[0])
    row["body"] = b"{}"
    places = ", ".join(f":{name}" for name in row)
    with pytest.raises(IntegrityError), desk.store.writing() as session:
        session.connection().exec_driver_sql(f"INSERT OR REPLACE INTO event VALUES ({places})", row)
    _check_by_hand(desk)


def test_a_private_part_may_be_erased_and_the_chain_still_holds(desk: Desk) -> None:
    (dossier,) = desk.accept(1)
    with _raw(desk) as connection, connection:
        connection.execute("UPDATE event SET private = NULL WHERE dossier = ?", (dossier,))
    event = desk.events()[-1]
    assert event.is_erased and event.private == {}
    with desk.store.writing() as session:
        found = rebuild(session, searchable=True)
        states = {key: json.loads(text) for table, key, text in dump(session) if table == "dossier"}
    assert not found.same
    assert (states[dossier]["owner_name"], states[dossier]["is_erased"]) == ("đã xoá", 1)


@pytest.mark.parametrize(
    "statement", ["INSERT INTO serial VALUES ('a', 'b', 'not a number', 1)", "INSERT INTO setting VALUES (NULL, '1')"]
)
def test_a_value_of_another_type_is_refused_by_the_table(desk: Desk, statement: str) -> None:
    with _raw(desk) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_two_processes_writing_at_once_share_one_chain(desk: Desk) -> None:
    desk.store.close()
    workers = [_worker(desk.folder, 25) for _ in range(2)]
    said = [worker.communicate(timeout=120)[0].split()[1:] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    ids = [dossier for lines in said for dossier in lines]
    assert len(ids) == len(set(ids)) == 50
    rows = _check_by_hand(desk)
    assert {row["dossier"] for row in rows[2:]} == set(ids)


def test_what_a_killed_process_said_was_saved_exists_once(desk: Desk) -> None:
    desk.store.close()
    random.seed(20261005)
    said: list[str] = []
    for _ in range(5):
        worker = _worker(desk.folder, 10_000)
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        for _line in range(random.randrange(8)):
            said.append(worker.stdout.readline().strip())
        timer = threading.Timer(random.random() * 0.03, worker.kill)
        timer.start()
        said += [line.strip() for line in worker.stdout if line.endswith("\n")]
        worker.wait()
        timer.join()
    again = desk.reopened()
    again.log.settle()
    rows = _check_by_hand(again)
    accepted = [row["dossier"] for row in rows if row["kind"] == "dossier.accepted"]
    assert len(accepted) == len(set(accepted))
    assert set(said) <= set(accepted) and len(accepted) <= len(said) + 5
    assert [row["kind"] for row in rows].count("dossier.processing") == len(accepted)
    with again.store.writing() as session:
        assert rebuild(session, searchable=True) == (True, [])


def _worker(folder: Path, many: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.worker", str(folder), str(many)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_threads_writing_at_once_share_one_chain(desk: Desk) -> None:
    threads = [threading.Thread(target=desk.accept, args=(5,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_check_by_hand(desk)) == 22


def test_a_full_disk_saves_nothing_half_and_goes_on_when_there_is_room(desk: Desk) -> None:
    desk.accept(1)
    with desk.store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        desk.accept(200)
    saved = _check_by_hand(desk)
    with desk.store.writing() as session:
        assert rebuild(session, searchable=True).same
    with desk.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    desk.accept(1)
    assert len(_check_by_hand(desk)) == len(saved) + 1


def test_another_program_holding_the_database_is_told_as_busy(desk: Desk) -> None:
    with desk.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    with _raw(desk) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy):
            desk.accept(1)
        other.rollback()
    desk.accept(1)
    _check_by_hand(desk)


def test_an_act_that_waited_long_enough_for_another_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert LOCK_S >= 10
    monkeypatch.setattr("storage.log.LOCK_S", 0.05)
    other = desk.reopened()
    with desk.log.act("officer-1"):
        assert isinstance(_in_thread(other), StoreBusy)
    other.accept(1)


def _in_thread(desk: Desk) -> BaseException:
    """Return what an act of another thread raises."""
    caught: list[BaseException] = []

    def act() -> None:
        try:
            desk.accept(1)
        except StoreBusy as error:
            caught.append(error)

    thread = threading.Thread(target=act)
    thread.start()
    thread.join()
    return caught[0] if caught else AssertionError("the lock was not kept")


def test_the_clock_going_back_never_turns_the_hybrid_clock(desk: Desk) -> None:
    desk.accept(1)
    desk.clock.now = desk.clock.now.replace(year=2010)
    desk.accept(2)
    hlcs = [event.head.hlc for event in desk.events()]
    assert hlcs == sorted(set(hlcs))
    assert desk.events()[-1].head.at < desk.events()[0].head.at


def test_events_are_handed_out_in_pieces_and_in_order(desk: Desk) -> None:
    desk.accept(5)
    with desk.store.reading() as session:
        assert [event.head.seq for event in desk.log.events(session, 1, 3, 2)] == [4, 5]
        assert desk.log.events(session, 2, 0, 10) == []
        assert chain.lengths(session, desk.id) == {1: 7}
        assert chain.head_hash(session, desk.id, 1, 7) == desk.events()[-1].head_hash
        assert chain.head_hash(session, desk.id, 1, 8) is None
