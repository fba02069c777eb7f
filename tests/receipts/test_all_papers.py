"""Laws of every paper, and the fields that each form must carry."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from desk.rules.people.person import Person
from desk.rules.proof import ProofKind
from desk.rules.verdict import KnownKey, judge
from receipts import apology_letter, control_slip, fee_receipt, refusal_slip, stop_notice, supplement_slip
from receipts.content import DocumentLine
from receipts.marks import Code, Watermark
from receipts.move_content import FeeLine, HandoverLine
from tests.receipts.forms import FORMS, INTERNAL, Form
from tests.receipts.list_samples import FOREIGNER
from tests.receipts.looking import faults, printed, read_code, text_of
from tests.receipts.samples import (
    APOLOGY,
    CONTROL,
    FEES,
    KEY,
    LONG_NAME,
    REFUSAL,
    SLIP,
    STOP,
    SUPPLEMENT,
)

every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
KINDS: dict[str, ProofKind] = {"fee_receipt": "other"}


def changed(content: Any, turn: Callable[[str], str]) -> Any:
    """Return the content with every free text turned; fixed choices, codes and digits stay."""
    fixed = {"code", "check_digits", "qr_text", "short_digits", "form_set", "size", "channel", "kind", "sex"}
    fixed |= {"stage", "result", "paid_by"}

    def new(name: str, part: Any) -> Any:
        if name in fixed:
            return part
        if isinstance(part, str):
            return turn(part)
        if isinstance(part, DocumentLine):
            return DocumentLine(*(new("", item) for item in part))
        if isinstance(part, tuple):
            return tuple(new("", item) for item in part)
        return changed(part, turn) if is_dataclass(part) else part

    return replace(content, **{part.name: new(part.name, getattr(content, part.name)) for part in fields(content)})


@every_form
@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize("form_set", ["2018", "2025"])
def test_nothing_touches_another_field(form: Form, size: Any, form_set: Any) -> None:
    lay_out, _, content = form
    assert faults(lay_out(replace(content, size=size, form_set=form_set))) == []


@every_form
def test_one_content_gives_the_same_bytes_in_either_form_of_its_letters(form: Form) -> None:
    _, render, content = form
    assert render(content) == render(content)
    assert render(changed(content, lambda text: unicodedata.normalize("NFD", text))) == render(content)


@every_form
@pytest.mark.parametrize("size", ["A5", "A4"])
def test_long_texts_in_every_field_flow_without_touching_another(form: Form, size: Any) -> None:
    lay_out, _, content = form
    long = changed(replace(content, size=size), lambda text: f"{text} {LONG_NAME[:250]}" if text else text)
    assert faults(lay_out(long)) == []
    unbroken = changed(replace(content, size=size), lambda text: text.replace(" ", "") * 6)
    assert faults(lay_out(unbroken)) == []


@every_form
@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize("form_set", ["2018", "2025"])
def test_the_longest_name_forty_documents_and_foreign_names_touch_no_other_field(
    form: Form, size: Any, form_set: Any
) -> None:
    lay_out, _, content = form
    forty = tuple(DocumentLine(f"{at}. {LONG_NAME[: 15 + 20 * at]}", copy=at) for at in range(1, 41))
    given = {part.name: getattr(content, part.name) for part in fields(content)}
    new: dict[str, Any] = {"size": size, "form_set": form_set}
    new |= {name: LONG_NAME for name in ("procedure_name", "reason", "note", "evidence") if given.get(name)}
    new |= {name: forty for name in ("documents", "given_back") if given.get(name)}
    people = ("owner", "submitter", "receiver", "payer")
    new |= {name: FOREIGNER for name in people if isinstance(given.get(name), Person)}
    lines = given.get("lines") or ()
    if lines and hasattr(lines[0], "procedure_name"):
        new["lines"] = (*(replace(one, procedure_name=LONG_NAME) for one in lines), *lines * 13)
    document = lay_out(replace(content, **new))
    assert faults(document) == []
    assert set(new) <= {"size", "form_set"} or len(document.pages) >= len(lay_out(content).pages)


@every_form
def test_practice_is_written_across_and_over_every_page(form: Form) -> None:
    lay_out, render, content = form
    practice = replace(content, practice=True)
    pages = lay_out(practice).pages
    assert all(page.marks[0] == Watermark("ĐÀO TẠO – KHÔNG CÓ GIÁ TRỊ") for page in pages)
    assert text_of(render(practice)).count("ĐÀO TẠO – KHÔNG CÓ GIÁ TRỊ") == 2 * len(pages)


@every_form
def test_a_reprint_says_so_on_every_page(form: Form) -> None:
    lay_out, render, content = form
    again = replace(content, copy=2, reprinted_at=datetime(2026, 9, 9, 1, 0, tzinfo=UTC), reprinted_by="Đỗ Thuỳ Hương")
    said = text_of(render(again)).count("BẢN IN LẠI LẦN 1 – 08 giờ 00, 09/09/2026, Đỗ Thuỳ Hương")
    assert said == len(lay_out(again).pages)


@pytest.mark.parametrize(
    "kind", [kind for kind in FORMS if kind not in (*INTERNAL, "joint_slip", "head_check", "badge")]
)
def test_papers_for_the_citizen_prove_themselves_by_their_kind(kind: str) -> None:
    _, render, content = FORMS[kind]
    verdict = judge(
        read_code(printed(render(content))[0]),
        [KnownKey(KEY.public, desk="d", unit="06709", agency_code="H49.35.07")],
    )
    assert verdict.word == "genuine"
    assert verdict.proof is not None
    assert verdict.proof.kind == KINDS.get(kind, kind)


@pytest.mark.parametrize("kind", INTERNAL)
def test_a_paper_that_stays_in_the_office_has_no_code(kind: str) -> None:
    lay_out, _, content = FORMS[kind]
    assert not any(isinstance(mark, Code) for page in lay_out(content).pages for mark in page.marks)


SAID: dict[str, Sequence[str]] = {
    "supplement": (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Hồ sơ của: Nguyễn Thị Lan",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "1 Giấy chứng sinh (bản nộp trước mờ, không đọc được số) 1",
        "Lý do: Giấy tờ đã nộp chưa đủ căn cứ",
        "Đề nghị bổ sung trước: 17 giờ 00 phút, ngày 15 tháng 9 năm 2026",
        "liên hệ bà Đỗ Thuỳ Hương, số điện thoại 0203 3881 000 để được hướng dẫn./.",
        "Thời gian chờ bổ sung không tính vào thời gian giải quyết",
        "NGƯỜI HƯỚNG DẪN",
        "Mẫu số 02, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
    ),
    "refusal": (
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau: Trẻ đã được đăng ký khai sinh",
        "Căn cứ: Luật Hộ tịch năm 2014",
        "Giấy tờ trả lại cho người nộp gồm:",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Mẫu số 03",
    ),
    "apology": (
        "Số: 12/PXL-TTPVHCC",
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Kính gửi: Ông/Bà Nguyễn Thị Lan",
        "Ngày 05 tháng 9 năm 2026, Trung tâm Phục vụ hành chính công phường Móng Cái 2 tiếp nhận",
        "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 09 tháng 9 năm 2026",
        "Lý do: Cơ sở dữ liệu hộ tịch",
        "Uỷ ban nhân dân phường Móng Cái 2 xin lỗi Ông/Bà",
        "17 giờ 00 phút, ngày 11 tháng 9 năm 2026, tại Trung tâm",
        "Nơi nhận:",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ (Ký tên, đóng dấu)",
        "Hoàng Văn Thịnh",
    ),
    "stop": (
        "Số: 03/TB-TTPVHCC",
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Chủ hồ sơ: Nguyễn Thị Lan",
        "Thời gian nhận hồ sơ: 08 giờ 15 phút, ngày 05 tháng 9 năm 2026",
        "đề nghị dừng: Bà Nguyễn Thị Lan (chủ hồ sơ)",
        "Thời gian đề nghị: 09 giờ 00 phút, ngày 07 tháng 9 năm 2026",
        "với lý do: chủ hồ sơ đề nghị rút hồ sơ",
        "Căn cứ: Nghị định số 118/2025/NĐ-CP",
        "Phí, lệ phí đã nộp: Không thu",
        "Giấy tờ trả lại cho người nộp gồm:",
    ),
    "control": (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Người nộp hồ sơ: Phạm Gia Bảo",
        "1. Giao: Trung tâm Phục vụ hành chính công",
        "2. Nhận: Công chức tư pháp – hộ tịch",
        "10 giờ 00, 05/09/2026",
        "Trước hạn",
        "01 giấy khai sinh",
        "Mẫu số 06",
    ),
    "fee_receipt": (
        "Mẫu số: 01BLP3-001",
        "Ký hiệu: AA-26T",
        "Số: 0000123",
        "Mã số thuế: 5700000000",
        "Liên 1: Lưu tại người thu",
        "Liên 2: Giao cho người nộp",
        "Liên 3: Lưu tại đơn vị thu",
        "Người nộp tiền: Nguyễn Thị Lan",
        "1 Chứng thực bản sao từ bản chính, 5 trang, 3 bản 21.000",
        "2 Cấp bản sao trích lục hộ tịch, 2 bản 16.000",
        "Cộng phí 21.000",
        "Cộng lệ phí 16.000",
        "Tổng số tiền: 37.000 đồng",
        "Viết bằng chữ: Ba mươi bảy nghìn đồng",
        "Hình thức thanh toán: Tiền mặt",
        "NGƯỜI THU TIỀN",
    ),
}


@pytest.mark.parametrize("kind", SAID)
def test_every_field_of_the_form_is_there(kind: str) -> None:
    _, render, content = FORMS[kind]
    text = text_of(render(content)).replace("\u00a0", " ")
    for said in SAID[kind]:
        assert said in text


def test_the_older_apology_keeps_its_own_name() -> None:
    text = text_of(apology_letter.render(replace(APOLOGY, form_set="2018")))
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in text
    assert "Thông tư số 01/2018/TT-VPCP" in text


def test_a_stop_notice_names_no_form_of_2018_for_there_is_none() -> None:
    assert "Mẫu số" not in text_of(stop_notice.render(replace(STOP, form_set="2018")))


@pytest.mark.parametrize(
    ("stage", "restarts", "said"),
    [
        ("reception", False, "được tính từ khi hồ sơ đầy đủ, hợp lệ được tiếp nhận"),
        ("appraisal", True, "được tính lại từ đầu kể từ khi nhận đủ hồ sơ bổ sung"),
    ],
)
def test_a_supplement_says_what_becomes_of_the_time(stage: Any, restarts: bool, said: str) -> None:
    content = replace(SUPPLEMENT, stage=stage, restarts=restarts)
    assert said in text_of(supplement_slip.render(content))


def test_a_refusal_without_papers_gives_none_back_and_asks_nowhere_unnamed() -> None:
    bare = replace(REFUSAL, given_back=(), ground="", contact="", lookup="", submitter="Trần Văn Nam")
    text = text_of(refusal_slip.render(bare))
    assert "trả lại" not in text
    assert "Căn cứ" not in text
    assert "liên hệ" not in text
    assert "Trần Văn Nam" in text


def test_forty_hand_overs_go_on_under_the_same_headings() -> None:
    lines = tuple(HandoverLine(f"Phòng số {at}", "A", LONG_NAME[:100], "B", SLIP.accepted_at) for at in range(1, 41))
    content = replace(CONTROL, handovers=lines)
    document = control_slip.lay_out(content)
    text = text_of(control_slip.render(content))
    assert faults(document) == []
    assert text.count("Thời gian giao, nhận") == len(document.pages) > 3
    assert all(f"Phòng số {at} " in text for at in range(1, 41))


def test_a_receipt_without_a_number_leaves_the_place_to_write_it() -> None:
    bare = replace(FEES, form_number="", series="", receipt_number="", tax_code="")
    assert text_of(fee_receipt.render(bare)).count("……………………") == 4 * 3


def test_a_receipt_of_one_kind_only_shows_no_sum_of_the_other() -> None:
    text = text_of(fee_receipt.render(replace(FEES, lines=(FeeLine("charge", "Đăng ký kết hôn", 0),))))
    assert "Cộng phí" not in text
    assert "Viết bằng chữ: Không đồng" in text


def test_a_row_longer_than_a_page_is_split_without_losing_a_word() -> None:
    words = " ".join(f"từ{at}" for at in range(1500))
    content = replace(SUPPLEMENT, documents=(DocumentLine("ngắn", copy=1), DocumentLine(words, copy=1)))
    document = supplement_slip.lay_out(content)
    assert len(document.pages) > 2
    assert faults(document) == []
    assert set(words.split()) <= set(text_of(supplement_slip.render(content)).split())
