"""The first line of a screen: where we are, who works, whether it is practice, the link in three facts, the time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from desk.clock import Clock, office_day, office_time
from desk.text import clean_line
from desk.words import _, counted
from screens.widgets.cells import cut


class LinkFacts(NamedTuple):
    """Three facts, never one icon (desk-ux rule 4): is there a link, what waits, when was the last exchange."""

    up: bool | None
    """None: this desk has joined no center."""
    unsent: int = 0
    oldest_unsent_at: datetime | None = None
    last_exchange_at: datetime | None = None


class HeaderFacts(NamedTuple):
    """What every screen's first line shows; "" where there is nothing."""

    unit: str = ""
    officer: str = ""
    practice: bool = False
    accents: bool = True
    """False where the terminal shows names without their accents: nobody must take them for the names themselves."""
    link: LinkFacts = LinkFacts(up=None)


class DeskHeader(Widget):
    """Draws the facts it was given; the App gives them and the minute."""

    DEFAULT_CSS = """
    DeskHeader {
        width: 1fr; height: 1; background: $primary; color: $text;
        & > .header--title { text-style: bold; }
        & > .header--practice { background: $warning; color: $background; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"header--title", "header--practice"}

    def __init__(self, title: str, clock: Clock) -> None:
        """title: a message id; clock: the present instant."""
        super().__init__()
        self._title = title
        self._clock = clock
        self.facts = HeaderFacts()
        self._drawn = ""

    def show(self, facts: HeaderFacts) -> None:
        """Show other facts, or the same at another minute."""
        self.facts = facts
        if self._words() != self._drawn:
            self.refresh()

    def _words(self) -> str:
        return "\n".join(self._parts())

    def _parts(self) -> tuple[str, str, str, str]:
        """Return the title, who and where, the practice mark, and link and time."""
        facts, now = self.facts, self._clock()
        who = clean_line(" · ".join(part for part in (facts.unit, facts.officer) if part))
        mark = _("PRACTICE")
        practice = f" {mark} " if facts.practice else ""
        if not facts.accents:
            bare = _("without accents")
            practice = f"{practice} {bare} "
        right = f" {link_words(facts.link, now)}  {office_time(now):%H:%M} "
        return f" {_(self._title)} ", who, practice, right

    def render_line(self, y: int) -> Strip:
        """Return the line; where it is narrow, who and where is cut first."""
        self._drawn = self._words()
        title, who, practice, right = self._parts()
        width, style = self.size.width, self.rich_style
        room = max(0, width - cell_len(title) - cell_len(practice) - cell_len(right))
        strip = Strip(
            [
                Segment(title, style + self.get_component_rich_style("header--title", partial=True)),
                Segment(cut(who, room), style),
                Segment(practice, self.get_component_rich_style("header--practice")),
                Segment(right, style),
            ]
        )
        return strip.adjust_cell_length(width, style)


def link_words(link: LinkFacts, now: datetime) -> str:
    """Return the three facts of the link in a few words."""
    if link.up is None:
        return _("no center")
    words = [_("linked") if link.up else _("no link")]
    if link.unsent:
        waiting = _("unsent {n}").format(n=link.unsent)
        if link.oldest_unsent_at is not None:
            waiting += f" ({_age(now - link.oldest_unsent_at)})"
        words.append(waiting)
    if link.last_exchange_at is not None:
        same_day = office_day(link.last_exchange_at) == office_day(now)
        words.append(f"{office_time(link.last_exchange_at):{'%H:%M' if same_day else '%d/%m'}}")
    return " · ".join(words)


def _age(age: timedelta) -> str:
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return _("{n} h").format(n=minutes // 60)
    days = minutes // (24 * 60)
    return _(counted("{n} day", "{n} days", days)).format(n=days)
