"""The tour of practice, as a person would start it: without a terminal, from the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import zxingcpp

PRINTER_DPI = 203


def desk(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desk", "--home", str(home), "--json", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, env={**os.environ})


def test_the_tour_plays_the_whole_job_and_its_slip_proves_itself(tmp_path: Path) -> None:
    home = tmp_path / "practice"

    played = desk(home, "demo", "--tour", "--headless")
    assert played.returncode == 0, played.stdout + played.stderr
    told = json.loads(played.stdout)
    slip = next(path for path in told["papers"] if "_slip_" in path)
    page = pypdfium2.PdfDocument(slip)[0].render(scale=PRINTER_DPI / 72, grayscale=True).to_pil()
    read = zxingcpp.read_barcodes(page)
    assert len(read) == 1
    proved = desk(home, "verify", read[0].text)

    assert len(told["steps"]) == 11
    assert told["home"] == str(home)
    assert proved.returncode == 0, proved.stdout
    assert json.loads(proved.stdout)["verdict"] == "practice"
