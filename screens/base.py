"""The base of every screen, and how a workplace is built on it.

**Building a workplace**

    class LookupScreen(DeskScreen):
        SAID = N_("Lookup")                         # the title in the first line
        FIRST = "#typed"                            # where the cursor stands on arrival
        BINDINGS = [bound("return", "give_back")]   # keys of the table (screens/keys/keymap.py), nothing else

        def __init__(self, lookup: Lookup) -> None: # services by constructor
            super().__init__()
            self._lookup = lookup

        def body(self) -> ComposeResult:            # between the first line and the two last ones
            yield DeskInput(id="typed", help=N_("Code, name without accents, number or telephone."))
            yield Rows(COLUMNS, id="found")

        async def arrive(self, errand: object) -> None: ...      # every visit; errand is what `go` was given
        async def entered(self, field: Widget | None) -> None: ... # Enter
        async def action_give_back(self) -> None: ...            # the act of F5

    LOOKUP = Workplace("lookup", N_("Lookup"), lambda services: LookupScreen(services.lookup), key="lookup")

- **Keys**: what a key causes is an *act*, a coroutine that the App's queue awaits before the next key (see
  screens/keys/queue.py): actions of bindings, `entered`, `filled`, `chosen`, `arrive`, `back`, `on_scan`.
  Do all of the work in it: `await asyncio.to_thread(case.receive, form)`, then `await self.go(...)`. Nothing
  typed meanwhile is lost or falls into the wrong field. Handlers of widgets' messages are awaited as well,
  but are no acts: they may not ask; `self.act(lambda: self._really(form))` makes one of them.
- **What no key began** (a timer, a worker's answer) and must not come between two keys: `self.act(...)`.
- **Fields**: `DeskInput`, `DigitsInput`, `MoneyInput`, `DateInput`, `PinInput`, `NotesArea`, `Rows`, all in
  screens/widgets. A widget of one's own edits in `on_key` and stops the keys it takes; if its keys only write
  text it has `before_scan` and `undo_scan` (`screens.scanner.TextField`), and `holds_keys` where one may act.
- **Reads that may come late** (live search, counts): `self.read(self._find(text), "find")`, a worker that a
  newer one of the same group replaces. An act that needs the answer awaits the worker: `await w.wait()`.
- **Questions**: `if await self.ask(Confirm, question):`, in an act only; None means Esc.
- **Speaking**: `self.say(error, field)` for a DeskError (the line last but one; the cursor goes to the
  field), `self.tell(N_("Nothing is parked."))` for other news, `self.tell_done(N_("Saved."))` before a paper
  is printed. A DeskError that an act or a worker raises is said by itself, anything else is logged without
  data and told in one sentence.
- **Scans**: the App leads a slip and a card to the workplaces that take them; a screen with rules of its own
  overrides `on_scan`. `ONLY_FRESH_KEYS` = True: keys and scans read before the screen was painted wait for
  the screen after it (the survey).
- **Leaving**: `leave` forgets the last citizen; `keep` saves a draft when the terminal dies.
- **Tests**: `app.keys.put(...)`, then `await app.keys_settled()`; `app.failures` holds what nobody foresaw.
- **Text**: class-level strings are N_() and translated where they are drawn (`Said`, `DeskInput`); what is
  composed with `_()` is painted again in `retell`. Outside text goes through Said's facts, Rows or
  `Content(clean(text))`, never into markup.
- Complete at 80x23: `body` has 20 lines. Colours never carry meaning alone.
"""

from __future__ import annotations

import weakref
from collections.abc import Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from desk.errors.base import DeskError
from desk.text import clean
from desk.words import _
from screens.keys.keymap import bound
from screens.keys.queue import Act
from screens.widgets.desk_input import DeskInput
from screens.widgets.footer import DeskFooter
from screens.widgets.header import DeskHeader
from screens.widgets.message_line import MessageLine, Spoken, beside, spoken_of
from screens.widgets.rows import Rows

if TYPE_CHECKING:
    from desk.rules.scans import Scan
    from screens.app import DeskApp
    from screens.dialogs.dialog import Dialog

Q = TypeVar("Q")
A = TypeVar("A")

ROOMY: Final = Size(120, 35)
"""From this size on a workplace shows more beside its list; styles know it as `-wide.-tall`."""
_WIDTHS: list[tuple[int, str]] | None = [(0, "-narrow"), (ROOMY.width, "-wide")]
_HEIGHTS: list[tuple[int, str]] | None = [(0, "-low"), (ROOMY.height, "-tall")]


