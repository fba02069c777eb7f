"""Which number of the day comes next: static slots, no leases, no expiry (decisions, 2).

Slot k owns 500k+1 to 500k+499 of every day; 9000 to 9999 belong to the center. A slot is a rule, valid for
any day for ever, so two machines of a unit never meet without any traffic between them.
"""

from __future__ import annotations

from desk.errors.rule import SlotUnknown

SLOT_SIZE = 500
SLOT_NUMBERS = 499
LAST_SLOT = 17
CENTER_NUMBERS = range(9000, 10_000)
EPOCH_GAP = 20
"""After a restore from an older state, today's numbers go on this much higher (decisions, 1)."""

_PROVISIONAL_NUMBERS = 99_999


def check_slot(slot: int) -> int:
    """Return `slot`; raises SlotUnknown outside 0 to LAST_SLOT."""
    if not 0 <= slot <= LAST_SLOT:
        raise SlotUnknown(slot=slot, last=LAST_SLOT)
    return slot


def numbers_of(slot: int) -> range:
    """Return the numbers of a slot: 500k+1 to 500k+499; raises SlotUnknown."""
    first = SLOT_SIZE * check_slot(slot) + 1
    return range(first, first + SLOT_NUMBERS)


def slot_of(serial: int) -> int | None:
    """Return the slot that owns a serial of four digits, None for the center's and for unowned ones."""
    slot, place = divmod(serial, SLOT_SIZE)
    return slot if place and 0 <= slot <= LAST_SLOT else None


def next_serial(slot: int, last: int | None) -> int | None:
    """Return the number after `last` of the same slot and day, None when the slot is used up.

    last: the day's last number of this slot; None or 0 before the first. Raises SlotUnknown; ValueError for
    a number of another slot.
    """
    return _next(numbers_of(slot), last)


def next_provisional(slot: int, last: int | None) -> int | None:
    """Return the next number of the day for a provisional code, None when even these are used up.

    Seven digits: the slot, then 1 to 99999, so that two machines of a unit never make the same code.
    """
    first = check_slot(slot) * (_PROVISIONAL_NUMBERS + 1) + 1
    return _next(range(first, first + _PROVISIONAL_NUMBERS), last)


def after_epoch_change(slot: int, last: int | None) -> int:
    """Return what counts as the day's last number after a new epoch was opened: EPOCH_GAP higher.

    Never beyond the slot: then the slot is used up. 0 known numbers leave the first EPOCH_GAP unused too.
    """
    numbers = numbers_of(slot)
    return min((last or numbers.start - 1) + EPOCH_GAP, numbers.stop - 1)


def _next(numbers: range, last: int | None) -> int | None:
    if not last:
        return numbers.start
    if last not in numbers:
        raise ValueError(last)
    return last + 1 if last + 1 in numbers else None
