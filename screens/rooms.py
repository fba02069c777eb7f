"""Going from one workplace to another. Screens are built once and shown again (building costs 12 times more)."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from desk.words import N_
from screens.base import DeskScreen
from screens.dialogs.dialog import Dialog
from screens.keys.inside import settled
from screens.workplace import S, Workplace

if TYPE_CHECKING:
    from desk.rules.scans import Scan
    from screens.app import DeskApp

Q = TypeVar("Q")
A = TypeVar("A")

_MOST_QUESTIONS = 20


class Rooms(Generic[S]):
    """The workplaces of one App, and the trail that Esc goes back."""

    def __init__(self, app: DeskApp[S], workplaces: Sequence[Workplace[S]]) -> None:
        self.workplaces = {place.name: place for place in workplaces}
        self.here = ""
        """Name of the workplace that is shown; "" before the first."""
        self._app = app
        self.first = workplaces[0].name
        """Name of the workplace where the day begins."""
        self._services: S | None = None
        self._built: dict[str, DeskScreen] = {}
        self._dialogs: dict[type[DeskScreen], DeskScreen] = {}
        self._trail: list[str] = []
        self._covers: list[DeskScreen] = []

    @property
    def built(self) -> list[DeskScreen]:
        """The screens made so far, dialogs too."""
        return [*self._built.values(), *self._dialogs.values()]

    @property
    def are_open(self) -> bool:
        """Whether workplaces can be built."""
        return self._services is not None

    @property
    def services(self) -> S:
        """What workplaces are built from."""
        assert self._services is not None, "the services are not open yet"
        return self._services

    @services.setter
    def services(self, services: S) -> None:
        self._services = services

    @property
    def seen(self) -> str:
        """Name of the workplace that is seen, a cover too, whatever is asked over it; "" before the first."""
        names = {id(screen): name for name, screen in self._built.items()}
        return next((names[id(one)] for one in reversed(self._app.screen_stack) if id(one) in names), "")

    def leads(self, key_id: str) -> str:
        """Return the name of the workplace that a line of the key map opens, "" for none."""
        return next((place.name for place in self.workplaces.values() if place.key == key_id), "")

    async def go(self, name: str, errand: object = None) -> None:
        """Show a workplace and hand it its errand; open questions are answered with None first.

        Raises KeyError for an unknown name.
        """
        screen = self._screen(name)
        if self.workplaces[name].covers:
            await self._cover(screen)
        else:
            with self._app.batch_update():  # what lay under a cover is not seen on the way
                await self.uncover(all_of_them=True)
                if name in self._trail:
                    del self._trail[self._trail.index(name) :]
                elif self.here and self.here != name:
                    self._trail.append(self.here)
                await self._show(name, screen)
        screen.focus_first()
        await screen.arrive(errand)

    async def back(self, past: Collection[str] = ()) -> None:
        """Show the workplace before this one; at the beginning of the trail nothing happens.

        past: workplaces that are over (a dossier whose result was handed over) and are not shown again.
        """
        while len(self._trail) > 1 and self._trail[-1] in past:
            self._trail.pop()
        if self._trail:
            name = self._trail.pop()
            await self._show(name, self._screen(name))
            await self._screen(name).returned()

    async def uncover(self, *, all_of_them: bool = False) -> None:
        """Take the workplace that covers the others away: what lay under it is there as it was left."""
        while self._covers:
            await self._answer_none()
            await self._covers.pop().leave()
            await self._app.pop_screen()
            await settled(self._app)
            if not all_of_them:
                return

    async def put_away(self) -> None:
        """Let the screen that is seen forget its citizen, with no question open and nothing over it."""
        await self.uncover(all_of_them=True)
        await self._app.top.leave()

    async def scanned(self, scan: Scan) -> None:
        """Open the workplace that takes this kind of scan, with the scan as its errand."""
        for place in self.workplaces.values():
            if scan.kind in place.scans:
                await self.go(place.name, scan)
                return
        self._app.top.tell(N_("Nothing here can be done with this scan."))

    async def ask(self, kind: type[Dialog[Q, A]], question: Q) -> A | None:
        """Ask with the dialog `kind`, made at its first question; see `DeskScreen.ask`."""
        dialog = self._dialogs.get(kind)
        if not isinstance(dialog, kind):
            dialog = self._dialogs[kind] = kind()
            self._app.install_screen(dialog, f"dialog-{kind.__name__}")
        if dialog.waiting is not None:
            raise RuntimeError(f"{kind.__name__} is asked already")
        dialog.waiting = asyncio.get_running_loop().create_future()
        await self._app.push_screen(dialog)
        await settled(self._app)
        dialog.hush()
        dialog.focus_first()
        await dialog.asked(question)
        return await self._app.keys.answered(dialog.waiting)

    async def close(self, dialog: Dialog[Any, Any]) -> None:
        """Take a dialog from the screen; the ones asked over it are answered with None."""
        while (top := self._app.screen) is not dialog and isinstance(top, Dialog):
            await top.reply(None)
        if self._app.screen is dialog:
            await self._app.pop_screen()

    async def _cover(self, screen: DeskScreen) -> None:
        await self._answer_none()
        if screen not in self._covers:
            self._covers.append(screen)
            await self._app.push_screen(screen)
        await settled(self._app)
        screen.hush()

    async def _answer_none(self) -> None:
        for _count in range(_MOST_QUESTIONS):
            top = self._app.screen
            if not isinstance(top, Dialog):
                break
            await top.reply(None)
            await self._app.keys.alone()

    async def _show(self, name: str, screen: DeskScreen) -> None:
        await self._answer_none()
        if self._app.screen is not screen:
            await self._app.top.leave()
            await self._app.switch_screen(screen)
        self.here = name
        await settled(self._app)
        screen.hush()

    def _screen(self, name: str) -> DeskScreen:
        if name not in self._built:
            screen = self.workplaces[name].make(self.services)
            self._app.install_screen(screen, name)
            self._built[name] = screen
        return self._built[name]
