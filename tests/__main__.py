"""All checks and tests, the quick ones first and side by side: `python -m tests`.

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


def checks() -> list[tuple[str, list[str]]]:
    """Return the checks before the tests as (name, command), every tool from this interpreter's own environment."""
    return [
        ("ruff check", [str(_BIN / "ruff"), "check", "."]),
        ("ruff format", [str(_BIN / "ruff"), "format", "--check", "."]),
        ("floors", [str(_BIN / "lint-imports"), "--no-cache"]),
        ("mypy --strict", [str(_BIN / "mypy")]),
        ("words", [sys.executable, "-m", "desk.locale", "--check"]),
    ]


def tests(pytest_arguments: list[str]) -> list[str]:
    """Return the command that runs all tests on all processors, four at most."""
    workers = str(min(os.cpu_count() or 1, 4))
    return [sys.executable, "-m", "pytest", "-rs", "-n", workers, "--dist", "worksteal", *pytest_arguments]


def main() -> int:
    """Run every check, even after one has failed, and return 0 only if all of them passed."""
    failed = []
    began = time.monotonic()

    def ended(name: str, status: int) -> None:
        print(f"== {name}: {'passed' if status == 0 else 'FAILED'} ({time.monotonic() - began:.0f} s)", flush=True)
        if status:
            failed.append(name)

    # side by side: mypy takes longer than all the others
    running = [
        (name, subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
        for name, command in checks()
    ]
    for name, check in running:
        said, _ = check.communicate()
        print(f"== {name}", flush=True)
        sys.stdout.buffer.write(said)  # as the tool wrote it, whatever letters a terminal has
        ended(name, check.returncode)
    began = time.monotonic()
    print("== pytest", flush=True)
    ended("pytest", subprocess.run(tests(sys.argv[1:]), cwd=ROOT, check=False).returncode)
    print(f"== {'all checks passed' if not failed else 'failed: ' + ', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
