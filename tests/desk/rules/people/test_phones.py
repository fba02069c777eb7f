"""Phone numbers: all spellings, one stored form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.people.phones import phone_of, phone_shown


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "(091) 234 5678",
        "+84912345678",
        "+84 912 345 678",
        "84912345678",
        "0084912345678",
        "(+84) 0912345678",
        "+84 (0) 912 345 678",
        " 0912345678\u00a0",
    ],
)
def test_every_spelling_of_a_mobile_number_is_stored_alike(text: str) -> None:
    assert phone_of(text) == "0912345678"


@pytest.mark.parametrize("text", ["02033881234", "0203 3881 234", "(0203) 3.881.234", "+842033881234", "842033881234"])
def test_every_spelling_of_a_quang_ninh_landline_is_stored_alike(text: str) -> None:
    assert phone_of(text) == "02033881234"


@pytest.mark.parametrize(
    ("old", "new"),
    [  # the operators' table of prefixes of September 2018 (Mobifone, Vinaphone, Viettel, Vietnamobile, Gmobile)
        ("0120", "070"), ("0121", "079"), ("0122", "077"), ("0126", "076"), ("0128", "078"),
        ("0123", "083"), ("0124", "084"), ("0125", "085"), ("0127", "081"), ("0129", "082"),
        ("0162", "032"), ("0163", "033"), ("0164", "034"), ("0165", "035"), ("0166", "036"),
        ("0167", "037"), ("0168", "038"), ("0169", "039"),
        ("0186", "056"), ("0188", "058"), ("0199", "059"),
    ],
)  # fmt: skip
def test_a_mobile_number_from_before_2018_gets_todays_prefix(old: str, new: str) -> None:
    assert phone_of(f"{old} 123 4567") == f"{new}1234567"
    assert phone_of(f"+84{old[1:]}1234567") == f"{new}1234567"


@pytest.mark.parametrize(
    ("text", "stored"), [("+86 138 1234 5678", "+8613812345678"), ("0086 13812345678", "+8613812345678")]
)
def test_a_foreign_number_keeps_its_country(text: str, stored: str) -> None:
    assert phone_of(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "không có",
        "091234567",
        "09123456789",
        "0412345678",
        "0203388123",
        "01111234567",
        "+84",
        "+12345",
        "8491234567",
        "0912345678 0912345679",
        "٠٩١٢٣٤٥٦٧٨",
        "+0912345678",
        "000912345678",
    ],
)
def test_other_texts_are_no_phone(text: str) -> None:
    assert phone_of(text) is None


@given(st.from_regex(r"0[35789][0-9]{8}|02[0-9]{9}|\+86[1-9][0-9]{9,10}", fullmatch=True))
def test_a_stored_number_stays_as_it_is(number: str) -> None:
    assert phone_of(number) == number
    assert phone_of(phone_shown(number)) == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0912345678", "0912 345 678"),
        ("02033881234", "0203 3881 234"),
        ("02438812345", "024 3881 2345"),
        ("02838812345", "028 3881 2345"),
        ("+8613812345678", "+8613812345678"),
    ],
)
def test_a_number_is_shown_in_groups(number: str, shown: str) -> None:
    assert phone_shown(number) == shown
