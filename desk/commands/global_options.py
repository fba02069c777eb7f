"""The options before the command, read without Typer, so that screens and `--version` need not wait for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from desk.errors.base import DeskError
from desk.errors.commands import UsageWrong
from desk.words import LANGUAGES, N_, _

GLOBAL_OPTIONS: Final = (
    ("--home DIR", N_("The desk's data folder (or DESK_HOME); without it the user's own data folder.")),
    ("--lang vi|en", N_("The language (or DESK_LANG); without it the desk's setting, else Vietnamese.")),
    ("--json", N_("Print one JSON value and nothing else.")),
    ("--plain", N_("Intake, lookup and return as questions and answers, line by line, without screens.")),
    ("--version", N_("Print the version.")),
    ("--help", N_("Show this help.")),
)
"""As the help shows them; they stand before the command."""
ENVIRONMENT: Final = (
    ("DESK_PIN", N_("The officer's PIN, for commands without a person.")),
    ("DESK_OFFICER", N_("Which officer acts, where there are several.")),
    ("DESK_KEYS", N_("The folder of the desks' keys.")),
    ("DESK_CLOCK", N_("A moment at which the clock stands, or @FILE; for tests and practice only.")),
)


class Asked(NamedTuple):
    """What stood before the command, and the command with its own words."""

    home: str | None = None
    lang: str | None = None
    json: bool = False
    plain: bool = False
    version: bool = False
    help: bool = False
    rest: tuple[str, ...] = ()


def read(arguments: Sequence[str]) -> Asked:
    """Return the options before the command; raises UsageWrong."""
    values: dict[str, str] = {}
    flags: set[str] = set()
    place = 0
    while place < len(arguments) and arguments[place].startswith("--"):
        name, equals, value = arguments[place].partition("=")
        place += 1
        if name in ("--home", "--lang"):
            if not equals:
                if place == len(arguments):
                    raise UsageWrong(cause=_("{option} needs a value.").format(option=name), command="desk")
                value = arguments[place]
                place += 1
            values[name] = value
        elif name in ("--json", "--plain", "--version", "--help") and not equals:
            flags.add(name)
        else:
            raise UsageWrong(cause=_("there is no option {option}.").format(option=name), command="desk")
    lang = values.get("--lang")
    if lang is not None and lang not in LANGUAGES:
        raise UsageWrong(cause=_("the language is vi or en, not {lang}.").format(lang=lang), command="desk")
    if "--plain" in flags and (place < len(arguments) or "--json" in flags):
        raise UsageWrong(cause=_("--plain stands without a command and without --json."), command="desk")
    return Asked(
        values.get("--home"),
        lang,
        "--json" in flags,
        "--plain" in flags,
        "--version" in flags,
        "--help" in flags,
        tuple(arguments[place:]),
    )


def language_of(asked: Asked, environment: Mapping[str, str]) -> str:
    """Return the language to speak: --lang, DESK_LANG, the home's setting, else Vietnamese."""
    named = asked.lang or environment.get("DESK_LANG")
    if named in LANGUAGES:
        return named
    folder = asked.home or environment.get("DESK_HOME")
    if folder is None:
        # platformdirs: needed only where nobody named the folder
        from platformdirs import user_data_path

        folder = str(user_data_path("desk", appauthor=False))
    return _setting(Path(folder).expanduser())


def _setting(home: Path) -> str:
    try:
        if not (home / "desk.toml").is_file():
            return "vi"
        # settings: a TOML reader, paid only where there is a file
        from desk import settings

        return settings.load(home).language
    except (OSError, ValueError, DeskError):
        return "vi"  # whoever opens the home says what is wrong with it
