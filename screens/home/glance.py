"""Beside the lists of the home screen, where there is room: the first dossiers of the list under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical

from desk.words import _
from screens import phrases
from screens.widgets.facts import Fact, Facts
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.views import DossierLine
    from screens.seat import Seat

SHOWN: Final = 24
"""Dossiers that are shown at most; the list itself shows them all."""


class Glance(Vertical):
    """Shows codes, owners and due moments; a digit or Enter opens the list itself."""

    DEFAULT_CSS = """
    Glance {
        display: none; dock: right; width: 46; padding: 1 1 0 1;
        & > #which { width: 1fr; text-style: bold; padding-left: 1; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__(id="glance")
        self._seat = seat

    def compose(self) -> ComposeResult:
        """Yield the name of the list and its dossiers."""
        yield Said(id="which")
        yield Facts(label_width=12, id="first")

    def show(self, which: str, lines: Sequence[DossierLine]) -> None:
        """Show the first of `lines`; which: a message id, "" for nothing at all."""
        self.query_one("#which", Said).tell(which)
        nothing = [Fact("", _("Nothing here."), "quiet")] if which and not lines else []
        self.query_one("#first", Facts).show(nothing or [self._fact(line) for line in lines[:SHOWN]])

    def _fact(self, line: DossierLine) -> Fact:
        due = "" if line.due_at is None else phrases.short_moment(line.due_at, self._seat.services.context.clock())
        said = " · ".join(part for part in (line.owner, due) if part)
        return Fact(phrases.code_tail(line.code, self._seat.agency_code), said, phrases.tone(line))
