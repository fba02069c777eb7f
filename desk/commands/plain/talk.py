"""The talk itself: questions out, answers in. Nothing here knows what a dossier is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TextIO, TypeVar

from desk.commands.voice import Voice, shown
from desk.errors.base import DeskError
from desk.text import clean_line
from desk.words import N_, _, told

LONGEST = 4_000
"""Characters of the longest answer that is read; the rest of such a line is dropped and the officer is told."""

_Read = TypeVar("_Read")

_LEAVE = "."
_HELP = "?"


class LeftErrand(Exception):
    """The officer leaves what he is at; nothing of it is saved."""


class TalkEnded(Exception):
    """No more answers will come."""


class Talk:
    """Asks in `voice` and reads each answer as one line of `answers`."""

    def __init__(self, voice: Voice, answers: TextIO) -> None:
        self._voice = voice
        self._answers = answers

    def say(self, *lines: str) -> None:
        """Print lines; whatever outside text they hold is cleaned."""
        for line in lines:
            self._voice.out(shown(line))

    def tell(self, error: DeskError) -> None:
        """Print what happened, what is safe, what to do and the code, among the answers where it is looked for."""
        self.say(f"! {told(error).sentence()}")

    def ask(self, question: str, proposal: str = "", hint: str = "") -> str:
        """Return the answer to `question`, cleaned; an empty one takes `proposal`.

        hint: what is told to a question mark. Raises LeftErrand for a full stop, TalkEnded where nothing follows.
        """
        while True:
            self.say(f"{question} [{proposal}]" if proposal else question)
            answer = self._answer()
            if answer == _LEAVE:
                raise LeftErrand
            if answer != _HELP:
                return answer or proposal
            self.say(*filter(None, (hint, _("Enter alone takes what stands in brackets; a full stop goes back."))))

    def ask_as(self, question: str, read: Callable[[str], _Read], proposal: str = "", hint: str = "") -> _Read:
        """Return what `read` makes of the answer; what it refuses is told and asked again."""
        while True:
            try:
                return read(self.ask(question, proposal, hint))
            except DeskError as error:
                self.tell(error)

    def choose(self, question: str, lines: Sequence[str], proposal: int | None = None) -> int:
        """Return which of `lines` was chosen, from 0; they are numbered from 1."""
        self.say(*(f"  {number}  {line}" for number, line in enumerate(lines, 1)))
        while True:
            answer = self.ask(question, "" if proposal is None else str(proposal + 1))
            if answer.isascii() and answer.isdigit() and 1 <= int(answer[:6]) <= len(lines):
                return int(answer[:6]) - 1
            self.say(_("A number from 1 to {most}, please.").format(most=len(lines)))

    def agrees(self, question: str) -> bool:
        """Return whether the officer says yes; Enter alone is yes."""
        while True:
            answer = self.ask(f"{question} {_(_YES_OR_NO)}").casefold()
            if answer in ("", "c", "co", "có", "y", "yes", "1"):
                return True
            if answer in ("k", "khong", "không", "n", "no", "0"):
                return False

    def _answer(self) -> str:
        line = self._answers.readline(LONGEST + 1)
        if not line:
            raise TalkEnded
        if len(line) > LONGEST and not line.endswith("\n"):
            while (rest := self._answers.readline(LONGEST)) and not rest.endswith("\n"):
                pass
            self.say(_("The answer was longer than {most} characters; the rest was left out.").format(most=LONGEST))
        return clean_line(line)


_YES_OR_NO = N_("(Enter is yes, n is no)")
