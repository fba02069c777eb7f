"""`desk` and `desk demo`: the ways into the screens, which load neither Typer nor SQL before the first paint."""

from __future__ import annotations

from collections.abc import Mapping

from desk import assembly, wiring
from desk.commands.global_options import Asked
from desk.wiring import Surroundings

RESET = 75
"""What the screens return when practice is to begin anew (screens.practice.menu)."""


def start_desk(asked: Asked, environment: Mapping[str, str]) -> int:
    """Show the screens of the desk; an empty home asks for the set-up first. Raises DeskError."""
    around = Surroundings.of(asked.home, environment)
    lang = asked.lang or environment.get("DESK_LANG")
    is_new = not wiring.is_home(around.home)
    if is_new and not assembly.run_setup(around, lang=lang):
        return 0
    return assembly.run(around, lang=lang, begins_at="printers" if is_new else "")


def start_practice(asked: Asked, environment: Mapping[str, str]) -> int:
    """Show practice, made where it is not there yet. Raises DeskError."""
    from desk import practice

    named = bool(asked.home or environment.get("DESK_HOME"))
    around = practice.practice_surroundings(Surroundings.of(asked.home, environment), named)
    practice.prepare(around)
    return show_practice(around, asked.lang or environment.get("DESK_LANG"))


def show_practice(around: Surroundings, lang: str | None) -> int:
    """Show the prepared practice home, anew as often as the trainer wishes."""
    from desk import practice

    while (code := assembly.run(around, lang=lang)) == RESET:
        practice.prepare(around, reset=True)
    return code
