"""Days, times and numbers as papers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desk.rules.dossier import Term
from desk.rules.people.person import Person
from receipts.wording import grouped_digits, long_day, moment, numbered, short_moment, term_words


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 9, 5), "ngày 05 tháng 9 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_below_10_and_months_1_and_2_take_a_zero(day: date, said: str) -> None:
    assert long_day(day) == said


def test_half_past_midnight_counts_as_the_new_office_day() -> None:
    instant = datetime(2026, 9, 4, 17, 30, tzinfo=UTC)
    assert moment(instant) == "00 giờ 30 phút, ngày 05 tháng 9 năm 2026"
    assert short_moment(instant) == "00 giờ 30, 05/09/2026"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (Term(3, "working_day"), "03 ngày làm việc"),
        (Term(0.5, "working_day"), "0,5 ngày làm việc"),
        (Term(20, "calendar_day"), "20 ngày"),
        (Term(4, "hour"), "04 giờ làm việc"),
        (Term(1, "within_day"), "trong ngày làm việc"),
        (
            Term(1, "within_day", "15:00"),
            "trong ngày làm việc (nhận sau 15 giờ 00 thì trả trong ngày làm việc tiếp theo)",
        ),
    ],
)
def test_statutory_times_in_words(term: Term, said: str) -> None:
    assert term_words(term) == said


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (Person("A", personal_id="022190000001"), "Số định danh cá nhân: 022190000001"),
        (Person("A", personal_id="101234567"), "Số CMND: 101234567"),
        (Person("Li Wei", personal_id="E12345678"), "Số hộ chiếu: E12345678"),
        (Person("Công ty", kind="enterprise", tax_code="5700100256"), "Mã số thuế: 5700100256"),
        (Person("A", personal_id="022190000001", tax_code="1"), "Số định danh cá nhân: 022190000001"),
        (Person("A"), ""),
    ],
)
def test_a_number_is_named_for_what_it_is(person: Person, said: str) -> None:
    assert numbered(person) == said


def test_digits_stand_in_groups_of_four() -> None:
    assert grouped_digits("1234567890") == "1234 5678 90"
