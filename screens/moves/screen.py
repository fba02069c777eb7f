"""Moves: a digit chooses, the fields that this move demands follow, Enter on the last line saves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.clock import office_day
from desk.errors.rule import ReasonNeeded, UnitNeeded
from desk.rules.lifecycle import status_said
from desk.words import N_
from screens import errands, phrases
from screens.base import DeskScreen
from screens.bodies import BodyField
from screens.dialogs.confirm import Confirm, Question
from screens.keys.keymap import bound
from screens.moves import wording
from screens.moves.asked import AskedPapers, Listed
from screens.widgets.desk_input import DeskInput
from screens.widgets.facts import Fact, Facts
from screens.widgets.field_row import FieldRow
from screens.widgets.review import Review
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.moves import AskedDocument
    from desk.cases.views import DossierView
    from desk.rules.lifecycle import Move
    from screens.seat import Seat


class MovesScreen(DeskScreen):
    """The moves that this officer may make now, and the fields of the chosen one."""

    SAID = N_("Next step")
    FIRST = "#moves"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "choices", show=False)]
    DEFAULT_CSS = """
    MovesScreen > #body {
        padding: 0 1;
        & > #which { margin-bottom: 1; }
        & > #moves { margin-bottom: 1; }
        & > #review { margin-top: 1; }
        & #asked { width: 1fr; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._view: DossierView | None = None
        self._moves: tuple[Move, ...] = ()
        self._move: Move | None = None
        self._asked: tuple[AskedDocument, ...] = ()

    def body(self) -> ComposeResult:
        """Yield the dossier, its moves, and the fields of all moves; a move shows its own."""
        yield Facts(id="which")
        yield Rows([Column(N_("What happens?")), Column(N_("Statutory time"), 24)], id="moves")
        context = self._seat.services.context
        yield BodyField(
            lambda: context.reference.now().units.values(),
            lambda: office_day(context.clock()),
            label=N_("To"),
            help=N_("Who holds the dossier from now on. Type a part of the name; arrows choose, Enter takes."),
            id="unit-row",
        )
        reason = DeskInput(id="reason", help=N_("The concrete reason; it is printed and told to the citizen."))
        yield FieldRow(N_("Reason"), reason, id="reason-row")
        yield FieldRow(N_("Papers asked for"), Said(id="asked"), id="asked-row")
        yield FieldRow(N_("Note"), DeskInput(id="note", help=N_("May stay empty.")), id="note-row")
        yield Review(id="review")

    async def arrive(self, errand: object) -> None:
        """Offer the moves of a dossier."""
        dossier = errand.dossier if isinstance(errand, errands.MoveDossier) else ""
        await self._read(dossier)

    async def returned(self) -> None:
        """Offer them again, as they are now."""
        if self._view is not None:
            await self._read(self._view.line.id)

    async def leave(self) -> None:
        """Show nothing of the dossier any more."""
        self.query_one("#which", Facts).show([])
        for field in self.query(DeskInput):
            field.clear()

    async def back(self) -> None:
        """Esc: another move, then back to the dossier."""
        if self._move is not None:
            self._choose(None)
        else:
            await super().back()

    async def chosen(self, rows: Rows, index: int) -> None:
        """Take a move: its fields are asked for, or the workplace that makes it is opened."""
        if rows.id != "moves" or self._view is None:
            return
        move, dossier = self._moves[index], self._view.line.id
        if move.to == "returned":
            await self.go("returning", errands.ReturnDossier(dossier))
        elif move.to == "accepted" and self._view.line.status == "filed":
            waiting = await asyncio.to_thread(self._seat.services.inbox.waiting)
            mine = [one for one in waiting if one.dossier == dossier]
            await self.go("intake", errands.AcceptFiled(mine[0]) if mine else None)
        elif await self._really(move):
            self._choose(move)

    async def entered(self, field: Widget | None) -> None:
        """Choose, go to the next field, or save on the last line."""
        if isinstance(field, Review):
            await self._save()
        elif self._body.steered(field) is not None:
            self._take_unit()
        else:
            await super().entered(field)

    async def action_choices(self) -> None:
        """F4: name the papers that a supplement request asks for."""
        if self._view is None or self._move is None or self._move.to != "supplement_requested":
            self.tell(N_("Only a request for papers names them here."))
            return
        documents = await asyncio.to_thread(self._seat.services.moves.may_be_asked_for, self._view.line.id)
        asked = await self.ask(AskedPapers, Listed(documents, self._asked))
        if asked is not None:
            self._asked = asked
            self._paint_asked()

    def steered(self) -> Rows | None:
        """Arrows move the found bodies while one is looked for."""
        return self._body.steered(self.focused)

    def retell(self) -> None:
        """Say the moves in the other language."""
        self._paint()

    @property
    def _body(self) -> BodyField:
        return self.query_one(BodyField)

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", DeskInput).value.strip()

    async def _read(self, dossier: str) -> None:
        services, officer = self._seat.services, self._seat.officer
        self._view = await asyncio.to_thread(services.lookup.show, dossier)
        self._moves = await asyncio.to_thread(services.moves.possible, dossier, officer)
        self._choose(None)

    def _choose(self, move: Move | None) -> None:
        self._move, self._asked = move, ()
        for field in self.query(DeskInput):
            field.clear()
            field.mark(False)
        self._body.clear()
        self._paint()
        fields = self._fields(move)
        for name in ("unit", "reason", "asked", "note"):
            self.query_one(f"#{name}-row").display = name in fields
        self.query_one("#review").display = move is not None
        self.query_one("#moves").display = move is None
        if move is None:
            self.set_focus(self.query_one("#moves"))
        else:
            demanded = [name for name in fields if self._is_demanded(name, move)]
            self.set_focus(self.query_one(f"#{demanded[0]}" if demanded else "#review"))

    def _fields(self, move: Move | None) -> list[str]:
        """Return the fields a move shows: a body for processing, a reason where demanded, papers, a note always."""
        if move is None:
            return []
        asks_unit = move.to == "processing" and move.clock == "none"
        asks_papers = move.to == "supplement_requested"
        shown = (("unit", asks_unit), ("reason", move.needs_reason), ("asked", asks_papers), ("note", True))
        return [name for name, is_shown in shown if is_shown]

    def _is_demanded(self, name: str, move: Move) -> bool:
        return (name == "unit" and move.to == "processing") or (name == "reason" and move.needs_reason)

    def _paint(self) -> None:
        view = self._view
        if view is None:
            return
        now, line = self._seat.services.context.clock(), view.line
        due = phrases.due_words(line, now)
        self.query_one("#which", Facts).show(
            [
                Fact(N_("Code"), line.code, "strong"),
                Fact(N_("Owner"), f"{line.owner} · {line.alias}"),
                Fact(N_("Status"), " · ".join(part for part in (phrases.status_words(line.status), due) if part)),
            ]
        )
        rows = self.query_one("#moves", Rows)
        rows.styles.height = len(self._moves) + 2
        rows.show([(wording.title(move, line.status), wording.effect(move)) for move in self._moves])
        if self._move is not None:
            self._paint_review(view, self._move)
            self._paint_asked()

    def _paint_review(self, view: DossierView, move: Move) -> None:
        after = self._seat.services.moves.due_after(view.line.id, move.to)
        said = wording.review(move, view.line.status, view.line.due_at, after)
        self.query_one("#review", Review).tell(N_("{what} Enter: save"), what=said)

    def _paint_asked(self) -> None:
        """Say how many papers are asked for, or how to name them."""
        if self._asked:
            said = N_("{n} named, they stand on the request (F4 to change)")
        else:
            said = N_("none named yet: F4 chooses them from the list")
        self.query_one("#asked", Said).tell(said, n=len(self._asked))

    async def _really(self, move: Move) -> bool:
        """Ask before a second request for papers: with it the dossier counts as overdue."""
        if move.to != "supplement_requested" or self._view is None:
            return True
        warns = self._seat.services.moves.warns_of_second_supplement
        if not await asyncio.to_thread(warns, self._view.line.id):
            return True
        question = N_("Papers were asked for once already. With a second request the dossier counts as overdue. Go on?")
        answer = await self.ask(Confirm, Question(question))
        return answer is True

    def _take_unit(self) -> None:
        """Take the body under the cursor; none where none is demanded and nothing was typed."""
        if not self._body.take():
            self.tell(N_("No body of this name is in force; type less of it."))
        elif self._move is not None and self._move.needs_unit and not self._body.unit:
            assert self._view is not None
            self.say(UnitNeeded(status=status_said(self._view.line.status)), self._body.field)
        else:
            self.set_focus(self.query_one("#note"))

    async def _save(self) -> None:
        move, view = self._move, self._view
        if move is None or view is None:
            return
        if move.needs_reason and not self._text("reason"):
            self.say(ReasonNeeded(to=status_said(move.to)), self.query_one("#reason"))
            return
        moved = await asyncio.to_thread(
            self._seat.services.moves.move,
            view.line.id,
            move.to,
            self._seat.officer,
            unit=self._body.unit,
            reason=self._text("reason"),
            note=self._text("note"),
            asked=self._asked,
        )
        self._move = None
        papers = await asyncio.to_thread(self._seat.services.papers.make_owed, moved.dossier, self._seat.officer)
        await self.desk.rooms.back()
        due = phrases.moment(moved.due_at) if moved.due_at is not None else "–"
        self.desk.top.tell_done(
            N_("Saved: {code} is now {status}; due {due}."),
            code=moved.code,
            status=phrases.status_words(moved.status),
            due=due,
        )
        self._seat.press.send(self.desk, *(paper.job for paper in papers))
