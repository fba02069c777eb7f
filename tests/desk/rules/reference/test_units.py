"""Units have ids of their own and days of validity; an old name finds the unit of today."""

from __future__ import annotations

from datetime import date

import pytest

from desk.errors.reference import ReferenceFaulty
from desk.rules.reference.units import parse_units, search_units, unit_by_code
from desk.words import told
from sample_data.shipped import shipped_text

COLUMNS = "id,kind,code,name_vi,successors,valid_from,valid_to"
TODAY = date(2026, 11, 25)
UNITS = parse_units(shipped_text("units"))


def _found(words: str) -> list[str]:
    return [found.unit.name_vi for found in search_units(UNITS, words, TODAY)]


def _faults(*rows: str) -> str:
    with pytest.raises(ReferenceFaulty) as raised:
        parse_units("\n".join((COLUMNS, *rows)))
    return told(raised.value).message.partition(": ")[2]


def test_a_code_that_was_used_again_means_another_unit_before_july_2025() -> None:
    then, now = unit_by_code(UNITS, "06709", date(2025, 6, 30)), unit_by_code(UNITS, "06709", date(2025, 7, 1))
    assert then is not None and now is not None
    assert (then.name_vi, now.name_vi) == ("Phường Ka Long", "Phường Móng Cái 2")
    assert then.id != now.id
    assert unit_by_code(UNITS, "99999", TODAY) is None


def test_an_old_name_finds_the_unit_it_went_into_and_says_so() -> None:
    (found,) = search_units(UNITS, "ka long", TODAY)
    assert found.unit.name_vi == "Phường Móng Cái 2"
    assert found.former is not None
    assert found.former.name_vi == "Phường Ka Long"


def test_an_old_unit_that_was_split_finds_all_its_successors() -> None:
    assert sorted(_found("Trưng Vương")) == ["Phường Uông Bí", "Phường Vàng Danh"]


def test_a_name_of_today_comes_before_the_same_name_of_then() -> None:
    assert _found("hạ long")[0] == "Phường Hạ Long"
    assert "Đặc khu Vân Đồn" in _found("hạ long")
    first = search_units(UNITS, "hạ long", TODAY)[0]
    assert first.former is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("mong cai 2", "Phường Móng Cái 2"),
        ("PHƯỜNG MÓNG CÁI 2", "Phường Móng Cái 2"),
        ("06709", "Phường Móng Cái 2"),
        ("cai chien", "Xã Cái Chiên"),
        ("so tu phap", "Sở Tư pháp"),
        ("so-tu-phap", "Sở Tư pháp"),
        ("cơ quan thuế", "Thuế tỉnh Quảng Ninh"),
        ("công an phường", "Công an cấp xã"),
        ("dat dai", "Văn phòng Đăng ký đất đai tỉnh Quảng Ninh và các chi nhánh"),
    ],
)
def test_a_unit_is_found_by_what_people_call_it(words: str, name: str) -> None:
    assert _found(words)[0] == name


def test_a_body_that_has_ended_is_not_found_and_nothing_is_found_for_nothing() -> None:
    assert "Chi nhánh Trung tâm Phục vụ hành chính công tại Móng Cái" not in _found("chi nhanh")
    assert search_units(UNITS, "  ", TODAY) == ()
    assert search_units(UNITS, "không có", TODAY) == ()


def test_one_code_belongs_to_one_unit_on_one_day() -> None:
    said = _faults("a,commune_unit,06709,A,,2025-07-01,", "b,commune_unit,06709,B,,2025-12-01,")
    assert said == "line 3: the code 06709 belongs to the unit of line 2 at the same time."
    one_after_the_other = f"{COLUMNS}\na,commune_unit,06709,A,,,2025-06-30\nb,commune_unit,06709,B,,2025-07-01,\n"
    assert len(parse_units(one_after_the_other)) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A B,center,,A,,,", "line 2: A B is no id: small letters, digits and hyphens."),
        ("a,commune_unit,6709,A,,,", "line 2: 6709 is not a statistical code of five digits."),
        ("a,center,,A,,2025-07-01,2025-06-30", "line 2: the unit ends before it begins."),
        ("a,former_unit,06709,A,,,2025-06-30", "line 2: a former unit needs its last day and its successors."),
        ("a,former_unit,06709,A,b,,2025-06-30", "line 2: there is no unit b."),
        ("a,center,,A,,soon,", "line 2: valid_from is not a day: soon."),
    ],
)
def test_a_faulty_unit_is_named_with_its_line(row: str, said: str) -> None:
    assert _faults(row) == said


def test_an_id_stands_only_once() -> None:
    assert _faults("a,center,,A,,,", "a,center,,B,,,") == "line 3: id stands on line 2 already."
