"""The slip: proves itself from its picture, holds every form's field, and flows."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.errors.printing import LettersMissing
from desk.rules.people.person import Person
from desk.rules.proof import qr_text, signed_digits
from desk.rules.verdict import KnownKey, judge
from receipts import slip
from receipts.content import CertifiedDocument, DocumentLine, SlipContent
from receipts.marks import Code, Watermark
from receipts.qr import paper_matrix
from tests.receipts.looking import faults, pictures, printed, read_code, text_of
from tests.receipts.samples import BAO, KEY, LAN, LONG_NAME, PRACTICE_SLIP, PROOF, SLIP, TRACKING_URL

OURS = KnownKey(KEY.public, desk="d", unit="06709", agency_code="H49.35.07")


def test_the_code_of_a_printed_slip_is_read_at_203_dots_and_judged_genuine() -> None:
    text = read_code(printed(slip.render(SLIP))[0])
    assert text == SLIP.qr_text
    verdict = judge(text, [OURS], tracking_url=TRACKING_URL)
    assert (verdict.word, verdict.code) == ("genuine", SLIP.code)


@pytest.mark.parametrize("dpi", [180, 200, 300, 600])
def test_the_code_is_read_on_every_common_printer(dpi: int) -> None:
    assert read_code(printed(slip.render(SLIP), dpi)[0]) == SLIP.qr_text


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_a_practice_slip_is_read_through_its_watermark_and_judged_practice(size: Any) -> None:
    content = replace(PRACTICE_SLIP, size=size)
    assert judge(read_code(pictures(slip.render(content))[0]), [OURS]).word == "practice"
    assert judge(read_code(printed(slip.render(content))[0]), [OURS]).word == "practice"


def test_a_practice_slip_says_so_on_every_page_across_and_in_the_head() -> None:
    content = replace(PRACTICE_SLIP, documents=SLIP.documents * 12)
    pages = slip.lay_out(content).pages
    assert len(pages) > 1
    assert all(page.marks[0] == Watermark("ĐÀO TẠO – KHÔNG CÓ GIÁ TRỊ") for page in pages)
    assert text_of(slip.render(content)).count("ĐÀO TẠO – KHÔNG CÓ GIÁ TRỊ") == 2 * len(pages)
    assert "ĐÀO TẠO" not in text_of(slip.render(SLIP))


def test_a_slip_of_five_documents_is_one_sheet_of_at_most_40_kilobytes() -> None:
    assert len(SLIP.documents) == 5
    for content in (SLIP, PRACTICE_SLIP, replace(SLIP, size="A4")):
        pdf = slip.render(content)
        assert len(pictures(pdf, 20)) == 1
        assert len(pdf) <= 40_000


def test_one_content_gives_the_same_bytes() -> None:
    assert slip.render(SLIP) == slip.render(SLIP)
    assert slip.render(replace(SLIP, officer="Lý Thị Mai")) != slip.render(SLIP)


def test_letters_with_loose_marks_give_the_same_bytes() -> None:
    assert slip.render(_decomposed(SLIP)) == slip.render(SLIP)


def _decomposed(content: SlipContent) -> SlipContent:
    def loose(part: Any) -> Any:
        if isinstance(part, str):
            return unicodedata.normalize("NFD", part)
        if isinstance(part, DocumentLine):
            return DocumentLine(*map(loose, part))
        if isinstance(part, tuple):
            return tuple(map(loose, part))
        if isinstance(part, Person):
            return replace(part, **{field.name: loose(getattr(part, field.name)) for field in fields(part)})
        return part

    return replace(content, **{field.name: loose(getattr(content, field.name)) for field in fields(content)})


def test_every_field_of_the_form_is_there() -> None:
    text = text_of(slip.render(SLIP))
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Móng Cái 2, ngày 05 tháng 9 năm 2026",
        "Mã hồ sơ: H49.35.07-260905-0123",
        f"Số kiểm tra {SLIP.check_digits}",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "tiếp nhận hồ sơ của: Nguyễn Thị Lan (mẹ của trẻ, nộp trực tiếp)",
        "Địa chỉ: Số 12, tổ 5, khu Hoà Lạc",
        "Số định danh cá nhân: 022190000001",
        "Số điện thoại: 0912345678",
        "Chủ hồ sơ: Phạm Gia Bảo",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh (mã thủ tục 1.001193)",
        "Số lượng hồ sơ: 01 (bộ)",
        "Thời gian giải quyết hồ sơ theo quy định là: 03 ngày làm việc",
        "Thời gian nhận hồ sơ: 08 giờ 15 phút, ngày 05 tháng 9 năm 2026",
        "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 09 tháng 9 năm 2026",
        "Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công phường Móng Cái 2",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Đỗ Thuỳ Hương",
        "Thông tư số 03/2025/TT-VPCP",
    ):
        assert said.replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_the_older_form_has_its_line_of_the_register_and_its_source() -> None:
    older = text_of(slip.render(replace(SLIP, form_set="2018")))
    assert "Vào Sổ theo dõi hồ sơ" in older
    assert "Thông tư số 01/2018/TT-VPCP" in older
    assert "Vào Sổ theo dõi hồ sơ" not in text_of(slip.render(SLIP))


def test_what_is_not_known_is_not_printed() -> None:
    bare = replace(
        SLIP,
        submitter=Person(name="Vàng A Pó"),
        capacity="",
        owner=None,
        fee="",
        documents=(),
        check_digits="",
        short_digits="",
        lookup="",
        superior="",
    )
    text = text_of(slip.render(bare))
    for absent in ("Email", "điện thoại", "Số định danh", "Chủ hồ sơ", "Phí", "Số kiểm tra", "Mã tra cứu", "Tra cứu:"):
        assert absent not in text
    assert "không có giấy tờ kèm theo" in text
    assert faults(slip.lay_out(bare)) == []


def test_documents_are_counted_by_kind() -> None:
    lines = (DocumentLine("Đơn", original=1, certified_copy=2, copy=3, electronic_copy=4),)
    assert "1 Đơn 1 2 3 4" in text_of(slip.render(replace(SLIP, documents=lines)))


def test_a_certification_is_counted_by_pages_copies_and_electronic_copies() -> None:
    certified = (CertifiedDocument("Bằng tốt nghiệp đại học", pages=2, copies=5, electronic_copies=1),)
    text = text_of(slip.render(replace(SLIP, certified=certified, documents=())))
    assert "Số trang" in text
    assert "1 Bằng tốt nghiệp đại học 2 5 1" in text


def test_a_reprint_says_which_when_and_by_whom_on_every_page() -> None:
    content = replace(
        SLIP,
        copy=3,
        reprinted_at=datetime(2026, 9, 7, 2, 5, tzinfo=UTC),
        reprinted_by="Đỗ Thuỳ Hương",
        documents=SLIP.documents * 12,
    )
    text = text_of(slip.render(content))
    pages = len(slip.lay_out(content).pages)
    assert text.count("BẢN IN LẠI LẦN 2 – 09 giờ 05, 07/09/2026, Đỗ Thuỳ Hương") == pages
    assert "BẢN IN LẠI" not in text_of(slip.render(SLIP))


def test_a_void_paper_says_so_across_and_in_words() -> None:
    text = text_of(slip.render(replace(SLIP, void="thay bằng giấy lập lại lúc 09 giờ 05")))
    assert "GIẤY NÀY KHÔNG CÒN GIÁ TRỊ – thay bằng giấy lập lại lúc 09 giờ 05" in text


def test_a_slip_is_printed_when_no_code_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from qrcode.main import QRCode

    def stumbling(self: Any, fit: bool = True) -> None:
        raise ValueError("glog(0)")

    paper_matrix.cache_clear()
    monkeypatch.setattr(QRCode, "make", stumbling)
    document = slip.lay_out(SLIP)
    assert not any(isinstance(mark, Code) for mark in document.pages[0].marks)
    assert faults(document) == []
    assert SLIP.code in text_of(slip.render(SLIP))
    paper_matrix.cache_clear()


@pytest.mark.parametrize("size", ["A5", "A4"])
@pytest.mark.parametrize("form_set", ["2018", "2025"])
def test_nothing_touches_another_field(size: Any, form_set: Any) -> None:
    assert faults(slip.lay_out(replace(SLIP, size=size, form_set=form_set))) == []


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_the_longest_name_and_forty_documents_flow_to_the_next_pages(size: Any) -> None:
    assert len(LONG_NAME) == 1094
    lines = tuple(DocumentLine(f"{at}. {LONG_NAME[: 20 + 11 * at]}", copy=at) for at in range(1, 40))
    content = replace(
        SLIP,
        size=size,
        procedure_name=LONG_NAME,
        superior=LONG_NAME[:200],
        unit=LONG_NAME[:200].upper(),
        submitter=replace(LAN, name=LONG_NAME[:300], email="a" * 200 + "@example.vn"),
        owner=replace(BAO, name="Maria-José de la Concepción Fernández y Rodríguez-Núñez " * 3),
        officer=LONG_NAME[:150],
        code="000.00.31.15.H49-260905-1234567-000.00.31.15",
        documents=(*lines, DocumentLine(LONG_NAME * 4, original=1)),
        qr_text=qr_text(f"https://{'a' * 65}/t/", signed_digits(PROOF, KEY)),
    )
    document = slip.lay_out(content)
    assert len(document.pages) > 3
    assert faults(document) == []
    text = text_of(slip.render(content))
    assert all(f"{at}. Cấp" in text for at in range(1, 40))
    assert text.count("NGƯỜI TIẾP NHẬN HỒ SƠ") == 1
    assert read_code(printed(slip.render(content))[0]) == content.qr_text


_NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Z"), max_codepoint=0x24F), min_size=1, max_size=400
)


@settings(max_examples=15, deadline=None)
@given(_NAMES, st.lists(_NAMES, max_size=12))
def test_whatever_is_typed_nothing_touches_another_field(name: str, documents: list[str]) -> None:
    content = replace(
        SLIP,
        submitter=replace(LAN, name=name, address=name),
        procedure_name=name,
        documents=tuple(DocumentLine(text, copy=1) for text in documents),
    )
    try:
        assert faults(slip.lay_out(content)) == []
    except LettersMissing:
        return


def test_a_letter_that_no_typeface_has_is_named_before_anything_is_printed() -> None:
    with pytest.raises(LettersMissing) as raised:
        slip.render(replace(SLIP, owner=replace(BAO, name="\U0001f600")))
    assert raised.value.facts == {"letters": "U+1F600"}


def test_markup_in_a_name_is_only_letters() -> None:
    content = replace(SLIP, owner=replace(BAO, name="A [/] <b>B</b> &amp; (C)\\"))
    assert "Chủ hồ sơ: A [/] <b>B</b> &amp; (C)\\" in text_of(slip.render(content))
