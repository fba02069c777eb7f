"""Branch coverage of `desk/rules` by the tests of the rules alone: every line and every branch, none excepted."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
_EXCEPTED = re.compile(r"pragma:\s*no\s*(?:cover|branch)")


@dataclass
class Outcome:
    """What the run found."""

    modules: int = 0
    lines: int = 0
    branches: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        verdict = "ok" if not self.faults else "; ".join(self.faults[:8])
        return f"{self.lines:,} lines and {self.branches:,} branches of {self.modules} modules: {verdict}"


def run(folder: Path) -> Outcome:
    """Run the tests of the rules under coverage, with its files in `folder`."""
    data, report = folder / "coverage", folder / "coverage.json"
    measured = ["--branch", f"--data-file={data}", "--source=desk/rules"]
    ran = _coverage("run", *measured, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/desk/rules")
    outcome = Outcome()
    if ran.returncode != 0:
        outcome.faults.append(f"the tests fail: {ran.stdout[-300:]}")
        return outcome
    _coverage("json", f"--data-file={data}", "-o", str(report), "-q")
    for name, found in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        summary = found["summary"]
        outcome.modules += 1
        outcome.lines += summary["num_statements"]
        outcome.branches += summary["num_branches"]
        outcome.faults += [f"{name}:{line} is never run" for line in found["missing_lines"]]
        outcome.faults += [f"{name}: never from {start} to {end}" for start, end in found["missing_branches"]]
        if _EXCEPTED.search((ROOT / name).read_text(encoding="utf-8")):
            outcome.faults.append(f"{name} excepts a line")
    return outcome


def _coverage(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coverage", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
