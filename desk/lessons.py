"""Lessons of practice put together: their files, a home for each, the screens with the coach, and playing by itself.

A lesson plays in a practice home of its own below the practice home, at its own hour, and is resumed where it was
left. Whatever is done in it stays there.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desk import practice, wiring
from desk.clock import system_clock
from desk.errors.causes import cause_of
from desk.errors.practice import LessonUnknown
from desk.errors.store import FileUnreadable
from desk.rules.lessons.lesson import DATA, Lesson
from desk.rules.lessons.parse import parse_lesson
from desk.rules.lessons.steps import Known
from desk.text import clean_line
from desk.wiring import Surroundings

if TYPE_CHECKING:  # SQL and the screens: paid by what plays a lesson
    from desk.cases.learning import Learning, Progress
    from desk.cases.services import Services
    from desk.rules.lessons.score import Score

FOLDER: Final = "lessons"
"""Below the practice home: a home for each lesson."""
_LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Script:
    """A lesson and the file it is made of."""

    lesson: Lesson
    digest: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How a lesson went: the status of the screens, what it gave, and the trainee's sheet where it is finished."""

    status: int
    score: Score | None
    """None where it was left before its home was open."""
    steps: int
    sheet: Path | None


@cache
def known() -> Known:
    """Return what lessons may name: events, workplaces, procedures of the shipped catalogue, papers."""
    # kinds of events, workplaces, papers: only what reads a lesson pays for knowing them
    from desk.cases.paper_kinds import KINDS as PAPERS
    from desk.cases.paper_kinds import LIST_KINDS
    from screens.office import workplaces
    from storage.wire import KINDS

    rows = csv.DictReader(io.StringIO(wiring.reference_texts()["catalogue"]))
    screens = frozenset(place.name for place in workplaces())
    return Known(KINDS, screens, frozenset(row["code"] for row in rows), frozenset({*PAPERS, *LIST_KINDS}))


def read(name: str) -> Script:
    """Return the shipped lesson with the id `name`, or the one in the file `name`.

    Raises LessonUnknown, FileUnreadable, LessonFaulty.
    """
    from sample_data.shipped import lesson_paths

    shipped = lesson_paths()
    path = shipped.get(name) or Path(name)
    if name not in shipped and not path.is_file():
        near = get_close_matches(name, sorted(shipped), 3, 0.3) or sorted(shipped)
        raise LessonUnknown(lesson=clean_line(name)[:60], nearest=", ".join(near))
    return script_of(text_of(path))


def script_of(text: str) -> Script:
    """Return the lesson that `text` is; raises LessonFaulty."""
    return Script(parse_lesson(text, known()), hashlib.sha256(text.encode()).hexdigest())


def text_of(path: Path) -> str:
    """Return the text of a lesson's file; raises FileUnreadable."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST).decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError) as error:  # ValueError: no UTF-8, or a NUL in the name
        raise FileUnreadable(file=clean_line(path.name)[:80], cause=cause_of(error)) from error


def home_of(around: Surroundings, lesson: Lesson) -> Surroundings:
    """Return where a lesson plays: its own folder below the practice home `around`, by its own clock."""
    return replace(around, home=around.home / FOLDER / lesson.id, clock_text="")


def progress_of(around: Surroundings, script: Script) -> Progress | None:
    """Return how far a lesson got in the practice home, None where it was not begun or its file is another now."""
    from desk.cases.learning import load_progress

    found = load_progress(home_of(around, script.lesson).home)
    return found if found is not None and found.digest == script.digest else None


def prepare(around: Surroundings, script: Script, *, language: str, reset: bool = False) -> Surroundings:
    """Return the surroundings of the lesson's home, made, resumed or brought back to its beginning.

    around: the prepared practice home. Raises RealHomeRefused, and RuleBroken where a dossier of the lesson cannot be.
    """
    from desk.cases.learning import PROGRESS_FILE, left_at
    from desk.cases.sandbox import TEMPLATE, bring_back

    own = home_of(around, script.lesson)
    if wiring.is_home(own.home):  # else it is what an interrupted making left in the practice home
        wiring.refuse_real(own.home)
    progress = progress_of(around, script)
    if progress is None or not (own.home / TEMPLATE).is_dir():
        shutil.rmtree(own.home, ignore_errors=True)
        _make(own, script, language)
    elif reset:
        (own.home / PROGRESS_FILE).unlink()  # cut off from here on, the lesson is made anew
        bring_back(own.home, wiring.DATABASE)
        _set_clock(own, script)
        _begin(own, script, progress.prepared)
    else:
        _set_clock(own, script, round((left_at(progress) - script.lesson.clock).total_seconds()))
    return own


def _make(own: Surroundings, script: Script, language: str) -> None:
    from desk.cases.lesson_world import write_dossiers

    named: dict[str, str] = {}

    def then(services: Services) -> None:
        named.update(write_dossiers(services.context, script.lesson))

    own.home.mkdir(parents=True)
    _set_clock(own, script)
    practice.make(own, language, DATA[script.lesson.data], script.lesson.seed, then)
    _begin(own, script, named)


def _set_clock(own: Surroundings, script: Script, seconds_on: int = 0) -> None:
    """Let it be the lesson's hour, or so many seconds after it."""
    from desk.cases.sandbox import keep_seconds_ahead

    behind = (script.lesson.clock - system_clock()).total_seconds()
    keep_seconds_ahead(own.home, round(behind) + seconds_on)


