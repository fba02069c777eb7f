"""The desk as the screens see it: its use cases, and the officer who sits at it now.

Built by the wiring, given to every workplace; only values and calls, no widget and no SQL is imported here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.widgets.header import HeaderFacts, LinkFacts

if TYPE_CHECKING:  # the cases load SQL, which is paid after the first paint
    from desk.cases.context import Officer
    from desk.cases.services import Services


class Seat:
    """One opened home and who works at it.

    link: reads the three facts of the link from memory; it is asked at every screen and must be quick.
    """

    def __init__(self, services: Services, link: Callable[[], LinkFacts] = lambda: LinkFacts(up=None)) -> None:
        self.services = services
        self.unit = services.context.reference.unit_name(services.context.log.identity.unit)
        self._officer: Officer | None = None
        self._link = link

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

    def header_facts(self) -> HeaderFacts:
        """Return what the first line of every screen shows."""
        return HeaderFacts(
            unit=self.unit,
            officer=self._officer.name if self._officer is not None else "",
            practice=self.services.context.practice,
            link=self._link(),
        )
