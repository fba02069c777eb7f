"""The identities: each column stands in one, and a wrong one is named with both sides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.rules.figures.checks import Check, against_printed, identities
from desk.rules.figures.columns import COLUMNS, Columns

RIGHT = Columns(
    received=63, online=7, counter_post=24, carried_over=32,
    resolved=17, early=3, on_time=5, overdue=9,
    in_progress=46, in_time=30, in_progress_overdue=16,
    counter=8, post=16, online_full=1, online_partial=2, online_other=4,
    overdue_apologised=11, overdue_not_apologised=14,
)  # fmt: skip
FREE = {
    "no_boundary", "waiting_in_time", "waiting_late", "refused", "stopped", "withdrawn",
    "paid_online", "paid_direct", "receipted",
}  # fmt: skip


def test_a_right_row_fails_nowhere() -> None:
    checks = identities({"HT": RIGHT}, RIGHT, 32)
    assert all(check.holds for check in checks)
    assert {check.where for check in checks} == {"total"}


@pytest.mark.parametrize("name", [name for name in COLUMNS if name not in FREE])
def test_no_column_can_be_wrong_unnoticed(name: str) -> None:
    wrong = replace(RIGHT, **{name: getattr(RIGHT, name) + 1000})
    checks = identities({"HT": wrong}, wrong, 32)
    assert {check.where for check in checks if not check.holds} == {"total", "HT"}


@pytest.mark.parametrize("name", COLUMNS)
def test_no_total_can_differ_from_its_rows_unnoticed(name: str) -> None:
    wrong = replace(RIGHT, **{name: getattr(RIGHT, name) + 1000})
    failing = [check for check in identities({"HT": RIGHT}, wrong, 32) if not check.holds]
    assert Check(f"total={name}", getattr(wrong, name), getattr(RIGHT, name)) in failing


def test_what_is_not_printed_is_not_compared() -> None:
    assert against_printed(RIGHT, {}) == ()
    assert against_printed(RIGHT, {"received": 63, "forms": 9}) == (Check("printed received", 63, 63),)


def test_three_printed_numbers_are_enough_for_their_sum() -> None:
    printed = {"received": 63, "newly_received": 31, "carried_over": 32}
    assert len(against_printed(RIGHT, printed)) == 4
    del printed["carried_over"]
    assert len(against_printed(RIGHT, printed)) == 2


def test_a_printed_report_is_compared_and_added_up() -> None:
    printed = {"received": 63, "newly_received": 31, "carried_over": 32, "on_time_or_early": 8}
    assert all(check.holds for check in against_printed(RIGHT, printed))
    assert [check.left for check in against_printed(RIGHT, printed)] == [63, 31, 32, 8, 63]
    assert [check.id for check in against_printed(RIGHT, {**printed, "received": 62}) if not check.holds] == [
        "printed received",
        "printed received=newly_received+carried_over",
    ]
