"""Dossier codes of every form, and the check digits of codes and of plain numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors.rule import AgencyCodeUnreadable, CheckDigitsWrong, CodeUnreadable
from desk.rules.codes import (
    DossierCode,
    check_agency,
    check_digits,
    code_readings,
    has_right_check,
    make_code,
    make_provisional,
    parse_code,
    split_check,
    with_check,
)

DAY = date(2026, 10, 8)
AGENCIES = st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2}){0,4}|000\.00\.[0-9]{2}\.H49|TH", fullmatch=True)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("H15.50.05.13-261008-0975", DossierCode("H15.50.05.13", DAY, 975)),  # domain 3, a province's form
        ("H49-261008-0001", DossierCode("H49", DAY, 1)),
        ("H49.35-261008-1800123", DossierCode("H49.35", DAY, 1_800_123, 7)),  # a ministry's: 18 = Health
        ("H49.35-261008-09012", DossierCode("H49.35", DAY, 9012, 5)),
        ("000.00.07.H49-261008-0003", DossierCode("000.00.07.H49", DAY, 3)),  # the old form
        ("T.H49.35-261008-0000001", DossierCode("H49.35", DAY, 1, 7, provisional=True)),
        ("TH-261008-0001", DossierCode("TH", DAY, 1)),  # practice
    ],
)
def test_codes_of_every_form_are_read_and_written_back(text: str, parts: DossierCode) -> None:
    assert parse_code(text) == parts
    assert str(parts) == text


@pytest.mark.parametrize("dash", ["\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"])
def test_a_code_is_read_with_any_dash_a_word_processor_makes(dash: str) -> None:
    assert str(parse_code(f"H49.35{dash}261008{dash}0003")) == "H49.35-261008-0003"


def test_every_letter_counts_in_the_check_digits() -> None:
    # A = 10 ... Z = 35: the rest of the number written out, taken from 98.
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        written = f"{ord(letter) - 55}492610080001" + "00"
        assert check_digits(f"{letter}49-261008-0001") == f"{98 - int(written) % 97:02d}"


def test_a_code_is_read_however_it_was_typed() -> None:
    assert str(parse_code("  h49.35\u2013261008\u20130003 ")) == "H49.35-261008-0003"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H49.35",
        "H49.35-261008-003",
        "H49.35-261008-00000003",
        "H49.35-260230-0003",
        "H49.35-261308-0003",
        "H49..35-261008-0003",
        ".H49-261008-0003",
        "H49.35-261008-0003\n42x",
        "Đ49.35-261008-0003",
        "H49.35-\u0662\u0666\u0661\u0660\u0660\u0668-0003",
    ],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(CodeUnreadable):
        parse_code(text)


def test_a_made_code_carries_agency_day_and_four_digits() -> None:
    assert make_code("H49.35", DAY, 3) == "H49.35-261008-0003"
    assert make_code("H49.35", DAY, 1_800_123, digits=7) == "H49.35-261008-1800123"
    assert make_provisional("H49.35", DAY, 100_001) == "T.H49.35-261008-0100001"


@pytest.mark.parametrize(
    ("day", "serial", "digits"),
    [
        (DAY, 0, 4),
        (DAY, 10_000, 4),
        (DAY, 1, 3),
        (DAY, 1, 8),
        (date(1999, 12, 31), 1, 4),
        (date(2100, 1, 1), 1, 4),
    ],
)
def test_a_code_that_could_not_be_read_back_is_never_made(day: date, serial: int, digits: int) -> None:
    with pytest.raises(ValueError, match="no code"):
        make_code("H49.35", day, serial, digits=digits)


@pytest.mark.parametrize("agency", ["", "H49-35", "H49..35", "T.H49", "H 49", "H49."])
def test_an_agency_that_no_code_could_carry_is_refused(agency: str) -> None:
    with pytest.raises(AgencyCodeUnreadable):
        make_code(agency, DAY, 1)


def test_an_agency_code_is_taken_in_small_letters() -> None:
    assert check_agency(" h49.35 ") == "H49.35"


# ISO/IEC 7064: 794 gives 44; the IBAN GB82 WEST 1234 5698 7654 32 (check digits 82) uses the same system.
@pytest.mark.parametrize(("code", "check"), [("794", "44"), ("WEST12345698765432GB", "82")])
def test_check_digits_agree_with_published_examples(code: str, check: str) -> None:
    assert check_digits(code) == check


def test_check_digits_of_a_code_by_hand() -> None:
    # H = 17; 17493526100 80003 00 mod 97, the rest taken from 98.
    assert check_digits("H49.35-261008-0003") == f"{98 - 174935261008000300 % 97:02d}"


@pytest.mark.parametrize("typed", ["{c} {k}", "{c}-{k}", "{c} ({k})", "{c}/{k}", "{c}  {k}", "{c}"])
def test_a_code_is_accepted_with_or_without_its_check_digits(typed: str) -> None:
    code = "H49.35-261008-0003"
    assert split_check(typed.format(c=code, k=check_digits(code))) == code


def test_wrong_check_digits_are_refused_with_both_named() -> None:
    wrong = f"{(int(check_digits('H49.35-261008-0003')) + 1) % 97:02d}"
    with pytest.raises(CheckDigitsWrong) as refused:
        split_check(f"H49.35-261008-0003 {wrong}")
    assert refused.value.facts == {"code_typed": "H49.35-261008-0003", "check": wrong}


def test_a_six_digit_serial_without_check_digits_has_one_reading() -> None:
    code = "H49.35-261008-000342"
    assert check_digits("H49.35-261008-0003") != "42"
    assert code_readings(code) == (code,)
    assert code_readings("H49.35-261008-18001") == ("H49.35-261008-18001",)


def test_what_may_be_no_agency_is_refused_at_the_door() -> None:
    for agency in ("", "H49-35", "t.H49"):
        with pytest.raises(AgencyCodeUnreadable):
            check_agency(agency)


def test_check_digits_typed_without_a_gap_give_both_readings() -> None:
    code = "H49.35-261008-0003"
    assert code_readings(code + check_digits(code)) == (code + check_digits(code), code)
    assert code_readings(code) == (code,)
    assert code_readings(f"{code} {check_digits(code)}") == (code,)
    assert code_readings("nguyen van a") == ()
    assert code_readings(f"{code} 99") == ()


@given(AGENCIES, DAYS, st.integers(1, 9999), st.booleans())
def test_every_made_code_is_read_back_with_its_check_digits(
    agency: str, day: date, serial: int, provisional: bool
) -> None:
    code = make_code(agency, day, serial, provisional=provisional)
    assert parse_code(code) == DossierCode(agency, day, serial, 4, provisional)
    assert split_check(f"{code} {check_digits(code)}") == code


@given(AGENCIES, DAYS, st.integers(1, 9999), st.data())
def test_one_mistyped_digit_is_always_noticed(agency: str, day: date, serial: int, data: st.DataObject) -> None:
    code = make_code(agency, day, serial)
    places = [place for place, sign in enumerate(code) if sign.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != code[place]]))
    assert check_digits(code[:place] + other + code[place + 1 :]) != check_digits(code)


@given(st.integers(0, 10**234))
def test_a_number_with_its_check_digits_leaves_one_mod_97(number: int) -> None:
    whole = with_check(str(number))
    assert int(whole) % 97 == 1
    assert has_right_check(whole)


@given(st.text("0123456789", min_size=1, max_size=240), st.integers(0, 99))
def test_only_one_pair_of_check_digits_is_right(digits: str, check: int) -> None:
    assert has_right_check(f"{digits}{check:02d}") == (with_check(digits) == f"{digits}{check:02d}")


@pytest.mark.parametrize("text", ["", "1", "42", "98", "12a", "\u0661\u0662\u0663", "-123", "1 2 3"])
def test_what_is_no_number_has_no_right_check(text: str) -> None:
    assert not has_right_check(text)


@pytest.mark.parametrize("text", ["", "12a", "\u0661\u0662\u0663", "-1"])
def test_check_digits_of_no_number_are_a_programmers_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not a run of digits$"):
        with_check(text)


@pytest.mark.parametrize(("year", "fits"), [(1999, False), (2000, True), (2099, True), (2100, False)])
def test_a_code_has_room_for_the_years_2000_to_2099(year: int, fits: bool) -> None:
    day = date(year, 12, 31)
    if fits:
        assert make_code("H49.35", day, 1).endswith("-0001")
    else:
        with pytest.raises(ValueError, match="no code has serial 1 in 4 digits on"):
            make_code("H49.35", day, 1)
