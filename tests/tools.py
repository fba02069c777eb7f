"""System tools that some tests use: present, or the test is skipped by name; under CI missing is failing."""

from __future__ import annotations

import os
import shutil

import pytest


def needed(*commands: str) -> None:
    """Return if every command is there; else skip the test, and fail it under CI, naming what is missing."""
    missing = [command for command in commands if shutil.which(command) is None]
    if missing:
        reason = f"needs the system tool {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
