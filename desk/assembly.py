"""The screens put together: an App on one home, the exchange beside it, the home's lock held while it runs.

Textual loads with this room's functions and SQL with the services, after the first paint.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desk import diagnostics, settings, wiring
from desk.clock import office_day, office_time, system_clock
from desk.wiring import Surroundings
from desk.words import language, speak

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from desk.cases.learning import Learning
    from desk.cases.services import Services
    from desk.cases.syncing import SyncLoop
    from screens.app import DeskApp
    from screens.practice.coach import Coach
    from screens.seat import Seat
    from screens.widgets.header import LinkFacts

LOCK: Final = "screens.lock"


class Screens:
    """The screens of one home, from the first paint to the last; use once."""

    def __init__(
        self,
        around: Surroundings,
        *,
        lang: str | None = None,
        begins_at: str = "",
        lesson: Callable[[Services], Learning] | None = None,
    ) -> None:
        """Read the settings; raises NoHome, SettingsWrong. lesson: what is learnt on them, None outside a lesson."""
        self.around = around
        self.found = settings.load(around.home)
        self._lang = lang or self.found.language
        self._begins_at = begins_at
        self._stack = ExitStack()
        self._app: DeskApp[Seat] | None = None
        self.seat: Seat | None = None
        """The opened home, None before it is open."""
        self._lesson = lesson
        self.learning: Learning | None = None
        self.coach: Coach | None = None
        """Who says the steps of the lesson, None before the home is open and outside a lesson."""

    def app(self) -> DeskApp[Seat]:
        """Return the App, nothing of the home opened yet; raises KeyUnfit, KeyTwice for a wrong setting of the keys."""
        from screens.start import forget_textual

        forget_textual()
        speak(self._lang)
        # Textual: the first thing that is painted
        from screens.app import DeskApp
        from screens.keys.remapping import read
        from screens.office import everywhere, workplaces
        from screens.profiles import profile_of
        from screens.scanner import Scanner

        practice = self.found.kind == "practice"
        self._app = DeskApp(
            self.open,
            workplaces(),
            (*everywhere(), *(_practice_acts(lambda: self.coach) if practice else ())),
            real_desk=not practice,
            clock=wiring.clock_of(self.around, self.found),
            scanner=Scanner(suffix=self.found.scanner_suffix),
            profile=profile_of(self.found.profile, os.environ),
        )
        self._app.remap(read(self.found.keys))
        self._app.lay_out(large=self.found.layout == "large")
        return self._app

    def open(self) -> Seat:
        """Open the home; called in a thread once the first screen is painted. Raises DeskError."""
        from desk.cases.practising import PIN
        from desk.cases.syncing import SyncLoop
        from screens.seat import Seat

        diagnostics.begin(self.around.home)
        services = wiring.open_home(self.around)
        self._stack.callback(services.close)
        services.load()
        self._hold(services.context.log)
        loop = SyncLoop(services.syncing, self._show_facts)
        self._stack.callback(loop.stop)
        self.seat = Seat(services, lambda: _link_facts(loop), PIN if services.context.practice else "")
        self.seat.begins_at = self._begins_at
        if services.context.log.closed is None:
            loop.start()
            if not services.context.practice:
                self._keep_backups(services)
        if self._lesson is not None:
            self._coach(self._lesson(services), self.seat)
        return self.seat

    def _keep_backups(self, services: Services) -> None:
        """Make backups by themselves: in a quiet moment of each day, and at the end."""
        from desk.cases.own_backups import OwnBackups

        app = self._app
        assert app is not None
        kept = OwnBackups(services.backups, lambda: app.monotonic() - app.keys.last_at_s)
        self._stack.callback(kept.at_closing)
        self._stack.callback(kept.stop)
        kept.start()

    def _coach(self, learning: Learning, seat: Seat) -> None:
        """Let the coach say the lesson's steps on every screen; called in a thread while the App runs."""
        # lessons only
        from screens.practice.coach import Coach

        assert self._app is not None
        self.learning = learning
        self.coach = Coach(self._app, seat, learning)
        self._app.call_from_thread(self.coach.begin)

    def _show_facts(self) -> None:
        """Show the facts of the link as they are now; called in the exchange's thread."""
        app, seat = self._app, self.seat
        if app is not None and seat is not None and app.is_running:
            with suppress(RuntimeError):  # the screens end in this moment
                app.call_from_thread(app.show_facts, seat.header_facts())

    def close(self) -> None:
        """Stop the exchange, close the home, let its lock go."""
        self._stack.close()

    def _hold(self, log: Any) -> None:
        """Hold the home's lock; where other screens hold it, let these only read."""
        from filelock import FileLock, Timeout

        from desk.errors.store import HomeTaken

        lock = FileLock(self.around.home / LOCK, blocking=False)
        try:
            lock.acquire()
        except Timeout:
            log.closed = HomeTaken(since=since(self.around.home))
            return
        self._stack.callback(lock.release)
        (self.around.home / f"{LOCK}.since").write_text(
            f"{office_time(system_clock()):%d/%m/%Y %H:%M}", encoding="utf-8"
        )


