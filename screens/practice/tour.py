"""The tour: practice plays the whole job of a desk by itself, with the keys and scans an officer would use.

Each step is judged by what happened in the log, not by what was pressed; a step that did not happen ends the
tour with its name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from textual.pilot import Pilot

from desk.errors.practice import TourStopped
from desk.words import N_, _
from screens.practice.hand import Hand

if TYPE_CHECKING:
    from desk.cases.practising import Practice
    from desk.cases.views import DossierView
    from desk.rules.dossier import Status
    from screens.app import DeskApp
    from screens.seat import Seat

_WAIT_S = 20.0
_MOST_ENTERS = 6
_LOOK_S = 0.05


@dataclass
class Tour:
    """One run of the tour.

    seat: the opened home, None until it is open. speed: 0 types as fast as the screens take it.
    tell: told each step once it has happened.
    """

    seat: Callable[[], Seat | None]
    practice: Callable[[Seat], Practice]
    pin: str
    speed: float = 0.0
    tell: Callable[[str], None] = lambda said: None
    steps: list[str] = field(default_factory=list)
    """What has happened, in the officer's language."""
    failure: TourStopped | None = None

    async def play(self, pilot: Pilot[object]) -> None:
        """Play it all and end the App."""
        self._app = cast("DeskApp[Seat]", pilot.app)
        self._hand = Hand(self._app, self.speed)
        try:
            async with asyncio.timeout(300):
                await self._all()
        except TourStopped as stopped:
            self.failure = stopped
        except TimeoutError:
            self.failure = TourStopped(step=len(self.steps) + 1)
        finally:
            self._app.exit(0 if self.failure is None else 1)

    async def _all(self) -> None:
        await self._until(lambda: self.seat() is not None)
        await self._sign_in()
        code = await self._receive()
        await self._find(code)
        await self._work_off_line()
        await self._move(code)
        await self._return(code)
        await self._prove(code)

    async def _sign_in(self) -> None:
        await self._hand.type(self.pin)
        await self._happened(lambda: self._seat.is_taken, N_("Signed in with the PIN."))

    async def _receive(self) -> str:
        before = self._newest()
        await self._hand.scan(self._practice.visitors()[0].card)
        await self._hand.type("khai sinh")
        await self._hand.press("enter")  # the procedure
        await self._hand.press("f9")
        await self._happened(lambda: self._newest() != before, N_("Scanned a card, received a birth registration."))
        code = self._newest()
        await self._happened(lambda: bool(self._view(code).papers), N_("The slip {code} was made and printed."), code)
        return code

    async def _find(self, code: str) -> None:
        await self._hand.press("f3")
        await self._hand.type(code[-4:])
        await self._hand.press("enter")
        await self._happened(lambda: self._is_seen(code), N_("Found it again by the tail of its code."))

    async def _work_off_line(self) -> None:
        self._practice.link("cut")
        before = self._newest()
        await self._hand.scan(self._practice.visitors()[1].card)
        await self._hand.type("ban sao tu ban chinh")
        await self._hand.press("enter", "2", "enter", "3", "f9")
        await self._happened(
            lambda: self._newest() != before and self._seat.services.syncing.status().unsent > 0,
            N_("Cut the line and went on working: it waits in the log."),
        )
        self._practice.link("up")
        await asyncio.to_thread(self._seat.services.syncing.once)
        await self._happened(
            lambda: self._seat.services.syncing.status().unsent == 0, N_("Mended the line: the center has everything.")
        )

    async def _move(self, code: str) -> None:
        await self._moved(code, "processing", N_("Passed it to the department."), body="so tu phap")
        await self._moved(code, "resolved", N_("The result is here."))

    async def _moved(self, code: str, status: Status, said: str, body: str = "") -> None:
        await self._hand.scan(self._view(code).short_form)
        await self._hand.press("enter")
        await self._hand.type(await self._digit_of(code, status))
        await self._hand.type(body)
        for _press in range(_MOST_ENTERS):
            if self._view(code).line.status == status:
                break
            await self._hand.press("enter")
        await self._happened(lambda: self._view(code).line.status == status, said)

    async def _digit_of(self, code: str, status: Status) -> str:
        moves = self._seat.services.moves.possible(code, self._seat.officer)
        return str([move.to for move in moves].index(status) + 1)

    async def _return(self, code: str) -> None:
        await self._hand.scan(self._view(code).short_form)
        await self._hand.press("enter", "enter")
        await self._happened(
            lambda: self._view(code).line.status == "returned", N_("Scanned the slip and handed the result over.")
        )
        await self._hand.press("1", "enter")
        await self._happened(lambda: self._view(code).survey == "answered", N_("The citizen answered the survey."))

    async def _prove(self, code: str) -> None:
        digits = self._view(code).short_form
        await self._happened(
            lambda: self._seat.services.papers.verify(digits).word == "practice",
            N_("The slip proves itself: a paper of practice."),
        )

    @property
    def _seat(self) -> Seat:
        seat = self.seat()
        assert seat is not None
        return seat

    @property
    def _practice(self) -> Practice:
        return self.practice(self._seat)

    def _newest(self) -> str:
        return self._seat.services.lookup.newest(1)[0].code

    def _view(self, code: str) -> DossierView:
        return self._seat.services.lookup.show(code)

    def _is_seen(self, code: str) -> bool:
        return self._app.rooms.here == "dossier" and self._seat.services.lookup.last_opened() == code

    async def _until(self, holds: Callable[[], bool]) -> None:
        waited_s = 0.0
        while not holds():
            if waited_s > _WAIT_S:
                raise TourStopped(step=len(self.steps) + 1)
            await asyncio.sleep(_LOOK_S)
            waited_s += _LOOK_S

    async def _happened(self, holds: Callable[[], bool], said: str, code: str = "") -> None:
        await self._until(holds)
        self.steps.append(_(said).format(code=code))
        self.tell(self.steps[-1])
        if self.speed:
            self._app.top.tell(said, code=code)
            await self._hand.pause()
