"""A fault at every step from the act to the paper: each is left as the dead program left it, then a start heals it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from pydoc import locate
from typing import Any

import pytest

from desk.cases.form_input import form_of
from desk.cases.papers import MadePaper
from desk.errors.papers import PaperUnsure
from desk.errors.printing import PrinterOutOfPaper
from desk.errors.store import DiskFull
from receipts.printing import Failed, Handed, Outcome
from storage.queries import desks, own
from tests.desk.cases.conftest import Office
from tests.desk.cases.print_fakes import (
    Died,
    FakePrinter,
    ReceiptFake,
    TracingPrinter,
    dying,
    made,
    refused,
    silent,
    state_of,
    told,
    with_printer,
)
from tests.homes import birth


@contextmanager
def dies_at(monkeypatch: pytest.MonkeyPatch, target: str, *, after: bool = False) -> Iterator[None]:
    """Let the program die when `target` is called, before or after it did its work."""
    home, _, name = target.rpartition(".")
    owner = locate(home)
    whole: Callable[..., Any] = getattr(owner, name)

    def dying_there(*args: Any, **options: Any) -> Any:
        if after:
            whole(*args, **options)
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, dying_there)
        yield


MAKING = {
    "before the paper is drawn": ("desk.cases.paper_drawing.drawn_paper", False),
    "after it is drawn": ("desk.cases.paper_drawing.drawn_paper", True),
    "before its bytes are synced": ("receipts.keeping.os.fsync", False),
    "between its bytes and its name": ("receipts.keeping._name", False),
    "after it has its name": ("receipts.keeping._name", True),
    "before its event": ("storage.log.Act.append", False),
    "after its event, before the commit": ("storage.log.Act.append", True),
    "after the commit, before the mirror": ("storage.log.Log._mirror", False),
    "after the mirror": ("storage.log.Log._mirror", True),
}


@pytest.mark.parametrize("fault", MAKING)
def test_a_crash_while_a_paper_is_made_leaves_one_paper_after_the_next_start(
    office: Office, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    target, after = MAKING[fault]
    papers = with_printer(office, FakePrinter())
    saved = office.services.intake.accept(form_of(birth()), office.officer)
    with dies_at(monkeypatch, target, after=after), pytest.raises(Died):
        papers.make(saved.dossier, "slip", office.officer)
    papers.catch_up()
    assert papers.owed() == ()
    lines = papers.newest()
    assert [(line.kind, line.copy) for line in lines] == [("slip", 1)]
    assert Path(lines[0].path).is_file()
    assert [line.state for line in papers.jobs()] == ["queued"]
    assert [line.state for line in papers.send_all()] == ["handed"]


def test_a_crash_while_the_printer_takes_it_is_asked_about_once(office: Office) -> None:
    printer = FakePrinter(does=dying)
    papers = with_printer(office, printer)
    job = made(office, papers).job
    with pytest.raises(Died):
        papers.send(job)
    assert state_of(papers, job) == "sending"
    printer.does = lambda job: Handed()
    with pytest.raises(PaperUnsure):
        papers.send(job)
    assert papers.send_all() == ()
    assert [line.id for line in papers.queue.wake()] == [job]
    assert papers.queue.wake() == ()
    assert state_of(papers, job) == "unknown"
    assert papers.send_all() == ()
    assert printer.sheets == []
    assert told(office) == ["paper.unknown"]


@pytest.mark.parametrize("again", [True, False], ids=["again", "settled"])
def test_a_job_left_on_its_way_takes_the_officers_word_before_any_start(office: Office, again: bool) -> None:
    papers = with_printer(office, FakePrinter(does=dying))
    job = made(office, papers).job
    with pytest.raises(Died):
        papers.send(job)
    assert (papers.again(job) if again else papers.settle(job, False)).state == ("queued" if again else "failed")
    assert told(office) == (["paper.unknown"] if again else ["paper.unknown", "paper.failed"])


def test_a_crash_after_the_paper_came_out_and_before_its_record_prints_no_second_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    with dies_at(monkeypatch, "storage.log.Act.append"), pytest.raises(Died):
        papers.send(job)
    assert printer.sheets == [job]
    papers.catch_up()
    assert state_of(papers, job) == "unknown"
    assert papers.send_all() == ()
    assert papers.settle(job, True).state == "confirmed"
    assert printer.sheets == [job]


def test_after_a_crash_a_queue_that_remembers_the_job_answers_for_the_officer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = TracingPrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    with dies_at(monkeypatch, "storage.log.Act.append"), pytest.raises(Died):
        papers.send(job)
    papers.catch_up()
    assert state_of(papers, job) == "handed"
    lost = made(office, papers, 2).job
    printer.does = dying
    with pytest.raises(Died):
        papers.send(lost)
    papers.catch_up()
    assert state_of(papers, lost) == "unknown"
    assert printer.sheets == [job]


def test_a_job_that_the_print_service_lost_with_its_own_death_is_asked_about(office: Office) -> None:
    printer = TracingPrinter()
    papers = with_printer(office, printer)
    kept, lost, old = (made(office, papers, number).job for number in (1, 2, 3))
    for job in (kept, lost, old):
        papers.send(job)
    office.at("2026-11-25T08:35:00+07:00")
    printer.sheets.remove(lost)
    papers.catch_up()
    assert [state_of(papers, job) for job in (kept, lost, old)] == ["handed", "unknown", "handed"]
    office.at("2026-11-25T09:35:00+07:00")
    printer.sheets.remove(old)
    papers.catch_up()
    assert state_of(papers, old) == "handed"


def test_a_job_that_another_program_is_just_printing_is_left_to_it(office: Office) -> None:
    begun, freed = threading.Event(), threading.Event()

    def slow(job: str) -> Outcome:
        begun.set()
        assert freed.wait(20)
        return Handed()

    papers = with_printer(office, FakePrinter(does=slow))
    job = made(office, papers).job
    worker = threading.Thread(target=papers.send, args=(job,))
    worker.start()
    assert begun.wait(20)
    assert papers.queue.wake() == ()
    assert state_of(papers, job) == "sending"
    for word in (papers.again, lambda job: papers.settle(job, False)):
        with pytest.raises(PaperUnsure):
            word(job)
    freed.set()
    worker.join(20)
    assert state_of(papers, job) == "handed"


def test_a_record_that_cannot_be_written_leaves_the_job_to_be_asked_about(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    with monkeypatch.context() as patched:
        patched.setattr("storage.log.Act.append", lambda *args, **options: (_ for _ in ()).throw(DiskFull()))
        with pytest.raises(DiskFull):
            papers.send(job)
    papers.catch_up()
    assert state_of(papers, job) == "unknown"
    assert printer.sheets == [job]


def test_a_state_that_cannot_be_written_prints_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    with monkeypatch.context() as patched:
        patched.setattr("storage.store.Store.writing", lambda self: (_ for _ in ()).throw(Died()))
        with pytest.raises(Died):
            papers.send(job)
    assert printer.sheets == []
    assert state_of(papers, job) == "queued"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.unlink(), "PRINT-08"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "PRINT-11"),
        (lambda path: path.write_bytes(b""), "PRINT-11"),
    ],
    ids=["gone", "cut", "empty"],
)
def test_a_file_that_is_not_what_the_log_says_is_not_printed(
    office: Office, spoil: Callable[[Path], Any], code: str
) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    paper = made(office, papers)
    spoil(paper.path)
    line = papers.send(paper.job)
    assert (line.state, line.last_error) == ("failed", code)
    assert printer.sheets == []
    again = papers.make(papers.newest()[0].dossier, "slip", office.officer, reprint=True)
    assert papers.send(again.job).state == "handed"


@pytest.mark.parametrize(
    ("does", "state"),
    [
        (lambda job: Failed(PrinterOutOfPaper(printer="A")), "failed"),
        (refused, "failed"),
        (silent, "unknown"),
    ],
)
def test_what_the_printer_suffers_is_a_state_and_told(office: Office, does: Any, state: str) -> None:
    papers = with_printer(office, FakePrinter(does=does))
    line = papers.send(made(office, papers).job)
    assert line.state == state
    assert line.trouble is not None
    assert line.trouble.code == line.last_error != ""


def test_a_full_disk_makes_no_paper_and_no_record_and_the_next_start_heals_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = with_printer(office, FakePrinter())
    saved = office.services.intake.accept(form_of(birth()), office.officer)

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("receipts.keeping.os.fsync", full)
        assert papers.catch_up() == ()
    assert papers.newest() == ()
    assert [one.dossier for one in papers.owed()] == [saved.dossier]
    assert [one.copy for one in papers.catch_up()] == [1]


def test_two_programs_that_make_the_same_paper_make_one(office: Office) -> None:
    papers = with_printer(office, FakePrinter())
    saved = office.services.intake.accept(form_of(birth()), office.officer)
    at_once = threading.Barrier(3)
    found: list[MadePaper] = []

    def making() -> None:
        at_once.wait(10)
        found.append(papers.make(saved.dossier, "slip", office.officer))

    workers = [threading.Thread(target=making) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert len({one.id for one in found}) == 1
    assert len(papers.jobs()) == 1


def test_two_reprints_at_once_have_numbers_of_their_own(office: Office) -> None:
    papers = with_printer(office, FakePrinter())
    first = made(office, papers)
    dossier = papers.newest()[0].dossier
    at_once = threading.Barrier(3)
    found: list[MadePaper] = []

    def reprinting() -> None:
        at_once.wait(10)
        found.append(papers.make(dossier, "slip", office.officer, reprint=True))

    workers = [threading.Thread(target=reprinting) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(one.copy for one in found) == [2, 3, 4]
    assert first.copy == 1


def test_every_job_names_a_paper_on_disk_with_the_bytes_of_the_log(office: Office) -> None:
    papers = with_printer(office, FakePrinter("A"), ReceiptFake("B"))
    for number in range(3):
        made(office, papers, number)
    papers.make(papers.newest()[0].dossier, "slip", office.officer, reprint=True, full=True)
    with office.services.context.store.reading() as session:
        for job in own.jobs(session):
            paper = desks.paper(session, job.paper)
            assert paper is not None
            content = (office.services.context.papers_folder / paper.name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == paper.sha256
