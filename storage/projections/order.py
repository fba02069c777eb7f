"""The one order in which every node reads the events of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from storage.wire import Event

UNDONE: Final = "dossier.undone"
LOOK: Final = "dossier.viewed"
"""The kind of event that only says that somebody looked."""


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return `events` of one dossier, causes before effects, else by (desk, epoch, seq): the same everywhere."""
    first: dict[str, Event] = {}
    for event in sorted(events, key=_place):
        first.setdefault(event.head.id, event)
    waiting = list(first.values())
    here = {event.head.id for event in waiting}
    done: set[str] = set()
    ordered: list[Event] = []
    while waiting:
        ready = next(
            (e for e in waiting if all(parent in done or parent not in here for parent in e.head.parents)), waiting[0]
        )
        waiting.remove(ready)
        ordered.append(ready)
        done.add(ready.head.id)
    return ordered


def _place(event: Event) -> tuple[str, int, int]:
    return event.head.desk, event.head.epoch, event.head.seq


def undoes(event: Event) -> list[str]:
    """Return the ids of the events that `event` undoes, none where it is no undo or says nothing readable."""
    if event.head.kind != UNDONE or event.is_newer:
        return []
    try:
        return [str(gone) for gone in event.body.get("events", [])]
    except (TypeError, ValueError):
        return []


def is_look(event: Event) -> bool:
    """Return whether `event` only says that somebody looked: it makes no dossier where nothing else is known."""
    return event.head.kind == LOOK
