"""What an officer can do about a paper that cannot be made or a job that cannot be sent (RULE-160 to RULE-169)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class PaperNotDue(RuleBroken):
    """Nothing happened yet that the paper would tell of; facts: code, kind."""

    code = "RULE-160"
    said = N_("There is no {kind} of {code} yet: what it would say has not happened.")
    do = N_("Look at the dossier's history; the paper comes with the step it belongs to.")


class PaperKindUnknown(RuleBroken):
    """A kind of paper that there is not; facts: kind, known."""

    code = "RULE-161"
    said = N_("There is no paper called {kind}.")
    do = N_("Choose one of: {known}.")


class PaperCameOut(RuleBroken):
    """A job whose paper is known to be out; facts: none."""

    code = "RULE-162"
    said = N_("The paper of this job came out already.")
    do = N_("Make one more copy from the papers (F7): it is marked and counted.")


class PaperUnsure(RuleBroken):
    """A job of which nobody knows whether its paper came out; facts: none."""

    code = "RULE-163"
    said = N_("Nobody knows yet whether the paper of this job came out.")
    do = N_("Look at the printer, say in the papers (F7) whether it came out, then print again if it did not.")


class SubmittersDiffer(RuleBroken):
    """A joint slip for dossiers of several people; facts: none."""

    code = "RULE-164"
    said = N_("These dossiers were not handed in by one person, so they get no joint slip.")
    do = N_("Choose dossiers of one submitter, or print a slip for each.")


class NoDossierChosen(RuleBroken):
    """A list without any dossier; facts: none."""

    code = "RULE-165"
    said = N_("No dossier was chosen.")
    do = N_("Choose at least one dossier.")
