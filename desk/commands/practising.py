"""`desk demo`: practice on the screens, and its tour with or without a terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.errors.commands import UsageWrong
from desk.words import N_, _, language


def add_to(app: typer.Typer) -> None:
    """Add the command of this room."""
    app.command("demo", cls=DeskCommand, help=COMMANDS["demo"].said)(demo)


def demo(
    ctx: typer.Context,
    reset: Annotated[bool, typer.Option("--reset", help=N_("Begin practice anew."))] = False,
    tour: Annotated[bool, typer.Option("--tour", help=N_("Play the whole job by itself."))] = False,
    headless: Annotated[bool, typer.Option("--headless", help=N_("Play the tour without a terminal."))] = False,
    speed: Annotated[float, typer.Option("--speed", help=N_("How fast the tour types; 1 can be followed."))] = 1.0,
    lesson: Annotated[
        str, typer.Option("--lesson", metavar="ID", help=N_("Open a lesson, as `desk lesson run` does."))
    ] = "",
) -> Answer | int:
    """Open practice, or play its tour."""
    desk: AtDesk = ctx.obj
    if headless and not tour:
        raise UsageWrong(cause=_("--headless goes with --tour."), command="desk demo")
    if not 0 < speed <= 100:
        raise UsageWrong(cause=_("--speed takes a number above 0, at most 100."), command="desk demo")
    if lesson:
        if tour:
            raise UsageWrong(cause=_("--lesson and --tour do not go together."), command="desk demo")
        # lessons: only where one is asked for
        from desk.commands.lessons import take

        return take(desk, lesson, reset=reset)
    # the screens and practice: only for this command
    from desk import practice
    from desk.commands.start import show_practice

    around = practice.practice_surroundings(desk.around, bool(desk.home_said or desk.environment.get("DESK_HOME")))
    practice.prepare(around, language=language(), reset=reset)
    if not tour:
        return show_practice(around, language())
    played = practice.tour(
        around, lang=language(), headless=headless, speed=0.0 if headless else speed, tell=desk.voice.note
    )
    papers = [str(path) for path in played.papers]
    lines = [_("The tour has played the whole job: {n} steps.").format(n=len(played.steps)), *papers]
    return Answer({"home": str(around.home), "steps": played.steps, "papers": papers}, lines)
