"""The coach of a lesson: says the step that is on, on every screen, and confirms the one that was done.

It looks at what has happened in the log and which workplace is seen, a few times a second; it takes no key and asks
nothing. Its line stands above the one that speaks; where the terminal has 23 lines it takes that line's place while
nothing is said there, so that every layout stays complete. With much room it is a panel.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

from desk.errors.base import DeskError
from desk.words import N_, _
from screens.base import ROOMY, DeskScreen
from screens.dialogs.dialog import Dialog
from screens.practice.hand import Hand
from screens.practice.mending import send_waiting
from screens.widgets.coach_line import PANEL, Advice, CoachLine
from screens.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from desk.cases.learning import Learning
    from screens.app import DeskApp
    from screens.seat import Seat

LOOK_S: Final = 0.4
_LOW: Final = 23
"""Lines of a terminal that has none to spare."""
_ROOM_FOR_PANEL: Final = ROOMY.height + PANEL
_LONGEST_S: Final = 30.0
"""A longer silence between two looks is a machine that slept."""
_MOST_TICKS: Final = 8
"""Steps that are done are ticked one by one up to this number."""
_SHOWN_S: Final = 5.0
"""So long after it was shown a step should be done."""


class Coach:
    """Accompanies one lesson on one App."""

    def __init__(self, app: DeskApp[Seat], seat: Seat, learning: Learning) -> None:
        self.app, self.seat, self.learning = app, seat, learning
        self._looking = asyncio.Lock()
        self._looked_at_s = app.monotonic()
        self._showing: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Stand beside every screen from now on; in the App's own thread."""
        self._looked_at_s = self.app.monotonic()
        self.app.screen_change_signal.subscribe(self.app, self._changed, immediate=True)
        self.app.set_interval(LOOK_S, self.look)
        self.draw()

    async def look(self) -> None:
        """See what has happened, and say the next step if one was done."""
        async with self._looking:
            now_s = self.app.monotonic()
            elapsed_s, self._looked_at_s = min(now_s - self._looked_at_s, _LONGEST_S), now_s
            try:
                done = await asyncio.to_thread(self.learning.look, self.app.rooms.seen, elapsed_s)
            except (DeskError, OSError) as error:  # a full disk ends no lesson; the next look tries again
                self.app.failed(error)
                return
            if done:
                self.app.show_facts(self.seat.header_facts())
            self.draw()

    def draw(self) -> None:
        """Show the step on the screen that is seen."""
        screen = self._screen()
        said = None if screen is None else screen.query(MessageLine)
        if screen is None or not said or not screen.is_mounted:
            return  # not there yet, or the screens end
        lines = screen.query(CoachLine)
        if not lines:
            screen.mount(CoachLine(), before=said.first())
            screen.call_after_refresh(self.draw)
            return
        size, advice = self.app.size, self.advice()
        is_roomy = size.width >= ROOMY.width and size.height >= _ROOM_FOR_PANEL
        lines.first().advise(advice, PANEL if is_roomy else 1 if size.height > _LOW else 0)
        said.first().show_idle("" if size.height > _LOW else advice.plain())

    def advice(self) -> Advice:
        """Return what is said now, in the officer's language."""
        learning, count = self.learning, len(self.learning.lesson.steps)
        at = learning.progress.step
        more = _("^G p: the step in full, a hint, show me")
        if (step := learning.step) is not None:
            done = "✓" * at + " " if at <= _MOST_TICKS else f"✓{at} "
            said = _("Step {n}/{count}").format(n=at + 1, count=count)
            if mistakes := learning.done[at].mistakes:
                said += " · " + _("mistakes {n}").format(n=mistakes)
            return Advice((done if at else "") + said, str(step.say), more)
        score = learning.score
        text = _("{percent} of 100 points, {minutes} min {seconds} s: {passed}. **Ctrl+G q** ends.").format(
            percent=score.percent,
            minutes=score.seconds // 60,
            seconds=score.seconds % 60,
            passed=_("passed") if score.is_passed else _("not passed"),
        )
        return Advice(_("✓ The lesson is done"), text, "^G q")

    def show_me(self) -> None:
        """Do the present step by itself, so slowly that it can be followed."""
        if self._showing is None or self._showing.done():
            self._showing = asyncio.create_task(self._show())

    async def play(self, hand: Hand, pin: str) -> None:
        """Do what the present step does, whatever it is worth then."""
        step = self.learning.step
        if step is not None and step.question is not None:
            self.learning.answer(step.question.answer)
        for act in step.do if step is not None else ():
            match act.verb, act.what:
                case "key", keys:
                    await hand.press(*keys)
                case "type", (text,):
                    await hand.type(text)
                case "pin", _nothing:
                    await hand.type(pin)
                case "scan", (citizen,):
                    await hand.scan(self.learning.card(citizen))
                case "slip", (named,):
                    await hand.scan(await asyncio.to_thread(self.learning.slip, named))
                case "pause", _seconds:
                    await hand.pause()
                case _:
                    await asyncio.to_thread(self.learning.do, act)
                    await asyncio.to_thread(send_waiting, self.seat)
                    self.app.show_facts(self.seat.header_facts())

    async def _show(self) -> None:
        before = self.learning.progress.step
        hand = Hand(self.app, 1.0)
        if self.app.top.LOCKED and not self.seat.is_taken and self.seat.practice_pin:
            await hand.type(self.seat.practice_pin)
            await self.look()
        if self.learning.progress.step == before:
            self.learning.show()
            await self.play(hand, self.seat.practice_pin)
        until_s = self.app.monotonic() + _SHOWN_S
        while self.learning.progress.step == before and self.app.monotonic() < until_s:
            await asyncio.sleep(LOOK_S)
        if self.learning.progress.step == before and self.app.is_running:
            self.app.top.tell(N_("Shown, but from another place than the lesson thinks of. Ctrl+G 0 leads home."))

    def _changed(self, _screen: Screen[Any]) -> None:
        self.draw()
        self.app.call_after_refresh(self.draw)  # a screen at its first visit is not mounted yet

    def _screen(self) -> DeskScreen | None:
        """Return the workplace that is seen, under any question."""
        under = [one for one in self.app.screen_stack if isinstance(one, DeskScreen) and not isinstance(one, Dialog)]
        return under[-1] if under else None
