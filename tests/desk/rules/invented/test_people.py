"""Invented people look right to every rule and are nobody."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from desk.rules.cards import card_of, person_of
from desk.rules.invented.names import invented_name
from desk.rules.invented.people import Population, card_text, place_name
from desk.rules.people.checks import check_person, cleaned_person
from desk.rules.people.numbers import age_on, has_tax_check, personal_number
from desk.rules.people.person import Person
from desk.rules.people.phones import phone_of
from tests.desk.rules.invented.place import the_place

DAY = date(2026, 11, 25)
UNITS = {unit.id: unit for unit in the_place().units}
WARDS = [unit for unit in UNITS.values() if unit.kind == "commune_unit"]


def _population(seed: int = 5, home: str = "06709") -> Population:
    return Population(Random(seed), UNITS[home], WARDS)


def test_numbers_fit_birth_date_and_sex_and_belong_to_nobody() -> None:
    population = _population()
    people = [population.grown_up(DAY) for _nth in range(500)]
    assert len({person.personal_id for person in people}) == 500
    for person in people:
        assert check_person(person, DAY) == ()
        assert cleaned_person(person) == person
        said = personal_number(person.personal_id)
        assert said is not None and person.born_on is not None
        assert (said.place, said.sex, said.birth_year) == ("022", person.sex, person.born_on.year)
        assert int(person.personal_id[6:]) >= 980_000
        assert 16 <= age_on(person.born_on, DAY) <= 93


def test_phones_have_the_form_of_one_and_no_operator() -> None:
    people = [_population(seed).grown_up(DAY) for seed in range(100)]
    phones = [person.phone for person in people if person.phone]
    assert all(phone_of(phone) == phone and phone[:3] in ("050", "051", "054") for phone in phones)
    assert 80 < len(phones) < 100


def test_addresses_lie_in_real_wards_and_communes_of_today() -> None:
    population = _population()
    addresses = [population.grown_up(DAY).address for _nth in range(300)]
    places = {place_name(unit) for unit in WARDS}
    assert all(address.split(", ")[-2] in places for address in addresses)
    assert all(address.endswith("tỉnh Quảng Ninh") for address in addresses)
    assert sum("phường Móng Cái 2" in address for address in addresses) > 150


def test_in_the_mountains_people_of_many_peoples_come() -> None:
    town = {invented_name(Random(seed), "female", in_town=True).split()[0] for seed in range(200)}
    country = [invented_name(Random(seed), "female", in_town=False).split()[0] for seed in range(200)]
    assert "Nguyễn" in town
    assert {"Chíu", "Tằng"} & set(country)
    assert invented_name(Random(1), "male", in_town=False, named_as="dao").split()[0] in {
        *("Triệu", "Bàn", "Đặng", "Lý", "Chíu", "Phùn", "Tằng", "Chìu", "Dương", "Trương")
    }


def test_a_newborn_has_the_familys_name_and_no_number_yet() -> None:
    population = _population()
    parent = population.visitor(DAY)
    child = population.child_of(parent, DAY, 60)
    assert child.personal_id == ""
    assert child.born_on is not None and 0 < (DAY - child.born_on).days < 60
    assert child.name.split()[0] == parent.name.split()[0]
    assert child.address == parent.address


def test_organisations_and_people_from_abroad_pass_the_checks() -> None:
    population = _population()
    enterprises = [population.enterprise() for _nth in range(50)]
    assert all(has_tax_check(one.tax_code) and check_person(one, DAY) == () for one in enterprises)
    household = population.household_of(population.grown_up(DAY))
    assert household.kind == "household_business"
    assert check_person(household, DAY) == ()
    assert check_person(population.from_abroad(DAY), DAY) == ()


def test_some_visitors_come_again() -> None:
    population = _population()
    visitors = [population.visitor(DAY).personal_id for _nth in range(300)]
    assert 200 < len(set(visitors)) < 300


def test_the_card_of_an_invented_person_is_read_back_by_the_scanner_rule() -> None:
    person = _population().grown_up(DAY)
    card = card_of(card_text(person, date(2022, 3, 1), "101234567"))
    assert card is not None
    assert person_of(card) == Person(
        name=person.name,
        personal_id=person.personal_id,
        born_on=person.born_on,
        sex=person.sex,
        address=person.address,
    )
    assert (card.issued_on, card.old_id, card.doubts) == (date(2022, 3, 1), "101234567", ())


def test_who_has_no_number_has_no_card() -> None:
    with pytest.raises(ValueError, match="no card"):
        card_text(Person(name="Bé An"), DAY)
