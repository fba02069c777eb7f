"""A real cupsd: PDF comes out as it went in, a printer that dies in the middle, jobs that outlive the service."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from receipts import slip
from receipts.cups import has_job
from receipts.printing import Failed, Handed, LpPrinter, SystemPrinter
from receipts.reach import reach_of
from receipts.thermal import slip as short_slip
from receipts.thermal.address import RawQueue
from tests.receipts.fake_printers import FakePrinter, listening
from tests.receipts.looking import printed, read_code
from tests.receipts.print_service import PDF_PPD, PrintService, until
from tests.receipts.samples import SLIP
from tests.tools import needed

JOB = "019a0000-0000-7000-8000-00000000000{}"


@pytest.fixture(scope="module")
def service() -> Iterator[PrintService]:
    needed("cupsd", "lp", "lpadmin", "lpstat", "cupsdisable", "cupsenable")
    if not PDF_PPD.is_file():
        needed("the PPD of a PDF printer (cups-filters)")
    running = PrintService()
    running.start()
    yield running
    running.end()


@pytest.fixture(autouse=True)
def client(service: PrintService, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value)


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_slip_through_a_pdf_printer_keeps_its_code_and_its_size(service: PrintService, tmp_path: Path) -> None:
    out = service.pdf_printer("Pdf")
    job = JOB.format(1)
    outcome = LpPrinter("Pdf", "A5").hand(job, kept(tmp_path, "slip.pdf", slip.render(SLIP)))
    assert isinstance(outcome, Handed)
    assert "Pdf-" in outcome.said
    until(lambda: out.is_file() and b"EOJ" in out.read_bytes()[-60:], "nothing came out")
    sent = out.read_bytes()  # the PDF within the printer's own job language
    picture = printed(sent[sent.index(b"%PDF-") : sent.rindex(b"%%EOF") + 6])[0]
    assert read_code(picture) == SLIP.qr_text
    assert abs(picture.width / picture.height - 148 / 210) < 0.01
    assert has_job(job)
    assert SystemPrinter("Pdf").has(job)


def test_a_queue_that_is_not_there_is_refused_and_one_that_is_is_reached(service: PrintService, tmp_path: Path) -> None:
    paper = kept(tmp_path, "slip.pdf", slip.render(SLIP))
    assert isinstance(LpPrinter("Nowhere").hand(JOB.format(2), paper), Failed)
    assert has_job(JOB.format(2)) is False
    service.pdf_printer("There")
    assert reach_of(SystemPrinter("There")).ok
    assert not reach_of(SystemPrinter("Nowhere")).ok


def test_a_printer_that_dies_in_the_middle_gets_the_whole_paper_when_it_is_back(
    service: PrintService, tmp_path: Path
) -> None:
    # A paper that fits the system's buffers counts as taken, whatever the printer does: hence a long one.
    content = short_slip.render(SLIP, 80) * 80
    job = JOB.format(3)
    with listening(FakePrinter([b""], dies_after=len(content) // 2)) as fake:
        service.raw_printer("Bill", fake.port)
        assert isinstance(RawQueue("Bill").hand(job, kept(tmp_path, "slip.escpos", content)), Handed)
        until(lambda: bool(fake.papers), f"it was never tried: {service.said()}")
        assert len(fake.papers[0]) < len(content)
        fake.dies_after = None
        until(lambda: content in fake.papers, f"it was not tried again: {service.said()}")
    assert has_job(job)


def test_jobs_survive_a_restart_of_the_print_service(service: PrintService, tmp_path: Path) -> None:
    content = short_slip.render(SLIP, 58)
    job = JOB.format(4)
    with listening(FakePrinter([b""])) as fake:
        service.raw_printer("Slow", fake.port)
        service.run("cupsdisable", "-r", "het giay", "Slow")
        assert isinstance(RawQueue("Slow").hand(job, kept(tmp_path, "slip.escpos", content)), Handed)
        service.stop()
        assert has_job(job, 1.0) is None
        service.start()
        assert has_job(job)
        assert "het giay" in service.run("lpstat", "-p", "Slow")
        assert fake.papers == []
        service.run("cupsenable", "Slow")
        until(lambda: fake.papers == [content], f"it did not come back: {service.said()}")
        until(lambda: "Slow" not in service.run("lpstat", "-o"), "it is not done")
    service.stop()
    service.start()
    assert has_job(job)


def test_a_job_that_somebody_cancelled_is_not_there_any_more(service: PrintService, tmp_path: Path) -> None:
    job = JOB.format(5)
    service.raw_printer("Off", 9)
    service.run("cupsdisable", "Off")
    outcome = RawQueue("Off").hand(job, kept(tmp_path, "slip.escpos", b"\x1b@"))
    assert isinstance(outcome, Handed)
    assert has_job(job)
    service.run("cancel", "-a", "Off")
    until(lambda: has_job(job) is False, "it is still there")


def test_without_a_print_service_no_job_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    assert has_job(JOB.format(1), 1.0) is None
    monkeypatch.setenv("CUPS_SERVER", f"{os.devnull}/nowhere")
    assert has_job(JOB.format(1), 1.0) is None
