"""A receipt printer: ready or not before, well or not after, and what broke on the way is never called printed."""

from __future__ import annotations

import os
import stat
import threading
import time
from pathlib import Path

import pytest

from desk.errors.printing import (
    PaperFileMissing,
    PrinterNotReady,
    PrinterOutOfPaper,
    PrinterRefused,
    PrinterSilent,
    PrinterStopped,
)
from receipts.printing import Failed, Handed, LpPrinter, Outcome, Unknown
from receipts.thermal.address import RawQueue, receipt_printer
from receipts.thermal.lines import DeviceWay, FileWay, NetworkWay
from receipts.thermal.printer import ThermalPrinter
from receipts.thermal.windows import SpoolerPrinter
from tests.receipts.fake_printers import (
    COVER_OPEN,
    KNIFE_STUCK,
    LOW_PAPER,
    OFFLINE,
    OUT_OF_PAPER,
    READY,
    FakePrinter,
    listening,
)

JOB = "019a0000-0000-7000-8000-000000000001"
PAPER = b"\x1b@" + bytes(range(256)).replace(b"\x10", b"") * 1200


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "slip.escpos"
    path.write_bytes(PAPER)
    return path


def network(fake: FakePrinter, timeout_s: float = 5.0) -> ThermalPrinter:
    return ThermalPrinter(NetworkWay("127.0.0.1", fake.port), timeout_s=timeout_s)


def error_of(outcome: Outcome) -> Exception:
    assert isinstance(outcome, Failed | Unknown)
    return outcome.error


def test_a_ready_printer_gets_every_byte_and_says_that_it_is_well(paper: Path) -> None:
    with listening(FakePrinter()) as fake:
        assert network(fake).hand(JOB, paper) == Handed("ready")
        fake.wait()
    assert fake.papers == [PAPER]


def test_a_roll_that_is_nearly_empty_still_prints(paper: Path) -> None:
    with listening(FakePrinter([LOW_PAPER])) as fake:
        assert network(fake).hand(JOB, paper) == Handed("ready, the paper is nearly used up")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (OUT_OF_PAPER, PrinterOutOfPaper),
        (COVER_OPEN, PrinterNotReady),
        (OFFLINE, PrinterNotReady),
        (KNIFE_STUCK, PrinterNotReady),
    ],
)
def test_a_printer_that_is_not_ready_gets_nothing(paper: Path, answer: bytes, error: type[Exception]) -> None:
    with listening(FakePrinter([answer])) as fake:
        outcome = network(fake).hand(JOB, paper)
        fake.wait()
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, error)
    assert fake.papers == [b""]


@pytest.mark.parametrize(
    "answer", [OUT_OF_PAPER, COVER_OPEN, KNIFE_STUCK, b""], ids=["paper", "cover", "knife", "mute"]
)
def test_a_printer_that_stopped_on_the_way_leaves_it_unknown(paper: Path, answer: bytes) -> None:
    with listening(FakePrinter([READY, answer])) as fake:
        outcome = network(fake, 1.0).hand(JOB, paper)
    assert isinstance(outcome, Unknown)
    assert isinstance(outcome.error, PrinterStopped)


def test_a_printer_that_never_answers_is_one_way_and_gets_its_paper(paper: Path) -> None:
    with listening(FakePrinter([b""])) as fake:
        assert network(fake).hand(JOB, paper) == Handed("")
        fake.wait()
    assert fake.papers == [PAPER]


def test_a_printer_that_dies_in_the_middle_leaves_it_unknown(paper: Path) -> None:
    with listening(FakePrinter(dies_after=20_000)) as fake:
        outcome = network(fake).hand(JOB, paper)
    assert isinstance(outcome, Unknown)
    assert isinstance(outcome.error, PrinterStopped)


def test_a_printer_that_takes_no_more_costs_the_time_out_and_leaves_it_unknown(paper: Path) -> None:
    paper.write_bytes(PAPER * 30)
    with listening(FakePrinter(stops_after=4096)) as fake:
        began = time.monotonic()
        outcome = network(fake, 0.7).hand(JOB, paper)
        assert time.monotonic() - began < 5
    assert isinstance(outcome, Unknown)
    assert isinstance(outcome.error, PrinterSilent)


def test_nobody_there_is_a_failure_and_nothing_was_printed(paper: Path) -> None:
    with listening(FakePrinter()) as fake:
        port = fake.port
    outcome = ThermalPrinter(NetworkWay("127.0.0.1", port), timeout_s=2).hand(JOB, paper)
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, PrinterRefused)


def test_no_time_at_all_is_a_failure_before_the_first_byte(paper: Path) -> None:
    with listening(FakePrinter()) as fake:
        outcome = network(fake, 0.0).hand(JOB, paper)
    assert isinstance(outcome, Failed)
    assert fake.papers == []


