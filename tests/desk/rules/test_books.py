"""Numbers of certification: per book and year, never twice in a unit."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors.rule import SlotUnknown
from desk.rules import books
from desk.rules.serials import EPOCH_GAP, LAST_SLOT

SLOTS = st.integers(0, LAST_SLOT)


def test_the_first_machine_counts_as_the_book_of_paper_did_and_the_next_one_far_above() -> None:
    assert [books.next_number(0, last) for last in (None, 0, 1, 2)] == [1, 1, 2, 3]
    assert [books.next_number(1, last) for last in (None, 100_001)] == [100_001, 100_002]
    assert books.next_number(0, 99_999) is None


@pytest.mark.parametrize("slot", [-1, 18])
def test_a_slot_that_does_not_exist_is_refused(slot: int) -> None:
    with pytest.raises(SlotUnknown):
        books.next_number(slot, None)


def test_a_last_number_of_another_slot_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="100000"):
        books.next_number(0, 100_000)


@given(SLOTS, SLOTS)
def test_two_slots_share_no_number_and_each_number_names_its_slot(one: int, other: int) -> None:
    numbers = books.numbers_of(one)
    assert books.slot_of(numbers[0]) == books.slot_of(numbers[-1]) == one
    if one != other:
        assert numbers[-1] < books.numbers_of(other)[0] or books.numbers_of(other)[-1] < numbers[0]


@st.composite
def acts(draw: st.DrawFn) -> list[tuple[int, str, str]]:
    """Return what three machines do over a turn of the year: take a number of a book, or open a new epoch."""
    act = st.tuples(st.integers(0, 2), st.sampled_from(["copy", "signature"]), st.sampled_from(["take"] * 8 + ["lost"]))
    return draw(st.lists(act, max_size=80))


def _given(days: Iterable[tuple[int, list[tuple[int, str, str]]]]) -> list[tuple[int, str, int]]:
    """Return every number given; a machine that lost its data forgets the last ones, at most as many as the gap."""
    every: list[tuple[int, str, int]] = []
    last: dict[tuple[int, int, str], int | None] = {}
    for year, done in days:
        for slot, book, what in done:
            key = year, slot, book
            if what == "lost":
                known = last.get(key)
                forgotten = None if known is None else max(known - EPOCH_GAP, 0) or None
                forgotten = forgotten if forgotten in books.numbers_of(slot) else None
                last[key] = books.after_epoch_change(slot, forgotten)
            number = books.next_number(slot, last.get(key))
            assert number is not None
            last[key] = number
            every.append((year, book, number))
    return every


@given(acts(), acts())
def test_no_number_is_given_twice_over_machines_epochs_and_the_turn_of_the_year(
    before: list[tuple[int, str, str]], after: list[tuple[int, str, str]]
) -> None:
    every = _given([(2026, before), (2027, after)])
    assert len(set(every)) == len(every)


@given(SLOTS, st.integers(0, 99_999))
def test_after_a_new_epoch_the_numbers_go_on_twenty_higher_and_never_leave_the_slot(slot: int, used: int) -> None:
    last = books.numbers_of(slot).start - 1 + used if used else None
    carried = books.after_epoch_change(slot, last)
    assert carried in books.numbers_of(slot)
    assert books.next_number(slot, carried) in (carried + 1, None)


@pytest.mark.parametrize(
    ("book", "number", "said", "short"),
    [
        ("copy", 17, "17/2026-SCT/BS", "17 BS"),
        ("signature", 100_001, "100001/2026-SCT/CK,ĐC", "100001 CK,ĐC"),
        ("transaction", 3, "3/2026-SCT/HĐ,GD", "3 HĐ,GD"),
        ("of a later version", 3, "3/2026-of a later version", "3 of a later version"),
        ("", None, "", ""),
    ],
)
def test_a_number_is_written_with_year_and_book(book: str, number: int | None, said: str, short: str) -> None:
    assert books.written(book, 2026, number) == said
    assert books.short(book, number) == short


@pytest.mark.parametrize("book", list(books.SIGNS))
@given(st.integers(1, 1_799_999))
def test_what_is_written_is_read_back_with_and_without_accents(book: str, number: int) -> None:
    said = books.written(book, 2026, number)
    for typed in (said, said.lower(), said.replace("Đ", "D"), said.replace("-SCT/", " ")):
        assert books.read(typed) == (2026, number, book)
    assert books.read(f"{number}/2026") == (2026, number, "")


@pytest.mark.parametrize("typed", ["", "17", "17/26", "17/1999", "0/2026", "17/2026-XX", "H49.22-261125-0001", "Lan"])
def test_other_texts_are_no_number(typed: str) -> None:
    assert books.read(typed) is None
