"""Makes the pictures of the documents: `python -m tests.pictures [folder]`, from practice alone, at a fixed clock."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from desk import practice, wiring
from desk.assembly import Screens
from desk.cases.practising import CITIZENS, PIN, Practice
from desk.rules.invented.people import card_text
from screens.app import DeskApp
from screens.seat import Seat

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
CLOCK = "2026-11-25T09:12:00+07:00"
SIZE = (100, 28)
_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""Textual names typefaces of the internet in its pictures; a picture of ours fetches nothing."""


class Camera:
    """Types at the screens and keeps what is seen."""

    def __init__(self, app: DeskApp[Seat], pilot: Pilot[Any], folder: Path) -> None:
        self.app, self.pilot, self.folder = app, pilot, folder

    async def press(self, *keys: str) -> None:
        """Press keys and wait until everything they caused is done."""
        await self.pilot.press(*keys)
        await self.settle()

    async def scan(self, text: str) -> None:
        """Scan a text."""
        self.app.keys.put_paste(text, self.app.monotonic())
        await self.settle()

    async def settle(self) -> None:
        """Wait until keys, workers and paint are done."""
        await self.app.keys_settled()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def take(self, name: str) -> None:
        """Keep the screen as a picture."""
        await self.settle()
        svg = _FONTS.sub("", self.app.export_screenshot(title="motcua-desk"))
        (self.folder / f"{name}.svg").write_text(svg, encoding="utf-8")


async def shots(camera: Camera, trainer: Callable[[], Practice]) -> None:
    """Take every picture, in the order in which an officer would come by."""
    await camera.take("signin")
    await camera.press(*PIN)
    await camera.take("home")
    await camera.scan(card_text(CITIZENS[0], date(2022, 3, 1)))
    await camera.press(*"khai sinh")
    await camera.take("intake")
    await camera.press("f3", *"nguyen")
    await camera.take("lookup")
    await camera.press("enter")
    await camera.take("dossier")
    await camera.scan(trainer().slip_digits("processing"))
    await camera.press("enter")
    await camera.take("moves")
    await camera.scan(trainer().slip_digits("resolved"))
    await camera.press("enter")
    await camera.take("returning")
    await camera.press("enter")
    await camera.take("survey")
    await camera.press("escape", "f7")
    await camera.take("papers")
    await camera.press("ctrl+g", "0", "5")
    await camera.take("inbox")
    await camera.press("ctrl+g", "space", *"chung thuc", "enter")
    await camera.take("certify")
    await camera.press("ctrl+g", "space", *"so lieu", "enter")
    await camera.take("figures")
    await camera.press("ctrl+g")
    await camera.take("palette")
    await camera.press("p")
    await camera.take("practice")


def main() -> int:
    """Make the pictures in the folder named, else in docs/pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        around = wiring.Surroundings(Path(place) / "home", Path(place), CLOCK)
        practice.prepare(around)
        screens = Screens(around, lang="vi")
        app = screens.app()

        async def take_all() -> None:
            async with app.run_test(size=SIZE, notifications=True) as pilot:
                camera = Camera(app, pilot, folder)
                await camera.settle()

                def trainer() -> Practice:
                    assert screens.seat is not None
                    return Practice(screens.seat.services.context)

                await shots(camera, trainer)

        try:
            asyncio.run(_bounded(take_all()))
        finally:
            screens.close()
    return 0


async def _bounded(shooting: Awaitable[None]) -> None:
    async with asyncio.timeout(120):
        await shooting


if __name__ == "__main__":
    sys.exit(main())
