"""The diagnostic file of a home: codes, ids and durations, never names, numbers or addresses of people.

Standard output belongs to the screen; what a technician may need later stands in a rotating UTF-8 file.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

FILE_NAME: Final = "desk.log"
_BYTES = 1 << 20


_logger = logging.getLogger("motcua")
_logger.propagate = False
_logger.addHandler(logging.NullHandler())
_logger.setLevel(logging.INFO)


def begin(folder: Path) -> Path:
    """Write the notes of this process to `folder`/desk.log from now on; returns the file (made on first use)."""
    path = folder / FILE_NAME
    # what it loads is not needed before the first paint
    from desk.notes_file import NotesFile

    handler = NotesFile(path, maxBytes=_BYTES, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for old in list(_logger.handlers):
        _logger.removeHandler(old)
        old.close()
    _logger.addHandler(handler)
    return path


def note(what: str, **facts: object) -> None:
    """Write one line: `what` and facts that are codes, ids or numbers."""
    _logger.info("%s%s", what, "".join(f" {key}={value!r}" for key, value in facts.items()))


def failure(what: str, error: BaseException) -> None:
    """Write an unforeseen error: its type and where it was raised, without any value of a variable."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    _logger.error("%s %s at %s", what, type(error).__name__, " < ".join(reversed(places)))
