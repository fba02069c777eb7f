"""A small desk for tests of the screens' foundation: `python -m tests.screens.sample FILE` runs it on a terminal.

It writes one JSON line to FILE for everything that happens, so that a test sees what reached which field.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from desk.errors.base import RuleBroken
from desk.rules.scans import BadgeScan, CardScan, Scan, ShortScan, SlipScan
from screens.app import DeskApp
from screens.base import DeskScreen
from screens.dialogs.confirm import Confirm, Question
from screens.keys.keymap import bound
from screens.scanner import Scanner, Suffix
from screens.start import run_screens
from screens.widgets.desk_input import DeskInput
from screens.widgets.header import HeaderFacts, LinkFacts
from screens.widgets.rows import Column, Rows
from screens.workplace import Workplace

Tell = Callable[..., None]
FIELDS = ("a", "b", "c", "d", "e", "f")
SLOW_S = 0.15


class TooFar(RuleBroken):
    code = "RULE-00"
    said = "That is too far."
    do = "Go back."


class Seen:
    """The services of the sample: a list of what happened, in a file too if there is one."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.lines: list[list[Any]] = []

    def tell(self, *what: object) -> None:
        self.lines.append(list(what))
        if self.path is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(what, ensure_ascii=False) + "\n")

    def header_facts(self) -> HeaderFacts:
        return HeaderFacts("Phường Móng Cái 2", "Nguyễn Thị Lan", practice=True, link=LinkFacts(up=True, unsent=3))

    def keep_language(self, language: str) -> None:
        self.tell("language", language)


def name_of(scan: Scan) -> str:
    match scan:
        case CardScan(card):
            return f"card {card.personal_id} {card.name}"
        case SlipScan(digits):
            return f"slip {digits}"
        case ShortScan(digits):
            return f"short {digits}"
        case BadgeScan(number):
            return f"badge {number}"


class Home(DeskScreen):
    """Digits choose a list at once."""

    SAID = "Home"

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def body(self) -> ComposeResult:
        yield Rows([Column("List")], id="lists")

    async def arrive(self, errand: object) -> None:
        self.query_one(Rows).show([(f"List {n}",) for n in range(1, 10)])
        self.seen.tell("home")

    async def chosen(self, rows: Rows, index: int) -> None:
        self.seen.tell("list", index + 1)


class Form(DeskScreen):
    """Six fields; F9 tells what they hold; it opens slowly."""

    SAID = "Form"
    FIRST = "#a"
    BINDINGS: ClassVar[list[BindingType]] = [bound("save", "save")]

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def body(self) -> ComposeResult:
        for name in FIELDS:
            yield DeskInput(id=name, help=f"Help of {name}")

    async def arrive(self, errand: object) -> None:
        await asyncio.sleep(SLOW_S)
        for field in self.query(DeskInput):
            field.clear()
        self.seen.tell("form", name_of(errand) if isinstance(errand, CardScan) else "")

    async def action_save(self) -> None:
        await asyncio.sleep(SLOW_S)
        self.seen.tell("saved", [self.query_one(f"#{name}", DeskInput).value for name in FIELDS])
        await self.go("home")


class Search(DeskScreen):
    """One field; Enter takes what it holds."""

    SAID = "Search"
    FIRST = "#words"

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def body(self) -> ComposeResult:
        yield DeskInput(id="words")

    async def entered(self, field: Widget | None) -> None:
        words = self.query_one("#words", DeskInput)
        taken = words.value
        words.clear()
        self.seen.tell("entered", taken)
        if taken == "ask":
            answer = await self.ask(Confirm, Question("Really?"))
            self.seen.tell("answer", answer)
        if taken == "far":
            raise TooFar
        if taken == "hang":
            await asyncio.sleep(1.5)
            self.seen.tell("hung")
        if taken == "crash":
            self.call_later(self._crash)
        if taken == "bug":
            raise ValueError("Nguyễn Văn Bí Mật")

    def _crash(self) -> None:
        name = "Nguyễn Văn Bí Mật"
        raise ValueError(name)

    async def keep(self) -> None:
        self.seen.tell("kept", self.query_one("#words", DeskInput).value)

    async def on_scan(self, scan: Scan) -> None:
        self.seen.tell(name_of(scan), self.query_one("#words", DeskInput).value)


class Keys(DeskScreen):
    """Tells every key."""

    SAID = "Keys"

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def on_key(self, event: events.Key) -> None:
        self.seen.tell("key", event.key)
        event.stop()


class Survey(DeskScreen):
    """Takes only what was pressed after it was seen."""

    SAID = "Survey"
    ONLY_FRESH_KEYS = True

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def body(self) -> ComposeResult:
        yield Rows([Column("Answer")], id="answers")

    async def arrive(self, errand: object) -> None:
        self.query_one(Rows).show([("Good",), ("Bad",)])

    async def chosen(self, rows: Rows, index: int) -> None:
        self.seen.tell("answered", index + 1)
        await self.go("form")


class Pin(DeskScreen):
    """Six digits submit themselves."""

    SAID = "PIN"
    FIRST = "#pin"

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen

    def body(self) -> ComposeResult:
        yield DeskInput(id="pin", password=True, limit=6, submits_full=True)

    async def entered(self, field: Widget | None) -> None:
        pin = self.query_one("#pin", DeskInput)
        taken = pin.value
        pin.clear()
        await asyncio.sleep(SLOW_S)
        self.seen.tell("pin", taken)
        await self.go("form")

    async def on_scan(self, scan: Scan) -> None:
        self.seen.tell(name_of(scan), self.query_one("#pin", DeskInput).value)


PLACES: tuple[Workplace[Seen], ...] = (
    Workplace("home", "Home", Home),
    Workplace("form", "Form", Form, key="intake", scans=frozenset({"card"})),
    Workplace("search", "Tra cứu", Search, key="lookup"),
    Workplace("survey", "Survey", Survey, key="return"),
    Workplace("pin", "PIN", Pin, key="lock"),
    Workplace("keys", "Keys", Keys),
)


def places(first: str) -> list[Workplace[Seen]]:
    """Return the workplaces, the day beginning at `first`."""
    return sorted(PLACES, key=lambda place: place.name != first)


def sample_app(seen: Seen, first: str = "home", suffix: Suffix = "cr") -> DeskApp[Seen]:
    """Return the small desk for a pilot."""
    return DeskApp(lambda: seen, places(first), scanner=Scanner(suffix=suffix), real_desk=False)


def main() -> None:
    """Run on this terminal: FILE SUFFIX FIRST [real]."""
    path, suffix, first, *real = sys.argv[1:]
    seen, scanner = Seen(Path(path)), Scanner(suffix=cast(Suffix, suffix))
    sys.exit(run_screens(lambda: seen, places(first), real_desk=bool(real), scanner=scanner))


if __name__ == "__main__":
    main()
