"""The print queue: no paper twice without an officer's yes, none lost in silence, one dead printer stops no other."""

from __future__ import annotations

import threading

import pytest

from desk.cases.form_input import form_of
from desk.cases.papers import JobLine, MadePaper
from desk.errors.acts import PaperUnknown
from desk.errors.papers import PaperCameOut, PaperUnsure
from desk.errors.printing import PrinterBusy
from receipts.printing import Handed, Outcome
from tests.desk.cases.conftest import Office
from tests.desk.cases.print_fakes import (
    FakePrinter,
    ReceiptFake,
    made,
    refused,
    silent,
    state_of,
    told,
    with_printer,
)
from tests.homes import birth


def test_a_job_is_handed_and_then_confirmed_by_the_officer(office: Office) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    assert papers.send(job).state == "handed"
    assert papers.settle(job, True).state == "confirmed"
    assert told(office) == ["paper.handed", "paper.confirmed"]
    assert printer.sheets == [job]


@pytest.mark.parametrize("came_out", [True, False])
def test_a_job_that_is_out_is_never_sent_again_by_itself(office: Office, came_out: bool) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    papers.send(job)
    if came_out:
        papers.settle(job, True)
    with pytest.raises(PaperCameOut):
        papers.send(job)
    assert papers.send_all() == ()
    assert papers.catch_up() == ()
    assert printer.sheets == [job]


def test_an_unsure_job_is_asked_about_and_only_a_word_sends_it_again(office: Office) -> None:
    printer = FakePrinter(does=silent)
    papers = with_printer(office, printer)
    job = made(office, papers).job
    line = papers.send(job)
    assert (line.state, line.last_error) == ("unknown", "PRINT-05")
    printer.does = lambda job: Handed()
    with pytest.raises(PaperUnsure):
        papers.send(job)
    assert papers.send_all() == ()
    assert printer.sheets == []
    assert papers.settle(job, False).state == "failed"
    assert papers.send(job).state == "handed"
    assert papers.jobs()[0].attempts == 2
    assert told(office) == ["paper.unknown", "paper.failed", "paper.handed"]


def test_an_unsure_job_that_came_out_is_done(office: Office) -> None:
    papers = with_printer(office, FakePrinter(does=silent))
    job = made(office, papers).job
    papers.send(job)
    assert papers.settle(job, True).state == "confirmed"
    with pytest.raises(PaperCameOut):
        papers.again(job)


def test_a_job_keeps_its_id_over_all_attempts(office: Office) -> None:
    seen: list[str] = []

    def noted(job: str) -> Outcome:
        seen.append(job)
        return refused(job) if len(seen) < 3 else Handed()

    papers = with_printer(office, FakePrinter(does=noted))
    job = made(office, papers).job
    for _attempt in range(3):
        papers.send(job)
    assert seen == [job] * 3
    assert papers.jobs()[0].attempts == 3


def test_old_jobs_ask_before_they_print(office: Office) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    old = made(office, papers, 1).job
    office.at("2026-11-25T09:01:00+07:00")
    new = made(office, papers, 2).job
    assert [line.id for line in papers.send_all()] == [new]
    assert state_of(papers, old) == "expired"
    assert papers.again(old).state == "queued"
    assert [line.id for line in papers.send_all()] == [old]


def test_the_morning_floods_no_printer(office: Office) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    for number in range(5):
        made(office, papers, number)
    office.at("2026-11-26T07:30:00+07:00")
    papers.catch_up()
    assert papers.send_all() == ()
    assert [line.state for line in papers.jobs()] == ["expired"] * 5
    assert printer.sheets == []


def test_a_cancelled_job_is_not_sent_by_the_queue(office: Office) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    assert papers.cancel(job).state == "cancelled"
    assert papers.send_all() == ()
    assert papers.send(job).state == "cancelled"
    assert papers.again(job).state == "queued"
    assert papers.send(job).state == "handed"
    assert papers.cancel(job).state == "handed"


def test_a_paper_that_became_void_is_not_printed(office: Office) -> None:
    printer = FakePrinter()
    papers = with_printer(office, printer)
    paper = made(office, papers)
    with office.services.context.log.act(None) as act:
        act.append("paper.voided", {"paper": paper.id})
    assert papers.send(paper.job).state == "cancelled"
    assert printer.sheets == []


