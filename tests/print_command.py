"""Stands in for the system's print command: it keeps what it is given, or refuses like a printer that is gone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_LP = """#!/bin/sh
# Refuses while the file `dead` is there, else keeps what it is given.
folder="{folder}"
if [ -e "$folder/dead" ]; then
  echo "lp: The printer or class does not exist." >&2
  exit 1
fi
for file in "$@"; do last="$file"; done
cp "$last" "$folder/$(date +%s%N).pdf"
echo "request id is desk-1 (1 file(s))"
"""


def stand_in(folder: Path, printed: Path) -> str:
    """Write an `lp` into `folder` that prints into `printed`; returns the PATH under which it is the first."""
    folder.mkdir(parents=True)
    printed.mkdir(parents=True)
    lp = folder / "lp"
    lp.write_text(_LP.format(folder=printed), encoding="utf-8")
    lp.chmod(lp.stat().st_mode | stat.S_IXUSR)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"
