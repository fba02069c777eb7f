"""Certifications of the day: the counter's own list, made by the quick path of the intake."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from desk.rules.money import written
from desk.words import N_, _, counted
from screens import errands, phrases
from screens.listing import Listing
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:  # the cases load SQL, which is paid after the first paint
    from desk.cases.certifying import Certified
    from screens.seat import Seat


class CertifyScreen(Listing):
    """What was certified today, the newest under the cursor; a digit or Enter opens the dossier."""

    SAID = N_("Certifications today")
    FIRST = "#certified"
    DEFAULT_CSS = """
    CertifyScreen > #body {
        padding: 0 1;
        & > #sums { width: 1fr; text-style: bold; }
        & > #hint { width: 1fr; color: $text-muted; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._certified: tuple[Certified, ...] = ()

    def body(self) -> ComposeResult:
        """Yield the sums, the list and its keys."""
        yield Said(id="sums")
        yield Rows(
            [
                Column(N_("Book no."), 12),
                Column(N_("Full name")),
                Column(N_("Kind"), 17),
                Column(N_("Pages"), 8, right=True),
                Column(N_("Copies"), 6, right=True),
                Column(N_("Fee"), 13, right=True),
            ],
            numbered=False,
            empty=N_("Nothing was certified today."),
            help=N_("Enter opens the dossier. A scanned card or F2 begins the next certification."),
            id="certified",
        )
        yield Said(N_("Scan a card or F2: the next one     Enter: open     Esc: back"), id="hint")

    async def leave(self) -> None:
        """Show nobody's name to the next citizen."""
        self._show(())

    async def chosen(self, rows: Rows, index: int) -> None:
        """Open the dossier."""
        await self.go("dossier", errands.OpenDossier(self._certified[index].dossier))

    def retell(self) -> None:
        """Say the list in the other language."""
        self._show(self._certified)

    async def _read(self) -> None:
        self._show(await asyncio.to_thread(self._seat.services.certifying.today))

    def _show(self, certified: tuple[Certified, ...]) -> None:
        self._certified = certified
        self.query_one("#sums", Said).tell(
            counted(
                "{n} certification, copies: {copies}, {fee}",
                "{n} certifications, copies: {copies}, {fee}",
                len(certified),
            ),
            n=len(certified),
            copies=sum(one.copies for one in certified),
            fee=written(sum(one.fee_dong or 0 for one in certified)),
        )
        self.query_one("#certified", Rows).show([_row(one) for one in certified], cursor=max(0, len(certified) - 1))


def _row(one: Certified) -> tuple[str, ...]:
    handed = one.alias if one.status == "returned" else f"{one.alias} · {phrases.status_words(one.status)}"
    fee = written(one.fee_dong) if one.fee_dong is not None else _("not set")
    return one.number, one.owner, handed, str(one.pages or ""), str(one.copies or ""), fee
