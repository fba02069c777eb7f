"""What an officer can do about a report that cannot be made."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class PeriodOutOfReach(RuleBroken):
    """A reporting period with a day that no dossier can have; facts: first, last."""

    code = "RULE-74"
    said = N_("A report reaches from {first} to {last} at most.")
    do = N_("Correct the first or the last day of the period.")
