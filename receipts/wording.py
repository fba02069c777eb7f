"""Days, times and numbers as Vietnamese papers write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desk.clock import office_time

if TYPE_CHECKING:  # what a slip does not draw with, its process does not load
    from desk.rules.dossier import Channel, Term
    from desk.rules.people.person import Person

CHANNELS: dict[Channel, str] = {
    "counter": "nộp trực tiếp",
    "online": "nộp trực tuyến",
    "post": "nộp qua dịch vụ bưu chính công ích",
}


def long_day(day: date) -> str:
    """Return a day in words: days below 10 and the months 1 and 2 take a leading zero.

    Source: Nghị định 30/2020/NĐ-CP, phụ lục I, on place and date of a document.

    >>> long_day(date(2026, 2, 5))
    'ngày 05 tháng 02 năm 2026'
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment(instant: datetime) -> str:
    """Return the office's time and day of an instant: "08 giờ 15 phút, ngày 05 tháng 9 năm 2026"."""
    local = office_time(instant)
    return f"{local:%H} giờ {local:%M} phút, {long_day(local.date())}"


def short_moment(instant: datetime) -> str:
    """Return the office's time and day in figures: "08 giờ 15, 05/09/2026"."""
    local = office_time(instant)
    return f"{local:%H} giờ {local:%M}, {local:%d/%m/%Y}"


def long_office_day(instant: datetime) -> str:
    """Return the office's day of an instant in words."""
    return long_day(office_time(instant).date())


def term_words(term: Term) -> str:
    """Return a statutory time as papers say it: "03 ngày làm việc", "0,5 ngày làm việc", "trong ngày".

    The cut-off of `within_day` is said beside it, because it decides which day is meant.
    """
    if term.unit == "within_day":
        hour, _, minute = term.cutoff.partition(":")
        cutoff = f" (nhận sau {hour} giờ {minute} thì trả trong ngày làm việc tiếp theo)" if term.cutoff else ""
        return f"trong ngày làm việc{cutoff}"
    units = {"working_day": "ngày làm việc", "calendar_day": "ngày", "hour": "giờ làm việc"}
    return f"{_number(term.value)} {units[term.unit]}"


def _number(value: float) -> str:
    if value == int(value):
        return f"{int(value):02d}"
    return f"{value:g}".replace(".", ",")


def numbered(person: Person) -> str:
    """Return a person's identifying number with its name, "" where none was given.

    Organisations show their tax code; twelve digits are a personal number, nine an old identity card.
    """
    if person.tax_code and (person.kind != "individual" or not person.personal_id):
        return f"Mã số thuế: {person.tax_code}"
    number = person.personal_id
    if not number:
        return ""
    if number.isdigit():
        return f"Số định danh cá nhân: {number}" if len(number) == 12 else f"Số CMND: {number}"
    return f"Số hộ chiếu: {number}"


def grouped_digits(digits: str) -> str:
    """Return a number in groups of four, for people who type it."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def duration(minutes: int) -> str:
    """Return a stretch of time in words.

    >>> duration(95), duration(120), duration(7)
    ('1 giờ 35 phút', '2 giờ', '7 phút')
    """
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} giờ" if hours else "", f"{rest} phút" if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def code_lines(code: str) -> str:
    """Return a dossier code for a narrow column: broken behind the agency and nowhere else.

    >>> code_lines("H49.35.07-260905-0123")
    'H49.35.07-\\n260905-0123'
    """
    agency, mark, rest = code.partition("-")
    return f"{agency}{mark}\n{rest}" if rest else code
