"""The desk as the screens see it: its use cases, and the officer who sits at it now.

Built by the wiring, given to every workplace; only values and calls, no widget and no SQL is imported here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from desk.errors.base import DeskError
from screens.printing import Press
from screens.widgets.header import HeaderFacts, LinkFacts

if TYPE_CHECKING:  # the cases load SQL, which is paid after the first paint
    from desk.cases.context import Officer
    from desk.cases.services import Services


class Seat:
    """One opened home and who works at it.

    link: reads the three facts of the link from memory; it is asked at every screen and must be quick.
    """

    def __init__(
        self,
        services: Services,
        link: Callable[[], LinkFacts] = lambda: LinkFacts(up=None),
        practice_pin: str = "",
    ) -> None:
        self.services = services
        unit = services.context.log.identity.unit
        found = services.context.reference.now().units.get(unit)
        self.unit = found.name_vi if found is not None else unit
        """The unit's short name: the first line has little room."""
        self.agency_code = services.context.place().agency_code
        self.press = Press(services.papers)
        self.served = 0
        """How many citizens were served to the end here: what a screen kept of an earlier one is over."""
        self.begins_at = ""
        """The workplace to which the first officer is led after he signed in, "" for home."""
        self._officer: Officer | None = None
        self._link = link
        self.practice_pin = practice_pin
        """The PIN that practice tells everybody, "" at a real desk."""

    @property
    def officer(self) -> Officer:
        """Who works here now; raises RuntimeError while nobody is signed in (no workplace is open then)."""
        if self._officer is None:
            raise RuntimeError("nobody is signed in")
        return self._officer

    @property
    def is_taken(self) -> bool:
        """Whether somebody is signed in."""
        return self._officer is not None

    def take(self, officer: Officer) -> None:
        """Let `officer` sit down."""
        self._officer = officer

    def leave(self) -> None:
        """Let nobody sit here."""
        self._officer = None

    def keep_language(self, language: str) -> None:
        """Keep the language in the settings; a home that cannot be written speaks its old one after the next start."""
        with suppress(DeskError):
            self.services.devices.choose_language(language)

    def header_facts(self) -> HeaderFacts:
        """Return what the first line of every screen shows."""
        return HeaderFacts(
            unit=self.unit,
            officer=self._officer.name if self._officer is not None else "",
            practice=self.services.context.practice,
            link=self._link(),
        )
