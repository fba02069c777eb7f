"""Words inside a fact of an error, translated only when the sentence is shown."""

from __future__ import annotations

from desk.words import _


class Said(str):
    """An English message id that reads in the language spoken at the moment it is formatted."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return format(_(str(self)), spec)
