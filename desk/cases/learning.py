"""A trainee in a lesson: which step is on, what has happened since, which hints were taken, and what it is worth.

Everything is judged by the log and by how dossiers stand. How far it got lies in a file of the practice home, so that
a lesson goes on where it was left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from desk.cases.lesson_facts import LessonFacts
from desk.cases.practising import Practice, Visitor
from desk.clock import from_ms, to_ms
from desk.rules.invented.people import card_text
from desk.rules.lessons.lesson import Act, Lesson, Step
from desk.rules.lessons.score import Done, Score, score_of
from desk.rules.lessons.steps import days_of
from desk.rules.lessons.wants import met, mistakes

PROGRESS_FILE: Final = "lesson.json"
"""In a lesson's home: how far the trainee got."""
_ISSUED_ON: Final = date(2022, 3, 1)


@dataclass
class Progress:
    """How far a trainee got. position: the log's position from which the present step looks."""

    digest: str
    """Of the lesson's file: another file is another lesson."""
    position: int = 0
    step: int = 0
    named: dict[str, str] = field(default_factory=dict)
    """Ids of dossiers by the ids under which the lesson speaks of them."""
    prepared: dict[str, str] = field(default_factory=dict)
    """The same, of those that were there before the lesson began."""
    done: list[Done] = field(default_factory=list)
    at_ms: int = 0
    """The lesson's clock when it was last looked at."""
    answered: str = ""
    """The step whose question was answered rightly last."""
    is_begun: bool = False
    """Whether what comes before the present step was done."""


def load_progress(home: Path) -> Progress | None:
    """Return the progress kept in a lesson's home, None where there is none that can be read."""
    try:
        return msgspec.json.decode((home / PROGRESS_FILE).read_bytes(), type=Progress)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None


@dataclass
class Learning:
    """One lesson in its home, played by a person or by itself."""

    practice: Practice
    lesson: Lesson
    progress: Progress

    @property
    def step(self) -> Step | None:
        """The step that is on, None once all are done."""
        at = self.progress.step
        return self.lesson.steps[at] if at < len(self.lesson.steps) else None

    @property
    def done(self) -> list[Done]:
        """How each step went."""
        return self.progress.done

    @property
    def score(self) -> Score:
        """What the lesson gave so far."""
        return score_of(self.lesson, self.done)

    def look(self, seen: str, elapsed_s: float = 0.0) -> int:
        """Look at what has happened and return how many steps were done by it.

        seen: the workplace on the screen; elapsed_s: seconds since the last look, spent on the present step.
        """
        before = self.progress.step
        if (step := self.step) is not None:
            self._begin(step)
            self._note(seconds=self.done[before].seconds + elapsed_s)
        while (step := self.step) is not None and self._is_done(step, seen):
            self.progress.step += 1
            self.progress.is_begun = False
            if self.step is not None:
                self._begin(self.step)
        if self.progress.step != before:
            self.keep()
        return self.progress.step - before

    def hint(self) -> str:
        """Return the next hint of the present step, "" where there is none left; it costs points once."""
        step = self.step
        if step is None:
            return ""
        done = self.done[self.progress.step]
        if done.hints >= len(step.hints):
            return ""
        self._note(hints=done.hints + 1)
        self.keep()
        return str(step.hints[done.hints])

    def show(self) -> tuple[Act, ...]:
        """Return what does the present step, to be shown; the step gives no points any more."""
        step = self.step
        if step is None:
            return ()
        self._note(was_shown=True)
        self.keep()
        return step.do

    def answer(self, number: int) -> bool:
        """Return whether choice `number` (from 1 on) answers the present step's question; a wrong one is a mistake."""
        step = self.step
        if step is None or step.question is None:
            return False
        if number == step.question.answer:
            self.progress.answered = step.id
        else:
            self._note(mistakes=self.done[self.progress.step].mistakes + 1)
        self.keep()
        return number == step.question.answer

    def visitors(self) -> tuple[Visitor, ...]:
        """Return the citizens of the lesson, whose cards can be scanned."""
        return tuple(Visitor(one.person.name, card_text(one.person, _ISSUED_ON)) for one in self.lesson.citizens)

    def card(self, citizen: str) -> str:
        """Return what the card of a citizen of the lesson says to a scanner, "" for nobody."""
        person = self.lesson.citizen(citizen)
        return "" if person is None else card_text(person, _ISSUED_ON)

    def slip(self, named: str) -> str:
        """Return what a scanner reads of the slip of a dossier of the lesson, "" where it is not there yet."""
        dossier = self.progress.named.get(named, "")
        return LessonFacts(self.practice.context).slip_digits(dossier) if dossier else ""

    def slips(self) -> tuple[Visitor, ...]:
        """Return the dossiers of the lesson and what a scanner reads of their slips, each once."""
        facts = LessonFacts(self.practice.context)
        found = {dossier: facts.owner_and_code(dossier) for dossier in self.progress.named.values()}
        return tuple(Visitor(said, facts.slip_digits(dossier)) for dossier, said in found.items() if said)

    def do(self, act: Act) -> None:
        """Break or mend something, or let days pass."""
        match act.verb, act.what:
            case "fault", ("link", fault):
                self.practice.link("cut" if fault == "cut" else "up")
            case "fault", ("printer", ("paper" | "dead" | "hanging" | "ok") as fault):
                self.practice.printer(fault)
            case "clock", _:
                self.practice.days_ahead(days_of(act))
            case _:
                raise ValueError(act.verb)

    def keep(self) -> None:
        """Keep how far it got."""
        self.progress.at_ms = to_ms(self.practice.context.clock())
        content = msgspec.json.format(msgspec.json.encode(self.progress), indent=1)
        path = self.practice.context.home / PROGRESS_FILE
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.replace(path)

    def _note(self, **changes: Any) -> None:
        """Note how the present step goes."""
        self.done[self.progress.step] = replace(self.done[self.progress.step], **changes)

    def _begin(self, step: Step) -> None:
        if not self.progress.is_begun:
            self.progress.is_begun = True
            for act in step.before:
                self.do(act)

    def _is_done(self, step: Step, seen: str) -> bool:
        if step.question is not None:
            self._note(is_done=self.progress.answered == step.id)
            return self.done[self.progress.step].is_done
        facts = LessonFacts(self.practice.context)
        happened = facts.beyond(self.progress.position)
        self._note(mistakes=mistakes(step, happened))
        found = met(step.want, happened, lambda dossier: facts.of(dossier, self.lesson), self.progress.named, seen)
        if found is None:
            return False
        self._note(is_done=True)
        if found.position:
            self.progress.position = found.position
        if found.dossier:
            self.progress.named[step.id] = found.dossier
        return True


def begin(practice: Practice, lesson: Lesson, digest: str, prepared: Mapping[str, str]) -> Learning:
    """Return the lesson at its first step and keep that; prepared: ids of its dossiers by the lesson's."""
    position = LessonFacts(practice.context).position()
    done = [Done() for _step in lesson.steps]
    progress = Progress(digest, position, named=dict(prepared), prepared=dict(prepared), done=done)
    learning = Learning(practice, lesson, progress)
    learning.keep()
    return learning


def left_at(progress: Progress) -> datetime:
    """Return the lesson's clock when it was left."""
    return from_ms(progress.at_ms)
