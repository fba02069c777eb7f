"""Invented names as they are borne in Quảng Ninh: Kinh, Dao, Tày, Sán Dìu, Sán Chay, Hoa, and guests.

Only their parts are real; who bears a whole name here is invented.
"""

from __future__ import annotations

from typing import Literal

from desk.rules.invented.dice import Dice, Wheel, happens
from desk.rules.people.person import Sex

NamedAs = Literal["kinh", "dao", "tay", "san_diu", "san_chay", "hoa", "guest"]

_KINH_FAMILIES = Wheel(
    (
        *(("Nguyễn", 35.0), ("Trần", 11.0), ("Lê", 9.0), ("Phạm", 8.0), ("Vũ", 6.0), ("Hoàng", 5.0)),
        *(("Bùi", 4.0), ("Đỗ", 4.0), ("Đặng", 3.0), ("Ngô", 2.5), ("Dương", 2.0), ("Đinh", 2.0)),
        *(("Đoàn", 1.5), ("Lương", 1.5), ("Phùng", 1.0), ("Mai", 1.0), ("Cao", 1.0), ("Tô", 1.0)),
        *(("Đào", 1.0), ("Hà", 0.8), ("Trịnh", 0.8), ("Ứng", 0.1), ("Kiều", 0.3), ("Khổng", 0.2)),
    )
)
_KINH_MIDDLES_MALE = ("Văn", "Văn", "Đức", "Hữu", "Quang", "Minh", "Xuân", "Công", "Đình", "Thanh", "Ngọc", "Bá")
_KINH_MIDDLES_FEMALE = ("Thị", "Thị", "Thị", "Thị Thu", "Thị Ngọc", "Thị Thanh", "Ngọc", "Thu", "Kim", "Bích")
_KINH_MALE = (
    "An Anh Bảo Bình Chiến Chung Cường Dũng Duy Dương Đạt Điệp Đông Đức Giang Hải Hiếu Hiển Hoàn Hùng Huy Hưng"
    " Khánh Khoa Kiên Lâm Long Lợi Mạnh Minh Nam Nghĩa Phong Phú Phúc Quân Quý Quyết Sơn Tài Tâm Thái Thắng Thành"
    " Thịnh Thuận Tiến Toàn Trung Trường Tuấn Tùng Tuyên Việt Vinh Vượng"
).split()
_KINH_FEMALE = (
    "Ánh Bích Châu Chi Dung Duyên Đào Giang Hà Hạnh Hằng Hiền Hoa Hòa Hồng Huệ Hương Hường Huyền Khánh Lan Lành Liên"
    " Linh Loan Ly Mai Minh My Nga Ngân Nguyệt Nhàn Nhung Oanh Phương Phượng Quỳnh Tâm Thảo Thêu Thơm Thu Thúy Thủy"
    " Thương Trang Tuyết Uyên Vân Xuân Yến"
).split()
_DAO_FAMILIES = ("Triệu", "Bàn", "Đặng", "Lý", "Chíu", "Phùn", "Tằng", "Chìu", "Dương", "Trương")
_DAO_MIDDLES_MALE = ("A", "Quay", "Tiến", "Văn", "Dảu", "Chăn", "Sinh", "Phúc")
_DAO_MIDDLES_FEMALE = ("Sám", "Tài", "Thị", "Nhì", "Mùi", "Tả")
_DAO_MALE = ("Sám", "Nhì", "Vày", "Sáng", "Nàm", "Thống", "Pẩu", "Lìn", "Phúc", "Tài", "Chăn", "Hềnh")
_DAO_FEMALE = ("Múi", "Mùi", "Nhì", "Kíu", "Lằn", "Tắc", "Nảy", "Say", "Liên", "Ửng")
_TAY_FAMILIES = ("Hoàng", "La", "Nông", "Lương", "Vi", "Lô", "Hà", "Mạ", "Tô", "Ngô")
_TAY_MIDDLES = ("Văn", "Đức", "Tiến", "Quang")
_SAN_DIU_FAMILIES = ("Từ", "Trương", "Lưu", "Tô", "Đặng", "Hoàng", "Lý", "Lục", "Tạ", "Ân")
_SAN_CHAY_FAMILIES = ("Lục", "Ninh", "Trần", "Lâm", "Hoàng", "Tằng", "Voòng", "Nình")
_HOA_FAMILIES = ("Voòng", "Sềnh", "Lỷ", "Tsằn", "Hà", "Chắng", "Phạm", "Trưởng", "Lày", "Ngô")
_HOA_MALE = ("A Sáng", "A Lộc", "A Pẩu", "Cắm Phồng", "A Nhì", "Sau Phát", "A Cường", "Chăn Slằm")
_HOA_FEMALE = ("A Múi", "Nhộc Lan", "Sí Múi", "A Liên", "Mằn Phương", "Cún Hà")
_GUESTS_MALE = ("Y Bih Niê Kdăm", "Giàng A Páo", "Lò Văn Ón", "Y Moan Êban", "Thạch Sà Rây", "Đinh")
_GUESTS_FEMALE = (
    "H'Hen Niê",
    "Lò Thị Ín",
    "Ka Să Ha Thúy",
    "Nguyễn Phan Hoàng Bảo Ngọc Diệp",
    "Công Tằng Tôn Nữ Hoàng Thiên Kim",
    "Hồ Thị Y Sương",
)
_ABROAD = ("WANG XIAOMING", "LI NA", "CHEN GUOQIANG", "LIU YANG", "ZHANG MIN", "HUANG LIHUA", "WU JIANPING")

