"""Personal numbers, old numbers, passports, tax codes and ages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.people.numbers import (
    PROVINCES,
    PersonalNumber,
    age_on,
    bare_number,
    has_tax_check,
    identity_kind,
    personal_number,
    tax_code_of,
)


@pytest.mark.parametrize(
    ("number", "place", "year", "sex"),
    [  # domain, 6: three digits of place, one of century and sex, two of the year of birth, six random
        ("022090000001", "022", 1990, "male"),
        ("022190000001", "022", 1990, "female"),
        ("022205000001", "022", 2005, "male"),
        ("022305000001", "022", 2005, "female"),
        ("001401000001", "001", 2101, "male"),
        ("001501000001", "001", 2101, "female"),
        ("096600000001", "096", 2200, "male"),
        ("096700000001", "096", 2200, "female"),
        ("096800000001", "096", 2300, "male"),
        ("096999000001", "096", 2399, "female"),
    ],
)
def test_a_personal_number_says_place_year_and_sex(number: str, place: str, year: int, sex: str) -> None:
    said = personal_number(number)
    assert said is not None
    assert (said.place, said.birth_year, said.sex) == (place, year, sex)


def test_a_place_from_100_on_is_a_country() -> None:
    abroad = PersonalNumber("122", 1990, "male")
    assert abroad.born_abroad
    assert abroad.place_known


def test_countries_begin_at_100() -> None:
    assert PersonalNumber("100", 1990, "male").born_abroad
    assert not PersonalNumber("099", 1990, "male").born_abroad


@pytest.mark.parametrize(
    ("place", "known"), [("001", True), ("096", True), ("022", True), ("003", False), ("099", False), ("000", False)]
)
def test_a_place_below_100_is_one_of_the_provinces(place: str, known: bool) -> None:
    said = PersonalNumber(place, 1990, "male")
    assert (said.place_known, said.born_abroad) == (known, False)


def test_there_were_63_provinces() -> None:
    """Thông tư 07/2016/TT-BCA, annex 1: 63 codes; their sum stands for the whole list."""
    assert len(PROVINCES) == 63
    assert sum(map(int, PROVINCES)) == 3108


@pytest.mark.parametrize("text", ["", "02219000000", "0221900000011", "02219000000A", "٠٢٢١٩٠٠٠٠٠٠١"])
def test_other_texts_are_no_personal_number(text: str) -> None:
    assert personal_number(text) is None


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("022190000001", "personal_number"),
        ("123456789", "old_number"),
        ("B1234567", "vietnamese_passport"),
        ("E12345678", "foreign_passport"),
        ("EA1234567", "foreign_passport"),
        ("12345A", "foreign_passport"),
        ("A123456789012345678B", "foreign_passport"),
        ("AB123", "foreign_passport"),
        ("NGUYENTHILAN", None),  # a name typed in the number's field
        ("A123", None),
        ("A1234567890123456789B", None),
        ("12345678", None),
        ("1234567890", None),
        ("02219000000", None),
        ("0221900000011", None),
        ("", None),
        ("Ñ1234567", None),
    ],
)
def test_the_form_of_a_number_tells_its_paper(number: str, kind: str | None) -> None:
    assert identity_kind(number) == kind


def test_a_number_is_stored_bare() -> None:
    assert bare_number(" 022.190-000 001 ") == "022190000001"
    assert bare_number("b1234567") == "B1234567"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("0100233488", "0100233488"),
        ("0100 233 488", "0100233488"),
        ("0100233488-001", "0100233488-001"),
        ("0100233488001", "0100233488-001"),
        ("022190000001", "022190000001"),
        ("0100233488-000", None),
        ("010023348", None),
        ("01002334881", None),
        ("", None),
        ("010023348A", None),
    ],
)
def test_a_tax_code_has_10_or_13_digits_or_is_a_personal_number(text: str, stored: str | None) -> None:
    assert tax_code_of(text) == stored


@pytest.mark.parametrize(
    ("code", "right"),
    [  # python-stdnum, vn.mst: the example of its documentation
        ("0100233488", True),
        ("0100233488-001", True),
        ("0100112437", True),  # large companies and banks: published on their own papers
        ("0300588569", True),
        ("0101248141", True),
        ("0100109106", True),
        ("0900189284", True),
        ("0101245486", True),
        ("5700100256", True),
        ("0100233480", False),
        ("0100233489", False),
        ("022190000001", True),
    ],
)
def test_the_tenth_digit_of_a_tax_code_is_a_check_digit(code: str, right: bool) -> None:
    assert has_tax_check(code) is right


@pytest.mark.parametrize(
    ("nine", "tenth"),
    [  # each weight alone: ten less the weight, modulo 11
        ("100000000", 1), ("010000000", 3), ("001000000", 9), ("000100000", 2), ("000010000", 4),
        ("000001000", 8), ("000000100", 3), ("000000010", 5), ("000000001", 7),
    ],
)  # fmt: skip
def test_each_digit_of_a_tax_code_has_its_weight(nine: str, tenth: int) -> None:
    assert [digit for digit in range(10) if has_tax_check(f"{nine}{digit}")] == [tenth]


def test_the_check_digit_says_true_or_false() -> None:
    assert has_tax_check("022190000001") is True


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_at_most_one_tenth_digit_fits(nine: str) -> None:
    assert sum(has_tax_check(nine + digit) for digit in "0123456789") <= 1


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 5, 15), date(2026, 5, 14), 15),
        (date(2010, 5, 15), date(2026, 5, 15), 16),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_a_year_of_age_is_complete_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
