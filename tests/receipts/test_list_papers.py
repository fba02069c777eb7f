"""Papers about many dossiers: each dossier proves itself, lists go on, sums are right, both sets of forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
import zxingcpp

from desk.rules.proof import qr_text, signed_digits
from desk.rules.receipt_numbers import TakenReceipt, day_sheet
from desk.rules.verdict import KnownKey, judge
from receipts import day_close, handover, joint_slip, lost_slip, outage_record, register
from receipts.list_content import HeldUpLine, ReceiptSheet
from tests.receipts.list_samples import (
    DAY_CLOSE,
    FOREIGNER,
    HANDOVER,
    JOINT_SLIP,
    LOST_SLIP,
    OUTAGE,
    REGISTER,
    RESULTS,
)
from tests.receipts.looking import faults, pictures, printed, text_of
from tests.receipts.samples import KEY, LONG_NAME, PROOF

OURS = KnownKey(KEY.public, desk="d", unit="06709", agency_code="H49.35.07")


def said_in(pdf: bytes) -> str:
    return text_of(pdf).replace("\u00a0", " ")


def test_every_dossier_of_a_joint_slip_proves_itself() -> None:
    found = zxingcpp.read_barcodes(printed(joint_slip.render(JOINT_SLIP))[0])
    verdicts = [judge(code.text, [OURS]) for code in found]
    assert sorted(str(verdict.code) for verdict in verdicts) == [line.code for line in JOINT_SLIP.lines]
    assert {verdict.word for verdict in verdicts} == {"genuine"}


def test_a_joint_slip_lists_its_dossiers_with_their_times() -> None:
    text = said_in(joint_slip.render(JOINT_SLIP))
    for said in (
        "Trung tâm Phục vụ hành chính công phường Móng Cái 2 tiếp nhận 03 hồ sơ của: Nguyễn Thị Lan",
        "Số định danh cá nhân: 022190000001",
        "H49.35.07-260905-0125 (44)",
        "Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
        "17 giờ 00, 11/09/2026",
        "NGƯỜI NỘP HỒ SƠ",
        "Mẫu số 01, Phụ lục I, Thông tư số 03/2025/TT-VPCP",
    ):
        assert said in text
    assert "Thông tư số 01/2018" in said_in(joint_slip.render(replace(JOINT_SLIP, form_set="2018")))


def test_forty_dossiers_of_one_submitter_flow_with_their_codes() -> None:
    host = qr_text(f"https://{'a' * 40}/t/", signed_digits(PROOF, KEY))
    lines = tuple(replace(JOINT_SLIP.lines[at % 3], qr_text=host, owner_name=FOREIGNER.name) for at in range(40))
    long = (replace(lines[0], procedure_name=LONG_NAME), *lines[1:])
    document = joint_slip.lay_out(replace(JOINT_SLIP, lines=long))
    assert len(document.pages) > 3
    assert faults(document) == []


def test_the_register_names_its_period_and_its_form_in_both_sets() -> None:
    newer = said_in(register.render(REGISTER))
    assert "(Từ ngày 01 tháng 9 năm 2026 đến hết ngày 08 tháng 9 năm 2026)" in newer
    assert "Mẫu số 07, Phụ lục I, Thông tư số 03/2025/TT-VPCP" in newer
    assert "Lĩnh vực" in newer
    assert "chủ trì" not in newer
    older = said_in(register.render(replace(REGISTER, form_set="2018")))
    assert "Mẫu số 06, ban hành kèm theo Thông tư số 01/2018/TT-VPCP" in older
    assert "Công chức tư pháp" in older
    assert "bưu chính công ích" in older
    assert "Lĩnh vực" not in older


@pytest.mark.parametrize("form_set", ["2018", "2025"])
def test_a_register_of_a_month_goes_on_under_the_same_headings(form_set: Literal["2018", "2025"]) -> None:
    lines = tuple(replace(REGISTER.lines[at % 9], code=f"H49.35.07-260905-{at:04d}") for at in range(300))
    long = (replace(lines[0], procedure_name=LONG_NAME, owner_name=LONG_NAME[:300]), *lines[1:])
    content = replace(REGISTER, lines=long, form_set=form_set, to_on=date(2026, 9, 30))
    document = register.lay_out(content)
    assert faults(document) == []
    text = said_in(register.render(content))
    assert text.count("STT") in (len(document.pages), len(document.pages) - 1)  # signatures may stand alone
    assert len(document.pages) > 10
    assert all(f"-{at:04d}" in text for at in range(300))


def test_an_empty_period_gives_a_register_that_says_so() -> None:
    content = replace(REGISTER, lines=())
    assert faults(register.lay_out(content)) == []
    assert "Số hồ sơ: 0" in said_in(register.render(content))


def test_a_hand_over_names_both_sides_and_leaves_room_for_the_way_back() -> None:
    text = said_in(handover.render(HANDOVER))
    for said in (
        "GIẤY BÀN GIAO HỒ SƠ",
        "02 bản có giá trị như nhau",
        "Bên giao: Trung tâm Phục vụ hành chính công phường Móng Cái 2; người đại diện: Đỗ Thuỳ Hương",
        "Bên nhận: Phòng Văn hoá – Xã hội; người đại diện: Lê Văn Sơn",
        "Thời gian giao: 16 giờ 40 phút, ngày 08 tháng 9 năm 2026",
        "I. GIAO HỒ SƠ: 3 hồ sơ",
        "14 giờ 00, 09/09/2026",
        "Giấy chứng sinh (01 bản chính)",
        "II. NHẬN KẾT QUẢ",
        "BÊN NHẬN",
    ):
        assert said in text
    assert "đại diện: ……………………" in said_in(handover.render(replace(HANDOVER, receiver="")))


def test_results_that_come_back_are_listed_with_number_fee_and_post() -> None:
    text = said_in(handover.render_results(RESULTS))
    assert "PHIẾU BÀN GIAO KẾT QUẢ" in text
    assert "Giấy khai sinh 216/2026 Khai sinh của Phạm Gia Bảo" in text
    assert (text.count(" có không"), text.count(" không có")) == (1, 1)


def test_two_hundred_dossiers_handed_over_at_once_flow_there_and_back() -> None:
    there = tuple(replace(HANDOVER.lines[at % 3], procedure_name=LONG_NAME[: 20 + 5 * at]) for at in range(200))
    back = tuple(replace(RESULTS.lines[at % 3], procedure_name=LONG_NAME[: 20 + 5 * at]) for at in range(200))
    for document in (
        handover.lay_out(replace(HANDOVER, lines=there)),
        handover.lay_out_results(replace(RESULTS, lines=back)),
    ):
        assert len(document.pages) > 10
        assert faults(document) == []


def test_the_statement_of_a_lost_slip_names_who_takes_the_result_and_who_saw_the_identity_paper() -> None:
    text = said_in(lost_slip.render(LOST_SLIP))
    for said in (
        "GIẤY CAM ĐOAN VỀ VIỆC MẤT GIẤY HẸN TRẢ KẾT QUẢ",
        "Kính gửi: Trung tâm Phục vụ hành chính công phường Móng Cái 2",
        "Tôi là: Nguyễn Thị Lan",
        "Tư cách nhận kết quả: mẹ của trẻ",
        "Chủ hồ sơ: Phạm Gia Bảo",
        "Tôi cam đoan những điều trên là đúng sự thật",
        "NGƯỜI CAM ĐOAN",
    ):
        assert said in text
    assert len(pictures(lost_slip.render(LOST_SLIP), 20)) == 1


def test_an_outage_tells_its_time_and_what_it_held_up() -> None:
    text = said_in(outage_record.render(OUTAGE))
    for said in (
        "Sự cố: Mất kết nối mạng",
        "Từ: 08 giờ 00 phút, ngày 07 tháng 9 năm 2026",
        "Thời gian gián đoạn: 8 giờ 30 phút",
        "Hồ sơ bị ảnh hưởng: 3",
        "6 giờ 25 phút",
    ):
        assert said in text
    assert "Không có hồ sơ nào bị ảnh hưởng." in said_in(outage_record.render(replace(OUTAGE, lines=())))


def test_an_outage_that_held_up_hundreds_flows() -> None:
    line = HeldUpLine("H49.35.07-260905-0001", FOREIGNER.name, LONG_NAME[:200], None, 61)
    document = outage_record.lay_out(replace(OUTAGE, lines=(line,) * 300, evidence=LONG_NAME))
    assert len(document.pages) > 10
    assert faults(document) == []


def test_the_day_sheet_counts_void_and_missing_numbers_and_adds_up() -> None:
    text = said_in(day_close.render(DAY_CLOSE))
    assert "Ngày 08 tháng 9 năm 2026" in text
    assert "3 0000123 0000127 1 0000125 21.000 16.000 12.000 49.000" in text
    assert "Cộng 4 1 1.255.567 16.000 12.000 1.283.567" in text
    assert "Một triệu hai trăm tám mươi ba nghìn năm trăm sáu mươi bảy đồng" in text
    assert "không lập biên lai" in said_in(day_close.render(replace(DAY_CLOSE, sheets=())))


def test_many_missing_numbers_are_counted_and_not_all_written() -> None:
    sheet = day_sheet([TakenReceipt(1, 1000, "cash"), TakenReceipt(5000, 1000, "cash")])
    content = replace(DAY_CLOSE, sheets=(ReceiptSheet("A", "", "AA", sheet),))
    assert faults(day_close.lay_out(content)) == []
    assert "(4998 số)" in said_in(day_close.render(content))
