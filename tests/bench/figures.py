"""A figure, how it is measured beside its baseline, and how the table of figures is shown."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; goal is the ratio to reach, 0 for none. smaller: whether less is better."""

    group: str
    name: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    goal: float = 0.0
    smaller: bool = True

    @property
    def ratio(self) -> float:
        """The value by its baseline."""
        return self.value / self.baseline_value if self.baseline_value else float("nan")

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached, None without one."""
        if not self.goal:
            return None
        return self.ratio <= self.goal if self.smaller else self.ratio >= self.goal


def side_by_side(
    ours: Callable[[], object], baseline: Callable[[], object], rounds: int, *, warm_up: int = 1
) -> tuple[float, float]:
    """Return the medians in ms of both, measured in turn, so that a slower moment of the machine hits both."""
    for _round in range(warm_up):
        baseline()
        ours()
    mine: list[float] = []
    theirs: list[float] = []
    for _round in range(rounds):
        theirs.append(timed(baseline))
        mine.append(timed(ours))
    return statistics.median(mine), statistics.median(theirs)


def timed(act: Callable[[], object]) -> float:
    """Return the wall time of `act` in ms."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table for people."""
    lines = [f"{'figure':44} {'value':>10} {'baseline':>10} {'ratio':>8} {'goal':>7}"]
    for one in figures:
        goal = f"{'<=' if one.smaller else '>='}{one.goal:g}" if one.goal else "-"
        mark = {True: "ok", False: "MISSED", None: ""}[one.reached]
        lines.append(
            f"{one.group + ': ' + one.name:44.44} {one.value:10.2f} {one.baseline_value:10.2f} {one.ratio:8.2f}"
            f" {goal:>7} {mark:7}{one.unit}; baseline: {one.baseline}"
        )
    return "\n".join(lines)


def as_json(figures: Iterable[Figure]) -> str:
    """Return the figures as JSON."""
    return json.dumps(
        [{**asdict(one), "ratio": round(one.ratio, 4), "reached": one.reached} for one in figures], ensure_ascii=False
    )
