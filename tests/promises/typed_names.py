"""200 Vietnamese names and places as input methods send them to the real fields on a pseudo-terminal: each exact.

What differs between machines and people: Telex or VNI, the tone at the end of the word or inside it, DEL or BS
as the backspace, its bytes in one write with the letters or each alone, and how fast the keys come.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any, Literal, NamedTuple

from desk.rules.invented.names import invented_name
from sample_data.shipped import shipped_text
from tests.terminal import Erase, Terminal, unikey

ROOT = Path(__file__).parents[2]
NAMES = 200
_FILE_WITHIN_S = 60.0
_BYTE_MS = 3
"""Between the bytes of one key that come apart: those of one letter are then read apart too."""
_TERMINALS = 16
"""They mostly wait for the gaps between keys."""


class Way(NamedTuple):
    """One way in which a name is typed; gap_ms: between two keys, 0 for as fast as can be."""

    by: Literal["telex", "vni"]
    tone: Literal["last", "inside"]
    erase: Erase
    writes: Literal["fused", "split"]
    gap_ms: int


_VALUES: tuple[Sequence[Any], ...] = (
    ("telex", "vni"),
    ("last", "inside"),
    (b"\x7f", b"\x08"),
    ("fused", "split"),
    (0, 10, 30, 50),
)


@dataclass
class Outcome:
    """What was typed and what came out."""

    typed: int
    ways: int
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        verdict = "ok" if not self.faults else "; ".join(self.faults[:5])
        exact = self.typed - len(self.faults)
        return f"{exact:,} of {self.typed:,} names exact in {self.ways} ways of typing: {verdict}"


def all_ways() -> list[Way]:
    """Return every combination."""
    return [Way(*values) for values in product(*_VALUES)]


def pairwise() -> list[Way]:
    """Return few ways in which every two values of two different kinds meet."""
    wanted = _pairs(all_ways())
    chosen: list[Way] = []
    while wanted:
        best = max(all_ways(), key=lambda way: len(_pairs([way]) & wanted))
        chosen.append(best)
        wanted -= _pairs([best])
    return chosen


def _pairs(ways: Iterable[Way]) -> set[tuple[tuple[int, Any], ...]]:
    return set(chain.from_iterable(combinations(enumerate(way), 2) for way in ways))


def names_and_places(count: int = NAMES, seed: int = 1) -> list[str]:
    """Return invented names and real places, half and half, no one twice."""
    dice = random.Random(seed)
    names: dict[str, None] = {}
    while len(names) < count // 2:
        name = invented_name(dice, dice.choice(["male", "female"]), in_town=dice.random() < 0.5)
        names[name if dice.random() < 0.8 else name.upper()] = None
    units = [line.split(",")[3] for line in shipped_text("units").splitlines()[1:]]
    villages = [
        "Thôn Nà Pạ",
        "Khu Hoà Lạc",
        "Tổ 12, khu Thượng",
        "Xóm Đường Rẽ",
        "Bản Ngàn Chuồng",
        "Số 7 phố Ngô Quyền",
    ]
    while len(names) < count:
        names[f"{dice.choice(villages)}, {dice.choice(units)}"] = None
    return list(names)


def type_name(terminal: Terminal, text: str, way: Way) -> None:
    """Type a name this way, and Enter."""
    keys = [*unikey(text, way.erase, tone=way.tone, by=way.by), b"\r"]
    if way.writes == "fused":
        terminal.bursts(keys, way.gap_ms / 1000)
        return
    for key in keys:
        terminal.bursts([bytes([byte]) for byte in key], min(_BYTE_MS, way.gap_ms) / 1000)
        time.sleep(way.gap_ms / 1000)


def type_all(folder: Path, way: Way, names: Sequence[str]) -> list[str]:
    """Type names at a desk of its own; returns what came out wrong."""
    diary = folder / f"{'-'.join(str(value) for value in way if value not in (way.erase,))}-{way.erase.hex()}"
    command = [sys.executable, "-m", "tests.screens.sample", str(diary), "cr", "search"]
    with Terminal(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}) as terminal:
        terminal.wait_for("^G", within_s=_FILE_WITHIN_S)
        for name in names:
            type_name(terminal, name, way)
        told = _told(diary, len(names))
    return [f"{way}: {name!r} came out as {one!r}" for name, one in zip(names, told, strict=True) if one != name]


def _told(diary: Path, count: int) -> list[str]:
    """Return what the diary tells, once it has `count` lines or nothing came for long."""
    lines: list[str] = []
    end = time.monotonic() + _FILE_WITHIN_S
    while time.monotonic() < end and not (len(lines) >= count and lines[-1].endswith("\n")):
        before = len(lines)
        lines = diary.read_text(encoding="utf-8").splitlines(keepends=True) if diary.exists() else []
        if len(lines) > before:  # a machine that is busy is slow, and not wrong
            end = time.monotonic() + _FILE_WITHIN_S
        time.sleep(0.02)
    told = [json.loads(line) for line in lines if line.endswith("\n")]
    return [str(one[1]) if one[0] == "entered" else str(one) for one in told[:count]] + [""] * (count - len(told))


def type_in_ways(folder: Path, work: Sequence[tuple[Way, Sequence[str]]]) -> Outcome:
    """Type each way's names, several desks at a time."""
    outcome = Outcome(sum(len(names) for _way, names in work), len(work))
    with ThreadPoolExecutor(_TERMINALS) as typists:
        for faults in typists.map(lambda one: type_all(folder, *one), work):
            outcome.faults += faults
    return outcome


def run(folder: Path, count: int = NAMES, seed: int = 1) -> Outcome:
    """Type every name in every way."""
    names = names_and_places(count, seed)
    return type_in_ways(folder, [(way, names) for way in all_ways()])
