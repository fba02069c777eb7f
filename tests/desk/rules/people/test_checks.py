"""What does not fit together about a person, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk.errors.base import RuleBroken
from desk.errors.people import (
    BornInFuture,
    BornTooLongAgo,
    DateUnreadable,
    IdentityNumberUnreadable,
    NameMissing,
    NameUnreadable,
    TaxCodeUnreadable,
)
from desk.rules.dossier import IntakeForm
from desk.rules.people.checks import Role, check_people, check_person, cleaned_person, day_of
from desk.rules.people.person import Person

TODAY = date(2026, 10, 8)
LAN = Person(
    name="Nguyễn Thị Lan",
    personal_id="022190000001",
    born_on=date(1990, 5, 15),
    sex="female",
    phone="0912345678",
    email="lan@example.vn",
    address="Tổ 1, phường Móng Cái 2, tỉnh Quảng Ninh",
)
COMPANY = Person(name="Công ty TNHH Biển Xanh", kind="enterprise", tax_code="0100233488")


def ids(person: Person, role: Role = "owner") -> list[str]:
    """Return the names of the warnings about `person`."""
    found = check_person(person, TODAY, role)
    assert all((warning.field, warning.role) == (FIELDS[warning.id], role) for warning in found)
    return [warning.id for warning in found]


FIELDS = {
    "province_unknown": "personal_id",
    "birth_year_contradicts": "born_on",
    "sex_contradicts": "sex",
    "old_number": "personal_id",
    "long_passport": "personal_id",
    "nationality_missing": "nationality",
    "very_old": "born_on",
    "minor_files": "born_on",
    "minor_proxy": "born_on",
    "minor_representative": "born_on",
    "child_alone": "born_on",
    "phone_unreadable": "phone",
    "email_unreadable": "email",
    "tax_check": "tax_code",
    "tax_code_missing": "tax_code",
}


def test_a_person_whose_particulars_agree_gets_no_warning() -> None:
    assert ids(LAN) == []


def test_a_name_alone_is_enough() -> None:
    assert ids(Person(name="Sằm Và")) == []


@pytest.mark.parametrize(
    ("changed", "warnings"),
    [
        ({"born_on": date(1991, 5, 15)}, ["birth_year_contradicts"]),
        ({"sex": "male"}, ["sex_contradicts"]),
        ({"sex": ""}, []),
        ({"born_on": None}, []),
        ({"personal_id": "003190000001"}, ["province_unknown"]),
        ({"personal_id": "122190000001"}, []),
        ({"personal_id": "022395000001", "born_on": None}, ["birth_year_contradicts"]),
        ({"personal_id": "022326000001", "born_on": None}, []),
        ({"personal_id": "022327000001", "born_on": None}, ["birth_year_contradicts"]),
        ({"personal_id": "123456789"}, ["old_number"]),
        ({"personal_id": "123456789", "nationality": "Việt Nam"}, ["old_number"]),
        ({"personal_id": "123456789", "nationality": "Vietnam"}, ["old_number"]),
        ({"personal_id": "123456789", "nationality": "VN"}, ["old_number"]),
        ({"personal_id": "123456789", "nationality": "VNM"}, ["old_number"]),
        ({"personal_id": "123456789", "nationality": "Hoa Kỳ"}, []),
        ({"personal_id": "B1234567"}, []),
        ({"personal_id": "E12345678"}, ["nationality_missing"]),
        ({"personal_id": "E12345678", "nationality": "Trung Quốc"}, []),
        ({"personal_id": "E123456789", "nationality": "Trung Quốc"}, ["long_passport"]),
        ({"personal_id": "", "born_on": date(1916, 10, 8)}, []),
        ({"personal_id": "", "born_on": date(1915, 10, 8)}, ["very_old"]),
        ({"phone": "0912"}, ["phone_unreadable"]),
        ({"phone": ""}, []),
        ({"email": "lan@example"}, ["email_unreadable"]),
        ({"email": "lan @example.vn"}, ["email_unreadable"]),
        ({"email": ""}, []),
    ],
)
def test_what_does_not_fit_is_warned_of_and_nothing_else(changed: dict[str, object], warnings: list[str]) -> None:
    assert ids(replace(LAN, **changed)) == warnings  # type: ignore[arg-type]  # one row of the table


@pytest.mark.parametrize(
    ("person", "warnings"),
    [
        (COMPANY, []),
        (replace(COMPANY, tax_code=""), ["tax_code_missing"]),
        (replace(COMPANY, tax_code="0100233489"), ["tax_check"]),
        (replace(COMPANY, kind="organisation", tax_code=""), []),
        (Person(name="Tạp hóa Lan", kind="household_business", tax_code="022190000001"), []),
    ],
)
def test_an_organisation_is_known_by_its_tax_code(person: Person, warnings: list[str]) -> None:
    assert ids(person) == warnings


@pytest.mark.parametrize(
    ("role", "born", "warnings"),
    [
        ("submitter", date(2011, 10, 9), ["minor_files"]),
        ("submitter", date(2011, 10, 8), []),
        ("proxy", date(2008, 10, 9), ["minor_proxy"]),
        ("proxy", date(2008, 10, 8), []),
        ("representative", date(2008, 10, 9), ["minor_representative"]),
        ("representative", date(2008, 10, 8), []),
        ("owner", date(2020, 1, 1), []),
        ("receiver", date(2020, 1, 1), []),
    ],
)
def test_who_acts_for_himself_or_others_is_old_enough(role: Role, born: date, warnings: list[str]) -> None:
    assert ids(Person(name="Nguyễn Văn Bé", born_on=born), role) == warnings


@pytest.mark.parametrize(
    ("person", "error"),
    [
        (replace(LAN, name=""), NameMissing),
        (replace(LAN, name="123"), NameUnreadable),
        (replace(LAN, name="A" * 201), NameUnreadable),
        (replace(LAN, personal_id="02219000000"), IdentityNumberUnreadable),
        (replace(LAN, born_on=date(2026, 10, 9)), BornInFuture),
        (replace(LAN, born_on=date(1849, 12, 31)), BornTooLongAgo),
        (replace(COMPANY, tax_code="12345"), TaxCodeUnreadable),
    ],
)
def test_the_impossible_is_refused(person: Person, error: type[RuleBroken]) -> None:
    with pytest.raises(error):
        check_person(person, TODAY)


def test_the_earliest_birth_is_of_1850() -> None:
    assert ids(replace(LAN, personal_id="", born_on=date(1850, 1, 1))) == ["very_old"]


def test_an_owner_is_meant_where_nobody_else_is_named() -> None:
    assert [warning.role for warning in check_person(replace(LAN, sex="male"), TODAY)] == ["owner"]
    assert check_people(IntakeForm("1", Person("Bé", born_on=TODAY)), TODAY)[0].role == "owner"


def test_a_newborn_of_today_without_a_number_is_accepted() -> None:
    assert ids(Person(name="Nguyễn Văn Bé", born_on=TODAY)) == []


def test_the_longest_name_is_accepted() -> None:
    assert ids(Person(name="A" * 200)) == []


def test_all_people_of_an_intake_are_looked_at() -> None:
    form = IntakeForm(
        procedure="1.001193",
        owner=replace(LAN, sex="male"),
        submitter=replace(LAN, phone="1"),
        proxy=Person(name="Trần Văn Nam", born_on=date(2010, 1, 1)),
    )
    found = check_people(form, TODAY)
    assert [(warning.id, warning.role, warning.field) for warning in found] == [
        ("sex_contradicts", "owner", "sex"),
        ("phone_unreadable", "submitter", "phone"),
        ("minor_proxy", "proxy", "born_on"),
    ]


def test_a_child_needs_somebody_who_files() -> None:
    child = Person(name="Nguyễn Văn Bé", born_on=date(2020, 1, 1))
    alone = IntakeForm(procedure="1.001193", owner=child)
    assert [warning.id for warning in check_people(alone, TODAY)] == ["child_alone"]
    assert check_people(replace(alone, submitter=LAN), TODAY) == ()
    assert check_people(replace(alone, proxy=LAN), TODAY) == ()
    assert check_people(replace(alone, representative=LAN), TODAY) == ()
    young = replace(alone, representative=replace(child, born_on=date(2010, 1, 1)))
    assert [(one.id, one.role) for one in check_people(young, TODAY)] == [("minor_representative", "representative")]


def test_a_person_is_stored_cleaned_and_in_one_spelling() -> None:
    typed = Person(
        name=" NGUYỄN  THỊ LAN",
        personal_id="022 190 000 001",
        phone="+84 912.345.678",
        email=" lan@example.vn ",
        address="Tổ 1,\tphường Móng Cái 2",
        tax_code="0100233488001",
        nationality="Việt Nam ",
    )
    assert cleaned_person(typed) == Person(
        name="NGUYỄN THỊ LAN",
        personal_id="022190000001",
        phone="0912345678",
        email="lan@example.vn",
        address="Tổ 1, phường Móng Cái 2",
        tax_code="0100233488-001",
        nationality="Việt Nam",
    )


def test_what_cannot_be_read_stays_as_typed() -> None:
    stored = cleaned_person(Person(name="Lan", phone="hỏi cháu\x1b", tax_code="không"))
    assert (stored.phone, stored.tax_code) == ("hỏi cháu", "không")


@pytest.mark.parametrize(
    "text",
    ["15/05/1990", "15/5/1990", "15-05-1990", "15.5.1990", "15 5 1990", "15051990", "1990-05-15", " 15/05/1990 "],
)
def test_a_day_is_read_in_all_usual_spellings(text: str) -> None:
    assert day_of(text) == date(1990, 5, 15)


@pytest.mark.parametrize(
    "text", ["", "1990", "31/02/1990", "1990-13-01", "15/05/90", "1505199", "hôm qua", "00/00/0000"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(DateUnreadable):
        day_of(text)
