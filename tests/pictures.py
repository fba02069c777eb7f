"""Makes the pictures of the documents: `python -m tests.pictures`, from practice alone, at a fixed clock.

Every state worth showing in both languages, at 80x24 and 120x40, in the colours of most machines, into docs/pictures,
and the page that shows them (docs/screens.md). A test draws them anew and compares.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from textual.pilot import Pilot

from desk import practice, wiring
from desk.assembly import Screens
from desk.cases.practising import CITIZENS, PIN, Practice
from desk.cases.syncing import SyncLoop
from desk.rules.invented.people import card_text
from desk.text import fold
from desk.words import in_language
from screens.app import DeskApp
from screens.profiles import PROFILES
from screens.seat import Seat
from screens.widgets.header import LinkFacts
from tests.screens.playing import Player

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
PAGE = ROOT / "docs" / "screens.md"
CLOCK = "2026-11-25T09:12:00+07:00"
CLOCK_FILE = "clock.txt"
LATER = "2026-11-25T09:15:00+07:00"
LANGUAGES: Final = ("vi", "en")
SIZES: Final = ((80, 24), (120, 40))
_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""Textual names typefaces of the internet in its pictures; a picture of ours fetches nothing."""
_BY_CHANCE = re.compile(r"(?<=_1_)[0-9a-f]{1,8}")
"""A part of a paper's hash in the name of its file: its code is signed by a key made for this run."""
_NUMBERED = re.compile(r"terminal-\d+")
"""A sum over the picture before that part was taken out."""

STATES: Final = {
    "signin": "Signing in",
    "home": "Home: what presses today",
    "intake-empty": "Intake: an empty page, favourites by digit",
    "intake": "Intake: card scanned, documents ticked",
    "intake-review": "Intake: the last look before saving",
    "intake-wrong": "Intake: what is wrong, and where",
    "saved": "Intake: saved",
    "lookup": "Lookup: live from the first letter",
    "dossier": "A dossier: glance, history, next step",
    "help": "F1 on any field",
    "moves": "The next step of a dossier",
    "returning": "Handing a result over",
    "survey": "The citizen alone before the survey",
    "papers": "Papers and their queue",
    "inbox": "Filed online, waiting",
    "certify": "Certifications of the day",
    "figures": "Figures",
    "delays": "Why it is late",
    "incidents": "What two desks did that does not fit",
    "handover": "Hand-over with a department",
    "palette": "Every command",
    "practice": "Practice",
}
"""The pictures in the order in which an officer comes by, and what they show."""


def name_of(state: str, language: str, size: tuple[int, int]) -> str:
    """Return the file name of a picture."""
    return f"{state}.{language}.{size[0]}x{size[1]}.svg"


class Camera:
    """Types at the screens and keeps what is seen, at each size."""

    def __init__(self, app: DeskApp[Seat], pilot: Pilot[Any], folder: Path, language: str) -> None:
        self.app, self.pilot, self.folder, self.language = app, pilot, folder, language
        self._hands = Player(app, pilot)
        self.exchange: Callable[[], object] = lambda: None
        """Sends what waits to practice's center."""
        self.collide: Callable[[], object] = lambda: None
        """Lets a second desk do once more what was done to one dossier."""

    async def press(self, *keys: str) -> None:
        """Press keys and wait until everything they caused is done."""
        for is_text, run in groupby(keys, lambda key: len(key) == 1):
            if is_text:
                await self._hands.type("".join(run))
            else:
                await self._hands.press(*run)

    async def scan(self, text: str) -> None:
        """Scan a text."""
        self.app.keys.put_paste(text, self.app.monotonic())
        await self.settle()

    async def settle(self) -> None:
        """Wait until keys, workers and paint are done."""
        await self._hands.settled()

    def at(self, instant: str) -> None:
        """Let it be `instant`."""
        Path(CLOCK_FILE).write_text(instant, encoding="utf-8")

    async def command(self, title: str) -> None:
        """Run a command of the palette by the words of its title."""
        await self.press("ctrl+g", "space", *fold(in_language(self.language, title)), "enter")

    async def take(self, state: str) -> None:
        """Keep the screen as a picture of each size."""
        for size in reversed(SIZES):  # the smaller one last: the work goes on there
            await self.pilot.resize_terminal(*size)
            await self.settle()
            svg = _FONTS.sub("", self.app.export_screenshot(title="motcua-desk"))
            svg = _NUMBERED.sub("terminal", _BY_CHANCE.sub(lambda found: "0" * len(found[0]), svg))
            svg = "\n".join(line.strip() for line in svg.splitlines() if line.strip()) + "\n"
            (self.folder / name_of(state, self.language, size)).write_text(svg, encoding="utf-8")


