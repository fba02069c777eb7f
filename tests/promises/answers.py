"""Many cases of every operation of the center, judged by its own OpenAPI description."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.storage.answers import check, operations
from tests.storage.centers import join, new_center, sync
from tests.storage.desks import new_desk


@dataclass
class Outcome:
    """What was sent and what was answered wrongly."""

    cases: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        return f"{self.cases:,} cases: {'; '.join(self.faults[:8]) or 'ok'}"


def run(folder: Path, cases: int) -> Outcome:
    """Send `cases` cases of each operation to a center in `folder`."""
    desk, center = new_desk(folder / "home"), new_center(folder)
    join(desk, center)
    desk.accept(2)
    sync(desk, center)
    outcome = Outcome()
    with operations(center) as offered:
        for operation in offered:
            outcome.cases += cases
            try:
                check(operation, desk, cases)
            except (Exception, BaseExceptionGroup) as error:  # whatever was found, the other operations are tried too
                outcome.faults.append(f"{operation.label}: {str(error)[:300]}")
    desk.store.close()
    center.close()
    return outcome
