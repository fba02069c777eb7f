"""How commands and groups write their help: in the officer's language, plain text, one column of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

from desk.commands.columns import section, wrapped
from desk.words import N_, _

HELP_OPTION = ("--help", N_("Show this help."))


class DeskCommand(TyperCommand):
    """A command whose help is translated when it is shown."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, what the command does, its arguments and its options."""
        formatter.write(command_help(self, ctx))


class DeskGroup(TyperGroup):
    """A group of commands, such as `desk inbox`."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, what the group does and its commands."""
        rows = [(name, said_of(self.commands[name])) for name in self.commands]
        formatter.write("\n".join([command_help(self, ctx), "", *section(_("Commands:"), rows)]))


def command_help(command: Any, ctx: Any) -> str:
    """Return the help of one command."""
    shown = [param for param in command.params if param.name != "help"]
    arguments = [param for param in shown if param.param_type_name == "argument"]
    options = [param for param in shown if param.param_type_name == "option"]
    lines = [_("Usage: {usage}").format(usage=usage_of(command, ctx)), "", *wrapped(said_of(command), indent="  ")]
    if arguments:
        lines += ["", *section(_("Arguments:"), [(_place(one), said_of(one)) for one in arguments])]
    rows = [(_written(one), _option_said(one)) for one in options] + [(HELP_OPTION[0], _(HELP_OPTION[1]))]
    return "\n".join([*lines, "", *section(_("Options:"), rows)])


def usage_of(command: Any, ctx: Any) -> str:
    """Return the command with its arguments and required options, as it is written."""
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    needed = [_written(one) for one in options if one.required]
    arguments = [_place(one) for one in command.params if one.param_type_name == "argument"]
    rest = ["[...]"] if len(options) > len(needed) else []
    group = ["[COMMAND]"] if isinstance(command, TyperGroup) else []
    return " ".join([ctx.command_path, *needed, *arguments, *rest, *group])


def _place(argument: Any) -> str:
    name = str(argument.metavar or argument.name.upper())
    if argument.nargs != 1:
        name += "..."
    return name if argument.required else f"[{name}]"


def _written(option: Any) -> str:
    name = "/".join(_longest(option.opts))
    return name if option.is_flag else f"{name} {option.metavar or option.name.upper()}"


def _longest(names: Sequence[str]) -> list[str]:
    return [name for name in names if name.startswith("--")]


def _option_said(option: Any) -> str:
    said = said_of(option)
    return _("{said} (required)").format(said=said) if option.required else said


def said_of(thing: Any) -> str:
    """Return the help of a command, an argument or an option in the language now spoken."""
    return _(thing.help) if thing.help else ""
