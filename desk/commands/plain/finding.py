"""Lookup in the plain talk: any scrap of what somebody remembers, or a scan; then the dossier line by line."""

from __future__ import annotations

from desk.cases.context import Officer
from desk.cases.services import Services
from desk.cases.views import DossierView
from desk.commands.looking import shown_lines, status_name
from desk.commands.plain.talk import Talk
from desk.commands.written import moment
from desk.rules.scans import ShortScan, SlipScan, classify
from desk.words import _

SHOWN = 9


def look_up(talk: Talk, services: Services, officer: Officer) -> None:
    """Ask for a dossier and show it whole; who looked is written down."""
    view = asked_for(
        talk, services, officer, _("Which dossier? Code or its end, name, number, phone, or scan the slip")
    )
    if view is not None:
        talk.say(*shown_lines(view))


def asked_for(talk: Talk, services: Services, officer: Officer, question: str) -> DossierView | None:
    """Return the dossier that the answer finds, None where there is none."""
    words = talk.ask(question)
    return found_by(talk, services, officer, words) if words else None


def found_by(talk: Talk, services: Services, officer: Officer, words: str) -> DossierView | None:
    """Return the dossier that `words` find: the only one, or the one chosen; None, and said so, where there is none."""
    scan = classify(words)
    if isinstance(scan, SlipScan):
        tracking = services.papers.verify(words).tracking
    else:
        tracking = scan.tracking if isinstance(scan, ShortScan) else None
    if tracking is not None and (dossier := services.lookup.by_tracking(tracking)) is not None:
        return services.lookup.opened(dossier, officer)
    found = services.lookup.find(words, SHOWN)
    if not found:
        talk.say(_("No dossier was found."))
        return None
    place = 0
    if len(found) > 1:
        lines = [
            f"{one.code}  {one.owner}  {one.alias}  {status_name(one.status)}  {moment(one.due_at)}" for one in found
        ]
        place = talk.choose(_("Which one?"), lines, 0)
    return services.lookup.opened(found[place].id, officer)
