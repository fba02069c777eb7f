"""Certifications get the numbers of their books, and keep them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from desk.cases.intake import Accepted
from desk.rules.dossier import IntakeForm
from desk.rules.people.person import Person
from tests.desk.cases.conftest import Office
from tests.receipts.looking import text_of

LAN = Person("Nguyễn Thị Lan", personal_id="022190001234")
COPY, SIGNATURE, SALE, BIRTH = "2.000815", "2.000884", "2.001035", "1.001193"


def certified(office: Office, procedure: str = COPY, *, at_once: bool = True) -> Accepted:
    counted = {"pages": 2, "copies": 3} if procedure != SALE else {"fee_dong": 50_000}
    form = IntakeForm(procedure, LAN, accept_incomplete=True, reason="thử", **counted)  # type: ignore[arg-type]  # a mix
    return office.services.intake.accept(form, office.officer, hand_over_now=at_once)


def turn(office: Office, instant: str) -> None:
    """Let it be `instant`, which the officer confirms."""
    office.at(instant)
    office.services.clockwork.confirm(office.officer)


def number(office: Office, accepted: Accepted) -> str:
    return office.services.lookup.show(accepted.dossier).book_number


def test_each_book_counts_for_itself_and_begins_anew_with_the_year(office: Office) -> None:
    given = [certified(office, which).book_number for which in (COPY, SIGNATURE, COPY, SALE, SIGNATURE)]
    assert given == [
        "1/2026-SCT/BS",
        "1/2026-SCT/CK,ĐC",
        "2/2026-SCT/BS",
        "1/2026-SCT/HĐ,GD",
        "2/2026-SCT/CK,ĐC",
    ]
    turn(office, "2027-01-04T08:00:00+07:00")
    assert certified(office).book_number == "1/2027-SCT/BS"
    assert office.services.checking.rebuild().same
    assert certified(office).book_number == "2/2027-SCT/BS"


def test_the_year_is_that_of_the_office_day(office: Office) -> None:
    turn(office, "2026-12-31T18:30:00+00:00")  # half past one on New Year's morning at the office
    assert certified(office).book_number == "1/2027-SCT/BS"


def test_other_procedures_have_none(office: Office) -> None:
    accepted = office.services.intake.accept(IntakeForm(BIRTH, LAN), office.officer)
    assert (accepted.book_number, number(office, accepted)) == ("", "")


def test_a_correction_keeps_the_number_and_an_undone_one_is_never_given_again(office: Office) -> None:
    first = certified(office, at_once=False)
    office.services.correcting.correct(first.dossier, {"pages": 5}, office.officer)
    assert number(office, first) == "1/2026-SCT/BS"
    undone = certified(office, at_once=False)
    office.services.correcting.undo(office.officer)
    assert number(office, undone) == "2/2026-SCT/BS"
    assert certified(office).book_number == "3/2026-SCT/BS"
    assert office.services.checking.rebuild().same


def test_after_a_new_epoch_the_books_of_the_year_go_on_twenty_higher_once(office: Office) -> None:
    certified(office)
    office.services.context.log.open_epoch()
    assert certified(office).book_number == "22/2026-SCT/BS"
    assert certified(office).book_number == "23/2026-SCT/BS"
    assert certified(office, SIGNATURE).book_number == "21/2026-SCT/CK,ĐC", "an old copy may have used this book too"
    turn(office, "2027-01-04T08:00:00+07:00")
    assert certified(office).book_number == "1/2027-SCT/BS", "no old copy was in the new year"


def test_a_book_that_is_full_stops_no_certification(office: Office) -> None:
    certified(office)
    with office.services.context.store.writing() as session:
        session.connection().execute(text("UPDATE book SET last = 99999"))
    accepted = certified(office)
    assert accepted.status == "returned"
    assert accepted.book_number == ""


@pytest.mark.parametrize("typed", ["2/2026", "2/2026-SCT/BS", "2/2026 bs"])
def test_a_dossier_is_found_by_its_number_in_the_book(office: Office, typed: str) -> None:
    certified(office)
    second = certified(office)
    assert [line.id for line in office.services.lookup.find(typed)] == [second.dossier]
    assert office.services.lookup.find("2/2025") == office.services.lookup.find("2/2026-ck") == ()


def test_the_day_lists_every_book_with_its_numbers(office: Office) -> None:
    for which in (COPY, SALE, COPY):
        certified(office, which, at_once=False)
    assert [(one.number, one.pages) for one in office.services.certifying.today()] == [
        ("1 BS", 2),
        ("1 HĐ,GD", 0),
        ("2 BS", 2),
    ]


def test_slip_register_and_workbook_carry_the_number(office: Office) -> None:
    services = office.services
    day = services.context.clock().date()
    accepted = certified(office, at_once=False)
    slip = services.papers.make(accepted.dossier, "slip", office.officer)
    assert "Số chứng thực: 1/2026-SCT/BS" in text_of(Path(slip.path).read_bytes())
    assert "Số CT" in text_of(services.papers.lists.register_pdf((day, day)))
    sheet = load_workbook(io.BytesIO(services.tables.register_workbook((day, day)))).active
    assert sheet is not None
    assert "1/2026-SCT/BS" in [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def test_a_book_is_listed_alone_in_the_order_of_its_numbers(office: Office) -> None:
    services, day = office.services, office.services.context.clock().date()
    first, signed, second = (certified(office, which) for which in (COPY, SIGNATURE, COPY))
    services.intake.accept(IntakeForm(BIRTH, LAN), office.officer)
    assert [row.id for row in services.figures.register(day, day, "copy")] == [first.dossier, second.dossier]
    assert len(services.figures.register(day, day)) == 4
    sheet = load_workbook(io.BytesIO(services.tables.register_workbook((day, day), "signature"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "1/2026-SCT/CK,ĐC" in cells and "1/2026-SCT/BS" not in cells and signed.code in cells
    printed = text_of(services.papers.lists.register_pdf((day, day), book="copy"))
    assert "2/2026" in printed.replace("\n", "") and "CK" not in printed
