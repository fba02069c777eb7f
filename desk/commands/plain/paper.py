"""Papers in the plain talk: made and handed to the printer after the act; a dead printer undoes nothing."""

from __future__ import annotations

from collections.abc import Callable

from desk.cases.papers import MadePaper
from desk.cases.services import Services
from desk.commands.plain.talk import Talk
from desk.errors.base import DeskError
from desk.words import _


def print_owed(talk: Talk, services: Services, make: Callable[[], tuple[MadePaper, ...]]) -> None:
    """Make the papers of an act that is saved, hand them to the printer and say what became of each."""
    try:
        for made in make():
            talk.say(_("Paper: {path}").format(path=made.path))
            trouble = services.papers.send(made.job).trouble if made.job else None
            if trouble is not None:
                talk.tell(trouble)
    except DeskError as trouble:
        talk.tell(trouble)
