"""The dossier: opened by a scan anywhere or from a list; Enter is always its next step."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.cases.kind_names import event_name
from desk.errors.acts import NotReturnable
from desk.rules.lifecycle import status_said
from desk.rules.scans import ShortScan, SlipScan
from desk.words import N_, _
from screens import elsewhere, errands, phrases
from screens.base import DeskScreen
from screens.dossier import attaching, changing, money, opened, sheet, verdicts
from screens.dossier.everything import Everything
from screens.keys.keymap import bound
from screens.widgets.facts import Facts
from screens.widgets.message_line import Spoken
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.views import DossierLine
    from desk.rules.verdict import Verdict
    from screens.dossier.opened import Opened
    from screens.seat import Seat

_LETTERS = {
    "p": "_other_person",
    "l": "_lost_slip",
    "m": "_other_code",
    "s": "_correct",
    "k": "_keep_at",
    "n": "_cause",
    "x": "_apology",
    "t": "_take_fee",
    "b": "_void_fee",
    "a": "_attachments",
}


class DossierScreen(DeskScreen):
    """All of a dossier at a glance, its history below, and the keys that do something with it."""

    SAID = N_("Dossier")
    FIRST = "#history"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("choices", "choices", N_("Everything")),
        bound("return", "give_back"),
        bound("papers", "papers"),
        bound("same_person", "same_person"),
    ]
    DEFAULT_CSS = """
    DossierScreen > #body {
        padding: 0 1;
        & > #glance { max-height: 13; }
        & > #hindrance { width: 1fr; padding-left: 1; color: $text-warning; }
        & > #history { height: 1fr; }
        & > #keys { width: 1fr; height: auto; max-height: 3; padding-left: 1; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._dossier = ""
        self._opened: Opened | None = None
        self._stub: DossierLine | None = None
        """The dossier of a scanned slip, where another unit received it."""

    def body(self) -> ComposeResult:
        """Yield the glance, why nothing more can be done, the history and the keys."""
        yield Facts(id="glance")
        yield Said(id="hindrance")
        yield Rows(
            [Column(N_("When"), 11), Column(N_("What happened"), 22), Column(N_("Who"), 16), Column(N_("More"))],
            id="history",
            empty=N_("No event is known here."),
            help=N_("What happened to the dossier, the newest first; a digit tells one event in full."),
        )
        yield Said(id="keys")

    async def arrive(self, errand: object) -> None:
        """Open the dossier that an errand names or a scan carries."""
        self._forget()
        verdict = None
        if isinstance(errand, SlipScan | ShortScan):
            verdict = await asyncio.to_thread(self._seat.services.papers.verify, errand.digits)
            self._dossier = await self._of_scan(verdict)
        elif isinstance(errand, errands.OpenDossier):
            self._dossier = errand.dossier
        if self._dossier:
            await self._read(note_it=True)
        elif verdict is not None and verdict.tracking is not None:
            find = self._seat.services.elsewhere.by_tracking
            self._stub = await asyncio.to_thread(find, verdict.tracking)
        if verdict is not None:
            self._say_verdict(verdict)

    async def returned(self) -> None:
        """Show the dossier as it is now."""
        await self.look_again()

    async def look_again(self) -> None:
        """Read the dossier anew."""
        if self._dossier:
            await self._read(note_it=False)

    async def leave(self) -> None:
        """Show nothing of it any more; its id is kept for Esc."""
        self._opened = None
        self._paint()

    async def entered(self, field: Widget | None) -> None:
        """Enter: the next step of this dossier."""
        found = self._opened
        if found is None and self._stub is not None:
            await self._look_up(self._stub)
        if found is None or (not found.may_write and self._is_fixed()):
            return
        if found.can_return:
            await self.go("returning", errands.ReturnDossier(self._dossier))
        elif found.view.line.status == "filed" and await self._to_inbox():
            return
        elif found.moves:
            await self.go("moves", errands.MoveDossier(self._dossier))
        else:
            self.tell(N_("{why}"), why=found.hindrance())

    async def chosen(self, rows: Rows, index: int) -> None:
        """Tell one event in full."""
        if self._opened is not None and (lines := self._event_lines(index)):
            await self.desk.explain(Spoken(lines[0], tuple(lines)))

    async def on_key(self, event: events.Key) -> None:
        """P, L, M, S, K, N, X, T, B, A: the letters that the last line names."""
        act = _LETTERS.get((event.character or "").casefold())
        if act is not None and self._opened is not None:
            event.stop()
            await getattr(self, act)()

    async def action_choices(self) -> None:
        """F4: the event under the cursor and everything else, in full."""
        if self._opened is not None:
            at = self._rows.cursor
            event = [("", line) for line in self._event_lines(at)] if at is not None else []
            await self.ask(Everything, [*event, *sheet.in_full(self._opened)])

    async def action_give_back(self) -> None:
        """F5: hand the result over."""
        await self._return(errands.ReturnDossier(self._dossier))

    async def action_papers(self) -> None:
        """F7: the papers of this dossier."""
        await self.go("papers", errands.PapersOf(self._dossier) if self._opened is not None else None)

    async def action_same_person(self) -> None:
        """F8: the next dossier of the same person."""
        if self._opened is not None:
            await self.go("intake", errands.SamePerson(self._dossier))

    def retell(self) -> None:
        """Say everything in the other language."""
        self._paint()

    @property
    def _rows(self) -> Rows:
        return self.query_one("#history", Rows)

    async def _of_scan(self, verdict: Verdict) -> str:
        if verdict.tracking is None:
            return ""
        lookup = self._seat.services.lookup
        return await asyncio.to_thread(lookup.by_tracking, verdict.tracking) or ""

    def _say_verdict(self, verdict: Verdict) -> None:
        if self._opened is None:
            name = self._seat.services.context.reference.unit_name
            known = [] if self._stub is None else elsewhere.facts(self._seat, self._stub)
            self.query_one("#glance", Facts).show([*verdicts.facts(verdict, name, is_elsewhere=bool(known)), *known])
            self._rows.display = False
            if self._stub is not None:
                self.query_one("#keys", Said).tell(N_("Enter: look it up at the center · Esc: back"))
        elif doubt := verdicts.doubt(verdict, is_practice=self._seat.services.context.practice):
            self.tell(N_("{why}"), why=doubt)

    async def _read(self, *, note_it: bool) -> None:
        self._opened = await asyncio.to_thread(opened.read, self._seat, self._dossier, note_it=note_it)
        self._paint()

    async def _look_up(self, stub: DossierLine) -> None:
        """Ask the center for a dossier of another unit, and show it."""
        if await elsewhere.look_up(self, self._seat, stub):
            self._dossier, self._stub = stub.id, None
            await self._read(note_it=False)

    def _forget(self) -> None:
        self._dossier, self._opened, self._stub = "", None, None
        self._paint()

    def _paint(self) -> None:
        found = self._opened
        self.query_one("#glance", Facts).show([] if found is None else sheet.glance(found))
        hindrance = self.query_one("#hindrance", Said)
        hindrance.tell(N_("{why}"), why="" if found is None else found.hindrance())
        hindrance.display = found is not None and bool(found.hindrance())
        self._rows.display = True
        self._rows.show([] if found is None else sheet.history(found))
        keys = self.query_one("#keys", Said)
        if found is None:
            keys.tell(N_("Esc: back"))
        else:
            keys.tell(N_("{step} · {letters}"), step=_(found.next_step()), letters=_letters(found))

    def _event_lines(self, index: int) -> list[str]:
        """Return one event of the history, the newest being 0, in full sentences."""
        assert self._opened is not None
        history = self._opened.view.history
        if not 0 <= index < len(history):
            return []
        line = history[len(history) - 1 - index]
        said = f"{phrases.moment(line.at)} · {event_name(line.kind, practice=self._opened.is_practice)}"
        return [part for part in (said, line.officer, sheet.event_note(line, self._opened)) if part]

    async def _return(self, errand: errands.ReturnDossier) -> None:
        found = self._opened
        if found is None:
            return
        if not found.can_return:
            raise NotReturnable(code=found.view.line.code, status=status_said(found.view.line.status))
        await self.go("returning", errand)

    async def _other_person(self) -> None:
        await self._return(errands.ReturnDossier(self._dossier, to_other=True))

    async def _lost_slip(self) -> None:
        await self._return(errands.ReturnDossier(self._dossier, lost_slip=True))

    async def _to_inbox(self) -> bool:
        """Open the intake with a dossier filed online; return whether it still waits."""
        waiting = await asyncio.to_thread(self._seat.services.inbox.waiting)
        mine = next((one for one in waiting if one.dossier == self._dossier), None)
        if mine is not None:
            await self.go("intake", errands.AcceptFiled(mine))
        return mine is not None

    def _is_fixed(self) -> bool:
        """Say why nothing about the dossier can be changed, if that is so."""
        assert self._opened is not None
        is_fixed = self._opened.is_undone or not self._opened.may_write
        if is_fixed:
            self.tell(N_("{why}"), why=self._opened.hindrance())
        return is_fixed

    async def _other_code(self) -> None:
        if self._opened is not None and not self._is_fixed():
            await changing.link(self, self._seat, self._opened)

    async def _correct(self) -> None:
        if self._opened is not None and not self._is_fixed():
            await changing.correct(self, self._seat, self._opened)

    async def _keep_at(self) -> None:
        if self._opened is not None and not self._is_fixed():
            await changing.keep_at(self, self._seat, self._opened)

    async def _take_fee(self) -> None:
        if self._opened is not None and not self._is_fixed():
            await money.take(self, self._seat, self._opened)

    async def _void_fee(self) -> None:
        if self._opened is not None and not self._is_fixed():
            await money.void(self, self._seat, self._opened)

    async def _attachments(self) -> None:
        if self._opened is not None:
            await attaching.show(self, self._seat, self._opened)

    async def _cause(self) -> None:
        if self._opened is not None and not self._is_fixed():
            await asyncio.to_thread(self._seat.services.delays.may_record, self._dossier)
            await self.go("explaining", errands.ExplainDelay(self._dossier))

    async def _apology(self) -> None:
        if self._opened is not None and not self._is_fixed():
            await asyncio.to_thread(self._seat.services.delays.may_apologise, self._dossier, self._seat.officer)
            await self.go("explaining", errands.ExplainDelay(self._dossier, apologise=True))


def _letters(found: Opened) -> str:
    """Return the letters that do something with the dossier now."""
    if not found.may_write or found.is_undone:
        return " · ".join((_("F4 everything"), _("A attachments")))
    parts = [_("P other person"), _("L slip lost")] if found.can_return else []
    parts += [_("M second code"), _("S correct")]
    if found.can_return:
        parts.append(_("K where kept"))
    if found.may_pay:
        parts.append(_("T take fee"))
    if found.has_receipt:
        parts.append(_("B void receipt"))
    if found.may_be_late:
        parts.append(_("N cause of delay"))
    if found.may_apologise:
        parts.append(_("X apology"))
    parts.append(_("A attachments"))
    return " · ".join(parts)
