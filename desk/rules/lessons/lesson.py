"""A lesson of practice as plain values: its people, the dossiers that are there before it, and its steps.

Nothing here knows how a lesson is shown or played; `parse` makes it of a file, `wants` says when a step is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, get_args

from desk.rules.dossier import Status
from desk.rules.people.person import Person
from desk.words import language

FORMAT: Final = 1
"""The one form of a lesson's file that this version reads."""

Data = Literal["trong", "mau-40-ho-so", "mau-300-ho-so"]
DATA: Final[Mapping[Data, int]] = MappingProxyType({"trong": 0, "mau-40-ho-so": 40, "mau-300-ho-so": 300})
"""The templates a lesson may begin from: how many invented dossiers are there besides its own."""

Verb = Literal["key", "type", "pin", "scan", "slip", "fault", "clock", "pause"]
VERBS: Final[tuple[Verb, ...]] = get_args(Verb)
FAULTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"link": ("cut", "up"), "printer": ("dead", "paper", "hanging", "ok")}
)
"""What can be broken and mended, and its words."""

HINTS: Final = 2
"""A step has at most so many hints; after them it is shown."""


class Words(NamedTuple):
    """A sentence of a lesson in both languages; text, never markup (`**` marks what is drawn bold)."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.vi if language() == "vi" else self.en


class Act(NamedTuple):
    """One thing that is done by itself: a key pressed, a text typed, a card scanned, something broken.

    what: key (Textual's name), type (text), pin (nothing), scan (a citizen's id), slip (the id of a step or of a
    dossier of the lesson), fault (what and how), clock (days ahead), pause (seconds).
    """

    verb: Verb
    what: tuple[str, ...] = ()


Condition = str | int | bool | tuple[str, ...] | tuple[int, ...] | Mapping[str, int]
"""What a fact must be: this, one of these, or a whole number within {min, max}."""


@dataclass(frozen=True, slots=True)
class Want:
    """When a step is done: an event that was written, a dossier that stands so, or a workplace that is seen.

    event, screen: "" for none. where: facts of the dossier and of the event, all of them hold. count: so many events.
    """

    event: str = ""
    screen: str = ""
    where: Mapping[str, Condition] = field(default_factory=dict)
    count: int = 1


class Never(NamedTuple):
    """An event that counts as a mistake while the step is on: from the `beyond`-th one on."""

    event: str
    beyond: int = 0


class Question(NamedTuple):
    """What a step asks in place of doing something: the answers to choose from, and the number of the right one."""

    choices: tuple[Words, ...]
    answer: int
    """From 1 on."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: something to do, or a question.

    do: how it is shown and tested; any other way that leads to its want is as good.
    """

    id: str
    say: Words
    want: Want
    hints: tuple[Words, ...] = ()
    before: tuple[Act, ...] = ()
    never: tuple[Never, ...] = ()
    do: tuple[Act, ...] = ()
    points: int = 10
    question: Question | None = None
    """None: there is something to do."""
    seconds: int = 30
    """How long an officer with some practice needs."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A dossier that is there before the lesson begins."""

    id: str
    owner: str
    """The id of a citizen of the lesson."""
    procedure: str
    status: Status
    accepted_at: datetime
    unit: str = ""
    """The body that holds it, where it was passed on."""
    fee_dong: int | None = None
    fee_ground: str = ""


class Citizen(NamedTuple):
    """Somebody who comes to the counter with his card; invented."""

    id: str
    person: Person


class Passing(NamedTuple):
    """What makes a lesson passed: per cent of its points, and seconds at most (0: no limit)."""

    score: int = 80
    max_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson."""

    id: str
    title: Words
    level: int
    minutes: int
    clock: datetime
    """The instant at which it begins."""
    data: Data
    seed: int
    requires: tuple[str, ...]
    passing: Passing
    citizens: tuple[Citizen, ...]
    dossiers: tuple[Prepared, ...]
    steps: tuple[Step, ...]

    def citizen(self, citizen_id: str) -> Person | None:
        """Return the person with this id in the lesson, None for nobody."""
        return next((one.person for one in self.citizens if one.id == citizen_id), None)

    @property
    def points(self) -> int:
        """What all steps give."""
        return sum(step.points for step in self.steps)
