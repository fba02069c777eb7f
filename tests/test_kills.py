"""The promises against kill -9: nothing told as saved is lost, and nothing the center answered for."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

KILLS = 200
SYNC_KILLS = 20
SYNC_CUTS = 30

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are of POSIX")


def _promised(*arguments: object) -> str:
    command = [sys.executable, "-m", "tests.promises", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_two_hundred_kills_lose_no_saved_dossier_and_repeat_no_number() -> None:
    assert f"{KILLS} kills" in _promised("kills", "--count", KILLS)


def test_kills_and_cuts_in_the_exchange_lose_nothing_double_nothing_and_leave_no_gap() -> None:
    said = _promised("sync", "--kills", SYNC_KILLS, "--cuts", SYNC_CUTS)

    assert f"sync: {SYNC_KILLS} kills" in said
    assert "0 lost, 0 doubled, 0 gaps" in said
    cuts = re.search(r"(\d+) cuts", said)
    assert cuts is not None and int(cuts[1]) >= SYNC_CUTS
