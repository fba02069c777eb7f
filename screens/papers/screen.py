"""Papers: the newest first; Enter prints the one under the cursor again, what is unsure is asked about first."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.cases.kind_names import state_name
from desk.errors.acts import NotReturnable
from desk.words import N_, _, counted
from screens import phrases
from screens.dialogs.confirm import Confirm, Question
from screens.errands import PapersOf
from screens.keys.keymap import bound
from screens.listing import Listing
from screens.papers import items
from screens.papers.came_out import CameOut
from screens.papers.items import Item
from screens.papers.shown import TEXT_CELLS, Shown, ShownPaper
from screens.widgets.facts import Fact, Facts
from screens.widgets.rows import Column, Rows, Tone
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.papers import MadePaper
    from desk.cases.views import PaperLine
    from screens.seat import Seat

_TONES: dict[str, Tone] = {"failed": "late", "unknown": "soon", "expired": "soon", "queued": "soon", "voided": "quiet"}


class PapersScreen(Listing):
    """The newest papers of the desk, or all of one dossier."""

    SAID = N_("Papers")
    FIRST = "#papers"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("save", "send_all", N_("Print all waiting")),
        bound("choices", "choices", N_("Show it here")),
    ]
    DEFAULT_CSS = """
    PapersScreen > #body {
        padding: 0 1;
        & > #title { width: 1fr; margin-top: 1; padding-left: 1; }
        & > #papers { height: 1fr; }
        & > #keys { width: 1fr; padding-left: 1; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._dossier = ""
        self._code = ""
        self._items: list[Item] = []
        seat.press.listeners.append(self._printed)

    def body(self) -> ComposeResult:
        """Yield what the list is, the list, where the file lies, and what Enter does."""
        yield Said(id="title")
        yield Rows(
            [Column(N_("Made"), 11), Column(N_("Paper")), Column(N_("Code"), 12), Column(N_("Copy no."), 6), _STATE],
            id="papers",
            numbered=False,
            empty=N_("No paper was made yet."),
            help=N_(
                "Arrows choose, Enter prints again. K: control slip of the dossier, G: one slip for all that its"
                " submitter handed in that day. X takes a waiting paper out of the queue."
            ),
        )
        yield Facts(id="file")
        yield Said(id="keys")

    async def arrive(self, errand: object) -> None:
        """List the newest papers, or those of a dossier."""
        self._dossier = errand.dossier if isinstance(errand, PapersOf) else ""
        self._items = []
        await self._read()

    async def leave(self) -> None:
        """Show nothing of them any more."""
        self._items, self._code = [], ""
        self._paint()

    async def entered(self, field: Widget | None) -> None:
        """Enter: what the last line says."""
        at = self._rows.cursor
        if at is None or at >= len(self._items):
            return
        item = self._items[at]
        deed = item.deed
        if deed == "void":
            self.tell(items.SAID[deed])
        elif deed == "ask":
            await self._ask(item)
        elif deed in ("send", "again"):
            await self._send(item, again=deed == "again")
        else:
            await self._make(item)

    async def action_send_all(self) -> None:
        """F9: hand every waiting paper to the printer, in the order in which they were made."""
        jobs = await asyncio.to_thread(self._seat.services.papers.jobs, "queued")
        self._seat.press.send_waiting(self.desk)
        said = counted("{n} paper is being printed.", "{n} papers are being printed.", len(jobs))
        self.tell(said if jobs else N_("No paper waits for the printer."), n=len(jobs))

    async def action_choices(self) -> None:
        """F4: the paper on the screen, for a citizen with a phone and for a desk without a printer."""
        at = self._rows.cursor
        if at is None or at >= len(self._items):
            return
        item, papers, profile = self._items[at], self._seat.services.papers, self.desk.profile
        cells, text = [], ""
        if item.dossier:
            half = profile.has_half_blocks and profile.name != "mono"
            cells = await asyncio.to_thread(papers.on_screen, item.dossier, half_blocks=half)
            with suppress(NotReturnable):
                text = await asyncio.to_thread(papers.slip_text, item.dossier, TEXT_CELLS)
        path = Path(item.paper.path) if item.paper is not None else None
        open_it = None if path is None or path.suffix != ".pdf" else partial(papers.view, path)
        await self.ask(ShownPaper, Shown(phrases.paper_words(item.kind), item.code, cells, text, open_it))

    async def on_key(self, event: events.Key) -> None:
        """X, K, G: the letters that the help and the last line name, for the paper under the cursor."""
        at, letter = self._rows.cursor, (event.character or "").casefold()
        if letter not in _LETTERS:
            return
        event.stop()
        if at is not None and at < len(self._items):
            await getattr(self, _LETTERS[letter])(self._items[at])
        elif self._dossier:
            await getattr(self, _LETTERS[letter])(Item(self._dossier, self._code, ""))

    def retell(self) -> None:
        """Say the list in the other language."""
        self._paint(self._rows.cursor or 0)

    @property
    def _rows(self) -> Rows:
        return self.query_one("#papers", Rows)

    async def _read(self, paper: str = "") -> None:
        """Read anew; the cursor goes to `paper`, else it stays on its own, whatever was printed meanwhile."""
        services, at = self._seat.services, self._rows.cursor
        stood = _key(self._items[at]) if at is not None and at < len(self._items) else None
        if self._dossier:
            view = await asyncio.to_thread(services.lookup.show, self._dossier)
            self._code = view.line.code
            self._items = items.of_dossier(view, await asyncio.to_thread(services.papers.owed))
        else:
            self._items = items.of_papers(await asyncio.to_thread(services.papers.newest))
        keys = [_key(item) for item in self._items]
        self._paint(next((keys.index(key) for key in (paper, stood) if key in keys), 0))

    def _printed(self) -> None:
        if self.is_current:
            self.act(self._read)

    async def _ask(self, item: Item) -> None:
        assert item.paper is not None
        came_out = await self.ask(CameOut, f"{phrases.paper_words(item.kind)} {item.code}")
        if came_out is None:
            return
        await asyncio.to_thread(self._seat.services.papers.settle, item.paper.job, came_out)
        if came_out:
            await self._read()
        else:
            await self._send(item, again=False)

    async def _send(self, item: Item, *, again: bool) -> None:
        """Hand the same job to the printer, under its own id: no copy more."""
        assert item.paper is not None
        if again:
            await asyncio.to_thread(self._seat.services.papers.again, item.paper.job)
        self._seat.press.send(self.desk, item.paper.job)
        self.tell(N_("{paper} is being printed."), paper=phrases.paper_words(item.kind))
        await self._read()

    async def _make(self, item: Item) -> None:
        """Make a paper that lacks, or a copy that says it is one."""
        papers, officer = self._seat.services.papers, self._seat.officer
        if item.paper is not None and not item.dossier:
            made = await asyncio.to_thread(papers.lists.reprint, item.paper.id, officer)
        else:
            is_copy = item.deed == "reprint"
            made = await asyncio.to_thread(
                papers.make, item.dossier, item.kind, officer, reprint=is_copy, event=item.event
            )
        await self._made(made)

    async def _made(self, made: MadePaper) -> None:
        self._seat.press.send(self.desk, made.job)
        self.tell(N_("{paper}, copy {n}, is being printed."), paper=phrases.paper_words(made.kind), n=made.copy)
        await self._read(made.id)

    async def _take_out(self, item: Item) -> None:
        """X: take a waiting paper out of the queue."""
        if item.paper is not None and item.paper.state in ("queued", "failed", "expired"):
            await asyncio.to_thread(self._seat.services.papers.cancel, item.paper.job)
            await self._read()
        else:
            self.tell(N_("Only a paper that waits or was not printed can be taken out."))

    async def _control(self, item: Item) -> None:
        """K: the control slip as it stands now; what was printed before stays, so a later one is a counted copy."""
        if item.dossier:
            make = self._seat.services.papers.make
            await self._made(await asyncio.to_thread(make, item.dossier, "control", self._seat.officer, reprint=True))
        else:
            self.tell(_ONE_DOSSIER)

    async def _joint(self, item: Item) -> None:
        """G: one slip for all that this submitter handed in that day."""
        if not item.dossier:
            self.tell(_ONE_DOSSIER)
            return
        lists = self._seat.services.papers.lists
        codes = await asyncio.to_thread(lists.of_one_hand, item.dossier)
        if len(codes) < 2:
            self.tell(N_("On that day this submitter handed in no other dossier that is still open."))
            return
        tails = ", ".join(phrases.code_tail(code, self._seat.agency_code) for code in codes)
        question = N_("One slip for {n} dossiers of this submitter, beside their own slips: {codes}. Print it?")
        if await self.ask(Confirm, Question(question, {"n": len(codes), "codes": tails})):
            await self._made(await asyncio.to_thread(lists.joint_slip, codes, self._seat.officer, reprint=True))

    def _paint(self, cursor: int = 0) -> None:
        title = self.query_one("#title", Said)
        if self._dossier:
            title.tell(N_("Papers of {code}"), code=self._code)
        else:
            title.tell(N_("Newest papers of this desk"))
        self._rows.show([self._cells(item) for item in self._items], self._tone, cursor=cursor)
        self._show_row()

    def _cells(self, item: Item) -> tuple[str, ...]:
        now, paper = self._seat.services.context.clock(), item.paper
        if paper is None:
            return "", phrases.paper_words(item.kind), self._tail(item), "", _("not made yet")
        made, state = phrases.short_moment(paper.made_at, now), self._state(paper)
        return made, phrases.paper_words(item.kind), self._tail(item), str(paper.copy), state

    def _state(self, paper: PaperLine) -> str:
        return state_name(paper.state, practice=self._seat.services.context.practice)

    def _tail(self, item: Item) -> str:
        return phrases.code_tail(item.code, self._seat.agency_code)

    def _tone(self, index: int) -> Tone:
        paper = self._items[index].paper if index < len(self._items) else None
        return _TONES.get(paper.state, "") if paper is not None else "soon"

    @on(Rows.Moved)
    def _show_row(self) -> None:
        """Say which dossier it is, where the file lies and what Enter does."""
        at = self._rows.cursor
        item = self._items[at] if at is not None and at < len(self._items) else None
        facts: list[Fact] = []
        if item is not None:
            state = self._state(item.paper) if item.paper is not None else _("not made yet")
            facts.append(Fact(N_("Paper"), " · ".join((phrases.paper_words(item.kind), item.code or "–"))))
            facts.append(Fact(N_("State"), state))
        if item is not None and item.paper is not None:
            facts.append(Fact(N_("File"), item.paper.path))
        self.query_one("#file", Facts).show(facts)
        keys, does = self.query_one("#keys", Said), items.SAID[item.deed] if item is not None else N_("Esc: back")
        if self._dossier or (item is not None and item.dossier):
            keys.tell(N_("{step} · {letters}"), step=_(does), letters=_(_ON_REQUEST))
        else:
            keys.tell(does)


_STATE = Column(N_("State"), 22)
_LETTERS = {"x": "_take_out", "k": "_control", "g": "_joint"}
_ON_REQUEST = N_("K control slip · G joint slip")
_ONE_DOSSIER = N_("Choose a paper of one dossier first.")


def _key(item: Item) -> object:
    """Return what a line of the list is known by when it is read anew."""
    return item.paper.id if item.paper is not None else (item.dossier, item.kind, item.event)
