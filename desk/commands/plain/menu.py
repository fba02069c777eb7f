"""The menu of the plain talk: three errands by a digit, and a scan that opens what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TextIO

from desk.cases.context import Officer
from desk.cases.services import Services
from desk.commands.at_desk import AtDesk
from desk.commands.foreseen import foreseen
from desk.commands.global_options import Asked
from desk.commands.looking import shown_lines
from desk.commands.plain.finding import found_by, look_up
from desk.commands.plain.handing_out import hand_out
from desk.commands.plain.receiving import receive
from desk.commands.plain.talk import LeftErrand, Talk, TalkEnded
from desk.commands.voice import Voice
from desk.errors.base import DeskError
from desk.rules.scans import CardScan, ShortScan, SlipScan, classify
from desk.wiring import Surroundings
from desk.words import _

Errand = Callable[[Talk, Services, Officer], None]


def talk_plainly(asked: Asked, voice: Voice, environment: Mapping[str, str], answers: TextIO) -> int:
    """Sign the officer in and do his errands until he ends it; returns the exit status. Raises DeskError."""
    desk = AtDesk(Surroundings.of(asked.home, environment), environment, voice, asked.home)
    try:
        officers = desk.services.officers
        officer = officers.the_one(environment.get("DESK_OFFICER", ""))
        officers.sign_in(officer, desk.pin(_("PIN of {officer}: ").format(officer=officer.name)))
        desk.make_missing()
        _errands(Talk(voice, answers), desk, officer)
        officers.sign_out(officer)
    finally:
        desk.close()
    return 0


def _errands(talk: Talk, desk: AtDesk, officer: Officer) -> None:
    """Do one errand after the other; what goes wrong in one ends that one only."""
    services = desk.services
    unit = services.context.reference.unit_name(services.context.settings.unit)
    talk.say(f"{unit}, {officer.name}")
    while True:
        try:
            errand = _chosen(talk)
            if errand is None:
                return
            errand(talk, services, officer)
            desk.warn_of_mirror()
        except LeftErrand:
            talk.say(_("Nothing of this was saved."))
        except TalkEnded:
            talk.say(_("No more answers come; whatever was not told as saved was not saved."))
            return
        except (DeskError, OSError) as error:
            talk.tell(foreseen(error))


def _chosen(talk: Talk) -> Errand | None:
    """Return the errand that the officer names by its digit or begins with a scan; None to end."""
    talk.say("", _("1 Intake   2 Lookup   3 Return the result   0 End"))
    errands: dict[str, Errand] = {"1": receive, "2": look_up, "3": hand_out}
    while True:
        answer = talk.ask(_("Digit, or a scan"))
        if answer == "0":
            return None
        if answer in errands:
            return errands[answer]
        scan = classify(answer)
        if isinstance(scan, CardScan):
            return lambda talk, services, officer: receive(talk, services, officer, answer)
        if isinstance(scan, SlipScan | ShortScan):
            return lambda talk, services, officer: _opened(talk, services, officer, answer)
        talk.say(_("Type 1, 2, 3 or 0, and Enter."))


def _opened(talk: Talk, services: Services, officer: Officer, scanned: str) -> None:
    view = found_by(talk, services, officer, scanned)
    if view is not None:
        talk.say(*shown_lines(view))
