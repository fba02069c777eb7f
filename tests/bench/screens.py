"""What the screens cost in a real pseudo-terminal: echo, results, bytes, idleness, memory, a list of 100,000 rows.

Goals: decisions, 8, and the last table of the page on performance. Sizes in bytes have the goal itself as baseline.
"""

from __future__ import annotations

import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests import homes
from tests.bench.figures import Figure
from tests.bench.start import HELLO

SOAK: Final = 3_000
"""Screen changes of the soak; memory is compared with what it was after a tenth of them."""
_KEYS: Final = 40
_IDLE_S: Final = 10.0
_QUIET_S: Final = 0.05
"""So long without a byte, and what a key caused is on the screen."""
_PATIENCE_S: Final = 30.0
_FRAME_MS: Final = 1000 / 60
_PAGES: Final = (b"\x1b[6~",) * 2
"""Down the list of what was found: a key that only moves the cursor within the page costs less, and does not count."""

_INPUT = """
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        yield Input(placeholder="READY")
Bare().run()
"""
_LIST = """
import sys
from textual.app import App
from textual.widgets import DataTable, Static
from screens.widgets.rows import Column, Rows
OURS = sys.argv[1] == "ours"
class Listing(App):
    BINDINGS = [("x", "open", "open")]
    def compose(self):
        yield Static("READY")
    async def action_open(self):
        if OURS:
            rows = Rows([Column("a", 20), Column("b")])
            await self.mount(rows)
            rows.show([("row", "Nguyen") for _n in range(100_000)])
        else:
            table = DataTable()
            await self.mount(table)
            table.add_columns("a", "b")
            for n in range(50):
                table.add_row("row", "Nguyen")
Listing().run()
"""


def measure() -> list[Figure]:
    """Return the figures of the screens."""
    with tempfile.TemporaryDirectory() as folder:
        around = homes.new_home(Path(folder))
        environment = {**os.environ, "DESK_KEYS": str(around.keys), "DESK_CLOCK": homes.CLOCK, "DESK_LANG": "en"}
        words = [sys.executable, "-m", "desk", "--home", str(around.home)]
        simulated = [*words, "simulate", "--dossiers", "2000", "--seed", "3916"]
        subprocess.run(simulated, env={**environment, "DESK_PIN": homes.PIN}, check=True, capture_output=True)
        return [*_keys(words, environment), *_idle(words, environment), *_soak(words, environment), *_lists()]


class Program:
    """A program on a pseudo-terminal whose bytes are counted and never drawn."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        import pty  # does not exist on Windows, where this module is imported too

        self._here, there = pty.openpty()
        _resize(self._here, size)
        self.process = subprocess.Popen(
            command, stdin=there, stdout=there, stderr=there, start_new_session=True, env=_on_terminal(environment)
        )
        os.close(there)
        self.wrote = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._here)

    def until(self, text: str) -> None:
        """Read until `text` was written, then until nothing more comes."""
        seen = b""
        while text.encode() not in seen:
            seen += self.read(_PATIENCE_S) or _fail(text, seen)
        self.settle()

    def settle(self) -> tuple[float, bytes]:
        """Read until nothing more comes; return when the last byte came, and all of them."""
        last, seen = time.perf_counter(), b""
        while piece := self.read(_QUIET_S):
            last, seen = time.perf_counter(), seen + piece
        return last, seen

    def press(self, data: bytes) -> tuple[float, float, int]:
        """Send a key; return ms to the first byte, ms to the last one, and how many bytes came."""
        began = time.perf_counter()
        os.write(self._here, data)
        piece = self.read(_PATIENCE_S) or _fail("a byte", b"")
        first = time.perf_counter()
        last, rest = self.settle()
        return (first - began) * 1000, (max(last, first) - began) * 1000, len(piece) + len(rest)

    def send(self, data: bytes) -> None:
        """Send keys and wait for nothing."""
        os.write(self._here, data)

    def usage(self) -> tuple[float, int]:
        """Return the seconds of CPU and the wake-ups so far, of all threads."""
        nanoseconds, switches = 0, 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            nanoseconds += int((task / "schedstat").read_text().split()[0])
            status = (task / "status").read_text()
            switches += int(status.partition("\nvoluntary_ctxt_switches:")[2].split()[0])
        return nanoseconds / 1e9, switches

    def memory_mb(self) -> float:
        """Return the resident memory in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def read(self, within_s: float) -> bytes:
        """Return what was written within a time, b"" for nothing."""
        ready, _w, _x = select.select([self._here], [], [], within_s)
        return os.read(self._here, 65536) if ready else b""


def _fail(text: str, seen: bytes) -> bytes:
    raise AssertionError(f"{text!r} did not appear: {seen[-300:]!r}")


def _on_terminal(environment: Mapping[str, str]) -> dict[str, str]:
    return {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def _resize(terminal: int, size: tuple[int, int]) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))


