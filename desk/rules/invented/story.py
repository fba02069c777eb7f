"""What happened to one invented dossier, as plain values that a case replays into the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal, NamedTuple

from desk.clock import office_day
from desk.rules.dossier import IntakeForm, Status
from desk.rules.people.person import Person

What = Literal[
    "filed",
    "accepted",
    "refused",
    "processing",
    "supplement_requested",
    "supplemented",
    "payment_requested",
    "paid",
    "withdrawal_requested",
    "withdrawal_cancelled",
    "stopped",
    "resolved",
    "returned",
    "surveyed",
]
"""The kinds of event of a dossier (`dossier.<what>`); `surveyed` stands for the two events of a survey."""

How = Literal["", "counter", "post", "online"]
SurveyAnswer = Literal["very_satisfied", "satisfied", "dissatisfied", "declined", "no_answer"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `status` is the dossier's after it."""

    at: datetime
    what: What
    status: Status
    reason: str = ""
    """Why, in Vietnamese, as the officer wrote it; always there for a refusal, a supplement, a stop."""
    to_unit: str = ""
    """Id of the body that takes the dossier."""
    how: How = ""
    """The way of a return."""
    consignment: str = ""
    receiver: Person | None = None
    """Who took the result, None = the owner or the submitter."""
    answer: SurveyAnswer | Literal[""] = ""
    seconds: int = 0
    """How long the survey took."""


@dataclass(frozen=True, slots=True)
class Story:
    """One dossier from its first moment to its last one before the end of the simulation."""

    number: int
    """1, 2, ... in the order of the first steps."""
    form: IntakeForm
    """What an acceptance is given; `code` and `filed_at` are set where it came through the portal."""
    at_once: bool
    """Accepted, resolved and handed over in one go, as a certification at the counter."""
    steps: tuple[Step, ...]
    """In the order of time, at least one."""

    @property
    def status(self) -> Status:
        """The last status."""
        return self.steps[-1].status


@dataclass(frozen=True, slots=True)
class WalkIn:
    """A survey form of somebody without a dossier."""

    at: datetime
    answer: SurveyAnswer
    seconds: int


class Happening(NamedTuple):
    """One step of one story."""

    story: Story
    step: Step


@dataclass(frozen=True, slots=True)
class World:
    """Everything that was invented."""

    first: date
    last: date
    stories: tuple[Story, ...]
    walk_ins: tuple[WalkIn, ...]
    """In the order of time."""


def by_day(stories: Iterable[Story]) -> Iterator[tuple[date, tuple[Happening, ...]]]:
    """Yield each office day on which something happened, with its steps in the order of time.

    Steps of one moment keep the order of the stories, and within a story their own.
    """
    every = [(step.at, story.number, place, story) for story in stories for place, step in enumerate(story.steps)]
    every.sort(key=lambda one: one[:3])
    for day, ones in groupby(every, key=lambda one: office_day(one[0])):
        yield day, tuple(Happening(story, story.steps[place]) for _at, _number, place, story in ones)
