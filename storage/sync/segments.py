"""What a desk sends next: a pure function of what the center has and of how long the desk's own chain is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from storage.messages import Have

FIRST_SIZE: Final = 100
LARGEST_SIZE: Final = 1000
LARGEST_BYTES: Final = 1 << 20
"""A request is made smaller until it packs to this much, unless it holds one event only."""


class Span(NamedTuple):
    """A run of events of one epoch, both ends belonging to it."""

    epoch: int
    first: int
    last: int

    @property
    def length(self) -> int:
        """How many events it has."""
        return self.last - self.first + 1


@dataclass
class Pace:
    """How many events go into one request: doubled by each success, halved by each failure."""

    size: int = FIRST_SIZE
    dictionary: int = 0
    """The dictionary that the center said it has; forgotten at a failure, which it may be the reason of."""

    def went_well(self) -> None:
        """Take twice as many next time, to the most there may be."""
        self.size = min(self.size * 2, LARGEST_SIZE)

    def went_wrong(self) -> None:
        """Take half as many next time, at least one."""
        self.size = max(self.size // 2, 1)
        self.dictionary = 0


def next_segments(have: Have | None, lengths: Mapping[int, int], size: int) -> list[Span]:
    """Return what to send next, at most `size` events; nothing where the center has all, or has not said what.

    have: what the center said it has, None before it said so. lengths: the last number of each own epoch.
    """
    spans: list[Span] = []
    if have is None:
        return spans
    for epoch in sorted(lengths):
        first = _held(have, epoch, lengths[epoch]) + 1
        last = min(lengths[epoch], first + size - 1)
        if first <= last:
            spans.append(Span(epoch, first, last))
            size -= spans[-1].length
    return spans


def unsent(have: Have | None, lengths: Mapping[int, int]) -> int:
    """Return how many own events lie beyond what the center has."""
    if have is None:
        return sum(lengths.values())
    return sum(max(length - _held(have, epoch, length), 0) for epoch, length in lengths.items())


def _held(have: Have, epoch: int, length: int) -> int:
    """Return up to which number the center has `epoch`, whose own last number is `length`."""
    place = have.of(epoch)
    if place is not None:
        return place.seq
    return length if epoch < have.epoch and have.older is None else 0
