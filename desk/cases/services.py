"""All use cases of one opened home, as screens and commands are given them."""

from __future__ import annotations

from dataclasses import dataclass

from desk.cases.certifying import Certifying
from desk.cases.checking import Checking
from desk.cases.clockwork import Clockwork
from desk.cases.context import Context
from desk.cases.correcting import Correcting
from desk.cases.delays import Delays
from desk.cases.drafts import Drafts
from desk.cases.favourites import Favourites
from desk.cases.figures import Figures
from desk.cases.handing_over import HandingOver
from desk.cases.inbox import Inbox
from desk.cases.intake import Intake
from desk.cases.known_people import KnownPeople
from desk.cases.lookup import Lookup
from desk.cases.moves import Moves
from desk.cases.office_hours import OfficeHours
from desk.cases.officers import Officers
from desk.cases.papers import Papers
from desk.cases.pressing import DueList
from desk.cases.returning import Returning
from desk.cases.setup import Importing
from desk.cases.survey import Survey
from desk.cases.syncing import Syncing
from desk.cases.tables import Tables


@dataclass(frozen=True, slots=True)
class Services:
    """One opened home."""

    context: Context
    clockwork: Clockwork
    officers: Officers
    intake: Intake
    people: KnownPeople
    favourites: Favourites
    certifying: Certifying
    inbox: Inbox
    lookup: Lookup
    moves: Moves
    handing_over: HandingOver
    returning: Returning
    survey: Survey
    correcting: Correcting
    drafts: Drafts
    papers: Papers
    delays: Delays
    due_list: DueList
    office_hours: OfficeHours
    figures: Figures
    tables: Tables
    importing: Importing
    syncing: Syncing
    checking: Checking

    def close(self) -> None:
        """Close the database."""
        self.context.store.close()
