"""The lines of the list of papers: what was made, and what is due and was not made; no widget here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from desk.words import N_

if TYPE_CHECKING:
    from desk.cases.papers import Owed
    from desk.cases.views import DossierView, PaperLine

Deed = Literal["make", "send", "again", "ask", "reprint", "void"]
"""What Enter does: make it, hand it to the printer, queue and hand it once more, ask whether it came out, print
a copy; void: nothing."""

SAID: Final[dict[Deed, str]] = {
    "make": N_("Enter: make it and print it"),
    "send": N_("Enter: print it"),
    "again": N_("Enter: print it once more"),
    "ask": N_("Enter: say whether it came out"),
    "reprint": N_("Enter: print a copy, marked as a reprint"),
    "void": N_("This paper is void: it was replaced, or its act was reversed."),
}
_DEEDS: Final[dict[str, Deed]] = {
    "queued": "send",
    "failed": "send",
    "expired": "send",
    "cancelled": "again",
    "unknown": "ask",
    "sending": "ask",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a paper, or one that is owed and was not made."""

    dossier: str
    code: str
    kind: str
    paper: PaperLine | None = None
    event: str = ""
    """The act that owes it."""

    @property
    def deed(self) -> Deed:
        """What Enter does with it."""
        if self.paper is None:
            return "make"
        if self.paper.state == "voided":
            return "void"
        return _DEEDS.get(self.paper.state, "reprint") if self.paper.job else "reprint"


def of_papers(papers: tuple[PaperLine, ...]) -> list[Item]:
    """Return the newest papers as they were made."""
    return [Item(paper.dossier, paper.code, paper.kind, paper) for paper in papers]


def of_dossier(view: DossierView, owed: tuple[Owed, ...]) -> list[Item]:
    """Return the papers of a dossier, first those that its acts owe and nobody has made."""
    mine = [one for one in owed if one.dossier == view.line.id]
    lacking = [Item(one.dossier, view.line.code, one.kind, event=one.event) for one in mine]
    return [*lacking, *of_papers(view.papers)]
