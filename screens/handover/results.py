"""What comes back from a department, named one after the other: the kind and the number of each result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from desk.words import N_
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.said import Said

if TYPE_CHECKING:
    from desk.cases.views import DossierLine

_TAIL = 12
"""So many letters of a code fit a label."""


class NamedResults(Vertical):
    """Asks for kind and number of the results in turn; seen while one is asked for.

    usual: what the procedure of a dossier results in. tail: a code as the list shows it.
    """

    DEFAULT_CSS = "NamedResults { height: auto; }"

    def __init__(self, usual: Callable[[DossierLine], str], tail: Callable[[DossierLine], str], *, id: str) -> None:
        super().__init__(id=id)
        self._usual, self._tail = usual, tail
        self._given: dict[str, tuple[str, str]] = {}
        self._turns: list[DossierLine] = []

    def compose(self) -> ComposeResult:
        """Yield the two fields."""
        kind = DeskInput(id="kind", limit=200, help=N_("What the department gives back, as its own title says."))
        number = DeskInput(
            id="number",
            limit=60,
            help=N_("The number on the result; Enter goes on to the next one, Tab leaves the rest."),
        )
        yield FieldRow(N_("Result"), kind)
        yield FieldRow(N_("Result number"), number, id="numbered")

    def on_mount(self) -> None:
        """Nothing is asked for yet."""
        self.display = False

    @on(DeskInput.Changed)
    def _typed(self, event: DeskInput.Changed) -> None:
        event.stop()
        self.keep()

    def of(self, line: DossierLine) -> tuple[str, str]:
        """Return kind and number of the result of a dossier, as they were typed or as they are usual."""
        return self._given.get(line.id, (self._usual(line), ""))

    def clear(self) -> None:
        """Forget all of them."""
        self._given.clear()
        self.end()

    def end(self) -> None:
        """Ask for no more."""
        self._turns.clear()
        self.display = False

    def ask(self, lines: Sequence[DossierLine]) -> DossierLine | None:
        """Begin to ask for the results of `lines`; returns the first one."""
        self._turns = list(lines)
        return self._show()

    def next(self) -> DossierLine | None:
        """Go on to the next result and return its dossier, None after the last."""
        self._turns = self._turns[1:]
        return self._show()

    def keep(self) -> None:
        """Keep what stands in the fields for the dossier that is asked for."""
        if self._turns:
            self._given[self._turns[0].id] = (self._kind.value.strip(), self.number.value.strip())

    def holds(self, field: Widget | None) -> bool:
        """Return whether `field` is one of the two."""
        return field is not None and field in (self._kind, self.number)

    def retell(self) -> None:
        """Say whose number is asked for."""
        if self._turns:
            said = self.query_one("#numbered > Said", Said)
            said.tell(N_("No. of {code}"), code=self._tail(self._turns[0])[-_TAIL:])

    @property
    def _kind(self) -> DeskInput:
        return self.query_one("#kind", DeskInput)

    @property
    def number(self) -> DeskInput:
        """The field of the number."""
        return self.query_one("#number", DeskInput)

    def _show(self) -> DossierLine | None:
        self.display = bool(self._turns)
        if not self._turns:
            return None
        line = self._turns[0]
        with self._kind.prevent(DeskInput.Changed), self.number.prevent(DeskInput.Changed):
            self._kind.value, self.number.value = self.of(line)
        self.retell()
        return line
