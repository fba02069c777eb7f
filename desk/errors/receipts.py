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
    do = N_("Ask the finance officer for a new range and enter it (Ctrl+G: receipt numbers).")


class ReceiptNumberNeeded(RuleBroken):
    """Neither a number nor a range to take it from."""

    code = "RULE-78"
    said = N_("The receipt has no number yet: this desk has no range of receipt numbers.")
    do = N_("Type the number of the receipt in hand, or enter the range that the finance officer gave.")


class ReceiptRangeOverlaps(RuleBroken):
    """A range with numbers that were given before; facts: series, first, last."""

    code = "RULE-79"
    said = N_("Numbers of this range were given before: series {series}, {first} to {last}.")
    do = N_("Compare with the finance officer's list and enter only what is new.")


class ReceiptRangeWrong(RuleBroken):
    """A range that holds no number, or has no series."""

    code = "RULE-80"
    said = N_("This is no range of receipts: it needs a series, a first number above 0 and a last one not before it.")
    do = N_("Type it as it stands in the finance officer's list.")


class FeeBeforeAcceptance(RuleBroken):
    """Money for a dossier that is not accepted; facts: code."""

    code = "RULE-81"
    said = N_("No fee can be taken for {code}: the dossier is not accepted.")
    do = N_("Accept the dossier first.")


class NothingToPay(RuleBroken):
    """A fee that is taken already; facts: code, taken."""

    code = "RULE-82"
    said = N_("Nothing is left to pay for {code}: {taken} were taken.")
    do = N_("If the sum itself is wrong, correct the dossier's fee or void the receipt.")


class FeeExempt(RuleBroken):
    """A dossier for which nothing is paid; facts: code. A receipt proves money that was taken (domain, 2.9)."""

    code = "RULE-83"
    said = N_("Nothing is paid for {code}: a receipt is written only for money that is taken, so there is none.")
    safe = N_("Nothing was saved or changed; the slip names the fee of 0, and an exemption with its ground.")
    do = N_("If something is to be paid after all, correct the dossier's fee first.")


class FeeTooMuch(RuleBroken):
    """More than what is left to pay; facts: code, left."""

    code = "RULE-84"
    said = N_("This is no sum that can be taken for {code}: {left} are left to pay.")
    do = N_("Type a sum above 0, at most what is left; or correct the dossier's fee first.")


class FeeNotTaken(RuleBroken):
    """No receipt in force that could be voided; facts: code."""

    code = "RULE-85"
    said = N_("No such receipt of {code} is in force, so none can be voided.")
    do = N_("Look at the fees taken with `desk show` or on the dossier's page.")


class VoidReasonNeeded(RuleBroken):
    """A receipt voided without saying why."""

    code = "RULE-86"
    said = N_("A voided receipt needs its reason; its number stays used.")
    do = N_("Write the reason.")


class FeeNotKnown(RuleBroken):
    """A sum nobody knows and nobody typed; facts: code."""

    code = "RULE-87"
    said = N_("The fee of {code} is not known, so its sum has to be typed.")
    do = N_("Type the sum as the province's resolution sets it.")
