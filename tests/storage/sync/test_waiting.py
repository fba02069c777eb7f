"""Waits between two tries: never shorter than five seconds, never longer than ten minutes, never in step."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from desk.clock import chance
from storage.sync.waiting import first_contact_wait_s, fraction, retry_wait_s
from tests.storage.desks import Ticking

_FRACTIONS = st.floats(0, 1, exclude_max=True)


@given(st.lists(_FRACTIONS, min_size=1, max_size=40))
def test_waits_stay_between_five_seconds_and_ten_minutes(fractions: list[float]) -> None:
    wait = 0.0
    for part in fractions:
        after = retry_wait_s(wait, part)
        assert 5 <= after <= min(600, max(15, wait * 3))
        wait = after


def test_waits_grow_to_minutes_when_nothing_helps() -> None:
    rng = random.Random(1)
    wait, total = 0.0, 0.0
    for _ in range(200):
        wait = retry_wait_s(wait, rng.random())
        total += wait
    assert total / 200 > 120


@given(_FRACTIONS, st.floats(0, 3600))
def test_what_the_center_asked_for_is_kept(part: float, asked: float) -> None:
    assert retry_wait_s(5, part, asked) >= asked


@given(_FRACTIONS, st.floats(0, 10**6))
def test_after_a_long_outage_desks_come_back_over_two_minutes(part: float, outage: float) -> None:
    wait = first_contact_wait_s(outage, part)
    assert wait == 0 if outage <= 600 else 0 <= wait <= 120


def test_a_fraction_is_even_and_below_one() -> None:
    clock = Ticking()
    source = chance(clock, random.Random(3).randbytes)
    found = [fraction(source) for _ in range(500)]
    assert 0 <= min(found) < 0.05 and 0.95 < max(found) < 1
    assert fraction(chance(clock, lambda count: b"\xff" * count)) < 1
