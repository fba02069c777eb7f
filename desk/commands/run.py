"""Runs one command line: reads what stands before the command, picks the way, turns every error into a sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from desk.commands.foreseen import foreseen
from desk.commands.global_options import Asked, language_of, read
from desk.commands.voice import Voice
from desk.errors.base import DeskError
from desk.errors.commands import NoScreens, UsageWrong
from desk.words import LANGUAGES, speak

USAGE = 2
FAILED = 1


def run(arguments: Sequence[str], voice: Voice, environment: Mapping[str, str] | None = None) -> int:
    """Run the command line `arguments` and return the exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    environment = os.environ if environment is None else environment
    named = environment.get("DESK_LANG")
    speak(named if named in LANGUAGES else "vi")  # for what is wrong with the options themselves
    try:
        asked = read(arguments)
    except UsageWrong as wrong:
        voice._replace(as_json="--json" in arguments).error(wrong)
        return USAGE
    voice = voice._replace(as_json=asked.json)
    speak(language_of(asked, environment))
    try:
        return _chosen(asked, voice, environment)
    except UsageWrong as wrong:
        voice.error(wrong)
        return USAGE
    except BrokenPipeError:
        raise
    except (DeskError, OSError, KeyboardInterrupt) as error:
        voice.error(foreseen(error))
        return FAILED
    except Exception as error:  # whatever nobody had foreseen: noted for a technician, one sentence for the person
        from desk import diagnostics

        diagnostics.failure("command", error)
        voice.error(DeskError())
        return FAILED


def _chosen(asked: Asked, voice: Voice, environment: Mapping[str, str]) -> int:
    if asked.version:
        from desk.version import VERSION

        voice.out(f"motcua-desk {VERSION}")
        return 0
    if asked.help or (asked.json and not asked.rest):
        # the table of commands: without Typer
        from desk.commands.listing import help_of_all

        voice.out(help_of_all())
        return 0
    if asked.plain:
        # questions and answers: neither Typer nor the screens
        from desk.commands.plain.menu import talk_plainly

        return talk_plainly(asked, voice, environment, sys.stdin)
    if asked.rest in ((), ("demo",)):
        # the screens: before Typer is loaded, because the first paint is the promise
        from desk.commands.start import start_desk, start_practice

        _refuse_without_terminal()
        return start_desk(asked, environment) if not asked.rest else start_practice(asked, environment)
    # Typer and the wiring: only for a command
    from desk.commands.app import invoke

    return invoke(asked, voice, environment)


def _refuse_without_terminal() -> None:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoScreens()
