"""All use cases of one opened home, as screens and commands are given them.

Each is made, and what it needs is loaded, when it is first asked for: a command pays for the one it uses. The
screens load all of them after the first paint (`load`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desk.cases.attaching import Attaching
    from desk.cases.backups import Backups
    from desk.cases.certifying import Certifying
    from desk.cases.checking import Checking
    from desk.cases.clockwork import Clockwork
    from desk.cases.context import Context
    from desk.cases.correcting import Correcting
    from desk.cases.delays import Delays
    from desk.cases.devices import Connected, Devices
    from desk.cases.drafts import Drafts
    from desk.cases.elsewhere import Elsewhere
    from desk.cases.favourites import Favourites
    from desk.cases.fees import Fees
    from desk.cases.figures import Figures
    from desk.cases.handing_over import HandingOver
    from desk.cases.inbox import Inbox
    from desk.cases.incidents import Incidents
    from desk.cases.intake import Intake
    from desk.cases.known_people import KnownPeople
    from desk.cases.lookup import Lookup
    from desk.cases.moves import Moves
    from desk.cases.office_hours import OfficeHours
    from desk.cases.officers import Officers
    from desk.cases.papers import Papers
    from desk.cases.pressing import DueList
    from desk.cases.returning import Returning
    from desk.cases.reusing import Reusing
    from desk.cases.scanning import Scanning
    from desk.cases.setup import Importing
    from desk.cases.survey import Survey
    from desk.cases.syncing import Line, Syncing
    from desk.cases.tables import Tables
    from desk.cases.todays_work import TodaysWork
    from receipts.printing import Printer
    from receipts.thermal.address import ReceiptPrinter


@dataclass(frozen=True, slots=True)
class Outside:
    """What of the world outside the home the wiring passes in: another for practice than for a real desk."""

    printer: Callable[[], Printer]
    """Makes the printer; what it needs is loaded then."""
    receipt_printer: ReceiptPrinter | None
    lines: Callable[[str], AbstractContextManager[Line]]
    """Opens a line to the center at an address."""
    keep_salt: Callable[[bytes], None]
    app: str
    """Name and version of the program, as the center is told."""
    keep_settings: Callable[[Mapping[str, str]], Connected]
    """Keeps values in the home's settings; returns these and the printers they name."""
    standing_clock: bool
    """Whether another clock stands in for the machine's."""


_SELDOM: Final = frozenset({"attaching", "devices", "importing", "reusing", "scanning", "tables"})
"""Use cases of a day in a hundred: the screens and commands that have them load them (2 MB) themselves."""


