"""A procedure is found by what the citizen in front of the desk calls it."""

from __future__ import annotations

import pytest

from desk.rules.reference.catalogue import parse_catalogue
from desk.rules.reference.search import search_procedures
from sample_data.shipped import shipped_text

CATALOGUE = parse_catalogue(shipped_text("catalogue"))


def _found(words: str) -> list[str]:
    return [procedure.alias for procedure in search_procedures(CATALOGUE, words)]


@pytest.mark.parametrize(
    ("words", "alias"),
    [
        ("khai sinh", "Khai sinh"),
        ("KHAI SINH", "Khai sinh"),
        ("khai si", "Khai sinh"),
        ("ks", "Khai sinh"),
        ("dktt", "Đăng ký tạm trú"),
        ("đăng ký tạm trú", "Đăng ký tạm trú"),
        ("sổ đỏ", "GCN đất lần đầu: cá nhân"),
        ("so do", "GCN đất lần đầu: cá nhân"),
        ("sang tên", "Đăng ký biến động đất đai"),
        ("mua ban dat", "Đăng ký biến động đất đai"),
        ("sao y", "Bản sao từ bản chính"),
        ("cong chung", "Bản sao từ bản chính"),
        ("độc thân", "Xác nhận độc thân"),
        ("tình trạng hôn nhân", "Xác nhận độc thân"),
        ("tthn", "Xác nhận độc thân"),
        ("nhập khẩu", "Đăng ký thường trú"),
        ("mất sổ đỏ", "Cấp lại GCN đất bị mất"),
        ("chứng minh thư", "Căn cước từ đủ 14 tuổi"),
        ("bhxh", "BHXH một lần"),
        ("khoan giếng", "Khai thác nước dưới đất"),
        ("1.001193", "Khai sinh"),
        ("1001193", "Khai sinh"),
        ("001193", "Khai sinh"),
        ("trích lục kh", "Bản sao trích lục hộ tịch"),
        ("cai chinh", "Thay đổi, cải chính hộ tịch"),
        ("xây nhà", "Giấy phép xây dựng mới"),
        ("hiến đất", "Tặng đất cho Nhà nước"),
        ("sinh khai", "Khai sinh"),
    ],
)
def test_everyday_words_beginnings_and_first_letters_find_the_procedure_first(words: str, alias: str) -> None:
    assert _found(words)[0] == alias


def test_among_equals_the_more_frequent_comes_first() -> None:
    assert _found("cải chính")[:2] == ["Thay đổi, cải chính hộ tịch", "Cải chính hộ tịch nước ngoài"]
    often = [one for one in CATALOGUE if one.expected_frequency == "very_high"]
    often.sort(key=lambda one: (len(one.alias), one.code))
    assert _found("")[: len(often)] == [one.alias for one in often]


def test_no_words_show_everything_and_unknown_words_nothing() -> None:
    assert len(_found("")) == len(CATALOGUE)
    assert _found("tàu vũ trụ") == []
    assert _found("...") == []


def test_the_official_name_and_the_field_are_found_too() -> None:
    assert _found("cộng tác viên dịch thuật") == ["Chữ ký người dịch (CTV)", "Chữ ký người dịch (tự do)"]
    assert "Đất kết hợp đa mục đích" in _found("đất đai")
