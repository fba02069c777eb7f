"""Papers after the dossier: what is in force, what is made again, who gave the result."""

from __future__ import annotations

from pathlib import Path

from desk.cases.context import Officer
from desk.cases.form_input import form_of
from receipts.practice_printer import PracticePrinter
from tests.desk.cases.conftest import Office
from tests.homes import birth


def accepted(office: Office) -> str:
    return office.services.intake.accept(form_of(birth()), office.officer).dossier


def returned(office: Office, dossier: str, officer: Officer | None = None) -> None:
    office.services.moves.move(dossier, "resolved", officer or office.officer)
    office.services.returning.give(dossier, officer or office.officer)


def test_the_same_paper_asked_for_twice_is_made_once(office: Office) -> None:
    dossier = accepted(office)
    first = office.services.papers.make(dossier, "slip", office.officer)
    again = office.services.papers.make(dossier, "slip", office.officer)
    assert (first.id, first.copy) == (again.id, 1)


def test_a_slip_marked_void_by_a_correction_is_replaced_by_the_next_copy(office: Office) -> None:
    dossier = accepted(office)
    office.services.papers.make(dossier, "slip", office.officer)
    office.services.correcting.correct(dossier, {"summary": "Khai sinh cho con"}, office.officer)
    assert office.services.papers.missing() == (dossier,)
    assert office.services.papers.make(dossier, "slip", office.officer).copy == 2
    assert office.services.papers.missing() == ()


def test_a_slip_of_an_undone_acceptance_is_not_missing(office: Office) -> None:
    dossier = accepted(office)
    office.services.papers.make(dossier, "slip", office.officer)
    office.services.correcting.undo(office.officer)
    assert office.services.papers.missing() == ()


def test_a_second_return_gets_a_receipt_of_its_own(office: Office) -> None:
    dossier = accepted(office)
    returned(office, dossier)
    first = office.services.papers.make(dossier, "result_receipt", office.officer)
    office.services.correcting.undo(office.officer)
    office.services.returning.give(dossier, office.officer)
    second = office.services.papers.make(dossier, "result_receipt", office.officer)
    assert (first.copy, second.copy) == (1, 2)


def test_the_receipt_names_who_handed_the_result_over(office: Office, tmp_path: Path) -> None:
    other = office.services.officers.add("Hoàng Thị Giao", "862975", "officer", by=office.officer.id)
    dossier = accepted(office)
    returned(office, dossier, other)
    made = office.services.papers.make(dossier, "result_receipt", office.officer)
    assert "Hoàng Thị Giao" in _text_of(made.path)


def test_a_job_that_failed_says_why_when_it_was_sent(office: Office, tmp_path: Path) -> None:
    made = office.services.papers.make(accepted(office), "slip", office.officer)
    papers = type(office.services.papers)(
        office.services.context, PracticePrinter(tmp_path / "printed", lambda: "paper")
    )
    line = papers.send(made.job)
    assert line.state == "failed"
    assert line.trouble is not None and line.trouble.code == line.last_error == "PRINT-03"


def test_without_a_printer_the_slip_is_text_on_the_screen(office: Office) -> None:
    dossier = accepted(office)
    text = office.services.papers.slip_text(dossier, 40)
    assert max(map(len, text.splitlines())) <= 40
    for said in ("H49.22.11-261125-0001", "Nguyễn Thị Lan", "Hẹn trả kết quả:", "Cán bộ 1"):
        assert said in text


def _text_of(path: Path) -> str:
    import pypdfium2

    page = pypdfium2.PdfDocument(path)[0]
    return str(page.get_textpage().get_text_bounded())


def test_the_head_names_the_peoples_committee_and_the_place_of_the_unit(office: Office) -> None:
    dossier = accepted(office)
    text = office.services.papers.slip_text(dossier, 120)
    assert "Ủy ban nhân dân phường Móng Cái 2" in text
    assert "Móng Cái 2, ngày 25 tháng 11 năm 2026" in text
