"""The survey: the citizen alone before large keys; silence and Esc are no answer, and that is not "declined"."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.rules.scans import Scan
from desk.rules.survey import CRITERIA, LEVELS, REASONS, SILENCE_S, Way
from desk.words import N_
from screens.base import DeskScreen
from screens.errands import AskSurvey
from screens.keys.keymap import bound
from screens.survey.answer import Form
from screens.survey.waiting import AGAIN_S, Waiting
from screens.survey.wording import Wording
from screens.widgets.said import Said

if TYPE_CHECKING:
    from screens.seat import Seat


class SurveyScreen(DeskScreen):
    """Lies over what the officer was doing; nothing of any dossier stands on it, and every scan is refused.

    silence_s: after so many seconds without a key it closes. again_s: after so many an answer that could not be saved
    is tried again.
    """

    SAID = N_("Survey")
    LOCKED: ClassVar[bool] = True
    ONLY_FRESH_KEYS: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("palette", "nothing", show=False),
        bound("help", "nothing", show=False),
        bound("choices", "nothing", show=False),
        bound("back", "back", show=False),
    ]
    DEFAULT_CSS = """
    SurveyScreen > #body {
        align: center middle;
        & > #question { width: 1fr; height: auto; text-align: center; text-style: bold; margin-bottom: 1; }
        & > #levels { height: 7; width: 1fr; padding: 0 1; }
        & #levels > Key { width: 1fr; height: 7; margin: 0 1; }
        & > #lines { width: 1fr; height: auto; padding: 0 4; }
        & > #lines > Key { height: 1; border: none; text-align: left; content-align: left middle; }
        & > #foot { width: 1fr; height: auto; text-align: center; margin-top: 1; }
    }
    """

    def __init__(self, seat: Seat, silence_s: float = SILENCE_S, again_s: float = AGAIN_S) -> None:
        super().__init__()
        self._seat = seat
        self._silence_s = silence_s
        self._dossier = ""
        self._how: Way = "screen"
        self._form = Form()
        self._silence: Timer | None = None
        self._waiting = Waiting(self, again_s)
        self._wording = self._read_words()

    def body(self) -> ComposeResult:
        """Yield the question, the three large keys, the lines of longer pages, and the last words."""
        yield Said(id="question")
        with Horizontal(id="levels"):
            for _level in LEVELS:
                yield Key()
        with Vertical(id="lines"):
            for _line in range(max(len(REASONS), len(CRITERIA))):
                yield Key()
        yield Said(id="foot")

    async def arrive(self, errand: object) -> None:
        """Ask anew; where nothing can be written nobody is asked."""
        if (refusal := self._seat.services.context.log.refusal) is not None:
            await self.desk.rooms.uncover()
            raise refusal
        self._dossier, self._how = (errand.dossier, errand.how) if isinstance(errand, AskSurvey) else ("", "screen")
        self._form = Form(has_criteria=self._seat.services.context.settings.survey_form == "criteria")
        self._wording = await asyncio.to_thread(self._read_words)
        self.set_focus(None)
        self._paint()
        self._wait()

    async def leave(self) -> None:
        """Forget the answer."""
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        self._form = Form()

    async def keep(self) -> None:
        """Try once more to save answers that wait."""
        with suppress(DeskError):
            await self._waiting.save()

    async def on_key(self, event: events.Key) -> None:
        """Digits answer, Backspace takes back, Enter sends; nothing else does anything."""
        self._wait()
        if event.character and event.character.isascii() and event.character.isdigit():
            if self._form.press(int(event.character)):
                self._paint()
            event.stop()
        elif event.key == "backspace":
            self._form.take_back()
            self._paint()
            event.stop()

    async def entered(self, field: Widget | None) -> None:
        """Enter: send the form, after its reason page where somebody is dissatisfied."""
        if self._form.turn():
            await self._capture()
        else:
            self._paint()

    async def back(self) -> None:
        """Esc: no answer."""
        await self._no_answer()

    async def on_scan(self, scan: Scan) -> None:
        """Refuse: a citizen is answering."""
        self.app.bell()

    async def action_nothing(self) -> None:
        """The officer's keys rest while a citizen answers."""

    def _wait(self) -> None:
        if self._silence is not None:
            self._silence.stop()
        if self._how == "paper":  # nobody is asked: the officer may look for the next form
            return
        self._silence = self.set_timer(self._silence_s, lambda: self.act(self._silent))

    async def _silent(self) -> None:
        if self._silence is not None:  # it may have been answered since the timer rang
            await self._no_answer()

    async def _no_answer(self) -> None:
        dossier = self._dossier
        await self.desk.rooms.uncover()
        if dossier:
            await self._waiting.add(partial(self._seat.services.survey.unanswered, dossier, self._seat.officer))

    async def _capture(self) -> None:
        form, dossier = self._form, self._dossier
        assert form.level is not None
        is_timed = self._how == "screen" and self.painted_at_s is not None
        seconds = self.desk.monotonic() - (self.painted_at_s or 0.0) if is_timed else None
        await self.desk.rooms.uncover()  # first: a failure is told to the officer, not to the citizen
        await self._waiting.add(
            partial(
                self._seat.services.survey.capture,
                dossier or None,
                form.level,
                self._seat.officer,
                how=self._how,
                reason=form.reason,
                seconds=seconds,
                criteria=form.criteria,
            )
        )

    def _paint(self) -> None:
        form = self._form
        said = self._wording.said
        asked = "why" if form.page == "reason" else "question"
        self.query_one("#question", Said).tell(N_("{words}"), words=said(asked, "\n"))
        self.query_one("#levels").display = form.page != "reason"
        keys = list(self.query("#levels > Key").results(Key))
        for at, (key, level) in enumerate(zip(keys, LEVELS, strict=True), 1):
            key.show(f"{at}\n\n{said(f'level.{level}', chr(10))}", form.page == "level" and form.level == level)
        self._paint_lines()
        foot = [f"Enter  {said('send')}"]
        if form.page != "reason":
            foot.insert(0, ("> " if form.level == "declined" else "") + f"0  {said('declined')}")
        self.query_one("#foot", Said).tell(N_("{words}"), words="\n".join(foot))

    def _paint_lines(self) -> None:
        form = self._form
        lines: list[tuple[str, bool]] = []
        if form.page == "reason":
            lines = [
                (f"{at}  {self._wording.said(f'reason.{reason}')}", form.reason == reason)
                for at, reason in enumerate(REASONS, 1)
            ]
        elif form.page == "criteria":
            for name in CRITERIA:
                level = form.criteria.get(name)
                answer = str(LEVELS.index(level) + 1) if level is not None else "·"
                lines.append((f"{answer}  {self._wording.said(f'criterion.{name}')}", name == form.next_criterion))
        for at, key in enumerate(self.query("#lines > Key").results(Key)):
            key.display = at < len(lines)
            if at < len(lines):
                key.show(*lines[at])

    def _read_words(self) -> Wording:
        reference, identity = self._seat.services.context.reference, self._seat.services.context.log.identity
        unit = reference.now().units.get(identity.unit)
        return Wording(reference.survey_words(), chinese=unit is not None and unit.trait == "border")


class Key(Said):
    """A large key; the chosen one says so by a sign, not by colour alone."""

    DEFAULT_CSS = """
    Key { width: 1fr; border: solid $foreground; text-align: center; content-align: center middle; }
    Key.-chosen { background: $primary; color: $text; text-style: bold; }
    """

    def show(self, words: str, is_chosen: bool) -> None:
        """Write `words` on the key."""
        self.set_class(is_chosen, "-chosen")
        self.tell(N_("{words}"), words=f"> {words}" if is_chosen else words)
