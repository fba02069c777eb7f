"""The reading test of the scanner: a code on the screen, what came in, what stands in the way, the suffix learnt."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from desk.rules.reading_test import Fault, Reading, ended_with, reading_of
from desk.text import clean_line
from desk.words import N_, _
from screens.base import DeskScreen
from screens.devices import wording
from screens.keys.queue import LINE_ENDS, Pasted
from screens.scanner import GAP_S, MEMORY, Stroke
from screens.widgets.qr_view import QrView
from screens.widgets.said import Said

if TYPE_CHECKING:
    from screens.seat import Seat

_ENDS = {"enter": "\r", "ctrl+j": "\n", "tab": "\t"}
_SILENCE_S = 0.3
"""Twice the time in which a suffix belongs to its scan: then the scan is over."""
_SHOWN = 60
_SOUND: frozenset[Fault] = frozenset({"layout", "caps_lock", "no_end"})
"""Faults in spite of which the end that came is the scanner's own."""


class ScannerTestScreen(DeskScreen):
    """Takes every letter and line end as the scanner sends them; all other keys do what they always do."""

    SAID = N_("Scanner")
    FIRST = "#code"
    DEFAULT_CSS = """
    ScannerTestScreen > #body {
        padding: 1 1 0 1;
        & #code { margin-right: 2; }
        & Said { width: 1fr; height: auto; }
        & #hint { margin-bottom: 1; }
        & #found { margin-top: 1; max-height: 11; }
    }
    """
    HINT: ClassVar[str] = N_("Scan this code, or the one on the printer's test page. Nothing is saved by it.")

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._devices = seat.services.devices
        self._letters: list[str] = []
        self._ends: list[str] = []
        self._read_at_s = 0.0
        """When the last key of the run was read; in a slow moment that is long before it is taken."""
        self._last_at_s = 0.0
        self._is_watching = False
        self._said: tuple[str, Reading, str] | None = None
        """What came in, what it tells, and the message id of the end that was learnt ("" for none)."""

    def body(self) -> ComposeResult:
        """Yield the code, what to do, and what was found."""
        with Horizontal():
            yield QrView(id="code")
            with Vertical():
                yield Said(id="hint")
                yield Said(id="setting")
                yield Said(id="found")

    async def arrive(self, errand: object) -> None:
        """Show the code and listen."""
        half = self.desk.profile.has_half_blocks and self.desk.profile.name != "mono"
        self.query_one("#code", QrView).show(await asyncio.to_thread(self._devices.test_code) if half else [])
        self.query_one("#hint", Said).tell(self.HINT if half else N_("Scan the code on the printer's test page."))
        self._said = None
        self._paint()
        self._listen()

    async def returned(self) -> None:
        """Listen again."""
        self._listen()

    async def leave(self) -> None:
        """Listen no more, and forget what came in."""
        self.desk.keys.overheard = None
        self._letters, self._ends, self._said = [], [], None

    def retell(self) -> None:
        """Say what was found in the other language."""
        self._paint()

    def _listen(self) -> None:
        self._letters, self._ends = [], []
        self.desk.keys.overheard = self._overhear

    def _overhear(self, read: Stroke | Pasted) -> bool:
        """Take letters and line ends; the run is over when a silence follows."""
        if self.desk.top is not self:  # a question, the palette or the lock lies over it
            return False
        if isinstance(read, Pasted):
            text = read.text.rstrip(LINE_ENDS)
            self._letters, self._ends = list(text[:MEMORY]), list(read.text[len(text) :][:MEMORY])
        elif read.writes:
            if self._ends:
                self._letters, self._ends = [], []  # the next scan
            if len(self._letters) < MEMORY:
                self._letters.append(read.character or "")
        elif read.key == "backspace" and self._letters:
            self._letters.pop()  # an input method takes back what it writes anew
        elif read.key in _ENDS:
            self._ends.append(_ENDS[read.key])
        elif not self._letters or read.at_s - self._read_at_s > GAP_S:
            return False  # an officer's key; at a scanner's speed it is a sign of control inside the scan
        self._read_at_s = read.at_s
        self._last_at_s = self.desk.monotonic()
        if not self._is_watching:
            self._is_watching = True
            self.read(self._watch(), "scanner test")
        return True

    async def _watch(self) -> None:
        """Judge the run once nothing has followed it for a while."""
        try:
            while (rest_s := self._last_at_s + _SILENCE_S - self.desk.monotonic()) > 0:
                await asyncio.sleep(rest_s)
        finally:
            self._is_watching = False
        self.act(self._judge)

    async def _judge(self) -> None:
        """Say what the run tells, and learn its end where it is the scanner's own."""
        if not self._letters and not self._ends:
            return
        typed, ended = "".join(self._letters), ended_with(self._ends[:MEMORY])
        self._letters, self._ends = [], []
        reading, learnt = reading_of(typed, ended), ""
        if set(reading.faults) <= _SOUND:
            if ended != self._devices.settings.scanner_suffix:
                await asyncio.to_thread(self._devices.learn_suffix, ended)
                learnt = wording.ENDS[ended]
            self.desk.keys.scanner.suffix = ended
        self._said = (typed, reading, learnt)
        self._paint()

    def _paint(self) -> None:
        setting = _(wording.ENDS[self._devices.settings.scanner_suffix])
        self.query_one("#setting", Said).tell(N_("Setting: a scan ends with {end}."), end=setting)
        self.query_one("#found", Said).tell(N_("{words}"), words="\n".join(self._lines()))

    def _lines(self) -> list[str]:
        if self._said is None:
            return []
        typed, reading, learnt = self._said
        text = clean_line(typed)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        came = _("Read: {text} ({n} characters), ended by: {end}.")
        lines = [came.format(text=shown or "–", n=len(typed), end=_(wording.ENDS[reading.ended]))]
        lines += [_(wording.FAULTS[fault]) for fault in reading.faults]
        if reading.is_right:
            lines.append(_("Right: scanner and keyboard are set so that papers are read."))
        if learnt:
            lines.append(_("Learnt and kept: a scan ends with {end}.").format(end=_(learnt)))
        return lines
