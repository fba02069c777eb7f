"""The lines of the palette: what can be done on the screen that is seen now."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import ActiveBinding

from desk.words import LANGUAGES, N_, language, speak
from screens.keys import inside
from screens.keys.keymap import FUNCTION_KEYS, KEYMAP, binding_id
from screens.keys.remapping import shown
from screens.palette import Command

if TYPE_CHECKING:
    from screens.app import DeskApp

_SIGNS = {key_id: digit for digit, key_id in FUNCTION_KEYS.items()} | {"undo": "z"}


def commands_of(app: DeskApp[Any]) -> tuple[Command, ...]:
    """Return the commands in the order of the list: function keys, home, the rest, language, quit."""
    own = (
        Command(N_("Language: Tiếng Việt / English"), lambda: switch_language(app), "l"),
        Command(N_("Quit"), app.ending.leave, "q"),
    )
    if app.top.LOCKED:
        return own
    return (*_bound_keys(app), *_places(app), *_acts(app), *own)


def _bound_keys(app: DeskApp[Any]) -> Iterator[Command]:
    bound: dict[str | None, ActiveBinding] = {}
    for each in app.top.active_bindings.values():
        if each.enabled:
            bound.setdefault(each.binding.id, each)
    for line in KEYMAP:
        active = bound.get(binding_id(line.id))
        if active is not None and active.binding.show and line.id not in ("palette", "back"):
            led = app.everywhere.get(line.id) or app.rooms.workplaces.get(app.rooms.leads(line.id))
            said = led.title if led is not None and active.node is app else active.binding.description
            key = active.binding.key
            yield Command(said, _press(app, key), _SIGNS.get(line.id, ""), active.binding.key_display or shown(key))


def _press(app: DeskApp[Any], key: str) -> Callable[[], Awaitable[None]]:
    return lambda: inside.press(app, key, None, app.monotonic())


def _places(app: DeskApp[Any]) -> Iterator[Command]:
    listed = [place for place in app.rooms.workplaces.values() if place.listed]
    for at, place in enumerate(listed):
        if place.key is None:
            yield Command(place.title, _go(app, place.name), "" if at else "0")


def _go(app: DeskApp[Any], name: str) -> Callable[[], Awaitable[None]]:
    return lambda: app.rooms.go(name)


def _acts(app: DeskApp[Any]) -> Iterator[Command]:
    for each in app.everywhere.values():
        if each.key is None:
            yield Command(each.title, partial(each.act, app, app.rooms.services), each.letter)


async def switch_language(app: DeskApp[Any]) -> None:
    """Speak the other language from now on, on every screen, and after the next start where that can be kept."""
    speak(LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)])
    if app.rooms.are_open:
        await asyncio.to_thread(app.rooms.services.keep_language, language())
    for screen in {app.top, *app.rooms.built}:
        screen.speak_anew()
