"""Invented papers for the tests: nobody in them exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from desk.keys import SigningKey, key_id
from desk.rules.codes import check_digits
from desk.rules.dossier import Person
from desk.rules.proof import SlipProof, qr_text, short_digits, signed_digits
from receipts.content import DocumentLine, ResultLine, ResultReceiptContent, SlipContent

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
