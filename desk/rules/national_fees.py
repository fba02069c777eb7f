"""The sums that the nation sets and the catalogue cannot say, as rows; a province's are put behind them.

The catalogue names one sum a procedure. Here stand those that are counted by page or copy, depend on the
channel, or are waived for a time (domain, 7: the national portal in July 2026).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desk.rules.fee_rows import FeeRow

_CERTIFICATION = "Thông tư 226/2016/TT-BTC"
_CIVIL_STATUS = "Thông tư 281/2016/TT-BTC"
_FREED = "Thông tư 117/2026/TT-BTC"
_FROM_2017 = date(2017, 1, 1)


def _certified_copy(procedure: str) -> FeeRow:
    """2,000 a page, 1,000 from the third on, at most 200,000 a copy."""
    return FeeRow(
        procedure,
        "fee",
        2_000,
        "page",
        later_page_dong=1_000,
        most_per_copy_dong=200_000,
        valid_from=_FROM_2017,
        ground=_CERTIFICATION,
    )


def _extract(procedure: str) -> FeeRow:
    return FeeRow(procedure, "fee", 8_000, "copy", valid_from=_FROM_2017, ground=_CIVIL_STATUS)


def _extract_freed(procedure: str) -> FeeRow:
    """Free for an account of level 2, for half a year."""
    return FeeRow(
        procedure,
        "fee",
        0,
        "copy",
        valid_from=date(2026, 8, 15),
        valid_to=date(2027, 2, 28),
        identity_level=2,
        ground=_FREED,
    )


def _residence(procedure: str, online_dong: int, counter_dong: int) -> tuple[FeeRow, FeeRow]:
    """Permanent and temporary residence; what is taken at the counter is recalled, not confirmed."""
    online = FeeRow(
        procedure, "charge", online_dong, "dossier", date(2023, 2, 5), "Thông tư 75/2022/TT-BTC", channel="online"
    )
    return online, replace(online, amount_dong=counter_dong, channel="counter", is_unconfirmed=True)


NATIONAL_FEES: tuple[FeeRow, ...] = (
    _certified_copy("2.000815"),
    _certified_copy("2.000942"),
    _extract("2.000635"),
    _extract_freed("2.000635"),
    _extract("2.002516"),
    _extract_freed("2.002516"),
    *_residence("1.004222", online_dong=10_000, counter_dong=20_000),
    *_residence("1.004194", online_dong=7_000, counter_dong=15_000),
)
