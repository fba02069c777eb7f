"""Invented papers for the tests: nobody in them exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from desk.keys import SigningKey, key_id
from desk.rules.codes import check_digits
from desk.rules.people.person import Person
from desk.rules.proof import ProofKind, SlipProof, qr_text, short_digits, signed_digits
from receipts.content import DocumentLine, SlipContent
from receipts.move_content import (
    ApologyContent,
    ControlSlipContent,
    FeeLine,
    FeeReceiptContent,
    HandoverLine,
    RefusalContent,
    ResultLine,
    ResultReceiptContent,
    StopContent,
    SupplementContent,
)

KEY = SigningKey.make(bytes(range(32)))
TRACKING_URL = "https://dvc.quangninh.gov.vn/t/"
PROOF = SlipProof(
    kind="slip",
    practice=False,
    key_id=key_id(KEY.public),
    tracking=0x0123456789ABCDEF,
    code_on=date(2026, 9, 5),
    serial=123,
    procedure=1_001_193,
    accepted_at=datetime(2026, 9, 5, 1, 15, tzinfo=UTC),
    due_at=datetime(2026, 9, 9, 10, 0, tzinfo=UTC),
    copy=1,
    tag=bytes(4),
)
CODE = "H49.35.07-260905-0123"
LAN = Person(
    name="Nguyễn Thị Lan",
    personal_id="022190000001",
    phone="0912345678",
    email="lan.nguyen@example.vn",
    address="Số 12, tổ 5, khu Hoà Lạc, phường Móng Cái 2, tỉnh Quảng Ninh",
)
BAO = Person(
    name="Phạm Gia Bảo",
    personal_id="022226000002",
    address="Số 12, tổ 5, khu Hoà Lạc, phường Móng Cái 2, tỉnh Quảng Ninh",
)
DOCUMENTS = (
    DocumentLine("Tờ khai đăng ký khai sinh theo mẫu", original=1),
    DocumentLine("Giấy chứng sinh do cơ sở y tế nơi trẻ em sinh ra cấp", original=1),
    DocumentLine("Giấy chứng nhận kết hôn của cha, mẹ trẻ em (nếu cha, mẹ đã đăng ký kết hôn)", copy=1),
    DocumentLine("Văn bản uỷ quyền được chứng thực theo quy định của pháp luật", certified_copy=1),
    DocumentLine("Thẻ căn cước của người đi đăng ký khai sinh", electronic_copy=1, note="khai thác từ CSDL"),
)
SLIP = SlipContent(
    superior="ỦY BAN NHÂN DÂN PHƯỜNG MÓNG CÁI 2",
    unit="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    unit_in_text="Trung tâm Phục vụ hành chính công phường Móng Cái 2",
    place="Móng Cái 2",
    made_at=PROOF.accepted_at,
    code=CODE,
    check_digits=check_digits(CODE),
    qr_text=qr_text(TRACKING_URL, signed_digits(PROOF, KEY)),
    short_digits=short_digits(PROOF.tracking),
    lookup="dvc.quangninh.gov.vn/t hoặc điện thoại 0203 3881 000",
    submitter=LAN,
    capacity="mẹ của trẻ",
    owner=BAO,
    procedure_name="Đăng ký khai sinh",
    procedure_code="1.001193",
    documents=DOCUMENTS,
    term="03 ngày làm việc",
    accepted_at=PROOF.accepted_at,
    due_at=PROOF.due_at or PROOF.accepted_at,
    return_place="Trung tâm Phục vụ hành chính công phường Móng Cái 2",
    fee="Miễn lệ phí (Luật Hộ tịch 2014, Điều 11)",
    officer="Đỗ Thuỳ Hương",
)
PRACTICE_SLIP = replace(
    SLIP,
    practice=True,
    code="TH-260905-0123",
    check_digits=check_digits("TH-260905-0123"),
    qr_text=qr_text(TRACKING_URL, signed_digits(replace(PROOF, practice=True), KEY)),
)
RESULT_RECEIPT = ResultReceiptContent(
    superior=SLIP.superior,
    unit=SLIP.unit,
    unit_in_text=SLIP.unit_in_text,
    place=SLIP.place,
    made_at=datetime(2026, 9, 9, 8, 20, tzinfo=UTC),
    code=CODE,
    check_digits=SLIP.check_digits,
    qr_text=qr_text(TRACKING_URL, signed_digits(replace(PROOF, kind="result_receipt"), KEY)),
    short_digits=SLIP.short_digits,
    lookup=SLIP.lookup,
    procedure_name=SLIP.procedure_name,
    owner=BAO,
    receiver=LAN,
    capacity="mẹ của trẻ",
    results=(
        ResultLine("Giấy khai sinh", "215/2026", "Khai sinh của Phạm Gia Bảo", "08/09/2026"),
        ResultLine("Trích lục khai sinh (bản sao)", "215/TLKS-BS", "Bản sao", "08/09/2026", count=2),
    ),
    returned_at=datetime(2026, 9, 9, 8, 20, tzinfo=UTC),
    officer=SLIP.officer,
    officer_phone="0203 3881 000",
)
LONG_NAME = " ".join(["Cấp giấy chứng nhận quyền sử dụng đất lần đầu"] * 30)[:1094]
"""The longest procedure name of the national catalogue has 1,094 characters; the median has 80."""
_ABOUT: dict[str, Any] = {
    "superior": SLIP.superior,
    "unit": SLIP.unit,
    "unit_in_text": SLIP.unit_in_text,
    "place": SLIP.place,
    "made_at": datetime(2026, 9, 8, 3, 30, tzinfo=UTC),
    "code": CODE,
    "check_digits": SLIP.check_digits,
    "short_digits": SLIP.short_digits,
    "lookup": SLIP.lookup,
}
_MOVE: dict[str, Any] = {
    **_ABOUT,
    "owner": LAN,
    "procedure_name": SLIP.procedure_name,
    "procedure_code": SLIP.procedure_code,
    "contact": "bà Đỗ Thuỳ Hương, số điện thoại 0203 3881 000",
}


def _signed(kind: ProofKind) -> str:
    return qr_text(TRACKING_URL, signed_digits(replace(PROOF, kind=kind), KEY))


SUPPLEMENT = SupplementContent(
    **_MOVE,
    qr_text=_signed("supplement"),
    officer=SLIP.officer,
    stage="appraisal",
    accepted_at=SLIP.accepted_at,
    documents=(
        DocumentLine("Giấy chứng sinh", original=1, note="bản nộp trước mờ, không đọc được số"),
        DocumentLine("Văn bản uỷ quyền", certified_copy=1, note="thiếu chữ ký của người uỷ quyền"),
    ),
    reason="Giấy tờ đã nộp chưa đủ căn cứ để đăng ký theo quy định của pháp luật về hộ tịch.",
    bring_before=datetime(2026, 9, 15, 10, 0, tzinfo=UTC),
)
REFUSAL = RefusalContent(
    **_MOVE,
    qr_text=_signed("refusal"),
    officer=SLIP.officer,
    reason="Trẻ đã được đăng ký khai sinh tại phường Móng Cái 1 ngày 12/3/2026, số 88/2026; "
    "không đăng ký khai sinh lần thứ hai cho một người.",
    ground="Luật Hộ tịch năm 2014",
    given_back=DOCUMENTS[:3],
)
APOLOGY = ApologyContent(
    **_MOVE,
    qr_text=_signed("apology"),
    number="12/PXL-TTPVHCC",
    officer="Hoàng Văn Thịnh",
    accepted_at=SLIP.accepted_at,
    due_at=SLIP.due_at,
    new_due_at=datetime(2026, 9, 11, 10, 0, tzinfo=UTC),
    reason="Cơ sở dữ liệu hộ tịch điện tử không truy cập được từ 08 giờ 00 ngày 07/9/2026 đến 16 giờ 30 ngày "
    "08/9/2026 nên chưa cấp được số định danh cá nhân.",
    late_unit="Uỷ ban nhân dân phường Móng Cái 2",
    return_place=SLIP.return_place,
)
STOP = StopContent(
    **_MOVE,
    qr_text=_signed("stop"),
    number="03/TB-TTPVHCC",
    officer="Hoàng Văn Thịnh",
    accepted_at=SLIP.accepted_at,
    asked_by="Bà Nguyễn Thị Lan (chủ hồ sơ)",
    asked_at=datetime(2026, 9, 7, 2, 0, tzinfo=UTC),
    reason="chủ hồ sơ đề nghị rút hồ sơ",
    ground="Nghị định số 118/2025/NĐ-CP",
    fees="Không thu",
    given_back=DOCUMENTS[:2],
)
CONTROL = ControlSlipContent(
    **_MOVE,
    officer=SLIP.officer,
    submitter=BAO,
    term=SLIP.term,
    accepted_at=SLIP.accepted_at,
    due_at=SLIP.due_at,
    handovers=(
        HandoverLine(
            "Trung tâm Phục vụ hành chính công",
            "Đỗ Thuỳ Hương",
            "Công chức tư pháp – hộ tịch",
            "Lê Văn Sơn",
            datetime(2026, 9, 5, 3, 0, tzinfo=UTC),
        ),
        HandoverLine(
            "Công chức tư pháp – hộ tịch",
            "Lê Văn Sơn",
            "Trung tâm Phục vụ hành chính công",
            "Đỗ Thuỳ Hương",
            datetime(2026, 9, 8, 2, 0, tzinfo=UTC),
            "early",
            "01 giấy khai sinh",
        ),
    ),
)
FEES = FeeReceiptContent(
    **_ABOUT,
    qr_text=_signed("other"),
    form_number="01BLP3-001",
    series="AA-26T",
    receipt_number="0000123",
    tax_code="5700000000",
    payer=LAN,
    procedure_name="Chứng thực bản sao từ bản chính; cấp bản sao trích lục hộ tịch",
    lines=(
        FeeLine("fee", "Chứng thực bản sao từ bản chính, 5 trang, 3 bản", 21_000),
        FeeLine("charge", "Cấp bản sao trích lục hộ tịch, 2 bản", 16_000),
    ),
    paid_at=datetime(2026, 9, 8, 3, 30, tzinfo=UTC),
    officer=SLIP.officer,
)
