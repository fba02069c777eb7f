"""Half-made pages: put aside for another citizen, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.words import N_, _
from screens import phrases
from screens.dialogs.choose import Choice, Choose
from screens.intake.flow import REVIEW
from screens.intake.sheet import Sheet, read
from screens.widgets.documents import Documents
from screens.widgets.rows import Column

if TYPE_CHECKING:
    from desk.cases.drafts import Draft
    from screens.intake.held import HeldPage

_COLUMNS = (Column(N_("Person")), Column(N_("Procedure"), 28), Column(N_("Typed at"), 12))


async def park(screen: HeldPage) -> bool:
    """Put the page aside and empty it; return whether there was anything on it."""
    sheet = screen.sheet_here()
    if sheet.is_blank:
        return False
    await screen.keeper.keep(sheet, parked=True)
    screen.clear()
    screen.aim("number")
    return True


async def park_or_resume(screen: HeldPage) -> None:
    """F6: put the page aside; on an empty one bring one back, chosen from a list where there are several."""
    person = screen.sheet.person
    if await park(screen):
        tell_parked(screen, person)
        return
    parked = await screen.keeper.parked(screen.seat.officer)
    if not parked:
        screen.tell(N_("Nothing is parked."))
    elif len(parked) == 1:
        await resume(screen, parked[0])
    else:
        rows = [_line(screen, draft) for draft in parked]
        index = await screen.ask(Choose, Choice(N_("Which dossier goes on?"), _COLUMNS, rows))
        if index is not None:
            await resume(screen, parked[index])


async def resume(screen: HeldPage, draft: Draft) -> None:
    """Show a draft on the page, the cursor where it stood."""
    sheet = read(draft.form)
    screen.clear()
    screen.keeper.begin(screen.seat.officer, draft.dossier, sheet)
    screen.put(sheet)
    screen.doubts = ()
    screen.seen.update(field for field in ("number", "name", "born", "sex", "phone", "address") if sheet.name)
    await screen.look_ahead()
    screen.show_hints()
    aim_where_it_stood(screen, sheet)


def aim_where_it_stood(screen: HeldPage, sheet: Sheet) -> None:
    """Put the cursor into the field in which it stood."""
    if sheet.at in ("documents", REVIEW) and screen.page.of("documents", Documents).documents:
        screen.aim("documents")
    else:
        screen.aim(sheet.at if sheet.at in _FIELDS else "number")


def tell_parked(screen: HeldPage, person: str) -> None:
    """Tell that a page was put aside."""
    screen.tell(N_("Parked: {person}. F6 on an empty page brings it back."), person=person or "–")


_FIELDS = frozenset(
    "number name born sex phone address procedure pages copies fee ground reason code other channel note".split()
)


def _line(screen: HeldPage, draft: Draft) -> tuple[str, str, str]:
    sheet = read(draft.form)
    procedure = screen.offers.catalogue.procedures.get(sheet.procedure)
    typed_at = phrases.short_moment(draft.changed_at, screen.seat.services.context.clock())
    return sheet.person or _("no name yet"), procedure.alias if procedure is not None else sheet.words, typed_at
