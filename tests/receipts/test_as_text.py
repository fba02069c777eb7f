"""The slip as plain text: every line fits, nothing is lost, and codes stay whole."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from receipts.as_text import slip_text
from tests.receipts.list_samples import FOREIGNER
from tests.receipts.samples import LAN, LONG_NAME, SLIP


def columns(line: str) -> int:
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in line
    )


@pytest.mark.parametrize("width", [16, 32, 40, 48, 80])
def test_every_line_fits_and_every_word_is_there(width: int) -> None:
    content = replace(SLIP, procedure_name=LONG_NAME, owner=FOREIGNER)
    text = slip_text(content, width)
    assert all(columns(line) <= width for line in text.splitlines())
    joined = text.replace("\n", "").replace(" ", "").replace("-", "")
    for said in (LONG_NAME, FOREIGNER.name, SLIP.code, "17 giờ 00 phút, ngày 09 tháng 9 năm 2026", SLIP.check_digits):
        assert said.replace(" ", "").replace("-", "") in joined


def test_a_code_is_not_broken_where_it_fits() -> None:
    assert any(line.strip() == SLIP.code for line in slip_text(SLIP, 32).splitlines())


def test_a_width_too_small_is_taken_as_the_smallest() -> None:
    assert slip_text(SLIP, 3) == slip_text(SLIP, 16)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(16, 60))
def test_whatever_is_typed_every_line_fits(name: str, width: int) -> None:
    text = slip_text(replace(SLIP, submitter=replace(LAN, name=name)), width)
    assert all(columns(line) <= width for line in text.split("\n"))
    assert "\x1b" not in text
