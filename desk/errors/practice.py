"""What can go wrong in practice alone (codes RULE-160 to RULE-169)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class TourStopped(RuleBroken):
    """A step of the tour did not happen; facts: step."""

    code = "RULE-160"
    said = N_("The tour stopped: its step {step} did not happen.")
    safe = N_("Nothing outside practice was touched.")
    do = N_("Begin practice anew with `desk demo --reset --tour`.")
