"""Invented papers about many dossiers or about none: nobody in them exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desk.rules.codes import check_digits
from desk.rules.people.person import Person
from desk.rules.proof import qr_text, short_digits, signed_digits
from desk.rules.reading_test import TEST_TEXT
from desk.rules.receipt_numbers import TakenReceipt, day_sheet
from desk.rules.scans import badge_digits
from receipts.list_content import (
    BadgeContent,
    DayCloseContent,
    HandedLine,
    HandedResult,
    HandoverContent,
    HeadCheckContent,
    HeldUpLine,
    JointLine,
    JointSlipContent,
    LostSlipContent,
    OutageContent,
    ReceiptSheet,
    RegisterContent,
    RegisterLine,
    ResultHandoverContent,
)
from receipts.report_content import Amended, ReportContent, ReportRow
from tests.receipts.samples import BAO, KEY, LAN, PROOF, SLIP, TRACKING_URL

_DESK: dict[str, Any] = {
    "superior": SLIP.superior,
    "unit": SLIP.unit,
    "unit_in_text": SLIP.unit_in_text,
    "place": SLIP.place,
    "made_at": datetime(2026, 9, 8, 9, 45, tzinfo=UTC),
    "code": "",
}
_ASKED = ("Đăng ký khai sinh", "Đăng ký thường trú", "Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi")
FOREIGNER = Person(
    name="José María Ñúñez-Østergård",
    personal_id="XAB123456",
    phone="0987000002",
    address="Khách sạn Ka Long, phường Móng Cái 1, tỉnh Quảng Ninh",
    nationality="Đan Mạch",
)


def _code(serial: int) -> str:
    return f"H49.35.07-260905-{serial:04d}"


def _joint_line(at: int) -> JointLine:
    proof = replace(PROOF, serial=123 + at, tracking=PROOF.tracking + at, procedure=1_001_193 + at)
    code = _code(123 + at)
    return JointLine(
        code,
        check_digits(code),
        _ASKED[at % 3],
        "Uỷ ban nhân dân phường Móng Cái 2",
        BAO.name,
        f"{3 + at:02d} ngày làm việc",
        1,
        PROOF.accepted_at,
        datetime(2026, 9, 9 + at, 10, 0, tzinfo=UTC),
        qr_text(TRACKING_URL, signed_digits(proof, KEY)),
        short_digits(proof.tracking),
    )


JOINT_SLIP = JointSlipContent(
    **_DESK,
    lookup=SLIP.lookup,
    submitter=LAN,
    return_place=SLIP.return_place,
    lines=tuple(map(_joint_line, range(3))),
    officer=SLIP.officer,
)


def _register_line(at: int) -> RegisterLine:
    accepted_at = datetime(2026, 9, 1 + at % 8, 1, 15, tzinfo=UTC)
    is_back = at % 3 != 2
    person = (LAN, FOREIGNER, BAO)[at % 3]
    return RegisterLine(
        _code(100 + at),
        _ASKED[at % 3],
        1,
        person.name,
        person.address,
        person.phone,
        accepted_at,
        accepted_at + timedelta(days=3, hours=8, minutes=45),
        accepted_at + timedelta(days=2) if is_back else None,
        accepted_at + timedelta(days=3) if is_back else None,
        "Công chức tư pháp – hộ tịch",
        accepted_at + timedelta(hours=1),
        accepted_at + timedelta(days=2) if is_back else None,
        at % 2 == 1,
        SLIP.officer if is_back else "",
        LAN.name if is_back else "",
        "Hộ tịch",
        "" if is_back else "chờ bổ sung",
    )


REGISTER = RegisterContent(
    **_DESK, from_on=date(2026, 9, 1), to_on=date(2026, 9, 8), lines=tuple(map(_register_line, range(9)))
)
HANDOVER = HandoverContent(
    **_DESK,
    giving_unit="Trung tâm Phục vụ hành chính công phường Móng Cái 2",
    giver=SLIP.officer,
    receiving_unit="Phòng Văn hoá – Xã hội",
    receiver="Lê Văn Sơn",
    handed_at=datetime(2026, 9, 8, 9, 40, tzinfo=UTC),
    lines=tuple(
        HandedLine(
            _code(130 + at),
            _ASKED[at],
            LAN.name,
            BAO.name,
            PROOF.accepted_at,
            "03 ngày làm việc",
            datetime(2026, 9, 9, 7, 0, tzinfo=UTC),
            "Tờ khai theo mẫu (01 bản chính)\nGiấy chứng sinh (01 bản chính)",
        )
        for at in range(3)
    ),
)
RESULTS = ResultHandoverContent(
    **_DESK,
    giving_unit="Phòng Văn hoá – Xã hội",
    giver="Lê Văn Sơn",
    receiving_unit="Trung tâm Phục vụ hành chính công phường Móng Cái 2",
    receiver=SLIP.officer,
    handed_at=datetime(2026, 9, 8, 9, 40, tzinfo=UTC),
    lines=tuple(
        HandedResult(
            _code(130 + at),
            _ASKED[at],
            "Giấy khai sinh",
            f"{215 + at}/2026",
            f"Khai sinh của {BAO.name}",
            BAO.name,
            BAO.address,
            at == 1,
            at == 2,
        )
        for at in range(3)
    ),
)
LOST_SLIP = LostSlipContent(
    **{**_DESK, "code": SLIP.code},
    check_digits=SLIP.check_digits,
    owner=BAO,
    procedure_name=SLIP.procedure_name,
    procedure_code=SLIP.procedure_code,
    receiver=LAN,
    capacity="mẹ của trẻ",
    accepted_at=SLIP.accepted_at,
    due_at=SLIP.due_at,
    officer=SLIP.officer,
)
OUTAGE = OutageContent(
    **_DESK,
    cause="Mất kết nối mạng",
    body="Đường truyền số liệu chuyên dùng",
    began_at=datetime(2026, 9, 7, 1, 0, tzinfo=UTC),
    ended_at=datetime(2026, 9, 7, 9, 30, tzinfo=UTC),
    evidence="Nhật ký kết nối của phần mềm; phiếu báo hỏng số 18 ngày 07/9/2026",
    measures="Tiếp nhận và in giấy hẹn bằng phần mềm tại quầy, gửi dữ liệu khi có mạng",
    lines=tuple(
        HeldUpLine(_code(110 + at), LAN.name, _ASKED[at], datetime(2026, 9, 8, 10, 0, tzinfo=UTC), 420 - 35 * at)
        for at in range(3)
    ),
    officer=SLIP.officer,
)
DAY_CLOSE = DayCloseContent(
    **_DESK,
    day=date(2026, 9, 8),
    accepted=57,
    returned=23,
    waiting=14,
    sheets=(
        ReceiptSheet(
            SLIP.officer,
            "01BLP3-001",
            "AA-26T",
            day_sheet(
                [
                    TakenReceipt(123, 21_000, "cash"),
                    TakenReceipt(124, 16_000, "transfer"),
                    TakenReceipt(126, 8_000, "cash", is_void=True),
                    TakenReceipt(127, 12_000, "online"),
                ]
            ),
        ),
        ReceiptSheet("Lê Văn Sơn", "01BLP3-001", "AB-26T", day_sheet([TakenReceipt(7, 1_234_567, "cash")])),
    ),
    officer=SLIP.officer,
)
REPORT = ReportContent(
    **_DESK,
    from_on=date(2026, 7, 1),
    to_on=date(2026, 9, 30),
    row_title="Lĩnh vực",
    rows=(
        ReportRow("Chứng thực", (1204, 12, 1190, 2, 1201, 900, 300, 1, 3, 3, 0)),
        ReportRow("Hộ tịch", (631, 402, 180, 49, 588, 410, 171, 7, 43, 39, 4)),
    ),
    total=(1835, 414, 1370, 51, 1789, 1310, 471, 8, 46, 42, 4),
    split=(("tại quầy", 1302), ("qua bưu chính công ích", 68), ("quá hạn, đã xin lỗi", 9)),
    shares=(("Tỷ lệ giải quyết trước hạn và đúng hạn, (8) và (9) trên (7)", "99,55% (1.781/1.789)"),),
    failing=("HT 3=4+5+6: 631 ≠ 632",),
    checked=9,
    survey="467 phiếu: rất hài lòng 99,14% (463/467)",
    early="có kết quả vào ngày trước ngày hẹn trả",
    counted_at=datetime(2026, 10, 1, 1, 0, tzinfo=UTC),
    closed="08:00 01/10/2026, mã kiểm tra 51c7b49e3d0d06a0",
    adjustments=(Amended(_code(131), "Hộ tịch", "(10) quá hạn", 0, 1),),
    officer=SLIP.officer,
)
BADGE = BadgeContent(**{**_DESK, "qr_text": badge_digits(4_711)}, officer="Đỗ Thuỳ Hương")
HEAD_CHECK = HeadCheckContent(**{**_DESK, "qr_text": TEST_TEXT}, printer="Canon LBP 2900")
