"""From the start of the program to the first text, in a real pseudo-terminal, beside Textual's smallest app."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import homes
from tests.bench.figures import Figure, side_by_side

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("READY")
Hello().run()
"""
ROUNDS = 7


def measure() -> list[Figure]:
    """Return the figures of the start."""
    with tempfile.TemporaryDirectory() as folder:
        around = homes.new_home(Path(folder))
        environment = {**os.environ, "DESK_KEYS": str(around.keys), "DESK_CLOCK": homes.CLOCK, "TERM": "xterm-256color"}
        desk = [sys.executable, "-m", "desk", "--home", str(around.home)]
        hello = [sys.executable, "-c", HELLO]
        painted, floor = side_by_side(
            lambda: _until(desk, "F1", environment), lambda: _until(hello, "READY", environment), ROUNDS
        )
        version, python = side_by_side(
            lambda: subprocess.run([sys.executable, "-m", "desk", "--version"], check=True, capture_output=True),
            lambda: subprocess.run([sys.executable, "-c", ""], check=True),
            ROUNDS,
        )
        helped, python_again = side_by_side(
            lambda: subprocess.run([sys.executable, "-m", "desk", "--help"], check=True, capture_output=True),
            lambda: subprocess.run([sys.executable, "-c", ""], check=True),
            ROUNDS,
        )
    return [
        Figure("start", "first paint", painted, "ms", "Textual hello", floor, 1.3),
        Figure("start", "--version", version, "ms", "bare interpreter", python, 4.0),
        Figure("start", "--help", helped, "ms", "bare interpreter", python_again, 12.0),
    ]


def _until(command: list[str], text: str, environment: dict[str, str]) -> None:
    """Start `command` in a pseudo-terminal, wait until it has written `text`, and end it."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment)
    seen = b""
    try:
        while text.encode() not in seen:
            ready, _w, _x = select.select([terminal], [], [], 30)
            if not ready:
                raise AssertionError(f"{text!r} did not appear: {seen[-300:]!r}")
            seen += os.read(terminal, 65536)
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)