@contextmanager
def _signed_in(
    words: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
) -> Iterator[Program]:
    with Program(words, environment, size) as desk:
        desk.until("PIN")
        desk.send(homes.PIN.encode())
        desk.until("Today")
        yield desk


def _typed(program: Program, letters: str) -> tuple[float, float]:
    """Return the medians of ms to the first and to the last byte of each letter."""
    pressed = [program.press(letter.encode()) for letter in letters]
    return statistics.median(one[0] for one in pressed), statistics.median(one[1] for one in pressed)


def _keys(words: Sequence[str], environment: Mapping[str, str]) -> list[Figure]:
    """Return echo and results while typing, and the bytes of a row and of a page."""
    letters = "nguyen thi " * (_KEYS // 11)
    with Program([sys.executable, "-c", _INPUT], environment) as bare:
        bare.until("READY")
        floor, _last = _typed(bare, letters)
    with _signed_in(words, environment) as desk:
        desk.press(b"\x1bOR")
        echo, shown = _typed(desk, "nguyen thi ")
        row = statistics.median(desk.press(b"\x1b[B")[2] for _turn in range(10))
        page = max(desk.press(page_key)[2] for page_key in _PAGES)
    with _signed_in(words, environment, (120, 40)) as desk:
        desk.press(b"\x1bOR")
        _typed(desk, "nguyen")
        large = max(desk.press(page_key)[2] for page_key in _PAGES)
    return [
        Figure("screens", "key echo in the live search", echo, "ms", "Textual's bare Input", floor, 1.5),
        Figure("screens", "results after the echo", shown - echo, "ms", "two frames", 2 * _FRAME_MS, 1.0),
        Figure("screens", "bytes of a row down", row, "B", "1.3 KB", 1_300, 1.0),
        Figure("screens", "bytes of a page, 80x24", page, "B", "4.5 KB", 4_500, 1.0),
        Figure("screens", "bytes of a page, 120x40", large, "B", "7.5 KB", 7_500, 1.0),
    ]


def _idle(words: Sequence[str], environment: Mapping[str, str]) -> list[Figure]:
    """Return what a second costs in which nobody does anything, and the memory after the sign-in."""
    with Program([sys.executable, "-c", HELLO], environment) as hello:
        hello.until("READY")
        floor_cpu, floor_wakes, _bytes = _resting(hello)
        floor_mb = hello.memory_mb()
    with _signed_in(words, environment) as desk:
        _resting(desk, 3.0)  # what the start still does beside the officer
        cpu, wakes, wrote = _resting(desk)
        memory = desk.memory_mb()
    return [
        Figure("screens", "CPU of an idle second", cpu, "ms", "Textual hello", floor_cpu, 1.2),
        Figure("screens", "wake-ups of an idle second", wakes, "", "Textual hello", floor_wakes, 1.2),
        Figure("screens", "bytes of an idle second", wrote + 1, "B + 1", "none", 1, 1.0),
        Figure("screens", "memory after the sign-in", memory, "MB", "Textual hello", floor_mb, 2.1),
    ]


def _resting(program: Program, seconds: float = _IDLE_S) -> tuple[float, float, float]:
    """Return ms of CPU, wake-ups and bytes a second."""
    program.settle()
    cpu, wakes = program.usage()
    end, wrote = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        wrote += len(program.read(left))
    after, wakes_after = program.usage()
    return (after - cpu) * 1000 / seconds, (wakes_after - wakes) / seconds, wrote / seconds


def _soak(words: Sequence[str], environment: Mapping[str, str]) -> list[Figure]:
    """Return the memory after many screen changes beside that after the first tenth of them."""
    ways = (b"\x1bOR", b"\x1b[18~", b"\x1bOQ", b"\x070")  # lookup, papers, intake, home by the list of commands
    with _signed_in(words, environment) as desk:
        warm = 0.0
        for turn in range(SOAK):
            desk.press(ways[turn % len(ways)])
            if turn == SOAK // 10:
                warm = desk.memory_mb()
        return [Figure("screens", f"memory after {SOAK:,} changes", desk.memory_mb(), "MB", "warmed up", warm, 1.05)]


def _lists() -> list[Figure]:
    """Return the time until 100,000 rows are seen, and their memory, beside Textual's table of 50."""
    found: dict[str, list[tuple[float, float]]] = {"ours": [], "theirs": []}
    for _round in range(3):
        for whose, measured in found.items():
            with Program([sys.executable, "-c", _LIST, whose], os.environ) as program:
                program.until("READY")
                before = program.memory_mb()
                shown = program.press(b"x")[1]
                measured.append((shown, program.memory_mb() - before))
    ours, theirs = (sorted(found[whose])[1] for whose in ("ours", "theirs"))
    return [
        Figure("screens", "list of 100,000 opens", ours[0], "ms", "DataTable of 50", theirs[0], 1.0),
        Figure("screens", "memory that it takes", ours[1], "MB", "DataTable of 50, and 2 MB", theirs[1] + 2, 1.0),
    ]
