"""Names as they are kept and as papers write them."""

from __future__ import annotations

import unicodedata

import pytest

from desk.rules.people.names import has_letters, name_of, titled


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("NGUYỄN THỊ LAN", "Nguyễn Thị Lan"),
        ("nguyễn thị lan", "Nguyễn Thị Lan"),
        ("ĐẶNG VĂN Ý", "Đặng Văn Ý"),
        ("Nguyễn thị Lan", "Nguyễn thị Lan"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("Y-BHĂM ÊNUÔL", "Y-Bhăm Ênuôl"),
        ("RONALD McDONALD", "RONALD McDONALD"),
        ("SẰM VÀ", "Sằm Và"),
        ("A", "A"),
        ("ò", "Ò"),
        ("", ""),
        ("123", "123"),
    ],
)
def test_capitals_become_title_case_and_mixed_names_stay(name: str, shown: str) -> None:
    assert titled(name) == shown


def test_a_name_is_kept_in_nfc_with_single_blanks_and_its_own_case() -> None:
    typed = unicodedata.normalize("NFD", "  NGUYỄN  thị\tLan\u200b ")
    assert name_of(typed) == "NGUYỄN thị Lan"


@pytest.mark.parametrize(
    ("name", "has"), [("Ò", True), ("李", True), ("123", False), ("-", False), ("_", False), ("", False)]
)
def test_a_name_has_a_letter(name: str, has: bool) -> None:
    assert has_letters(name) is has
