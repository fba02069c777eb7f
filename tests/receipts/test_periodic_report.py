"""The periodic report as a paper: thirteen columns with their numbers, rates with their base, what does not agree."""

from __future__ import annotations

from dataclasses import replace

from receipts import periodic_report
from receipts.report_content import ReportRow
from tests.receipts.list_samples import REPORT
from tests.receipts.looking import faults, text_of
from tests.receipts.samples import LONG_NAME


def said(content: object = REPORT) -> str:
    return text_of(periodic_report.render(content)).replace("\u00a0", " ")  # type: ignore[arg-type]


def test_every_column_stands_under_its_number_and_every_rate_beside_its_base() -> None:
    text = said()
    for number in range(1, 14):
        assert f"({number})" in text
    for part in (
        "(Từ ngày 01 tháng 7 năm 2026 đến hết ngày 30 tháng 9 năm 2026)",
        "1 Chứng thực 1.204 12 1.190 2 1.201 900 300 1 3 3 0",
        "Tổng cộng 1.835",
        "99,55% (1.781/1.789)",
        "qua bưu chính công ích: 68",
        "Số liệu theo dữ liệu đến: 08 giờ 00 phút, ngày 01 tháng 10 năm 2026",
        "Biểu số II.06a/VPCP/KSTT",
    ):
        assert part in text


def test_a_sum_that_does_not_agree_is_said_and_never_hidden() -> None:
    assert "Biểu chưa khớp: HT 3=4+5+6: 631 ≠ 632" in said()
    whole = said(replace(REPORT, failing=()))
    assert "9 đẳng thức đều khớp" in whole
    assert "chưa khớp" not in whole


def test_a_closed_period_names_its_hash_and_what_came_later() -> None:
    text = said()
    assert "Chốt kỳ: 08:00 01/10/2026, mã kiểm tra 51c7b49e3d0d06a0" in text
    assert "Điều chỉnh sau khi chốt kỳ" in text
    open_period = said(replace(REPORT, closed="", adjustments=()))
    assert "Chốt kỳ" not in open_period
    assert "Điều chỉnh" not in open_period


def test_many_rows_with_long_names_go_on_under_the_same_headings() -> None:
    rows = tuple(ReportRow(LONG_NAME, REPORT.total) for _row in range(60))
    document = periodic_report.lay_out(replace(REPORT, rows=rows))
    assert len(document.pages) > 3
    assert faults(document) == []
