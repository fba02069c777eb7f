"""The one room that reaches into Textual: how a key is handed to a widget so that its act can be awaited.

Textual posts a key to the focused widget's own mailbox; bindings run later, in the App, when the key has
bubbled up through every mailbox on the way. By then the next keys have gone to a field that is no longer
the right one. Here the same handlers and the same bindings run in the same order, but one after the other
in the task that took the key. tests/screens/keys/test_inside.py guards the private names used.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextvars import copy_context
from typing import Any

from textual import events
from textual._context import prevent_message_types_stack
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

_LOOK_AGAIN_S = 0.2


class TakenKey(events.Key, bubble=False):
    """A key on its way through the widgets; it is carried up by `press`, never by mailboxes."""

    stopped = False
    at_s = 0.0
    """When the key was read, in seconds of the App's monotonic clock."""

    def stop(self, stop: bool = True) -> Any:
        self.stopped = stop
        return super().stop(stop)


class TakenPaste(events.Paste, bubble=False):
    """A paste on its way; it goes to the focused widget or the screen and no further."""


TakenKey.handler_name = events.Key.handler_name
TakenPaste.handler_name = events.Paste.handler_name


async def press(app: App[Any], key: str, character: str | None, at_s: float) -> None:
    """Do what a key does now on the screen now: handlers from the focused widget up, then bindings.

    Returns when all of them have returned. Raises what they raise.
    """
    screen = app.screen
    focused = screen.focused
    if (focused is None or not focused.check_consume_key(key, character)) and await app._check_bindings(
        key, priority=True
    ):
        return
    event = TakenKey(key, character)
    event.at_s = at_s
    for node in _way_up(focused or screen):
        event.prevent_default(False)
        with node._context():
            await node._dispatch_message(event)
        if event.stopped:
            return
    await app._check_bindings(key)


async def paste(app: App[Any], text: str) -> None:
    """Hand a paste to the focused widget, or to the screen where nothing has the focus."""
    node: Widget = app.screen.focused or app.screen
    with node._context():
        await node._dispatch_message(TakenPaste(text))


async def settled(app: App[Any]) -> None:
    """Wait until what the last act caused is done.

    That is: the screen now on top is mounted, and every message posted so far by the focused widget, the
    widgets around it, the screen and the App has been handled. Called by a handler of one of them, that one
    is left out: it would wait for itself.
    """
    here = asyncio.current_task()
    while app.is_running:
        screen = app.screen
        await _mounted(screen)
        pumps = [*_way_up(screen.focused or screen), app]
        await _mailboxes_read([pump for pump in pumps if pump._task is not here])
        if app.screen is screen:
            return


def begin(app: App[Any], work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Start work that belongs to the App, wherever this is called from.

    It gets a list of prevented messages of its own: Textual shares one list between all tasks, and a
    `with prevent()` that is left in another order than it was entered would take the wrong entry off it.
    """
    with app._context():
        context = copy_context()
    context.run(prevent_message_types_stack.set, [set()])
    return asyncio.get_running_loop().create_task(work, context=context)


def _way_up(node: Widget) -> list[Widget]:
    return [each for each in node.ancestors_with_self if isinstance(each, Widget)]


async def _mounted(screen: Screen[Any]) -> None:
    while screen.is_attached and not screen.is_mounted:
        await asyncio.wait([asyncio.ensure_future(screen._mounted_event.wait())], timeout=_LOOK_AGAIN_S)


async def _mailboxes_read(pumps: list[MessagePump]) -> None:
    """Wait until each pump in turn has read what lay in its mailbox when its turn came."""
    loop = asyncio.get_running_loop()
    at = 0
    turn: asyncio.Future[None]

    def next_turn(read: int) -> None:
        nonlocal at
        if read < at:  # a late answer of a pump that was given up
            return
        at = read
        while at < len(pumps) and not pumps[at].call_later(next_turn, at + 1):
            at += 1
        if at == len(pumps) and not turn.done():
            turn.set_result(None)

    turn = loop.create_future()
    next_turn(0)
    while not turn.done():
        await asyncio.wait([turn], timeout=_LOOK_AGAIN_S)
        if not turn.done() and not _alive(pumps[at]):  # a widget that was taken away never answers
            next_turn(at + 1)


def _alive(pump: MessagePump) -> bool:
    return pump.is_running and not pump._closing and not pump._closed
