"""The App of the desk: it paints first, opens the services then, and takes every key through one queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, cast

from rich.text import Text
from textual.binding import BindingType

from desk.clock import Clock, monotonic_s, system_clock
from desk.words import N_
from screens import failures
from screens.base import DeskScreen
from screens.ending import Ending
from screens.fitted_app import FittedApp
from screens.keys.keyed_app import KeyedApp
from screens.keys.keymap import bound, bound_everywhere
from screens.opening import Opening
from screens.profiles import PROFILES, Profile
from screens.rooms import Rooms
from screens.scanner import Scanner
from screens.taking import Taking
from screens.widgets.header import HeaderFacts
from screens.widgets.message_line import Spoken
from screens.workplace import Everywhere, S, Workplace


class DeskApp(KeyedApp, FittedApp, Generic[S]):
    """The screens.

    open_services: opens everything a desk needs; run in a thread after the first paint, may raise DeskError.
    workplaces: the first one is where the day begins. everywhere: acts that work on every screen.
    real_desk: False in practice. clock, monotonic: passed in for tests and practice. profile: of the terminal.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("palette", "palette"),
        *bound_everywhere(),
    ]

    def __init__(
        self,
        open_services: Callable[[], S],
        workplaces: Sequence[Workplace[S]],
        everywhere: Sequence[Everywhere[S]] = (),
        *,
        real_desk: bool = True,
        clock: Clock = system_clock,
        monotonic: Callable[[], float] = monotonic_s,
        scanner: Scanner | None = None,
        profile: Profile = PROFILES["full"],
    ) -> None:
        super().__init__(lambda: Taking(self), real_desk, monotonic, scanner or Scanner())
        self.clock = clock
        self.facts = HeaderFacts(practice=not real_desk, accents=profile.has_accents)
        self.failures: list[BaseException] = []
        """What failed and nobody had foreseen; tests look here."""
        self.rooms = Rooms(self, workplaces)
        self.ending = Ending(self)
        self.everywhere = {act.key or act.letter or act.title: act for act in everywhere}
        self.open_services = open_services
        self.draw_for(profile)

    @property
    def top(self) -> DeskScreen:
        """The screen that is seen."""
        return cast(DeskScreen, self.screen)

    def show_facts(self, facts: HeaderFacts) -> None:
        """Show other facts in the first line of every screen."""
        self.facts = facts._replace(accents=self.profile.has_accents)
        self.top.show_facts()

    async def explain(self, spoken: Spoken | None) -> None:
        """Show the whole of what was said; in an act."""
        from screens.dialogs.explain import Explain  # loaded at the first question, as the palette is

        if spoken is None:
            self.top.tell(N_("There is nothing more to say here."))
        elif not isinstance(self.top, Explain):
            await self.rooms.ask(Explain, spoken)

    def failed(self, error: BaseException) -> None:
        """Tell of an act or a worker that failed; the program goes on."""
        failures.write_down(error)
        if failures.foreseen(error) is not error:
            self.failures.append(error)
        if self.is_running:
            self.top.say(failures.foreseen(error))

    def hung_up(self) -> None:
        """End: the terminal is gone."""
        self.ending.begin()

    async def on_mount(self) -> None:
        """Take keys once the first screen is painted and the services are open."""
        await self.push_screen(Opening())
        self.ending.listen()
        self.keys.hold()
        self.take_keys()
        self.call_after_refresh(self._painted)
        self._every_minute()

    def on_unmount(self) -> None:
        """Leave the signals alone."""
        self.ending.listen_no_more()

    def _painted(self) -> None:
        self.keys.act(cast(Opening, self.top).open)
        self.keys.release()

    def _every_minute(self) -> None:
        if self.screen_stack:  # the minute may strike while the screens are taken away
            self.top.show_facts()
            self.set_timer(60 - self.clock().second, self._every_minute)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether a key does something now: what is not built is neither bound nor listed."""
        if action != "everywhere":
            return True
        key_id = str(parameters[0])
        return not self.top.LOCKED and bool(key_id in self.everywhere or self.rooms.leads(key_id))

    async def action_everywhere(self, key_id: str) -> None:
        """Do what a key does on every screen."""
        if (everywhere := self.everywhere.get(key_id)) is not None:
            await everywhere.act(self, self.rooms.services)
        elif place := self.rooms.leads(key_id):
            await self.rooms.go(place)

    async def action_palette(self) -> None:
        """Ask for a command and run it."""
        from screens.commands import commands_of
        from screens.palette import Palette

        command = await self.rooms.ask(Palette, commands_of(self))
        if command is not None:
            await command.run()

    def _fatal_error(self) -> None:
        """End after a fault with one sentence: Textual's own crash screen prints the values of variables."""
        if self._exception is not None:
            failures.write_down(self._exception)
        self._exit_renderables.append(Text(failures.last_words(self._exception)))
        self._close_messages_no_wait()
