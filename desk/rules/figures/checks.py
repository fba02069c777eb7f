"""The identities of the periodic table, each with both sides: one that fails is shown, never repaired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desk.rules.figures.columns import COLUMNS, Columns

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Check:
    """One identity at one place of the table."""

    id: str
    left: int
    right: int
    where: str = TOTAL
    """The key of the row, or `total`."""

    @property
    def holds(self) -> bool:
        """Whether both sides are equal."""
        return self.left == self.right

    def as_json(self) -> dict[str, Any]:
        """Return the check by the keys of `desk report`."""
        return {"id": self.id, "holds": self.holds, "left": self.left, "right": self.right, "where": self.where}


def identities(rows: Mapping[str, Columns], total: Columns, open_before: int) -> tuple[Check, ...]:
    """Return the identities of a table: those of the total, and those of rows and sums that fail.

    open_before: (11) of the period before, to which (6) must be equal (domain, 5.3).
    """
    found = list(_of_one(total, TOTAL))
    found.append(Check("6=previous 11", total.carried_over, open_before))
    sums = [
        Check(f"total={name}", getattr(total, name), sum(getattr(row, name) for row in rows.values()))
        for name in COLUMNS
    ]
    found += [check for check in sums if check.id == "total=received" or not check.holds]
    for key, row in rows.items():
        found += [check for check in _of_one(row, key) if not check.holds]
    return tuple(found)


def _of_one(c: Columns, where: str) -> Iterator[Check]:
    """Yield the identities within one row: those of the form, then those that tie the newer split to it."""
    yield Check("3=4+5+6", c.received, c.online + c.counter_post + c.carried_over, where)
    yield Check("7=8+9+10", c.resolved, c.early + c.on_time + c.overdue, where)
    yield Check("11=12+13", c.in_progress, c.in_time + c.in_progress_overdue, where)
    yield Check("3=7+11", c.received, c.resolved + c.in_progress, where)
    yield Check("4=split", c.online, c.online_full + c.online_partial + c.online_other, where)
    yield Check("5=split", c.counter_post, c.counter + c.post, where)
    yield Check(
        "10+13=split", c.overdue + c.in_progress_overdue, c.overdue_apologised + c.overdue_not_apologised, where
    )


def against_printed(columns: Columns, printed: Mapping[str, int]) -> tuple[Check, ...]:
    """Return what a printed report says beside what was counted, and its own sum where it prints all three.

    printed: `received`, `newly_received`, `carried_over`, `on_time_or_early` as far as they are printed; other
    keys are passed over. A printed sum that is wrong fails by itself, whatever was counted.
    """
    counts = {
        "received": columns.received,
        "newly_received": columns.online + columns.counter_post,
        "carried_over": columns.carried_over,
        "on_time_or_early": columns.early + columns.on_time,
    }
    found = [Check(f"printed {name}", count, printed[name]) for name, count in counts.items() if name in printed]
    if {"received", "newly_received", "carried_over"} <= printed.keys():
        of_parts = printed["newly_received"] + printed["carried_over"]
        found.append(Check("printed received=newly_received+carried_over", printed["received"], of_parts))
    return tuple(found)
