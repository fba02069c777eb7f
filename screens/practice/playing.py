"""A lesson played by itself on the screens: each step must do what it wants, by what it says that it does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from textual.pilot import Pilot

from desk.errors.practice import StepNotDone
from desk.rules.said import Said
from desk.words import N_
from screens.practice.hand import Hand

if TYPE_CHECKING:
    from desk.rules.lessons.lesson import Step
    from screens.app import DeskApp
    from screens.practice.coach import Coach
    from screens.seat import Seat

_WAIT_S: Final = 20.0
_WHOLE_S: Final = 600
_LOOK_S: Final = 0.05


@dataclass
class Playing:
    """One run of a lesson.

    seat, coach: of the opened home, None until it is open. speed: 0 as fast as the screens take it.
    tell: told each step once it is done.
    """

    seat: Callable[[], Seat | None]
    coach: Callable[[], Coach | None]
    pin: str
    speed: float = 0.0
    tell: Callable[[str], None] = lambda said: None
    failure: StepNotDone | None = None

    async def play(self, pilot: Pilot[object]) -> None:
        """Play all steps and end the App; what did not hold is in `failure`."""
        app = cast("DeskApp[Any]", pilot.app)
        self._hand = Hand(app, self.speed)
        try:
            async with asyncio.timeout(_WHOLE_S):
                while (coach := self.coach()) is None or not app.rooms.are_open:
                    await asyncio.sleep(_LOOK_S)
                await app.keys_settled()
                for step in coach.learning.lesson.steps:
                    await self._step(app, coach, step)
        except StepNotDone as failure:
            self.failure = failure
        finally:
            app.exit(0 if self.failure is None else 1)

    async def _step(self, app: DeskApp[Any], coach: Coach, step: Step) -> None:
        await coach.look()
        types_pin = step.do[:1] and step.do[0].verb == "pin"
        if coach.learning.step is step and app.top.LOCKED and not types_pin:
            await self._hand.type(self.pin)
            await coach.look()
        if coach.learning.step is step:
            await coach.play(self._hand, self.pin)
        elif step.do:
            self._refuse(coach, step, N_("it was done before anything of it was done"))
        waited_s = 0.0
        while coach.learning.step is step:
            await coach.look()
            if waited_s > _WAIT_S:
                self._refuse(coach, step, N_("what it wants did not happen"))
            await asyncio.sleep(_LOOK_S)
            waited_s += _LOOK_S
        at = coach.learning.lesson.steps.index(step)
        if coach.learning.done[at].mistakes:
            self._refuse(coach, step, N_("its own way makes what must never happen"))
        self.tell(f"✓ {at + 1}/{len(coach.learning.lesson.steps)} {step.id}")

    def _refuse(self, coach: Coach, step: Step, why: str) -> None:
        raise StepNotDone(lesson=coach.learning.lesson.id, step=step.id, why=Said(why))
