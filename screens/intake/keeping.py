"""The draft of the page: on disk within a second of the last key, gone in the transaction that saves the dossier."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from screens.intake.sheet import Sheet, written

if TYPE_CHECKING:
    from desk.cases.context import Officer
    from desk.cases.drafts import Draft
    from screens.seat import Seat

PLACE = "intake"
KEEP_S = 0.6
"""How long after a key the draft is written at the latest, in seconds."""


class Keeper:
    """Keeps the drafts of one page; one write at a time, and none after the dossier was saved.

    Where nothing may be written there are none: a window that only reads leaves the other one's alone.
    """

    def __init__(self, seat: Seat) -> None:
        self.dossier = ""
        """The id that the dossier on the page will have."""
        self.officer: Officer | None = None
        """Whose page it is."""
        self._drafts = seat.services.drafts
        self._log = seat.services.context.log
        self._still = asyncio.Lock()
        self._kept: Sheet | None = None

    def begin(self, officer: Officer, dossier: str = "", kept: Sheet | None = None) -> None:
        """Begin a page of `officer`: a new dossier, or the one whose draft is `kept`."""
        self.officer = officer
        self.dossier = dossier or self._drafts.new_id()
        self._kept = kept

    async def keep(self, sheet: Sheet, *, parked: bool = False, of: str = "") -> None:
        """Write `sheet` down where it differs from what is on disk; a blank one leaves no draft.

        of: the dossier that `sheet` was read for, where the page may be another's by now; "" for the page's own.
        """
        dossier, officer = self.dossier, self.officer
        if of and of != dossier:
            return
        async with self._still:
            if officer is None or dossier != self.dossier or (sheet == self._kept and not parked):
                return
            if self._log.refusal is not None:
                return
            if sheet.is_blank:
                if self._kept is not None:
                    await asyncio.to_thread(self._drafts.discard, dossier)
                self._kept = None
                return
            await asyncio.to_thread(self._drafts.keep, dossier, officer, PLACE, written(sheet), parked=parked)
            self._kept = sheet

    @asynccontextmanager
    async def still(self) -> AsyncIterator[None]:
        """Let no draft be written while the block saves its dossier."""
        async with self._still:
            yield

    async def parked(self, officer: Officer) -> tuple[Draft, ...]:
        """Return the drafts of `officer` but the one on the page, the newest first."""
        if self._log.refusal is not None:
            return ()
        drafts = await asyncio.to_thread(self._drafts.of, officer)
        return tuple(draft for draft in drafts if draft.place == PLACE and draft.dossier != self.dossier)

    async def park(self, draft: Draft) -> None:
        """Mark a draft that a crash left as parked."""
        assert self.officer is not None
        await asyncio.to_thread(self._drafts.keep, draft.dossier, self.officer, draft.place, draft.form, parked=True)
