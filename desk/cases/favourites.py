"""The nine procedures an intake offers by a digit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from desk.cases.context import Context
from desk.cases.lines import day_bounds
from desk.clock import office_day
from desk.rules.dossier import Procedure
from desk.rules.reference.catalogue import FREQUENCIES
from storage.queries import people as asked

COUNTED: Final = timedelta(days=90)
MOST: Final = 9


@dataclass(slots=True)
class Favourites:
    """What this desk receives most."""

    context: Context
    _kept: tuple[date, int, tuple[Procedure, ...]] | None = field(default=None)

    def nine(self) -> tuple[Procedure, ...]:
        """Return the procedures most used at this desk in the 90 days before today, padded from the catalogue.

        Today is left out, so that a digit means the same procedure all day. Padding and order among equals
        follow the catalogue's `expected_frequency`, then the code.
        """
        today = office_day(self.context.clock())
        catalogue = self.context.reference.now()
        if self._kept is None or self._kept[:2] != (today, catalogue.number):
            start, _end = day_bounds(self.context.clock())
            with self.context.store.reading() as session:
                used = asked.counted_by_procedure(session, self.context.settings.desk, start - COUNTED, start)
            ranked = sorted(catalogue.procedures.values(), key=lambda one: (-used.get(one.code, 0), *_often(one)))
            self._kept = (today, catalogue.number, tuple(ranked[:MOST]))
        return self._kept[2]


def _often(procedure: Procedure) -> tuple[int, str]:
    return FREQUENCIES.index(procedure.expected_frequency) or len(FREQUENCIES), procedure.code