_TOWN: Wheel[NamedAs] = Wheel((("kinh", 94), ("dao", 1.5), ("tay", 1), ("san_diu", 1.5), ("hoa", 1.4), ("guest", 0.6)))
_COUNTRY: Wheel[NamedAs] = Wheel(
    (("kinh", 58), ("dao", 18), ("tay", 10), ("san_diu", 5), ("san_chay", 5), ("hoa", 3), ("guest", 1))
)


def invented_name(dice: Dice, sex: Sex, *, in_town: bool, named_as: NamedAs | None = None) -> str:
    """Return a full name in title case; how people are named differs between wards and communes."""
    male = sex == "male"
    named = named_as or (_TOWN if in_town else _COUNTRY).spin(dice)
    if named == "guest":
        return dice.choice(_GUESTS_MALE if male else _GUESTS_FEMALE)
    if named == "hoa":
        return f"{dice.choice(_HOA_FAMILIES)} {dice.choice(_HOA_MALE if male else _HOA_FEMALE)}"
    if named == "dao":
        middle = dice.choice(_DAO_MIDDLES_MALE if male else _DAO_MIDDLES_FEMALE)
        return f"{dice.choice(_DAO_FAMILIES)} {middle} {dice.choice(_DAO_MALE if male else _DAO_FEMALE)}"
    if named == "kinh":
        return _after_kinh_custom(dice, _KINH_FAMILIES.spin(dice), sex)
    families = {"tay": _TAY_FAMILIES, "san_diu": _SAN_DIU_FAMILIES, "san_chay": _SAN_CHAY_FAMILIES}[named]
    if named == "tay" and male:
        return f"{dice.choice(families)} {dice.choice(_TAY_MIDDLES)} {dice.choice(_KINH_MALE)}"
    return _after_kinh_custom(dice, dice.choice(families), sex)


def child_name(dice: Dice, family: str, sex: Sex) -> str:
    """Return the full name of a child of the family `family`."""
    return _after_kinh_custom(dice, family, sex)


def name_from_abroad(dice: Dice) -> str:
    """Return the name of a visitor from across the border, in capitals as in his passport."""
    return dice.choice(_ABROAD)


def _after_kinh_custom(dice: Dice, family: str, sex: Sex) -> str:
    given = dice.choice(_KINH_MALE if sex == "male" else _KINH_FEMALE)
    middles = [middle for middle in (_KINH_MIDDLES_MALE if sex == "male" else _KINH_MIDDLES_FEMALE) if middle != given]
    if happens(dice, 0.03):
        return f"{family} {given}"
    return f"{family} {dice.choice(middles)} {given}"
