"""Whether a paper could be handed over now, asked without printing anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import NamedTuple

from desk.text import clean_line
from receipts.printing import Printer, SystemPrinter, Viewer

_PATIENCE_S = 5.0


class Reach(NamedTuple):
    """What of a printer can be known beforehand."""

    ok: bool
    name: str
    """How the officer knows it."""


def reach_of(printer: Printer) -> Reach:
    """Return whether `printer` would take a paper now; paper and toner nobody knows beforehand."""
    if isinstance(printer, SystemPrinter) and (printer.destination or shutil.which("lp")):
        return Reach(_queue_is_there(printer.destination) or (not printer.destination and _has_viewer()), printer.name)
    if isinstance(printer, SystemPrinter | Viewer):
        return Reach(_has_viewer(), printer.name)
    return Reach(True, printer.name)


def _queue_is_there(destination: str) -> bool:
    """Return whether the print service knows the queue, or has a default one for ""."""
    try:
        done = subprocess.run(
            ["lpstat", "-p", destination] if destination else ["lpstat", "-d"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            env={**os.environ, "LC_ALL": "C"},  # its words are looked at below
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    said = done.stdout.decode("utf-8", "replace").casefold()
    return done.returncode == 0 and "no system default" not in said and "disabled" not in said


def print_queues() -> tuple[str, ...]:
    """Return the names of the queues of the system's print service, () where there is none or it does not answer."""
    try:
        done = subprocess.run(
            ["lpstat", "-e"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    names = (clean_line(line) for line in done.stdout.decode("utf-8", "replace").splitlines())
    return tuple(name for name in names if name)


def _has_viewer() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool((os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and shutil.which("xdg-open"))
