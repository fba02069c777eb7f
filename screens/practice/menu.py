"""The practice menu (Ctrl+G p): plays scans, cuts and mends the link, breaks the printer, moves the clock, resets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from desk.words import N_, _
from screens.dialogs.choose import Choice as Asked
from screens.dialogs.choose import Choose
from screens.dialogs.confirm import Confirm, Question
from screens.dialogs.dialog import Dialog
from screens.dialogs.explain import Explain
from screens.practice.mending import send_waiting
from screens.widgets.message_line import Spoken
from screens.widgets.rows import Column, Rows
from screens.workplace import Everywhere

if TYPE_CHECKING:
    from desk.cases.practising import Practice, Visitor
    from desk.rules.lessons.lesson import Step
    from screens.app import DeskApp
    from screens.practice.coach import Coach
    from screens.seat import Seat

_MISTAKE = N_("Something happened that was not meant in this step. Ctrl+Z reverses it within five minutes.")
RESET = 75
"""What the App returns when practice is to begin anew; whoever started it brings the template back."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the menu: what it says (a message id and a fact) and what it does."""

    said: str
    run: Callable[[], Awaitable[None]]
    fact: str = ""


class PracticeMenu(Dialog[Sequence[Choice], Choice]):
    """Answers with the chosen line; a digit chooses at once."""

    DEFAULT_CSS = "PracticeMenu Rows { height: 12; }"

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Rows([Column(N_("Practice: what shall happen?"))], id="choices")

    async def asked(self, question: Sequence[Choice]) -> None:
        """Show the lines."""
        self._choices = question
        self._rows.show([(_(choice.said).format(fact=choice.fact),) for choice in question])

    @property
    def _rows(self) -> Rows:
        return self.query_one("#choices", Rows)

    async def entered(self, field: Widget | None) -> None:
        """Choose the line under the cursor."""
        index = self._rows.cursor
        if index is not None:
            await self.reply(self._choices[index])

    @on(Rows.Chosen)
    async def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        await self.reply(self._choices[event.index])


def practice_act(
    practice: Callable[[Seat], Practice], coach: Callable[[], Coach | None] = lambda: None
) -> Everywhere[Seat]:
    """Return the act that opens the practice menu from every screen; coach: of the lesson that is on, if one is."""

    async def act(app: DeskApp[Seat], seat: Seat) -> None:
        choice = await app.rooms.ask(PracticeMenu, await _choices(app, seat, practice(seat), coach()))
        if choice is not None:
            await choice.run()

    return Everywhere(N_("Practice menu"), act, letter="p")


async def _choices(app: DeskApp[Seat], seat: Seat, practice: Practice, coach: Coach | None) -> list[Choice]:
    if coach is not None:
        scans = await _scans_of_lesson(app, coach)
    else:
        scans = [
            *(_scan(app, N_("Scan the identity card of {fact}"), one) for one in practice.visitors()),
            Choice(N_("Scan the slip of a result that waits"), _scan_waiting(app, practice)),
        ]
    return [*scans, *_help_of(app, coach), *_troubles(app, seat, practice)]


def _troubles(app: DeskApp[Seat], seat: Seat, practice: Practice) -> list[Choice]:
    def told(do: Callable[[], None], message: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await asyncio.to_thread(do)
            app.show_facts(seat.header_facts())
            app.top.tell(message)

        return run

    async def reset() -> None:
        if await app.rooms.ask(Confirm, Question(N_("Begin practice anew? Everything done in it is gone."))):
            app.exit(RESET)

    def mend() -> None:
        practice.link("up")
        send_waiting(seat)

    link = (
        Choice(N_("Cut the link to the center"), told(lambda: practice.link("cut"), N_("The link is cut.")))
        if practice.link_fault() == "up"
        else Choice(N_("Mend the link to the center"), told(mend, N_("The link is mended.")))
    )
    printers = (
        [
            Choice(
                N_("Take the paper out of the printer"),
                told(lambda: practice.printer("paper"), N_("The printer has no paper.")),
            ),
            Choice(N_("Break the printer"), told(lambda: practice.printer("dead"), N_("The printer does not answer."))),
        ]
        if practice.printer_fault() == "ok"
        else [Choice(N_("Mend the printer"), told(lambda: practice.printer("ok"), N_("The printer prints again.")))]
    )
    return [
        link,
        *printers,
        Choice(N_("Go on to the next day"), told(lambda: practice.days_ahead(1), N_("The clock is a day ahead."))),
        Choice(N_("Begin practice anew"), reset),
    ]


def _scan(app: DeskApp[Seat], said: str, visitor: Visitor) -> Choice:
    async def run() -> None:
        app.keys.put_paste(visitor.card, app.monotonic())

    return Choice(said, run, visitor.name)


def _scan_waiting(app: DeskApp[Seat], practice: Practice) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        digits = await asyncio.to_thread(practice.slip_digits)
        if digits:
            app.keys.put_paste(digits, app.monotonic())
        else:
            app.top.tell(N_("No result waits to be collected."))

    return run


async def _scans_of_lesson(app: DeskApp[Seat], coach: Coach) -> list[Choice]:
    """Return the lesson's own cards and the slips of its dossiers."""
    slips = await asyncio.to_thread(coach.learning.slips)
    return [
        *(_scan(app, N_("Scan the identity card of {fact}"), one) for one in coach.learning.visitors()),
        *(_scan(app, N_("Scan the slip of {fact}"), one) for one in slips),
    ]


def _help_of(app: DeskApp[Seat], coach: Coach | None) -> list[Choice]:
    """Return what the coach offers: the step in full, the next hint, and to be shown; nothing once all is done."""
    if coach is None or (step := coach.learning.step) is None:
        return []
    learning = coach.learning
    done = learning.done[learning.progress.step]
    taken = done.hints

    async def in_full() -> None:
        said = [str(step.say), *(str(hint) for hint in step.hints[:taken])]
        said += [_(_MISTAKE)] if done.mistakes else []
        await app.rooms.ask(Explain, Spoken(said[0], tuple(one.replace("**", "") for one in said)))

    async def hint() -> None:
        said = learning.hint()
        await app.rooms.ask(Explain, Spoken(said, (said.replace("**", ""),)))

    async def show() -> None:
        coach.show_me()

    async def answer() -> None:
        await _answer(app, coach, step)

    asked = [Choice(N_("Answer the question"), answer)] if step.question is not None else []
    left = [Choice(N_("Hint {fact}"), hint, f"{taken + 1}/{len(step.hints)}")] if taken < len(step.hints) else []
    shown = [Choice(N_("Show me this step (it gives no points then)"), show)] if step.do else []
    return [*asked, Choice(N_("Say this step in full"), in_full), *left, *shown]


async def _answer(app: DeskApp[Seat], coach: Coach, step: Step) -> None:
    """Let the trainee choose among the answers to a step's question."""
    choices = step.question.choices if step.question is not None else ()
    facts: dict[str, object] = {"question": str(step.say).replace("**", "")}
    asked = Asked("{question}", (Column(""),), [(str(choice),) for choice in choices], facts)
    chosen = await app.rooms.ask(Choose, asked)
    if chosen is not None:
        is_right = coach.learning.answer(chosen + 1)
        await coach.look()
        app.top.tell(N_("That is right.") if is_right else N_("That is not right; think again."))
