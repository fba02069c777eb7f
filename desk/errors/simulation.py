"""Errors of the invented world (codes RULE-95 to RULE-97)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class NoWorkingDay(RuleBroken):
    """A span in which the office is never open; facts: first, last (days)."""

    code = "RULE-95"
    said = N_("The office is not open between {first} and {last}, so no dossier can be invented there.")
    do = N_("Name days with at least one working day that lie before now.")
