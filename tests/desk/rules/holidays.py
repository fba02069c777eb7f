"""The days of 2024 to 2027 that differ from the plain week, for the tests of the time rules.

Sources: Bộ luật Lao động 2019, Điều 111 and 112; Công văn 2450/VPCP-KGVX (2024); Thông báo 6150/TB-BLĐTBXH
(2025); Văn bản 12729/VPCP-KGVX (January 2026); Nghị quyết 28/2026/QH16 (24 November). 2027 is partly projected.
"""

from __future__ import annotations

from datetime import date

from desk.rules.calendar import Calendar, HolidayRow, office_calendar

_ROWS = """
2024-01-01|off|official|Tết Dương lịch|New Year
2024-02-08|off|official|Tết Nguyên đán Giáp Thìn|Lunar New Year
2024-02-09|off|official|Tết Nguyên đán Giáp Thìn|Lunar New Year
2024-02-10|off|official|Tết Nguyên đán Giáp Thìn|Lunar New Year
2024-02-11|off|official|Tết Nguyên đán Giáp Thìn|Lunar New Year
2024-02-12|off|official|Tết Nguyên đán Giáp Thìn|Lunar New Year
2024-02-13|off|official|Tết Nguyên đán Giáp Thìn|Lunar New Year
2024-02-14|off|official|Tết Nguyên đán Giáp Thìn|Lunar New Year
2024-04-18|off|official|Giỗ Tổ Hùng Vương|Hùng Kings Day
2024-04-29|off|official|Nghỉ hoán đổi|Swapped day off
2024-04-30|off|official|Ngày Chiến thắng|Reunification Day
2024-05-01|off|official|Ngày Quốc tế Lao động|Labour Day
2024-05-04|works|official|Làm bù (thứ Bảy)|Make-up working Saturday
2024-09-02|off|official|Quốc khánh|National Day
2024-09-03|off|official|Quốc khánh (ngày liền kề)|National Day, adjacent day
2025-01-01|off|official|Tết Dương lịch|New Year
2025-01-27|off|official|Tết Nguyên đán Ất Tỵ|Lunar New Year
2025-01-28|off|official|Tết Nguyên đán Ất Tỵ|Lunar New Year
2025-01-29|off|official|Tết Nguyên đán Ất Tỵ|Lunar New Year
2025-01-30|off|official|Tết Nguyên đán Ất Tỵ|Lunar New Year
2025-01-31|off|official|Tết Nguyên đán Ất Tỵ|Lunar New Year
2025-04-07|off|official|Giỗ Tổ Hùng Vương|Hùng Kings Day
2025-04-26|works|official|Làm bù (thứ Bảy)|Make-up working Saturday
2025-04-30|off|official|Ngày Chiến thắng|Reunification Day
2025-05-01|off|official|Ngày Quốc tế Lao động|Labour Day
2025-05-02|off|official|Nghỉ hoán đổi|Swapped day off
2025-09-01|off|official|Quốc khánh (ngày liền kề)|National Day, adjacent day
2025-09-02|off|official|Quốc khánh|National Day
2026-01-01|off|official|Tết Dương lịch|New Year
2026-01-02|off|official|Nghỉ hoán đổi|Swapped day off
2026-01-10|works|official|Làm bù (thứ Bảy)|Make-up working Saturday
2026-02-16|off|official|Tết Nguyên đán Bính Ngọ|Lunar New Year
2026-02-17|off|official|Tết Nguyên đán Bính Ngọ|Lunar New Year
2026-02-18|off|official|Tết Nguyên đán Bính Ngọ|Lunar New Year
2026-02-19|off|official|Tết Nguyên đán Bính Ngọ|Lunar New Year
2026-02-20|off|official|Tết Nguyên đán Bính Ngọ|Lunar New Year
2026-04-26|off|official|Giỗ Tổ Hùng Vương (Chủ nhật)|Hùng Kings Day (Sunday)
2026-04-27|off|official|Nghỉ bù Giỗ Tổ Hùng Vương|Hùng Kings Day, compensation
2026-04-30|off|official|Ngày Chiến thắng|Reunification Day
2026-05-01|off|official|Ngày Quốc tế Lao động|Labour Day
2026-08-22|works|official|Làm bù (thứ Bảy)|Make-up working Saturday
2026-08-31|off|official|Nghỉ hoán đổi|Swapped day off
2026-09-01|off|official|Quốc khánh (ngày liền kề)|National Day, adjacent day
2026-09-02|off|official|Quốc khánh|National Day
2026-11-24|off|official|Ngày Văn hóa Việt Nam|Vietnam Culture Day
2027-01-01|off|official|Tết Dương lịch|New Year
2027-02-04|off|projected|Tết Nguyên đán Đinh Mùi (dự kiến)|Lunar New Year (projected)
2027-02-05|off|projected|Tết Nguyên đán Đinh Mùi (dự kiến)|Lunar New Year (projected)
2027-02-06|off|projected|Tết Nguyên đán Đinh Mùi (dự kiến)|Lunar New Year (projected)
2027-02-07|off|projected|Tết Nguyên đán Đinh Mùi (dự kiến)|Lunar New Year (projected)
2027-02-08|off|projected|Tết Nguyên đán Đinh Mùi (dự kiến)|Lunar New Year (projected)
2027-02-09|off|projected|Tết Nguyên đán Đinh Mùi (dự kiến)|Lunar New Year (projected)
2027-02-10|off|projected|Tết Nguyên đán Đinh Mùi (dự kiến)|Lunar New Year (projected)
2027-04-16|off|projected|Giỗ Tổ Hùng Vương|Hùng Kings Day
2027-04-30|off|official|Ngày Chiến thắng|Reunification Day
2027-05-01|off|official|Ngày Quốc tế Lao động (thứ Bảy)|Labour Day (Saturday)
2027-05-03|off|projected|Nghỉ bù Quốc tế Lao động|Labour Day, compensation
2027-09-02|off|official|Quốc khánh|National Day
2027-09-03|off|projected|Quốc khánh (ngày liền kề, dự kiến)|National Day, adjacent day (projected)
2027-11-24|off|official|Ngày Văn hóa Việt Nam|Vietnam Culture Day
"""


def _row(line: str) -> HolidayRow:
    day, works, status, name_vi, name_en = line.split("|")
    return HolidayRow(date.fromisoformat(day), works == "works", name_vi, name_en, status)


HOLIDAYS: tuple[HolidayRow, ...] = tuple(_row(line) for line in _ROWS.split("\n") if line)


def quang_ninh() -> Calendar:
    """The calendar of a desk with the default hours and these holidays, to the end of 2027."""
    return office_calendar(HOLIDAYS)
