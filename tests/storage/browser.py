"""A real Chromium without a window: the page as it stands after its scripts ran."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.tools import needed

_PATIENCE_MS = 20_000


def dom(url: str, profile: Path) -> str:
    """Return the document of `url` as HTML once its scripts are done; skips the test without `chromium`."""
    return _run(profile, "--dump-dom", f"--virtual-time-budget={_PATIENCE_MS}", url)


def picture(url: str, profile: Path, to: Path, size: str = "390,844") -> Path:
    """Return a picture of `url` on a phone's screen."""
    _run(profile, f"--screenshot={to}", f"--window-size={size}", f"--virtual-time-budget={_PATIENCE_MS}", url)
    return to


def _run(profile: Path, *arguments: str) -> str:
    needed("chromium")
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",  # the tests may run as root, and the pages are ours
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        f"--user-data-dir={profile}",
        *arguments,
    ]
    environment = {**os.environ, "HOME": str(profile)}
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout
