"""What an officer can do about a report that cannot be made or closed."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class PeriodOutOfReach(RuleBroken):
    """A reporting period with a day that no dossier can have; facts: first, last."""

    code = "RULE-74"
    said = N_("A report reaches from {first} to {last} at most.")
    do = N_("Correct the first or the last day of the period.")


class PeriodNotOver(RuleBroken):
    """A period is to be closed before its last day has ended; facts: last."""

    code = "RULE-185"
    said = N_("The period ends with {last}, and that day is not over.")
    do = N_("Close the period on a later day; until then the report can be read without closing it.")


class PeriodClosed(RuleBroken):
    """A period is to be closed a second time; facts: first, last, at."""

    code = "RULE-186"
    said = N_("The period {first} to {last} was closed already, at {at}.")
    do = N_("Read its report: what came later is listed there as adjustments.")


class NotClosedSo(RuleBroken):
    """A table as of a moment, or of one way of making rows only, is to be closed; facts: option."""

    code = "RULE-187"
    said = N_("A period is closed with what is known now; {option} does not go with it.")
    do = N_("Leave one of the two out.")