def _begin(own: Surroundings, script: Script, prepared: dict[str, str]) -> None:
    from desk.cases.learning import begin
    from desk.cases.practising import Practice

    services = wiring.open_home(own)
    try:
        begin(Practice(services.context), script.lesson, script.digest, prepared)
    finally:
        services.close()


def learning_of(services: Services, script: Script) -> Learning:
    """Return the lesson of an opened, prepared home, where it was left."""
    from desk.cases.learning import Learning, load_progress
    from desk.cases.practising import Practice

    progress = load_progress(services.context.home)
    assert progress is not None  # `prepare` has written it
    return Learning(Practice(services.context), script.lesson, progress)


def run(around: Surroundings, script: Script, *, lang: str | None, reset: bool = False, name: str = "") -> Taken:
    """Show the screens of a lesson with its coach until they end, anew as often as the trainee wishes.

    around: the practice home, made where there is none. name: of the trainee, for the sheet, as the trainer typed it.
    """
    from desk.assembly import Screens
    from desk.words import language
    from screens.practice.menu import RESET

    practice.prepare(around, language=lang or language())
    while True:
        own = prepare(around, script, language=lang or language(), reset=reset)
        screens = Screens(own, lang=lang, lesson=lambda services: learning_of(services, script))
        app = screens.app()
        try:
            status = int(app.run(mouse=False) or app.return_code or 0)
            if status != RESET:
                return _taken(status, screens.learning, name)
        finally:
            screens.close()
        reset = True


def _taken(status: int, learning: Learning | None, name: str) -> Taken:
    """Keep how far it got, write the sheet of a finished lesson, and return both."""
    from desk.cases.lesson_sheet import write_sheet

    if learning is None:  # left before the home was open
        return Taken(status, None, 0, None)
    learning.keep()
    sheet = write_sheet(learning, name) if learning.step is None else None
    return Taken(status, learning.score, learning.progress.step, sheet)


def play(script: Script, *, speed: float = 0.0, tell: Callable[[str], None] = lambda said: None) -> Score:
    """Play a lesson by itself, without a terminal, in a folder that is gone afterwards; returns what it gave.

    tell: told each step once it is done. Raises StepNotDone where a step does not do what it wants.
    """
    from desk.assembly import Screens
    from desk.cases.practising import PIN
    from desk.words import language
    from screens.practice.playing import Playing

    with tempfile.TemporaryDirectory(prefix="desk-lesson-", ignore_cleanup_errors=True) as folder:
        around = Surroundings(Path(folder), Path(folder) / "no-keys")
        own = prepare(around, script, language=language())
        screens = Screens(own, lang=language(), lesson=lambda services: learning_of(services, script))
        app = screens.app()
        playing = Playing(lambda: screens.seat, lambda: screens.coach, PIN, speed, tell)
        try:
            app.run(headless=True, size=(80, 24), auto_pilot=playing.play)
        finally:
            screens.close()
        if playing.failure is not None:
            raise playing.failure
        assert screens.learning is not None
        return screens.learning.score
