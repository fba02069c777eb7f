"""The 36 cells: what each workplace shows, writes and keeps under each fault, and how it ends when the fault is over.

Texts are those of the Vietnamese screens; codes stand at the end of the line that speaks. Kinds of events are counted
from the moment before the act, so that what must not be written is seen too.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.day.officer import said
from tests.matrix.workplaces import FOUND, QUESTION, RETURNED, WORKPLACES
from tests.terminal import KEYS

PRINTER, DISK, LINK, CLOCK, SECOND, HANG_UP = FAULTS = (
    "printer dead",
    "disk full",
    "link cut",
    "clock back",
    "second program",
    "terminal hung up",
)


@dataclass(frozen=True)
class Cell:
    """An oracle of one workplace under one fault.

    sees: what stands on the screen after the act. writes: the kinds that the act has written then, and no others.
    job: the state of the newest paper then. drafts: how many lie on the disk then. beneath: what the officer's own
    screen says once the citizen has gone. mended: the keys after the fault is over, the second program's in the
    first one. writes_then: all kinds since the moment before the act, in the end.
    """

    sees: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    job: str = "handed"
    drafts: int = 0
    beneath: str = ""
    mended: bytes = b""
    writes_then: tuple[str, ...] = ()


_ENTER, _F9 = KEYS["Enter"], KEYS["F9"]
_AGAIN = KEYS["F7"] + _ENTER
_PAGE = ("022190001234", "15/05/1990", said("Due"))
_SAVED = said("Saved: {code}. Due {due}. Fee {fee}.").partition(":")[0]
_RETURNED = said("The result of {code} is handed over; the receipt is being printed.").partition("{")[0]
_CLOCK_ASKED = said("The clock of this machine shows {clock}. Are date and hour right?").partition("{")[0]
_NO_LINK, _UNSENT = said("no link"), said("unsent {n}").partition("{")[0]
_ONLY_READ = said("Nothing can be written here, so the dossier can only be read.")
_OPENED = (said("Code"), FOUND, said("What happened"))
_PRINTING = said("{paper}, copy {n}, is being printed.").rpartition("{n}")[2]
_INTAKE, _VIEWED = WORKPLACES["intake"].done, WORKPLACES["lookup"].done
_GIVEN, _ANSWERED, _PRINTED = (WORKPLACES[name].done for name in ("return", "survey", "papers"))
_NOT_PRINTED = ("paper.made", "paper.failed")

CELLS: dict[tuple[str, str], Cell] = {
    # Saved, said as saved, and the paper waits under its own id: Enter on it prints it, no copy more.
    ("intake", PRINTER): Cell(
        sees=(_SAVED, "PRINT-04"),
        writes=("dossier.accepted", *_NOT_PRINTED),
        job="failed",
        mended=_AGAIN,
        writes_then=("dossier.accepted", *_NOT_PRINTED, "paper.handed"),
    ),
    ("certification", PRINTER): Cell(
        sees=(_SAVED, "PRINT-04"),
        writes=("dossier.accepted", *_NOT_PRINTED),
        job="failed",
        mended=_AGAIN,
        writes_then=("dossier.accepted", *_NOT_PRINTED, "paper.handed"),
    ),
    ("lookup", PRINTER): Cell(sees=_OPENED, writes=_VIEWED, writes_then=_VIEWED),
    ("return", PRINTER): Cell(
        sees=(QUESTION,),
        writes=("dossier.returned", *_NOT_PRINTED),
        job="failed",
        beneath="PRINT-04",
        mended=_AGAIN,
        writes_then=("dossier.returned", *_NOT_PRINTED, "survey.asked", "paper.handed"),
    ),
    ("survey", PRINTER): Cell(sees=(_RETURNED,), writes=_ANSWERED, writes_then=_ANSWERED),
    ("papers", PRINTER): Cell(
        sees=("PRINT-04",),
        writes=_NOT_PRINTED,
        job="failed",
        mended=_ENTER,
        writes_then=(*_NOT_PRINTED, "paper.handed"),
    ),
    # Nothing is written and nothing said as saved; all that was typed stands there, and the same key saves it.
    ("intake", DISK): Cell(sees=("STORE-04", *_PAGE), mended=_F9, writes_then=_INTAKE),
    ("certification", DISK): Cell(sees=("STORE-04", *_PAGE, "21.000"), mended=_F9, writes_then=_INTAKE),
    ("lookup", DISK): Cell(sees=_OPENED),
    ("return", DISK): Cell(sees=("STORE-04", RETURNED), mended=_ENTER, writes_then=(*_GIVEN, "survey.asked")),
    ("survey", DISK): Cell(sees=("STORE-37",), writes_then=_ANSWERED),
    ("papers", DISK): Cell(sees=("PRINT-07",), mended=_ENTER, writes_then=_PRINTED),
    # All is done as ever, and the first line says what waits; the center has every line of it in the end.
    ("intake", LINK): Cell(sees=(_SAVED, _NO_LINK, _UNSENT), writes=_INTAKE, writes_then=_INTAKE),
    ("certification", LINK): Cell(sees=(_SAVED, _NO_LINK, _UNSENT), writes=_INTAKE, writes_then=_INTAKE),
    ("lookup", LINK): Cell(sees=(*_OPENED, _NO_LINK, _UNSENT), writes=_VIEWED, writes_then=_VIEWED),
    ("return", LINK): Cell(
        sees=(QUESTION, _NO_LINK, _UNSENT), writes=_GIVEN, beneath=_RETURNED, writes_then=(*_GIVEN, "survey.asked")
    ),
    ("survey", LINK): Cell(sees=(_RETURNED, _NO_LINK, _UNSENT), writes=_ANSWERED, writes_then=_ANSWERED),
    ("papers", LINK): Cell(sees=(_PRINTING, _NO_LINK, _UNSENT), writes=_PRINTED, writes_then=_PRINTED),
    # A code carries the date for ever: the officer looks at it first. Nothing else waits for the clock.
    ("intake", CLOCK): Cell(sees=(_CLOCK_ASKED,), drafts=1, mended=_ENTER, writes_then=("clock.set", *_INTAKE)),
    ("certification", CLOCK): Cell(sees=(_CLOCK_ASKED,), drafts=1, mended=_ENTER, writes_then=("clock.set", *_INTAKE)),
    ("lookup", CLOCK): Cell(sees=_OPENED, writes=_VIEWED, writes_then=_VIEWED),
    ("return", CLOCK): Cell(sees=(QUESTION,), writes=_GIVEN, beneath=_RETURNED, writes_then=(*_GIVEN, "survey.asked")),
    ("survey", CLOCK): Cell(sees=(_RETURNED,), writes=_ANSWERED, writes_then=_ANSWERED),
    ("papers", CLOCK): Cell(sees=(_PRINTING,), writes=_PRINTED, writes_then=_PRINTED),
    # The second window only reads and says so; what it was asked to do is done in the first one.
    ("intake", SECOND): Cell(sees=("STORE-30", *_PAGE), writes_then=_INTAKE),
    ("certification", SECOND): Cell(sees=("STORE-30", *_PAGE, "21.000"), writes_then=_INTAKE),
    ("lookup", SECOND): Cell(sees=(*_OPENED, _ONLY_READ), writes_then=_VIEWED),
    ("return", SECOND): Cell(sees=(RETURNED, _ONLY_READ), writes_then=(*_GIVEN, "survey.asked")),
    ("survey", SECOND): Cell(sees=("STORE-30",), writes_then=(*_GIVEN, *_ANSWERED)),
    ("papers", SECOND): Cell(sees=("STORE-30",), writes_then=_PRINTED),
    # What was typed lies on the disk and is brought back under the same id; what was only looked at is as before.
    ("intake", HANG_UP): Cell(drafts=1, writes_then=_INTAKE),
    ("certification", HANG_UP): Cell(drafts=1, writes_then=_INTAKE),
    ("lookup", HANG_UP): Cell(writes_then=_VIEWED),
    ("return", HANG_UP): Cell(writes_then=(*_GIVEN, "survey.asked")),
    ("survey", HANG_UP): Cell(),
    ("papers", HANG_UP): Cell(writes_then=_PRINTED),
}