def test_a_file_gets_paper_after_paper(paper: Path, tmp_path: Path) -> None:
    printer = ThermalPrinter(FileWay(tmp_path / "out.bin"))
    assert printer.hand(JOB, paper) == Handed()
    assert printer.hand(JOB, paper) == Handed()
    sent = (tmp_path / "out.bin").read_bytes()
    assert sent.replace(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04", b"") == PAPER * 2


def test_a_file_that_cannot_be_opened_is_a_failure(paper: Path, tmp_path: Path) -> None:
    outcome = ThermalPrinter(FileWay(tmp_path / "no" / "out.bin")).hand(JOB, paper)
    assert isinstance(error_of(outcome), PrinterRefused)


def test_a_paper_that_is_gone_is_told(tmp_path: Path) -> None:
    for printer in (ThermalPrinter(FileWay(tmp_path / "x")), SpoolerPrinter("X"), RawQueue("X")):
        assert isinstance(error_of(printer.hand(JOB, tmp_path / "gone.escpos")), PaperFileMissing)


needs_pty = pytest.mark.skipif(not hasattr(os, "openpty"), reason="a character device is made by openpty")


@needs_pty
def test_a_character_device_is_written_and_asked(paper: Path) -> None:
    import tty

    paper.write_bytes(PAPER[:20_000])
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    device = Path(os.ttyname(theirs))
    assert stat.S_ISCHR(device.stat().st_mode)
    came = bytearray()

    def printer() -> None:
        asked = 0
        while len(came) < 20_000 + 24:
            came.extend(os.read(ours, 4096))
            while came.count(b"\x10\x04") - asked >= 4:
                asked += 4
                os.write(ours, READY)

    worker = threading.Thread(target=printer, daemon=True)
    worker.start()
    outcome = ThermalPrinter(DeviceWay(device), timeout_s=10).hand(JOB, paper)
    worker.join(10)
    os.close(ours)
    os.close(theirs)
    assert outcome == Handed("ready")
    questions = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
    assert bytes(came).replace(questions, b"") == PAPER[:20_000]


@needs_pty
def test_a_device_that_takes_nothing_costs_the_time_out(paper: Path) -> None:
    ours, theirs = os.openpty()
    import tty

    tty.setraw(theirs)
    paper.write_bytes(PAPER * 4)
    outcome = ThermalPrinter(DeviceWay(Path(os.ttyname(theirs))), timeout_s=1.0).hand(JOB, paper)
    os.close(ours)
    os.close(theirs)
    assert isinstance(outcome, Unknown)


def test_a_device_that_may_only_be_written_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def only_writing(path: Path, flags: int, *rest: int) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(13, "no")
        return opened(path, flags, *rest)

    monkeypatch.setattr("receipts.thermal.lines.os.open", only_writing)
    (tmp_path / "lp0").write_bytes(b"")
    with DeviceWay(tmp_path / "lp0").opened(time.monotonic() + 5) as line:
        assert line.read(4, time.monotonic() + 5) == b""


def test_a_device_that_is_not_there_is_a_failure(paper: Path, tmp_path: Path) -> None:
    outcome = ThermalPrinter(DeviceWay(tmp_path / "lp9")).hand(JOB, paper)
    assert isinstance(error_of(outcome), PrinterRefused)


@pytest.mark.parametrize(
    ("address", "printer"),
    [
        ("tcp:10.0.0.5", ThermalPrinter(NetworkWay("10.0.0.5", 9100), 58)),
        ("tcp:may-in:9101", ThermalPrinter(NetworkWay("may-in", 9101), 58)),
        ("tcp:[fe80::1]:9100", ThermalPrinter(NetworkWay("fe80::1", 9100), 58)),
        ("device:/dev/usb/lp0", ThermalPrinter(DeviceWay(Path("/dev/usb/lp0")), 58)),
        ("file:/tmp/x.bin", ThermalPrinter(FileWay(Path("/tmp/x.bin")), 58)),
        ("cups:Bill80", RawQueue("Bill80", 58)),
        ("windows:XP-80C", SpoolerPrinter("XP-80C", 58)),
    ],
)
def test_an_address_names_a_printer(address: str, printer: object) -> None:
    found = receipt_printer(address, 58)
    assert found == printer
    assert found.name
    assert (found.width_mm, found.takes) == (58, ".escpos")


@pytest.mark.parametrize(
    "address", ["", "tcp", "tcp:", "tcp::9100", "tcp:h:0", "tcp:h:99999", "tcp:h:x", "usb:1", "tcp:[x"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        receipt_printer(address)


def test_a_raw_queue_gets_the_bytes_untouched() -> None:
    assert RawQueue("Bill80")._lp == LpPrinter("Bill80", raw=True)
