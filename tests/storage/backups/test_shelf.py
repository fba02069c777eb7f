"""Which backups are kept: the ten newest, one a day for thirty days, and those before the tables changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from storage.backups.shelf import Name, next_name, of_desk, read_name, spare
from tests.storage.backups.conftest import DAY, Make
from tests.storage.desks import Desk

ID = "0192f0a1-7c3a-7b11-8a55-000000000001"


def _name(day: int, number: int = 1, before: str = "") -> Name:
    return Name(DAY + timedelta(days=day), number, before, "000001")


def test_a_name_says_day_number_and_desk_and_is_read_back() -> None:
    for name in (_name(0), _name(3, 12), _name(9, 100, "d0007")):
        assert read_name(str(name)) == name
    assert str(_name(0, 2, "d0007")) == "desk-000001-2026-10-05-02-before-d0007.db.zst"


@pytest.mark.parametrize(
    "name", ["desk.db", "desk-000001-2026-13-05-01.db.zst", "desk-000001-2026-10-05-01.db.zst.part", "x.zst", ""]
)
def test_what_is_named_otherwise_is_left_alone(name: str) -> None:
    assert read_name(name) is None


def test_numbers_go_on_within_a_day_for_each_desk_apart(tmp_path: Path) -> None:
    for name in (
        "desk-000001-2026-10-05-07.db.zst",
        "desk-0000ff-2026-10-05-20.db.zst",
        "desk-000001-2026-10-04-09.db.zst",
    ):
        (tmp_path / name).touch()
    assert str(next_name(tmp_path, ID, DAY)) == "desk-000001-2026-10-05-08.db.zst"
    assert next_name(tmp_path / "nowhere", ID, DAY).number == 1


def test_the_ten_newest_and_one_of_each_of_thirty_days_are_kept() -> None:
    names = [_name(day, number) for day in range(40) for number in (1, 2)]
    gone = set(spare(names))
    kept = [name for name in names if name not in gone]
    assert kept == [*(_name(day, 2) for day in range(10, 35)), *(_name(d, n) for d in range(35, 40) for n in (1, 2))]


def test_an_office_closed_for_months_keeps_its_thirty_days() -> None:
    names = [_name(day) for day in range(30)] + [_name(400)]
    assert spare(names) == [_name(0)]


def test_one_before_a_change_of_the_tables_is_always_kept() -> None:
    names = [_name(0, 1, "d0007"), *(_name(1, number) for number in range(1, 30))]
    assert _name(0, 1, "d0007") not in spare(names)
    assert spare(names) == [_name(1, number) for number in range(1, 20)]


def test_only_the_desks_own_are_thinned_out(desk: Desk, backed_up: Make, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    others = [stick / f"desk-0000ff-2026-09-01-{number:02d}.db.zst" for number in range(1, 15)]
    old = [stick / f"desk-000001-2026-09-01-{number:02d}.db.zst" for number in range(1, 15)]
    for path in (*others, *old, stick / "letter.docx"):
        path.touch()
    made = backed_up(day=date(2026, 9, 2))
    assert made.thinned == 5
    assert all(path.exists() for path in (*others, stick / "letter.docx", made.path, *old[5:]))
    assert [one.name.number for one in of_desk(stick, desk.id)] == [*range(6, 15), 1]
