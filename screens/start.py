"""How the screens start: nothing of Textual is imported before its environment is cleared."""

from __future__ import annotations

import os
from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING

from desk.clock import Clock, system_clock

if TYPE_CHECKING:  # Textual: read its environment when imported
    from screens.scanner import Scanner
    from screens.workplace import Everywhere, S, Workplace

FAILED = 1


def forget_textual(environment: MutableMapping[str, str] = os.environ) -> None:
    """Take Textual's own settings out of the environment; to be called before Textual is imported.

    They could press keys, save pictures of the screen with a citizen's number, or write everything to a log
    (textual/constants.py). The newer key protocol stays off: input methods and all terminals are proved with
    the older one.
    """
    for name in [name for name in environment if name == "TEXTUAL" or name.startswith("TEXTUAL_")]:
        del environment[name]
    environment["TEXTUAL_DISABLE_KITTY_KEY"] = "1"


def run_screens(
    open_services: Callable[[], S],
    workplaces: Sequence[Workplace[S]],
    everywhere: Sequence[Everywhere[S]] = (),
    *,
    real_desk: bool = True,
    clock: Clock = system_clock,
    scanner: Scanner | None = None,
) -> int:
    """Run the screens until they are left; return the status, or the number that an act gave to `exit`.

    open_services, workplaces, everywhere: as for `screens.app.DeskApp`. The mouse is left to the terminal.
    """
    forget_textual()
    # Textual: imported here, after its environment is cleared
    from screens.app import DeskApp

    app = DeskApp(open_services, workplaces, everywhere, real_desk=real_desk, clock=clock, scanner=scanner)
    value = app.run(mouse=False)
    return value if value is not None else app.return_code or 0
