"""Errors of reference files: catalogue, documents, units, holidays (codes RULE-90 to RULE-94)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class ReferenceFaulty(RuleBroken):
    """A file with faults; nothing of it is taken. Facts: count, faults (the first of them, with their lines)."""

    code = "RULE-90"
    said = N_("The file was not imported, it has faults ({count}): {faults}")
    do = N_("Correct these lines in the file and import it again.")


class ReferenceUnreadable(RuleBroken):
    """A file that is no text table: a workbook, a picture, an unknown encoding."""

    code = "RULE-91"
    said = N_("The file is not a table in plain text.")
    do = N_("In the spreadsheet program save it as “CSV UTF-8”, then import that file.")