class Services:
    """One opened home."""

    def __init__(self, context: Context, outside: Outside) -> None:
        self.context: Final = context
        self._outside: Final = outside

    def load(self) -> None:
        """Make every use case of a day now, so that none is loaded while somebody waits for a key."""
        for name, value in vars(type(self)).items():
            if isinstance(value, cached_property) and name not in _SELDOM:
                getattr(self, name)

    def close(self) -> None:
        """Close the database."""
        self.context.store.close()

    @cached_property
    def clockwork(self) -> Clockwork:
        """The clock as evidence."""
        from desk.cases.clockwork import Clockwork

        return Clockwork(self.context, standing=self._outside.standing_clock)

    @cached_property
    def officers(self) -> Officers:
        """Officers and their PINs."""
        from desk.cases.officers import Officers

        return Officers(self.context)

    @cached_property
    def intake(self) -> Intake:
        """Receiving a dossier."""
        from desk.cases.intake import Intake

        return Intake(self.context, self.clockwork)

    @cached_property
    def people(self) -> KnownPeople:
        """People who came before."""
        from desk.cases.known_people import KnownPeople

        return KnownPeople(self.context)

    @cached_property
    def favourites(self) -> Favourites:
        """The procedures asked for most."""
        from desk.cases.favourites import Favourites

        return Favourites(self.context)

    @cached_property
    def attaching(self) -> Attaching:
        """Scanned papers of a dossier."""
        from desk.cases.attaching import Attaching

        return Attaching(self.context)

    @cached_property
    def reusing(self) -> Reusing:
        """Scanned papers of earlier dossiers."""
        from desk.cases.reusing import Reusing

        return Reusing(self.context)

    @cached_property
    def scanning(self) -> Scanning:
        """What the scanner's program wrote."""
        from desk.cases.scanning import Scanning

        return Scanning(self.context, self.attaching)

    @cached_property
    def certifying(self) -> Certifying:
        """Certifications."""
        from desk.cases.certifying import Certifying

        return Certifying(self.context)

    @cached_property
    def incidents(self) -> Incidents:
        """What two desks did that does not fit together."""
        from desk.cases.incidents import Incidents

        return Incidents(self.context)

    @cached_property
    def inbox(self) -> Inbox:
        """Dossiers filed online."""
        from desk.cases.inbox import Inbox

        return Inbox(self.context)

    @cached_property
    def lookup(self) -> Lookup:
        """Finding and opening dossiers."""
        from desk.cases.lookup import Lookup

        return Lookup(self.context, self.elsewhere)

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """Dossiers of other units."""
        from desk.cases.elsewhere import Elsewhere

        return Elsewhere(self.context, lambda: self.syncing)

    @cached_property
    def moves(self) -> Moves:
        """Moves of the lifecycle."""
        from desk.cases.moves import Moves

        return Moves(self.context)

    @cached_property
    def handing_over(self) -> HandingOver:
        """Batches to and from a department."""
        from desk.cases.handing_over import HandingOver

        return HandingOver(self.context)

    @cached_property
    def returning(self) -> Returning:
        """Handing a result over."""
        from desk.cases.returning import Returning

        return Returning(self.context)

    @cached_property
    def survey(self) -> Survey:
        """The satisfaction survey."""
        from desk.cases.survey import Survey

        return Survey(self.context)

    @cached_property
    def correcting(self) -> Correcting:
        """Corrections and undo."""
        from desk.cases.correcting import Correcting

        return Correcting(self.context)

    @cached_property
    def drafts(self) -> Drafts:
        """Half-made forms."""
        from desk.cases.drafts import Drafts

        return Drafts(self.context)

    @cached_property
    def papers(self) -> Papers:
        """Papers and their print queue."""
        from desk.cases.papers import Papers

        return Papers(self.context, self._outside.printer(), self._outside.receipt_printer)

    @cached_property
    def devices(self) -> Devices:
        """Printers and the scanner."""
        from desk.cases.devices import Devices

        return Devices(self.context, self.papers, self._outside.keep_settings)

    @cached_property
    def delays(self) -> Delays:
        """Causes, outages, apologies."""
        from desk.cases.delays import Delays

        return Delays(self.context)

    @cached_property
    def due_list(self) -> DueList:
        """What presses."""
        from desk.cases.pressing import DueList

        return DueList(self.context)

    @cached_property
    def office_hours(self) -> OfficeHours:
        """The desk's calendar and its changes."""
        from desk.cases.office_hours import OfficeHours

        return OfficeHours(self.context)

    @cached_property
    def fees(self) -> Fees:
        """Fees taken, their receipts, the ranges of receipt numbers."""
        from desk.cases.fees import Fees

        return Fees(self.context)

    @cached_property
    def todays_work(self) -> TodaysWork:
        """What presses today."""
        from desk.cases.todays_work import TodaysWork

        return TodaysWork(self.context)

    @cached_property
    def figures(self) -> Figures:
        """Counts, lists, the periodic table."""
        from desk.cases.figures import Figures

        return Figures(self.context)

    @cached_property
    def tables(self) -> Tables:
        """Report and register as files."""
        from desk.cases.tables import Tables

        return Tables(self.context)

    @cached_property
    def importing(self) -> Importing:
        """Reference data."""
        from desk.cases.setup import Importing

        return Importing(self.context)

    @cached_property
    def syncing(self) -> Syncing:
        """The exchange with the center."""
        from desk.cases.syncing import Syncing

        outside = self._outside
        return Syncing(self.context, outside.lines, outside.keep_salt, outside.app)

    @cached_property
    def checking(self) -> Checking:
        """What works now."""
        from desk.cases.checking import Checking

        return Checking(self.context, self.clockwork, self._outside.printer(), self.backups)

    @cached_property
    def backups(self) -> Backups:
        """Backups of the home."""
        from desk.cases.backups import Backups

        return Backups(self.context, self._outside.app)
