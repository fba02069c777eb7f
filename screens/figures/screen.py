"""Figures: two days, the table by field (F4: by procedure, officer, body), and the checks beside it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from desk.cases.figures import period_of
from desk.clock import office_day
from desk.errors.people import DateUnreadable
from desk.rules.figures.table import GROUPS, By
from desk.rules.people.checks import day_of
from desk.words import N_, _, counted
from screens import phrases
from screens.base import DeskScreen
from screens.keys.keymap import bound
from screens.widgets.desk_input import DeskInput
from screens.widgets.facts import Fact, Facts
from screens.widgets.rows import Column, Rows, Tone
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.rules.figures.table import Report, Row
    from screens.seat import Seat

_BY: dict[By, str] = {
    "field": N_("By field"),
    "procedure": N_("By procedure"),
    "officer": N_("By officer"),
    "unit": N_("By receiving body"),
    "competent_unit": N_("By competent body"),
}
_COLUMNS = (
    Column(N_("(3)all"), 7, right=True),
    Column(N_("(6)old"), 7, right=True),
    Column(N_("(7)done"), 7, right=True),
    Column(N_("early"), 9, right=True),
    Column(N_("on time"), 8, right=True),
    Column(N_("overdue"), 7, right=True),
    Column(N_("(11)open"), 8, right=True),
)
_HELP = N_("A day as 01112026 or 01/11/2026; both days belong to the period. Enter on the second one counts.")


class FiguresScreen(DeskScreen):
    """The columns of Biểu II.06a that an officer asks for, by their numbers; the command prints all of them."""

    SAID = N_("Figures")
    FIRST = "#from"
    BINDINGS: ClassVar[list[BindingType]] = [bound("choices", "regroup", N_("Other rows"))]
    DEFAULT_CSS = """
    FiguresScreen > #body {
        padding: 0 1;
        & > #days { height: 1; margin-top: 1; }
        & > #days > Said { width: 8; }
        & > #days > DeskInput { width: 12; margin-right: 2; }
        & > #days > #by { width: 1fr; }
        & > #table { height: 1fr; margin-top: 1; }
    }
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._by: By = "field"
        self._report: Report | None = None
        self._names: list[str] = []

    def body(self) -> ComposeResult:
        """Yield the two days, the table, and what checks it."""
        with Horizontal(id="days"):
            yield Said(N_("From"))
            yield DeskInput(id="from", limit=10, help=_HELP)
            yield Said(N_("To"))
            yield DeskInput(id="to", limit=10, help=_HELP)
            yield Said(id="by")
        yield Rows([Column(N_("Row")), *_COLUMNS], numbered=False, id="table", empty=N_("Enter counts the period."))
        yield Facts(label_width=8, id="checks")

    async def arrive(self, errand: object) -> None:
        """Propose the month up to today, counted."""
        today = office_day(self._seat.services.context.clock())
        self._field("from").offer(phrases.day(today.replace(day=1)))
        self._field("to").offer(phrases.day(today))
        await self._count()

    async def entered(self, field: Widget | None) -> None:
        """Count, once the second day is there."""
        if field is self._field("from"):
            self.set_focus(self._field("to"))
        else:
            await self._count()

    async def action_regroup(self) -> None:
        """F4: the next way to make rows."""
        self._by = GROUPS[(GROUPS.index(self._by) + 1) % len(GROUPS)]
        await self._count()

    def retell(self) -> None:
        """Say it in the other language."""
        self._paint()

    def steered(self) -> Rows:
        """Arrows move the table."""
        return self.query_one("#table", Rows)

    def _field(self, name: str) -> DeskInput:
        return self.query_one(f"#{name}", DeskInput)

    async def _count(self) -> None:
        days: list[str] = []
        for name in ("from", "to"):
            try:
                days.append(day_of(self._field(name).value).isoformat())
            except DateUnreadable as error:
                self.say(error, self._field(name))
                return
        first, last = period_of(*days)
        self._report = await asyncio.to_thread(self._seat.services.figures.report, first, last, self._by)
        self._paint()

    def _paint(self) -> None:
        self.query_one("#by", Said).tell(_BY[self._by])
        report = self._report
        if report is None:
            return
        rows = [*report.rows, report.total]
        last = len(rows) - 1
        cells = [self._cells(row, _("All together") if at == last else row.name) for at, row in enumerate(rows)]
        self._names = [cell[0] for cell in cells]
        self.steered().show(cells, lambda at: "" if at < last else "soon")
        self._say_row()

    @on(Rows.Moved)
    def _say_row(self) -> None:
        """Say the row under the cursor, whose name the table cuts, and what checks the table."""
        at, report = self.steered().cursor, self._report
        if report is not None:
            name = self._names[at] if at is not None and at < len(self._names) else ""
            self.query_one("#checks", Facts).show([Fact(N_("Row"), name), *self._checks(report)])

    def _cells(self, row: Row, name: str) -> tuple[str, ...]:
        c = row.columns
        late = c.overdue + c.in_progress_overdue
        counts = (c.received, c.carried_over, c.resolved, c.early, c.on_time, late, c.in_progress)
        return name or row.key, *(str(count) for count in counts)

    def _checks(self, report: Report) -> list[Fact]:
        failing = [check for check in report.checks if not check.holds]
        said, tone = _("all {n} sums agree").format(n=len(report.checks)), _plain()
        if failing:
            parts = ", ".join(f"{one.where} {one.id}: {one.left} ≠ {one.right}" for one in failing)
            said, tone = _("does not add up: {checks}").format(checks=parts), "late"
        survey = report.survey
        answers = _(counted("{n} form", "{n} forms", survey.forms)).format(n=survey.forms)
        if not survey.hidden:
            pairs = [(N_("very satisfied"), "very_satisfied"), (N_("satisfied"), "satisfied")]
            pairs.append((N_("dissatisfied"), "dissatisfied"))
            answers += ": " + ", ".join(f"{_(word)} {survey.levels[level]}" for word, level in pairs)  # type: ignore[index]  # the three levels
        return [Fact(N_("Checks"), said, tone), Fact(N_("Survey"), answers)]


def _plain() -> Tone:
    return ""
