"""The root of all errors an officer can read and act on.

An error class is data: a stable code and three English sentences (what happened, what is safe, what to
do). They are gettext message ids; `desk.words.told` turns them into the officer's language.
"""

from __future__ import annotations

from typing import ClassVar


def N_(message: str) -> str:
    """Return `message` unchanged; marks it for translation where it is shown."""
    return message


class DeskError(Exception):
    """Something the officer can read about and act on.

    facts: what the sentences need, by name; never personal data, because facts go to the diagnostic file.
    """

    code: ClassVar[str] = "STORE-00"
    said: ClassVar[str] = N_("Something went wrong.")
    safe: ClassVar[str] = N_("Everything saved before is safe.")
    do: ClassVar[str] = N_("Try again; if it comes back, tell the person in charge of the machines.")

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class RuleBroken(DeskError):
    """Change what was typed (codes RULE-)."""

    code = "RULE-00"
    safe = N_("Nothing was saved or changed.")


class StoreTrouble(DeskError):
    """The home, its database, its mirror or its key (codes STORE-)."""


class SyncTrouble(DeskError):
    """The exchange with the center (codes SYNC-); what was saved waits in the log."""

    code = "SYNC-00"
    safe = N_("Everything saved is on this machine and will be sent later.")


class PrintTrouble(DeskError):
    """A paper or a printer (codes PRINT-); the dossier is saved and the paper can be printed again."""

    code = "PRINT-00"
    safe = N_("The dossier is saved.")
