"""The documents speak of what is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
_FAULT = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
_ROW = re.compile(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)


def test_where_names_for_at_least_ten_changes_a_file_and_a_symbol_that_exist() -> None:
    rows = _ROW.findall((ROOT / "docs/where.md").read_text(encoding="utf-8"))

    assert len(rows) >= 10
    for file, symbol in rows:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^(?:def |class |async def )?{re.escape(symbol)}\b", text, re.MULTILINE), (file, symbol)


def test_the_failure_matrix_has_every_row_and_each_test_it_names_is_there() -> None:
    rows = _FAULT.findall((ROOT / "docs/sync.md").read_text(encoding="utf-8"))

    assert [int(number) for number, _held in rows] == list(range(1, 51))
    for number, held in rows:
        named = re.findall(r"`(tests/[^`]+)::(test_[^`]+)`", held)
        assert named or "no test" in held, number
        for file, name in named:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), (number, file, name)


def test_the_check_that_ci_runs_is_the_line_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in readme.splitlines() if line.startswith("python3 -m venv")]

    assert len(lines) == 2
    assert lines[1] in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line in (ROOT / "docs/README.vi.md").read_text(encoding="utf-8")] == lines


def test_every_picture_and_page_a_document_names_is_there() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), (page.name, target)


def test_nothing_in_the_repository_names_a_package_index() -> None:
    for path in ROOT.rglob("*"):
        if path.suffix in (".md", ".toml", ".txt", ".cfg") and ".venv" not in path.parts:
            assert not re.search(r"https?://[^\s\"]*(pypi|pythonhosted|/simple)", path.read_text(encoding="utf-8")), (
                path
            )
