"""Where the day happens: a real home, a real center in its own process, a line to cut, a printer that can die."""

from __future__ import annotations

import json
import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desk.commands.run import run
from desk.commands.voice import Voice
from tests.day.line import Line
from tests.print_command import stand_in
from tests.terminal import Terminal

ROOT = Path(__file__).parent.parent.parent
UNIT = "06709"
AGENCY = "H49.22.11"
PIN = "135246"


class Place:
    """Everything around the desk, started on entering and gone on leaving."""

    def __init__(self, folder: Path, starts_at: datetime) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.center_home = folder / "center"
        self.printed = folder / "printed"
        self.clock_file = folder / "clock.txt"
        self.now = starts_at
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self.env = {
            **os.environ,
            "PATH": stand_in(self.folder / "bin", self.printed),
            "PYTHONPATH": str(ROOT),
            "DESK_KEYS": str(self.folder / "keys"),
            "DESK_CLOCK": f"@{self.clock_file}",
            "DESK_PIN": PIN,
            "LANG": "C.UTF-8",
        }
        self._tick(timedelta(0))
        self.desk("setup", "--unit", UNIT, "--agency-code", AGENCY, "--slot", "0", "--allow-test-clock")
        self.center_port = self._start_center()
        self.line = self._stack.enter_context(Line(self.center_port))
        token = self.center("--json", "center", "token", "--unit", UNIT, "--slot", "0")

        self.desk("enrol", f"http://127.0.0.1:{self.line.port}", json.loads(token)["token"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def later(self, minutes: float) -> None:
        """Let time go on."""
        self._tick(timedelta(minutes=minutes))

    def at(self, hour: int, minute: int = 0) -> None:
        """Let it be this hour of the same day."""
        self._tick(self.now.replace(hour=hour, minute=minute) - self.now)

    def kill_printer(self) -> None:
        """Let every print fail."""
        (self.printed / "dead").touch()

    def mend_printer(self) -> None:
        """Let it print again."""
        (self.printed / "dead").unlink()

    def desk(self, *arguments: str, stdin: str | None = None) -> str:
        """Run a command on the desk's home and return what it wrote; raises AssertionError if it failed."""
        return self._command(self.home, arguments, stdin)

    def show(self, code: str) -> dict[str, Any]:
        """Return what `desk show` tells of a dossier; in this process: seventy starts took half of the day."""
        out: list[str] = []
        err: list[str] = []
        status = run(["--home", str(self.home), "--json", "show", code], Voice(out.append, err.append), self.env)
        assert status == 0, err
        told: dict[str, Any] = json.loads("\n".join(out))
        return told

    def center(self, *arguments: str) -> str:
        """Run a command on the center's folder."""
        return self._command(self.center_home, arguments, None)

    def terminal(self) -> Terminal:
        """Start the screens under tmux at 80x24."""
        command = [sys.executable, "-m", "desk", "--home", str(self.home)]
        wanted = ("PATH", "PYTHONPATH", "DESK_KEYS", "DESK_CLOCK")
        return Terminal(command, "tmux", env={name: self.env[name] for name in wanted}, cwd=ROOT)

    def wait_for_draft(self, number: str) -> None:
        """Wait until the draft of the citizen with `number` is on the disk, whole (read without the project's code)."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with closing(sqlite3.connect(f"file:{self.home / 'desk.db'}?mode=ro", uri=True)) as database:
                rows = database.execute("SELECT form FROM draft").fetchall()
            if any(number in row[0] and '"4"' in row[0] for row in rows):
                return
            time.sleep(0.05)
        raise AssertionError(f"no draft of {number}")

    def cut_power(self, terminal: Terminal) -> None:
        """Kill the screens at once."""
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.kill()

    def _tick(self, step: timedelta) -> None:
        self.now += step
        part = self.clock_file.with_suffix(".new")
        part.write_text(self.now.isoformat(), encoding="utf-8")
        part.replace(self.clock_file)

    def _command(self, home: Path, arguments: tuple[str, ...], stdin: str | None) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "desk", "--home", str(home), *arguments],
            env=self.env,
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, f"{arguments}: {ran.stdout}{ran.stderr}"
        return ran.stdout

    def _start_center(self) -> int:
        serving = subprocess.Popen(
            [sys.executable, "-m", "desk", "--home", str(self.center_home), "center", "serve", "--port", "0"],
            env={name: value for name, value in self.env.items() if name != "DESK_CLOCK"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._stack.callback(serving.wait, 20)
        self._stack.callback(serving.terminate)
        assert serving.stdout is not None
        ready, _w, _x = select.select([serving.stdout], [], [], 60)
        line = serving.stdout.readline() if ready else ""
        assert line.startswith("ready http://"), line
        return int(line.strip().rsplit(":", 1)[1])
