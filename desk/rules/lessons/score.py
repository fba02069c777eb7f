"""What a trainee is given for a lesson: points for steps, less for hints, mistakes and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.rules.lessons.lesson import Lesson, Step


@dataclass(frozen=True, slots=True)
class Done:
    """How one step went so far."""

    is_done: bool = False
    hints: int = 0
    was_shown: bool = False
    mistakes: int = 0
    seconds: float = 0.0


def points_of(step: Step, done: Done) -> int:
    """Return the points of a step.

    All of them for a step done alone; a quarter less for each hint and for more than twice its seconds, half less for
    a mistake; none for a step that was shown or is not done.
    """
    if not done.is_done or done.was_shown:
        return 0
    quarters = 4 - done.hints - (2 if done.mistakes else 0) - (1 if done.seconds > 2 * step.seconds else 0)
    return step.points * max(0, quarters) // 4


@dataclass(frozen=True, slots=True)
class Score:
    """The whole: points, per cent of all (0 where a lesson gives none), seconds, and whether it is passed."""

    points: int
    of: int
    percent: int
    seconds: int
    is_passed: bool


def score_of(lesson: Lesson, done: Sequence[Done]) -> Score:
    """Return what a lesson gave; passed is one whose every step is done, well enough and in time."""
    points = sum(points_of(step, one) for step, one in zip(lesson.steps, done, strict=True))
    percent = points * 100 // lesson.points if lesson.points else 0
    seconds = round(sum(one.seconds for one in done))
    limit = lesson.passing.max_seconds
    is_passed = all(one.is_done for one in done) and percent >= lesson.passing.score and not 0 < limit < seconds
    return Score(points, lesson.points, percent, seconds, is_passed)
