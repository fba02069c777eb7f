"""The inbox: dossiers filed online that wait to be accepted, refused or supplemented, the oldest first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from desk.words import N_, _, counted
from screens import errands, phrases
from screens.keys.keymap import bound
from screens.listing import Listing
from screens.widgets.rows import Column, Rows, Tone
from screens.widgets.said import Said

if TYPE_CHECKING:  # the cases load SQL, which is paid after the first paint
    from desk.cases.inbox import Waiting
    from screens.seat import Seat

_SOON_H = 2.0


class InboxScreen(Listing):
    """A digit or Enter fills the intake with a dossier; F4 refuses it or asks for what is missing."""

    SAID = N_("Inbox")
    FIRST = "#waiting"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "choices", N_("Refuse, supplement"))]
    DEFAULT_CSS = """
    InboxScreen > #body {
        padding: 0 1;
        & > #count { width: 1fr; text-style: bold; }
        & > #hint { width: 1fr; color: $text-muted; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._waiting: tuple[Waiting, ...] = ()

    def body(self) -> ComposeResult:
        """Yield how many wait, the list and its keys."""
        yield Said(id="count")
        yield Rows(
            [
                Column(N_("Code"), 26),
                Column(N_("Owner")),
                Column(N_("Procedure"), 20),
                Column(N_("Hours left"), 12, right=True),
            ],
            empty=N_("Nothing waits to be accepted."),
            help=N_("A digit or Enter fills the intake with the dossier; F4 refuses it or asks for what is missing."),
            id="waiting",
        )
        yield Said(N_("Enter: accept under the portal's code     F4: refuse, or ask for a supplement"), id="hint")

    async def leave(self) -> None:
        """Show nobody's name to the next citizen."""
        self._show(())

    async def chosen(self, rows: Rows, index: int) -> None:
        """Fill the intake."""
        await self.go("intake", errands.AcceptFiled(self._waiting[index]))

    async def action_choices(self) -> None:
        """F4: the other answers."""
        index = self._list.cursor
        if index is not None:
            await self.go("moves", errands.MoveDossier(self._waiting[index].dossier))

    def retell(self) -> None:
        """Say the list in the other language."""
        self._show(self._waiting)

    @property
    def _list(self) -> Rows:
        return self.query_one("#waiting", Rows)

    async def _read(self) -> None:
        inbox = self._seat.services.inbox
        waiting, supplementing = await asyncio.to_thread(lambda: (inbox.waiting(), inbox.supplementing()))
        self._show((*waiting, *supplementing))

    def _show(self, waiting: tuple[Waiting, ...]) -> None:
        self._waiting = waiting
        late = sum(1 for one in waiting if one.status == "filed" and one.hours_left < 0)
        count = self.query_one("#count", Said)
        if late:
            count.tell(N_("Dossiers filed online: {n}, past their time: {late}"), n=len(waiting), late=late)
        else:
            count.tell(counted("{n} dossier filed online", "{n} dossiers filed online", len(waiting)), n=len(waiting))
        self._list.show([_row(one) for one in waiting], lambda index: _tone(waiting[index]))


def _row(one: Waiting) -> tuple[str, str, str, str]:
    if one.status != "filed":
        return one.code, one.owner, one.alias, _("suppl.")
    if one.hours_left < 0:
        left = _("late {n}").format(n=phrases.hours(one.hours_left))
    else:
        left = phrases.hours(one.hours_left)
    return one.code, one.owner, one.alias, left


def _tone(one: Waiting) -> Tone:
    if one.status != "filed":
        return "quiet"
    return "late" if one.hours_left < 0 else "soon" if one.hours_left <= _SOON_H else ""
