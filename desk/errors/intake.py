"""What an intake still lacks before it can be saved (codes RULE-150 to RULE-159)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class ProcedureNeeded(RuleBroken):
    """No procedure was chosen."""

    code = "RULE-150"
    said = N_("No procedure is chosen yet.")
    do = N_("Type what the citizen calls it, or the digit of a favourite.")


class NothingCalledSo(RuleBroken):
    """No procedure is found by these words."""

    code = "RULE-151"
    said = N_("No procedure is found by these words.")
    do = N_("Try another word for it, its first letters, or F4 for the whole list.")


class CountUnreadable(RuleBroken):
    """A number of pages, copies or sets that is none."""

    code = "RULE-152"
    said = N_("This is no whole number from 1 to {most}.")
    do = N_("Type the number in digits.")


class NotWaiting(RuleBroken):
    """A dossier came from the inbox and is not there any more."""

    code = "RULE-153"
    said = N_("This dossier does not wait in the inbox any more.")
    do = N_("Look it up with F3; somebody may have accepted or refused it.")
