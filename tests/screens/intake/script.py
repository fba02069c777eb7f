"""A row of the keystroke budget: keys and scans in order, played calmly or typed ahead in one burst."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from textual import events
from textual.keys import _character_to_key

from tests.screens.desks import Desk
from tests.screens.playing import Player

_CHARACTERS = {"enter": "\r", "space": " "}
_AFTER_A_SCAN_S = 0.2


class Scan(NamedTuple):
    """What a scanner reads."""

    text: str


Step = str | Scan


def card(number: str = "022190001234", name: str = "NGUYỄN THỊ LAN", born: str = "15051990", sex: str = "Nữ") -> Scan:
    """Return the scan of an invented citizen's card."""
    return Scan(f"{number}|012345678|{name}|{born}|{sex}|Tổ 1, khu 2, Móng Cái 2, Quảng Ninh|01012022")


def typed(text: str) -> tuple[str, ...]:
    """Return the keys of `text`."""
    return tuple(text)


def count(steps: Iterable[Step]) -> tuple[int, int]:
    """Return how many keys and scans `steps` are."""
    scans = [step for step in steps if isinstance(step, Scan)]
    return len(list(steps)) - len(scans), len(scans)


async def calmly(officer: Player, steps: Iterable[Step]) -> None:
    """Play each step when the one before has done all it causes."""
    for step in steps:
        if isinstance(step, Scan):
            await officer.scan(step.text)
        elif len(step) == 1:
            await officer.type(step)
        else:
            await officer.press(step)


async def in_one_burst(officer: Player, steps: Iterable[Step]) -> None:
    """Play all steps without waiting for anything; keys begin 200 ms after a scan (decisions, 4), and before it."""
    app, at_s = officer.app, officer.app.monotonic()
    for step in steps:
        if isinstance(step, Scan):
            at_s += _AFTER_A_SCAN_S
            for letter in step.text:
                app.take_key(events.Key(_character_to_key(letter), letter), at_s)
            app.take_key(events.Key("enter", "\r"), at_s)
            at_s += _AFTER_A_SCAN_S
        else:
            key = _character_to_key(step) if len(step) == 1 else step
            character = step if len(step) == 1 else _CHARACTERS.get(step)
            app.take_key(events.Key(key, character), at_s)
    await officer.settled()


async def printed(officer: Player) -> None:
    """Wait until every slip is made and at the printer: one worker begins the next."""
    await officer.settled()
    while any(not worker.is_finished for worker in officer.app.workers):
        await officer.settled()


def stored(desk: Desk) -> list[dict[str, Any]]:
    """Return what is stored of every dossier, without what differs from run to run (ids, tracking numbers)."""
    found = []
    for line in desk.services.lookup.newest(1000):
        view = desk.services.lookup.show(line.id)
        value = asdict(view)
        for key in ("line", "tracking", "short_form", "history", "papers"):
            del value[key]
        value["code"], value["status"], value["procedure"] = line.code, line.status, line.procedure
        value["events"] = [(one.kind, one.note) for one in view.history]
        value["papers"] = sorted((paper.kind, paper.copy, paper.state) for paper in view.papers)
        found.append(value)
    return sorted(found, key=lambda one: one["code"])
