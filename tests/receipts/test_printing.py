"""Handing papers over: what the queue said is told, time-outs hold, and nothing is printed twice."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.errors.printing import NoPrinter, PaperFileMissing, PaperNotKept, PrinterOutOfPaper, PrinterRefused
from desk.words import told
from receipts.practice_printer import PracticePrinter, PrinterFault
from receipts.printing import (
    Failed,
    FolderPrinter,
    Handed,
    LpPrinter,
    Outcome,
    Printer,
    SystemPrinter,
    Unknown,
    Viewer,
)

JOB = "019a0000-0000-7000-8000-000000000001"
needs_sh = pytest.mark.skipif(sys.platform == "win32", reason="lp and its stand-in are commands of POSIX systems")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "slip.pdf"
    path.write_bytes(b"%PDF-1.4 paper")
    return path


@pytest.fixture
def command(tmp_path: Path) -> Callable[[str], str]:
    """Makes a command of a few lines of shell that notes its arguments in `args`."""

    def make(body: str) -> str:
        path = tmp_path / "fake-lp"
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/args\n{body}\n', encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    return make


def error_of(outcome: Outcome) -> Exception:
    assert isinstance(outcome, Failed | Unknown)
    return outcome.error


@needs_sh
def test_the_queue_gets_the_file_under_the_jobs_id(pdf: Path, command: Callable[[str], str]) -> None:
    lp = LpPrinter("Canon_2900", "A5", command=command('echo "request id is Canon_2900-7 (1 file(s))"'))
    assert lp.hand(JOB, pdf) == Handed("request id is Canon_2900-7 (1 file(s))")
    args = (pdf.parent / "args").read_text(encoding="utf-8").splitlines()
    assert args == ["-t", JOB, "-d", "Canon_2900", "-o", "media=A5", "--", str(pdf)]


@needs_sh
def test_a_default_printer_is_left_to_the_system(pdf: Path, command: Callable[[str], str]) -> None:
    assert isinstance(LpPrinter(command=command("exit 0")).hand(JOB, pdf), Handed)
    assert (pdf.parent / "args").read_text(encoding="utf-8").splitlines() == ["-t", JOB, "--", str(pdf)]


@needs_sh
def test_what_the_queue_says_against_it_is_told_as_plain_letters(pdf: Path, command: Callable[[str], str]) -> None:
    body = 'printf "lp: Error - \\033[31mno such printer\\n" >&2; exit 1'
    error = error_of(LpPrinter("X", command=command(body)).hand(JOB, pdf))
    assert isinstance(error, PrinterRefused)
    assert error.facts == {"printer": "X", "said_by_it": "lp: Error - [31mno such printer"}


@needs_sh
@pytest.mark.parametrize("said", ["no default destination available.", "No default destination."])
def test_a_system_without_printers_is_told_apart(pdf: Path, command: Callable[[str], str], said: str) -> None:
    outcome = LpPrinter(command=command(f'echo "lp: Error - {said}" >&2; exit 1')).hand(JOB, pdf)
    assert isinstance(error_of(outcome), NoPrinter)


@needs_sh
def test_a_queue_that_does_not_answer_is_unknown_within_the_time_out(pdf: Path, command: Callable[[str], str]) -> None:
    lp = LpPrinter("X", timeout_s=0.2, command=command("exec sleep 30"))
    began = time.monotonic()
    outcome = lp.hand(JOB, pdf)
    assert time.monotonic() - began < 10
    assert isinstance(outcome, Unknown)
    assert "X" in told(outcome.error).message


def test_without_the_command_the_printer_failed(pdf: Path, tmp_path: Path) -> None:
    outcome = LpPrinter(command=str(tmp_path / "no-such-command")).hand(JOB, pdf)
    assert isinstance(error_of(outcome), PrinterRefused)


@pytest.mark.parametrize("printer", [LpPrinter("X"), FolderPrinter(Path("unused")), Viewer(("true",))])
def test_a_paper_that_is_gone_is_told(printer: Printer, tmp_path: Path) -> None:
    assert isinstance(error_of(printer.hand(JOB, tmp_path / "gone.pdf")), PaperFileMissing)


def test_a_folder_takes_each_job_once(pdf: Path, tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "printed")
    assert isinstance(printer.hand(JOB, pdf), Handed)
    assert isinstance(printer.hand(JOB, pdf), Handed)
    printed = list((tmp_path / "printed").iterdir())
    assert [path.name for path in printed] == [f"{JOB}.pdf"]
    assert printed[0].read_bytes() == pdf.read_bytes()


def test_a_folder_that_takes_nothing_is_told(pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "printed").write_bytes(b"")
    assert isinstance(error_of(FolderPrinter(tmp_path / "printed").hand(JOB, pdf)), PaperNotKept)


@needs_sh
def test_a_viewer_opens_the_paper(pdf: Path, command: Callable[[str], str]) -> None:
    assert Viewer((command("exit 0"),)).hand(JOB, pdf) == Handed(str(pdf))
    assert (pdf.parent / "args").read_text(encoding="utf-8").splitlines() == [str(pdf)]


@needs_sh
def test_a_viewer_that_stays_open_does_not_hold_the_desk(
    pdf: Path, command: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("receipts.printing._OPEN_S", 0.05)
    assert isinstance(Viewer((command("exec sleep 1"),)).hand(JOB, pdf), Handed)


@needs_sh
def test_a_viewer_that_fails_says_where_the_paper_lies(pdf: Path, command: Callable[[str], str]) -> None:
    error = error_of(Viewer((command("exit 3"),)).hand(JOB, pdf))
    assert isinstance(error, NoPrinter)
    assert error.facts == {"where": str(pdf)}
    assert isinstance(error_of(Viewer(("no-such-command",)).hand(JOB, pdf)), NoPrinter)


def test_without_a_desktop_nothing_seizes_the_terminal(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert isinstance(error_of(Viewer().hand(JOB, pdf)), NoPrinter)


@needs_sh
def test_a_machine_with_a_queue_prints_and_one_without_opens(
    pdf: Path, command: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = Path(command('echo "request id is A-1"')).rename(pdf.parent / "lp").parent
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert SystemPrinter().hand(JOB, pdf) == Handed("request id is A-1")
    refusing = '#!/bin/sh\necho "lp: Error - No default destination." >&2\nexit 1\n'
    (tools / "lp").write_text(refusing, encoding="utf-8")
    assert isinstance(error_of(SystemPrinter().hand(JOB, pdf)), NoPrinter)
    monkeypatch.setenv("DISPLAY", ":0")
    opener = tools / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {tools}/opened\n', encoding="utf-8")
    opener.chmod(0o755)
    assert isinstance(SystemPrinter().hand(JOB, pdf), Handed)
    assert (tools / "opened").read_text(encoding="utf-8").strip() == str(pdf)


@pytest.mark.parametrize(
    ("fault", "error"), [("paper", PrinterOutOfPaper), ("dead", PrinterRefused)], ids=["paper", "dead"]
)
def test_a_practice_printer_fails_as_it_is_told(
    pdf: Path, tmp_path: Path, fault: PrinterFault, error: type[Exception]
) -> None:
    printer = PracticePrinter(tmp_path / "printed", lambda: fault)
    assert isinstance(error_of(printer.hand(JOB, pdf)), error)
    assert not (tmp_path / "printed").exists()


def test_a_practice_printer_that_hangs_takes_its_time_out_and_is_unknown(pdf: Path, tmp_path: Path) -> None:
    printer = PracticePrinter(tmp_path, lambda: "hanging", timeout_s=0.05)
    began = time.monotonic()
    assert isinstance(printer.hand(JOB, pdf), Unknown)
    assert 0.05 <= time.monotonic() - began < 10


def test_a_practice_printer_mended_prints_again(pdf: Path, tmp_path: Path) -> None:
    faults: list[PrinterFault] = ["dead", "ok"]
    printer = PracticePrinter(tmp_path / "printed", lambda: faults.pop(0))
    assert isinstance(printer.hand(JOB, pdf), Failed)
    assert isinstance(printer.hand(JOB, pdf), Handed)
    assert (tmp_path / "printed" / f"{JOB}.pdf").read_bytes() == pdf.read_bytes()


def test_every_printer_has_a_name_for_the_officer() -> None:
    printers: list[Printer] = [
        LpPrinter(),
        LpPrinter("X"),
        SystemPrinter(),
        FolderPrinter(Path()),
        Viewer(),
        PracticePrinter(Path()),
    ]
    assert all(printer.name for printer in printers)
