"""`python -m tests.bench [start|screens|intake|find|slip|sync|report|load|first_desk|heard|pouch ...] [--json]`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from tests.bench.figures import Figure, as_json, table

GROUPS = ("start", "screens", "intake", "find", "slip", "sync", "report", "load", "first_desk", "heard", "pouch")


def main() -> int:
    """Measure the groups that were named, all without any, and print them; always 0 where it could measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], default=[])
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, and so is its baseline
    figures: list[Figure] = []
    for group in wanted.groups or GROUPS:
        measured = importlib.import_module(f"tests.bench.{group}").measure()
        figures += measured
        if not wanted.json:
            print(table(measured), flush=True)
    if wanted.json:
        print(as_json(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
