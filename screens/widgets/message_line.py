"""The one line on which the desk speaks to the officer: the last but one of every screen (decisions, 4)."""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.text import clean, clean_line
from desk.words import Told, _, told
from screens.widgets.cells import cut

_MORE = " … F1"
_CLAUSE = re.compile(r"[.;] ")
_TROUBLE = 26
"""Cells that a trouble keeps beside what was done."""


class Spoken(NamedTuple):
    """What is said: `short` on the line, the whole with F1."""

    short: str
    whole: tuple[str, ...] = ()
    """Sentences, each a paragraph; empty where `short` is all."""
    code: str = ""
    wrong: bool = False
    done: str = ""
    """What was done and stays true whatever a printer says afterwards; "" for all else."""


def spoken_of(error: DeskError) -> Spoken:
    """Return what is said of an error, in the officer's language: what happened, what is safe, what to do."""
    said: Told = told(error)
    whole = tuple(clean(part) for part in (said.message, said.safe, said.do) if part)
    return Spoken(clean_line(" ".join((said.message, said.do))), whole, said.code, wrong=True)


def beside(done: Spoken | None, trouble: Spoken) -> Spoken:
    """Return `trouble` so that it takes nothing away from what the line says was done: both are said."""
    if done is None or not done.done:
        return trouble
    short = trouble.whole[0] if trouble.whole else trouble.short
    return trouble._replace(short=clean_line(short), whole=(done.done, *trouble.whole), done=done.done)


class MessageLine(Widget):
    """Shows a `Spoken`; what does not fit is cut, and F1 opens the whole."""

    DEFAULT_CSS = """
    MessageLine {
        width: 1fr; height: 1; color: $foreground; background: $background;
        &.-wrong { background: $error; color: $text; text-style: bold; }
        & > .message-line--done { color: $foreground; background: $background; text-style: not bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"message-line--done"}

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.spoken: Spoken | None = None
        self._idle = ""
        self._working = False

    def say(self, spoken: Spoken | None) -> None:
        """Show `spoken`; None empties the line."""
        if spoken != self.spoken:
            self.spoken = spoken
            self.set_class(spoken is not None and spoken.wrong, "-wrong")
            self.refresh()

    def show_idle(self, text: str) -> None:
        """Show `text` whenever nothing is said; "" for nothing."""
        if text != self._idle:
            self._idle = text
            self.refresh()

    def show_working(self, slow: bool) -> None:
        """Show at the end of the line that an act takes long."""
        if slow != self._working:
            self._working = slow
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line: the sentence, and at its end the code."""
        width, style = self.size.width, self.rich_style
        spoken = self.spoken
        if self._working:
            spoken = Spoken("", code=_("Working…"))
        if spoken is None:
            return Strip([Segment(cut(f" {clean_line(self._idle)}", width), style)]).adjust_cell_length(width, style)
        code = f" {spoken.code} " if spoken.code else " "
        text = " " + clean_line(spoken.short)
        room = width - cell_len(code)
        if (spoken.wrong and spoken.done) or cell_len(text) > room or len(spoken.whole) > 2:
            code = _MORE + code
            room = width - cell_len(code)
        left = Strip([*self._done_before(spoken, room), Segment(text, style)]).adjust_cell_length(room, style)
        return Strip.join([left, Strip([Segment(code, style)])]).adjust_cell_length(width, style)

    def _done_before(self, spoken: Spoken, room: int) -> Strip:
        """Return what was done as the beginning of a line that speaks of a trouble: its first clause, half the line."""
        if not (spoken.wrong and spoken.done):
            return Strip([])
        clause = " " + _CLAUSE.split(clean_line(spoken.done), maxsplit=1)[0].rstrip(".") + " "
        style = self.get_component_rich_style("message-line--done")
        cells = min(cell_len(clause), max(room // 2, room - _TROUBLE))
        return Strip([Segment(cut(clause, cells), style)])