class DeskScreen(Screen[None], inherit_bindings=False):
    """A screen of the desk; the module says how to build on it."""

    SAID: ClassVar[str] = ""
    """The title, a message id."""
    FIRST: ClassVar[str] = ""
    """Selector of the widget that has the cursor on arrival; "" for the first that can."""
    ONLY_FRESH_KEYS: ClassVar[bool] = False
    LOCKED: ClassVar[bool] = False
    """Whether the keys that work everywhere are off here (sign-in)."""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    DEFAULT_CSS = """
    DeskScreen { layout: vertical; overflow: hidden; }
    DeskScreen > #body { width: 1fr; height: 1fr; overflow: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_field", show=False),
        Binding("shift+tab", "field_before", show=False),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("enter", "enter", show=False),
        bound("help", "help"),
        bound("choices", "choices", show=False),
        bound("back", "back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.painted_at_s: float | None = None
        """When this visit was first painted; None before that."""

    @property
    def desk(self) -> DeskApp[Any]:
        """The App."""
        return cast("DeskApp[Any]", self.app)

    @property
    def is_roomy(self) -> bool:
        """Whether the terminal has room for more beside a list."""
        return self.app.size.width >= ROOMY.width and self.app.size.height >= ROOMY.height

    # What a workplace gives

    def body(self) -> ComposeResult:
        """Yield the widgets between the first line and the two last ones."""
        yield from ()

    async def arrive(self, errand: object) -> None:
        """Called when `go` leads here, mounted and before the next key; `errand` is what `go` was given."""

    async def returned(self) -> None:
        """Called when Esc leads back here; the cursor stands where it was left."""

    async def leave(self) -> None:
        """Called before another workplace is shown: forget what the next citizen must not see.

        It may be called twice in a row: when another officer sits down, and when the home screen is shown.
        """

    async def look_again(self) -> None:
        """Called when an act from elsewhere (an undo) changed what may be seen here."""

    async def keep(self) -> None:
        """Called when the program must end at once: save what is only on the screen."""

    async def entered(self, field: Widget | None) -> None:
        """Enter was pressed in `field`: by default a row is chosen, else the next field has the cursor."""
        if isinstance(field, Rows):
            if field.cursor is not None:
                await self.chosen(field, field.cursor)
        else:
            await self.action_next_field()

    async def chosen(self, rows: Rows, index: int) -> None:
        """Row `index` of a list was chosen, by Enter or by its digit."""

    async def filled(self, field: DeskInput) -> None:
        """A field that submits itself is full: by default as with Enter."""
        await self.entered(field)

    async def back(self) -> None:
        """Esc: one step back, nothing is discarded; by default the workplace before this one."""
        await self.desk.rooms.back()

    async def on_scan(self, scan: Scan) -> None:
        """A scan was read on this screen: by default its workplace is opened with the scan as errand."""
        if not self.LOCKED:
            await self.desk.rooms.scanned(scan)

    async def action_choices(self) -> None:
        """F4: the choices of this field or the detail of this row; by default what the line says, in full."""
        await self.desk.explain(self._message.spoken)

    def retell(self) -> None:
        """The language has changed: paint anew what was composed of words."""

    # What a workplace calls

    async def go(self, name: str, errand: object = None) -> None:
        """Show the workplace `name`; it has arrived when this returns."""
        await self.desk.rooms.go(name, errand)

    async def ask(self, dialog: type[Dialog[Q, A]], question: Q) -> A | None:
        """Ask the officer and return the answer, None for Esc; only in an act."""
        return await self.desk.rooms.ask(dialog, question)

    def act(self, act: Act) -> None:
        """Run `act` between two keys."""
        self.desk.keys.act(act)

    def read(self, reading: Coroutine[Any, Any, A], group: str) -> Worker[A]:
        """Run a read that may come late; a newer one of the same group takes its place."""
        worker = self.run_worker(reading, group=group, exclusive=True, exit_on_error=False)
        weakref.finalize(worker, reading.close)  # one that was replaced before it began is not waited for by anybody
        return worker

    def say(self, error: DeskError, field: Widget | None = None) -> None:
        """Say what went wrong, with the cursor in the field it speaks of, marked until the next act."""
        self._message.say(spoken_of(error))
        if field is not None:
            field.add_class("-wrong")
            self.set_focus(field)

    def tell(self, message: str, **facts: object) -> None:
        """Say a sentence (a message id) that is no error; facts may come from outside."""
        cleaned = {name: clean(str(fact)) for name, fact in facts.items()}
        self._message.say(Spoken(_(message).format(**cleaned)))

    def tell_done(self, message: str, **facts: object) -> None:
        """Say what was done, as `tell`: a printer's trouble that comes after it stands beside it (`say_beside`)."""
        self.tell(message, **facts)
        if (said := self._message.spoken) is not None:
            self._message.say(said._replace(done=said.short))

    def say_beside(self, error: DeskError) -> None:
        """Say what went wrong beside the officer's work; what the line says was done stays on it."""
        self._message.say(beside(self._message.spoken, spoken_of(error)))

    def hush(self) -> None:
        """Empty the message line, and take the mark from the field it spoke of."""
        self.query("#body .-wrong").remove_class("-wrong")
        for line in self.query(MessageLine):  # none where the program ends while a screen opens
            line.say(None)

    def focus_first(self) -> None:
        """Put the cursor where it stands on arrival."""
        first = self.query(self.FIRST).first(Widget) if self.FIRST else None
        chain = self.focus_chain
        self.set_focus(first if first is not None and first.focusable else chain[0] if chain else None)

    # How it works

    @property
    def _message(self) -> MessageLine:
        return self.query_one("#said", MessageLine)

    def compose(self) -> ComposeResult:
        """Lay the four parts out; a workplace gives `body`."""
        yield DeskHeader(self.SAID, self.desk.clock)
        with Vertical(id="body"):
            yield from self.body()
        yield MessageLine(id="said")
        yield DeskFooter()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys now in force, described in the officer's language."""
        return {
            key: active._replace(binding=replace(active.binding, description=_(active.binding.description)))
            for key, active in super().active_bindings.items()
        }

    async def action_next_field(self) -> None:
        """Give the cursor to the next field."""
        self.focus_next()

    async def action_field_before(self) -> None:
        """Give the cursor to the field before."""
        self.focus_previous()

    def steered(self) -> Rows | None:
        """Return the list that Up, Down and Page move while the cursor is in a field; by default none."""
        return None

    async def action_step(self, step: int) -> None:
        """Move down (1) or up (-1): in the steered list, else from field to field."""
        if (rows := self.steered()) is not None:
            rows.move(step)
        elif step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    async def action_page(self, pages: int) -> None:
        """Turn the pages of the steered list."""
        if (rows := self.steered()) is not None:
            rows.page(pages)

    async def action_enter(self) -> None:
        """Do what Enter does here."""
        await self.entered(self.focused)

    async def action_back(self) -> None:
        """Do what Esc does here."""
        await self.back()

    async def action_help(self) -> None:
        """F1: what the line says, in full, or what belongs into this field."""
        spoken = self._message.spoken
        help_said = getattr(self.focused, "help_said", "")
        if spoken is None or not spoken.wrong:
            spoken = Spoken(_(help_said), (_(help_said),)) if help_said else spoken
        await self.desk.explain(spoken)

    @on(Rows.Chosen)
    def _row_is_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.act(lambda: self.chosen(event.rows, event.index))

    @on(DeskInput.Filled)
    def _field_is_full(self, event: DeskInput.Filled) -> None:
        event.stop()
        self.act(lambda: self.filled(event.field))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let lists show their digits only while a digit chooses."""
        for rows in self.query(Rows):
            rows.show_digits()

    def on_screen_resume(self) -> None:
        """A new visit: note when it is first seen, and show the present facts and keys."""
        self.painted_at_s = None
        self.show_facts()
        self.call_after_refresh(self._seen)

    def show_facts(self) -> None:
        """Show the App's present facts in the first line."""
        for header in self.query(DeskHeader):
            header.show(self.desk.facts)

    def show_working(self, slow: bool) -> None:
        """Show that an act takes long, or that it is done."""
        for line in self.query(MessageLine):
            line.show_working(slow)

    def speak_anew(self) -> None:
        """Show everything in the language spoken now."""
        self.retell()
        for widget in self.walk_children(with_self=True):
            widget.refresh(layout=True)

    def _seen(self) -> None:
        if self.painted_at_s is None:
            self.painted_at_s = self.desk.monotonic()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a worker that failed; it does not end the program."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.desk.failed(event.worker.error)
