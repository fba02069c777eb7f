"""Scans known by their form: cards, slips, short forms, badges, and everything that is none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.rules.codes import with_check
from desk.rules.scans import (
    BADGE_LENGTH,
    SCAN_LIMIT,
    BadgeScan,
    CardScan,
    ShortScan,
    SlipScan,
    badge_digits,
    classify,
)

SLIP = with_check("7" * 234)
SHORT = with_check("12345678901234567890")
_KEYS = str.maketrans("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ")

hosts = st.sampled_from(["", "HTTPS://DVC.QUANGNINH.GOV.VN/T/", "https://h49.example/t/", "HTTPS://ĐVC2.VN/T/"])


@given(hosts, st.integers(0, 10**234 - 1), st.booleans(), st.booleans())
def test_a_slip_is_its_last_236_digits(host: str, number: int, caps_lock: bool, layout: bool) -> None:
    digits = with_check(f"{number:0234d}")
    text = host + digits
    if caps_lock:
        text = text.swapcase()
    if layout:
        text = text.translate(_KEYS)
    assert classify(text) == SlipScan(digits)


@given(hosts, st.integers(0, 2**64 - 1), st.booleans())
def test_the_short_form_is_its_last_22_digits(host: str, tracking: int, layout: bool) -> None:
    digits = with_check(f"{tracking:020d}")
    scan = classify((host + digits).translate(_KEYS) if layout else host + digits)
    assert scan == ShortScan(digits)
    assert isinstance(scan, ShortScan)
    assert scan.tracking == tracking


def test_a_text_of_2000_characters_is_looked_at_and_no_longer_one() -> None:
    assert classify("/" * (2_000 - 236) + SLIP) == SlipScan(SLIP)
    assert classify("/" * (2_001 - 236) + SLIP) is None
    assert SCAN_LIMIT == 2_000


@example(10**22 - 1)
@example(0)
@given(st.integers(0, 10**22 - 1))
def test_a_badge_gives_its_number_back(number: int) -> None:
    digits = badge_digits(number)
    assert len(digits) == BADGE_LENGTH
    assert classify(digits) == BadgeScan(number)


@pytest.mark.parametrize("number", [-1, 10**22])
def test_a_number_that_no_badge_carries_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="badge"):
        badge_digits(number)


def test_26_digits_without_the_badge_prefix_are_no_badge() -> None:
    assert classify(with_check("1" * 24)) is None


def test_a_card_is_known_by_its_number_and_bars() -> None:
    scan = classify("022190000001||Nguyễn Thị Lan|15051990|Nữ|Tổ 1|01072021")
    assert isinstance(scan, CardScan)
    assert scan.card.name == "Nguyễn Thị Lan"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nguyễn Thị Lan",
        "022190000001",
        "H49.35.07-250701-0001",
        SLIP[:-1],
        SHORT[:-1],
        SHORT + " thanks",
        SLIP + "0",
        "/" * SCAN_LIMIT + SLIP,
    ],
)
def test_what_is_typed_by_hand_is_no_scan(text: str) -> None:
    scan = classify(text)
    assert scan is None or text.startswith(SHORT)


@given(st.sampled_from([SLIP, SHORT, badge_digits(42)]), st.data())
def test_one_wrong_digit_is_no_scan(digits: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(2, len(digits) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[at]]))
    assert classify(digits[:at] + wrong + digits[at + 1 :]) is None


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    classify(text)
