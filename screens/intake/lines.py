"""Lines that speak on the page: when the result is due, and what the officer should look at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from desk.clock import Clock, office_day, office_time
from desk.rules.terms import written_term
from desk.text import clean_line
from desk.words import N_, _, counted, language
from screens import phrases
from screens.widgets.cells import cut

if TYPE_CHECKING:  # the cases load SQL
    from desk.cases.preview import Outlook
    from desk.rules.cards import Card
    from desk.rules.dossier import Term

_SOON = timedelta(minutes=60)
_NAME_CELLS = 24
_ANSWERS = {"p": "proxy"}


class _Line(Widget):
    """A line that says one sentence."""

    def sentence(self) -> str:
        """Return what is said now."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line."""
        return 1

    def render_line(self, y: int) -> Strip:
        """Return the sentence."""
        said = Segment(clean_line(self.sentence()), self.rich_style)
        return Strip([said]).adjust_cell_length(self.size.width, self.rich_style)


class DueLine(_Line, can_focus=True):
    """When the result is due under the procedure that is chosen."""

    DEFAULT_CSS = """
    DueLine { width: 1fr; height: 1; color: $foreground; }
    DueLine:focus { background: $surface-lighten-2; }
    """

    def __init__(self, clock: Clock, *, help: str, id: str) -> None:
        super().__init__(id=id)
        self.help_said = help
        self._clock = clock
        self._outlook: Outlook | None = None
        self._drawn = ""

    def show(self, outlook: Outlook | None) -> None:
        """Show the due moment of `outlook`."""
        self._outlook = outlook
        self.tick()

    def tick(self) -> None:
        """Say the same at another minute."""
        if self.sentence() != self._drawn:
            self._drawn = self.sentence()
            self.refresh()

    def sentence(self) -> str:
        """Return the due moment and what presses."""
        if self._outlook is None:
            return ""
        due = self._outlook.due
        parts = [f"{phrases.weekday(office_day(due.due_at))} {office_time(due.due_at):%H:%M}"]
        if pressing := pressing_words(self._outlook, self._clock()):
            parts.append(pressing)
        parts.append(term_words(self._outlook))
        if due.projected:
            parts.append(_("a day of it is not confirmed yet"))
        return " · ".join(parts)


def term_words(outlook: Outlook) -> str:
    """Return the statutory time."""
    return time_words(outlook.term)


def time_words(term: Term) -> str:
    """Return a time in the officer's language."""
    number = f"{term.value:g}".replace(".", "," if language() == "vi" else ".")
    form = 1 if term.value == 1 else 2  # half a day counts as days
    said = {
        "working_day": counted("{n} working day", "{n} working days", form),
        "calendar_day": counted("{n} day", "{n} days", form),
        "hour": counted("{n} working hour", "{n} working hours", form),
        "within_day": N_("within the day"),
    }.get(term.unit, "")
    return _(said).format(n=number) if said else written_term(term)


def pressing_words(outlook: Outlook, now: datetime) -> str:
    """Return how long it is to a cut-off that is near, or that it has passed; "" for neither."""
    cutoff = outlook.term.cutoff
    if not cutoff:
        return ""
    local = office_time(now)
    hour, minute = (int(part) for part in cutoff.split(":"))
    left = local.replace(hour=hour, minute=minute, second=0, microsecond=0) - local.replace(second=0, microsecond=0)
    if left < timedelta(0):
        return _("after {cutoff}: counts from the next working day").format(cutoff=cutoff)
    if left <= _SOON and office_day(outlook.due.due_at) == local.date():
        return _("{n} min left until {cutoff}").format(n=int(left.total_seconds() // 60), cutoff=cutoff)
    return ""


class Notice(_Line):
    """What to look at again, without keeping anybody from going on; or what a scanned card asks."""

    DEFAULT_CSS = """
    Notice { width: 1fr; height: 1; color: $text-warning; }
    Notice:focus { background: $warning; color: $background; text-style: bold; }
    """

    class Answered(Message):
        """The officer said what the card is for: `proxy`."""

        def __init__(self, answer: str) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.hints: tuple[str, ...] = ()
        self.saved = ""
        """What was saved last, said while nothing else is to be said."""
        self.card: Card | None = None
        """The card about which the officer is asked."""

    def show(self, hints: Sequence[str], saved: str = "") -> None:
        """Show `hints`, sentences in the officer's language; the first, and how many more there are.

        saved: what is said where there are none.
        """
        self.hints, self.saved = tuple(hints), saved
        self.refresh()

    def ask(self, card: Card | None) -> None:
        """Ask what another person's card is for; None: no more."""
        self.card = card
        self.can_focus = card is not None
        self.refresh()

    def sentence(self) -> str:
        """Return the question, or the first hint."""
        if self.card is not None:
            said = _("Card of {name}: F6 park and start new · P as proxy · Esc ignore")
            return "! " + said.format(name=cut(self.card.name or self.card.personal_id, _NAME_CELLS).rstrip())
        if not self.hints:
            return self.saved
        more = _(" (+{n}, at the review)").format(n=len(self.hints) - 1) if len(self.hints) > 1 else ""
        return f"! {self.hints[0]}{more}"

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While it asks, nothing is written elsewhere."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Take the answer; refuse what answers nothing, so that it does not run into a field."""
        if self.card is None:
            return
        answer = _ANSWERS.get((event.character or "").casefold())
        if answer is not None:
            self.post_message(self.Answered(answer))
        elif event.is_printable or event.key in ("enter", "tab", "shift+tab", "up", "down", "backspace"):
            self.app.bell()
        else:
            return
        event.stop()
        event.prevent_default()
