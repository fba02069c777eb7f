"""The sample desk on a real terminal, and its diary."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.screens.desks import desk
from tests.terminal import Terminal, Way

__all__ = ["ROOT", "SampleDesk", "desk", "sample_desk"]

ROOT = Path(__file__).parents[2]
_WITHIN_S = 20.0


class SampleDesk:
    """The sample of tests/screens/sample.py on a terminal, and what it told since it was last asked."""

    def __init__(self, diary: Path, how: Way, first: str, suffix: str, extra: tuple[str, ...]) -> None:
        self._diary = diary
        self._asked = 0
        command = [sys.executable, "-m", "tests.screens.sample", str(diary), suffix, first, *extra]
        self.terminal = Terminal(command, how, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
        self.terminal.wait_for("^G")

    def told(self, count: int, kind: str = "") -> list[list[Any]]:
        """Wait for `count` more lines of the diary (of one kind, the others are passed over) and return them."""
        end = time.monotonic() + _WITHIN_S
        while len(found := self._new(kind)) < count:
            if time.monotonic() > end:
                raise AssertionError(f"only {found} was told; the screen:\n{self.terminal.screen()}")
            time.sleep(0.01)
        self._asked = found[count - 1][0] + 1
        return [line for _at, line in found[:count]]

    def _new(self, kind: str) -> list[tuple[int, list[Any]]]:
        text = self._diary.read_text(encoding="utf-8") if self._diary.exists() else ""
        lines = [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
        return [(at, line) for at, line in enumerate(lines) if at >= self._asked and kind in ("", line[0])]


@pytest.fixture
def sample_desk(tmp_path: Path) -> Iterator[Callable[..., SampleDesk]]:
    """Start sample desks: `sample_desk("pty", "search")`."""
    desks: list[SampleDesk] = []

    def start(how: Way, first: str, suffix: str = "cr", *extra: str) -> SampleDesk:
        desks.append(SampleDesk(tmp_path / f"diary{len(desks)}", how, first, suffix, extra))
        return desks[-1]

    yield start
    for each in desks:
        each.terminal.kill()
