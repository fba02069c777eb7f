"""What an officer can do about the number of a fee receipt."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class ReceiptNumberOutside(RuleBroken):
    """A number that the finance officer gave nobody here; facts: first, last."""

    code = "RULE-75"
    said = N_("This receipt number is not in the range given to this desk, {first} to {last}.")
    do = N_("Compare with the receipt book, or take the range in that the finance officer gave.")


class ReceiptNumberTaken(RuleBroken):
    """A number that stands on another receipt; facts: number."""

    code = "RULE-76"
    said = N_("Receipt number {number} is already used.")
    do = N_("Compare with the receipt book and type the number of the receipt in hand.")


class ReceiptRangeUsedUp(RuleBroken):
    """A range without a number left; facts: series, last."""

    code = "RULE-77"
    said = N_("The receipts of series {series} are used up: {last} was the last.")
    do = N_("Ask the finance officer for a new range and enter it in the settings.")
