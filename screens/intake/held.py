"""The page that is held for one dossier: what stands on it, where the cursor is, and what follows from it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.worker import Worker

from desk.clock import office_day
from desk.rules.dossier import Procedure
from desk.text import fold
from desk.words import _
from screens import phrases
from screens.base import DeskScreen
from screens.intake import choosing, filling, saving
from screens.intake.flow import REVIEW, Wants, next_field
from screens.intake.forms import form_of, owner_of
from screens.intake.keeping import KEEP_S, Keeper
from screens.intake.lines import DueLine, Notice
from screens.intake.offers import Offers
from screens.intake.page import HELP, Page
from screens.intake.sheet import Sheet
from screens.widgets.documents import Documents, named
from screens.widgets.rows import Rows
from screens.widgets.said import Said

if TYPE_CHECKING:  # the cases load SQL, which is paid after the first paint
    from desk.cases.intake import Accepted
    from desk.cases.known_people import OnFile
    from desk.cases.preview import Outlook
    from screens.seat import Seat

BESIDE_A_LIST = ("number", "name", "address", "procedure")


_WIDTHS: list[tuple[int, str]] | None = [(0, "-narrow"), (120, "-wide")]


class HeldPage(DeskScreen):
    """The page as a screen; the keys that act on it are bound by the screen built on this one."""

    HORIZONTAL_BREAKPOINTS = _WIDTHS
    DEFAULT_CSS = "HeldPage.-wide #earlier { display: block; }"

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.keeper = Keeper(seat)
        self.offers = Offers(seat)
        self.due = DueLine(seat.services.context.clock, help=HELP["due"], id="due")
        self.notice = Notice(id="notice")
        self.page = Page(self._by_digit, self.today, self.due, self.notice)
        self.procedure: Procedure | None = None
        """The procedure that is chosen."""
        self.outlook: Outlook | None = None
        """Time, fee and documents of the page, without the fee that was typed."""
        self.rest = Sheet()
        """What no field of the page holds: kind of owner, submitter, proxy, the moment it was filed."""
        self.last: Sheet | None = None
        """The page that was saved last, for F8 and Ctrl+R."""
        self.saved: Accepted | None = None
        """What was saved last."""
        self.seen: set[str] = set()
        """The fields that Enter has asked for."""
        self.doubts: tuple[str, ...] = ()
        """What a scanned card leaves to be compared, in the officer's language."""
        self.alike: tuple[str, ...] = ()
        """Dossiers that may be the same matter, in the officer's language."""
        self.on_file: Mapping[str, OnFile] = {}
        """Papers that the owner handed in with earlier dossiers, by their folded names."""
        self.looking: Worker[None] | None = None
        """The search for people whose answer is awaited."""
        self.before_question = ""
        """The field in which the cursor stood when another person's card was scanned."""
        self.slips = asyncio.Lock()
        """Slips are made one after the other."""
        self.reviews = False
        """Whether the review is shown."""
        self._unkept = False
        self._asked = 0

    async def _by_digit(self, digit: str) -> bool:
        return await choosing.by_digit(self, digit)

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield self.page

    # What stands on the page

    @property
    def sheet(self) -> Sheet:
        """The page as typed."""
        return self.page.read(self.rest, self.procedure)

    def put(self, sheet: Sheet) -> None:
        """Show `sheet` in place of what stands on the page."""
        self.rest = sheet
        self.procedure = self.offers.catalogue.procedures.get(sheet.procedure)
        self.page.write(sheet, self.procedure)
        self.page.mark(frozenset())
        self.refresh_bindings()

    def change(self, sheet: Sheet) -> None:
        """Show `sheet`, a page that goes on: what was asked for stays asked."""
        self.put(sheet)
        self.unkept()

    def clear(self) -> None:
        """Empty the page for the next citizen; a new dossier begins."""
        self.seen.clear()
        self.doubts, self.alike, self.outlook = (), (), None
        self.on_file = {}
        self._asked += 1
        self.offers.clear()
        self.notice.ask(None)
        self.keeper.begin(self.seat.officer)
        self.put(Sheet())
        self.page.of("earlier", Rows).show(())
        self.show_outlook()
        self.show_hints()

    def today(self) -> date:
        """Return the office's day."""
        return office_day(self.seat.services.context.clock())

    # Where the cursor stands

    @property
    def field(self) -> str:
        """The field that has the cursor."""
        return self.focused.id or "" if self.focused is not None else ""

    def aim(self, field: str) -> None:
        """Put the cursor into a field and show beside it what belongs there."""
        self.reviews = field == REVIEW
        if self.reviews:
            saving.show_review(self)
        self.lay_out(field)
        self.set_focus(self.page.query_one(f"#{field}"))

    async def onward(self) -> None:
        """Put the cursor where something is still to be said, or on the review."""
        await self.look_ahead()
        wants = Wants(
            reason=bool(self.page.of("documents", Documents).missing) and not self.sheet.reason,
            fee=self.outlook is not None and self.outlook.asks_fee,
            ground=saving.is_ground_asked(self),
        )
        self.aim(next_field(self.field, self.sheet, self.procedure, self.seen, wants))

    def lay_out(self, field: str) -> None:
        """Show in the middle what belongs to `field`."""
        if field in BESIDE_A_LIST and self.offers.field != field:
            self.offers.clear()
        if field == "procedure" or (self.procedure is None and not self.offers.kind):
            if self.offers.field != "procedure":
                self.offers.offer_procedures(self.page.typed("procedure"))
        elif self.offers.field == "procedure" and field != "choices":
            self.offers.clear()
        choices, documents = self.page.of("choices", Rows), self.page.of("documents", Documents)
        listed = bool(self.offers.kind) and not self.reviews
        if listed:
            self.offers.show(choices)
        self.page.query_one("#review").display = self.reviews
        choices.display = listed
        documents.display = self.procedure is not None and not listed and not self.reviews
        self.page.query_one("#condition").display = documents.display
        if documents.display:
            self.show_document()
        choosing.hold_keys(self)

    def show_document(self) -> None:
        """Show the document under the cursor in full: its condition, and with what the owner brought it before."""
        document = self.page.of("documents", Documents).under_cursor
        words, there = "", None
        if document is not None:
            words, there = named(document), self.on_file.get(fold(document.name_vi))
        if there is not None:
            said = _("on file: {code}, {day}").format(code=there.code, day=phrases.day(there.received_at))
            words = f"{said} · {words}"
        self.page.of("condition", Said).tell("{words}", words=words)

    # What belongs to the procedure

    async def look_ahead(self) -> None:
        """Ask time, fee and documents of the page as it stands now, and show them; in an act."""
        found = await self._seen_ahead()
        self._asked += 1  # what was asked in the meantime comes too late
        self.outlook = found
        self.show_outlook()

    async def look_ahead_late(self) -> None:
        """Ask the same beside the officer's keys; an answer that an act has overtaken is dropped."""
        asked = self._asked
        found = await self._seen_ahead()
        if asked == self._asked:
            self.outlook = found
            self.show_outlook()

    async def _seen_ahead(self) -> Outlook | None:
        if self.procedure is None:
            return None
        form, _faults = form_of(self.sheet, self.procedure, self.today())
        form = replace(form, fee_dong=None, fee_ground="")
        return await asyncio.to_thread(self.seat.services.intake.outlook, form)

    def show_outlook(self) -> None:
        """Show due moment, fee and whether something is missing."""
        self.due.show(self.outlook)
        saving.show_fee(self)
        saving.show_reason(self)

    def show_hints(self) -> None:
        """Show what does not fit together, and dossiers that may be the same."""
        owner, _faults = owner_of(self.sheet, self.today())
        hints = (*self.doubts, *filling.warned(self, owner), *self.alike)
        self.notice.show(hints, saving.last_words(self) if self.sheet.is_blank else "")

    # Its draft

    def sheet_here(self) -> Sheet:
        """Return the page and where the cursor stands."""
        return replace(self.sheet, at=self.field)

    def unkept(self) -> None:
        """Note that the page differs from its draft; it is written soon."""
        if not self._unkept and self.keeper.officer is not None:
            self._unkept = True
            self.set_timer(KEEP_S, self._keep_soon)

    def _keep_soon(self) -> None:
        self._unkept = False
        if self.is_attached and self.keeper.officer is not None:
            with suppress(NoMatches):  # the page is being taken down: what had to be kept was kept before
                self.run_worker(
                    self.keeper.keep(self.sheet_here(), of=self.keeper.dossier), group="draft", exit_on_error=False
                )
