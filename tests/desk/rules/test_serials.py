"""Static slots: which number of the day comes next at which machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors.rule import SlotUnknown
from desk.rules.serials import (
    CENTER_NUMBERS,
    LAST_SLOT,
    after_epoch_change,
    next_provisional,
    next_serial,
    numbers_of,
    slot_of,
)

SLOTS = st.integers(0, LAST_SLOT)


@pytest.mark.parametrize(("slot", "first", "last"), [(0, 1, 499), (1, 501, 999), (3, 1501, 1999), (17, 8501, 8999)])
def test_slot_k_owns_500k_plus_1_to_500k_plus_499(slot: int, first: int, last: int) -> None:
    assert next_serial(slot, None) == next_serial(slot, 0) == first
    assert next_serial(slot, first) == first + 1
    assert next_serial(slot, last - 1) == last
    assert next_serial(slot, last) is None
    assert numbers_of(slot)[-1] == last


@pytest.mark.parametrize("slot", [-1, 18, 500])
def test_a_slot_that_does_not_exist_is_refused(slot: int) -> None:
    for act in (numbers_of, lambda slot: next_serial(slot, None), lambda slot: next_provisional(slot, None)):
        with pytest.raises(SlotUnknown) as refused:
            act(slot)
        assert refused.value.facts == {"slot": slot, "last": 17}


@pytest.mark.parametrize("last", [500, 1000, 42, -1])
def test_a_last_number_of_another_slot_is_a_programmers_error(last: int) -> None:
    with pytest.raises(ValueError, match=str(last)):
        next_serial(1, last)


@given(SLOTS, SLOTS)
def test_two_slots_share_no_number_and_none_is_the_centers(one: int, other: int) -> None:
    if one != other:
        assert not set(numbers_of(one)) & set(numbers_of(other))
    assert not set(numbers_of(one)) & set(CENTER_NUMBERS)


@given(st.integers(-1000, 12_000))
def test_the_owner_of_a_number_is_the_slot_that_has_it(serial: int) -> None:
    owners = [slot for slot in range(LAST_SLOT + 1) if serial in numbers_of(slot)]
    assert slot_of(serial) == (owners[0] if owners else None)


@given(SLOTS, st.integers(0, 498))
def test_after_a_new_epoch_the_numbers_go_on_twenty_higher_and_never_leave_the_slot(slot: int, used: int) -> None:
    last = numbers_of(slot)[used]
    carried = after_epoch_change(slot, last)
    assert carried == min(last + 20, numbers_of(slot)[-1])
    following = next_serial(slot, carried)
    assert following is None or following == last + 21


@pytest.mark.parametrize(
    ("serial", "slot"),
    [
        (0, None),
        (1, 0),
        (499, 0),
        (500, None),
        (501, 1),
        (8501, 17),
        (8999, 17),
        (9000, None),
        (9001, None),
        (-1, None),
    ],
)
def test_the_edges_of_the_slots_have_their_owner(serial: int, slot: int | None) -> None:
    assert slot_of(serial) == slot


def test_9000_to_9999_belong_to_the_center() -> None:
    assert (CENTER_NUMBERS[0], CENTER_NUMBERS[-1]) == (9000, 9999)


def test_a_day_without_numbers_known_still_leaves_twenty_free_after_a_new_epoch() -> None:
    assert next_serial(2, after_epoch_change(2, None)) == 1021


@given(SLOTS, SLOTS)
def test_provisional_numbers_of_two_machines_never_meet(one: int, other: int) -> None:
    first, second = next_provisional(one, None), next_provisional(other, None)
    assert first is not None
    assert second is not None
    assert (first // 100_000 == second // 100_000) == (one == other)


def test_provisional_numbers_have_an_end_too() -> None:
    assert next_provisional(3, None) == 300_001
    assert next_provisional(3, 300_001) == 300_002
    assert next_provisional(3, 399_999) is None
