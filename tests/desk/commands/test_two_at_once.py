"""Two programs on one home: every code once, no error shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests import homes, oracle
from tests.desk.commands.conftest import ROOT, Desk

EACH = 25
WORKER = """
import io, json, os, sys
from desk.commands.run import run
from desk.commands.voice import Voice
from tests import homes
for number in range(int(sys.argv[1])):
    sys.stdin = io.TextIOWrapper(io.BytesIO(json.dumps(homes.birth(number)).encode()))
    if run(["--json", "intake", "-"], Voice(print, lambda said: print(said, file=sys.stderr))) != 0:
        sys.exit(1)
"""


def test_two_processes_doing_25_intakes_each_give_50_codes_and_show_no_error(tmp_path: Path) -> None:
    homes.copied_home(tmp_path)
    desk = Desk(tmp_path)
    environment = {**desk.environment, "PYTHONPATH": str(ROOT)}
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(EACH)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**_clean(), **environment},
            cwd=ROOT,
        )
        for _worker in range(2)
    ]
    said = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said
    assert [err for _out, err in said] == [b"", b""]
    codes = [json.loads(line)["code"] for out, _err in said for line in out.splitlines()]
    assert len(set(codes)) == 2 * EACH
    seen = oracle.look(desk.home)
    assert seen.faults == []
    assert sorted(seen.codes) == sorted(codes)
    assert len(seen.of_kind("paper.made")) == 2 * EACH


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
