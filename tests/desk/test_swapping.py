"""Files that a restore puts in a home's place: all of them or none, wherever it is cut off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk import settings, swapping, wiring
from desk.errors.store import HomeExists, HomeUnreadable
from tests import homes

SETTINGS = settings.written(settings.Settings(desk="0192f0a1-7c3a-7b11-8a55-000000000001"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a database, the log beside it, and what is to take their place."""
    (tmp_path / swapping.STAGE).mkdir()
    for name in ("desk.db", "desk.db-wal", "desk.db-shm"):
        (tmp_path / name).write_text(f"old {name}")
    (tmp_path / swapping.STAGE / "desk.db").write_text("new")
    (tmp_path / swapping.STAGE / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def test_without_the_mark_nothing_is_moved(home: Path) -> None:
    assert not swapping.finish(home)
    assert (home / "desk.db").read_text() == "old desk.db"


def test_what_stood_there_is_kept_with_the_log_beside_it(home: Path) -> None:
    swapping.decide(home, ["desk.toml", "desk.db"], "aside-1")
    assert swapping.finish(home) and not swapping.finish(home)
    assert (home / "desk.db").read_text() == "new"
    kept = {path.name: path.read_text() for path in (home / "aside-1").iterdir()}
    assert kept == {name: f"old {name}" for name in ("desk.db", "desk.db-wal", "desk.db-shm")}
    assert not (home / swapping.STAGE).exists()


def test_one_cut_off_between_two_moves_goes_on_from_there(home: Path) -> None:
    swapping.decide(home, ["desk.db"], "aside-1")
    (home / "aside-1").mkdir()
    (home / "desk.db-wal").rename(home / "aside-1" / "desk.db-wal")
    swapping.finish(home)
    assert (home / "desk.db").read_text() == "new"
    assert len(list((home / "aside-1").iterdir())) == 3


def test_a_new_home_that_is_half_there_is_finished_and_never_set_up_anew(home: Path) -> None:
    assert not wiring.is_home(home)
    swapping.decide(home, ["desk.toml", "desk.db"], "aside-1")
    assert wiring.is_home(home)
    with pytest.raises(HomeExists):
        wiring.make_home(
            wiring.Surroundings(home, home / "keys"), wiring.NewHome("06709", "H49.22.11", 0, "A", homes.PIN)
        )
    assert settings.load(home).desk == "0192f0a1-7c3a-7b11-8a55-000000000001"
    assert (home / "desk.db").read_text() == "new"


def test_one_that_cannot_be_finished_is_never_taken_for_no_home(home: Path) -> None:
    (home / swapping.MARK).write_text(json.dumps({"names": ["desk.db"], "aside": "none/there"}))
    with pytest.raises(HomeUnreadable):
        settings.load(home)


def test_each_time_another_folder_takes_what_was_there(tmp_path: Path) -> None:
    assert swapping.free_name(tmp_path, "2026-11-25") == "aside-2026-11-25-1"
    (tmp_path / "aside-2026-11-25-1").mkdir()
    assert swapping.free_name(tmp_path, "2026-11-25") == "aside-2026-11-25-2"
