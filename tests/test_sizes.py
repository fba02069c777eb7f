"""Sizes are limits: what grows beyond them is two things and becomes two."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE, FUNCTION, APP = 400, 60, 150


def sources() -> Iterator[Path]:
    """Yield every Python file of the project."""
    for folder in ("desk", "screens", "storage", "receipts", "sample_data", "tests"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_no_file_is_longer_than_400_lines() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in sources() if (lines := _lines(path)) > FILE}
    assert long == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": lines
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION
    }
    assert long == {}


def test_the_app_stays_small() -> None:
    assert _lines(ROOT / "screens" / "app.py") < APP


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
