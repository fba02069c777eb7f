"""What an officer can do about a cause of delay that cannot be recorded (codes RULE-180 to RULE-184)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class DoneInTime(RuleBroken):
    """A cause of delay for a dossier that ended in time; facts: code (the dossier's)."""

    code = "RULE-180"
    said = N_("The dossier {code} was done in time; there is no delay to give a cause for.")
    do = N_("Check the code.")


class NoLinkOutage(RuleBroken):
    """An outage is to be taken from the link's own log, which has none."""

    code = "RULE-181"
    said = N_("This desk's link has no break that could be proposed.")
    do = N_("Give the moments with --from and --to.")


class MomentUnreadable(RuleBroken):
    """A text that names no day and hour; facts: typed."""

    code = "RULE-182"
    said = N_("{typed} is no day with its hour.")
    do = N_("Type day and hour, for example 25/11/2026 08:30 or 251120260830.")
