"""The file that `desk.diagnostics` writes its notes into."""

from __future__ import annotations

from logging import LogRecord
from logging.handlers import RotatingFileHandler


class NotesFile(RotatingFileHandler):
    """A file that is given up silently where it cannot be written: the terminal belongs to the screens."""

    def handleError(self, record: LogRecord) -> None:
        """Lose the note; whoever could not save anything was told so by its own act."""
