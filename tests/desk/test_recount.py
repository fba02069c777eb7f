"""A recount of the truth file by code that imports nothing of ours equals the report, cell by cell.

The long form is `python -m tests.promises figures`: 20 periods over 10,000 dossiers.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.desk import recount
from tests.promises import figures


def test_the_recount_imports_nothing_of_the_program() -> None:
    tree = ast.parse(Path(recount.__file__).read_text(encoding="utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }
    assert names <= sys.stdlib_module_names | {"__future__"}


def test_random_periods_equal_the_recount_cell_by_cell(tmp_path: Path) -> None:
    outcome = figures.run(tmp_path, 1000, 4)
    assert outcome.faults == []
    assert outcome.cells > 5_000


@pytest.mark.parametrize(
    ("was", "changed"),
    [
        ('"what":"resolved"', '"what":"stopped"'),
        ('"channel":"counter"', '"channel":"post"'),
        ('"procedure":"2.000815"', '"procedure":"2.000884"'),
        ('"answer":"very_satisfied"', '"answer":"satisfied"'),
        ('"what":"supplement_requested"', '"what":"processing"'),
    ],
)
def test_a_recount_of_another_truth_differs(world: list[str], reports: list[object], was: str, changed: str) -> None:
    at = next(number for number, line in enumerate(world) if was in line)
    other = [*world[:at], world[at].replace(was, changed), *world[at + 1 :]]
    if "supplement" in was:
        other = [line.replace(was, changed).replace('"what":"supplemented"', '"what":"processing"') for line in world]
    truth = recount.Truth(other, "06709")
    assert any(recount.differences(truth, report) for report in reports)  # type: ignore[arg-type]  # JSON


@pytest.fixture(scope="module")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[object]]:
    from tests import homes
    from tests.desk.commands.conftest import Desk

    folder = tmp_path_factory.mktemp("recount")
    homes.copied_home(folder)
    desk, file = Desk(folder), folder / "truth.jsonl"
    done = desk.did("simulate", "--dossiers", 300, "--seed", 2, "--truth", file)
    period = ["--from", done["from"], "--to", done["to"]]
    reports: list[object] = [desk.did("report", *period), desk.did("report", *period, "--by", "procedure")]
    return file.read_text(encoding="utf-8").splitlines(), reports


@pytest.fixture
def world(_desk: tuple[list[str], list[object]]) -> list[str]:
    """The lines of a truth file."""
    return _desk[0]


@pytest.fixture
def reports(_desk: tuple[list[str], list[object]]) -> list[object]:
    """Two reports over the whole of it."""
    return _desk[1]
