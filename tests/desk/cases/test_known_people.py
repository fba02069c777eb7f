"""What the desk knows of people from earlier dossiers, and which dossiers may be the same matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desk import wiring
from desk.cases.context import Officer
from desk.cases.services import Services
from desk.rules.dossier import DocumentCount, IntakeForm
from desk.rules.people.person import Person
from tests.homes import copied_home

LAN = Person("Nguyễn Thị Lan", personal_id="022190001234", born_on=date(1990, 5, 15), sex="female")
BIRTH, WEDDING = "1.001193", "1.000894"


class Counter:
    """A home whose clock a test moves, and intakes in a line."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.at("2026-11-25T08:30:00+07:00")
        self.services: Services = wiring.open_home(copied_home(folder, f"@{self.file}"))
        self.officer: Officer = self.services.officers.the_one()

    def at(self, instant: str) -> None:
        self.file.write_text(instant, encoding="utf-8")

    def receive(self, person: Person, procedure: str = BIRTH, submitter: Person | None = None) -> str:
        form = IntakeForm(procedure, person, submitter=submitter)
        return self.services.intake.accept(form, self.officer).dossier


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    yield made
    made.services.close()


def test_six_digits_of_the_tail_name_a_person_with_the_newest_data(counter: Counter) -> None:
    counter.receive(replace(LAN, phone="0912345678", address="Tổ 1"))
    counter.at("2026-11-25T08:31:00+07:00")
    counter.receive(replace(LAN, address="Tổ 2"), WEDDING)
    (known,) = counter.services.people.by_number("001234")
    assert (known.person.address, known.person.phone, known.dossiers) == ("Tổ 2", "0912345678", 2)
    assert known.alias == "Kết hôn"


def test_fewer_digits_name_nobody(counter: Counter) -> None:
    counter.receive(LAN)
    assert counter.services.people.by_number("01234") == ()


def test_a_whole_number_finds_only_its_own_person(counter: Counter) -> None:
    counter.receive(LAN)
    assert counter.services.people.with_number("022190001234") is not None
    assert counter.services.people.with_number("190001234") is None


def test_a_name_without_accents_finds_and_the_exact_spelling_comes_first(counter: Counter) -> None:
    counter.receive(LAN)
    counter.receive(Person("Nguyễn Thị Làn", personal_id="022190009999"))
    names = [known.person.name for known in counter.services.people.by_name("nguyen thi lan")]
    assert names == ["Nguyễn Thị Làn", "Nguyễn Thị Lan"]
    names = [known.person.name for known in counter.services.people.by_name("Nguyễn Thị Lan")]
    assert names[0] == "Nguyễn Thị Lan"


def test_who_filed_for_another_is_known_too(counter: Counter) -> None:
    counter.receive(Person("Bé An"), submitter=LAN)
    (known,) = counter.services.people.by_number("001234")
    assert known.person.name == LAN.name


def test_the_same_person_with_the_same_procedure_still_open_is_pointed_out(counter: Counter) -> None:
    counter.receive(LAN)
    (alike,) = counter.services.people.alike(LAN, BIRTH)
    assert alike.why == "open"
    assert counter.services.people.alike(LAN, WEDDING) == ()


def test_a_name_or_phone_of_the_last_thirty_days_is_pointed_out_where_no_number_tells_them_apart(
    counter: Counter,
) -> None:
    counter.receive(Person("Lò Văn Ón", phone="0912345678"))
    same_name = counter.services.people.alike(Person("lò văn ón"))
    assert [one.why for one in same_name] == ["name"]
    assert [one.why for one in counter.services.people.alike(Person("Ai khác", phone="0912345678"))] == ["phone"]
    counter.at("2026-12-26T08:30:00+07:00")
    assert counter.services.people.alike(Person("Lò Văn Ón")) == ()


def test_two_people_of_one_name_are_told_apart_by_their_numbers(counter: Counter) -> None:
    counter.receive(LAN)
    assert counter.services.people.alike(replace(LAN, personal_id="022190009999")) == ()


def test_an_undone_dossier_is_no_duplicate(counter: Counter) -> None:
    counter.receive(LAN)
    counter.services.correcting.undo(counter.officer)
    assert counter.services.people.alike(LAN, BIRTH) == ()


def test_favourites_are_what_was_used_most_before_today_padded_from_the_catalogue(counter: Counter) -> None:
    before = [one.code for one in counter.services.favourites.nine()]
    assert len(set(before)) == 9
    assert before[:2] == sorted(before[:2])  # very frequent ones, by code
    for _ in range(2):
        counter.receive(LAN, WEDDING)
    assert [one.code for one in counter.services.favourites.nine()] == before, "a digit means the same all day"
    counter.at("2026-11-26T08:30:00+07:00")
    assert counter.services.favourites.nine()[0].code == WEDDING
    counter.at("2027-02-26T08:30:00+07:00")
    assert [one.code for one in counter.services.favourites.nine()] == before


def test_the_day_of_certifications_lists_pages_copies_and_fee(counter: Counter) -> None:
    form = IntakeForm("2.000815", LAN, pages=5, copies=3)
    counter.services.intake.accept(form, counter.officer, hand_over_now=True)
    counter.receive(LAN)
    (one,) = counter.services.certifying.today()
    assert (one.number, one.owner, one.pages, one.copies, one.fee_dong) == ("1 BS", LAN.name, 5, 3, 21_000)
    assert one.status == "returned"
    counter.at("2026-11-26T08:30:00+07:00")
    assert counter.services.certifying.today() == ()


def test_papers_of_earlier_dossiers_are_on_file_by_name_and_filled_in_forms_are_not(counter: Counter) -> None:
    counted = (DocumentCount(1, original=1), DocumentCount(2, original=1))
    form = IntakeForm(BIRTH, LAN, documents=counted)
    first = counter.services.intake.accept(form, counter.officer)
    assert {name: paper.code for name, paper in counter.services.people.on_file(LAN.personal_id).items()} == {
        "giay chung sinh": first.code
    }
    counter.at("2026-11-26T08:30:00+07:00")
    second = counter.services.intake.accept(form, counter.officer)
    assert counter.services.people.on_file(LAN.personal_id)["giay chung sinh"].code == second.code
    counter.services.correcting.undo(counter.officer)
    assert counter.services.people.on_file(LAN.personal_id)["giay chung sinh"].code == first.code
    assert counter.services.people.on_file("") == counter.services.people.on_file("022190009999") == {}
