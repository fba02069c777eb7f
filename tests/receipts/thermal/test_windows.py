"""The Windows spooler, by a stand-in: one raw document under the job's id, thrown away whole where it breaks."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk.errors.printing import PrinterRefused, PrinterSilent, PrinterStopped
from receipts.printing import Failed, Handed, Unknown
from receipts.thermal.windows import SpoolerPrinter, WinSpool

JOB = "019a0000-0000-7000-8000-000000000001"
PAPER = bytes(range(256)) * 100


@dataclass
class FakeSpooler:
    """Remembers what it was told; `breaks` names the call that the system refuses."""

    breaks: str = ""
    takes: int = 5000
    hangs: threading.Event | None = None
    calls: list[str] = field(default_factory=list)
    written: bytes = b""

    def _called(self, what: str) -> None:
        self.calls.append(what)
        if self.hangs is not None and what == "begin":
            self.hangs.wait(10)
        if self.breaks == what:
            raise OSError(5, "Access is denied.")

    def open(self, printer: str) -> int:
        self._called("open")
        return 7 if printer == "XP-80C" else 0

    def begin(self, handle: int, title: str) -> None:
        assert (handle, title) == (7, JOB)
        self._called("begin")

    def write(self, handle: int, data: bytes) -> int:
        self._called("write")
        self.written += data[: self.takes]
        return len(data[: self.takes])

    def end(self, handle: int) -> None:
        self._called("end")

    def abort(self, handle: int) -> None:
        self._called("abort")

    def close(self, handle: int) -> None:
        self._called("close")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "slip.escpos"
    path.write_bytes(PAPER)
    return path


def printer(spooler: FakeSpooler, timeout_s: float = 5.0) -> SpoolerPrinter:
    return SpoolerPrinter("XP-80C", 80, timeout_s, spooler)


def test_the_document_is_given_whole_and_ended(paper: Path) -> None:
    spooler = FakeSpooler()
    assert printer(spooler).hand(JOB, paper) == Handed()
    assert spooler.written == PAPER
    assert (spooler.calls[:2], spooler.calls[-2:]) == (["open", "begin"], ["end", "close"])


@pytest.mark.parametrize("breaks", ["open", "begin", "write"])
def test_what_breaks_before_the_end_is_thrown_away_and_failed(paper: Path, breaks: str) -> None:
    spooler = FakeSpooler(breaks)
    outcome = printer(spooler).hand(JOB, paper)
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, PrinterRefused)
    assert outcome.error.facts["said_by_it"] == "Access is denied."
    assert "end" not in spooler.calls
    assert ("abort" in spooler.calls) == (breaks == "write")
    assert ("close" in spooler.calls) == (breaks != "open")


def test_a_spooler_that_takes_nothing_is_a_failure(paper: Path) -> None:
    spooler = FakeSpooler(takes=0)
    assert isinstance(printer(spooler).hand(JOB, paper), Failed)
    assert spooler.calls[-2:] == ["abort", "close"]


def test_what_breaks_at_the_end_is_unknown(paper: Path) -> None:
    outcome = printer(FakeSpooler("end")).hand(JOB, paper)
    assert isinstance(outcome, Unknown)
    assert isinstance(outcome.error, PrinterStopped)


def test_a_spooler_that_hangs_costs_the_time_out_and_is_unknown(paper: Path) -> None:
    hangs = threading.Event()
    outcome = printer(FakeSpooler(hangs=hangs), 0.1).hand(JOB, paper)
    hangs.set()
    assert isinstance(outcome, Unknown)
    assert isinstance(outcome.error, PrinterSilent)


@pytest.mark.skipif(sys.platform == "win32", reason="there the spooler is")
def test_elsewhere_the_spooler_is_missing_and_nothing_else_breaks(paper: Path) -> None:
    with pytest.raises(OSError, match="no spooler"):
        WinSpool()
    assert isinstance(SpoolerPrinter("XP-80C").hand(JOB, paper), Failed)
