"""Percentages that say what they are made of: numerator, base, two decimals; "–" where the base is empty."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

EMPTY = "–"
_CENT = Decimal("0.01")


class Share(NamedTuple):
    """A part of a whole; `n` is counted within `base`."""

    n: int
    base: int

    @property
    def percent(self) -> Decimal | None:
        """The percentage, rounded half up to two decimals; None where the base is empty.

        >>> Share(3549, 3564).percent
        Decimal('99.58')
        """
        if self.base == 0:
            return None
        return (Decimal(100 * self.n) / Decimal(self.base)).quantize(_CENT, ROUND_HALF_UP)

    def shown(self) -> str:
        """Return the percentage as papers write it: `99,58%`, or "–" where the base is empty."""
        percent = self.percent
        return EMPTY if percent is None else f"{percent}".replace(".", ",") + "%"

    def as_json(self) -> dict[str, int | float | None]:
        """Return n, base and percent (a number of two decimals, null where the base is empty)."""
        percent = self.percent
        return {"n": self.n, "base": self.base, "percent": None if percent is None else float(percent)}
