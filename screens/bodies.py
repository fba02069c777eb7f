"""A body found by a part of its name, without accents, old names too: one field with its list below."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from desk.rules.reference.units import FoundUnit, Unit, search_units
from desk.words import N_
from screens.widgets.desk_input import DeskInput
from screens.widgets.field_row import FieldRow
from screens.widgets.rows import Column, Rows


class BodyField(Vertical):
    """The field `#unit` and the bodies that fit it: arrows choose (`rows`), Enter takes (`take`).

    units: every unit known now; today: the office's day, for only units in force are found.
    label, help: message ids.
    """

    DEFAULT_CSS = """
    BodyField { width: 1fr; height: auto; }
    BodyField > #units { height: 6; }
    """

    def __init__(
        self, units: Callable[[], Iterable[Unit]], today: Callable[[], date], *, label: str, help: str, id: str
    ) -> None:
        super().__init__(id=id)
        self._units, self._today = units, today
        self._label, self._help = label, help
        self._found: tuple[FoundUnit, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the field and the list."""
        placeholder = N_("Name without accents; an old name finds the new unit")
        yield FieldRow(self._label, DeskInput(id="unit", placeholder=placeholder, help=self._help))
        yield Rows([Column(N_("Body")), Column(N_("Found by"), 26)], numbered=False, id="units", empty="")

    @property
    def field(self) -> DeskInput:
        """Where its name is typed."""
        return self.query_one("#unit", DeskInput)

    @property
    def rows(self) -> Rows:
        """The bodies that fit."""
        return self.query_one("#units", Rows)

    @property
    def unit(self) -> str:
        """The id of the body under the cursor, "" where nothing is typed or nothing fits."""
        at = self.rows.cursor
        return self._found[at].unit.id if at is not None and self.field.value.strip() else ""

    def steered(self, focused: Widget | None) -> Rows | None:
        """Return the list that arrows move while the cursor (`focused`) stands where a body is named."""
        return self.rows if focused is self.field else None

    def clear(self) -> None:
        """Empty the field and the list."""
        self.field.clear()
        self._show(())

    def take(self) -> bool:
        """Write the name of the body under the cursor out; return False where no body has the letters typed."""
        at = self.rows.cursor
        if at is None:
            return not self.field.value.strip()
        found = self._found[at]
        with self.field.prevent(DeskInput.Changed):
            self.field.value = _name(found)
        self._found = (found,)
        self.rows.show([(self.field.value, "")])
        return True

    @on(DeskInput.Changed, "#unit")
    def _look(self, event: DeskInput.Changed) -> None:
        event.stop()
        self._show(search_units(self._units(), self.field.value, self._today()))

    def _show(self, found: tuple[FoundUnit, ...]) -> None:
        self._found = found
        self.rows.show([(_name(one), one.former.name_vi if one.former else "") for one in found])


def _name(found: FoundUnit) -> str:
    return found.unit.center_vi or found.unit.name_vi
