"""What the command line itself refuses (codes RULE-140 to RULE-149)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class UsageWrong(RuleBroken):
    """The command was not written as it must be; exit status 2. Facts: cause, command."""

    code = "RULE-140"
    said = N_("This command cannot be understood: {cause}")
    safe = N_("Nothing was done.")
    do = N_("See how it is written with `{command} --help`.")


class DayUnreadable(RuleBroken):
    """A text is no day; facts: text."""

    code = "RULE-141"
    said = N_("{text} is no day of the calendar.")
    do = N_("Write it as 2026-11-25.")


class Interrupted(RuleBroken):
    """The person stopped the command with Ctrl+C."""

    code = "RULE-142"
    said = N_("The command was stopped before its end.")
    safe = N_("Everything saved before is safe.")
    do = N_("Run it again when you want to go on.")


class NoScreens(RuleBroken):
    """The screens need a terminal and there is none."""

    code = "RULE-143"
    said = N_("The screens need a terminal, and there is none here.")
    safe = N_("Nothing was done.")
    do = N_("Start `desk` in a terminal, or use a command; `desk --help` lists them.")


class CenterNotInstalled(RuleBroken):
    """The parts that only a center needs are not installed; facts: module."""

    code = "RULE-144"
    said = N_("The parts of the program that run a center are not installed ({module} is missing).")
    safe = N_("Nothing was done.")
    do = N_("Install them with `pip install motcua-desk[center]`.")


class PinsDiffer(RuleBroken):
    """A new PIN was typed twice, and not the same."""

    code = "RULE-145"
    said = N_("The two PINs are not the same.")
    do = N_("Run the command again and type the same six digits twice.")
