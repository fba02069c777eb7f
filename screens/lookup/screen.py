"""Lookup: live from the first letter, the list moved by arrows, Enter opens."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget
from textual.worker import Worker, WorkerCancelled, WorkerFailed

from desk.cases.views import EVERY, Only, Which
from desk.clock import office_day
from desk.text import sort_key
from desk.words import N_, _
from screens import elsewhere, phrases
from screens.base import DeskScreen
from screens.dialogs.choose import Choice, Choose
from screens.errands import OpenDossier, ShowList
from screens.keys.keymap import bound
from screens.lookup import beside
from screens.widgets.desk_input import DeskInput
from screens.widgets.facts import Fact, Facts
from screens.widgets.rows import Column, Rows, Tone
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.views import DossierLine
    from screens.seat import Seat

_NEWEST = 50
_PAUSE_S = 0.02
_FIRST = (Column(N_("Code"), 12), Column(N_("Owner")), Column(N_("Procedure")))
_DUE = (*_FIRST, Column(N_("Status"), 13), Column(N_("Due"), 12))
_AGE = (*_FIRST, Column(N_("Kept in"), 13), Column(N_("Waits"), 12, right=True))
_HOLDER = (*_FIRST, Column(N_("Held by"), 13), Column(N_("Since"), 12))

AGES: Final = (7, 30, 90)
"""Days after which results that nobody collected are looked for (domain, 8)."""
FILTERS: Final[Mapping[Which, str]] = MappingProxyType(
    {
        "": N_("All"),
        "open": N_("Not ended yet"),
        "overdue": N_("Overdue"),
        "resolved": N_("Result here"),
        "returned": N_("Handed over"),
        "filed": N_("Newly in"),
        "today": N_("Accepted today"),
        "mine": N_("Accepted by me"),
    }
)
"""What F4 narrows the list to."""


class LookupScreen(DeskScreen):
    """One field and one list; without words the list is what home sent, or the newest dossiers."""

    SAID = N_("Lookup")
    FIRST = "#typed"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "choices", N_("Filter"))]
    DEFAULT_CSS = """
    LookupScreen > #body {
        padding: 0 1;
        & > #typed { margin-top: 1; }
        & > #title { margin-top: 1; padding-left: 1; width: 1fr; }
        & > #beside { display: none; dock: right; width: 40; height: 10; margin-top: 4; }
    }
    LookupScreen.-wide.-tall > #body > #beside { display: block; }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._list = ""
        """The list of the home screen that is shown while nothing is typed; "" for the newest."""
        self._lines: tuple[DossierLine, ...] = ()
        self._only = EVERY
        self._by_place, self._at_least = False, 0
        """Of uncollected results: in the order of their drawers, and how many days they wait at least."""
        self._only_alias = ""
        """The short name of the one procedure that is shown, "" for all."""
        self._shown_for: str | None = None
        """The words whose answer is in the list."""
        self._search: Worker[None] | None = None
        self._kept_for: int | None = None
        """Which citizen the words were typed for, while his dossier is open: Esc brings them back."""

    def body(self) -> ComposeResult:
        """Yield the field, what the list is, and the list."""
        yield DeskInput(
            id="typed",
            placeholder=N_("Code, name without accents, number or telephone, or their last digits"),
            help=N_(
                "Type any part: the code or its last digits, the beginning of names without accents, "
                "a personal number or a telephone or their last digits. A scan finds by itself."
            ),
        )
        yield Said(id="title")
        yield Rows(_DUE, id="found")
        yield Facts(label_width=28, id="row")
        yield Facts(label_width=beside.LABELS, id="beside")

    async def arrive(self, errand: object) -> None:
        """Begin anew, with a list of the home screen if it sent one."""
        self._kept_for = None
        self._list = errand.name if isinstance(errand, ShowList) else ""
        self._only, self._only_alias = EVERY, ""
        self._by_place, self._at_least = False, 0
        self._typed.clear()
        await self._search_now()

    async def returned(self) -> None:
        """Show the words again, as long as their citizen is the one being served; a list stays in any case."""
        if self._kept_for != self._seat.served:
            self._typed.clear()
        self._kept_for = None
        await self._search_now()

    async def look_again(self) -> None:
        """Search anew."""
        await self._search_now()

    async def leave(self) -> None:
        """Forget the citizen, unless it is his dossier that is opened."""
        self._show("", ())
        if self._kept_for is None:
            self._typed.clear()

    def steered(self) -> Rows:
        """Arrows move the list."""
        return self._rows

    async def entered(self, field: Widget | None) -> None:
        """Open the row under the cursor, once the search of exactly what was typed has answered."""
        if await self._searched() and self._rows.cursor is not None:
            await self.chosen(self._rows, self._rows.cursor)

    async def chosen(self, rows: Rows, index: int) -> None:
        """Open a dossier; one of another unit is asked of the center first, with a reason."""
        line = self._lines[index]
        if line.presence != "whole" and not await elsewhere.look_up(self, self._seat, line):
            return
        self._kept_for = self._seat.served
        await self.go("dossier", OpenDossier(line.id))

    async def back(self) -> None:
        """Esc: empty the field first, then show all again, then one workplace back."""
        if self._typed.value:
            self._typed.clear()
        elif self._only != EVERY:
            self._only, self._only_alias = EVERY, ""
            await self._search_now()
        else:
            await super().back()

    async def action_choices(self) -> None:
        """F4: narrow what is found, or the newest, to some."""
        if self._list == "uncollected" and not self._typed.value:
            await self._order_uncollected()
            return
        at = self._rows.cursor
        under = self._lines[at] if at is not None and at < len(self._lines) else None
        names = [(_(said),) for said in FILTERS.values()]
        if under is not None:
            names.append((_("Only: {procedure}").format(procedure=under.alias),))
        chosen = await self.ask(Choose, Choice(N_("Which dossiers are shown?"), (Column(""),), names))
        if chosen is None:
            return
        if chosen < len(FILTERS):
            self._only, self._only_alias = Only(tuple(FILTERS)[chosen], officer=self._seat.officer.id), ""
            if not self._only.which:
                self._only = EVERY
        elif under is not None:
            self._only, self._only_alias = Only(procedure=under.procedure), under.alias
        self._list = ""
        await self._search_now()

    async def _order_uncollected(self) -> None:
        """F4 on the results that wait: by age, by drawer, or only those that wait long."""
        names = [_("Longest first"), _("By drawer and box"), *(_("{n} days and more").format(n=n) for n in AGES)]
        question = Choice(N_("Which results are shown?"), (Column(""),), [(name,) for name in names])
        chosen = await self.ask(Choose, question)
        if chosen is not None:
            self._by_place, self._at_least = chosen == 1, AGES[chosen - 2] if chosen > 1 else 0
            await self._search_now()

    def _arranged(self, lines: tuple[DossierLine, ...]) -> tuple[DossierLine, ...]:
        """Return the uncollected results as F4 asked for them."""
        today = office_day(self._seat.services.context.clock())
        old = [
            line
            for line in lines
            if line.resolved_at is None or (today - office_day(line.resolved_at)).days >= self._at_least
        ]
        return tuple(sorted(old, key=lambda line: sort_key(line.place)) if self._by_place else old)

    def retell(self) -> None:
        """Say the list in the other language."""
        self._paint()

    @property
    def _typed(self) -> DeskInput:
        return self.query_one("#typed", DeskInput)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#found", Rows)

    @on(DeskInput.Changed, "#typed")
    def _words_changed(self) -> None:
        if self._typed.value != self._shown_for:
            self._search = self.read(self._find(self._typed.value), "find")

    async def _search_now(self) -> None:
        self._shown_for = None
        self._search = self.read(self._find(self._typed.value), "find")
        await self._searched()

    async def _searched(self) -> bool:
        """Wait for the answer to what the field holds now; return whether there is one (a failure is told)."""
        while self._shown_for != self._typed.value:
            search = self._search
            if search is None or search.is_finished:
                self._search = search = self.read(self._find(self._typed.value), "find")
            try:
                await search.wait()
            except WorkerCancelled:  # a newer search took its place
                continue
            except WorkerFailed:
                return False
        return True

    async def _find(self, words: str) -> None:
        services = self._seat.services
        await asyncio.sleep(_PAUSE_S)  # a newer key cancels here
        if words.strip():
            lines = await asyncio.to_thread(services.lookup.find, words, _NEWEST, self._only)
        elif self._list:
            lines = await asyncio.to_thread(services.todays_work.listed, self._list)
            if self._list == "uncollected":
                lines = self._arranged(lines)
        else:
            lines = await asyncio.to_thread(services.lookup.newest, _NEWEST, self._only)
        self._show(words, lines)

    def _show(self, words: str, lines: tuple[DossierLine, ...]) -> None:
        self._shown_for, self._lines = words, lines
        self._paint()

    def _paint(self) -> None:
        title = self.query_one("#title", Said)
        listed = "" if self._shown_for else self._list
        if self._only != EVERY:
            which = _("Only: {procedure}").format(procedure=self._only_alias) if self._only_alias else ""
            said = N_("{which}: {n} shown. F4: another filter, Esc: all")
            title.tell(said, which=which or _(FILTERS[self._only.which]), n=len(self._lines))
        elif self._shown_for:
            title.tell(N_("Found: {n}"), n=len(self._lines))
        else:
            title.tell(phrases.LIST_TITLES[listed] if listed else N_("Received last"))
        self._rows.columns = {"held": _HOLDER, "uncollected": _AGE}.get(listed, _DUE)
        found = bool(self._shown_for)
        self._rows.empty = N_("Nothing is found; fewer letters find more.") if found else phrases.EMPTY_LIST
        self._rows.show([self._cells(line, listed) for line in self._lines], self._tone, cursor=0)
        self._show_row()

    def _cells(self, line: DossierLine, listed: str) -> tuple[str, ...]:
        now = self._seat.services.context.clock()
        code = phrases.code_tail(line.code, self._seat.agency_code)
        state, at = phrases.status_short(line.status), line.due_at
        if listed == "held":
            state, at = self._unit(line.holder), line.held_since_at
        elif listed == "uncollected":
            return code, line.owner, line.alias, line.place, self._waited(line)
        when = phrases.short_moment(at, now) if at is not None else ""
        if line.presence != "whole":
            unit = self._seat.services.context.reference.short_name(line.unit)
            return code, _("(at {unit})").format(unit=unit), _("another unit's"), state, when
        mark = phrases.MARKS[phrases.tone(line)] if at is line.due_at else ""
        return code, line.owner, line.alias, state, mark + when

    def _waited(self, line: DossierLine) -> str:
        since = line.resolved_at
        if since is None:
            return ""
        days = (office_day(self._seat.services.context.clock()) - office_day(since)).days
        return phrases.days(days) if days else _("today")

    def _tone(self, index: int) -> Tone:
        return phrases.tone(self._lines[index]) if index < len(self._lines) else ""

    def on_resize(self) -> None:
        """Say what stands under the cursor where there is room for it now."""
        self._show_row()

    @on(Rows.Moved)
    def _show_row(self) -> None:
        """Say in full what stands under the cursor, the number masked."""
        at, facts, panel = self._rows.cursor, self.query_one("#row", Facts), self.query_one("#beside", Facts)
        if at is None or at >= len(self._lines):
            facts.show([])
            panel.show([])
            return
        is_beside = self.is_roomy and self._lines[at].presence == "whole"
        panel.show(beside.facts(self._seat, self._lines[at]) if is_beside else [])
        line, now = self._lines[at], self._seat.services.context.clock()
        if line.presence != "whole":
            facts.show(elsewhere.facts(self._seat, line))
            return
        due = phrases.due_words(line, now)
        status = " · ".join(part for part in (phrases.status_words(line.status), due) if part)
        who = " · ".join(part for part in (line.owner, line.masked_id) if part)
        facts.show([Fact(line.code, who), Fact(line.alias, status)])

    def _unit(self, unit: str) -> str:
        return self._seat.services.context.reference.unit_name(unit)
