"""Dossiers of other units, of which this machine knows only where they are (codes RULE-13x and SYNC-4x)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken, SyncTrouble


class DossierElsewhere(RuleBroken):
    """The code is that of a dossier which another unit received."""

    code = "RULE-132"
    said = N_("The dossier {code} was received by another unit; this machine only knows where it is.")
    do = N_("Look it up at the center with a reason: F3, the code, Enter; or `desk look-up`.")


class ReasonMissing(RuleBroken):
    """A look at another unit's dossier without a reason."""

    code = "RULE-133"
    said = N_("A look at another unit's dossier needs a reason.")
    do = N_("Say in a few words why, as in: the citizen is here with the slip.")


class LookUpWithoutLine(SyncTrouble):
    """The center cannot be asked for a dossier now."""

    code = "SYNC-40"
    said = N_("The center cannot be asked for the dossier {code} now: {cause}")
    safe = N_("Nothing was written. Where the dossier stood when the center last spoke of it is in the list.")
    do = N_(
        "Scan the slip: its QR proves itself without a line. Telephone {unit}, or note the citizen's telephone "
        "number and look the dossier up when the line is back."
    )


class DossierNotAtCenter(SyncTrouble):
    """The center holds nothing of the dossier but looks at it."""

    code = "SYNC-41"
    said = N_("The center does not have this dossier yet.")
    safe = N_("The look was written down; nothing else was changed.")
    do = N_("The desk that received it may have no line: telephone that unit.")


class LookUpRefused(SyncTrouble):
    """The center does not take the reason, or it was used for an earlier look."""

    code = "SYNC-42"
    said = N_("The center did not give the dossier: it lacks the reason for this look.")
    safe = N_("The look was written down; nothing else was changed.")
    do = N_("Look it up once more; if it comes back, tell the person in charge of the center.")
