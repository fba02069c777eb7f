"""Backups that nobody asks for: never while somebody types, one a day, one at closing, one before the tables change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desk import wiring
from desk.cases.backups import Backups
from desk.cases.form_input import form_of
from desk.cases.own_backups import CALM_S, IDLE_S, OwnBackups
from desk.errors.backups import BackupRefused
from desk.settings import keep
from storage.backups import shelf
from storage.migrations.desk import d0007_twins
from tests import homes
from tests.desk.cases.conftest import Office


def _made(office: Office) -> list[int]:
    context = office.services.context
    return [one.name.number for one in shelf.of_desk(context.home / "backups", context.settings.desk)]


def _accept(office: Office, number: int) -> None:
    office.services.intake.accept(form_of(homes.birth(number)), office.officer)


def test_one_a_day_is_made_when_nobody_types(office: Office) -> None:
    idle = [IDLE_S - 1]
    own = OwnBackups(office.services.backups, lambda: idle[0])
    assert not own.turn() and _made(office) == []
    idle[0] = IDLE_S
    assert own.turn() and _made(office) == [1]
    _accept(office, 1)
    assert not own.turn()
    office.at("2026-11-26T08:30:00+07:00")
    assert own.turn() and len(_made(office)) == 2
    office.at("2026-11-27T08:30:00+07:00")
    assert not own.turn()  # nothing was saved since


def test_it_stands_still_as_soon_as_somebody_types_and_goes_on_afterwards(office: Office) -> None:
    looks: list[float] = []

    def idle_s() -> float:
        looks.append(0.0)
        return 0.0 if 2 <= len(looks) <= 4 else max(IDLE_S, CALM_S)

    assert OwnBackups(office.services.backups, idle_s).turn()
    assert len(looks) > 5 and _made(office) == [1]


def test_one_on_its_way_is_given_up_when_the_program_ends(office: Office) -> None:
    own = OwnBackups(office.services.backups, lambda: IDLE_S)
    own.stop()
    assert not own.turn()
    assert list((office.services.context.home / "backups").iterdir()) == []


def test_at_closing_only_what_is_in_no_backup_makes_one(office: Office) -> None:
    own = OwnBackups(office.services.backups, lambda: 0.0)
    own.at_closing()
    own.at_closing()
    assert _made(office) == [1]
    _accept(office, 1)
    own.at_closing()
    assert _made(office) == [1, 2]


def test_one_that_fails_is_no_trouble_of_the_work_and_is_tried_again_later(office: Office) -> None:
    context = office.services.context
    (context.home / "letter").touch()
    context.settings = keep(context.home, backup_folder=str(context.home / "letter"))
    own = OwnBackups(office.services.backups, lambda: IDLE_S)
    assert not own.turn()
    own.at_closing()
    with pytest.raises(BackupRefused):
        Backups(context, "x").make()
    context.settings = keep(context.home, backup_folder="")
    assert not own.turn()  # it waits half an hour
    own.at_closing()
    assert _made(office) == [1]


def _made_older(home: Path) -> None:
    """Take the database back to the revision before the newest, which makes an index anew and no table."""
    with closing(sqlite3.connect(home / "desk.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (d0007_twins.down_revision,))
        database.commit()


def test_before_the_tables_change_a_backup_is_made_and_kept(tmp_path: Path) -> None:
    around = homes.copied_home(tmp_path)
    _made_older(around.home)
    wiring.open_home(around).close()
    (made,) = (around.home / "backups").glob("*.zst")
    assert made.name.endswith(f"-before-{d0007_twins.revision}.db.zst")
    assert shelf.said_by(made).revision == d0007_twins.down_revision


def test_tables_of_which_no_backup_can_be_made_stay_as_they_are(tmp_path: Path) -> None:
    around = homes.copied_home(tmp_path)
    _made_older(around.home)
    (around.home / "backups").touch()
    with pytest.raises(BackupRefused):
        wiring.open_home(around)
    with closing(sqlite3.connect(around.home / "desk.db")) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone()[0] == d0007_twins.down_revision