def test_a_paper_made_void_on_its_way_stays_void(office: Office) -> None:
    context = office.services.context
    paper: list[MadePaper] = []

    def voiding(job: str) -> Outcome:
        with context.log.act(None) as act:
            act.append("paper.voided", {"paper": paper[0].id})
        return Handed()

    papers = with_printer(office, FakePrinter(does=voiding))
    paper.append(made(office, papers))
    assert papers.send(paper[0].job).state == "handed"
    assert papers.newest()[0].state == "voided"


def test_one_dead_printer_delays_the_others_by_nothing(office: Office) -> None:
    freed, third = threading.Event(), threading.Event()

    def hanging(job: str) -> Outcome:
        assert freed.wait(20)
        return silent(job)

    def counting(job: str) -> Outcome:
        if len(slips.sheets) == 2:
            third.set()
        return Handed()

    dead, slips = FakePrinter("A", does=hanging), ReceiptFake("B", does=counting)
    papers = with_printer(office, dead, slips)
    full = office.services.intake.accept(form_of(birth(9)), office.officer).dossier
    papers.make(full, "control", office.officer)
    for number in range(3):
        made(office, papers, number)
    done: list[tuple[JobLine, ...]] = []
    worker = threading.Thread(target=lambda: done.append(papers.send_all()))
    worker.start()
    assert third.wait(20)
    assert worker.is_alive()
    freed.set()
    worker.join(20)
    assert len(slips.sheets) == 3
    assert sorted(line.state for line in done[0]) == ["handed", "handed", "handed", "unknown"]


def test_a_printer_that_failed_takes_no_further_job_this_time(office: Office) -> None:
    printer = FakePrinter(does=refused)
    papers = with_printer(office, printer)
    for number in range(3):
        made(office, papers, number)
    assert [line.state for line in papers.send_all()] == ["failed", "queued", "queued"]


def test_slips_go_to_the_receipt_printer_and_other_papers_do_not(office: Office) -> None:
    main, slips = FakePrinter("A"), ReceiptFake("B")
    papers = with_printer(office, main, slips)
    paper = made(office, papers)
    assert paper.path.suffix == ".escpos"
    assert paper.path.read_bytes().startswith(b"\x1b@")
    control = papers.make(office.services.lookup.newest(1)[0].id, "control", office.officer)
    full = papers.make(papers.newest()[0].dossier, "slip", office.officer, reprint=True, full=True)
    assert (control.path.suffix, full.path.suffix, full.copy) == (".pdf", ".pdf", 2)
    assert {line.state for line in papers.send_all()} == {"handed"}
    assert slips.sheets == [paper.job]
    assert sorted(main.sheets) == sorted([control.job, full.job])


def test_a_short_slip_is_not_sent_to_a_printer_that_cannot_read_it(office: Office) -> None:
    paper = made(office, with_printer(office, FakePrinter("A"), ReceiptFake("B")))
    main = FakePrinter("A")
    line = with_printer(office, main).send(paper.job)
    assert (line.state, line.last_error) == ("failed", "PRINT-06")
    assert main.sheets == []


def test_a_job_that_is_not_there_is_told(office: Office) -> None:
    for act in (
        office.services.papers.send,
        office.services.papers.again,
        office.services.papers.cancel,
        lambda job: office.services.papers.settle(job, True),
    ):
        with pytest.raises(PaperUnknown):
            act("nothing")


def test_a_printer_taken_by_another_program_is_told_and_the_job_waits(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.cases.print_queue.TURN_S", 0.05)
    printer = FakePrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    with papers.queue._turn(printer, 5):
        line = papers.send(job)
    assert line.state == "queued"
    assert isinstance(line.trouble, PrinterBusy)
    assert printer.sheets == []


def test_two_programs_that_send_the_same_job_print_one_paper(office: Office) -> None:
    at_once = threading.Barrier(2)
    printer = FakePrinter()
    papers = with_printer(office, printer)
    job = made(office, papers).job
    found: list[str] = []

    def sending() -> None:
        at_once.wait(10)
        try:
            found.append(papers.send(job).state)
        except (PaperCameOut, PaperUnsure):
            found.append("told")

    workers = [threading.Thread(target=sending) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert printer.sheets == [job]
    assert len(found) == 2
