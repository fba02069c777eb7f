"""Percentages with their base."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desk.rules.shares import Share


@pytest.mark.parametrize(
    ("n", "base", "percent", "shown"),
    [
        (3549, 3564, "99.58", "99,58%"),  # the article of Báo Quảng Ninh: 3,564 forms
        (15, 3564, "0.42", "0,42%"),
        (0, 3564, "0.00", "0,00%"),
        (2116, 2150, "98.42", "98,42%"),
        (2117, 2150, "98.47", "98,47%"),
        (1, 3, "33.33", "33,33%"),
        (2, 3, "66.67", "66,67%"),
        (1, 800, "0.13", "0,13%"),  # 0.125 is rounded up
        (5, 5, "100.00", "100,00%"),
    ],
)
def test_a_percentage_has_two_decimals_rounded_half_up(n: int, base: int, percent: str, shown: str) -> None:
    share = Share(n, base)
    assert share.percent == Decimal(percent)
    assert share.shown() == shown
    assert share.as_json() == {"n": n, "base": base, "percent": float(percent)}


def test_an_empty_base_has_no_percentage() -> None:
    share = Share(0, 0)
    assert share.percent is None
    assert share.shown() == "–"
    assert share.as_json() == {"n": 0, "base": 0, "percent": None}
