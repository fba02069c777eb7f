"""What a command answers, and how it reaches standard output: JSON alone, or lines for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from desk.errors.base import DeskError
from desk.text import clean
from desk.words import told


class Answer(NamedTuple):
    """What a command found or did."""

    value: Any
    """For `--json`: one JSON value."""
    lines: Sequence[str] = ()
    """The same for people."""
    status: int = 0


class Voice(NamedTuple):
    """The two streams of the process."""

    out: Callable[[str], None]
    """Prints to standard output at once."""
    note: Callable[[str], None]
    """Prints to standard error at once."""
    is_unicode: bool = True
    """Whether whoever reads standard output expects more letters than an old code page has."""
    as_json: bool = False

    def answer(self, answer: Answer) -> None:
        """Print an answer: with `--json` one value and nothing else, else its lines."""
        if self.as_json:
            self.out(self._written(answer.value))
        elif answer.lines:
            self.out("\n".join(shown(line) for line in answer.lines))

    def error(self, error: DeskError) -> None:
        """Print what happened, what is safe, what to do and the code."""
        said = told(error)
        self.note(shown(said.sentence()))
        if self.as_json:
            fields = {"code": said.code, "message": said.message, "safe": said.safe, "do": said.do}
            self.out(self._written({"error": fields}))

    def warn(self, error: DeskError) -> None:
        """Print a trouble that kept nothing from being done."""
        self.note(shown(told(error).sentence()))

    def _written(self, value: Any) -> str:
        import json  # the screens answer in no JSON

        # Escaped where the reader may decode by a code page: JSON is then right under each of them.
        return json.dumps(value, ensure_ascii=not self.is_unicode)


def shown(line: str) -> str:
    """Return a line as it may stand on a terminal: one line, without control characters, whoever wrote it."""
    return clean(line)
