"""The result receipt: who handed what to whom, and when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desk.rules.verdict import KnownKey, judge
from receipts import result_receipt
from receipts.move_content import ResultLine
from tests.receipts.looking import faults, pictures, printed, read_code, text_of
from tests.receipts.samples import KEY, LONG_NAME, RESULT_RECEIPT


def test_its_code_is_read_and_judged_genuine_as_a_result_receipt() -> None:
    text = read_code(printed(result_receipt.render(RESULT_RECEIPT))[0])
    verdict = judge(text, [KnownKey(KEY.public, desk="d", unit="06709", agency_code="H49.35.07")])
    assert verdict.word == "genuine"
    assert verdict.proof is not None
    assert verdict.proof.kind == "result_receipt"


def test_it_names_both_hands_and_every_result() -> None:
    text = text_of(result_receipt.render(RESULT_RECEIPT)).replace("\u00a0", " ")
    for said in (
        "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
        "Thủ tục: Đăng ký khai sinh",
        "Chủ hồ sơ: Phạm Gia Bảo",
        "Người trả kết quả: Đỗ Thuỳ Hương, Trung tâm",
        "điện thoại 0203 3881 000",
        "Người nhận kết quả: Nguyễn Thị Lan (mẹ của trẻ)",
        "Số điện thoại: 0912345678",
        "1 Giấy khai sinh 215/2026 Khai sinh của Phạm Gia Bảo 08/09/2026 1",
        "Thời gian trả kết quả: 15 giờ 20 phút, ngày 09 tháng 9 năm 2026",
        "NGƯỜI NHẬN KẾT QUẢ",
        "NGƯỜI TRẢ KẾT QUẢ",
    ):
        assert said in text
    assert "giấy hẹn" not in text
    assert "vận đơn" not in text


def test_a_lost_slip_and_a_consignment_are_written_down() -> None:
    content = replace(RESULT_RECEIPT, lost_slip=True, consignment="EB123456789VN")
    text = text_of(result_receipt.render(content))
    assert "Người nhận không còn giấy hẹn trả kết quả" in text
    assert "số vận đơn: EB123456789VN" in text


@pytest.mark.parametrize("size", ["A5", "A4"])
def test_long_results_flow_without_touching_another_field(size: Any) -> None:
    long = replace(
        RESULT_RECEIPT,
        size=size,
        procedure_name=LONG_NAME,
        results=tuple(ResultLine(LONG_NAME[:200], "1" * 60, LONG_NAME, "08/09/2026") for _ in range(9)),
    )
    assert faults(result_receipt.lay_out(RESULT_RECEIPT)) == []
    assert faults(result_receipt.lay_out(long)) == []


def test_one_content_gives_the_same_bytes_and_one_sheet() -> None:
    pdf = result_receipt.render(RESULT_RECEIPT)
    assert pdf == result_receipt.render(RESULT_RECEIPT)
    assert len(pictures(pdf, 20)) == 1
