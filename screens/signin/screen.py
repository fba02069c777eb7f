"""Signing in by a six-digit PIN; the locked desk keeps all that was on it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from desk.errors.acts import PinClosed, PinWrong
from desk.errors.base import StoreTrouble
from desk.rules.scans import BadgeScan, Scan
from desk.words import N_, _
from screens.base import DeskScreen
from screens.widgets.desk_input import DeskInput
from screens.widgets.rows import Column, Rows
from screens.widgets.said import Said

if TYPE_CHECKING:  # the cases load SQL, which is paid after the first paint
    from desk.cases.context import Officer
    from screens.seat import Seat

PIN_DIGITS = 6
_ROLES = {"lead": N_("Lead"), "officer": N_("Officer")}
_LOOK_S = 20.0
_LINES = 10


class SigninScreen(DeskScreen):
    """A list of officers where there are several, and the PIN, which submits itself.

    At the start nobody sits here. Later the screen covers the others: the same officer finds everything as
    he left it, another one the home screen, and the work of the first stays in his drafts.
    """

    SAID = N_("Sign in")
    LOCKED: ClassVar[bool] = True
    FIRST = "#pin"
    DEFAULT_CSS = """
    SigninScreen > #body {
        align: center middle;
        & > * { width: 60; }
        & > #who { text-style: bold; margin-bottom: 1; }
        & > #officers { margin-bottom: 1; }
        & > Said { height: auto; width: 60; }
        & > #pin { width: 12; margin-bottom: 1; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._officers: tuple[Officer, ...] = ()
        self._chosen: Officer | None = None

    def body(self) -> ComposeResult:
        """Yield who is asked, the officers, the PIN and a hint."""
        yield Said(id="who")
        officers = Rows(
            [Column(N_("Officer")), Column(N_("Role"), 14)], id="officers", help=N_("Choose yourself by your digit.")
        )
        officers.display = False  # until it is known who there is
        yield officers
        yield DeskInput(
            id="pin",
            password=True,
            limit=PIN_DIGITS,
            submits_full=True,
            help=N_("Your PIN of six digits. After five wrong ones you wait, a minute at first, then longer."),
        )
        yield Said(N_("PIN: six digits, no Enter needed. Scanning a badge chooses the officer."), id="hint")
        if self._seat.practice_pin:
            yield Said(N_("In practice the PIN is {pin}."), id="practice-pin", pin=self._seat.practice_pin)

    def on_mount(self) -> None:
        """Begin to watch for an idle desk."""
        self.set_interval(_LOOK_S, self.lock_if_idle)

    async def arrive(self, errand: object) -> None:
        """Ask for the PIN of the officer who sits here, of the only one, of a scanned badge, or let one be chosen."""
        self._officers = await asyncio.to_thread(self._seat.services.officers.all)
        self.query_one("#pin", DeskInput).clear()
        rows = self.query_one("#officers", Rows)
        rows.display = len(self._officers) > 1
        rows.styles.height = min(len(self._officers), _LINES) + 1
        self._list()
        present = self._seat.officer.id if self._seat.is_taken else ""
        alone = self._officers[0] if len(self._officers) == 1 else None
        self._choose(next((one for one in self._officers if one.id == present), alone))
        if isinstance(errand, BadgeScan):
            await self.on_scan(errand)

    async def leave(self) -> None:
        """Forget half a PIN."""
        self.query_one("#pin", DeskInput).clear()

    async def chosen(self, rows: Rows, index: int) -> None:
        """Ask the officer of this line for his PIN."""
        self._choose(self._officers[index])

    async def back(self) -> None:
        """Esc: another officer."""
        if len(self._officers) > 1:
            self._choose(None)

    async def entered(self, field: Widget | None) -> None:
        """Choose in the list, or submit the PIN."""
        if isinstance(field, Rows):
            await super().entered(field)
        elif self._chosen is not None:
            await self._submit(self._chosen)

    async def on_scan(self, scan: Scan) -> None:
        """A badge chooses its officer; nothing else is read while nobody is signed in."""
        if not isinstance(scan, BadgeScan):
            self.tell(N_("First sign in, then scan again."))
            return
        found = await asyncio.to_thread(self._seat.services.officers.of_badge, str(scan.number))
        if found is None:
            self.tell(N_("This badge belongs to nobody at this desk."))
        else:
            self._choose(found)

    def retell(self) -> None:
        """Say the roles in the other language."""
        self._list()

    def lock_if_idle(self) -> None:
        """Lock the desk if nobody touched a key for as long as the settings say."""
        minutes = self._seat.services.context.settings.idle_lock_minutes
        idle_s = self.desk.monotonic() - self.desk.keys.last_at_s
        if minutes > 0 and idle_s >= minutes * 60 and self._seat.is_taken and not self.desk.top.LOCKED:
            self.act(lambda: self.go("signin"))

    def _list(self) -> None:
        rows = self.query_one("#officers", Rows)
        at = next((n for n, one in enumerate(self._officers) if one == self._chosen), 0)
        rows.show([(one.name, _(_ROLES.get(one.role, one.role))) for one in self._officers], cursor=at)

    def _choose(self, officer: Officer | None) -> None:
        """Put the cursor into the PIN of `officer`, or into the list for None."""
        self._chosen = officer
        self._list()
        pin = self.query_one("#pin", DeskInput)
        pin.clear()
        who = self.query_one("#who", Said)
        if officer is None:
            who.tell(N_("Who works here now?"))
            self.set_focus(self.query_one("#officers", Rows))
        else:
            who.tell(N_("{name}: type your PIN"), name=officer.name)
            self.set_focus(pin)

    async def _submit(self, officer: Officer) -> None:
        pin = self.query_one("#pin", DeskInput)
        typed = pin.value
        pin.clear()
        try:
            await asyncio.to_thread(self._seat.services.officers.sign_in, officer, typed)
        except (PinWrong, PinClosed) as error:
            self.say(error, pin)
        except StoreTrouble as error:
            if self._seat.services.context.log.refusal is None:
                raise
            await self._let_in(officer)  # the PIN was right, and reading needs no more
            self.desk.top.say(error)
        else:
            await self._let_in(officer)

    async def _let_in(self, officer: Officer) -> None:
        rooms, seat = self.desk.rooms, self._seat
        if seat.is_taken and seat.officer.id == officer.id:
            await rooms.uncover()
            return
        with self.app.batch_update():  # nothing of the other officer's citizen is seen on the way
            if seat.is_taken:
                await rooms.put_away()
                if seat.services.context.log.refusal is None:
                    await asyncio.to_thread(seat.services.officers.sign_out, seat.officer)
            seat.take(officer)
            self.desk.show_facts(seat.header_facts())
            await self.go("home")
            if begins_at := seat.begins_at:
                seat.begins_at = ""
                await self.go(begins_at)
