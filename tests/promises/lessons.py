"""Every lesson that comes with the program, played by itself on the real screens in both languages.

An audit hook watches the whole run: nothing may be written outside the temporary folder, nothing connects, no
program is started.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from desk import lessons
from desk.errors.base import DeskError
from desk.words import LANGUAGES, speak, told
from sample_data.shipped import lesson_paths

_OUTSIDE = ("socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.exec")


@dataclass
class Outcome:
    """What was played, and what did not hold."""

    steps: int = 0
    plays: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return the figures as one line."""
        return f"{self.plays} plays, {self.steps} steps: {'; '.join(self.faults[:8]) or 'ok'}"


def run(folder: Path) -> Outcome:
    """Play every lesson in both languages below `folder`."""
    outcome = Outcome()
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    _watch(folder, outcome)
    try:
        for lesson_id in lesson_paths():
            for language in LANGUAGES:
                _play(lesson_id, language, outcome)
    finally:
        tempfile.tempdir = before
    return outcome


def _play(lesson_id: str, language: str, outcome: Outcome) -> None:
    speak(language)
    try:
        score = lessons.play(lessons.read(lesson_id))
    except DeskError as error:
        outcome.faults.append(f"{lesson_id} ({language}): {told(error).message}")
        return
    outcome.plays += 1
    outcome.steps += len(lessons.read(lesson_id).lesson.steps)
    if not (score.is_passed and score.percent == 100):
        outcome.faults.append(f"{lesson_id} ({language}): {score}")


def _watch(folder: Path, outcome: Outcome) -> None:
    """Note whatever reaches outside from now on; an audit hook stays to the end of the process."""
    inside = str(folder.resolve())

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _OUTSIDE:
            outcome.faults.append(event)
        if event == "open" and isinstance(arguments[0], str) and set(str(arguments[1] or "")) & set("wax+"):
            path = str(Path(arguments[0]).resolve())
            if not path.startswith((inside, "/dev/")) and "__pycache__" not in path:
                outcome.faults.append(f"written: {path}")

    sys.addaudithook(hook)
