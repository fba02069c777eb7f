"""Runs one command: only its own room is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.global_options import Asked
from desk.commands.help_text import DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer, Voice
from desk.errors.commands import UsageWrong
from desk.text import clean_line
from desk.wiring import Surroundings
from desk.words import _

# Typer ships the library under it in one version and requires it in another; this is its error in both.
_WRONG_USAGE: Final[type[Exception]] = typer.BadParameter.__bases__[0]

_STOPPED: Final = 130
"""What Typer makes of Ctrl+C."""


def room_of(name: str) -> Any:
    """Return the application with the commands of the room in which `name` lives."""
    app = typer.Typer(
        cls=DeskGroup, callback=_nothing, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    import_module(f"desk.commands.{COMMANDS[name].room}").add_to(app)
    return typer.main.get_command(app)


def _nothing() -> None:
    """Let Typer see a group also where a room has one command only."""


def invoke(asked: Asked, voice: Voice, environment: Mapping[str, str]) -> int:
    """Run the command of `asked` and print its answer; returns its exit status; raises UsageWrong, DeskError."""
    if asked.rest[0] not in COMMANDS:
        raise UsageWrong(cause=_no_command(asked.rest[0], COMMANDS), command="desk")
    desk = AtDesk(Surroundings.of(asked.home, environment), environment, voice, asked.home)
    try:
        found = room_of(asked.rest[0]).main(args=list(asked.rest), prog_name="desk", standalone_mode=False, obj=desk)
        if isinstance(found, Answer):
            desk.warn_of_mirror()
            voice.answer(found)
            return found.status
        if found == _STOPPED:
            raise KeyboardInterrupt
        return int(found or 0)
    except _WRONG_USAGE as wrong:
        raise UsageWrong(cause=_cause(wrong, asked), command=_command(wrong)) from wrong
    except typer.Abort as stopped:
        raise KeyboardInterrupt from stopped
    finally:
        desk.close()


def _command(wrong: Any) -> str:
    return str(wrong.ctx.command_path) if getattr(wrong, "ctx", None) is not None else "desk"


def _cause(wrong: Any, asked: Asked) -> str:
    """Return what is wrong with the command, in the language now spoken."""
    kind = type(wrong).__name__
    if kind == "NoSuchOption":
        if wrong.option_name in ("--json", "--home", "--lang"):
            return _("{option} stands before the command.").format(option=wrong.option_name)
        return _("there is no option {option}.").format(option=wrong.option_name)
    if kind == "MissingParameter" and wrong.param is not None:
        return _("{name} is missing.").format(name=_name(wrong.param))
    if kind == "BadParameter" and wrong.param is not None:
        return _("{name} cannot have this value.").format(name=_name(wrong.param))
    if kind == "BadOptionUsage":
        return _("{option} needs a value.").format(option=wrong.option_name)
    known = getattr(getattr(getattr(wrong, "ctx", None), "command", None), "commands", {})
    if kind == "NoArgsIsHelpError":
        return _("one of these is missing: {known}.").format(known=", ".join(known))
    if known and wrong.message.startswith("No such command"):
        return _no_command(asked.rest[1], known)
    return _("too many or too few words: {words}").format(words=" ".join(asked.rest)[:200])


def _no_command(name: str, known: Iterable[str]) -> str:
    near = ", ".join(get_close_matches(name, list(known), 3) or known)
    return _("there is no command {name}; meant may be: {near}.").format(name=clean_line(name)[:40], near=near)


def _name(param: Any) -> str:
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name.upper())
