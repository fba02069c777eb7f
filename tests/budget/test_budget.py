"""All 22 rows of the keystroke budget are kept on the real program, without a mouse, at 80x24, in Vietnamese."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk import settings
from tests import homes
from tests.budget import citizens
from tests.budget.playing import AtTheDesk, Clock, records
from tests.budget.rows import Row, criteria_row, desk_rows, intake_rows
from tests.print_command import stand_in
from tests.screens.desks import new_desk

TODAY = datetime.fromisoformat(homes.CLOCK) + timedelta(days=1)
NO_RESULTS = citizens.NoResults()


@dataclass(frozen=True)
class Office:
    """A filled home, not opened, and the results that wait in it."""

    folder: Path
    waiting: citizens.Waiting

    def copy(self, name: str) -> tuple[Path, dict[str, str], Clock]:
        """Return a home that is the same, the surroundings in which the program finds it, and its clock."""
        folder = self.folder.parent / name
        shutil.copytree(self.folder, folder)
        path = stand_in(folder / "bin", folder / "printed")
        file = folder / "clock.txt"
        env = {"PATH": path, "DESK_KEYS": str(folder / "keys"), "DESK_CLOCK": f"@{file}"}
        return folder / "home", env, Clock(file, TODAY)


def filled(folder: Path) -> Office:
    """Fill a home on the day before the rows are played."""
    desk = new_desk(folder)
    waiting = citizens.fill(desk)
    desk.services.close()
    return Office(folder / "desk", waiting)


def played(office: Office, *, calm: bool) -> list[list[str]]:
    """Play every row one way, at a desk that asks one question and then at one that asks five; returns the records."""
    home, env, clock = office.copy("calm" if calm else "burst")
    with AtTheDesk(home, env, clock, calm=calm) as officer:
        for row in (*intake_rows(), *desk_rows(office.waiting)):
            officer.play(row)
    file = home / settings.FILE_NAME
    file.write_text(settings.written(settings.changed(settings.load(home), survey_form="criteria")), encoding="utf-8")
    with AtTheDesk(home, env, clock, calm=calm) as officer:
        officer.play(criteria_row(office.waiting))
    return records(home)


def all_rows() -> list[Row]:
    return [*intake_rows(), *desk_rows(NO_RESULTS), criteria_row(NO_RESULTS)]


@pytest.mark.parametrize("row", all_rows(), ids=lambda row: row.name)
def test_the_row_is_not_passed(row: Row) -> None:
    keys, scans = row.counted
    assert keys <= row.keys and scans == row.scans
    assert len(row.answer) <= row.answer_keys or not row.answers


def test_they_are_the_twenty_two_rows() -> None:
    names = [name.split()[0] for row in all_rows() for name in (row.name, row.answers) if name]
    assert sorted(set(names)) == sorted("I1 I2 I3 I4 I5 I6 L1 L2 L3 L4 R1 R2 R3 S1 S2 S3 U1 P1 W1 C1 C2 Q1".split())


def test_what_is_stored_is_the_same_calmly_and_with_the_next_citizen_typed_ahead(tmp_path: Path) -> None:
    office = filled(tmp_path)
    with ThreadPoolExecutor() as officers:
        calm = officers.submit(played, office, calm=True)
        burst = officers.submit(played, office, calm=False)
    for one, other in zip(calm.result(), burst.result(), strict=True):
        assert one == other
