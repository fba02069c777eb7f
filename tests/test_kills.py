"""The promise that nothing told as saved is lost, against kill -9."""

from __future__ import annotations

import subprocess
import sys

import pytest

KILLS = 200


@pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of POSIX")
def test_two_hundred_kills_lose_no_saved_dossier_and_repeat_no_number() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.promises", "kills", "--count", str(KILLS)],
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{KILLS} kills" in ran.stdout
