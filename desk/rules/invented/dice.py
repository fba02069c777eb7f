"""Chance passed in: the same seed throws the same world."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Dice(Protocol):
    """What of `random.Random` the invented world needs."""

    def random(self) -> float:
        """Return a number from 0 to below 1."""
        ...

    def randrange(self, start: int, stop: int, /) -> int:
        """Return a whole number from `start` to below `stop`."""
        ...

    def choice(self, seq: Sequence[T], /) -> T:
        """Return one of `seq`."""
        ...


class Wheel(Generic[T]):
    """A wheel of fortune: each thing has a field as wide as its weight."""

    def __init__(self, fields: Sequence[tuple[T, float]]) -> None:
        self._things = [thing for thing, _weight in fields]
        self._ends = list(accumulate(weight for _thing, weight in fields))

    def __bool__(self) -> bool:
        return bool(self._things)

    def spin(self, dice: Dice) -> T:
        """Return one of the things; raises IndexError on a wheel without any."""
        at = bisect_right(self._ends, dice.random() * self._ends[-1])
        return self._things[min(at, len(self._things) - 1)]


def happens(dice: Dice, share: float) -> bool:
    """Tell whether something that happens in `share` (0 to 1) of all cases happens now."""
    return dice.random() < share