async def shots(camera: Camera, trainer: Callable[[], Practice]) -> None:
    """Take every picture, in the order in which an officer would come by."""
    card = card_text(CITIZENS[0], date(2022, 3, 1))
    await camera.take("signin")
    await camera.press(*PIN)
    await camera.take("home")
    await camera.press("f2")
    await camera.take("intake-empty")
    await camera.scan(card)
    await camera.press(*"khai sinh")
    await camera.press("enter")
    await camera.take("intake")
    await camera.press("enter", "enter", "enter")
    await camera.take("intake-review")
    await camera.press("f9")
    await camera.take("saved")
    camera.exchange()
    await camera.press("f2", *"022190", "f9")
    await camera.take("intake-wrong")
    await camera.press("f3", *"nguyen")
    await camera.take("lookup")
    await camera.press("f1")
    await camera.take("help")
    await camera.press("escape", "enter")
    await camera.take("dossier")
    await camera.scan(trainer().slip_digits("processing"))
    await camera.press("enter")
    await camera.take("moves")
    camera.at(LATER)  # the newest of two papers is the one that was made last
    await camera.scan(trainer().slip_digits("resolved"))
    await camera.press("enter")
    await camera.take("returning")
    await camera.press("enter")
    await camera.take("survey")
    await camera.press("escape", "f7")
    await camera.take("papers")
    for state, title in (
        ("inbox", "Inbox"),
        ("certify", "Certifications today"),
        ("figures", "Figures"),
        ("delays", "Why it is late"),
        ("handover", "Hand-over with a department"),
    ):
        await camera.command(title)
        await camera.take(state)
    await camera.press("ctrl+g")
    await camera.take("palette")
    await camera.press("p")
    await camera.take("practice")
    await camera.press("escape")
    camera.collide()
    await camera.command("Incidents")
    await camera.take("incidents")


def draw(folder: Path, language: str) -> None:
    """Draw every state in one language into `folder`, at every size."""
    with tempfile.TemporaryDirectory() as place, _inside(Path(place)):
        # relative, so that a path on the screen is the same everywhere
        around = wiring.Surroundings(Path("home"), Path(), f"@{CLOCK_FILE}")
        Path(CLOCK_FILE).write_text(CLOCK, encoding="utf-8")
        practice.prepare(around)
        screens = Screens(around, lang=language)
        app = screens.app()
        app.draw_for(PROFILES["full"])  # as most machines show it, whatever terminal this runs in

        async def take_all() -> None:
            async with app.run_test(size=SIZES[0], notifications=True) as pilot:
                camera = Camera(app, pilot, folder, language)
                await camera.settle()
                assert screens.seat is not None
                seat, services = screens.seat, screens.seat.services
                camera.exchange = services.syncing.once
                services.syncing.once()
                camera.collide = lambda: _hand_over_again(seat)
                link = LinkFacts(up=True, last_exchange_at=services.context.clock())
                facts = seat.header_facts
                seat.header_facts = lambda: facts()._replace(link=link)  # type: ignore[method-assign]  # a still link
                app.show_facts(seat.header_facts())
                await shots(camera, lambda: Practice(services.context))

        begin = SyncLoop.start
        SyncLoop.start = lambda _loop: None  # type: ignore[method-assign]  # no exchange comes between two keys
        try:
            asyncio.run(_bounded(take_all()))
        finally:
            SyncLoop.start = begin  # type: ignore[method-assign]
            screens.close()


def _hand_over_again(seat: Seat) -> None:
    """Let the result that was handed over last be handed over a second time, as two desks without a link may."""
    dossier = next(line.id for line in seat.services.lookup.newest(200) if line.status == "returned")
    with seat.services.context.log.act(seat.officer.id) as act:
        act.append("dossier.returned", {}, dossier=dossier)


def page() -> str:
    """Return the page that shows them."""
    lines = [
        "# The screens",
        "",
        "Made by `python -m tests.pictures`; every state in both languages at both sizes.",
        "",
    ]
    for state, said in STATES.items():
        shown = [
            f"[{language} {size[0]}x{size[1]}](pictures/{name_of(state, language, size)})"
            for language in LANGUAGES
            for size in SIZES
        ]
        picture = f"![{said}](pictures/{name_of(state, LANGUAGES[0], SIZES[0])})"
        lines += [f"## {said}", "", picture, "", " · ".join(shown), ""]
    return "\n".join(lines[:-1]) + "\n"


def main() -> int:
    """Make the pictures and the page in docs/."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.svg"):
        old.unlink()
    for language in LANGUAGES:
        draw(FOLDER, language)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


async def _bounded(shooting: Awaitable[None]) -> None:
    async with asyncio.timeout(600):
        await shooting


if __name__ == "__main__":
    sys.exit(main())
