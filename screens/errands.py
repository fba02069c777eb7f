"""What one workplace hands another when it leads there (the errand of `go`): plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desk.cases.inbox import Waiting
    from desk.cases.views import DossierLine
    from desk.rules.survey import Way


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """Open the dossier with this id."""

    dossier: str


@dataclass(frozen=True, slots=True)
class ReturnDossier:
    """Hand over the result of this dossier; to_other: to somebody else, lost_slip: on a signed statement."""

    dossier: str
    to_other: bool = False
    lost_slip: bool = False


@dataclass(frozen=True, slots=True)
class MoveDossier:
    """Move this dossier along."""

    dossier: str


@dataclass(frozen=True, slots=True)
class ExplainDelay:
    """Say why this dossier is or will be late; apologise: with an apology and its new date."""

    dossier: str
    apologise: bool = False


@dataclass(frozen=True, slots=True)
class RecordOutage:
    """Write down one fault for all dossiers that it held up."""


@dataclass(frozen=True, slots=True)
class PapersOf:
    """Show the papers of this dossier."""

    dossier: str


@dataclass(frozen=True, slots=True)
class AskSurvey:
    """Ask the citizen of this dossier; "" for a walk-in. how: `paper` where the officer types what a form says."""

    dossier: str
    how: Way = "screen"


@dataclass(frozen=True, slots=True)
class AcceptFiled:
    """Fill the intake with a dossier filed online."""

    waiting: Waiting


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Begin the next dossier of the person of this dossier."""

    dossier: str


@dataclass(frozen=True, slots=True)
class ShowList:
    """Show one list of the home screen (a name of `desk.cases.todays_work.LISTS`) in the lookup."""

    name: str
    lines: tuple[DossierLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Resume:
    """Bring a parked draft back."""

    draft: Any
