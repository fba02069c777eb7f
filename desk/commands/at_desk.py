"""What a command works with: the opened home, the officer who acts, the files a person names."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from desk import wiring
from desk.clock import OFFICE_OFFSET_MIN, machine_offset_minutes
from desk.commands.voice import Voice
from desk.errors.acts import InputUnreadable, PinNeeded
from desk.errors.base import DeskError, PrintTrouble
from desk.errors.causes import cause_of
from desk.errors.printing import PaperNotKept
from desk.errors.store import FileUnreadable, FileUnwritable
from desk.text import clean_line
from desk.words import _

if TYPE_CHECKING:  # SQLModel: paid by the commands that open a home
    from desk.cases.context import Officer
    from desk.cases.services import Services

_LARGEST = 64 * 1024 * 1024
"""A larger file is no reference data and no list of dossiers; it is refused before it fills the memory."""


@dataclass
class AtDesk:
    """One command at one desk; the home is opened when it is first needed and closed at the end."""

    around: wiring.Surroundings
    environment: Mapping[str, str]
    voice: Voice
    home_said: str | None = None
    """What --home named."""
    _services: Services | None = field(default=None)

    @property
    def services(self) -> Services:
        """The use cases of the home; raises NoHome, HomeUnreadable and the like."""
        if self._services is None:
            self._services = wiring.open_home(self.around)
            # Only now: without a home there is no folder to write to.
            from desk import diagnostics

            diagnostics.begin(self.around.home)
            self.note_zone()
        return self._services

    def note_zone(self) -> None:
        """Say once where the machine counts its hours elsewhere than the office does."""
        if not self.around.clock_text and machine_offset_minutes() != OFFICE_OFFSET_MIN:
            self.voice.note(
                _("Note: this machine's time zone is not that of the office (+07:00); the program uses +07:00.")
            )

    def officer(self) -> Officer:
        """Return the officer who acts, his PIN checked; papers that an earlier crash left unmade are made first.

        Raises NotOneOfUs, PinNeeded, PinWrong, PinClosed.
        """
        officers = self.services.officers
        officer = officers.the_one(self.environment.get("DESK_OFFICER", ""))
        officers.check_pin(officer, self.pin(_("PIN of {officer}: ").format(officer=officer.name)))
        self.make_missing()
        return officer

    def pin(self, question: str) -> str:
        """Return DESK_PIN, else what is typed unseen in answer to `question`; raises PinNeeded without a terminal."""
        given = clean_line(self.environment.get("DESK_PIN", ""))
        if given:
            return given
        if not sys.stdin or not sys.stdin.isatty():
            raise PinNeeded()
        # getpass: for the one case of a person at a terminal
        from getpass import getpass

        return clean_line(getpass(question))

    def make_missing(self) -> None:
        """Make papers that are owed and were never made; one that cannot be drawn keeps nobody from working."""
        papers = self.services.papers
        for one in papers.owed():
            try:
                if one.dossier:
                    papers.make(one.dossier, one.kind, None, event=one.event)
                else:
                    papers.lists.of_event(one.event, one.kind, None)
            except PrintTrouble as trouble:
                self.voice.warn(trouble)

    def warn_of_paper(self, trouble: DeskError) -> DeskError:
        """Say that the act is saved and its paper is not there yet; returns what was said.

        A store that fails between an act and its paper would say that nothing was saved.
        """
        if not isinstance(trouble, PrintTrouble):
            folder = str(self.services.context.papers_folder)
            trouble = PaperNotKept(where=folder, reason=trouble.code)
        self.voice.warn(trouble)
        return trouble

    def warn_of_mirror(self) -> None:
        """Say where the second copy of the log could not be written; the act itself is saved."""
        trouble = None if self._services is None else self._services.context.log.trouble
        if trouble is not None:
            self.voice.warn(trouble)

    def close(self) -> None:
        """Close the home where it was opened."""
        if self._services is not None:
            self._services.close()


def text_of(name: str) -> str:
    """Return the text of the file `name`, or of standard input for `-`; raises FileUnreadable, InputUnreadable."""
    if name == "-":
        return _decoded(_all_of(sys.stdin.buffer))
    try:
        with Path(name).open("rb") as file:
            return _decoded(_all_of(file))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise FileUnreadable(file=Path(name).name[:80], cause=cause_of(error)) from error


def keep_bytes(name: str, content: bytes) -> None:
    """Write the file `name`, whole or not at all; raises FileUnwritable."""
    path = Path(name)
    try:
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        try:
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, or no name at all
        raise FileUnwritable(file=clean_line(path.name)[:80], cause=cause_of(error)) from error


def _all_of(file: BinaryIO) -> bytes:
    content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise InputUnreadable(cause=_("larger than {most} MB").format(most=_LARGEST >> 20))
    return content


def _decoded(content: bytes) -> str:
    """Return UTF-8 text (or UTF-16 with its mark, as an old Notepad saves it)."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputUnreadable(cause=_("not UTF-8 text")) from error
    if "\0" in text:
        raise InputUnreadable(cause=_("not UTF-8 text"))
    return text