def since(home: Path) -> str:
    """Return when the screens that hold `home` began, as people read it."""
    try:
        return (home / f"{LOCK}.since").read_text(encoding="utf-8")
    except OSError:
        return "?"


def _practice_acts(coach: Callable[[], Coach | None]) -> tuple[Any, ...]:
    from screens.practice.menu import practice_act

    def practice(seat: Seat) -> Any:
        from desk.cases.practising import Practice

        return Practice(seat.services.context)

    return (practice_act(practice, coach),)


def _link_facts(loop: SyncLoop) -> LinkFacts:
    from screens.widgets.header import LinkFacts

    found = loop.status
    if found is None or found.link == "none":
        return LinkFacts(up=None)
    return LinkFacts(found.link == "up", found.unsent, found.oldest_unsent_at, found.last_exchange_at)


def run(
    around: Surroundings,
    *,
    lang: str | None = None,
    autopilot: Callable[[Pilot[object]], Coroutine[Any, Any, None]] | None = None,
    headless: bool = False,
    begins_at: str = "",
) -> int:
    """Show the screens until they end and return their exit status; raises NoHome, SettingsWrong.

    begins_at: the workplace after the first sign-in, "" for home. autopilot: plays by itself (the tour). headless:
    without a terminal, on a screen of 80x24.
    """
    screens = Screens(around, lang=lang, begins_at=begins_at)
    app = screens.app()
    try:
        if headless:
            code = app.run(headless=True, size=(80, 24), auto_pilot=autopilot)
        else:
            code = app.run(mouse=False, auto_pilot=autopilot)  # the mouse is left to the terminal
    finally:
        screens.close()
    return int(code or app.return_code or 0)


def run_setup(around: Surroundings, *, lang: str | None = None) -> bool:
    """Ask for the set-up of an empty home; returns whether the desk was made."""
    from screens.start import forget_textual

    forget_textual()
    speak(lang or "vi")
    # Textual: the first thing that is painted
    from screens.app import DeskApp
    from screens.office import setup_workplaces
    from screens.profiles import profile_of
    from screens.setup.newcomer import Answers, Newcomer, newcomer
    from screens.setup.screen import MADE

    def make(answers: Answers) -> None:
        new = wiring.NewHome(
            answers.unit, answers.agency_code, answers.slot, answers.officer, answers.pin, language=language()
        )
        wiring.make_home(around, new)

    def open_services() -> Newcomer:
        return newcomer(wiring.reference_texts()["units"], make, office_day(system_clock()))

    app = DeskApp(open_services, setup_workplaces(), profile=profile_of("auto", os.environ))
    return app.run(mouse=False) == MADE
