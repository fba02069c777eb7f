"""Faults of the failure matrix that no other room tests: full disks, torn logs, clocks that jump, requests doubled."""

from __future__ import annotations

import random
import shutil
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from desk.errors.sync import CenterBusy
from storage.center.center import Center
from storage.messages import request, sealed
from tests.storage.centers import APP, join, lines, push, stored, sync, told
from tests.storage.desks import Desk, open_desk


def _lines(desk: Desk) -> list[bytes]:
    return [one.line() for one in desk.events()]


def test_one_request_that_comes_many_times_at_once_is_stored_once(desk: Desk, center: Center) -> None:
    join(desk, center)
    desk.accept(6)
    message = request(desk.id, APP, 0, [sealed(desk.events(), desk.key)], desk.key)
    answers: list[dict[str, Any]] = []

    def ask() -> None:
        answers.append(told(center, center.exchange(message))[1])

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines(center) == _lines(desk)
    assert [answer["have"] for answer in answers] == [answers[0]["have"]] * 4
    assert answers[0]["have"]["seq"] == len(desk.events())


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
def test_a_jump_of_the_centers_clock_stops_and_turns_nothing(joined: Desk, one: Center, jump: timedelta) -> None:
    sync(joined, one)
    before = stored(one)
    one.clock.now += jump  # type: ignore[attr-defined]  # the clock of a test
    joined.accept(2)
    sync(joined, one)
    after = stored(one)
    assert after[: len(before)] == before
    assert [position for position, _line in after] == list(range(1, len(after) + 1))
    assert [line for _position, line in after] == _lines(joined)


def test_a_center_whose_disk_is_full_says_busy_reads_on_and_takes_all_when_there_is_room(
    joined: Desk, one: Center
) -> None:
    push(joined, one, joined.events()[:4])
    pages = _pages(one)
    _hold_to(one, pages + 1)
    joined.accept(60)
    with pytest.raises(CenterBusy):
        sync(joined, one)
    held = lines(one)
    assert held == _lines(joined)[: len(held)]
    assert one.is_well() and one.dump()
    _hold_to(one, 1 << 30)
    sync(joined, one)
    assert lines(one) == _lines(joined)


def _pages(center: Center) -> int:
    with center.store.reading() as session:
        return int(session.connection().exec_driver_sql("PRAGMA page_count").scalar_one())


def _hold_to(center: Center, pages: int) -> None:
    """Let the center's database grow to `pages` only: SQLite answers then as on a full disk."""
    center.store.close()

    @event.listens_for(center.store.engine, "connect")
    def hold(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")


def test_a_log_torn_at_any_byte_of_its_last_pages_is_whole_again_at_the_next_start(desk: Desk, tmp_path: Path) -> None:
    desk.accept(4, then=("dossier.processing",))
    whole = _lines(desk)
    torn = [Path(f"{desk.database}-wal").stat().st_size, *random.Random(9).sample(range(200_000), 6)]
    for number, length in enumerate(torn):
        folder = tmp_path / f"torn-{number}"
        shutil.copytree(desk.folder, folder)  # as a power cut leaves it: the write-ahead log is not merged
        with Path(f"{folder / 'desk.db'}-wal").open("r+b") as file:
            file.truncate(min(length, file.seek(0, 2)))
        Path(f"{folder / 'desk.db'}-shm").unlink(missing_ok=True)
        again = open_desk(folder, desk.id, desk.key, clock=desk.clock, seed=number + 20)
        again.log.settle()
        assert _lines(again) == whole == again.mirrored()
        assert again.events()[-1].head.epoch == 1
        again.store.close()
