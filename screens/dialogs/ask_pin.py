"""The officer's PIN, asked once more before an act that cannot be made by a passer-by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.widget import Widget

from desk.errors.base import DeskError
from desk.words import N_
from screens.dialogs.dialog import Dialog
from screens.widgets.desk_input import DeskInput
from screens.widgets.said import Said

if TYPE_CHECKING:
    from screens.app import DeskApp


_NEW = N_("{name}: type your new PIN")
_AGAIN = N_("{name}: type the new PIN once more")


@dataclass(frozen=True, slots=True)
class PinAsked:
    """Whose PIN is asked, what was wrong with the last one, and the sentence that asks (`{name}`: whose)."""

    officer: str
    wrong: DeskError | None = None
    said: str = N_("{name}: type your PIN")


class AskPin(Dialog[PinAsked, str]):
    """Answers with the six digits, which submit themselves."""

    FIRST = "#pin"

    def body(self) -> ComposeResult:
        """Yield who is asked, and the field."""
        yield Said(id="who")
        yield DeskInput(id="pin", password=True, limit=6, submits_full=True, help=N_("Your PIN of six digits."))

    async def asked(self, question: PinAsked) -> None:
        """Name the officer."""
        self.query_one("#who", Said).tell(question.said, name=question.officer)
        self.query_one("#pin", DeskInput).clear()
        if question.wrong is not None:
            self.say(question.wrong)

    async def entered(self, field: Widget | None) -> None:
        """Answer."""
        pin = self.query_one("#pin", DeskInput)
        typed = pin.value
        pin.clear()
        await self.reply(typed)


async def new_pin(app: DeskApp[Any], officer: str) -> str | None:
    """Return the new PIN once it was typed twice alike, None if it was not."""
    first = await app.rooms.ask(AskPin, PinAsked(officer, said=_NEW))
    if first is None:
        return None
    second = await app.rooms.ask(AskPin, PinAsked(officer, said=_AGAIN))
    if second is not None and second != first:
        app.top.tell(N_("The two new PINs differ; nothing was changed."))
    return first if second == first else None
