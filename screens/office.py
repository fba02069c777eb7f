"""All workplaces of the desk and the acts that work on each of them, named here without loading their screens.

A workplace's module is imported at its first visit, so that the first paint stays cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.words import N_
from screens.workplace import Everywhere, Workplace

if TYPE_CHECKING:
    from screens.app import DeskApp
    from screens.base import DeskScreen
    from screens.seat import Seat
    from screens.setup.newcomer import Newcomer


def workplaces() -> tuple[Workplace[Seat], ...]:
    """Return the workplaces, the sign-in first; the first that the palette lists is home."""
    return (
        Workplace("signin", N_("Sign in"), _signin, scans=frozenset({"badge"}), listed=False, covers=True),
        Workplace("home", N_("Home"), _home),
        Workplace("intake", N_("Intake"), _intake, key="intake", scans=frozenset({"card"})),
        Workplace("inbox", N_("Inbox"), _inbox),
        Workplace("certify", N_("Certifications today"), _certify),
        Workplace("lookup", N_("Lookup"), _lookup, key="lookup"),
        Workplace("dossier", N_("Dossier"), _dossier, scans=frozenset({"slip", "short"}), listed=False),
        Workplace("moves", N_("Next step"), _moves, listed=False),
        Workplace("returning", N_("Return the result"), _returning, listed=False),
        Workplace("delays", N_("Why it is late"), _delays),
        Workplace("explaining", N_("Cause of delay"), _explaining, listed=False),
        Workplace("incidents", N_("Incidents"), _incidents),
        Workplace("papers", N_("Papers"), _papers, key="papers"),
        Workplace("handover", N_("Hand-over with a department"), _handover),
        Workplace("figures", N_("Figures"), _figures),
        Workplace("printers", N_("Printers: choose and test"), _printers),
        Workplace("scanner", N_("Scanner: test"), _scanner),
        Workplace("ranges", N_("Receipt numbers"), _ranges),
        Workplace("officers", N_("Officers and badges"), _officers),
        Workplace("survey", N_("Survey of a visitor without a dossier"), _survey, covers=True),
    )


def setup_workplaces() -> tuple[Workplace[Newcomer], ...]:
    """Return the one workplace of the first start of an empty home."""
    return (Workplace("setup", N_("Set this desk up"), _setup),)


def everywhere() -> tuple[Everywhere[Seat], ...]:
    """Return the acts that work on every screen."""
    return (
        Everywhere(N_("Return"), _give_back, key="return"),
        Everywhere(N_("Resume draft"), _resume, key="park"),
        Everywhere(N_("Undo"), _undo, key="undo"),
        Everywhere(N_("Lock"), _lock, key="lock"),
        Everywhere(N_("Change my PIN"), _change_pin),
        Everywhere(N_("Survey: type a paper form"), _paper_survey),
        Everywhere(N_("Colours and letters of this terminal"), _display),
    )


async def _give_back(app: DeskApp[Seat], seat: Seat) -> None:
    """F5 where no dossier is open: the results that wait to be collected."""
    from screens.errands import ShowList

    await app.rooms.go("lookup", ShowList("uncollected"))
    app.top.tell(N_("Scan the slip, or find the dossier; then Enter hands the result over."))


async def _resume(app: DeskApp[Seat], seat: Seat) -> None:
    """F6 where no page is open: bring the newest draft of this officer back."""
    import asyncio

    from screens.errands import Resume

    drafts = await asyncio.to_thread(seat.services.drafts.of, seat.officer)
    if not drafts:
        app.top.tell(N_("No draft of yours is waiting."))
    elif drafts[0].place in app.rooms.workplaces:
        await app.rooms.go(drafts[0].place, Resume(drafts[0]))


async def _undo(app: DeskApp[Seat], seat: Seat) -> None:
    from screens.undo import undo

    await undo(app, seat)


async def _lock(app: DeskApp[Seat], seat: Seat) -> None:
    await app.rooms.go("signin")


async def _change_pin(app: DeskApp[Seat], seat: Seat) -> None:
    from screens.signin.changing import change_pin

    await change_pin(app, seat)


async def _paper_survey(app: DeskApp[Seat], seat: Seat) -> None:
    from screens.errands import AskSurvey

    await app.rooms.go("survey", AskSurvey("", "paper"))


async def _display(app: DeskApp[Seat], seat: Seat) -> None:
    from screens.display import choose_display

    await choose_display(app, seat)


def _signin(seat: Seat) -> DeskScreen:
    from screens.signin.screen import SigninScreen

    return SigninScreen(seat)


def _intake(seat: Seat) -> DeskScreen:
    from screens.intake.screen import IntakeScreen

    return IntakeScreen(seat)


def _incidents(seat: Seat) -> DeskScreen:
    from screens.incidents.screen import IncidentsScreen

    return IncidentsScreen(seat)


def _inbox(seat: Seat) -> DeskScreen:
    from screens.inbox.screen import InboxScreen

    return InboxScreen(seat)


def _certify(seat: Seat) -> DeskScreen:
    from screens.certify.screen import CertifyScreen

    return CertifyScreen(seat)


def _home(seat: Seat) -> DeskScreen:
    from screens.home.screen import HomeScreen

    return HomeScreen(seat)


def _lookup(seat: Seat) -> DeskScreen:
    from screens.lookup.screen import LookupScreen

    return LookupScreen(seat)


def _dossier(seat: Seat) -> DeskScreen:
    from screens.dossier.screen import DossierScreen

    return DossierScreen(seat)


def _moves(seat: Seat) -> DeskScreen:
    from screens.moves.screen import MovesScreen

    return MovesScreen(seat)


def _returning(seat: Seat) -> DeskScreen:
    from screens.returning.screen import ReturningScreen

    return ReturningScreen(seat)


def _delays(seat: Seat) -> DeskScreen:
    from screens.delays.screen import DelaysScreen

    return DelaysScreen(seat)


def _explaining(seat: Seat) -> DeskScreen:
    from screens.delays.explaining import ExplainingScreen

    return ExplainingScreen(seat)


def _papers(seat: Seat) -> DeskScreen:
    from screens.papers.screen import PapersScreen

    return PapersScreen(seat)


def _handover(seat: Seat) -> DeskScreen:
    from screens.handover.screen import HandoverScreen

    return HandoverScreen(seat)


def _printers(seat: Seat) -> DeskScreen:
    from screens.devices.printers import PrintersScreen

    return PrintersScreen(seat)


def _scanner(seat: Seat) -> DeskScreen:
    from screens.devices.scanner_test import ScannerTestScreen

    return ScannerTestScreen(seat)


def _survey(seat: Seat) -> DeskScreen:
    from screens.survey.screen import SurveyScreen

    return SurveyScreen(seat)


def _ranges(seat: Seat) -> DeskScreen:
    from screens.ranges.screen import RangesScreen

    return RangesScreen(seat)


def _officers(seat: Seat) -> DeskScreen:
    from screens.officers.screen import OfficersScreen

    return OfficersScreen(seat)


def _figures(seat: Seat) -> DeskScreen:
    from screens.figures.screen import FiguresScreen

    return FiguresScreen(seat)


def _setup(newcomer: Newcomer) -> DeskScreen:
    from screens.setup.screen import SetupScreen

    return SetupScreen(newcomer)
