"""Taking a dossier's fee and voiding a receipt: two dialogs, and the acts that ask with them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.errors.receipts import FeeTooMuch, VoidReasonNeeded
from desk.rules.money import written
from desk.words import N_, _
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.review import Review
from screens.widgets.said import Said
from screens.widgets.typed_fields import DigitsInput, MoneyInput

if TYPE_CHECKING:
    from desk.cases.fees import Owing
    from desk.rules.receipt_numbers import PaidBy
    from screens.base import DeskScreen
    from screens.dossier.opened import Opened
    from screens.seat import Seat

WAYS: Final[tuple[tuple[PaidBy, str], ...]] = (
    ("cash", N_("cash")),
    ("transfer", N_("transfer")),
    ("online", N_("online")),
)


class TypedFee(NamedTuple):
    """What was typed of a fee; the way by its digit, 1 to 3."""

    amount_dong: int | None
    way: str
    number: str
    series: str


@dataclass(frozen=True, slots=True)
class FeeAsked:
    """What is left to pay, what was typed before, and what was wrong with it."""

    owing: Owing
    typed: TypedFee | None = None
    wrong: DeskError | None = None


class TakeFee(Dialog[FeeAsked, TypedFee]):
    """Asks for sum, way and receipt number, all proposed; Enter in the last line answers."""

    FIRST = "#amount"
    DEFAULT_CSS = """
    TakeFee > #body {
        width: 74;
        & > #which { margin-bottom: 1; }
        & > #review { margin-top: 1; }
    }
    """

    def body(self) -> ComposeResult:
        """Yield what is left, four fields and the last line."""
        yield Said(id="which")
        yield FieldRow(
            N_("Sum taken, đồng"), MoneyInput(id="amount", help=N_("What is left is proposed; a part may be typed."))
        )
        yield FieldRow(
            N_("Paid by"), DigitsInput(id="way", limit=1, help=N_("1 cash, 2 transfer, 3 online through the portal."))
        )
        yield Said(id="ways")
        yield FieldRow(
            N_("Receipt number"),
            DigitsInput(
                id="number",
                limit=12,
                help=N_("The next of the finance officer's range is proposed; type the one in hand where it differs."),
            ),
        )
        yield FieldRow(
            N_("Series"), DeskInput(id="series", limit=40, help=N_("The series printed on the receipt book."))
        )
        yield Review(N_("Enter: take the fee and print its receipt"), id="review")

    async def asked(self, question: FeeAsked) -> None:
        """Propose what is left and the next number, or what was typed before."""
        owing, typed = question.owing, question.typed
        fee = _("not set") if owing.fee_dong is None else written(owing.fee_dong)
        self.query_one("#which", Said).tell(
            N_("{code} · fee {fee} · taken {taken}"), code=owing.code, fee=fee, taken=written(owing.taken_dong)
        )
        ways = "  ".join(f"{digit} {_(said)}" for digit, (_way, said) in enumerate(WAYS, 1))
        self.query_one("#ways", Said).tell(N_("{words}"), words=ways)
        receipt = owing.receipt
        proposed = TypedFee(
            owing.proposed_dong,
            "1",
            "" if receipt is None else receipt.number,
            "" if receipt is None else receipt.series,
        )
        shown = proposed if typed is None else typed
        self._field("amount").offer("" if shown.amount_dong is None else str(shown.amount_dong))
        for name in ("way", "number", "series"):
            self._field(name).offer(getattr(shown, name))
        if question.wrong is not None:
            self.say(question.wrong, self._field("amount" if isinstance(question.wrong, FeeTooMuch) else "number"))

    async def entered(self, field: Widget | None) -> None:
        """Go to the next field; in the last line answer."""
        if isinstance(field, Review):
            amount = self.query_one("#amount", MoneyInput).dong
            await self.reply(TypedFee(amount, *(self._field(name).value for name in ("way", "number", "series"))))
        elif isinstance(field, DeskInput) and field.id == "way" and field.value not in ("1", "2", "3"):
            self.tell(N_("Type 1, 2 or 3."))
        else:
            await super().entered(field)

    def _field(self, name: str) -> DeskInput:
        return self.query_one(f"#{name}", DeskInput)


@dataclass(frozen=True, slots=True)
class VoidAsked:
    """Which receipt is to be void, and what was wrong before."""

    code: str
    receipt: str
    amount_dong: int
    wrong: DeskError | None = None


class VoidFee(Dialog[VoidAsked, str]):
    """Asks for the reason; Enter in the last line answers."""

    FIRST = "#reason"
    DEFAULT_CSS = "VoidFee > #body > * { margin-bottom: 1; } VoidFee > #body > #said { margin-bottom: 0; }"

    def body(self) -> ComposeResult:
        """Yield the receipt, the reason and the last line."""
        yield Said(id="which")
        yield FieldRow(
            N_("Reason"), DeskInput(id="reason", help=N_("Why the receipt is void; it stays in the history."))
        )
        yield Review(N_("Enter: void the receipt; its number stays used"), id="review")

    async def asked(self, question: VoidAsked) -> None:
        """Name the receipt."""
        self.query_one("#reason", DeskInput).clear()
        self.query_one("#which", Said).tell(
            N_("{code}: void receipt {number} over {amount}"),
            code=question.code,
            number=question.receipt or "–",
            amount=written(question.amount_dong),
        )
        if question.wrong is not None:
            self.say(question.wrong, self.query_one("#reason", DeskInput))

    async def entered(self, field: Widget | None) -> None:
        """Go to the last line; there answer."""
        if isinstance(field, Review):
            await self.reply(self.query_one("#reason", DeskInput).value)
        else:
            await super().entered(field)


async def take(screen: DeskScreen, seat: Seat, found: Opened) -> None:
    """Ask for the fee until it is saved or the officer has enough; print its receipt.

    Raises why nothing can be taken (FeeExempt, NothingToPay ...).
    """
    dossier = found.view.line.id
    asked = FeeAsked(await asyncio.to_thread(seat.services.fees.owing, dossier))
    while (typed := await screen.ask(TakeFee, asked)) is not None:
        way = WAYS[int(typed.way) - 1][0] if typed.way in ("1", "2", "3") else "cash"
        # the gate gives its own receipt: a number that was only proposed is not used up for it
        proposed = asked.owing.receipt
        untouched = proposed is not None and (typed.number, typed.series) == (proposed.number, proposed.series)
        number, series = ("", "") if way == "online" and untouched else (typed.number, typed.series)
        try:
            taken = await asyncio.to_thread(
                seat.services.fees.take,
                dossier,
                seat.officer,
                amount_dong=typed.amount_dong,
                paid_by=way,
                number=number,
                series=series,
            )
        except DeskError as error:
            asked = FeeAsked(asked.owing, typed, error)
            continue
        number = "–" if taken.receipt is None else taken.receipt.number
        await _print_and_tell(
            screen,
            seat,
            dossier,
            N_("Taken: {amount}, receipt {number}."),
            amount=written(taken.amount_dong),
            number=number,
        )
        return


async def void(screen: DeskScreen, seat: Seat, found: Opened) -> None:
    """Ask why the last receipt in force is void, until it is saved or the officer has enough."""
    mine = [fee for fee in found.view.fees if not fee.is_void]
    if not mine:
        screen.tell(N_("No fee was taken, so no receipt can be voided."))
        return
    line, last = found.view.line, mine[-1]
    asked = VoidAsked(line.code, last.receipt, last.amount_dong)
    while (reason := await screen.ask(VoidFee, asked)) is not None:
        try:
            await asyncio.to_thread(seat.services.fees.void, line.id, reason, seat.officer, number=last.receipt)
        except VoidReasonNeeded as error:
            asked = VoidAsked(line.code, last.receipt, last.amount_dong, error)
            continue
        await screen.look_again()
        screen.tell(N_("Receipt {number} is void."), number=last.receipt or "–")
        return


async def _print_and_tell(screen: DeskScreen, seat: Seat, dossier: str, said: str, **facts: object) -> None:
    """Make and print what is owed, and say what was saved; a paper that cannot be made stays owed, and that is said."""
    trouble: DeskError | None = None
    try:
        made = await asyncio.to_thread(seat.services.papers.make_owed, dossier, seat.officer)
        seat.press.send(screen.desk, *(paper.job for paper in made))
    except DeskError as error:
        trouble = error
    await screen.look_again()
    screen.tell(said, **facts)
    if trouble is not None:
        screen.say(trouble)
