"""A sum with the days and the conditions under which it holds, and what it is counted by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desk.errors.people import PagesMissing
from desk.rules.dossier import Channel
from desk.rules.money import Dong

FeeKind = Literal["fee", "charge"]
"""`fee` is phí (pays a service), `charge` is lệ phí; a receipt prints them apart (domain, 7)."""
FeeUnit = Literal["dossier", "case", "copy", "page"]

MOST_PAGES = 5_000
MOST_COPIES = 1_000
"""Beyond these a count is a slip of the fingers."""


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One sum of one procedure, from a day to a day, under conditions; None and "" ask nothing."""

    procedure: str
    kind: FeeKind
    amount_dong: int
    """For `per` page: the first and the second page of each copy."""
    per: FeeUnit
    valid_from: date
    ground: str
    """The act that sets the sum or the exemption, as papers name it."""
    valid_to: date | None = None
    """The last day it holds."""
    later_page_dong: int | None = None
    """From the third page of a copy on; None = as the first."""
    most_per_copy_dong: int | None = None
    case: str | None = None
    channel: Channel | None = None
    group: str = ""
    """A group of persons, such as `poor_household` or `meritorious_person`."""
    identity_level: int = 0
    """The least level of the applicant's electronic identity (VNeID): 0 asks nothing."""
    is_unconfirmed: bool = False
    """Whether the sum is recalled and no source at hand confirms it: a default, to be shown as one."""

    @property
    def conditions(self) -> int:
        """How many conditions the row makes: the more, the nearer to the case."""
        return sum(bool(one) for one in (self.case, self.channel, self.group, self.identity_level))

    def holds(self, asked: FeeAsked) -> bool:
        """Return whether the row is in force on the day and its conditions are met."""
        return (
            self.valid_from <= asked.on
            and (self.valid_to is None or asked.on <= self.valid_to)
            and self.case in (None, asked.case)
            and self.channel in (None, asked.channel)
            and (not self.group or self.group in asked.groups)
            and self.identity_level <= asked.identity_level
        )


@dataclass(frozen=True, slots=True)
class FeeAsked:
    """What the sum depends on, as intake knows it."""

    on: date
    channel: Channel = "counter"
    case: str | None = None
    groups: frozenset[str] = frozenset()
    identity_level: int = 0
    pages: int | None = None
    copies: int | None = None
    given_dong: int | None = None
    """The sum the officer typed."""
    given_ground: str = ""


def amount_by_row(row: FeeRow, asked: FeeAsked) -> Dong:
    """Return the sum that one row gives for the counts asked.

    Cases and copies not given are one. Raises PagesMissing where a row by the page lacks pages or copies, and
    where a count is out of range.
    """
    if row.amount_dong == 0 or row.per == "dossier":
        return Dong(row.amount_dong)
    if row.per != "page":
        return Dong(row.amount_dong * _count(1 if asked.copies is None else asked.copies, MOST_COPIES))
    pages, copies = _count(asked.pages, MOST_PAGES), _count(asked.copies, MOST_COPIES)
    later = row.amount_dong if row.later_page_dong is None else row.later_page_dong
    copy_dong = min(pages, 2) * row.amount_dong + max(pages - 2, 0) * later
    if row.most_per_copy_dong is not None:
        copy_dong = min(copy_dong, row.most_per_copy_dong)
    return Dong(copy_dong * copies)


def _count(count: int | None, most: int) -> int:
    if count is None or not 1 <= count <= most:
        raise PagesMissing(pages=MOST_PAGES, copies=MOST_COPIES)
    return count
