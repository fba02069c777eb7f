"""`desk lesson`: lessons of practice listed, run with their coach, checked, played by themselves, and begun anew."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from desk import lessons, practice
from desk.commands.at_desk import AtDesk, keep_bytes
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.errors.commands import NoScreens, UsageWrong
from desk.errors.practice import LessonFaulty
from desk.errors.store import FileUnwritable
from desk.rules.lessons.score import score_of
from desk.text import clean_line
from desk.wiring import Surroundings
from desk.words import N_, _, language

_LESSON = typer.Argument(metavar="ID|FILE", help=N_("A lesson of `desk lesson list`, or a file of your own."))
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    group = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    for name, said, function in (
        ("list", N_("List the lessons, and how far each got in this practice home."), listed),
        ("run", N_("Open practice with a lesson and its coach, where it was left."), run),
        ("check", N_("Name every fault of a lesson's file with its line."), check),
        ("test", N_("Play lessons by themselves; a step that does not do what it wants is a failure."), test),
        ("new", N_("Write the file of a new lesson, to be filled in."), new),
    ):
        group.command(name, cls=DeskCommand, help=said)(function)
    app.add_typer(group, name="lesson", help=COMMANDS["lesson"].said)


def listed(ctx: typer.Context) -> Answer:
    """List the shipped lessons."""
    from sample_data.shipped import lesson_paths

    around = surroundings(ctx.obj)
    value, lines = [], []
    for lesson_id in lesson_paths():
        script = lessons.read(lesson_id)
        lesson, progress = script.lesson, lessons.progress_of(around, script)
        at = 0 if progress is None else progress.step
        is_passed = progress is not None and score_of(lesson, progress.done).is_passed
        value.append(
            {
                "id": lesson.id,
                "title": lesson.title._asdict(),
                "level": lesson.level,
                "minutes": lesson.minutes,
                "steps": len(lesson.steps),
                "points": lesson.points,
                "requires": list(lesson.requires),
                "done": at,
                "passed": is_passed,
            }
        )
        far = _("{done} of {count} steps").format(done=at, count=len(lesson.steps))
        far = f"{far}, {_('passed')}" if is_passed else far
        minutes = _("{n} min").format(n=lesson.minutes)
        lines.append(f"{lesson.id:<16} {lesson.level}  {minutes:>8}  {far:<20} {lesson.title}")
    return Answer(value, lines)


def run(
    ctx: typer.Context,
    lesson: Annotated[str, _LESSON],
    reset: Annotated[bool, typer.Option("--reset", help=N_("Begin the lesson anew."))] = False,
    name: Annotated[
        str, typer.Option("--name", metavar="TEXT", help=N_("The trainee's name for the sheet; without it none."))
    ] = "",
) -> Answer:
    """Run a lesson."""
    return take(ctx.obj, lesson, reset=reset, name=name)


def take(desk: AtDesk, lesson: str, *, reset: bool, name: str = "") -> Answer:
    """Open practice with a lesson until its screens end, and return how it went; raises NoScreens, LessonFaulty."""
    script = lessons.read(lesson)
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoScreens()
    around = surroundings(desk)
    for needed in script.lesson.requires:
        desk.voice.note(_("This lesson builds on {lesson}.").format(lesson=clean_line(needed)))
    taken = lessons.run(around, script, lang=language(), reset=reset, name=name)
    score = taken.score
    value = {"lesson": script.lesson.id, "steps": taken.steps, "of": len(script.lesson.steps)}
    if score is None:
        return Answer(value, (), taken.status)
    value |= {"percent": score.percent, "seconds": score.seconds, "passed": score.is_passed}
    value |= {"sheet": None if taken.sheet is None else str(taken.sheet)}
    far = _("{done} of {count} steps").format(done=taken.steps, count=len(script.lesson.steps))
    lines = [
        _("{title}: {far}, {percent} of 100 points.").format(title=script.lesson.title, far=far, percent=score.percent)
    ]
    lines += [] if taken.sheet is None else [_("Sheet: {path}").format(path=taken.sheet)]
    return Answer(value, lines, taken.status)


def check(
    ctx: typer.Context, file: Annotated[str, typer.Argument(metavar="FILE", help=N_("A lesson's file."))]
) -> Answer:
    """Check a lesson's file; exit status 1 where it has faults."""
    try:
        lesson = lessons.script_of(lessons.text_of(Path(file))).lesson
    except LessonFaulty as faulty:
        found = faulty.facts["faults"].all  # type: ignore[attr-defined]  # the list of faults that it was raised with
        faults = [{"line": one.line, "code": one.code, "said": one.sentence} for one in found]
        return Answer({"file": file, "id": None, "faults": faults}, [f"{file}: {one}" for one in found], 1)
    said = _("{file}: no fault; {count} steps, {points} points.")
    steps = said.format(file=file, count=len(lesson.steps), points=lesson.points)
    return Answer({"file": file, "id": lesson.id, "faults": []}, [steps])


def test(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ID|FILE]...", help=N_("All lessons without any."))
    ] = None,
) -> Answer:
    """Play lessons by themselves."""
    from sample_data.shipped import lesson_paths

    desk: AtDesk = ctx.obj
    played = []
    for name in names or list(lesson_paths()):
        script = lessons.read(name)
        desk.voice.note(f"{script.lesson.id}")
        score = lessons.play(script, tell=lambda said: desk.voice.note(f"  {said}"))
        played.append({"id": script.lesson.id, "steps": len(script.lesson.steps), "percent": score.percent})
    return Answer(played, [_("{n} lessons hold.").format(n=len(played))])


def new(
    ctx: typer.Context,
    lesson: Annotated[str, typer.Argument(metavar="ID", help=N_("Small letters, digits and hyphens."))],
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to write it; never over a file."))],
) -> Answer:
    """Write a new lesson's file."""
    from sample_data.shipped import new_lesson_text

    if not _ID.fullmatch(lesson):
        raise UsageWrong(cause=_("An id has small letters a to z, digits and hyphens."), command="desk lesson new")
    if Path(file).exists():
        raise FileUnwritable(file=clean_line(Path(file).name)[:80], cause=_("it is there already"))
    keep_bytes(file, new_lesson_text(lesson).encode())
    return Answer(
        {"id": lesson, "file": file}, [_("Written: {file}. Next: desk lesson check {file}").format(file=file)]
    )


def surroundings(desk: AtDesk) -> Surroundings:
    """Return where practice happens for this command."""
    return practice.practice_surroundings(desk.around, bool(desk.home_said or desk.environment.get("DESK_HOME")))
