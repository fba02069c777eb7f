"""All checks and tests, in the order in which they fail fastest: `python -m tests`.

Arguments are handed to pytest. Under CI a test that misses a system tool fails instead of being skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BIN = Path(sys.executable).parent


def steps(pytest_arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Return the checks as (name, command), every tool from this interpreter's own environment."""
    workers = str(min(os.cpu_count() or 1, 4))
    return [
        ("ruff check", [str(_BIN / "ruff"), "check", "."]),
        ("ruff format", [str(_BIN / "ruff"), "format", "--check", "."]),
        ("floors", [str(_BIN / "lint-imports"), "--no-cache"]),
        ("mypy --strict", [str(_BIN / "mypy")]),
        ("words", [sys.executable, "-m", "desk.locale", "--check"]),
        (
            "pytest",
            [sys.executable, "-m", "pytest", "-rs", "-n", workers, "--dist", "worksteal", *pytest_arguments],
        ),
    ]


def main() -> int:
    """Run every check, even after one has failed, and return 0 only if all of them passed."""
    failed = []
    for name, command in steps(sys.argv[1:]):
        print(f"== {name}", flush=True)
        began = time.monotonic()
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        print(f"== {name}: {'passed' if status == 0 else 'FAILED'} ({time.monotonic() - began:.0f} s)", flush=True)
        if status:
            failed.append(name)
    print(f"== {'all checks passed' if not failed else 'failed: ' + ', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
